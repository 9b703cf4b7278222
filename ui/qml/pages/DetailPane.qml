// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

/// What is open: a goal, a thread, something being written, an invitation being made.
FocusScope {
    id: pane

    required property App app
    property bool backable: false
    readonly property int page: app.page
    readonly property bool making: app.goal.question !== GoalView.NoQuestion

    signal backed
    signal newGoal

    /// Closes what lies over the page; false when nothing does.
    function leave(): bool {
        const item = loader.item as GoalDetail;
        return item !== null && item.leave();
    }

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("What is open")

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }
    AppButton {
        id: back

        visible: pane.backable
        x: LayoutMirroring.enabled ? parent.width - width - 8 : 8
        y: 10
        kind: "quiet"
        ink: Theme.muted
        glyph: "arrow-left"
        glyphDirected: true
        text: pane.page === App.Feedback ? qsTr("Feedback") : qsTr("Goals")
        Accessible.description: qsTr("Back to the list")
        onClicked: pane.backed()
    }
    Loader {
        id: loader

        anchors.fill: parent
        anchors.topMargin: back.visible ? back.height + 12 : 0
        focus: true
        sourceComponent: pane.page === App.Invite ? invite
            : pane.page === App.Write ? write
            : pane.page === App.Feedback ? (pane.app.thread.shown ? thread : noThread)
            : pane.making ? questions : pane.app.goal.shown ? goal : noGoal
    }
    Component {
        id: goal

        GoalDetail {
            app: pane.app
        }
    }
    Component {
        id: questions

        GoalQuestions {
            goal: pane.app.goal
            people: pane.app.people
        }
    }
    Component {
        id: noGoal

        EmptyState {
            visible: pane.app.goals.read
            text: pane.app.goals.list.count > 0 ? qsTr("Choose a goal on the left, or add another.")
                : qsTr("A goal says where you want to get to, and which marks you will pass on the way.")
            action: pane.app.goals.list.count > 0 ? "" : qsTr("Add your first goal")
            after: pane.app.goals.list.count > 0 ? "" : qsTr("It stays yours alone until you share it.")
            onActed: pane.newGoal()
        }
    }
    Component {
        id: thread

        ThreadDetail {
            app: pane.app
        }
    }
    Component {
        id: noThread

        EmptyState {
            visible: pane.app.feedback.read
            text: pane.app.feedback.list.count > 0 ? qsTr("Choose on the left what you want to read.")
                : pane.app.people.partner
                ? qsTr("Feedback is what you tell each other about a goal. Open a shared goal to write some.")
                : qsTr("Feedback is what you and a partner tell each other. Invite somebody to begin.")
            action: pane.app.people.partner || pane.app.feedback.list.count > 0 ? "" : qsTr("Invite someone")
            glyph: "user-round-plus"
            onActed: pane.app.showInvite()
        }
    }
    Component {
        id: write

        ComposePage {
            app: pane.app
        }
    }
    Component {
        id: invite

        InvitePage {
            app: pane.app
        }
    }
}

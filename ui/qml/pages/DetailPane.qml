// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

/// What is open: a goal, a thread, something being written, an invitation being made.
FocusScope {
    id: pane

    required property App app
    property bool backable: false
    property string place
    readonly property int page: app.page
    readonly property bool making: app.goal.question !== GoalView.NoQuestion

    readonly property DetailPage open: loader.item as DetailPage
    /// How much at the bottom belongs to something being written.
    readonly property real dock: open ? open.dockHeight : 0
    /// Something in it has the page's one filled button.
    readonly property bool busy: open ? open.busy : false

    signal backed

    /// After a lock, to where the keyboard was, once that is there again.
    function comeBack() {
        const before = place.length > 0 && app.goals.read && loader.item
            ? named(loader.item as Item, place) : null;
        if (before) {
            place = "";
            later.give(before);
        }
    }
    /// Below `item`, what a screen reader calls `name`.
    function named(item: Item, name: string): Item {
        for (let i = 0; i < item.children.length; ++i) {
            const child = item.children[i];
            if (child.activeFocusOnTab && child.Accessible.name === name)
                return child;
            const below = named(child, name);
            if (below)
                return below;
        }
        return null;
    }

    /// Closes what lies over the page; false when nothing does.
    function leave(): bool {
        return open !== null && open.leave();
    }

    // Not the scope itself: what has the keyboard is one thing on the accessibility bus.
    Item {
        anchors.fill: parent
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
        FocusLater {
            id: later
        }
        Connections {
            target: pane.app.goals
            function onChanged() {
                returning.restart();
            }
        }
        // Once every page knows what was read.
        Timer {
            id: returning

            interval: 0
            onTriggered: pane.comeBack()
        }
        Loader {
            id: loader

            readonly property string wanted: pane.page === App.Invite ? "InvitePage.qml"
                : pane.page === App.Write ? "ComposePage.qml"
                : pane.page === App.Feedback ? (pane.app.thread.shown ? "ThreadDetail.qml" : "NoThread.qml")
                : pane.making ? "GoalQuestions.qml"
                : pane.app.goal.shown ? "GoalDetail.qml" : "NoGoal.qml"

            property bool had: false

            function show() {
                had = had || pane.activeFocus;
                setSource(Qt.resolvedUrl(wanted), { "app": pane.app });
            }

            anchors.fill: parent
            anchors.topMargin: back.visible ? back.height + 12 : 0
            focus: true
            onWantedChanged: show()
            onLoaded: {
                // What had the keyboard is gone with the page before.
                if (had)
                    later.give(item as Item);
                pane.comeBack();
                had = false;
            }
        }
    }
}

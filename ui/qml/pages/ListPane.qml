// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

/// The list beside the page that is open in it.
FocusScope {
    id: pane

    required property App app
    /// The page's one filled button stands elsewhere.
    property bool quiet: false
    /// No page stands beside it that would offer the first goal.
    property bool alone: false
    readonly property bool goals: app.page !== App.Feedback

    signal opened
    signal newGoal
    signal newLine

    // Not the scope itself: what has the keyboard is one thing on the accessibility bus.
    Item {
        anchors.fill: parent
        Accessible.role: Accessible.Pane
        Accessible.name: pane.goals ? qsTr("List of goals") : qsTr("List of feedback")

        Rectangle {
            anchors.fill: parent
            color: Theme.canvas

            Hairline {
                width: 1
                height: parent.height
                anchors.right: parent.right
            }
        }
        Item {
            id: head

            width: parent.width
            height: Math.max(56, add.height + 20)

            AppText {
                anchors.left: parent.left
                anchors.right: add.visible ? add.left : line.visible ? line.left : parent.right
                anchors.leftMargin: 20
                anchors.rightMargin: 8
                anchors.verticalCenter: parent.verticalCenter
                text: pane.goals ? qsTr("Goals") : qsTr("Feedback")
                font.pixelSize: Theme.reading
                font.weight: Font.DemiBold
                wrapMode: Text.NoWrap
                elide: Text.ElideRight
                Accessible.role: Accessible.Heading
            }
            AppButton {
                id: add

                visible: pane.goals && (pane.app.goals.list.count > 0 || pane.alone)
                anchors.right: parent.right
                anchors.rightMargin: 16
                anchors.verticalCenter: parent.verticalCenter
                kind: pane.quiet ? "normal" : "primary"
                glyph: "plus"
                text: qsTr("Add goal")
                onClicked: pane.newGoal()
            }
            AppButton {
                id: line

                visible: !pane.goals && pane.app.people.partner
                width: Math.min(implicitWidth, parent.width * 0.6)
                anchors.right: parent.right
                anchors.rightMargin: 16
                anchors.verticalCenter: parent.verticalCenter
                glyph: "message-square-plus"
                text: qsTr("Write to %1").arg(pane.app.people.firstName)
                onClicked: pane.newLine()
            }
        }
        AppText {
            x: 20
            y: head.height + 14
            width: parent.width - 40
            visible: pane.goals ? pane.app.goals.read && goalList.count === 0 : pane.app.feedback.read && threadList.count === 0
            text: pane.goals ? qsTr("No goals yet") : qsTr("Nothing said yet")
            color: Theme.muted
        }
        AppList {
            id: goalList

            anchors.fill: parent
            anchors.topMargin: head.height
            anchors.leftMargin: 8
            anchors.rightMargin: 8
            visible: pane.goals
            focus: pane.goals
            label: qsTr("Goals")
            model: pane.app.goals.list
            delegate: GoalRow {
                total: goalList.count
                selected: pane.app.goal.id === key
                onClicked: {
                    goalList.currentIndex = index;
                    pane.app.openGoal(key);
                    pane.opened();
                }
            }
        }
        AppList {
            id: threadList

            anchors.fill: parent
            anchors.topMargin: head.height
            anchors.leftMargin: 8
            anchors.rightMargin: 8
            visible: !pane.goals
            focus: !pane.goals
            label: qsTr("Feedback")
            model: pane.app.feedback.list
            delegate: ThreadRow {
                total: threadList.count
                selected: pane.app.thread.id === key
                onClicked: {
                    threadList.currentIndex = index;
                    pane.app.openThread(key);
                    pane.opened();
                }
            }
        }
    }
}

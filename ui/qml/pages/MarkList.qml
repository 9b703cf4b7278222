// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

/// The way there: marks that are passed one after the other, in an order of one's own.
Column {
    id: list

    required property GoalView goal
    property bool roomy: true

    FocusLater {
        id: later
    }
    Item {
        width: parent.width
        height: Math.max(heading.implicitHeight, count.implicitHeight) + 6

        AppText {
            id: heading

            anchors.left: parent.left
            text: qsTr("The way there")
            color: Theme.muted
            font.pixelSize: Theme.small
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
        }
        AppText {
            id: count

            anchors.right: parent.right
            text: list.goal.passedText
            color: Theme.muted
            font.pixelSize: Theme.small
        }
    }
    Repeater {
        id: repeater

        model: list.goal.marks

        MarkItem {
            width: list.width
            goal: list.goal
            total: repeater.count
            roomy: list.roomy
            onMoved: to => later.give(repeater.itemAt(to))
        }
    }
    Item {
        width: parent.width
        height: visible ? Math.max(Theme.px(36), add.height) : 0
        visible: list.goal.mayChange

        AppIcon {
            id: plus

            anchors.left: parent.left
            anchors.leftMargin: 0
            anchors.verticalCenter: parent.verticalCenter
            name: "plus"
            size: Theme.px(16)
        }
        AppTextField {
            id: add

            function take() {
                const said = text;
                text = "";
                list.goal.addMark(said);
            }

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.leftMargin: Theme.px(30)
            anchors.verticalCenter: parent.verticalCenter
            bare: true
            label: qsTr("Add a mark")
            hint: qsTr("Add a mark")
            onCommit: take()
        }
    }
}

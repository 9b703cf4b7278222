// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

/// The goal itself, top to bottom in the order of reading.
Column {
    id: body

    required property App app
    readonly property GoalView goal: app.goal
    property bool roomy: true

    signal shared

    AppTextField {
        id: title

        width: parent.width
        bare: true
        serif: true
        label: qsTr("What you want")
        text: body.goal.title
        font.pixelSize: Theme.title
        readOnly: !body.goal.mayChange
        onCommit: said => {
            body.goal.setTitle(said);
            if (said.trim().length === 0)
                text = Qt.binding(() => body.goal.title);
        }
    }
    Item {
        width: 1
        height: 12
    }
    Flow {
        width: parent.width
        spacing: 8

        Chip {
            id: status

            acts: body.goal.mayChange
            on: body.goal.status === "active"
            text: body.goal.statusText
            Accessible.description: qsTr("How it stands")
            onClicked: statusMenu.toggle(status)

            AppMenu {
                id: statusMenu

                label: qsTr("How it stands")
                y: status.height + 4

                Repeater {
                    model: [
                        { "status": "open", "text": qsTr("Open") },
                        { "status": "active", "text": qsTr("Under way") },
                        { "status": "paused", "text": qsTr("Paused") },
                        { "status": "done", "text": qsTr("Reached") },
                        { "status": "dropped", "text": qsTr("Let go") }
                    ]

                    AppMenuItem {
                        required property var modelData

                        within: statusMenu
                        text: modelData.text
                        marked: body.goal.status === modelData.status
                        onChosen: body.goal.setStatus(modelData.status)
                    }
                }
            }
        }
        Chip {
            id: due

            visible: body.goal.mayChange || body.goal.due.length > 0
            acts: body.goal.mayChange
            glyph: "calendar"
            text: body.goal.due.length > 0 ? body.goal.dueText : qsTr("By when?")
            Accessible.description: qsTr("By when")
            onClicked: dueMenu.toggle(due)

            DueMenu {
                id: dueMenu

                goal: body.goal
                y: due.height + 4
            }
        }
    }
    Item {
        width: 1
        height: 20
    }
    AppTextArea {
        width: parent.width
        visible: body.goal.mayChange || !body.goal.why.empty
        bare: true
        label: qsTr("Why it matters")
        hint: qsTr("Why does it matter to you?")
        session: body.goal.why
        readOnly: !body.goal.mayChange
        minimumHeight: Theme.px(26)
    }
    Item {
        width: parent.width
        height: visible ? Math.max(know.implicitHeight, measure.height) + 8 : 0
        visible: body.goal.mayChange || body.goal.measure.length > 0

        AppText {
            id: know

            anchors.left: parent.left
            y: 10
            silent: true
            text: qsTr("I'll know by:")
            color: Theme.muted
            font.weight: Font.DemiBold
            wrapMode: Text.NoWrap
        }
        AppTextField {
            id: measure

            anchors.left: know.right
            anchors.right: parent.right
            anchors.leftMargin: 8
            y: 8
            bare: true
            label: qsTr("How you will know")
            hint: qsTr("something another person could see")
            text: body.goal.measure
            color: Theme.muted
            readOnly: !body.goal.mayChange
            onCommit: said => body.goal.setMeasure(said)
        }
    }
    Item {
        width: 1
        height: 22
    }
    Hairline {
        width: parent.width
    }
    Item {
        width: 1
        height: 14
    }
    MarkList {
        width: parent.width
        goal: body.goal
        roomy: body.roomy
    }
    Item {
        width: 1
        height: 14
    }
    Hairline {
        width: parent.width
    }
    Item {
        width: 1
        height: 14
    }
    Item {
        visible: body.goal.onlyMine
        width: parent.width
        height: visible ? Math.max(alone.implicitHeight, shareButton.height) : 0

        AppText {
            id: alone

            anchors.left: parent.left
            anchors.right: shareButton.visible ? shareButton.left : parent.right
            anchors.rightMargin: shareButton.visible ? 24 : 0
            anchors.verticalCenter: parent.verticalCenter
            text: body.app.people.partner ? qsTr("%1 sees nothing of this until you share it.").arg(body.app.people.firstName)
                : qsTr("Only yours. Nobody else sees it, or that it exists.")
            color: Theme.muted
        }
        AppButton {
            id: shareButton

            visible: body.app.people.partner
            width: Math.min(implicitWidth, parent.width / 2)
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            glyph: "users-round"
            text: qsTr("Share with %1").arg(body.app.people.firstName)
            onClicked: body.shared()
        }
    }
    Item {
        visible: !body.goal.onlyMine
        width: parent.width
        height: visible ? Math.max(write.height, heading.implicitHeight) : 0

        AppText {
            id: heading

            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("Feedback")
            color: Theme.muted
            font.pixelSize: Theme.small
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
        }
        AppButton {
            id: write

            visible: !body.goal.resting
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            kind: "link"
            glyph: "message-square-plus"
            text: qsTr("Write feedback")
            onClicked: body.app.writeFeedback()
        }
    }
    Repeater {
        model: body.goal.feedback

        FeedbackCard {
            width: body.width
            onOpened: id => body.app.openThread(id)
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui
import Waymark.ViewModels

/// Who stands above: opens the people.
T.AbstractButton {
    id: button

    required property People people
    property bool compact: false

    implicitHeight: Math.max(Theme.px(48), words.implicitHeight + 10)
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    text: people.name
    Accessible.role: Accessible.ButtonMenu
    Accessible.name: qsTr("%1, people").arg(people.name)
    Accessible.description: people.line
    Accessible.focusable: true
    Accessible.onPressAction: button.clicked()
    Keys.onReturnPressed: button.clicked()
    Keys.onEnterPressed: button.clicked()

    background: Rectangle {
        radius: Theme.controlRadius
        color: button.down ? Theme.pressed : button.hovered ? Theme.hover : "transparent"
        border.width: button.visualFocus ? 2 : 0
        border.color: Theme.focus
    }
    contentItem: Item {
        Avatar {
            id: avatar

            x: button.mirrored ? parent.width - width - 8 : 8
            anchors.verticalCenter: parent.verticalCenter
            initials: button.people.initials
            tint: button.people.tint
        }
        Column {
            id: words

            visible: !button.compact
            anchors.left: avatar.right
            anchors.right: arrows.left
            anchors.leftMargin: 10
            anchors.rightMargin: 6
            anchors.verticalCenter: parent.verticalCenter

            AppText {
                id: name

                width: parent.width
                silent: true
                text: button.people.name
                font.weight: Font.DemiBold
                wrapMode: Text.NoWrap
                elide: Text.ElideRight
            }
            AppText {
                id: line

                width: parent.width
                silent: true
                text: button.people.line
                color: Theme.muted
                font.pixelSize: Theme.small
                wrapMode: Text.NoWrap
                elide: Text.ElideRight
            }
        }
        AppIcon {
            id: arrows

            visible: !button.compact
            anchors.right: parent.right
            anchors.rightMargin: 8
            anchors.verticalCenter: parent.verticalCenter
            name: "chevrons-up-down"
            tint: Theme.text
            size: Theme.px(16)
        }
    }
    AppTip {
        text: name.truncated || line.truncated || button.compact
            ? qsTr("%1 · %2").arg(button.people.name).arg(button.people.line) : ""
        shown: text.length > 0 && (button.hovered || button.visualFocus)
    }
}

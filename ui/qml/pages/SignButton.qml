// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui
import Waymark.ViewModels

/// Whether everything has come and gone. Pressing it tries again now.
T.AbstractButton {
    id: button

    required property Sign sign

    implicitHeight: Math.max(Theme.px(32), words.implicitHeight + 12)
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    text: sign.text
    Accessible.role: Accessible.Button
    Accessible.name: sign.text
    Accessible.description: sign.detail
    Accessible.focusable: true
    Accessible.onPressAction: button.clicked()
    Keys.onReturnPressed: button.clicked()
    Keys.onEnterPressed: button.clicked()
    onClicked: sign.tryNow()

    background: Rectangle {
        radius: Theme.controlRadius
        color: button.hovered ? Theme.hover : "transparent"
        border.width: button.visualFocus ? 2 : 0
        border.color: Theme.focus
    }
    contentItem: Item {
        AppIcon {
            id: icon

            x: button.mirrored ? parent.width - width - 10 : 10
            y: 8
            name: button.sign.icon
            size: Theme.px(16)
        }
        AppText {
            id: words

            anchors.left: icon.right
            anchors.right: parent.right
            anchors.leftMargin: 10
            anchors.rightMargin: 8
            anchors.verticalCenter: parent.verticalCenter
            silent: true
            text: button.sign.text
            color: Theme.muted
            font.pixelSize: Theme.small
        }
    }
    AppTip {
        text: button.sign.detail
        shown: button.hovered || button.visualFocus
    }
}

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui

/// One of the ways to go on.
T.AbstractButton {
    id: card

    property string glyph
    property string line

    implicitHeight: Math.max(Theme.px(80), words.implicitHeight + 28)
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: line
    Accessible.focusable: true
    Accessible.onPressAction: card.clicked()
    Keys.onReturnPressed: card.clicked()
    Keys.onEnterPressed: card.clicked()

    background: Rectangle {
        radius: Theme.cardRadius
        color: card.down ? Theme.pressed : card.hovered ? Theme.hover : Theme.surface
        border.width: 1
        border.color: Theme.control

        FocusRing {
            visible: card.visualFocus
            controlRadius: Theme.cardRadius
        }
    }
    contentItem: Item {
        AppIcon {
            id: icon

            anchors.left: parent.left
            anchors.leftMargin: 20
            anchors.verticalCenter: parent.verticalCenter
            name: card.glyph
            tint: Theme.accent
            size: Theme.px(22)
        }
        Column {
            id: words

            anchors.left: icon.right
            anchors.right: arrow.left
            anchors.leftMargin: 16
            anchors.rightMargin: 16
            anchors.verticalCenter: parent.verticalCenter

            AppText {
                width: parent.width
                silent: true
                text: card.text
                font.pixelSize: Theme.reading
                font.weight: Font.DemiBold
            }
            AppText {
                width: parent.width
                silent: true
                text: card.line
                color: Theme.muted
            }
        }
        AppIcon {
            id: arrow

            anchors.right: parent.right
            anchors.rightMargin: 20
            anchors.verticalCenter: parent.verticalCenter
            name: "chevron-right"
            directed: true
        }
    }
}

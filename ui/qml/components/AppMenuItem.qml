// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui

T.MenuItem {
    id: item

    readonly property bool isMenuItem: true
    property T.Popup within
    property string glyph
    property string keys
    property string line
    property bool marked: false
    property bool lit: hovered || activeFocus

    signal chosen

    width: parent ? parent.width : implicitWidth
    implicitWidth: Theme.px(20) + 34 + words.implicitWidth + (keys.length > 0 ? keyText.implicitWidth + 24 : 12)
    implicitHeight: Math.max(Theme.px(36), column.implicitHeight + 12)
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    opacity: enabled ? 1 : 0.6
    Accessible.role: Accessible.MenuItem
    Accessible.name: text
    Accessible.description: line
    Accessible.focusable: true
    Accessible.selected: marked
    Accessible.onPressAction: item.clicked()
    Keys.onReturnPressed: item.clicked()
    Keys.onEnterPressed: item.clicked()
    onClicked: {
        if (within)
            within.close();
        chosen();
    }

    background: Rectangle {
        radius: Theme.controlRadius
        color: item.down ? Theme.pressed : item.marked ? Theme.wash
            : item.lit ? Theme.hover : "transparent"
        border.width: item.visualFocus ? 2 : 0
        border.color: Theme.focus
    }
    contentItem: Item {
        implicitHeight: column.implicitHeight

        AppIcon {
            id: icon

            visible: item.glyph.length > 0
            name: item.glyph
            x: item.mirrored ? parent.width - width - 10 : 10
            anchors.verticalCenter: parent.verticalCenter
        }
        Column {
            id: column

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.leftMargin: item.glyph.length > 0 ? Theme.px(20) + 20 : 12
            anchors.rightMargin: 12
            anchors.verticalCenter: parent.verticalCenter

            AppText {
                id: words

                width: parent.width - (keyText.visible ? keyText.width + 12 : 0)
                silent: true
                text: item.text
                wrapMode: Text.NoWrap
                elide: Text.ElideRight
            }
            AppText {
                visible: text.length > 0
                width: parent.width
                silent: true
                text: item.line
                color: Theme.muted
                font.pixelSize: Theme.small
            }
        }
        AppText {
            id: keyText

            visible: item.keys.length > 0
            anchors.right: parent.right
            anchors.rightMargin: 10
            anchors.verticalCenter: parent.verticalCenter
            silent: true
            text: item.keys
            color: Theme.muted
            font.pixelSize: Theme.small
            wrapMode: Text.NoWrap
        }
    }
}

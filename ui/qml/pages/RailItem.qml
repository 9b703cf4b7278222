// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui

T.TabButton {
    id: item

    property string glyph
    property bool current: false
    property bool below: false
    property int number: 0
    property string numberText

    implicitHeight: below ? Theme.px(52) : Math.max(Theme.px(34), words.implicitHeight + 8)
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    checkable: false
    autoExclusive: false
    Accessible.role: Accessible.PageTab
    Accessible.name: text
    Accessible.description: number > 0 ? numberText : ""
    Accessible.selected: current
    Accessible.selectable: true
    Accessible.focusable: true
    Accessible.onPressAction: item.clicked()
    Keys.onReturnPressed: item.clicked()
    Keys.onEnterPressed: item.clicked()
    Keys.onDownPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
    Keys.onUpPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)

    background: Rectangle {
        radius: Theme.controlRadius
        color: item.current ? Theme.surface : item.down ? Theme.pressed : item.hovered ? Theme.hover : "transparent"
        border.width: item.visualFocus ? 2 : 0
        border.color: Theme.focus

        Rectangle {
            visible: item.current && !item.below
            x: item.mirrored ? parent.width - width : 0
            anchors.verticalCenter: parent.verticalCenter
            width: 3
            height: 16
            radius: 2
            color: Theme.accent
        }
    }
    contentItem: Item {
        AppIcon {
            id: icon

            name: item.glyph
            tint: item.current ? Theme.text : Theme.muted
            x: item.below ? (parent.width - width) / 2 : item.mirrored ? parent.width - width - 10 : 10
            y: item.below ? 8 : (parent.height - height) / 2
        }
        AppText {
            id: words

            x: item.below ? 4 : item.mirrored ? (count.visible ? count.width + 14 : 8) : icon.width + 20
            y: item.below ? icon.y + icon.height + 2 : (parent.height - height) / 2
            width: item.below ? parent.width - 8 : parent.width - icon.width - 28 - (count.visible ? count.width + 10 : 0)
            horizontalAlignment: item.below ? Text.AlignHCenter : Text.AlignLeft
            silent: true
            text: item.text
            color: item.current ? Theme.text : Theme.muted
            font.pixelSize: item.below ? Theme.small : Theme.body
            font.weight: item.current ? Font.DemiBold : Font.Normal
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
        }
        AppText {
            id: count

            visible: item.number > 0
            x: item.below ? icon.x + icon.width + 4 : item.mirrored ? 10 : parent.width - width - 10
            y: item.below ? 2 : (parent.height - height) / 2
            silent: true
            text: item.number
            color: Theme.muted
            font.pixelSize: Theme.small
            wrapMode: Text.NoWrap
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui

/// A word in a pill. With `acts` it can be pressed, is 32 high and has a control's edge.
T.AbstractButton {
    id: chip

    property bool acts: false
    property bool on: false
    property string glyph
    /// After the word: what a press does to it, such as x for taking it away.
    property string after
    /// Both changed it: looked at before anything else.
    property bool care: false
    /// Nothing is chosen yet.
    property bool open: false
    property bool ringed: visualFocus
    property color ink: care ? Theme.caution : on ? Theme.accent : acts ? Theme.text : Theme.muted
    property color edge: open ? "transparent" : acts ? Theme.control : on || care ? "transparent" : Theme.hairline

    implicitHeight: Math.max(acts ? Theme.px(32) : Theme.px(24), words.implicitHeight + 6)
    implicitWidth: row.implicitWidth + Theme.px(acts ? 26 : 20)
    enabled: acts
    autoExclusive: checkable
    focusPolicy: acts ? Qt.StrongFocus : Qt.NoFocus
    hoverEnabled: true
    Accessible.role: acts ? (checkable ? Accessible.RadioButton : Accessible.Button) : Accessible.StaticText
    Accessible.name: text
    Accessible.checkable: checkable
    Accessible.checked: checked
    Accessible.focusable: acts
    Accessible.onPressAction: if (acts) chip.clicked()
    Accessible.onToggleAction: if (acts) chip.clicked()
    Keys.onReturnPressed: chip.clicked()
    Keys.onEnterPressed: chip.clicked()

    background: Rectangle {
        radius: height / 2
        color: chip.care ? Theme.cautionWash : chip.on ? Theme.wash : chip.acts && chip.down ? Theme.pressed
            : chip.acts && chip.hovered ? Theme.hover : "transparent"
        border.width: chip.checked ? 2 : 1
        border.color: chip.edge

        FocusRing {
            visible: chip.ringed
            controlRadius: parent.radius
        }
        DashedEdge {
            visible: chip.open
            anchors.fill: parent
            radius: parent.radius
            tint: Theme.control
        }
    }
    contentItem: Item {
        implicitWidth: row.implicitWidth
        implicitHeight: row.implicitHeight

        Row {
            id: row

            anchors.centerIn: parent
            spacing: 6

            AppIcon {
                visible: chip.glyph.length > 0
                name: chip.glyph
                tint: chip.on || chip.care || chip.edge === chip.ink ? chip.ink : Theme.muted
                size: Theme.px(16)
                anchors.verticalCenter: parent.verticalCenter
            }
            AppText {
                id: words

                silent: true
                text: chip.text
                color: chip.ink
                font.pixelSize: Theme.small
                font.weight: chip.on ? Font.DemiBold : Font.Medium
                wrapMode: Text.NoWrap
                anchors.verticalCenter: parent.verticalCenter
            }
            AppIcon {
                visible: chip.after.length > 0
                name: chip.after
                size: Theme.px(16)
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }
}

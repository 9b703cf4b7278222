// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui

/// A row of a list: the list is one tab stop, arrows move, Enter opens. Says its place.
T.ItemDelegate {
    id: row

    property bool selected: false
    property bool lit: hovered
    property bool ringed: activeFocus && visualFocus
    property int position: 0
    property int total: 0
    property string line
    default property alias content: holder.data

    width: ListView.view ? ListView.view.width : implicitWidth
    implicitHeight: Theme.px(60)
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    activeFocusOnTab: false
    Accessible.role: Accessible.ListItem
    Accessible.name: text
    Accessible.description: qsTr("%1, %2 of %3").arg(line).arg(position + 1).arg(total)
    Accessible.focusable: true
    Accessible.selectable: true
    Accessible.selected: selected
    Accessible.onPressAction: row.clicked()
    Keys.onReturnPressed: row.clicked()
    Keys.onEnterPressed: row.clicked()

    background: Rectangle {
        radius: Theme.controlRadius
        color: row.selected ? Theme.wash : row.down ? Theme.pressed : row.lit ? Theme.hover : "transparent"
        border.width: row.ringed ? 2 : 0
        border.color: Theme.focus

        Rectangle {
            visible: row.selected
            x: row.mirrored ? parent.width - width : 0
            y: 12
            width: 3
            height: parent.height - 24
            radius: 2
            color: Theme.accent
        }
    }
    contentItem: Item {
        id: holder
    }
}

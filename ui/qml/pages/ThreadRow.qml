// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui

AppRow {
    id: row

    required property int index
    required property string key
    required property string title
    required property string snippet
    required property string rowLine
    required property string tone
    required property string toneText
    required property bool settled

    text: title
    line: qsTr("%1, %2").arg(snippet).arg(rowLine)
    position: index
    implicitHeight: Math.max(Theme.px(82), column.implicitHeight + 20)

    Column {
        id: column

        x: 12
        y: Math.round((parent.height - height) / 2)
        width: parent.width - 24
        spacing: 2

        AppText {
            id: words

            width: parent.width
            silent: true
            text: row.title
            color: row.settled ? Theme.muted : Theme.text
            font.weight: row.settled ? Font.Medium : Font.DemiBold
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
        }
        AppText {
            width: parent.width
            silent: true
            text: row.snippet
            color: Theme.muted
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
        }
        Row {
            width: parent.width
            topPadding: 3
            spacing: 6

            AppIcon {
                id: icon

                visible: row.tone.length > 0
                name: Theme.toneIcon(row.tone)
                tint: Theme.tone(row.tone)
                size: Theme.px(16)
            }
            AppText {
                width: parent.width - (icon.visible ? icon.width + 6 : 0)
                silent: true
                text: row.tone.length > 0 ? qsTr("%1 · %2").arg(row.toneText).arg(row.rowLine) : row.rowLine
                color: Theme.muted
                font.pixelSize: Theme.small
                wrapMode: Text.NoWrap
                elide: Text.ElideRight
            }
        }
    }
    AppTip {
        text: words.truncated ? row.title : ""
        shown: text.length > 0 && (row.hovered || row.visualFocus)
    }
}

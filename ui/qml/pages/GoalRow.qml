// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui

AppRow {
    id: row

    required property int index
    required property string key
    required property string title
    required property string rowLine
    required property int passed
    required property bool paused
    required property int marks
    required property bool onlyMine
    required property bool over

    text: title
    line: onlyMine ? qsTr("Only yours, %1").arg(rowLine) : rowLine
    position: index
    implicitHeight: Math.max(Theme.px(60), column.implicitHeight + 20)

    Column {
        id: column

        x: 12
        y: Math.round((parent.height - height) / 2)
        width: parent.width - 24
        spacing: 4

        Row {
            width: parent.width
            spacing: 8

            AppIcon {
                id: lock

                visible: row.onlyMine
                name: "lock"
                size: Theme.px(16)
                anchors.verticalCenter: parent.verticalCenter
            }
            AppText {
                id: words

                width: parent.width - (lock.visible ? lock.width + 8 : 0)
                silent: true
                text: row.title
                color: row.over ? Theme.muted : Theme.text
                font.weight: row.over ? Font.Medium : Font.DemiBold
                wrapMode: Theme.factor >= 1.5 ? Text.Wrap : Text.NoWrap
                maximumLineCount: 3
                elide: Text.ElideRight
            }
        }
        Row {
            width: parent.width
            spacing: 8

            BlazePath {
                id: path

                visible: row.marks > 0
                count: row.marks
                passed: row.passed
                paused: row.paused
                anchors.verticalCenter: parent.verticalCenter
            }
            AppText {
                width: parent.width - (path.visible ? path.width + 8 : 0)
                silent: true
                text: row.rowLine
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

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui

/// How a day was, by shape and word: 5 bright to 1 stormy.
Item {
    id: mood

    property int value: 0
    readonly property string word: words[value] ?? ""
    readonly property var words: ["", qsTr("Stormy"), qsTr("Heavy"), qsTr("Even"), qsTr("Fair"), qsTr("Bright")]
    readonly property var icons: ["", "cloud-lightning", "cloud-rain", "cloudy", "cloud-sun", "sun"]

    implicitWidth: row.implicitWidth
    implicitHeight: row.implicitHeight
    Accessible.role: Accessible.StaticText
    Accessible.name: word

    Row {
        id: row

        spacing: 6

        AppIcon {
            anchors.verticalCenter: parent.verticalCenter
            name: mood.icons[mood.value] ?? ""
        }
        AppText {
            anchors.verticalCenter: parent.verticalCenter
            silent: true
            text: mood.word
            wrapMode: Text.NoWrap
        }
    }
}

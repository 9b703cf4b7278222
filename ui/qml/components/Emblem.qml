// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui

/// The app's sign: two blazes, one passed and one to come.
Item {
    implicitWidth: 34
    implicitHeight: 48
    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("Waymark")

    Rectangle {
        y: 14
        width: 14
        height: 34
        radius: 4
        color: Theme.accent
    }
    Rectangle {
        x: 20
        width: 14
        height: 34
        radius: 4
        color: "transparent"
        border.width: 3
        border.color: Theme.accent
    }
}

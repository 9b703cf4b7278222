// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui

/// Two pixels wide, two away from what has the keyboard.
Rectangle {
    id: ring

    property Item control: parent
    property real controlRadius: Theme.controlRadius
    property int away: 2

    anchors.fill: control
    anchors.margins: -(away + 2)
    color: "transparent"
    border.width: 2
    border.color: Theme.focus
    radius: controlRadius + away + 2
}

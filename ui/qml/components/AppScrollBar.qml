// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui

T.ScrollBar {
    id: bar

    implicitWidth: 10
    padding: 2
    visible: size < 1
    minimumSize: 0.08
    Accessible.ignored: true
    contentItem: Rectangle {
        implicitWidth: 6
        radius: 3
        color: bar.pressed || bar.hovered ? Theme.control : Theme.hairline
    }
}

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui

/// The one motif: a mark on a path. Filled when passed, ringed when next, an outline when to
/// come, dashed while it is only suggested.
Rectangle {
    id: blaze

    property bool passed: false
    property bool next: false
    property bool suggested: false
    property color tint: Theme.accent

    implicitWidth: Theme.px(8)
    implicitHeight: Theme.px(18)
    width: implicitWidth
    height: implicitHeight
    radius: width * 0.3
    color: passed ? tint : "transparent"
    border.width: suggested ? 0 : next && !passed ? 2 : 1.5
    border.color: passed || next ? tint : Theme.control

    DashedEdge {
        visible: blaze.suggested
        anchors.fill: parent
        radius: blaze.radius
        tint: Theme.control
        thickness: 1.5
        dash: 2
    }
    Rectangle {
        visible: blaze.next && !blaze.passed
        anchors.fill: parent
        anchors.margins: -3
        radius: parent.radius + 3
        color: "transparent"
        border.width: 3
        border.color: Theme.wash
    }
}

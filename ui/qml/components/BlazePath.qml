// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import Waymark.Ui

/// How far along: one blaze a mark, up to twenty; beyond, a bar. The words stand beside it.
Item {
    id: path

    property int count: 0
    property int passed: 0
    property real markWidth: count > 7 ? Theme.px(4) : Theme.px(6)
    property real markHeight: Theme.px(14)
    property int gap: count > 7 ? 3 : 4
    /// Nothing is next: the way rests.
    property bool paused: false
    property color tint: paused ? Theme.control : Theme.accent
    readonly property bool asBar: count > 20

    implicitWidth: asBar ? Theme.px(88) : Math.max(0, count * (markWidth + gap) - gap)
    implicitHeight: markHeight
    Accessible.ignored: true

    Row {
        visible: !path.asBar
        spacing: path.gap

        Repeater {
            model: path.asBar ? 0 : path.count

            Blaze {
                required property int index

                width: path.markWidth
                height: path.markHeight
                passed: index < path.passed
                next: !path.paused && index === path.passed
                tint: path.tint
            }
        }
    }
    Rectangle {
        visible: path.asBar
        anchors.fill: parent
        anchors.topMargin: 2
        anchors.bottomMargin: 2
        radius: 2
        color: "transparent"
        border.width: 1
        border.color: Theme.control

        Rectangle {
            width: parent.width * path.passed / Math.max(1, path.count)
            height: parent.height
            radius: 2
            color: path.tint
        }
    }
}

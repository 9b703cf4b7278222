// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import Waymark.Ui

/// Several people, one over the edge of the other. Their names stand beside it.
Row {
    id: row

    /// [{ initials, tint }]
    property var people: []
    property color ground: Theme.canvas

    spacing: -4

    Repeater {
        model: row.people

        Rectangle {
            id: edge

            required property var modelData

            width: avatar.width + 4
            height: avatar.height + 4
            radius: width / 2
            color: row.ground

            Avatar {
                id: avatar

                anchors.centerIn: parent
                initials: edge.modelData.initials
                tint: edge.modelData.tint
            }
        }
    }
}

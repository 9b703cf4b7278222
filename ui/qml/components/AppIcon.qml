// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui

/// An icon in a role's colour. It is never alone: what it stands for is said beside it or by name.
Image {
    id: icon

    property string name
    property color tint: Theme.muted
    property int size: Theme.px(18)
    /// It points along the line of reading.
    property bool directed: false

    function hex(part: real): string {
        return Math.round(part * 255).toString(16).padStart(2, "0");
    }

    width: size
    height: size
    sourceSize.width: size
    sourceSize.height: size
    source: name ? "image://icon/" + name + "/" + hex(tint.r) + hex(tint.g) + hex(tint.b) : ""
    mirror: directed && Application.layoutDirection === Qt.RightToLeft
    Accessible.ignored: true
}

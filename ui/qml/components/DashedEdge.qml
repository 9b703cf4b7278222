// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui

/// A rounded edge in dashes: of what is only suggested, or not chosen yet.
Canvas {
    id: edge

    property color tint: Theme.control
    property real radius: Theme.controlRadius
    property real thickness: 1
    property real dash: 3

    onTintChanged: requestPaint()
    onVisibleChanged: requestPaint()
    onPaint: {
        const context = getContext("2d");
        const half = thickness / 2;
        context.reset();
        context.strokeStyle = tint;
        context.lineWidth = thickness;
        context.setLineDash([dash, dash]);
        context.beginPath();
        context.roundedRect(half, half, width - thickness, height - thickness, radius, radius);
        context.stroke();
    }
}

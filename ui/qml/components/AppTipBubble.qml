// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui

/// What a tip shows; made when it is first needed.
T.ToolTip {
    id: bubble

    required property AppTip tip

    parent: tip.parent
    visible: tip.shown
    delay: Theme.tipDelayMs
    x: 0
    y: parent ? parent.height + 6 : 0
    margins: 8
    padding: 8
    leftPadding: 10
    rightPadding: 10
    closePolicy: T.Popup.CloseOnPressOutsideParent | T.Popup.CloseOnReleaseOutsideParent
    width: Math.min(Math.ceil(metrics.advanceWidth) + 1, Theme.px(420)) + leftPadding + rightPadding
    height: words.implicitHeight + topPadding + bottomPadding
    contentItem: AppText {
        id: words

        silent: true
        text: bubble.tip.text
        color: Theme.canvas
        font.pixelSize: Theme.small
    }

    TextMetrics {
        id: metrics

        font: words.font
        text: bubble.tip.text
    }
    background: Rectangle {
        color: Theme.text
        radius: 6
    }
}

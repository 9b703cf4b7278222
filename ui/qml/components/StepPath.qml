// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui

/// Where one is among a few steps.
Row {
    id: steps

    property int count: 3
    property int at: 1

    spacing: 12

    BlazePath {
        count: steps.count
        passed: steps.at - 1
        markWidth: Theme.px(8)
        markHeight: Theme.px(18)
        gap: 6
    }
    AppText {
        text: qsTr("Step %1 of %2").arg(steps.at).arg(steps.count)
        color: Theme.muted
        font.pixelSize: Theme.small
        anchors.verticalCenter: parent.verticalCenter
    }
}

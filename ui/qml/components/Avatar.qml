// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui

/// A person's initials on their tint. The name stands beside it.
Rectangle {
    id: avatar

    property string initials
    property int tint: 0
    property int size: 28

    implicitWidth: Theme.px(size)
    implicitHeight: Theme.px(size)
    radius: width / 2
    color: Theme.tint(tint)
    border.width: Theme.highContrast ? 1 : 0
    border.color: Theme.control

    AppText {
        anchors.centerIn: parent
        silent: true
        text: avatar.initials
        color: Theme.ink(avatar.tint)
        font.pixelSize: Theme.px(avatar.size >= 40 ? 16 : avatar.size >= 28 ? 12 : 10)
        font.weight: Font.DemiBold
        wrapMode: Text.NoWrap
    }
}

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui

/// The small words above a field. The field says them itself.
AppText {
    silent: true
    color: Theme.muted
    font.pixelSize: Theme.small
    font.weight: Font.DemiBold
    elide: Text.ElideRight
}

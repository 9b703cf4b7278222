// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick

/// What the detail pane may hold.
FocusScope {
    /// How much at the bottom belongs to something being written.
    property real dockHeight: 0
    /// The page's one filled button stands in it.
    property bool busy: false

    /// Closes what lies over the page; false when nothing does.
    function leave(): bool {
        return false;
    }
}

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick

/// Gives something the keyboard once what was just changed has been laid out.
Timer {
    id: later

    property Item item: null

    function give(to: Item) {
        item = to;
        restart();
    }

    interval: 0
    onTriggered: {
        if (!item)
            return;
        item.forceActiveFocus(Qt.TabFocusReason);
        // A scope in which nothing had it yet: its first control.
        if (item.Window.activeFocusItem === item && !item.activeFocusOnTab)
            item.nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason);
    }
}

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick

/// Says in full what a control cannot show. Never takes the focus.
Item {
    id: tip

    property string text
    property bool shown: false

    Accessible.ignored: true
    onShownChanged: {
        if (shown && loader.status === Loader.Null)
            loader.setSource(Qt.resolvedUrl("AppTipBubble.qml"), { "tip": tip });
    }

    Loader {
        id: loader
    }
}

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui

/// A reading column that scrolls, and keeps what has the keyboard in view.
DetailPage {
    id: page

    property real columnWidth: Theme.columnWidth
    property real topSpace: 8
    property real sideSpace: width < Theme.px(560) ? 20 : 48
    property bool centred: true
    default property alias content: column.data
    property alias column: column
    property alias flickable: flick

    function reveal(item: Item) {
        let up = item;
        while (up && up !== column)
            up = up.parent;
        if (!up)
            return;
        const top = item.mapToItem(flick.contentItem, 0, 0).y - 16;
        const bottom = top + Math.min(item.height, flick.height - 32) + 32;
        if (top < flick.contentY)
            flick.contentY = Math.max(0, top);
        else if (bottom > flick.contentY + flick.height)
            flick.contentY = Math.min(bottom - flick.height, flick.contentHeight - flick.height);
    }

    Flickable {
        id: flick

        anchors.fill: parent
        clip: true
        contentWidth: width
        contentHeight: column.y + column.implicitHeight + 32
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height
        T.ScrollBar.vertical: AppScrollBar {}

        Column {
            id: column

            x: page.centred ? Math.round((flick.width - width) / 2) : page.sideSpace
            y: page.topSpace
            width: Math.max(160, Math.min(page.columnWidth, flick.width - 2 * page.sideSpace))
        }
    }
    Connections {
        target: page.Window.window
        function onActiveFocusItemChanged() {
            const item = page.Window.window ? page.Window.window.activeFocusItem : null;
            if (item)
                page.reveal(item);
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui

/// A menu below what opened it. Arrows walk it, Escape leaves it, and the focus goes back.
T.Popup {
    id: menu

    property string label
    property Item opener
    default property alias items: column.data

    function toggle(from: Item) {
        opener = from;
        if (opened)
            close();
        else
            open();
    }
    function rows(): var {
        const found = [];
        for (let i = 0; i < column.children.length; ++i) {
            const item = column.children[i];
            if (item.visible && item.enabled && item.isMenuItem)
                found.push(item);
        }
        return found;
    }
    function walk(by: int) {
        const all = rows();
        if (all.length === 0)
            return;
        const at = all.findIndex(item => item.activeFocus);
        const to = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length;
        all[to].forceActiveFocus(Qt.TabFocusReason);
    }

    padding: 6
    margins: 8
    modal: false
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutsideParent
    implicitWidth: Math.max(Theme.px(220), column.implicitWidth + 12)
    implicitHeight: column.implicitHeight + 12
    onOpened: walk(1)
    onClosed: if (opener) opener.forceActiveFocus(Qt.PopupFocusReason)
    background: Item {
        Rectangle {
            anchors.fill: parent
            anchors.margins: -1
            anchors.topMargin: 3
            anchors.bottomMargin: -5
            radius: Theme.cardRadius + 1
            color: Theme.shadow
        }
        Rectangle {
            anchors.fill: parent
            radius: Theme.cardRadius
            color: Theme.raised
            border.width: 1
            border.color: Theme.hairline
        }
    }
    contentItem: FocusScope {
        implicitHeight: column.implicitHeight
        implicitWidth: column.implicitWidth
        focus: true
        Keys.onDownPressed: menu.walk(1)
        Keys.onUpPressed: menu.walk(-1)
        Keys.onTabPressed: menu.walk(1)
        Keys.onBacktabPressed: menu.walk(-1)

        Item {
            anchors.fill: parent
            Accessible.role: Accessible.PopupMenu
            Accessible.name: menu.label

            Column {
                id: column

                width: parent.width
            }
        }
    }
}

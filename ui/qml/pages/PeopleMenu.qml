// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

AppMenu {
    id: menu

    required property App app

    signal invited
    signal locked

    label: qsTr("People")
    implicitWidth: Math.min(Theme.px(320), parent ? parent.Window.width - 32 : Theme.px(320))

    Repeater {
        model: menu.app.people.list

        AppMenuItem {
            required property string key
            required property string name
            required property string line_

            within: menu
            glyph: "users-round"
            text: name
            line: line_
            marked: menu.app.people.current === key
            onChosen: menu.app.people.current = key
        }
    }
    Hairline {
        width: parent.width
        visible: menu.app.people.list.count > 0
    }
    AppMenuItem {
        within: menu
        glyph: "user-round-plus"
        text: qsTr("Invite someone")
        onChosen: {
            menu.opener = null;
            menu.app.showInvite();
            menu.invited();
        }
    }
    AppMenuItem {
        within: menu
        glyph: "lock"
        text: qsTr("Lock now")
        keys: "Ctrl L"
        onChosen: menu.locked()
    }
}

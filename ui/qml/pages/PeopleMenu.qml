// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

AppMenu {
    id: sheet

    required property App app

    signal invited
    signal locked

    label: qsTr("People")
    implicitWidth: Math.min(Theme.px(320), parent ? parent.Window.width - 32 : Theme.px(320))

    Repeater {
        model: sheet.app.people.list

        AppMenuItem {
            required property string key
            required property string name
            required property string line_

            within: sheet
            glyph: "users-round"
            text: name
            line: line_
            marked: sheet.app.people.current === key
            onChosen: sheet.app.people.current = key
        }
    }
    Hairline {
        width: parent.width
        visible: sheet.app.people.list.count > 0
    }
    AppMenuItem {
        within: sheet
        glyph: "user-round-plus"
        text: qsTr("Invite someone")
        onChosen: {
            sheet.opener = null;
            sheet.app.showInvite();
            sheet.invited();
        }
    }
    AppMenuItem {
        within: sheet
        glyph: "lock"
        text: qsTr("Lock now")
        keys: "Ctrl L"
        onChosen: sheet.locked()
    }
}

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

AppMenu {
    id: menu

    required property App app
    readonly property GoalView goal: app.goal

    signal shared

    label: qsTr("More for this goal")

    AppMenuItem {
        within: menu
        visible: !menu.goal.onlyMine && !menu.goal.resting
        glyph: "message-square-plus"
        text: qsTr("Write feedback")
        keys: "F"
        onChosen: {
            menu.opener = null;
            menu.app.writeFeedback();
        }
    }
    AppMenuItem {
        within: menu
        visible: menu.goal.onlyMine && menu.app.people.partner
        glyph: "users-round"
        text: qsTr("Share with %1").arg(menu.app.people.firstName)
        onChosen: menu.shared()
    }
    AppMenuItem {
        within: menu
        visible: menu.goal.resting
        glyph: "undo-2"
        text: qsTr("Take back")
        onChosen: menu.goal.takeBack()
    }
    Repeater {
        model: menu.goal.mayChange ? [
            { "status": "active", "text": qsTr("It is under way"), "glyph": "flag" },
            { "status": "done", "text": qsTr("It is reached"), "glyph": "check" },
            { "status": "dropped", "text": qsTr("Let it go"), "glyph": "x" }
        ] : []

        AppMenuItem {
            required property var modelData

            within: menu
            visible: menu.goal.status !== modelData.status
            glyph: modelData.glyph
            text: modelData.text
            onChosen: menu.goal.setStatus(modelData.status)
        }
    }
    AppMenuItem {
        within: menu
        visible: menu.goal.mayChange
        glyph: "trash-2"
        text: qsTr("Move to the bin")
        onChosen: menu.goal.remove()
    }
}

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

AppMenu {
    id: sheet

    required property App app
    readonly property GoalView goal: app.goal

    signal shared

    label: qsTr("More for this goal")

    AppMenuItem {
        within: sheet
        visible: !sheet.goal.onlyMine && !sheet.goal.resting
        glyph: "message-square-plus"
        text: qsTr("Write feedback")
        keys: "F"
        onChosen: {
            sheet.opener = null;
            sheet.app.writeFeedback();
        }
    }
    AppMenuItem {
        within: sheet
        visible: sheet.goal.onlyMine && sheet.app.people.partner
        glyph: "users-round"
        text: qsTr("Share with %1").arg(sheet.app.people.firstName)
        onChosen: sheet.shared()
    }
    AppMenuItem {
        within: sheet
        visible: sheet.goal.resting
        glyph: "undo-2"
        text: qsTr("Take back")
        onChosen: sheet.goal.takeBack()
    }
    Repeater {
        model: sheet.goal.mayChange ? [
            { "status": "active", "text": qsTr("It is under way"), "glyph": "flag" },
            { "status": "done", "text": qsTr("It is reached"), "glyph": "check" },
            { "status": "dropped", "text": qsTr("Let it go"), "glyph": "x" }
        ] : []

        AppMenuItem {
            required property var modelData

            within: sheet
            visible: sheet.goal.status !== modelData.status
            glyph: modelData.glyph
            text: modelData.text
            onChosen: sheet.goal.setStatus(modelData.status)
        }
    }
    AppMenuItem {
        within: sheet
        visible: sheet.goal.mayChange
        glyph: "trash-2"
        text: qsTr("Move to the bin")
        onChosen: sheet.goal.remove()
    }
}

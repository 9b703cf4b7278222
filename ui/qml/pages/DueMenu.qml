// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

/// By when: a day written, or one of a few.
AppMenu {
    id: sheet

    required property GoalView goal

    function take() {
        if (goal.setDue(field.text))
            sheet.close();
        else
            field.wrong = true;
    }

    label: qsTr("By when")
    implicitWidth: Theme.px(36) * 7 + 28
    onOpened: {
        field.text = goal.due;
        calendar.chosen = calendar.dayOf(goal.due);
        calendar.cursor = goal.due.length > 0 ? calendar.dayOf(goal.due) : calendar.today;
        field.wrong = false;
        field.forceActiveFocus(Qt.TabFocusReason);
        field.selectAll();
    }

    Item {
        readonly property bool isMenuItem: false

        width: parent.width
        height: field.height + problem.height + 12

        AppTextField {
            id: field

            x: 6
            y: 6
            width: parent.width - 12
            label: qsTr("Day")
            hint: qsTr("2027-01-30, or 30 January")
            problem: problem.text
            onTextEdited: wrong = false
            onAccepted: sheet.take()
            Keys.onDownPressed: sheet.walk(1)
        }
        Problem {
            id: problem

            x: 6
            y: field.height + 2
            width: parent.width - 12
            text: field.wrong ? qsTr("Write a day like 2027-01-30 or 30 January.") : ""
        }
    }
    Calendar {
        id: calendar

        readonly property bool isMenuItem: true

        x: 6
        width: parent.width - 12
        today: dayOf(sheet.goal.today)
        onPicked: day => {
            sheet.goal.setDue(isoOf(day));
            sheet.close();
        }
    }
    Item {
        width: 1
        height: 6
    }
    AppMenuItem {
        within: sheet
        text: qsTr("In a week")
        onChosen: sheet.goal.setDueIn(7)
    }
    AppMenuItem {
        within: sheet
        text: qsTr("In a month")
        onChosen: sheet.goal.setDueIn(30)
    }
    AppMenuItem {
        within: sheet
        text: qsTr("In three months")
        onChosen: sheet.goal.setDueIn(91)
    }
    AppMenuItem {
        within: sheet
        visible: sheet.goal.due.length > 0
        text: qsTr("No day")
        onChosen: sheet.goal.setDue("")
    }
}

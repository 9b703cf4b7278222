// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

/// A goal made by five questions, one open at a time; answered ones read as the page will.
Page {
    id: page

    required property App app
    readonly property GoalView goal: app.goal
    readonly property People people: app.people
    readonly property int at: goal.question

    function next() {
        if (goal.question === GoalView.FirstStep)
            goal.question = GoalView.NoQuestion;
        else
            goal.question = goal.question + 1;
    }
    function take() {
        const items = [what, why, measure, due, step];
        const index = at - GoalView.What;
        if (index >= 0 && index < items.length)
            items[index].take();
    }

    busy: true
    topSpace: 48
    onAtChanged: later.restart()
    Component.onCompleted: later.restart()

    // After the question that is open now has been laid out.
    Timer {
        id: later

        interval: 0
        onTriggered: page.take()
    }
    QuestionStep {
        id: what

        width: parent.width
        question: qsTr("What do you want to be able to do, or to be different?")
        hint: qsTr("One sentence. You can change it whenever you like.")
        at: page.at
        place: GoalView.What
        answer: page.goal.title
        skippable: false
        serif: true
        onAnswered: said => {
            if (said.trim().length > 0)
                page.goal.setTitle(said);
        }
    }
    QuestionStep {
        id: why

        width: parent.width
        question: qsTr("Why does it matter to you?")
        at: page.at
        place: GoalView.Why
        answer: page.goal.why.text
        session: page.goal.why
        serif: true
        onAnswered: page.next()
        onSkipped: page.next()
    }
    QuestionStep {
        id: measure

        width: parent.width
        question: qsTr("How will you know you are there?")
        hint: qsTr("Something another person could see. A number is fine, and so is a sentence.")
        at: page.at
        place: GoalView.Measure
        answer: page.goal.measure
        onAnswered: said => {
            page.goal.setMeasure(said);
            page.next();
        }
        onSkipped: page.next()
    }
    QuestionStep {
        id: due

        width: parent.width
        question: qsTr("By when?")
        hint: qsTr("A day like 2027-01-30 or 30 January.")
        at: page.at
        place: GoalView.Due
        answer: page.goal.dueText
        onAnswered: said => {
            if (page.goal.setDue(said))
                page.next();
            else
                due.problem = qsTr("This is no day. Write it like 2027-01-30 or 30 January.");
        }
        onSkipped: page.next()
    }
    QuestionStep {
        id: step

        width: parent.width
        question: qsTr("What is the first small step?")
        hint: qsTr("It becomes the first mark on the way.")
        at: page.at
        place: GoalView.FirstStep
        last: true
        onAnswered: said => {
            page.goal.addMark(said);
            page.next();
        }
        onSkipped: page.next()
    }
    Hairline {
        width: parent.width
    }
    AppText {
        width: parent.width
        topPadding: 16
        text: page.people.partner ? qsTr("%1 sees nothing of this until you share it.").arg(page.people.firstName)
            : qsTr("Only yours. Nobody else sees it, or that it exists.")
        color: Theme.muted
    }
}

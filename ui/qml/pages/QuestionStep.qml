// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

/// One question: to come, open, or answered.
FocusScope {
    id: step

    property string question
    property string hint
    property string answer
    property string problem
    property int at
    property int place
    property bool skippable: true
    property bool last: false
    property bool serif: false
    property TextSession session: null
    readonly property bool open: at === place
    readonly property bool passed: at > place

    signal answered(string said)
    signal skipped

    function take() {
        if (session)
            area.forceActiveFocus(Qt.TabFocusReason);
        else
            field.forceActiveFocus(Qt.TabFocusReason);
    }
    function done() {
        problem = "";
        if (session) {
            area.commit();
            answered(area.text);
        } else {
            answered(field.text);
        }
    }

    implicitHeight: column.implicitHeight + 24
    visible: !passed || answer.length > 0
    height: visible ? implicitHeight : 0

    Blaze {
        id: blaze

        x: step.LayoutMirroring.enabled ? parent.width + 18 : -26
        y: 1
        passed: step.passed
        next: step.open
    }
    Column {
        id: column

        width: parent.width

        AppText {
            width: parent.width
            visible: !step.passed || step.place > 1
            silent: step.open
            text: step.question
            color: step.open ? Theme.text : Theme.muted
            font.weight: step.open ? Font.DemiBold : step.passed ? Font.Medium : Font.Normal
            bottomPadding: step.open ? 8 : 2
        }
        AppText {
            width: parent.width
            visible: step.passed && text.length > 0
            serif: step.serif
            text: step.answer
            font.pixelSize: step.place === 1 ? Theme.title : step.serif ? Theme.reading : Theme.body
        }
        AppTextField {
            id: field

            width: parent.width
            visible: step.open && !step.session
            focus: visible
            big: true
            serif: step.serif
            label: step.question
            hint: ""
            text: step.open ? step.answer : ""
            wrong: step.problem.length > 0
            problem: step.problem
            Accessible.description: step.hint
            onAccepted: step.done()
            onTextEdited: step.problem = ""
        }
        AppTextArea {
            id: area

            width: parent.width
            visible: step.open && step.session !== null
            focus: visible
            label: step.question
            hint: ""
            session: step.open ? step.session : null
            serif: step.serif
            onSubmitted: step.done()
        }
        Problem {
            width: parent.width
            text: step.open ? step.problem : ""
        }
        AppText {
            width: parent.width
            visible: step.open && step.hint.length > 0 && step.problem.length === 0
            topPadding: 10
            text: step.hint
            color: Theme.muted
            font.pixelSize: Theme.small
        }
        Row {
            visible: step.open
            topPadding: 12
            spacing: 4

            AppButton {
                kind: "primary"
                text: step.last ? qsTr("Done") : qsTr("Next")
                keys: step.session ? "Ctrl ↵" : ""
                onClicked: step.done()
            }
            AppButton {
                visible: step.skippable
                kind: "quiet"
                ink: Theme.muted
                text: qsTr("Skip")
                onClicked: step.skipped()
            }
        }
    }
}

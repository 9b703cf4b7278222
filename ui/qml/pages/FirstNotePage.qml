// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

Page {
    id: page

    required property FirstRun firstRun

    columnWidth: Theme.px(640)
    topSpace: 96

    function begin(words: string) {
        if (area.empty)
            area.text = words;
        area.edit.cursorPosition = area.edit.length;
        area.forceActiveFocus();
    }

    StepPath {
        at: 3
    }
    Item {
        width: 1
        height: 12
    }
    AppText {
        width: parent.width
        serif: true
        text: qsTr("Your first note")
        font.pixelSize: Theme.title
        Accessible.role: Accessible.Heading
    }
    AppText {
        width: parent.width
        text: qsTr("One sentence is enough: what would you like to be different?")
        color: Theme.muted
    }
    Item {
        width: 1
        height: 36
    }
    AppTextArea {
        id: area

        focus: true
        width: parent.width
        bare: true
        bar: true
        label: qsTr("Your first note")
        hint: qsTr("I want to…")
        textSize: Theme.lead
        minimumHeight: Theme.px(120)
        maximumHeight: Theme.px(320)
        onSubmitted: page.firstRun.keepNote(text)
    }
    Item {
        width: 1
        height: 12
    }
    Repeater {
        model: [qsTr("By spring I would like to"), qsTr("I keep putting off"), qsTr("In the next meeting I want to")]

        AppButton {
            required property string modelData

            kind: "quiet"
            side: 0
            ink: Theme.muted
            text: qsTr("%1…").arg(modelData)
            serif: true
            Accessible.description: qsTr("Begins your note with these words")
            onClicked: page.begin(modelData + " ")
        }
    }
    Problem {
        width: parent.width
        text: page.firstRun.problem
    }
    Item {
        width: 1
        height: 24
    }
    Item {
        width: parent.width
        height: keep.height

        AppButton {
            id: keep

            anchors.left: parent.left
            kind: "primary"
            big: true
            text: qsTr("Keep it")
            onClicked: {
                area.commit();
                page.firstRun.keepNote(area.text);
            }
        }
        AppText {
            anchors.left: keep.right
            anchors.right: later.left
            anchors.leftMargin: 16
            anchors.rightMargin: 16
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("Only yours. Nobody else sees it, or that it exists.")
            color: Theme.muted
        }
        AppButton {
            id: later

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            kind: "quiet"
            side: 0
            ink: Theme.muted
            text: qsTr("Not now")
            onClicked: page.firstRun.notNow()
        }
    }
}

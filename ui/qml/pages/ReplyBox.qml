// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

/// The answer, kept from its first letter, with its reader's name on the button.
FocusScope {
    id: box

    required property DraftView composer
    property string problem

    function send() {
        area.commit();
        problem = composer.send() ? "" : qsTr("Write a word first; then it can go.");
    }

    implicitHeight: column.implicitHeight + 20
    height: implicitHeight

    Rectangle {
        anchors.fill: parent
        radius: Theme.cardRadius
        color: Theme.surface
        border.width: area.edit.activeFocus ? 2 : 1
        border.color: area.edit.activeFocus ? Theme.focus : Theme.control
    }
    Column {
        id: column

        x: 16
        y: 12
        width: parent.width - 24
        spacing: 4

        AppTextArea {
            id: area

            width: parent.width - 8
            focus: true
            bare: true
            label: qsTr("Your answer to %1").arg(box.composer.firstName)
            hint: qsTr("Answer %1").arg(box.composer.firstName)
            session: box.composer.text
            minimumHeight: Theme.px(26)
            maximumHeight: Theme.px(160)
            onSubmitted: box.send()
        }
        Problem {
            width: parent.width
            text: box.problem
        }
        Item {
            width: parent.width
            height: send.height

            AppText {
                anchors.right: send.left
                anchors.rightMargin: 14
                anchors.verticalCenter: parent.verticalCenter
                visible: box.composer.draft
                text: qsTr("Kept here")
                color: Theme.muted
                font.pixelSize: Theme.small
            }
            AppButton {
                id: send

                anchors.right: parent.right
                width: Math.min(implicitWidth, parent.width * 0.7)
                kind: "primary"
                text: qsTr("Send to %1").arg(box.composer.firstName)
                keys: "Ctrl ↵"
                onClicked: box.send()
            }
        }
    }
    Connections {
        target: box.composer
        function onChanged() {
            if (!box.composer.text.empty)
                box.problem = "";
        }
    }
}

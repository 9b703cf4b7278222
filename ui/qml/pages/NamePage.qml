// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

Page {
    id: page

    required property FirstRun firstRun

    columnWidth: Theme.px(480)
    topSpace: 96

    StepPath {
        at: 2
    }
    Item {
        width: 1
        height: 12
    }
    AppText {
        width: parent.width
        serif: true
        text: qsTr("Your name and a passphrase")
        font.pixelSize: Theme.title
        Accessible.role: Accessible.Heading
    }
    Item {
        width: 1
        height: 24
    }
    FieldLabel {
        width: parent.width
        text: qsTr("Your name")
        bottomPadding: 8
    }
    AppTextField {
        id: name

        focus: true
        width: parent.width
        big: true
        label: qsTr("Your name")
        text: page.firstRun.name
        maximumLength: 200
        onTextEdited: page.firstRun.name = text
        onAccepted: passphrase.forceActiveFocus(Qt.TabFocusReason)
    }
    AppText {
        width: parent.width
        topPadding: 10
        text: qsTr("As your partner will see it. You can change it whenever you like.")
        color: Theme.muted
    }
    Item {
        width: 1
        height: 24
    }
    Item {
        width: parent.width
        height: Math.max(label.implicitHeight, suggest.implicitHeight)

        FieldLabel {
            id: label

            anchors.left: parent.left
            anchors.bottom: parent.bottom
            text: qsTr("Passphrase")
            bottomPadding: 8
        }
        AppButton {
            id: suggest

            anchors.right: parent.right
            anchors.bottom: parent.bottom
            kind: "link"
            side: 0
            glyph: "dices"
            text: qsTr("Suggest one")
            onClicked: {
                passphrase.suggest();
                passphrase.forceActiveFocus(Qt.TabFocusReason);
            }
        }
    }
    PassphraseField {
        id: passphrase

        width: parent.width
        label: qsTr("Passphrase")
        passphrase: page.firstRun.passphrase
        shown: true
        onAccepted: page.firstRun.make()
    }
    Item {
        width: parent.width
        height: Theme.px(40) + 10

        Fact {
            y: 10
            width: parent.width
            gap: 8
            glyph: page.firstRun.passphrase.strong ? "check" : "info"
            glyphTint: page.firstRun.passphrase.strong ? Theme.positive
                : page.firstRun.passphrase.empty ? Theme.muted : Theme.caution
            ink: Theme.text
            strong: page.firstRun.passphrase.verdict
            text: page.firstRun.passphrase.reason
        }
    }
    Item {
        width: 1
        height: 24
    }
    Hairline {
        width: parent.width
    }
    Item {
        width: 1
        height: 20
    }
    Fact {
        width: parent.width
        glyph: "key-round"
        strong: qsTr("Nobody can reset it.")
        text: qsTr("It opens your journal and only you know it; no one else has a copy to send you.")
    }
    Problem {
        width: parent.width
        text: page.firstRun.problem
    }
    Item {
        width: 1
        height: 32
    }
    Row {
        spacing: 16

        AppButton {
            kind: "primary"
            big: true
            text: page.firstRun.busy ? qsTr("Making it…") : qsTr("Make my journal")
            onClicked: page.firstRun.make()
        }
        AppText {
            text: qsTr("Next: your first note")
            color: Theme.muted
            anchors.verticalCenter: parent.verticalCenter
        }
    }
}

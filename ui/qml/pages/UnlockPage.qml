// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

Page {
    id: page

    required property Unlock unlock

    columnWidth: Theme.px(480)
    topSpace: Math.max(32, Math.min(176, (height - Theme.px(420)) / 2))

    Connections {
        target: page.unlock
        function onRefused() {
            passphrase.selectAll();
        }
    }
    Emblem {}
    Item {
        width: 1
        height: 20
    }
    AppText {
        width: parent.width
        serif: true
        text: page.unlock.title
        font.pixelSize: Theme.title
        Accessible.role: Accessible.Heading
    }
    AppText {
        width: parent.width
        visible: text.length > 0
        topPadding: 4
        text: page.unlock.reason
        color: Theme.muted
    }
    Item {
        width: 1
        height: 32
    }
    FieldLabel {
        width: parent.width
        text: qsTr("Passphrase")
        bottomPadding: 8
    }
    Item {
        width: parent.width
        height: Math.max(passphrase.height, open.height)

        PassphraseField {
            id: passphrase

            focus: true
            anchors.left: parent.left
            anchors.right: open.left
            anchors.rightMargin: 12
            label: qsTr("Passphrase")
            passphrase: page.unlock.passphrase
            wrong: page.unlock.problem.length > 0
            onAccepted: page.unlock.open()
        }
        AppButton {
            id: open

            anchors.right: parent.right
            kind: "primary"
            big: true
            text: page.unlock.busy ? qsTr("Opening…") : qsTr("Open")
            onClicked: page.unlock.open()
        }
    }
    Item {
        width: parent.width
        height: Math.max(Theme.px(20), said.implicitHeight) + 10

        Fact {
            id: said

            y: 10
            width: parent.width
            visible: text.length > 0
            gap: 6
            glyph: page.unlock.problem.length > 0 ? "circle-alert" : "arrow-big-up-dash"
            glyphTint: page.unlock.problem.length > 0 ? Theme.critical : Theme.caution
            ink: glyphTint
            text: page.unlock.problem.length > 0 ? page.unlock.problem
                : passphrase.capsLock ? qsTr("Caps Lock is on") : ""
            Accessible.role: Accessible.Notification
        }
    }
    Item {
        width: 1
        height: 28
    }
    Hairline {
        width: parent.width
    }
    Item {
        width: 1
        height: 20
    }
    Fact {
        visible: page.unlock.wasOpen
        width: parent.width
        glyph: "notebook-pen"
        text: qsTr("What you were writing is kept. You come back to the same page, at the same word.")
    }
    Item {
        visible: page.unlock.wasOpen
        width: 1
        height: 12
    }
    Fact {
        width: parent.width
        glyph: "moon"
        text: qsTr("Nothing comes or goes while locked.")
    }
}

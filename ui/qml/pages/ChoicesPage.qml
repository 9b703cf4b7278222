// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

Page {
    id: page

    required property FirstRun firstRun

    columnWidth: Theme.px(480)
    topSpace: Math.max(32, Math.min(144, (height - Theme.px(440)) / 2))

    Emblem {}
    Item {
        width: 1
        height: 20
    }
    AppText {
        width: parent.width
        serif: true
        text: qsTr("Waymark")
        font.pixelSize: Theme.display
        Accessible.role: Accessible.Heading
    }
    Item {
        width: 1
        height: 8
    }
    AppText {
        width: parent.width
        serif: true
        text: qsTr("A shared notebook for mentoring: where you want to go, what you say to each other, and what comes next.")
        font.pixelSize: Theme.lead
        lineHeight: Theme.px(30)
    }
    Item {
        width: 1
        height: 40
    }
    ChoiceCard {
        id: invitation

        focus: true
        width: parent.width
        glyph: "mail-open"
        text: qsTr("I have an invitation")
        line: qsTr("Someone sent you a mail")
        onClicked: page.firstRun.haveInvitation()
    }
    Item {
        width: 1
        height: 12
    }
    ChoiceCard {
        width: parent.width
        glyph: "notebook-pen"
        text: qsTr("Start on my own")
        line: qsTr("Write for yourself now, invite someone when you like")
        onClicked: page.firstRun.startAlone()
    }
    Item {
        width: 1
        height: 20
    }
    AppText {
        width: parent.width
        text: qsTr("No account needed. What you write stays here until you share it.")
        color: Theme.muted
    }
}

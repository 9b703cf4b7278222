// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

/// One asked to be let in: what happens next, and that one can write meanwhile.
Rectangle {
    id: card

    required property string key
    required property string name
    required property string firstName
    required property string role
    required property string lastDay
    required property bool refused

    signal writeLine

    implicitHeight: column.implicitHeight + 32
    radius: Theme.cardRadius
    color: refused ? Theme.cautionWash : Theme.wash
    Accessible.role: Accessible.Grouping
    Accessible.name: title.text

    Column {
        id: path

        x: LayoutMirroring.enabled ? parent.width - width - 18 : 18
        y: 20
        spacing: 8

        Blaze {
            passed: true
        }
        Blaze {
            next: !card.refused
        }
    }
    Column {
        id: column

        x: LayoutMirroring.enabled ? 18 : 42
        y: 16
        width: parent.width - 60
        spacing: 4

        AppText {
            id: title

            width: parent.width
            serif: true
            text: card.refused ? qsTr("The invitation of %1 can't be used any more.").arg(card.firstName)
                : qsTr("You asked %1. Write meanwhile; it goes by itself.").arg(card.firstName)
            font.pixelSize: Theme.lead
            Accessible.role: Accessible.Heading
        }
        AppText {
            width: parent.width
            text: card.refused
                ? qsTr("It was used by somebody else, or you were turned away. Ask %1 another way for a new one. What you wrote is still here.").arg(card.firstName)
                : qsTr("%1 opens Waymark and lets you in as a %2. Until then neither of you sees anything of the other. Last day: %3.").arg(card.firstName).arg(card.role).arg(card.lastDay)
            color: card.refused ? Theme.text : Theme.muted
        }
        AppButton {
            visible: !card.refused
            kind: "link"
            side: 0
            width: Math.min(implicitWidth, parent.width)
            glyph: "message-square-plus"
            text: qsTr("Write %1 a line").arg(card.firstName)
            onClicked: card.writeLine()
        }
    }
}

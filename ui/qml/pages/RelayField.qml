// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

/// The relay's address, with a way to try it; its answer keeps its line.
Column {
    id: field

    required property Inviting inviting

    Hairline {
        width: parent.width
    }
    Item {
        width: 1
        height: 14
    }
    Flow {
        width: parent.width
        spacing: 16

        Column {
            width: Math.max(Theme.px(220), parent.width - entry.width - 16)

            AppText {
                width: parent.width
                text: qsTr("Relay")
                font.weight: Font.DemiBold
            }
            AppText {
                width: parent.width
                text: qsTr("The post office for your messages, which can't read them")
                color: Theme.muted
                font.pixelSize: Theme.small
            }
        }
        Row {
            id: entry

            spacing: 8

            AppTextField {
                id: address

                width: Math.min(Theme.px(250), field.width - tryIt.width - 8)
                label: qsTr("Relay")
                hint: qsTr("relay.example.org")
                text: field.inviting.relay
                inputMethodHints: Qt.ImhUrlCharactersOnly | Qt.ImhNoAutoUppercase
                wrong: field.inviting.relayText.length > 0 && !field.inviting.relayWell && !field.inviting.busy
                problem: field.inviting.relayText
                onTextEdited: field.inviting.relay = text
                onAccepted: field.inviting.tryRelay()
            }
            AppButton {
                id: tryIt

                height: address.height
                text: qsTr("Try it")
                Accessible.description: qsTr("Asks the relay whether it answers")
                onClicked: field.inviting.tryRelay()
            }
        }
    }
    Item {
        width: parent.width
        height: Math.max(Theme.px(32), answer.implicitHeight)

        Problem {
            id: answer

            width: parent.width
            kind: field.inviting.relayWell ? "positive" : field.inviting.busy ? "calm" : "critical"
            text: field.inviting.relayText
        }
    }
    Item {
        width: 1
        height: 14
    }
    Hairline {
        width: parent.width
    }
}

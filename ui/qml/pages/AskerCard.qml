// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

/// Somebody asks to be let in. Where the name is not the one that was invited, both stand side by
/// side, nothing is filled, and nothing has the focus by itself.
Rectangle {
    id: card

    required property Door door
    required property string key
    required property string name
    required property string firstName
    required property string initials
    required property int tint
    required property string role
    required property string invited
    required property bool expected
    required property bool resting
    required property int seconds

    signal inviteAgain

    implicitHeight: column.implicitHeight + 40
    radius: Theme.cardRadius
    color: Theme.surface
    border.width: 1
    border.color: expected ? Theme.accent : Theme.caution
    Accessible.role: Accessible.Grouping
    Accessible.name: title.text
    Accessible.description: detail.text

    Column {
        id: column

        x: 20
        y: 20
        width: parent.width - 40
        spacing: 16

        Item {
            width: parent.width
            height: Math.max(avatar.height, words.implicitHeight)

            Avatar {
                id: avatar

                anchors.left: parent.left
                size: 40
                initials: card.initials
                tint: card.tint
            }
            Column {
                id: words

                anchors.left: avatar.right
                anchors.right: undo.visible ? undo.left : parent.right
                anchors.leftMargin: 14
                anchors.rightMargin: undo.visible ? 14 : 0

                AppText {
                    id: title

                    width: parent.width
                    serif: true
                    text: card.resting ? qsTr("%1 is let in as a %2 in %3 s").arg(card.name).arg(card.role).arg(card.seconds)
                        : card.expected ? qsTr("%1 asks to be let in as a %2").arg(card.name).arg(card.role)
                        : qsTr("Is this who you invited?")
                    font.pixelSize: Theme.lead
                    Accessible.role: Accessible.Heading
                }
                AppText {
                    id: detail

                    width: parent.width
                    text: card.resting ? qsTr("Keep Waymark open. Until then nothing of yours is shown.")
                        : card.expected ? qsTr("With the invitation you made for %1").arg(card.invited)
                        : qsTr("You made the invitation for %1. Who asks goes by the name of %2.").arg(card.invited).arg(card.name)
                    color: Theme.muted
                }
            }
            AppButton {
                id: undo

                visible: card.resting
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("Undo")
                onClicked: card.door.undo(card.key)
            }
        }
        Hairline {
            visible: !card.resting
            width: parent.width
        }
        Flow {
            visible: !card.resting
            width: parent.width
            spacing: 8

            AppText {
                width: !card.expected ? parent.width : Math.max(Theme.px(240), Math.min(implicitWidth, parent.width - away.width - letIn.width - again.width * again.visible - 32))
                text: card.expected
                    ? qsTr("Nothing of yours has been shown yet. After Let in there are ten seconds to undo it.")
                    : qsTr("Perhaps the mail was passed on. Telephone %1, or ask any other way, before you let anybody in. Nothing of yours has been shown yet.").arg(card.invited)
                color: card.expected ? Theme.muted : Theme.text
            }
            AppButton {
                id: again

                visible: !card.expected
                kind: "link"
                text: qsTr("Make a new one for %1").arg(card.invited)
                onClicked: card.inviteAgain()
            }
            AppButton {
                id: away

                text: qsTr("Turn away")
                Accessible.description: card.name
                onClicked: card.door.turnAway(card.key)
            }
            AppButton {
                id: letIn

                kind: card.expected ? "primary" : "normal"
                text: card.expected ? qsTr("Let in") : qsTr("Let %1 in").arg(card.name)
                Accessible.description: card.name
                onClicked: card.door.letIn(card.key)
            }
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

/// Finds the invitation in whatever was pasted, and says who invites before anything is asked.
Page {
    id: page

    required property FirstRun firstRun

    columnWidth: Theme.px(640)
    topSpace: 96

    StepPath {
        at: 1
    }
    Item {
        width: 1
        height: 12
    }
    AppText {
        width: parent.width
        serif: true
        text: qsTr("Paste your invitation")
        font.pixelSize: Theme.title
        Accessible.role: Accessible.Heading
    }
    AppText {
        width: parent.width
        text: qsTr("The whole mail is fine. Waymark looks for the invitation in it.")
        color: Theme.muted
    }
    Item {
        width: 1
        height: 16
    }
    AppTextArea {
        id: area

        focus: true
        width: parent.width
        label: qsTr("The message with your invitation")
        hint: qsTr("Paste here with Ctrl+V")
        textSize: Theme.reading
        minimumHeight: Theme.px(180)
        maximumHeight: Theme.px(280)
        onTextChanged: page.firstRun.look(text)
        onSubmitted: page.firstRun.goOn()

        Instantiator {
            model: page.firstRun.found ? 1 : 0

            delegate: LinkMark {
                document: area.edit.textDocument
                from: page.firstRun.linkFrom
                length: page.firstRun.linkLength
                ground: Theme.wash
                ink: Theme.accent
                fontSize: Theme.small
                family: Theme.ui
            }
        }
    }
    Item {
        width: 1
        height: 24
    }
    Rectangle {
        width: parent.width
        height: found.implicitHeight + 32
        visible: page.firstRun.found
        radius: Theme.cardRadius
        color: Theme.surface
        border.width: 1
        border.color: Theme.hairline
        Accessible.role: Accessible.Notification
        Accessible.name: qsTr("One invitation found: %1 invites you as a %2").arg(page.firstRun.inviter).arg(page.firstRun.role)
        Accessible.description: qsTr("%1: %2").arg(page.firstRun.lastDayDistance).arg(page.firstRun.lastDay)

        Column {
            id: found

            x: 16
            y: 16
            width: parent.width - 32
            spacing: 12

            Row {
                spacing: 8

                AppIcon {
                    name: "check"
                    tint: Theme.positive
                    size: Theme.px(16)
                    anchors.verticalCenter: parent.verticalCenter
                }
                AppText {
                    silent: true
                    text: qsTr("One invitation found")
                    color: Theme.positive
                    font.weight: Font.DemiBold
                    wrapMode: Text.NoWrap
                }
            }
            Item {
                width: parent.width
                height: Math.max(avatar.height, who.implicitHeight, last.implicitHeight)

                Avatar {
                    id: avatar

                    anchors.left: parent.left
                    anchors.verticalCenter: parent.verticalCenter
                    size: 40
                    initials: page.firstRun.inviterInitials
                    tint: page.firstRun.inviterTint
                }
                AppText {
                    id: who

                    anchors.left: avatar.right
                    anchors.right: last.left
                    anchors.leftMargin: 14
                    anchors.rightMargin: 14
                    anchors.verticalCenter: parent.verticalCenter
                    silent: true
                    serif: true
                    text: qsTr("%1 invites you as a %2").arg(page.firstRun.inviter).arg(page.firstRun.role)
                    font.pixelSize: Theme.lead
                }
                Column {
                    id: last

                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: 2

                    AppText {
                        anchors.right: parent.right
                        silent: true
                        text: page.firstRun.lastDayDistance
                        color: Theme.muted
                        font.pixelSize: Theme.small
                        wrapMode: Text.NoWrap
                    }
                    AppText {
                        anchors.right: parent.right
                        silent: true
                        text: page.firstRun.lastDay
                        font.weight: Font.DemiBold
                        wrapMode: Text.NoWrap
                    }
                }
            }
            Hairline {
                width: parent.width
            }
            AppText {
                width: parent.width
                text: qsTr("%1 then lets you in. You can write meanwhile; it is sent by itself afterwards.").arg(page.firstRun.inviterFirst)
                color: Theme.muted
            }
        }
    }
    Problem {
        width: parent.width
        text: page.firstRun.foundProblem
    }
    Item {
        width: 1
        height: 24
    }
    Row {
        spacing: 16

        AppButton {
            kind: "primary"
            big: true
            text: qsTr("Go on")
            onClicked: page.firstRun.goOn()
        }
        AppText {
            text: qsTr("Next: your name and a passphrase")
            color: Theme.muted
            anchors.verticalCenter: parent.verticalCenter
        }
    }
}

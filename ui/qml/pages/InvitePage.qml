// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

/// For whom, as what, by which relay; then the message to mail.
DetailPage {
    id: page

    required property App app
    readonly property Inviting inviting: app.inviting
    readonly property string first: inviting.forWhom.trim().split(" ")[0]
    readonly property bool made: inviting.link.length > 0

    busy: true
    AppButton {
        id: back

        x: LayoutMirroring.enabled ? parent.width - width - 12 : 12
        y: 10
        kind: "quiet"
        glyph: "arrow-left"
        glyphDirected: true
        text: qsTr("Back")
        onClicked: page.app.back()
    }
    Page {
        anchors.fill: parent
        anchors.topMargin: back.height + 20
        columnWidth: Theme.px(720)
        focus: true

        AppText {
            width: parent.width
            serif: true
            text: qsTr("Invite someone")
            font.pixelSize: Theme.title
            bottomPadding: 12
            Accessible.role: Accessible.Heading
        }
        Flow {
            width: parent.width
            spacing: 16

            Column {
                width: Math.max(Theme.px(220), parent.width - role.width - 16)
                spacing: 6

                FieldLabel {
                    width: parent.width
                    text: qsTr("For whom")
                }
                AppTextField {
                    id: forWhom

                    width: parent.width
                    focus: true
                    label: qsTr("For whom")
                    hint: qsTr("Their name, as you say it")
                    text: page.inviting.forWhom
                    readOnly: page.made
                    maximumLength: 200
                    onTextEdited: page.inviting.forWhom = text
                }
            }
            Column {
                id: role

                spacing: 6

                FieldLabel {
                    text: page.first.length > 0 ? qsTr("%1 will be").arg(page.first) : qsTr("Who will be")
                    width: segment.width
                }
                Segment {
                    id: segment

                    enabled: !page.made
                    label: qsTr("Will be")
                    value: page.inviting.role
                    options: [
                        { "value": "mentor", "text": qsTr("My mentor") },
                        { "value": "mentee", "text": qsTr("My mentee") },
                        { "value": "peer", "text": qsTr("An equal") }
                    ]
                    onPicked: value => page.inviting.role = value
                }
            }
        }
        AppText {
            width: parent.width
            topPadding: 8
            text: page.inviting.roleText
            color: Theme.muted
        }
        Item {
            width: 1
            height: 20
        }
        RelayField {
            width: parent.width
            inviting: page.inviting
        }
        Problem {
            width: parent.width
            text: page.inviting.problem
        }
        Item {
            width: 1
            height: 20
        }
        AppButton {
            visible: !page.made
            kind: "primary"
            big: true
            text: page.inviting.busy ? qsTr("Making it…") : qsTr("Make the invitation")
            onClicked: page.inviting.make()
        }
        Column {
            visible: page.made
            width: parent.width
            spacing: 6

            FieldLabel {
                width: parent.width
                text: qsTr("The message")
            }
            AppTextArea {
                id: message

                width: parent.width
                label: qsTr("The message")
                minimumHeight: Theme.px(220)
                maximumHeight: Theme.px(360)
                text: page.inviting.message

                Instantiator {
                    model: page.made ? 1 : 0

                    delegate: LinkMark {
                        document: message.edit.textDocument
                        link: page.inviting.link
                        ground: Theme.wash
                        ink: Theme.accent
                        fontSize: Theme.small
                        family: Theme.ui
                    }
                }
            }
            Flow {
                width: parent.width
                spacing: 12
                topPadding: 10

                AppButton {
                    id: copy

                    kind: "primary"
                    big: true
                    glyph: page.inviting.copied ? "check" : "copy"
                    text: page.inviting.copied ? qsTr("Copied") : qsTr("Copy the message")
                    Accessible.name: qsTr("Copy the message")
                    Accessible.description: page.inviting.copied ? qsTr("Copied") : ""
                    onClicked: {
                        message.commit();
                        message.edit.selectAll();
                        message.edit.copy();
                        message.edit.deselect();
                        page.inviting.noteCopied();
                    }
                }
                AppText {
                    width: Theme.px(360)
                    height: copy.height
                    text: page.first.length > 0 ? qsTr("Then mail it, or send it any way you like. You let %1 in yourself, afterwards.").arg(page.first)
                        : qsTr("Then mail it, or send it any way you like.")
                    color: Theme.muted
                    font.pixelSize: Theme.small
                }
            }
        }
        Item {
            width: 1
            height: 28
        }
        FieldLabel {
            visible: page.inviting.open.count > 0
            width: parent.width
            silent: false
            text: qsTr("Still open")
            bottomPadding: 8
        }
        Repeater {
            model: page.inviting.open

            InvitationItem {
                width: parent.width
                inviting: page.inviting
            }
        }
    }
}

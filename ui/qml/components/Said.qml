// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui

/// One thing that somebody said, with its tone and how far it has come.
Item {
    id: said

    required property string author
    required property string initials
    required property int tint
    required property string tone
    required property string toneText
    required property string quote
    required property string body
    required property string state
    required property string stateIcon
    required property string exactly
    required property bool resting
    property bool undoable: true

    signal takenBack

    implicitHeight: column.implicitHeight
    Accessible.role: Accessible.ListItem
    Accessible.name: tone.length > 0 ? qsTr("%1, %2: %3").arg(author).arg(toneText).arg(body)
                                     : qsTr("%1: %2").arg(author).arg(body)
    Accessible.description: state.length > 0 ? qsTr("%1, %2").arg(state).arg(exactly) : exactly

    Column {
        id: column

        width: parent.width
        spacing: 6

        Item {
            width: parent.width
            height: Math.max(Theme.px(28), who.implicitHeight)

            Row {
                id: who

                anchors.left: parent.left
                anchors.verticalCenter: parent.verticalCenter
                spacing: 8

                Avatar {
                    size: 22
                    initials: said.initials
                    tint: said.tint
                    anchors.verticalCenter: parent.verticalCenter
                }
                AppText {
                    silent: true
                    text: said.author
                    font.weight: Font.DemiBold
                    wrapMode: Text.NoWrap
                    elide: Text.ElideRight
                    width: Math.min(implicitWidth, column.width * 0.35)
                    anchors.verticalCenter: parent.verticalCenter
                }
                ToneChip {
                    visible: said.tone.length > 0
                    tone: said.tone
                    text: said.toneText
                    Accessible.ignored: true
                    anchors.verticalCenter: parent.verticalCenter
                }
            }
            Row {
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                spacing: 6

                AppIcon {
                    visible: said.stateIcon.length > 0
                    name: said.stateIcon
                    size: Theme.px(16)
                    anchors.verticalCenter: parent.verticalCenter
                }
                AppText {
                    id: stateText

                    silent: true
                    text: said.state
                    color: Theme.muted
                    font.pixelSize: Theme.small
                    wrapMode: Text.NoWrap
                    elide: Text.ElideRight
                    width: Math.min(implicitWidth, column.width * 0.45)
                    anchors.verticalCenter: parent.verticalCenter

                    HoverHandler {
                        id: over
                    }
                    AppTip {
                        text: said.exactly
                        shown: over.hovered && text.length > 0
                    }
                }
                AppButton {
                    visible: said.resting && said.undoable
                    kind: "link"
                    text: qsTr("Take back")
                    onClicked: said.takenBack()
                }
            }
        }
        Item {
            visible: said.quote.length > 0
            width: parent.width
            height: visible ? quoted.implicitHeight : 0

            Rectangle {
                x: said.LayoutMirroring.enabled ? parent.width - 3 : 0
                width: 3
                height: parent.height
                color: Theme.hairline
            }
            AppText {
                id: quoted

                x: said.LayoutMirroring.enabled ? 0 : 15
                width: parent.width - 15
                silent: true
                serif: true
                text: said.quote
                color: Theme.muted
                font.pixelSize: Theme.reading
            }
        }
        AppText {
            width: parent.width
            silent: true
            serif: true
            text: said.body
            font.pixelSize: Theme.reading
        }
    }
}

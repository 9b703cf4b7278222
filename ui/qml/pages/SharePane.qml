// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

/// What the partner will see and will not, before it is shared.
FocusScope {
    id: pane

    required property App app
    readonly property string name: app.people.firstName

    signal closed

    // Not the scope itself: what has the keyboard is one thing on the accessibility bus.
    Item {
        anchors.fill: parent
        Accessible.role: Accessible.Pane
        Accessible.name: title.text

        Rectangle {
            anchors.fill: parent
            color: Theme.canvas

            Hairline {
                width: 1
                height: parent.height
                anchors.left: parent.left
            }
        }
        Item {
            id: head

            width: parent.width
            height: Math.max(56, close.height + 20)

            AppText {
                id: title

                anchors.left: parent.left
                anchors.right: close.left
                anchors.leftMargin: 20
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("Share with %1").arg(pane.name)
                font.pixelSize: Theme.reading
                font.weight: Font.DemiBold
                elide: Text.ElideRight
                wrapMode: Text.NoWrap
                Accessible.role: Accessible.Heading
            }
            AppButton {
                id: close

                anchors.right: parent.right
                anchors.rightMargin: 12
                anchors.verticalCenter: parent.verticalCenter
                kind: "icon"
                glyph: "x"
                tip: qsTr("Close")
                onClicked: pane.closed()
            }
        }
        Page {
            anchors.fill: parent
            anchors.topMargin: head.height
            anchors.bottomMargin: foot.height
            sideSpace: 20
            centred: false
            columnWidth: width - 40
            column.spacing: 10

            FieldLabel {
                width: parent.width
                silent: false
                text: qsTr("%1 will see").arg(pane.name)
            }
            Fact {
                width: parent.width
                gap: 12
                glyph: "eye"
                glyphTint: Theme.accent
                ink: Theme.text
                text: qsTr("The goal as it reads now: what, why, how you'll know, by when")
            }
            Fact {
                width: parent.width
                visible: pane.app.goal.marks.count > 0
                gap: 12
                glyph: "eye"
                glyphTint: Theme.accent
                ink: Theme.text
                text: pane.app.goal.marks.count === 1 ? qsTr("The way there, its one mark")
                    : qsTr("The way there, all %1 marks").arg(pane.app.goal.marks.count)
            }
            Fact {
                width: parent.width
                gap: 12
                glyph: "eye"
                glyphTint: Theme.accent
                ink: Theme.text
                text: qsTr("From now on, what you change in them")
            }
            Item {
                width: 1
                height: 10
            }
            FieldLabel {
                width: parent.width
                silent: false
                text: qsTr("%1 won't see").arg(pane.name)
            }
            Fact {
                width: parent.width
                gap: 12
                glyph: "eye-off"
                text: qsTr("Its history: what you wrote before and took out")
            }
            Fact {
                width: parent.width
                gap: 12
                glyph: "eye-off"
                text: qsTr("Your other goals and drafts")
            }
        }
        Item {
            id: foot

            anchors.bottom: parent.bottom
            width: parent.width
            height: buttons.implicitHeight + 40

            Hairline {
                width: parent.width
            }
            Flow {
                id: buttons

                x: 20
                y: 20
                width: parent.width - 40
                spacing: 8

                AppButton {
                    focus: true
                    width: Math.min(implicitWidth, parent.width)
                    kind: "primary"
                    text: qsTr("Share with %1").arg(pane.name)
                    onClicked: {
                        pane.app.goal.share(pane.app.people.current);
                        pane.closed();
                    }
                }
                AppButton {
                    kind: "quiet"
                    ink: Theme.muted
                    text: qsTr("Cancel")
                    onClicked: pane.closed()
                }
            }
        }
    }
}

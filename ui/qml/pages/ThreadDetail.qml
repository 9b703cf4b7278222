// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

/// What was said about one thing, and below it the answer.
DetailPage {
    id: detail

    required property App app
    readonly property ThreadView thread: app.thread

    dockHeight: dock.height
    Item {
        id: bar

        anchors.left: parent.left
        anchors.right: parent.right
        height: Math.max(56, acknowledge.height + 20)

        AppText {
            anchors.left: parent.left
            anchors.right: goalButton.visible ? goalButton.left : acknowledge.visible ? acknowledge.left : parent.right
            anchors.leftMargin: 24
            anchors.rightMargin: 8
            anchors.verticalCenter: parent.verticalCenter
            text: detail.thread.line
            color: Theme.muted
            font.pixelSize: Theme.small
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
        }
        AppButton {
            id: goalButton

            visible: detail.thread.goal.length > 0
            anchors.right: acknowledge.visible ? acknowledge.left : parent.right
            anchors.rightMargin: acknowledge.visible ? 4 : 16
            anchors.verticalCenter: parent.verticalCenter
            kind: "quiet"
            ink: Theme.muted
            glyph: "flag"
            text: qsTr("Open the goal")
            onClicked: detail.app.openGoal(detail.thread.goal)
        }
        AppButton {
            id: acknowledge

            visible: detail.thread.myTurn
            anchors.right: parent.right
            anchors.rightMargin: 16
            anchors.verticalCenter: parent.verticalCenter
            kind: "link"
            glyph: "check"
            text: qsTr("Acknowledge")
            Accessible.description: qsTr("Says that you have read it, and ends your turn")
            onClicked: detail.thread.acknowledge()
        }
    }
    Page {
        id: page

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: bar.bottom
        anchors.bottom: dock.top

        AppText {
            width: parent.width
            visible: text.length > 0
            serif: true
            text: detail.thread.title
            font.pixelSize: Theme.title
            bottomPadding: 10
            Accessible.role: Accessible.Heading
        }
        Repeater {
            id: repeater

            model: detail.thread.said

            Column {
                id: entry

                required property int index
                required property string key
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

                width: page.column.width
                topPadding: 16
                bottomPadding: 18
                spacing: 16

                Hairline {
                    width: parent.width
                    visible: entry.index > 0
                }
                Said {
                    width: parent.width
                    author: entry.author
                    initials: entry.initials
                    tint: entry.tint
                    tone: entry.tone
                    toneText: entry.toneText
                    quote: entry.quote
                    body: entry.body
                    state: entry.state
                    stateIcon: entry.stateIcon
                    exactly: entry.exactly
                    resting: entry.resting
                    onTakenBack: detail.thread.takeBack(entry.key)
                }
            }
        }
    }
    Item {
        id: dock

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: reply.visible ? reply.height + 20 : 0

        ReplyBox {
            id: reply

            visible: detail.thread.answer.active
            focus: true
            anchors.horizontalCenter: parent.horizontalCenter
            width: page.column.width
            composer: detail.thread.answer
        }
    }
}

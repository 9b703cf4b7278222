// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

/// Above everything: who asks to be let in, where one waits to be let in oneself, what went wrong.
FocusScope {
    id: doorway

    required property App app
    property bool compact: false

    signal writeLine

    readonly property bool news: app.notice.problem.length > 0 || app.door.askers.count > 0
        || app.door.waiting.count > 0 || app.sign.offline

    visible: news
    height: news ? column.implicitHeight + 24 : 0

    // Not the scope itself: what has the keyboard is one thing on the accessibility bus.
    Item {
        anchors.fill: parent
        Accessible.role: Accessible.Pane
        Accessible.name: qsTr("News")

        Rectangle {
            anchors.fill: parent
            color: Theme.surface

            Hairline {
                width: parent.width
                anchors.bottom: parent.bottom
            }
        }
        Column {
            id: column

            x: 24
            y: 12
            width: Math.min(parent.width - 48, Theme.px(760))
            spacing: 12

            Banner {
                width: parent.width
                visible: doorway.app.notice.problem.length > 0
                kind: "critical"
                title: qsTr("Something went wrong")
                text: doorway.app.notice.problem
                closable: true
                onClosed: doorway.app.notice.dismissProblem()
            }
            Repeater {
                model: doorway.app.door.askers

                AskerCard {
                    width: column.width
                    door: doorway.app.door
                    onInviteAgain: doorway.app.showInvite()
                }
            }
            Repeater {
                model: doorway.app.door.waiting

                WaitingCard {
                    width: column.width
                    onWriteLine: doorway.writeLine()
                }
            }
            Banner {
                width: parent.width
                visible: doorway.app.sign.offline
                glyph: "cloud-off"
                title: doorway.app.sign.offlineTitle
                text: doorway.app.sign.offlineText
                action: qsTr("Try now")
                onActed: doorway.app.sign.tryNow()
            }
        }
    }
}

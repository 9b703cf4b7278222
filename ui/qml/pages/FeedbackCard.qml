// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui

/// What was said on a goal, on its page; pressing it opens the thread.
T.AbstractButton {
    id: card

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

    signal opened(string id)

    topPadding: 8
    implicitHeight: said.implicitHeight + 28 + 8
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    text: said.Accessible.name
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: said.Accessible.description
    Accessible.focusable: true
    Accessible.onPressAction: card.clicked()
    Keys.onReturnPressed: card.clicked()
    Keys.onEnterPressed: card.clicked()
    onClicked: opened(key)

    background: Item {
        Rectangle {
            anchors.fill: parent
            anchors.topMargin: 8
            radius: Theme.cardRadius
            color: card.hovered ? Theme.hover : Theme.surface
            border.width: 1
            border.color: Theme.hairline

            FocusRing {
                visible: card.visualFocus
                controlRadius: Theme.cardRadius
            }
        }
    }
    contentItem: Item {
        Said {
            id: said

            x: 16
            y: 14
            width: parent.width - 32
            author: card.author
            initials: card.initials
            tint: card.tint
            tone: card.tone
            toneText: card.toneText
            quote: card.quote
            body: card.body
            state: card.state
            stateIcon: card.stateIcon
            exactly: card.exactly
            resting: card.resting
            undoable: false
            Accessible.ignored: true
        }
    }
}

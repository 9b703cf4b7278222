// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

/// An invitation that was made and not used yet.
Item {
    id: item

    required property Inviting inviting
    required property string key
    required property string name
    required property string initials
    required property int tint
    required property bool open
    required property string rowLine

    implicitHeight: Math.max(Theme.px(56), words.implicitHeight + 20)
    Accessible.role: Accessible.ListItem
    Accessible.name: name
    Accessible.description: rowLine

    Hairline {
        width: parent.width
    }
    Avatar {
        id: avatar

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        initials: item.initials
        tint: item.tint
    }
    Column {
        id: words

        anchors.left: avatar.right
        anchors.right: show.left
        anchors.leftMargin: 12
        anchors.rightMargin: 12
        anchors.verticalCenter: parent.verticalCenter

        AppText {
            width: parent.width
            silent: true
            text: item.name
            color: item.open ? Theme.text : Theme.muted
            font.weight: item.open ? Font.DemiBold : Font.Normal
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
        }
        AppText {
            width: parent.width
            silent: true
            text: item.rowLine
            color: Theme.muted
            font.pixelSize: Theme.small
        }
    }
    AppButton {
        id: show

        visible: item.open
        width: visible ? implicitWidth : 0
        anchors.right: withdraw.left
        anchors.rightMargin: 8
        anchors.verticalCenter: parent.verticalCenter
        kind: "link"
        text: qsTr("Show the message")
        Accessible.description: item.name
        onClicked: item.inviting.show(item.key)
    }
    AppButton {
        id: withdraw

        visible: item.open
        width: visible ? implicitWidth : 0
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        text: qsTr("Withdraw")
        Accessible.description: item.name
        onClicked: item.inviting.withdraw(item.key)
    }
}

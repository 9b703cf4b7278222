// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui

/// Something to know that blocks nothing.
Rectangle {
    id: banner

    property string kind: "calm"
    property string glyph: kind === "calm" ? "info" : kind === "caution" ? "triangle-alert" : "circle-alert"
    property string title
    property string text
    property string action
    property string other
    property bool closable: false
    readonly property color ink: kind === "calm" ? Theme.accent : kind === "caution" ? Theme.caution : Theme.critical

    signal acted
    signal otherActed
    signal closed

    implicitHeight: column.implicitHeight + 24
    radius: Theme.cardRadius
    color: kind === "calm" ? Theme.wash : kind === "caution" ? Theme.cautionWash : Theme.criticalWash
    Accessible.role: Accessible.Notification
    Accessible.name: title
    Accessible.description: text

    AppIcon {
        id: icon

        anchors.left: parent.left
        anchors.top: parent.top
        anchors.leftMargin: 16
        anchors.topMargin: 13
        name: banner.glyph
        tint: banner.ink
    }
    Column {
        id: column

        anchors.left: icon.right
        anchors.right: close.left
        anchors.top: parent.top
        anchors.leftMargin: 12
        anchors.rightMargin: 8
        anchors.topMargin: 12
        spacing: 2

        AppText {
            width: parent.width
            visible: text.length > 0
            text: banner.title
            font.weight: Font.DemiBold
        }
        AppText {
            width: parent.width
            visible: text.length > 0
            text: banner.text
            color: Theme.text
        }
        Item {
            width: 1
            height: 6
            visible: banner.action.length > 0
        }
        Flow {
            width: parent.width
            visible: banner.action.length > 0
            spacing: 8

            AppButton {
                text: banner.action
                onClicked: banner.acted()
            }
            AppButton {
                visible: banner.other.length > 0
                kind: "quiet"
                text: banner.other
                onClicked: banner.otherActed()
            }
        }
    }
    AppButton {
        id: close

        visible: banner.closable
        width: visible ? implicitWidth : 8
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: 6
        kind: "icon"
        glyph: "x"
        tip: qsTr("Close this")
        onClicked: banner.closed()
    }
}

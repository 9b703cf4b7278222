// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui

/// Work that takes a while, with a way to stop it. Nothing else waits for it.
Rectangle {
    id: job

    property string title
    property string line
    /// From 0 to 1.
    property real done: 0
    property bool stoppable: true

    signal cancelled

    implicitHeight: Math.max(words.implicitHeight, cancel.height) + 40
    radius: Theme.cardRadius
    color: Theme.surface
    border.width: 1
    border.color: Theme.hairline
    Accessible.role: Accessible.ProgressBar
    Accessible.name: title
    Accessible.description: qsTr("%1 %. %2").arg(Math.round(done * 100)).arg(line)

    Column {
        id: words

        anchors.left: parent.left
        anchors.right: cancel.visible ? cancel.left : parent.right
        anchors.leftMargin: 16
        anchors.rightMargin: 16
        y: 12

        AppText {
            width: parent.width
            silent: true
            text: job.title
        }
        AppText {
            visible: text.length > 0
            width: parent.width
            silent: true
            text: job.line
            color: Theme.muted
            font.pixelSize: Theme.small
        }
    }
    AppButton {
        id: cancel

        visible: job.stoppable
        anchors.right: parent.right
        anchors.rightMargin: 6
        anchors.verticalCenter: words.verticalCenter
        kind: "quiet"
        text: qsTr("Cancel")
        onClicked: job.cancelled()
    }
    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: 16
        height: 4
        radius: 2
        color: Theme.hairline

        Rectangle {
            anchors.left: parent.left
            width: parent.width * Math.max(0, Math.min(1, job.done))
            height: parent.height
            radius: 2
            color: Theme.accent
        }
    }
}

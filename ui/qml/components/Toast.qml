// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

/// What was just done, with the way back. Never takes the focus by itself.
Rectangle {
    id: toast

    required property Notice notice

    visible: notice.text.length > 0
    implicitWidth: Math.min(row.implicitWidth + 32, parent ? parent.width - 32 : 600)
    implicitHeight: Math.max(Theme.px(46), words.implicitHeight + 16)
    radius: 8
    color: Theme.text
    Accessible.role: Accessible.Notification
    Accessible.name: notice.text

    HoverHandler {
        id: hover
    }
    Binding {
        target: toast.notice
        property: "held"
        value: toast.visible && (hover.hovered || undo.activeFocus)
    }
    Row {
        id: row

        anchors.centerIn: parent
        spacing: 16

        AppText {
            id: words

            silent: true
            text: toast.notice.text
            color: Theme.canvas
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, toast.parent.width - undo.width - 96)
        }
        AppButton {
            id: undo

            visible: toast.notice.undoable
            kind: "quiet"
            text: qsTr("Undo")
            ink: hovered || down ? Theme.text : Theme.canvas
            anchors.verticalCenter: parent.verticalCenter
            onClicked: toast.notice.undo()
        }
    }
}

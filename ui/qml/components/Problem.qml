// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui

/// What keeps one from going on, below the field or above the button; takes no room while all is well.
Item {
    id: problem

    property string text
    property string kind: "critical"
    readonly property color ink: kind === "critical" ? Theme.critical : kind === "positive" ? Theme.positive : Theme.muted

    visible: text.length > 0
    implicitHeight: visible ? words.implicitHeight + 12 : 0
    height: implicitHeight
    Accessible.role: Accessible.Notification
    Accessible.name: text

    AppIcon {
        id: icon

        y: 12 + Math.round((Theme.px(20) - height) / 2)
        anchors.left: parent.left
        name: problem.kind === "critical" ? "circle-alert" : problem.kind === "positive" ? "check" : "info"
        tint: problem.ink
        size: Theme.px(16)
    }
    AppText {
        id: words

        y: 12
        anchors.left: icon.right
        anchors.right: parent.right
        anchors.leftMargin: 8
        silent: true
        text: problem.text
        color: problem.ink
    }
}

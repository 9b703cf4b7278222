// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui

/// A button in one of six kinds: primary (one a page), normal, quiet, link, icon, critical.
T.AbstractButton {
    id: control

    property string kind: "normal"
    property string glyph
    property bool glyphDirected: false
    property bool big: false
    /// The keys that do the same, shown in it.
    property string keys
    property string tip
    property bool serif: false
    property bool lit: hovered
    property bool ringed: visualFocus
    property color ink: kind === "primary" ? Theme.accentInk : kind === "link" ? Theme.accent
        : kind === "critical" ? (down ? Theme.surface : Theme.critical) : kind === "icon" ? Theme.muted : Theme.text
    readonly property real natural: metrics.advanceWidth + 1 + (glyph.length > 0 ? Theme.px(16) + Theme.s2 : 0)
        + (keys.length > 0 ? kbd.implicitWidth + Theme.s2 : 0)
    readonly property bool bare: kind === "quiet" || kind === "icon" || kind === "link"
    property int side: kind === "icon" ? 0 : big ? Theme.px(20) : bare ? Theme.px(10) : Theme.px(14)

    implicitHeight: Math.max(big ? Theme.bigHeight : Theme.controlHeight, words.implicitHeight + 8)
    implicitWidth: kind === "icon" ? implicitHeight : Math.ceil(natural + 2 * side)
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    opacity: enabled ? 1 : 0.45
    Accessible.role: Accessible.Button
    Accessible.name: text.length > 0 ? text : tip
    Accessible.description: keys.length > 0 ? qsTr("Keys: %1").arg(keys) : ""
    Accessible.focusable: enabled
    Accessible.onPressAction: control.clicked()
    Keys.onReturnPressed: control.clicked()
    Keys.onEnterPressed: control.clicked()

    background: Rectangle {
        radius: Theme.controlRadius
        color: control.kind === "primary"
            ? (control.down ? Theme.accentPressed : control.lit ? Theme.accentHover : Theme.accent)
            : control.kind === "critical"
            ? (control.down ? Theme.critical : control.lit ? Theme.criticalWash : "transparent")
            : control.down ? Theme.pressed : control.lit ? Theme.hover : "transparent"
        border.width: control.bare || control.kind === "primary" ? 0 : 1
        border.color: control.kind === "critical" ? Theme.critical : Theme.control

        FocusRing {
            visible: control.ringed
        }
    }
    contentItem: Item {
        implicitHeight: row.implicitHeight

        Row {
            id: row

            anchors.centerIn: parent
            spacing: Theme.s2

            AppIcon {
                visible: control.glyph.length > 0
                name: control.glyph
                directed: control.glyphDirected
                tint: control.ink
                size: control.kind === "icon" ? Theme.px(18) : Theme.px(16)
                anchors.verticalCenter: parent.verticalCenter
            }
            AppText {
                id: words

                visible: control.kind !== "icon"
                silent: true
                serif: control.serif
                text: control.text
                color: control.ink
                font.pixelSize: control.big || control.serif ? Theme.reading : Theme.body
                font.weight: control.kind === "primary" ? Font.DemiBold
                    : control.serif ? Font.Normal : Font.Medium
                wrapMode: Text.NoWrap
                elide: Text.ElideRight
                width: Math.min(metrics.advanceWidth + 1,
                    Math.max(0, control.width - 2 * control.side - (control.natural - metrics.advanceWidth - 1)))
                anchors.verticalCenter: parent.verticalCenter
            }
            Rectangle {
                id: kbd

                visible: control.keys.length > 0
                implicitWidth: keyText.implicitWidth + 10
                implicitHeight: keyText.implicitHeight + 2
                radius: 4
                color: "transparent"
                border.width: 1
                border.color: control.kind === "primary" ? control.ink : Theme.hairline
                anchors.verticalCenter: parent.verticalCenter

                AppText {
                    id: keyText

                    anchors.centerIn: parent
                    silent: true
                    text: control.keys
                    color: control.ink
                    font.pixelSize: Theme.small
                    font.weight: Font.Medium
                    wrapMode: Text.NoWrap
                }
            }
        }
    }

    TextMetrics {
        id: metrics

        font: words.font
        text: control.kind === "icon" ? "" : control.text
    }
    AppTip {
        text: words.truncated ? control.text : control.tip
        shown: text.length > 0 && (control.hovered || control.visualFocus)
    }
}

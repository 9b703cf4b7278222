// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui

/// An icon and what there is to know beside it, a part of it in front and stronger.
Item {
    id: fact

    property string glyph
    property string strong
    property string text
    property color ink: Theme.muted
    property color glyphTint: Theme.muted
    property int gap: 14

    implicitHeight: Math.max(icon.height, words.implicitHeight)
    Accessible.role: Accessible.StaticText
    Accessible.name: strong.length > 0 ? strong + " " + text : text

    AppIcon {
        id: icon

        anchors.left: parent.left
        y: Math.round((Theme.px(20) - height) / 2)
        name: fact.glyph
        tint: fact.glyphTint
    }
    Column {
        id: words

        anchors.left: icon.right
        anchors.right: parent.right
        anchors.leftMargin: fact.gap

        AppText {
            visible: text.length > 0
            width: parent.width
            silent: true
            text: fact.strong
            font.weight: Font.DemiBold
            color: fact.glyphTint === Theme.muted ? Theme.text : fact.glyphTint
        }
        AppText {
            visible: text.length > 0
            width: parent.width
            silent: true
            text: fact.text
            color: fact.ink
        }
    }
}

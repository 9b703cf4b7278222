// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui

/// Every text that is shown. Always plain: what a partner wrote is never read as markup.
Text {
    id: text

    property bool serif: false
    /// The pages' words are read by screen readers; those inside a control are said by the control.
    property bool silent: false

    textFormat: Text.PlainText
    color: Theme.text
    font.family: serif ? Theme.read : Theme.ui
    font.pixelSize: Theme.body
    lineHeightMode: Text.FixedHeight
    lineHeight: Math.round(font.pixelSize * (serif ? (font.pixelSize > Theme.reading ? 1.35 : 1.6) : 1.43))
    // Wrapping at words is quadratic in an unbroken run.
    wrapMode: text.text.length > 20000 ? Text.WrapAnywhere : Text.Wrap
    verticalAlignment: Text.AlignVCenter
    horizontalAlignment: Text.AlignLeft
    Accessible.role: Accessible.StaticText
    Accessible.name: text.text
    Accessible.ignored: silent || text.text.length === 0
}

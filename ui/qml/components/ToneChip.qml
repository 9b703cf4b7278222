// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui

/// How something said is meant, by word and shape.
Chip {
    property string tone

    glyph: Theme.toneIcon(tone)
    ink: Theme.tone(tone)
    edge: acts ? (checked ? ink : Theme.control) : ink
}

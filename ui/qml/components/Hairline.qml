// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui

Rectangle {
    implicitHeight: 1
    implicitWidth: 1
    color: Theme.hairline
}

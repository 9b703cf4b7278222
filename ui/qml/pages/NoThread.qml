// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

EmptyState {
    id: page

    required property App app
    readonly property bool some: app.feedback.list.count > 0

    busy: action.length > 0
    visible: app.feedback.read
    text: some ? qsTr("Choose from the list what you want to read.")
        : app.people.partner
        ? qsTr("Feedback is what you tell each other about a goal. Open a shared goal to write some.")
        : qsTr("Feedback is what you and a partner tell each other. Invite somebody to begin.")
    action: app.people.partner || some ? "" : qsTr("Invite someone")
    glyph: "user-round-plus"
    onActed: app.showInvite()
}

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

EmptyState {
    id: page

    required property App app
    readonly property bool some: app.goals.list.count > 0

    busy: action.length > 0
    visible: app.goals.read
    text: some ? qsTr("Choose a goal from the list, or add another.")
        : qsTr("A goal says where you want to get to, and which marks you will pass on the way.")
    action: some ? "" : qsTr("Add your first goal")
    after: some ? "" : qsTr("It stays yours alone until you share it.")
    onActed: app.newGoal()
}

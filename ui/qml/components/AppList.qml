// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui

/// A list in groups.
ListView {
    id: list

    property string label
    property string groupRole: "group"

    clip: true
    activeFocusOnTab: count > 0
    keyNavigationEnabled: true
    keyNavigationWraps: false
    boundsBehavior: Flickable.StopAtBounds
    highlightMoveDuration: 0
    highlightFollowsCurrentItem: true
    reuseItems: false
    section.property: groupRole
    section.delegate: Item {
        width: ListView.view ? ListView.view.width : 0
        height: heading.implicitHeight + 20

        AppText {
            id: heading

            x: 12
            y: 14
            width: parent.width - 24
            text: section // qmllint disable unqualified
            color: Theme.muted
            font.pixelSize: Theme.small
            font.weight: Font.DemiBold
            elide: Text.ElideRight
            wrapMode: Text.NoWrap
            Accessible.role: Accessible.Heading
        }
    }
    Accessible.role: Accessible.List
    Accessible.name: label
    Keys.onPressed: event => {
        if (event.key === Qt.Key_Home && count > 0) {
            currentIndex = 0;
            event.accepted = true;
        } else if (event.key === Qt.Key_End && count > 0) {
            currentIndex = count - 1;
            event.accepted = true;
        }
    }
    T.ScrollBar.vertical: AppScrollBar {}
}

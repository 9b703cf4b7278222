// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

/// One goal: read, and changed in place. Sharing stands beside it.
DetailPage {
    id: detail

    required property App app
    readonly property GoalView goal: app.goal
    readonly property bool beside: width - Theme.inspectorWidth > Theme.px(360)
    property bool sharing: false

    function leave(): bool {
        if (!sharing)
            return false;
        sharing = false;
        page.forceActiveFocus(Qt.TabFocusReason);
        return true;
    }
    function share() {
        sharing = true;
        later.give(sharePane);
    }

    busy: sharing
    FocusLater {
        id: later
    }
    Connections {
        target: detail.goal
        function onChanged() {
            if (!detail.goal.onlyMine)
                detail.sharing = false;
        }
    }
    Item {
        id: bar

        anchors.left: parent.left
        anchors.right: page.right
        height: Math.max(56, menuButton.height + 20)

        AppIcon {
            id: lock

            anchors.left: parent.left
            anchors.leftMargin: 24
            anchors.verticalCenter: parent.verticalCenter
            visible: detail.goal.onlyMine
            name: "lock"
            size: Theme.px(16)
        }
        AppText {
            id: way

            anchors.left: lock.visible ? lock.right : parent.left
            anchors.leftMargin: lock.visible ? 6 : 24
            anchors.right: menuButton.left
            anchors.rightMargin: 8
            anchors.verticalCenter: parent.verticalCenter
            text: detail.goal.wayText
            color: Theme.muted
            font.pixelSize: Theme.small
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
            Accessible.description: detail.goal.wayDetail

            HoverHandler {
                id: overWay
            }
            AppTip {
                text: detail.goal.wayDetail
                shown: overWay.hovered
            }
        }
        AppButton {
            id: menuButton

            anchors.right: parent.right
            anchors.rightMargin: 16
            anchors.verticalCenter: parent.verticalCenter
            kind: "icon"
            glyph: "ellipsis"
            tip: qsTr("More for this goal")
            onClicked: menu.toggle(menuButton)

            GoalMenu {
                id: menu

                app: detail.app
                y: menuButton.height + 4
                x: menuButton.width - width
                onShared: {
                    menu.opener = null;
                    detail.share();
                }
            }
        }
    }
    Page {
        id: page

        anchors.left: parent.left
        anchors.top: bar.bottom
        anchors.bottom: parent.bottom
        width: detail.sharing && detail.beside ? parent.width - sharePane.width : parent.width
        visible: !detail.sharing || detail.beside
        focus: true

        GoalBody {
            width: parent.width
            app: detail.app
            roomy: page.sideSpace >= 44
            onShared: detail.share()
        }
    }
    SharePane {
        id: sharePane

        anchors.right: parent.right
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        width: detail.beside ? Theme.inspectorWidth : parent.width
        visible: detail.sharing
        app: detail.app
        onClosed: detail.leave()
    }
}

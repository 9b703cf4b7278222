// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui

/// Says in full what a control cannot show. Never takes the focus.
Item {
    id: tip

    property string text
    property bool shown: false

    Accessible.ignored: true

    Loader {
        id: loader

        active: false
        sourceComponent: T.ToolTip {
            parent: tip.parent
            visible: tip.shown
            delay: Theme.tipDelayMs
            x: 0
            y: tip.parent ? tip.parent.height + 6 : 0
            margins: 8
            padding: 8
            leftPadding: 10
            rightPadding: 10
            closePolicy: T.Popup.CloseOnPressOutsideParent | T.Popup.CloseOnReleaseOutsideParent
            contentItem: AppText {
                silent: true
                text: tip.text
                color: Theme.canvas
                font.pixelSize: Theme.small
                width: Math.min(implicitWidth, Theme.px(420))
            }
            background: Rectangle {
                color: Theme.text
                radius: 6
            }
        }
    }
    onShownChanged: if (shown) loader.active = true
}

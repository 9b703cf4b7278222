// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui

/// Chosen, not chosen, or some of what stands below it. The words stand beside it and are its name.
T.CheckBox {
    id: control

    property bool ringed: visualFocus
    readonly property int after: checkState === Qt.Checked ? Qt.Unchecked : Qt.Checked
    readonly property bool some: checkState === Qt.PartiallyChecked

    implicitHeight: Math.max(Theme.px(32), words.implicitHeight + 8)
    implicitWidth: box.width + (text.length > 0 ? words.implicitWidth + 12 : 0)
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    opacity: enabled ? 1 : 0.45
    // What is chosen in part becomes chosen whole.
    nextCheckState: () => after
    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.description: some ? qsTr("some of them") : ""
    Accessible.checkable: true
    Accessible.checked: checkState === Qt.Checked
    Accessible.focusable: enabled
    Accessible.onPressAction: control.flip()
    Accessible.onToggleAction: control.flip()
    Keys.onReturnPressed: control.flip()
    Keys.onEnterPressed: control.flip()

    function flip() {
        checkState = after;
        toggled();
    }

    indicator: Rectangle {
        id: box

        width: Theme.px(18)
        height: width
        x: control.mirrored ? control.width - width : 0
        y: (control.height - height) / 2
        radius: 4
        color: control.checkState !== Qt.Unchecked ? (control.hovered ? Theme.accentHover : Theme.accent)
            : control.hovered ? Theme.hover : "transparent"
        border.width: control.checkState !== Qt.Unchecked ? 0 : 1.5
        border.color: Theme.control

        AppIcon {
            anchors.centerIn: parent
            visible: control.checkState !== Qt.Unchecked
            name: control.some ? "minus" : "check"
            tint: Theme.accentInk
            size: Theme.px(14)
        }
        FocusRing {
            visible: control.ringed
            controlRadius: 4
        }
    }
    contentItem: Item {
        AppText {
            id: words

            x: control.mirrored ? 0 : box.width + 12
            width: parent.width - box.width - 12
            anchors.verticalCenter: parent.verticalCenter
            silent: true
            text: control.text
        }
    }
}

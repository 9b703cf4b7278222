// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui

/// On or off, at once. The words stand beside it and are its name.
T.Switch {
    id: control

    property bool ringed: visualFocus

    implicitHeight: Math.max(Theme.px(32), words.implicitHeight + 8)
    implicitWidth: groove.width + (text.length > 0 ? words.implicitWidth + 12 : 0)
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    opacity: enabled ? 1 : 0.45
    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.checkable: true
    Accessible.checked: checked
    Accessible.focusable: enabled
    Accessible.onPressAction: control.flip()
    Accessible.onToggleAction: control.flip()
    Keys.onReturnPressed: control.flip()
    Keys.onEnterPressed: control.flip()

    /// As a person does it, whoever asked: a binding to `checked` hears of it by toggled().
    function flip() {
        toggle();
        toggled();
    }

    indicator: Rectangle {
        id: groove

        width: Theme.px(36)
        height: Theme.px(20)
        x: control.mirrored ? control.width - width : 0
        y: (control.height - height) / 2
        radius: height / 2
        color: control.checked ? (control.hovered ? Theme.accentHover : Theme.accent)
            : control.hovered ? Theme.hover : "transparent"
        border.width: control.checked ? 0 : 1
        border.color: Theme.control

        Rectangle {
            readonly property bool atEnd: control.checked !== control.mirrored

            width: Theme.px(14)
            height: width
            radius: width / 2
            x: atEnd ? parent.width - width - Theme.px(3) : Theme.px(3)
            anchors.verticalCenter: parent.verticalCenter
            color: control.checked ? Theme.accentInk : Theme.control

            Behavior on x {
                NumberAnimation {
                    duration: Theme.leaveMs
                }
            }
        }
        FocusRing {
            visible: control.ringed
            controlRadius: parent.radius
        }
    }
    contentItem: Item {
        AppText {
            id: words

            x: control.mirrored ? 0 : groove.width + 12
            width: parent.width - groove.width - 12
            anchors.verticalCenter: parent.verticalCenter
            silent: true
            text: control.text
        }
    }
}

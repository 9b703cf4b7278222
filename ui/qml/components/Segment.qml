// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui

/// One of a few, side by side; arrows move between them.
FocusScope {
    id: segment

    property string label
    /// [{ value, text }]
    property var options: []
    property string value

    signal picked(string value)

    function step(by: int) {
        const at = options.findIndex(option => option.value === value);
        const to = Math.max(0, Math.min(options.length - 1, at + by));
        picked(options[to].value);
        const item = repeater.itemAt(to) as Item;
        if (item)
            item.forceActiveFocus(Qt.TabFocusReason);
    }

    implicitWidth: row.implicitWidth
    implicitHeight: row.implicitHeight

    Rectangle {
        anchors.fill: parent
        radius: Theme.controlRadius
        color: "transparent"
        border.width: 1
        border.color: Theme.control
    }
    Row {
        id: row

        Repeater {
            id: repeater

            model: segment.options

            T.AbstractButton {
                id: option

                required property var modelData
                required property int index

                text: modelData.text
                checkable: true
                autoExclusive: true
                checked: segment.value === modelData.value
                focus: checked
                activeFocusOnTab: checked
                hoverEnabled: true
                implicitHeight: Math.max(Theme.px(36), words.implicitHeight + 8)
                implicitWidth: words.implicitWidth + 24
                Accessible.role: Accessible.RadioButton
                Accessible.name: text
                Accessible.description: segment.label
                Accessible.checkable: true
                Accessible.checked: checked
                Accessible.focusable: true
                Accessible.onPressAction: segment.picked(modelData.value)
                Accessible.onToggleAction: segment.picked(modelData.value)
                Keys.onLeftPressed: segment.step(Application.layoutDirection === Qt.RightToLeft ? 1 : -1)
                Keys.onRightPressed: segment.step(Application.layoutDirection === Qt.RightToLeft ? -1 : 1)
                onClicked: {
                    segment.picked(modelData.value);
                    checked = Qt.binding(() => segment.value === modelData.value);
                }

                background: Rectangle {
                    color: option.checked ? Theme.wash : option.hovered ? Theme.hover : "transparent"
                    radius: Theme.controlRadius
                    border.width: 1
                    border.color: option.checked ? Theme.control : "transparent"

                    FocusRing {
                        visible: option.visualFocus
                    }
                }
                contentItem: Item {
                    AppText {
                        id: words

                        anchors.centerIn: parent
                        silent: true
                        text: option.text
                        color: option.checked ? Theme.accent : Theme.text
                        font.weight: option.checked ? Font.DemiBold : Font.Normal
                        wrapMode: Text.NoWrap
                    }
                }
            }
        }
    }
}

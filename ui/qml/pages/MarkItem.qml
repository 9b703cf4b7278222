// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui
import Waymark.ViewModels

/// One mark: passed by a press on its blaze, renamed in place, moved by Alt and an arrow.
FocusScope {
    id: item

    required property GoalView goal
    required property int index
    required property string key
    required property string title
    required property bool done
    required property bool next
    required property bool suggested
    required property bool mayChange
    required property string due
    property int total: 0
    /// There is room for the menu beside the column.
    property bool roomy: true

    signal moved(int to)

    function move(by: int) {
        const to = index + by;
        if (!mayChange || to < 0 || to >= total)
            return;
        goal.moveMark(key, by);
        moved(to);
    }

    implicitHeight: Math.max(Theme.px(36), field.height)
    Keys.onPressed: event => {
        if (!(event.modifiers & Qt.AltModifier))
            return;
        if (event.key === Qt.Key_Up || event.key === Qt.Key_Down) {
            event.accepted = true;
            move(event.key === Qt.Key_Up ? -1 : 1);
        }
    }

    T.AbstractButton {
        id: blaze

        anchors.left: parent.left
        anchors.leftMargin: -8
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.px(32)
        height: Theme.px(32)
        enabled: item.mayChange && !item.suggested
        checkable: true
        checked: item.done
        focus: true
        focusPolicy: Qt.StrongFocus
        hoverEnabled: true
        text: item.title
        Accessible.role: Accessible.CheckBox
        Accessible.name: qsTr("Passed: %1").arg(item.title)
        Accessible.description: qsTr("%1, mark %2 of %3").arg(item.suggested ? qsTr("suggested") : item.done ? qsTr("passed") : item.next ? qsTr("next") : qsTr("to come")).arg(item.index + 1).arg(item.total)
        Accessible.checkable: true
        Accessible.checked: item.done
        Accessible.focusable: true
        Accessible.onPressAction: blaze.set()
        Accessible.onToggleAction: blaze.set()
        Keys.onReturnPressed: blaze.set()
        Keys.onEnterPressed: blaze.set()
        onClicked: set()

        function set() {
            item.goal.setMarkDone(item.key, !item.done);
            checked = Qt.binding(() => item.done);
        }

        background: Rectangle {
            radius: Theme.controlRadius
            color: blaze.hovered ? Theme.hover : "transparent"
            border.width: blaze.visualFocus ? 2 : 0
            border.color: Theme.focus
        }
        contentItem: Item {
            Blaze {
                anchors.centerIn: parent
                passed: item.done
                next: item.next
                suggested: item.suggested
            }
        }
    }
    AppTextField {
        id: field

        anchors.left: blaze.right
        anchors.right: due.visible ? due.left : item.roomy || !more.visible ? parent.right : more.left
        anchors.leftMargin: 6
        anchors.rightMargin: 12
        anchors.verticalCenter: parent.verticalCenter
        bare: true
        label: qsTr("Mark %1").arg(item.index + 1)
        text: item.title
        font.weight: item.next ? Font.Medium : Font.Normal
        readOnly: !item.mayChange
        onCommit: said => {
            item.goal.renameMark(item.key, said);
            text = Qt.binding(() => item.title);
        }
    }
    AppText {
        id: due

        visible: text.length > 0
        anchors.right: item.roomy || !more.visible ? parent.right : more.left
        anchors.verticalCenter: parent.verticalCenter
        text: item.due
        color: Theme.muted
        font.pixelSize: Theme.small
        wrapMode: Text.NoWrap
    }
    AppButton {
        id: more

        visible: item.mayChange
        anchors.right: parent.right
        anchors.rightMargin: item.roomy ? -width - 4 : 0
        anchors.verticalCenter: parent.verticalCenter
        opacity: hovered || activeFocus || over.hovered || menu.opened ? 1 : 0.001
        kind: "icon"
        glyph: "ellipsis"
        tip: qsTr("More for this mark")
        onClicked: menu.toggle(more)

        AppMenu {
            id: menu

            label: qsTr("More for this mark")
            x: more.width - width
            y: more.height + 4

            AppMenuItem {
                within: menu
                visible: item.suggested
                glyph: "check"
                text: qsTr("Take it on")
                onChosen: item.goal.takeMarkOn(item.key)
            }
            AppMenuItem {
                within: menu
                enabled: item.index > 0
                glyph: "arrow-up"
                text: qsTr("Earlier")
                keys: "Alt ↑"
                onChosen: item.move(-1)
            }
            AppMenuItem {
                within: menu
                enabled: item.index < item.total - 1
                glyph: "arrow-down"
                text: qsTr("Later")
                keys: "Alt ↓"
                onChosen: item.move(1)
            }
            AppMenuItem {
                within: menu
                glyph: "trash-2"
                text: qsTr("Move to the bin")
                onChosen: {
                    menu.opener = null;
                    item.goal.removeMark(item.key);
                }
            }
        }
    }
    HoverHandler {
        id: over
    }
}

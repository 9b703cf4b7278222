// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui
import Waymark.ViewModels

/// Several lines of plain text. With a session, what is typed is kept as it is typed, and others may
/// type in it too.
FocusScope {
    id: area

    property string label
    property string hint
    property TextSession session: null
    property bool bare: false
    property bool serif: true
    property bool readOnly: false
    property bool bar: false
    property real textSize: Theme.reading
    property real minimumHeight: Theme.px(96)
    property real maximumHeight: 100000
    property alias text: edit.text
    property alias edit: edit
    readonly property bool empty: edit.length === 0 && edit.preeditText.length === 0
    readonly property int pad: bare ? 0 : 14

    signal submitted

    function commit() {
        binding.commit();
    }

    implicitHeight: Math.min(maximumHeight, Math.max(minimumHeight, edit.implicitHeight + 2 * flick.anchors.topMargin))
    implicitWidth: Theme.px(320)

    Rectangle {
        visible: !area.bare
        anchors.fill: parent
        radius: Theme.controlRadius
        color: Theme.surface
        border.width: 1
        border.color: Theme.control

        FocusRing {
            visible: edit.activeFocus
        }
    }
    Rectangle {
        visible: area.bare && (area.bar || edit.activeFocus)
        x: LayoutMirroring.enabled ? parent.width + 16 : -18
        y: 0
        width: 2
        height: Math.max(Theme.px(24), Math.min(area.height, edit.implicitHeight))
        color: Theme.accent
    }
    Flickable {
        id: flick

        anchors.fill: parent
        anchors.leftMargin: area.pad
        anchors.rightMargin: area.pad
        anchors.topMargin: area.bare ? 0 : 10
        anchors.bottomMargin: area.bare ? 0 : 10
        clip: contentHeight > height
        contentWidth: width
        contentHeight: edit.implicitHeight
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height
        T.ScrollBar.vertical: AppScrollBar {}

        function follow(rect: rect) {
            if (rect.y < contentY)
                contentY = rect.y;
            else if (rect.y + rect.height > contentY + height)
                contentY = Math.max(0, rect.y + rect.height - height);
        }

        TextEdit {
            id: edit

            width: flick.width
            height: Math.max(implicitHeight, flick.height)
            focus: true
            activeFocusOnTab: true
            readOnly: area.readOnly
            textFormat: TextEdit.PlainText
            wrapMode: length > 20000 ? TextEdit.WrapAnywhere : TextEdit.Wrap
            font.family: area.serif ? Theme.read : Theme.ui
            font.pixelSize: area.textSize
            color: Theme.text
            selectionColor: Theme.wash
            selectedTextColor: Theme.text
            horizontalAlignment: TextEdit.AlignLeft
            selectByMouse: true
            tabStopDistance: Theme.px(32)
            Accessible.role: Accessible.EditableText
            Accessible.name: area.label
            Accessible.description: area.hint
            Accessible.multiLine: true
            Accessible.editable: !readOnly
            Accessible.readOnly: readOnly
            Accessible.focusable: true
            Keys.priority: Keys.BeforeItem
            Keys.onPressed: event => {
                const enter = event.key === Qt.Key_Return || event.key === Qt.Key_Enter;
                if (enter && event.modifiers & Qt.ControlModifier) {
                    event.accepted = true;
                    area.commit();
                    area.submitted();
                } else if (event.key === Qt.Key_Tab && !(event.modifiers & Qt.ControlModifier)) {
                    event.accepted = true;
                    nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason);
                } else if (event.key === Qt.Key_Backtab) {
                    event.accepted = true;
                    nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason);
                } else if (area.session !== null && event.matches(StandardKey.Undo)) {
                    event.accepted = true;
                }
            }
            onActiveFocusChanged: {
                if (activeFocus)
                    return;
                binding.commit();
                if (area.session !== null)
                    area.session.seal();
            }
            onCursorRectangleChanged: if (activeFocus) flick.follow(cursorRectangle)
        }
        AppText {
            visible: area.empty
            width: flick.width
            silent: true
            text: area.hint
            serif: area.serif
            color: Theme.faint
            font.pixelSize: area.textSize
            lineHeightMode: Text.ProportionalHeight
            lineHeight: 1
        }
    }
    EditorBinding {
        id: binding

        edit: edit
        document: area.session !== null ? edit.textDocument : null
        flickable: flick
        session: area.session
    }
}

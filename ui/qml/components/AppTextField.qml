// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui

/// One line of text. `commit` is told when what stands there is to be taken: on Enter, on leaving,
/// and when everything is handed over before a lock.
T.TextField {
    id: field

    property string label
    property string hint
    property bool bare: false
    property bool serif: false
    property bool big: false
    property bool wrong: false
    property string problem
    property bool ringed: activeFocus

    signal commit(string text)

    implicitHeight: bare ? contentHeight + 4 : Math.max(big ? Theme.bigHeight : Theme.px(36), contentHeight + 12)
    implicitWidth: Theme.px(240)
    leftPadding: bare ? 0 : big ? 14 : 12
    rightPadding: leftPadding
    font.family: serif ? Theme.read : Theme.ui
    font.pixelSize: big ? Theme.reading : Theme.body
    color: Theme.text
    selectionColor: Theme.wash
    selectedTextColor: Theme.text
    selectByMouse: true
    wrapMode: bare ? TextInput.Wrap : TextInput.NoWrap
    maximumLength: 4000
    horizontalAlignment: TextInput.AlignLeft
    verticalAlignment: TextInput.AlignVCenter
    hoverEnabled: true
    Accessible.role: Accessible.EditableText
    Accessible.name: label
    Accessible.description: wrong ? problem : hint
    Accessible.editable: !readOnly
    Accessible.focusable: true

    onEditingFinished: field.commit(text)

    background: Rectangle {
        visible: !field.bare || field.activeFocus || field.hovered && !field.readOnly
        anchors.fill: parent
        anchors.leftMargin: field.bare ? -8 : 0
        anchors.rightMargin: field.bare ? -8 : 0
        radius: Theme.controlRadius
        color: field.bare && !field.activeFocus ? Theme.hover : Theme.surface
        border.width: field.bare && !field.activeFocus ? 0 : field.wrong ? 2 : 1
        border.color: field.wrong ? Theme.critical : Theme.control

        FocusRing {
            visible: field.ringed && !field.bare
        }
        Rectangle {
            visible: field.activeFocus && field.bare
            anchors.fill: parent
            color: "transparent"
            radius: parent.radius
            border.width: 2
            border.color: Theme.focus
        }
    }

    AppText {
        anchors.fill: parent
        anchors.leftMargin: field.leftPadding
        anchors.rightMargin: field.rightPadding
        visible: field.text.length === 0 && field.preeditText.length === 0
        silent: true
        text: field.hint
        color: Theme.faint
        font: field.font
        wrapMode: Text.NoWrap
        elide: Text.ElideRight
    }
}

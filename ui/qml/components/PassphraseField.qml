// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui
import Waymark.ViewModels

/// A passphrase: shown or hidden, never in a binding, never on the accessibility bus while hidden.
FocusScope {
    id: scope

    required property Passphrase passphrase
    property string label
    property bool shown: false
    property bool wrong: false
    readonly property bool capsLock: guard.capsLock && !shown
    readonly property alias filled: input.filled

    signal accepted

    function suggest() {
        guard.suggest();
        shown = true;
    }
    function selectAll() {
        input.forceActiveFocus();
        input.selectAll();
    }

    implicitHeight: Math.max(Theme.bigHeight, input.contentHeight + 16)
    implicitWidth: Theme.px(320)

    Rectangle {
        anchors.fill: parent
        radius: Theme.controlRadius
        color: Theme.surface
        border.width: scope.wrong ? 2 : 1
        border.color: scope.wrong ? Theme.critical : Theme.control

        FocusRing {
            visible: input.activeFocus
        }
    }
    TextInput {
        id: input

        /// By this the accessibility bus is given a guarded view of it, from its first moment on.
        readonly property bool isPassphrase: true
        readonly property bool filled: length > 0

        anchors.left: parent.left
        anchors.right: eye.left
        anchors.leftMargin: 14
        anchors.rightMargin: Theme.s2
        anchors.verticalCenter: parent.verticalCenter
        focus: true
        activeFocusOnTab: true
        clip: true
        font.family: Theme.ui
        font.pixelSize: Theme.reading
        color: Theme.text
        selectionColor: Theme.wash
        selectedTextColor: Theme.text
        selectByMouse: true
        maximumLength: 1000
        passwordCharacter: "●"
        echoMode: scope.shown ? TextInput.Normal : TextInput.Password
        inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText | Qt.ImhNoAutoUppercase
            | (scope.shown ? Qt.ImhNone : Qt.ImhHiddenText)
        Accessible.role: Accessible.EditableText
        Accessible.name: scope.label
        Accessible.passwordEdit: !scope.shown
        onAccepted: scope.accepted()
    }
    PassphraseGuard {
        id: guard

        field: input
        passphrase: scope.passphrase
        name: scope.label
        shown: scope.shown
    }
    AppButton {
        id: eye

        anchors.right: parent.right
        anchors.rightMargin: 4
        anchors.verticalCenter: parent.verticalCenter
        kind: "link"
        glyph: scope.shown ? "eye-off" : "eye"
        text: scope.shown ? qsTr("Hide") : qsTr("Show")
        Accessible.description: qsTr("While it is shown, screen readers read it too.")
        onClicked: scope.shown = !scope.shown
    }
}

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

/// From the two choices to the first note.
FocusScope {
    id: page

    required property FirstRun firstRun

    AppButton {
        id: back

        x: LayoutMirroring.enabled ? parent.width - width - 16 : 16
        y: 12
        z: 1
        visible: page.firstRun.step === FirstRun.Invited || page.firstRun.step === FirstRun.NameAndPassphrase
        kind: "quiet"
        ink: Theme.muted
        glyph: "chevron-left"
        glyphDirected: true
        text: qsTr("Back")
        onClicked: page.firstRun.back()
    }
    Loader {
        id: loader

        readonly property int step: page.firstRun.step

        function show() {
            const names = ["ChoicesPage.qml", "InvitationPage.qml", "NamePage.qml", "FirstNotePage.qml"];
            setSource(Qt.resolvedUrl(names[step]), { "firstRun": page.firstRun });
        }

        anchors.fill: parent
        focus: true
        onStepChanged: show()
        onLoaded: (item as Item).forceActiveFocus(Qt.TabFocusReason)
        Component.onCompleted: show()
    }
    Shortcut {
        sequences: ["Esc"]
        enabled: back.visible
        onActivated: page.firstRun.back()
    }
}

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
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

        anchors.fill: parent
        focus: true
        sourceComponent: page.firstRun.step === FirstRun.Choices ? choices
            : page.firstRun.step === FirstRun.Invited ? invited
            : page.firstRun.step === FirstRun.NameAndPassphrase ? name : note
    }
    Shortcut {
        sequences: ["Esc"]
        enabled: back.visible
        onActivated: page.firstRun.back()
    }
    Component {
        id: choices

        ChoicesPage {
            firstRun: page.firstRun
        }
    }
    Component {
        id: invited

        InvitationPage {
            firstRun: page.firstRun
        }
    }
    Component {
        id: name

        NamePage {
            firstRun: page.firstRun
        }
    }
    Component {
        id: note

        FirstNotePage {
            firstRun: page.firstRun
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui
import Waymark.ViewModels

/// The window. What it shows follows the app's stage.
T.ApplicationWindow {
    id: window

    required property App app
    required property Appearance appearance
    /// What had the keyboard when the journal was locked, by name.
    property string place

    title: app.stage === App.Open ? qsTr("Waymark · %1").arg(app.people.name) : qsTr("Waymark")
    width: 1280
    height: 800
    minimumWidth: 360
    minimumHeight: 560
    visible: true
    color: Theme.canvas
    LayoutMirroring.enabled: Application.layoutDirection === Qt.RightToLeft
    LayoutMirroring.childrenInherit: true

    Binding {
        target: Theme
        property: "scheme"
        value: window.appearance.scheme
    }
    Binding {
        target: Theme
        property: "factor"
        value: window.appearance.factor
    }
    Binding {
        target: Theme
        property: "reducedMotion"
        value: window.appearance.reducedMotion
    }
    Connections {
        target: window.app
        function onHandingOver() {
            // One-line fields take what stands in them as if Enter had been pressed.
            const field = window.activeFocusItem as AppTextField;
            if (field)
                field.commit(field.text);
            if (window.activeFocusItem)
                window.place = window.activeFocusItem.Accessible.name;
        }
    }
    Loader {
        id: loader

        readonly property int stage: window.app.stage

        function show() {
            if (stage === App.First)
                setSource(Qt.resolvedUrl("pages/FirstRunPage.qml"), { "firstRun": window.app.firstRun });
            else if (stage === App.Locked)
                setSource(Qt.resolvedUrl("pages/UnlockPage.qml"), { "unlock": window.app.unlock });
            else
                setSource(Qt.resolvedUrl("pages/FramePage.qml"), { "app": window.app, "place": window.place });
        }

        anchors.fill: parent
        focus: true
        onStageChanged: show()
        onLoaded: (item as Item).forceActiveFocus(Qt.TabFocusReason)
        Component.onCompleted: show()
    }
}

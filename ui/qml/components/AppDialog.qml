// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui

/// Asks before what can't be undone. The harmless answer has the keyboard; Escape gives it.
T.Popup {
    id: dialog

    property string title
    property string text
    property string action
    property bool critical: true
    property Item opener
    default property alias content: extra.data

    signal acted

    function ask(from: Item) {
        opener = from;
        open();
    }

    parent: T.Overlay.overlay
    anchors.centerIn: parent
    modal: true
    focus: true
    padding: 24
    bottomPadding: 16
    margins: 16
    closePolicy: T.Popup.CloseOnEscape
    width: Math.min(Theme.px(420), (parent ? parent.width : 420) - 32)
    height: Math.min(column.implicitHeight + topPadding + bottomPadding, (parent ? parent.height : 600) - 32)
    onOpened: keep.forceActiveFocus(Qt.TabFocusReason)
    onClosed: if (opener) opener.forceActiveFocus(Qt.PopupFocusReason)

    T.Overlay.modal: Rectangle {
        color: Theme.scrim
    }
    background: Rectangle {
        radius: Theme.cardRadius
        color: Theme.raised
        border.width: 1
        border.color: Theme.hairline
    }
    contentItem: Item {
        Accessible.role: Accessible.Dialog
        Accessible.name: dialog.title
        Accessible.description: dialog.text

        Column {
            id: column

            width: parent.width
            spacing: 6

            AppText {
                width: parent.width
                text: dialog.title
                font.pixelSize: Theme.reading
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
            }
            AppText {
                width: parent.width
                text: dialog.text
                color: Theme.muted
            }
            Item {
                id: extra

                width: parent.width
                implicitHeight: childrenRect.height
                visible: children.length > 0
            }
            Item {
                width: 1
                height: 6
            }
            Flow {
                width: parent.width
                spacing: 8
                layoutDirection: Qt.RightToLeft

                AppButton {
                    kind: dialog.critical ? "critical" : "primary"
                    text: dialog.action
                    onClicked: {
                        dialog.close();
                        dialog.acted();
                    }
                }
                AppButton {
                    id: keep

                    kind: "quiet"
                    text: qsTr("Cancel")
                    onClicked: dialog.close()
                }
            }
        }
    }
}

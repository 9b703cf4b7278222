// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import Waymark.Ui

/// What a page is for, in one sentence, with the one action.
DetailPage {
    id: empty

    property string text
    property string action
    property string glyph: "plus"
    property string after
    property int marks: 3

    signal acted

    implicitHeight: column.implicitHeight

    Column {
        id: column

        anchors.horizontalCenter: parent.horizontalCenter
        y: Math.max(24, (parent.height - implicitHeight) * 0.38)
        width: Math.min(Theme.px(360), parent.width - 48)

        Column {
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: 12

            Repeater {
                model: empty.marks

                Blaze {
                    required property int index

                    width: 14
                    height: 32
                    next: index === empty.marks - 1
                    opacity: index === 0 ? 0.4 : index === 1 ? 0.7 : 1
                }
            }
        }
        Item {
            width: 1
            height: 32
        }
        AppText {
            width: parent.width
            serif: true
            text: empty.text
            font.pixelSize: Theme.lead
            lineHeight: Theme.px(30)
            horizontalAlignment: Text.AlignHCenter
        }
        Item {
            width: 1
            height: 24
        }
        AppButton {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: empty.action.length > 0
            focus: true
            kind: "primary"
            big: true
            glyph: empty.glyph
            text: empty.action
            onClicked: empty.acted()
        }
        AppText {
            width: parent.width
            topPadding: 16
            visible: text.length > 0
            text: empty.after
            color: Theme.muted
            font.pixelSize: Theme.small
            horizontalAlignment: Text.AlignHCenter
        }
    }
}

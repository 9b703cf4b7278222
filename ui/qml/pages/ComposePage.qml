// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

/// Feedback on a goal, or a line about nothing in particular, for one reader.
DetailPage {
    id: page

    required property App app
    readonly property DraftView composer: app.composer
    property string problem

    function send() {
        area.commit();
        problem = composer.send() ? "" : qsTr("Write a word first; then it can go.");
    }

    dockHeight: foot.height
    busy: true
    Item {
        id: bar

        anchors.left: parent.left
        anchors.right: parent.right
        height: Math.max(56, back.height + 20)

        AppButton {
            id: back

            x: LayoutMirroring.enabled ? parent.width - width - 12 : 12
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, parent.width * 0.6)
            kind: "quiet"
            glyph: "arrow-left"
            glyphDirected: true
            text: page.composer.about.length > 0 ? page.composer.about : qsTr("Back")
            Accessible.description: qsTr("Back. What you wrote is kept.")
            onClicked: page.app.back()
        }
        AppText {
            anchors.right: parent.right
            anchors.rightMargin: 24
            anchors.verticalCenter: parent.verticalCenter
            visible: page.composer.draft
            text: qsTr("Draft, kept here")
            color: Theme.muted
            font.pixelSize: Theme.small
            wrapMode: Text.NoWrap
        }
    }
    Page {
        id: sheet

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: bar.bottom
        anchors.bottom: foot.top
        topSpace: 16
        focus: true

        AppText {
            width: parent.width
            serif: true
            text: page.composer.toned ? qsTr("Feedback for %1").arg(page.composer.firstName)
                : qsTr("A line to %1").arg(page.composer.firstName)
            font.pixelSize: Theme.title
            bottomPadding: 12
            Accessible.role: Accessible.Heading
        }
        Item {
            width: parent.width
            height: visible ? about.implicitHeight + 20 : 0
            visible: page.composer.about.length > 0

            Rectangle {
                x: page.LayoutMirroring.enabled ? parent.width - 3 : 0
                width: 3
                height: about.implicitHeight
                color: Theme.hairline
            }
            AppText {
                id: about

                x: page.LayoutMirroring.enabled ? 0 : 15
                width: parent.width - 15
                serif: true
                text: page.composer.about
                color: Theme.muted
                font.pixelSize: Theme.reading
            }
        }
        AppTextArea {
            id: area

            width: parent.width
            focus: true
            bare: true
            label: page.composer.toned ? qsTr("Feedback for %1").arg(page.composer.firstName)
                : qsTr("A line to %1").arg(page.composer.firstName)
            hint: page.composer.toned ? qsTr("What did you see or hear, and what did it do?")
                : qsTr("What would you like to say?")
            session: page.composer.text
            minimumHeight: Theme.px(160)
            onSubmitted: page.send()
        }
    }
    Rectangle {
        id: foot

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: column.implicitHeight + 40
        color: Theme.surface

        Hairline {
            width: parent.width
        }
        Column {
            id: column

            anchors.horizontalCenter: parent.horizontalCenter
            y: 20
            width: sheet.column.width
            spacing: 8

            FieldLabel {
                visible: page.composer.toned
                width: parent.width
                silent: false
                text: qsTr("How you mean it")
            }
            Flow {
                visible: page.composer.toned
                width: parent.width
                spacing: 6
                Accessible.role: Accessible.Grouping
                Accessible.name: qsTr("How you mean it")

                Repeater {
                    model: [
                        { "tone": "plain", "text": qsTr("Plain") },
                        { "tone": "celebrating", "text": qsTr("Celebrating") },
                        { "tone": "curious", "text": qsTr("Curious") },
                        { "tone": "concerned", "text": qsTr("Concerned") },
                        { "tone": "challenging", "text": qsTr("Challenging") }
                    ]

                    ToneChip {
                        required property var modelData

                        acts: true
                        checkable: true
                        checked: page.composer.tone === modelData.tone
                            || page.composer.tone.length === 0 && modelData.tone === "plain"
                        tone: modelData.tone
                        text: modelData.text
                        onClicked: {
                            page.composer.tone = modelData.tone;
                            checked = Qt.binding(() => page.composer.tone === modelData.tone
                                || page.composer.tone.length === 0 && modelData.tone === "plain");
                        }
                    }
                }
            }
            Problem {
                width: parent.width
                text: page.problem
            }
            Row {
                width: parent.width
                topPadding: 4
                spacing: 12

                AppButton {
                    kind: "primary"
                    text: qsTr("Send to %1").arg(page.composer.firstName)
                    keys: "Ctrl ↵"
                    onClicked: page.send()
                }
                AppButton {
                    visible: page.composer.draft
                    kind: "quiet"
                    ink: Theme.muted
                    text: qsTr("Throw the draft away")
                    onClicked: {
                        page.composer.discard();
                        page.app.back();
                    }
                }
            }
        }
    }
    Connections {
        target: page.composer
        function onChanged() {
            if (!page.composer.text.empty)
                page.problem = "";
        }
    }
}

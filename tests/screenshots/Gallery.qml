// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Waymark.Ui
import Waymark.ViewModels

// Every component in every state, on one sheet.
T.ApplicationWindow {
    id: window

    required property App app
    required property Appearance appearance
    readonly property date today: new Date(2026, 11, 3)

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

    component Part: Column {
        id: part

        property string title
        default property alias content: inside.data

        width: parent.width
        spacing: 12

        AppText {
            text: part.title
            font.weight: Font.DemiBold
        }
        Column {
            id: inside

            width: parent.width
            spacing: 8
        }
    }
    component Said: AppText {
        color: Theme.muted
        font.pixelSize: Theme.small
    }
    component Wrap: Flow {
        width: parent.width
        spacing: 8
    }
    component States: Wrap {
        id: kinds

        property string kind
        property string text
        property string glyph

        Repeater {
            model: ["rest", "hover", "focus", "pressed", "disabled"]

            AppButton {
                required property string modelData

                kind: kinds.kind
                text: kinds.text
                tip: kinds.text
                glyph: kinds.glyph
                lit: modelData === "hover"
                ringed: modelData === "focus"
                down: modelData === "pressed"
                enabled: modelData !== "disabled"
            }
        }
    }
    component Row_: AppRow {
        id: row

        property string title
        property string detail
        property int count: 0
        property int passed: 0
        property bool settled: false
        property bool late: false
        property bool unread: false

        width: parent.width
        implicitHeight: inside.implicitHeight + 20
        text: title
        line: detail
        total: 7

        Column {
            id: inside

            x: 12
            y: 10
            width: parent.width - 24
            spacing: 4

            Item {
                width: parent.width
                height: heading.implicitHeight

                AppText {
                    id: heading

                    anchors.left: parent.left
                    anchors.right: dot.visible ? dot.left : parent.right
                    silent: true
                    text: row.title
                    font.weight: row.settled ? Font.Normal : Font.DemiBold
                    wrapMode: Text.NoWrap
                    elide: Text.ElideRight
                }
                Rectangle {
                    id: dot

                    visible: row.unread
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    width: 8
                    height: 8
                    radius: 4
                    color: Theme.accent
                }
            }
            Row {
                width: parent.width
                spacing: 8

                BlazePath {
                    visible: row.count > 0
                    count: row.count
                    passed: row.passed
                    tint: row.late ? Theme.caution : Theme.accent
                    anchors.verticalCenter: parent.verticalCenter
                }
                AppText {
                    silent: true
                    text: row.detail
                    color: row.late ? Theme.caution : Theme.muted
                    font.pixelSize: Theme.small
                    font.weight: row.late ? Font.DemiBold : Font.Normal
                }
            }
        }
    }
    component Way: Row {
        id: way

        property int count: 5
        property int passed: 0
        property bool paused: false
        property string words

        width: parent.width
        spacing: 12

        BlazePath {
            count: way.count
            passed: way.passed
            paused: way.paused
            anchors.verticalCenter: parent.verticalCenter
        }
        AppText {
            text: qsTr("%1 of %2 passed").arg(way.passed).arg(way.count)
        }
        Said {
            text: way.words
            anchors.verticalCenter: parent.verticalCenter
        }
    }
    component Mark: Row {
        id: mark

        property string words
        property bool passed: false
        property bool next: false
        property bool suggested: false

        spacing: 10

        Blaze {
            passed: mark.passed
            next: mark.next
            suggested: mark.suggested
            anchors.verticalCenter: parent.verticalCenter
        }
        AppText {
            text: mark.words
        }
    }

    AppText {
        id: head

        x: 32
        y: 24
        width: parent.width - 64
        serif: true
        text: qsTr("Components")
        font.pixelSize: Theme.title
    }
    Flow {
        id: sheet

        readonly property int columns: Math.max(1, Math.min(3, Math.floor((width + 40) / (Theme.px(340) + 40))))
        readonly property real columnWidth: Math.floor((width - (columns - 1) * 40) / columns)

        x: 32
        anchors.top: head.bottom
        anchors.topMargin: 16
        width: parent.width - 64
        spacing: 40

        Column {
            width: sheet.columnWidth
            spacing: 28

            Part {
                title: qsTr("Buttons: rest, hover, focus, pressed, disabled")

                States {
                    kind: "primary"
                    text: qsTr("Add")
                    glyph: "plus"
                }
                States {
                    kind: "normal"
                    text: qsTr("Keep")
                }
                States {
                    kind: "quiet"
                    text: qsTr("Skip")
                }
                States {
                    kind: "icon"
                    text: qsTr("Undo")
                    glyph: "undo-2"
                }
                States {
                    kind: "critical"
                    text: qsTr("Remove")
                }
            }
            Part {
                title: qsTr("Choices")

                Segment {
                    label: qsTr("Zoom")
                    value: "month"
                    options: [{ value: "week", text: qsTr("Week") }, { value: "month", text: qsTr("Month") }, { value: "all", text: qsTr("All") }]
                }
                Wrap {
                    spacing: 16

                    AppSwitch {
                        checked: true
                        text: qsTr("On")
                    }
                    AppSwitch {
                        text: qsTr("Off")
                    }
                    AppSwitch {
                        checked: true
                        ringed: true
                        text: qsTr("Focus")
                    }
                    AppSwitch {
                        enabled: false
                        text: qsTr("Disabled")
                    }
                }
                Wrap {
                    spacing: 16

                    AppCheckBox {
                        checked: true
                        text: qsTr("On")
                    }
                    AppCheckBox {
                        text: qsTr("Off")
                    }
                    AppCheckBox {
                        tristate: true
                        checkState: Qt.PartiallyChecked
                        text: qsTr("Some")
                    }
                    AppCheckBox {
                        ringed: true
                        text: qsTr("Focus")
                    }
                    AppCheckBox {
                        enabled: false
                        text: qsTr("Disabled")
                    }
                }
            }
            Part {
                title: qsTr("List rows")

                Row_ {
                    title: qsTr("Normal: one runbook a stranger can follow, and not only we two")
                    detail: qsTr("1 of 3 passed · by 15 March")
                    count: 3
                    passed: 1
                }
                Row_ {
                    title: qsTr("Hover")
                    detail: qsTr("2 of 4 passed")
                    lit: true
                    count: 4
                    passed: 2
                }
                Row_ {
                    title: qsTr("Selected")
                    detail: qsTr("2 of 5 passed · by 30 January")
                    selected: true
                    count: 5
                    passed: 2
                }
                Row_ {
                    title: qsTr("Focus, by keyboard")
                    detail: qsTr("Take it on, change it, or leave it")
                    ringed: true
                }
                Row_ {
                    title: qsTr("Unread, your turn")
                    detail: qsTr("since 8:12, day 1 of 3")
                    unread: true
                    count: 3
                }
                Row_ {
                    title: qsTr("Your turn, late")
                    detail: qsTr("since Saturday, 2 days over")
                    late: true
                    count: 3
                    passed: 3
                }
                Row_ {
                    title: qsTr("Settled")
                    detail: qsTr("Acknowledged yesterday")
                    settled: true
                }
            }
            Part {
                title: qsTr("Path")

                Way {
                    words: qsTr("begun")
                }
                Way {
                    passed: 2
                    words: qsTr("under way")
                }
                Way {
                    passed: 2
                    paused: true
                    words: qsTr("paused")
                }
                Way {
                    passed: 5
                    words: qsTr("reached")
                }
                Way {
                    count: 14
                    passed: 9
                    words: qsTr("8 marks and more")
                }
                Way {
                    count: 60
                    passed: 31
                    words: qsTr("21 marks and more")
                }
            }
            Part {
                title: qsTr("Marks")

                Wrap {
                    spacing: 24

                    Mark {
                        passed: true
                        words: qsTr("Passed")
                    }
                    Mark {
                        next: true
                        words: qsTr("Next")
                    }
                    Mark {
                        words: qsTr("To come")
                    }
                    Mark {
                        suggested: true
                        words: qsTr("Suggested")
                    }
                }
            }
        }
        Column {
            width: sheet.columnWidth
            spacing: 28

            Part {
                title: qsTr("Chips")

                Wrap {
                    Chip {
                        acts: true
                        on: true
                        text: qsTr("Under way")
                    }
                    Chip {
                        acts: true
                        glyph: "calendar"
                        text: qsTr("30 January")
                    }
                    Chip {
                        acts: true
                        after: "x"
                        text: qsTr("From Tomás")
                    }
                    Chip {
                        acts: true
                        ringed: true
                        text: qsTr("# speaking up")
                    }
                }
                Wrap {
                    Chip {
                        on: true
                        text: qsTr("Under way")
                    }
                    Chip {
                        text: qsTr("# speaking up")
                    }
                    Chip {
                        care: true
                        glyph: "users-round"
                        text: qsTr("Both changed this")
                    }
                }
            }
            Part {
                title: qsTr("Tones")

                Wrap {
                    Chip {
                        acts: true
                        open: true
                        glyph: "circle-dashed"
                        text: qsTr("Choose a tone")
                    }
                    Repeater {
                        model: [["plain", qsTr("Plain")], ["celebrating", qsTr("Celebrating")], ["curious", qsTr("Curious")], ["concerned", qsTr("Concerned")], ["challenging", qsTr("Challenging")]]

                        ToneChip {
                            required property var modelData

                            acts: true
                            tone: modelData[0]
                            text: modelData[1]
                        }
                    }
                }
            }
            Part {
                title: qsTr("Mood")

                Wrap {
                    spacing: 16

                    Repeater {
                        model: [5, 4, 3, 2, 1]

                        Mood {
                            required property int modelData

                            value: modelData
                        }
                    }
                }
            }
            Part {
                title: qsTr("Banners")

                Banner {
                    width: parent.width
                    title: qsTr("Ingrid is away until 7 December")
                    text: qsTr("What you send waits until then.")
                    closable: true
                }
                Banner {
                    width: parent.width
                    kind: "caution"
                    title: qsTr("Aiko removed 34 entries today")
                    text: qsTr("They stay in the bin until 25 December.")
                    action: qsTr("Review")
                    other: qsTr("Put back")
                }
                Banner {
                    width: parent.width
                    kind: "critical"
                    title: qsTr("Nothing goes to Mei-Ling")
                    text: qsTr("The safety numbers differ. Phone Mei-Ling, then invite anew.")
                    action: qsTr("Show the numbers")
                }
            }
            Part {
                title: qsTr("Avatars")

                Row {
                    width: parent.width
                    spacing: 16

                    Avatar {
                        size: 22
                        initials: "TO"
                        tint: 1
                    }
                    Avatar {
                        initials: "TO"
                        tint: 1
                    }
                    Avatar {
                        size: 40
                        initials: "LH"
                    }
                    AvatarRow {
                        people: [{ initials: "LH", tint: 0 }, { initials: "TO", tint: 1 }, { initials: "AT", tint: 2 }]
                    }
                }
            }
            Part {
                title: qsTr("A long job")

                LongJob {
                    width: parent.width
                    title: qsTr("Making everything searchable")
                    line: qsTr("You can go on writing · about 2 minutes")
                    done: 0.4
                }
            }
        }
        Column {
            width: sheet.columnWidth
            spacing: 28

            Part {
                title: qsTr("Fields")

                AppTextField {
                    width: parent.width
                    label: qsTr("Empty")
                    hint: qsTr("What your partner will see")
                }
                AppTextField {
                    width: parent.width
                    label: qsTr("Filled")
                    text: qsTr("Lina Haddad")
                }
                AppTextField {
                    width: parent.width
                    label: qsTr("Focus")
                    text: qsTr("Lina Hadd")
                    ringed: true
                }
                AppTextField {
                    width: parent.width
                    label: qsTr("Error")
                    text: qsTr("post.uni example.org")
                    wrong: true
                    problem: trouble.text
                }
                Problem {
                    id: trouble

                    width: parent.width
                    text: qsTr("There is a space in this address. Take it out to go on.")
                }
            }
            Part {
                title: qsTr("Text area")

                AppTextArea {
                    width: parent.width
                    label: qsTr("Feedback")
                    hint: qsTr("What did you see or hear, in a camera’s words?")
                }
            }
            Part {
                title: qsTr("Date")

                Rectangle {
                    width: Math.min(parent.width, calendar.implicitWidth + 24)
                    height: calendar.implicitHeight + 20
                    radius: Theme.cardRadius
                    color: Theme.raised
                    border.width: 1
                    border.color: Theme.hairline

                    Calendar {
                        id: calendar

                        x: 12
                        y: 10
                        width: parent.width - 24
                        today: window.today
                        chosen: new Date(2026, 11, 4)
                        awayFrom: new Date(2026, 11, 22)
                        awayUntil: new Date(2026, 11, 31)
                        awayText: qsTr("Tomás is away from the 22nd")
                    }
                }
            }
            Part {
                title: qsTr("Menu")

                Rectangle {
                    width: Math.min(parent.width, Theme.px(300))
                    height: menu.implicitHeight + 12
                    radius: Theme.cardRadius
                    color: Theme.raised
                    border.width: 1
                    border.color: Theme.hairline

                    Column {
                        id: menu

                        x: 6
                        y: 6
                        width: parent.width - 12

                        AppMenuItem {
                            glyph: "message-square"
                            text: qsTr("Write feedback")
                            keys: "F"
                        }
                        AppMenuItem {
                            lit: true
                            glyph: "calendar"
                            text: qsTr("Put on the next agenda")
                        }
                        AppMenuItem {
                            enabled: false
                            glyph: "undo-2"
                            text: qsTr("Take back")
                            line: qsTr("Tomás may have read it")
                        }
                        AppMenuItem {
                            glyph: "trash-2"
                            text: qsTr("Move to the bin")
                        }
                    }
                }
            }
        }
    }
    AppDialog {
        id: dialog

        objectName: "dialog"
        title: qsTr("Remove “Old ThinkPad”?")
        text: qsTr("It keeps what it already holds and reads nothing new. You can add it again later, as a new device.")
        action: qsTr("Remove the laptop")
    }
}

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import Waymark.Ui

/// A month to take a day from. Arrows walk days and weeks, Page Up and Page Down months, Home and
/// End the week; Enter takes the day. One tab stop for the days.
FocusScope {
    id: calendar

    property date today: new Date()
    /// What is chosen, or an invalid date.
    property date chosen
    /// Where the keyboard is.
    property date cursor: Number.isNaN(chosen.getTime()) ? today : chosen
    /// Days that somebody is away, both ends included; invalid: nobody is.
    property date awayFrom
    property date awayUntil
    property string awayText
    readonly property int firstDay: Qt.locale().firstDayOfWeek
    readonly property bool rightToLeft: Application.layoutDirection === Qt.RightToLeft

    signal picked(date day)

    // Days are handed over as var, since qmllint of Qt 6.4 falls over functions of dates.

    /// Of a day as YYYY-MM-DD; an invalid date where it is none.
    function dayOf(iso: string): var {
        const parts = iso.split("-");
        return new Date(Number(parts[0]), Number(parts[1]) - 1, Number(parts[2]));
    }
    function isoOf(day: var): string {
        return Qt.formatDate(day, "yyyy-MM-dd");
    }
    function same(a: var, b: var): bool {
        return a.getFullYear() === b.getFullYear() && a.getMonth() === b.getMonth() && a.getDate() === b.getDate();
    }
    function plus(day: var, by: int): var {
        return new Date(day.getFullYear(), day.getMonth(), day.getDate() + by);
    }
    /// The same day of another month, or that month's last.
    function monthsOn(day: var, by: int): var {
        const last = new Date(day.getFullYear(), day.getMonth() + by + 1, 0).getDate();
        return new Date(day.getFullYear(), day.getMonth() + by, Math.min(day.getDate(), last));
    }
    function isAway(day: var): bool {
        return !Number.isNaN(awayFrom.getTime()) && !Number.isNaN(awayUntil.getTime())
            && day >= plus(awayFrom, 0) && day <= plus(awayUntil, 0);
    }
    function go(day: var) {
        cursor = day;
        days.forceActiveFocus(Qt.TabFocusReason);
    }

    implicitWidth: Theme.px(36) * 7
    implicitHeight: column.implicitHeight

    Column {
        id: column

        width: parent.width
        spacing: 4

        Item {
            width: parent.width
            height: earlier.height

            AppText {
                anchors.left: parent.left
                anchors.leftMargin: 8
                anchors.right: earlier.left
                anchors.verticalCenter: parent.verticalCenter
                text: calendar.cursor.toLocaleDateString(Qt.locale(), qsTr("MMMM yyyy", "the head of a calendar"))
                font.weight: Font.DemiBold
                elide: Text.ElideRight
                wrapMode: Text.NoWrap
                Accessible.role: Accessible.Heading
            }
            AppButton {
                id: earlier

                anchors.right: later.left
                kind: "icon"
                glyph: "chevron-left"
                glyphDirected: true
                tip: qsTr("Month before")
                onClicked: calendar.cursor = calendar.monthsOn(calendar.cursor, -1)
            }
            AppButton {
                id: later

                anchors.right: parent.right
                kind: "icon"
                glyph: "chevron-right"
                glyphDirected: true
                tip: qsTr("Month after")
                onClicked: calendar.cursor = calendar.monthsOn(calendar.cursor, 1)
            }
        }
        Grid {
            id: days

            readonly property date first: {
                const start = new Date(calendar.cursor.getFullYear(), calendar.cursor.getMonth(), 1);
                return calendar.plus(start, -((start.getDay() - calendar.firstDay + 7) % 7));
            }

            width: parent.width
            columns: 7
            activeFocusOnTab: true
            focus: true
            Accessible.role: Accessible.Table
            Accessible.name: calendar.cursor.toLocaleDateString(Qt.locale(), Locale.LongFormat)
            Accessible.focusable: true
            Keys.onPressed: event => {
                const on = calendar.rightToLeft ? -1 : 1;
                const weekday = (calendar.cursor.getDay() - calendar.firstDay + 7) % 7;
                const days = {
                    [Qt.Key_Right]: on, [Qt.Key_Left]: -on, [Qt.Key_Down]: 7, [Qt.Key_Up]: -7,
                    [Qt.Key_Home]: -weekday, [Qt.Key_End]: 6 - weekday
                };
                const months = { [Qt.Key_PageUp]: -1, [Qt.Key_PageDown]: 1 };
                event.accepted = true;
                if (event.key in days)
                    calendar.cursor = calendar.plus(calendar.cursor, days[event.key]);
                else if (event.key in months)
                    calendar.cursor = calendar.monthsOn(calendar.cursor, months[event.key]);
                else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter || event.key === Qt.Key_Space)
                    calendar.picked(calendar.cursor);
                else
                    event.accepted = false;
            }

            Repeater {
                model: 7

                AppText {
                    required property int index

                    width: days.width / 7
                    silent: true
                    text: Qt.locale().standaloneDayName((index + calendar.firstDay) % 7, Locale.ShortFormat).slice(0, 2)
                    color: Theme.muted
                    font.pixelSize: Theme.small
                    horizontalAlignment: Text.AlignHCenter
                    wrapMode: Text.NoWrap
                }
            }
            Repeater {
                model: 42

                Item {
                    id: cell

                    required property int index
                    readonly property date day: calendar.plus(days.first, index)
                    readonly property bool outside: day.getMonth() !== calendar.cursor.getMonth()
                    readonly property bool isChosen: calendar.same(day, calendar.chosen)
                    readonly property bool isToday: calendar.same(day, calendar.today)
                    readonly property bool away: calendar.isAway(day)

                    width: days.width / 7
                    height: Theme.px(32)
                    Accessible.role: Accessible.Cell
                    Accessible.name: day.toLocaleDateString(Qt.locale(), Locale.LongFormat)
                    Accessible.description: away ? calendar.awayText : isToday ? qsTr("today") : ""
                    Accessible.selected: isChosen
                    Accessible.onPressAction: calendar.picked(day)

                    Rectangle {
                        visible: cell.away
                        anchors.fill: parent
                        color: Theme.hover
                    }
                    Rectangle {
                        anchors.fill: parent
                        anchors.leftMargin: 2
                        anchors.rightMargin: 2
                        radius: Theme.controlRadius
                        color: cell.isChosen ? Theme.accent : over.hovered ? Theme.hover : "transparent"
                        border.width: days.activeFocus && calendar.same(cell.day, calendar.cursor) ? 2 : 0
                        border.color: cell.isChosen ? Theme.text : Theme.focus
                    }
                    AppText {
                        id: number

                        anchors.centerIn: parent
                        silent: true
                        text: cell.day.getDate().toLocaleString(Qt.locale(), "f", 0)
                        color: cell.isChosen ? Theme.accentInk : cell.isToday ? Theme.accent
                            : cell.outside || cell.away ? Theme.muted : Theme.text
                        opacity: cell.outside && !cell.isChosen ? 0.6 : 1
                        font.weight: cell.isChosen || cell.isToday ? Font.DemiBold : Font.Normal
                        wrapMode: Text.NoWrap
                    }
                    Rectangle {
                        visible: cell.isToday && !cell.isChosen
                        anchors.horizontalCenter: parent.horizontalCenter
                        anchors.bottom: parent.bottom
                        anchors.bottomMargin: 4
                        width: 14
                        height: 2
                        radius: 1
                        color: Theme.accent
                    }
                    HoverHandler {
                        id: over
                    }
                    TapHandler {
                        onTapped: calendar.picked(cell.day)
                    }
                }
            }
        }
        Row {
            visible: calendar.awayText.length > 0
            leftPadding: 8
            spacing: 8

            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                width: 14
                height: 10
                radius: 3
                color: Theme.hover
                border.width: 1
                border.color: Theme.hairline
            }
            AppText {
                text: calendar.awayText
                color: Theme.muted
                font.pixelSize: Theme.small
            }
        }
    }
}

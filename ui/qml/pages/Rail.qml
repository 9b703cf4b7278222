// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

/// Who one writes with, the pages, and the connection's sign. Narrow windows have it as a bar below.
FocusScope {
    id: rail

    required property App app
    property bool below: false
    /// Words stand under their icons.
    readonly property bool stacked: below || Theme.factor >= 1.5

    signal went
    signal invited

    implicitHeight: Theme.px(64)

    // Not the scope itself: what has the keyboard is one thing on the accessibility bus.
    Item {
        anchors.fill: parent
        Accessible.role: Accessible.Pane
        Accessible.name: qsTr("Pages")

        Rectangle {
            anchors.fill: parent
            color: Theme.rail

            Hairline {
                width: rail.below ? parent.width : 1
                height: rail.below ? 1 : parent.height
                anchors.right: parent.right
            }
        }
        PersonButton {
            id: person

            x: 8
            y: 12
            width: rail.below ? Theme.px(64) : rail.width - 16
            anchors.verticalCenter: rail.below ? parent.verticalCenter : undefined
            compact: rail.stacked
            people: rail.app.people
            onClicked: menu.toggle(person)

            PeopleMenu {
                id: menu

                app: rail.app
                y: rail.below ? -height - 4 : person.height + 4
                onInvited: rail.invited()
                onLocked: rail.app.lock()
            }
        }
        Grid {
            id: pages

            x: rail.below ? person.x + person.width + 8 : 8
            y: rail.below ? 6 : person.y + person.height + 12
            width: rail.below ? rail.width - x - 8 : rail.width - 16
            columns: rail.below ? 2 : 1
            columnSpacing: 8

            RailItem {
                id: goals

                width: rail.below ? (pages.width - 8) / 2 : pages.width
                focus: true
                below: rail.stacked
                glyph: "flag"
                text: qsTr("Goals")
                current: rail.app.page === App.Goals
                onClicked: {
                    rail.app.showGoals();
                    rail.went();
                }
            }
            RailItem {
                id: feedback

                width: rail.below ? (pages.width - 8) / 2 : pages.width
                below: rail.stacked
                glyph: "message-square"
                text: qsTr("Feedback")
                number: rail.app.feedback.mine
                numberText: qsTr("%1, your turn").arg(rail.app.feedback.mine)
                current: rail.app.page === App.Feedback
                onClicked: {
                    rail.app.showFeedback();
                    rail.went();
                }
            }
        }
        SignButton {
            id: sign

            visible: !rail.below
            x: 8
            width: rail.width - 16
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 12
            sign: rail.app.sign
        }
    }
}

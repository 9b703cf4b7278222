// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Waymark.Ui
import Waymark.ViewModels

/// Rail, list and detail. Narrow, list and detail become one column; narrower, the rail a bar below.
FocusScope {
    id: frame

    required property App app
    /// Where the keyboard was before a lock, empty at the first start.
    property string place
    readonly property real room: width / Theme.factor
    readonly property bool oneColumn: room < 900
    readonly property bool barBelow: room < 560
    readonly property bool wide: app.page === App.Write || app.page === App.Invite
    readonly property bool somethingOpen: app.page === App.Goals
        ? app.goal.shown || app.goal.question !== GoalView.NoQuestion : app.thread.shown
    /// In one column: whether the detail stands in it.
    property bool showDetail: false
    readonly property bool listShown: !wide && (!oneColumn || !showDetail)
    readonly property bool detailShown: wide || !oneColumn || showDetail

    function openDetail() {
        showDetail = true;
        later.give(detail);
    }
    function closeDetail() {
        showDetail = false;
        later.give(list);
    }
    function panes(): var {
        const shown = [];
        for (const pane of [rail, door, list, detail]) {
            if (pane.visible && pane.width > 0 && pane.height > 0)
                shown.push(pane);
        }
        return shown;
    }
    /// F6: from pane to pane.
    function cycle(by: int) {
        const all = panes();
        const at = all.findIndex(pane => pane.activeFocus);
        const to = all[(at + by + all.length) % all.length];
        to.forceActiveFocus(Qt.TabFocusReason);
        if (frame.Window.activeFocusItem === to)
            to.nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason);
    }
    function newGoal() {
        app.newGoal();
        openDetail();
    }
    function leave() {
        if (wide) {
            app.back();
            later.give(detail);
        } else if (detail.leave()) {
            // It closed what was open in it.
        } else if (detail.activeFocus) {
            if (oneColumn)
                closeDetail();
            else
                list.forceActiveFocus(Qt.TabFocusReason);
        }
    }
    onSomethingOpenChanged: if (!somethingOpen) showDetail = false

    FocusLater {
        id: later
    }
    Rail {
        id: rail

        anchors.left: parent.left
        anchors.bottom: parent.bottom
        anchors.top: frame.barBelow ? undefined : parent.top
        width: frame.barBelow ? parent.width : Theme.railWidth
        height: frame.barBelow ? implicitHeight : parent.height
        app: frame.app
        below: frame.barBelow
        onWent: {
            frame.showDetail = false;
            later.give(list);
        }
        onInvited: later.give(detail)
    }
    Item {
        id: main

        anchors.left: frame.barBelow ? parent.left : rail.right
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.bottom: frame.barBelow ? rail.top : parent.bottom

        Doorway {
            id: door

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: parent.top
            app: frame.app
            compact: frame.oneColumn
            onWriteLine: {
                frame.app.writeLine();
                later.give(detail);
            }
        }
        ListPane {
            id: list

            anchors.left: parent.left
            anchors.top: door.bottom
            anchors.bottom: parent.bottom
            width: !frame.listShown ? 0 : frame.oneColumn ? parent.width : Math.min(Theme.listWidth, parent.width * 0.45)
            visible: frame.listShown
            app: frame.app
            quiet: detail.busy && detail.visible
            alone: frame.oneColumn
            onOpened: frame.openDetail()
            onNewGoal: frame.newGoal()
            onNewLine: {
                frame.app.writeLine();
                later.give(detail);
            }
        }
        DetailPane {
            id: detail

            anchors.left: frame.listShown ? list.right : parent.left
            anchors.right: parent.right
            anchors.top: door.bottom
            anchors.bottom: parent.bottom
            visible: frame.detailShown
            app: frame.app
            place: frame.place
            backable: frame.oneColumn && !frame.wide
            onBacked: frame.closeDetail()
        }
        Toast {
            anchors.bottom: parent.bottom
            anchors.bottomMargin: detail.dock + 20
            anchors.horizontalCenter: parent.horizontalCenter
            notice: frame.app.notice
        }
    }
    Connections {
        target: frame.app
        function onPageChanged() {
            if (frame.app.page === App.Goals || frame.app.page === App.Feedback)
                frame.showDetail = frame.somethingOpen;
        }
    }
    Connections {
        target: frame.app.composer
        function onSent() {
            frame.openDetail();
        }
    }
    Shortcut {
        sequences: ["F6"]
        onActivated: frame.cycle(1)
    }
    Shortcut {
        sequences: ["Shift+F6"]
        onActivated: frame.cycle(-1)
    }
    Shortcut {
        sequences: ["Esc"]
        onActivated: frame.leave()
    }
    Shortcut {
        sequences: ["N"]
        enabled: !frame.wide
        onActivated: frame.newGoal()
    }
    Shortcut {
        sequences: ["F"]
        enabled: frame.app.page === App.Goals && frame.app.goal.person.length > 0 && !frame.app.goal.resting
        onActivated: {
            frame.app.writeFeedback();
            later.give(detail);
        }
    }
    Shortcut {
        sequences: ["Ctrl+Z"]
        enabled: frame.app.notice.undoable
        onActivated: frame.app.notice.undo()
    }
    Shortcut {
        sequences: ["Ctrl+L"]
        onActivated: frame.app.lock()
    }
    Shortcut {
        sequences: ["Ctrl+1"]
        onActivated: frame.app.showGoals()
    }
    Shortcut {
        sequences: ["Ctrl+2"]
        onActivated: frame.app.showFeedback()
    }
}

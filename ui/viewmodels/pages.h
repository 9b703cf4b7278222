// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/entry.h"

#include <QList>
#include <QString>

namespace Waymark {

/// What the pages show, as plain values. Ids are hexadecimal; times are milliseconds since 1970
/// UTC, 0 where there is none; days are YYYY-MM-DD, empty where there is none.

enum class Turn { Nobody, Mine, Theirs };

/// How far something has come, and when it goes while it still rests here.
struct Way
{
    Delivery delivery = Delivery::Private;
    bool resting = false; ///< sent or shared, and can still be taken back
    qint64 goesAtMs = 0; ///< the end of its rest
    bool untilLetIn = false; ///< it goes once the partner has let me in
    qint64 sinceMs = 0; ///< when it was sent or shared

    friend bool operator==(const Way&, const Way&) = default;
};

/// A partner and the space shared with them.
struct PersonRow
{
    QString id = {}; ///< the space
    QString name = {};
    QString role = {}; ///< theirs: mentor, mentee or peer
    bool waiting = false; ///< I asked to be let in and am not yet
    bool invited = false; ///< nobody is in it yet but me

    friend bool operator==(const PersonRow&, const PersonRow&) = default;
};

struct MarkRow
{
    QString id = {};
    QString title = {};
    bool done = false;
    bool next = false; ///< the first one not passed
    bool suggested = false; ///< by the mentor, not taken on yet: it is not counted
    QString due = {};
    bool mayChange = true;

    friend bool operator==(const MarkRow&, const MarkRow&) = default;
};

/// Where a goal stands in the list; the order is the list's.
enum class GoalGroup { UnderWay, Open, Suggested, Paused, OnlyYours, Reached, LetGo };

struct GoalRow
{
    QString id = {};
    QString title = {};
    QString status = {};
    GoalGroup group = GoalGroup::Open;
    QString person = {}; ///< the space it is shared in, empty while it is private
    QString due = {};
    int passed = 0;
    int marks = 0;
    Way way = {};
    qint64 atMs = 0;

    friend bool operator==(const GoalRow&, const GoalRow&) = default;
};

/// One thing said in a thread.
struct Utterance
{
    QString id = {};
    QString kind = {};
    QString author = {};
    bool mine = false;
    QString tone = {}; ///< plain, celebrating, curious, concerned, challenging or empty
    QString quote = {};
    QString body = {};
    qint64 atMs = 0;
    Way way = {};
    bool acknowledged = false; ///< by another than its author

    friend bool operator==(const Utterance&, const Utterance&) = default;
};

struct GoalPage
{
    GoalRow row = {};
    QString why = {};
    QString measure = {};
    QList<MarkRow> marks = {};
    QList<Utterance> feedback = {}; ///< what was said on it first, oldest first
    bool mayChange = true;
    bool mine = true;
};

struct ThreadRow
{
    QString id = {}; ///< of its first utterance
    QString title = {}; ///< of what it is about, empty where that is nothing
    bool mine = false; ///< begun by the reader
    QString snippet = {};
    QString person = {};
    QString partner = {}; ///< their name
    QString tone = {};
    Turn turn = Turn::Nobody;
    qint64 sinceMs = 0;
    bool lastMine = false;
    Way way = {}; ///< of the newest

    friend bool operator==(const ThreadRow&, const ThreadRow&) = default;
};

struct ThreadPage
{
    ThreadRow row = {};
    QString on = {}; ///< the goal it is about, empty where none
    bool onMine = false;
    QList<Utterance> said = {};
};

/// Somebody who asks to be let in.
struct AskerRow
{
    QString id = {};
    QString name = {};
    QString role = {};
    QString invited = {}; ///< the name the invitation was made for
    QString space = {};
    qint64 goesAtMs = 0; ///< let in, but can still be undone until then

    friend bool operator==(const AskerRow&, const AskerRow&) = default;
};

/// An invitation that I made.
struct InvitationRow
{
    QString id = {};
    QString forWhom = {};
    QString role = {};
    qint64 expiresMs = 0;
    bool open = true;
    QString link = {};

    friend bool operator==(const InvitationRow&, const InvitationRow&) = default;
};

/// A space that I asked to be let into.
struct WaitingRow
{
    QString id = {}; ///< the pairing
    QString person = {}; ///< the space
    QString name = {};
    QString role = {}; ///< mine
    qint64 expiresMs = 0;
    bool refused = false; ///< used by somebody else, turned away, or over

    friend bool operator==(const WaitingRow&, const WaitingRow&) = default;
};

} // namespace Waymark

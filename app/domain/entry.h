// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QMap>
#include <QString>

#include <optional>

namespace Waymark {

/// What a member is in a space.
enum class Role { Mentee, Mentor, Peer };

[[nodiscard]] QString roleName(Role role); ///< "mentee", "mentor", "peer"
[[nodiscard]] std::optional<Role> roleFromName(QStringView name);

/// How far what was written here has come.
enum class Delivery {
    Private, ///< nobody else is to get it
    KeptHere, ///< committed; the relay does not have all of it
    Sent, ///< the relay has all of it
    Received, ///< every other member has said so
};

/// One of several values that were written without knowledge of each other.
struct KeptValue
{
    QJsonValue value;
    PersonId who;
    qint64 whenMs = 0;
};

/// What a private entry waits for (Journal::share and send with a delay).
struct WaitingMark
{
    bool send = false; ///< else share
    SpaceId space;
    qint64 sinceMs = 0;
};

/// A position of an operation: who wrote what when, for people.
struct Entry
{
    EntryId id;
    SpaceId space;
    QString kind;
    /// The values that are shown, in the JSON types of docs/CLI.md; unset and empty ones are
    /// absent. Ids of entries and persons are hexadecimal.
    QJsonObject fields;
    bool deleted = false;
    PersonId by; ///< who made it
    qint64 atMs = 0; ///< when its maker's clock said
    QList<PersonId> acknowledged;
    /// Of a kind with a list whose lines have fields: each line as `entry show` gives it.
    std::optional<QJsonArray> lines;
    /// Fields whose kept values by different people differ; the one in `fields` is shown till then.
    QMap<QString, QList<KeptValue>> conflicts;
    Delivery delivery = Delivery::Private;
    std::optional<WaitingMark> waiting;
    /// The shared entry that took a private one's place; the private one is closed.
    std::optional<EntryId> sharedAs;

    [[nodiscard]] QString text(QStringView field) const { return fields.value(field).toString(); }
};

struct Member
{
    PersonId id;
    QString name;
    Role role = Role::Peer;
    bool me = false;
    QJsonObject fields = {}; ///< what they say of themselves, as an entry's
};

/// One relationship and the journal it shares, or the private space that only the owner sees.
struct Space
{
    SpaceId id;
    QString name;
    bool isPrivate = false;
    Role role = Role::Peer; ///< one's own
    QList<Member> members;
    QJsonObject fields = {}; ///< what was agreed, as an entry's
    std::optional<qint64> lookedMs = {}; ///< when one last looked at it (Journal::look)
};

/// One change in an entry's history.
struct HistoryItem
{
    Hash operation;
    PersonId who;
    qint64 whenMs = 0;
    QString field; ///< empty for the entry as a whole
    QString change; ///< create, write, add, remove, edit, move, delete, restore, acknowledge
    /// The new value; of a text the whole text as its writer had it.
    QJsonValue value;
};

} // namespace Waymark

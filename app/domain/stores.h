// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"
#include "app/domain/entry.h"

#include <QFuture>
#include <QJsonArray>

namespace Waymark {

// The reading ports. Calls may come from any thread and are answered on the database thread.

struct EntryQuery
{
    std::optional<SpaceId> space;
    QString kind; ///< empty: every kind that is listed (not space, member, order)
    bool withDeleted = false;
    std::optional<EntryId> about; ///< only entries whose `on` or `in` names this one
    int offset = 0;
    int limit = -1; ///< -1: all
    bool newestFirst
        = false; ///< else the order of docs/CLI.md: space, kind, id; items in their own
};

/// A row of a list, read from one covering index.
struct EntryRow
{
    EntryId id;
    SpaceId space;
    QString kind;
    QString title;
    QString status;
    QString due;
    qint64 atMs = 0;
    int progress = -1; ///< 0 to 100, or none
};

class EntryStore
{
public:
    virtual ~EntryStore() = default;
    virtual QFuture<Result<QList<Space>>> spaces() = 0;
    virtual QFuture<Result<QList<Entry>>> list(EntryQuery query) = 0;
    /// An entry, or a space by its id.
    virtual QFuture<Result<Entry>> entry(EntryId id) = 0;
    /// What a member of a space says of themselves; its id is the person's.
    virtual QFuture<Result<Entry>> member(SpaceId space, PersonId person) = 0;
    /// The id that a prefix of its hexadecimal form means: NotFound, Ambiguous.
    virtual QFuture<Result<EntryId>> resolve(QString prefix) = 0;
    virtual QFuture<Result<SpaceId>> resolveSpace(QString prefix) = 0;
    /// The first rows of a list, by group (status) and then newest first.
    virtual QFuture<Result<QList<EntryRow>>> rows(
        SpaceId space, QString kind, int offset, int limit)
        = 0;
    /// Oldest first; also of a space by its id.
    virtual QFuture<Result<QList<HistoryItem>>> history(EntryId id) = 0;
};

struct SearchHit
{
    EntryId id;
    QString kind;
    QString snippet; ///< plain text around the first match
};

struct SearchAnswer
{
    QList<SearchHit> hits;
    int unread = 0; ///< entries changed lately that the index has not taken in
};

class Search
{
public:
    virtual ~Search() = default;
    /// Every word must occur; the last one may be a beginning. Best first, ties newest first.
    virtual QFuture<Result<SearchAnswer>> search(QString query, int limit) = 0;
};

struct VerifyReport
{
    qint64 operations = 0;
    qint64 signaturesChecked = 0;
    QStringList problems; ///< plain sentences without journal text
};

/// One log as stored, for `log show`.
struct LogInfo
{
    SpaceId space;
    Bytes name; ///< 16 bytes device, or 48 for a branch
    PersonId person;
    quint64 seq = 0;
    quint64 lamport = 0;
    Hash head;
    QString stopped; ///< why nothing more of it is taken in; empty while all is well
};

class OperationLog
{
public:
    virtual ~OperationLog() = default;
    virtual QFuture<Result<QList<LogInfo>>> logs() = 0;
    /// Every page, chain and signature; projections are rebuilt in memory and compared.
    virtual QFuture<Result<VerifyReport>> verify() = 0;
    /// Signatures and chains only.
    virtual QFuture<Result<VerifyReport>> check() = 0;
    /// Drops all projections and makes them again from the log. The number of operations applied.
    virtual QFuture<Result<qint64>> rebuild() = 0;
};

} // namespace Waymark

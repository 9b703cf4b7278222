// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/journalstore.h"
#include "tests/support/seededrandom.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

namespace Waymark {

/// A clock that a test moves.
class ManualClock final : public Clock
{
public:
    [[nodiscard]] qint64 nowMs() const override { return now; }
    [[nodiscard]] int offsetMinutes() const override { return 0; }
    qint64 now = 1'790'000'000'000; // in September 2026
};

/// Waits for what runs on the test's own thread, and so is there already.
template <typename T>
T valueOf(const QFuture<Result<T>>& future)
{
    const Result<T> result = future.result();
    if (!result.ok())
        qFatal("%s: %s", codeName(result.error().code), qPrintable(result.error().detail));
    return result.value();
}
inline void succeed(const QFuture<Status>& future)
{
    const Status status = future.result();
    if (!status.ok())
        qFatal("%s: %s", codeName(status.error().code), qPrintable(status.error().detail));
}

/// One person's vault, with everything run at once on the test's thread.
class TestJournal
{
public:
    explicit TestJournal(const QString& name, quint64 seed = 1)
        : random(seed), store(folder.filePath(QStringLiteral("vault")), executor, clock, random)
    {
        valueOf(store.create(name, secret("pass"), true));
    }
    static SharedSecret secret(const char* text)
    {
        return std::make_shared<SecretBytes>(SecretBytes::copyOf(text));
    }

    EntryId add(const SpaceId& space, const char* kind, const QJsonObject& fields)
    {
        return valueOf(store.add(space, QLatin1String(kind), {fields, {}, {}})).id;
    }
    Status set(const EntryId& id, const QJsonObject& fields)
    {
        const Result<Written> written = store.change(id, {fields, {}, {}}).result();
        return written ? Status() : Status(written.error());
    }
    Entry entry(const EntryId& id) { return valueOf(store.entry(id)); }
    QJsonValue field(const EntryId& id, const char* name)
    {
        return entry(id).fields.value(QLatin1String(name));
    }

    QTemporaryDir folder;
    ManualClock clock;
    SeededRandom random;
    InlineExecutor executor;
    JournalStore store;
};

/// Makes a space of `a` and lets `b` in, without relay or handshake.
template <typename A, typename B>
SpaceId pairUp(A& a, B& b, Role roleOfA, Role roleOfB)
{
    const SpaceId space = valueOf(a.store.createSpace(QStringLiteral("Together"), roleOfA));
    SigningKey identity;
    Bytes roster;
    QString name;
    Bytes genesis;
    succeed(b.store.transact([&](SyncTransaction& t) {
        identity = t.own().identity;
        roster = t.own().roster;
        name = t.own().name;
        return Status();
    }));
    succeed(a.store.transact([&](SyncTransaction& t) -> Status {
        auto found = t.genesis(space);
        if (!found)
            return found.error();
        genesis = *found;
        return t.admit(space, identity, roster, roleOfB, name);
    }));
    succeed(b.store.transact([&](SyncTransaction& t) { return t.join(space, genesis); }));
    return space;
}

/// Gives `to` what it lacks of `from`'s own log, in pieces of at most so many bytes.
template <typename A, typename B>
TakenOperations carry(A& from, B& to, const SpaceId& space, qsizetype pieceBytes = 20000)
{
    TakenOperations all;
    for (int applied = 1; applied > 0;) {
        DeviceId device;
        succeed(from.store.transact([&](SyncTransaction& t) {
            device = t.own().device;
            return Status();
        }));
        quint64 have = 0;
        succeed(to.store.transact([&](SyncTransaction& t) -> Status {
            auto heads = t.heads(space);
            if (!heads)
                return heads.error();
            for (const LogHead& head : *heads) {
                if (head.device == device)
                    have = head.seq;
            }
            return {};
        }));
        QList<Bytes> operations;
        succeed(from.store.transact([&](SyncTransaction& t) -> Status {
            auto found = t.operations(space, device, have + 1, pieceBytes);
            if (!found)
                return found.error();
            operations = *found;
            return {};
        }));
        applied = 0;
        if (operations.isEmpty())
            break;
        succeed(to.store.transact([&](SyncTransaction& t) -> Status {
            auto taken = t.take(space, operations);
            if (!taken)
                return taken.error();
            applied = taken->applied;
            all.applied += taken->applied;
            all.waiting = taken->waiting;
            all.stopped += taken->stopped;
            return {};
        }));
    }
    return all;
}

/// What a list shows, without what is only local.
inline QStringList shared(TestJournal& journal, const SpaceId& space)
{
    QStringList out;
    EntryQuery query;
    query.space = space;
    query.withDeleted = true;
    for (const Entry& entry : valueOf(journal.store.list(query))) {
        out.append(
            QStringLiteral("%1 %2 %3 %4 %5")
                .arg(entry.kind, QString::fromLatin1(entry.id.hex()),
                    QString::fromUtf8(QJsonDocument(entry.fields).toJson(QJsonDocument::Compact)),
                    entry.deleted ? QStringLiteral("deleted") : QString(),
                    QString::number(entry.acknowledged.size())));
    }
    return out;
}

inline void verifyClean(TestJournal& journal)
{
    const VerifyReport report = valueOf(journal.store.verify());
    if (!report.problems.isEmpty())
        qFatal("%s", qPrintable(report.problems.join(QLatin1Char('\n'))));
}

/// Both directions. Operations that wait for the other's come in the second round.
inline void level(TestJournal& a, TestJournal& b, const SpaceId& space)
{
    for (int round = 0; round < 2; ++round) {
        carry(a, b, space);
        carry(b, a, space);
    }
}

} // namespace Waymark

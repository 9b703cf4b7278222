// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of JournalStore that is typed into, and the marks that wait.
#include "app/domain/view.h"
#include "storage/journalstore_p.h"

namespace Waymark {

namespace {

constexpr qint64 kRestMs = 10'000;

/// The one edit that turns one text into another.
TextEdit netEdit(const QString& before, const QString& after)
{
    const auto a = before.toUcs4();
    const auto b = after.toUcs4();
    qsizetype start = 0;
    while (start < a.size() && start < b.size() && a[start] == b[start])
        ++start;
    qsizetype end = 0;
    while (end < a.size() - start && end < b.size() - start
        && a[a.size() - 1 - end] == b[b.size() - 1 - end])
        ++end;
    TextEdit out;
    out.position = quint64(start);
    out.removed = quint64(a.size() - start - end);
    for (qsizetype i = start; i < b.size() - end; ++i) {
        const char32_t c = b[i];
        out.inserted += QString::fromUcs4(&c, 1);
    }
    return out;
}

} // namespace

QFuture<Result<TextView>> JournalStore::openText(EntryId id, QString field)
{
    return onDatabase<Result<TextView>>(
        [this, id, field](Connection& connection) -> Result<TextView> {
            JournalTransaction journal = transaction(connection);
            auto text = journal.typedText(id, field);
            if (!text)
                return text.error();
            OpenText& open = m_texts[{id, field}];
            if (open.users++ == 0 || open.text != *text) {
                open.seenNumber = ++open.number;
                open.seenText = open.text = *text;
                open.since.clear();
            }
            return TextView{open.number, open.text};
        });
}

void JournalStore::closeText(EntryId id, QString field)
{
    onDatabase<Status>([this, id, field](Connection&) -> Status {
        const auto open = m_texts.find({id, field});
        if (open != m_texts.end() && --open->second.users <= 0)
            m_texts.erase(open);
        return {};
    });
}

QFuture<Result<quint64>> JournalStore::editText(
    EntryId id, QString field, quint64 number, QList<Utf16Edit> edits)
{
    return onDatabase<Result<quint64>>([this, id, field, number, edits](
                                           Connection& connection) -> Result<quint64> {
        const auto found = m_texts.find({id, field});
        if (found == m_texts.end())
            return Error{ErrorCode::Usage, QStringLiteral("the text is not open")};
        OpenText& open = found->second;
        if (number < open.seenNumber || number > open.number)
            return Error{ErrorCode::Usage, QStringLiteral("made against no text that is known")};
        // The text as it was when the edits were made, then what came since.
        QString text = open.seenText;
        std::vector<TextEdit> since;
        for (const auto& [led, edit] : open.since) {
            if (led <= number)
                text = applyEdits(text, {edit});
            else
                since.push_back(edit);
        }
        const QString made = text;
        QList<TextEdit> carried;
        for (const Utf16Edit& each : edits) {
            if (each.position < 0 || each.removed < 0 || each.position > text.size()
                || each.removed > text.size() - each.position)
                return Error{ErrorCode::Usage, QStringLiteral("it reaches beyond the text")};
            const TextEdit edit = toCodePoints(text, each);
            text = applyEdits(text, {edit});
            carried.append(edit);
        }
        if (!since.empty()) {
            const std::vector<TextEdit> moved = carryEdit(netEdit(made, text), since);
            carried = QList<TextEdit>(moved.begin(), moved.end());
        }
        Status kept = inTransaction<Status>(connection, QStringLiteral("type"),
            [&](JournalTransaction& journal) { return journal.keepTyped(id, field, carried); });
        if (!kept)
            return kept.error();
        open.seenNumber = number;
        open.seenText = made;
        std::erase_if(open.since, [&](const auto& each) { return each.first <= number; });
        for (const TextEdit& each : carried) {
            open.text = applyEdits(open.text, {each});
            open.since.emplace_back(++open.number, each);
        }
        return open.number;
    });
}

void JournalStore::followTexts(const SpaceWork::TextEdits& edits)
{
    for (const auto& [key, changes] : edits) {
        const auto found = m_texts.find({key.first, QString::fromUtf8(key.second)});
        if (found == m_texts.end() || changes.empty())
            continue;
        OpenText& open = found->second;
        const std::vector<Utf16Edit> shown = toUtf16(open.text, changes);
        for (const TextEdit& each : changes) {
            open.text = applyEdits(open.text, {each});
            open.since.emplace_back(++open.number, each);
        }
        Q_EMIT m_notifier.textChanged(key.first, found->first.second,
            QList<Utf16Edit>(shown.begin(), shown.end()), open.number);
    }
}

QFuture<Result<Written>> JournalStore::seal(EntryId id)
{
    return writing<Result<Written>>(
        QStringLiteral("seal"), [id](JournalTransaction& journal) -> Result<Written> {
            auto operation = journal.seal(id);
            if (!operation)
                return operation.error();
            return Written{id, *operation};
        });
}

QFuture<Status> JournalStore::sealAll()
{
    return writing<Status>(
        QStringLiteral("seal"), [](JournalTransaction& journal) { return journal.sealAll(); });
}

// --- marks

QFuture<Status> JournalStore::marking(
    EntryId id, std::optional<SpaceId> target, bool send, const QStringList& only)
{
    return writing<Status>(QStringLiteral("mark"),
        [this, id, target, send, only](JournalTransaction& journal) -> Status {
            auto found = journal.find(id);
            if (!found)
                return found.error();
            journal.touched(id);
            journal.touchedLocal();
            if (!target)
                return journal.connection().run("DELETE FROM mark WHERE eid = ?", id);
            if (found->space->id() != journal.privateSpace())
                return {ErrorCode::Refused, QStringLiteral("it is shared already")};
            if (*target == journal.privateSpace())
                return {ErrorCode::Refused, QStringLiteral("nobody else is there")};
            if (isDeleted(found->space->states(), *found->entry))
                return {ErrorCode::Refused, QStringLiteral("it is deleted: restore it first")};
            if (Status status = journal.checkShare(*found, *target, send, only); !status)
                return status;
            // Where one was not let in yet, the mark waits for that.
            auto space = journal.space(*target);
            if (!space && space.error().code != ErrorCode::Refused)
                return space.error();
            return journal.connection().run("INSERT OR REPLACE INTO mark(eid, send, target, since, "
                                            "chosen) VALUES(?, ?, ?, ?, ?)",
                id, send, *target, m_clock.nowMs(), only.join(u','));
        });
}

QFuture<Status> JournalStore::shareLater(EntryId id, SpaceId space, QStringList only)
{
    return marking(id, space, false, only);
}

QFuture<Status> JournalStore::sendLater(EntryId id, SpaceId space)
{
    return marking(id, space, true);
}

QFuture<Status> JournalStore::look(SpaceId space)
{
    return writing<Status>(
        QStringLiteral("look"), [this, space](JournalTransaction& journal) -> Status {
            auto work = journal.space(space);
            if (!work)
                return work.error();
            journal.touchedLocal();
            journal.touched(space);
            Version version;
            for (const auto& [id, log] : (*work)->logs().logs())
                version.merge(log.version);
            Cbor::Writer out;
            out.array(2 * version.items().size());
            for (const auto& [log, seq] : version.items())
                out.integer(log).integer(qint64(seq));
            return journal.connection().run(
                "INSERT OR REPLACE INTO looked(space, version, at) VALUES(?, ?, ?)", space,
                out.take(), m_clock.nowMs());
        });
}

QFuture<Status> JournalStore::takeBack(EntryId id)
{
    return marking(id, std::nullopt, false);
}

QFuture<Result<int>> JournalStore::carryOut(bool all)
{
    return onDatabase<Result<int>>([this, all](Connection& connection) -> Result<int> {
        struct Due
        {
            EntryId id;
            bool send;
            SpaceId target;
            QStringList only;
        };
        std::vector<Due> due;
        {
            // Shares before sends: what is sent may be about what is shared.
            Statement rows = connection.statement(
                "SELECT eid, send, target, chosen FROM mark WHERE ? OR since <= ? OR since > ? "
                "ORDER BY send, since");
            const qint64 now = m_clock.nowMs();
            // A clock that was set back leaves no mark waiting for ever.
            rows.bindAll(all, now - kRestMs, now + kRestMs);
            while (rows.next())
                due.push_back({rows.id<EntryId>(0), rows.boolean(1), rows.id<SpaceId>(2),
                    rows.text(3).split(u',', Qt::SkipEmptyParts)});
            if (!rows.ok())
                return rows.status().error();
        }
        int count = 0;
        for (const Due& each : due) {
            // Each in a transaction of its own: one that cannot go keeps no other from going.
            const auto done = inTransaction<Result<Written>>(connection,
                each.send ? QStringLiteral("send") : QStringLiteral("share"),
                [&](JournalTransaction& journal) {
                    return each.send ? journal.send(each.id, each.target)
                                     : journal.share(each.id, each.target, each.only);
                });
            if (done)
                ++count;
            else if (done.error().code != ErrorCode::Refused
                && done.error().code != ErrorCode::Usage)
                return done.error();
        }
        return count;
    });
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The reading part of JournalStore.
#include "app/domain/schema.h"
#include "app/domain/value.h"
#include "app/domain/view.h"
#include "storage/entryhistory.h"
#include "storage/journalstore_p.h"
#include "storage/searchindex.h"

namespace Waymark {

namespace {

/// How far one's own log has come to the others of a space.
struct Progress
{
    LogId ownLog = 0;
    bool alone = true;
    quint64 sent = 0;
    quint64 received = 0;
};

Result<Progress> progressOf(SpaceWork& space, const DeviceId& own)
{
    Progress out;
    if (const LogRow* log = space.logs().find(LogName(own)))
        out.ownLog = log->id;
    out.alone = space.states().facts().isPrivate;
    Statement rows = space.logs().connection().statement(
        "SELECT min(sent), min(received) FROM progress WHERE space = ?");
    rows.bindAll(space.logs().space().id);
    if (rows.next() && !rows.isNull(0)) {
        out.sent = quint64(rows.integer(0));
        out.received = quint64(rows.integer(1));
    }
    if (!rows.ok())
        return rows.status().error();
    return out;
}

/// The newest operation of this device on an entry; 0 where there is none.
quint64 newestOwn(const EntryState& entry, LogId own)
{
    quint64 newest = 0;
    for (const Stamp& stamp : entry.history) {
        if (stamp.log == own)
            newest = std::max(newest, stamp.seq);
    }
    return newest;
}

Delivery deliveryOf(SpaceWork& space, EntryState& entry, const Progress& progress)
{
    if (progress.alone)
        return Delivery::Private;
    quint64 newest = newestOwn(entry, progress.ownLog);
    if (newest == 0 && entry.older > 0) {
        space.states().loadHistory(entry);
        newest = newestOwn(entry, progress.ownLog);
    }
    if (newest <= progress.received)
        return Delivery::Received;
    return newest <= progress.sent ? Delivery::Sent : Delivery::KeptHere;
}

/// Private entries show what they name by the name it was shared under.
Status showShared(SpaceWork& space, Entry& entry)
{
    const Kind* kind = findKind(entry.kind.toUtf8());
    for (const Field& field : kind ? kind->fields : std::span<const Field>()) {
        if (field.type != ValueType::Entry && field.type != ValueType::Subject)
            continue;
        const QString name = QLatin1String(field.name);
        const auto id = EntryId::fromHex(entry.fields.value(name).toString().toLatin1());
        EntryState* named = id ? space.states().find(*id) : nullptr;
        if (!named || !named->registers.contains("shared"))
            continue;
        const KeptWrite* write = space.states().shown(named->registers.at("shared"));
        if (const auto shared = write ? sharedEntryOf(write->value) : std::nullopt)
            entry.fields.insert(name, QString::fromLatin1(shared->hex()));
    }
    return space.states().status();
}

Status addMark(Connection& connection, Entry& entry)
{
    Statement row = connection.statement("SELECT send, target, since FROM mark WHERE eid = ?");
    row.bindAll(entry.id);
    if (row.next())
        entry.waiting = WaitingMark{row.boolean(0), row.id<SpaceId>(1), row.integer(2)};
    return row.status();
}

Result<Entry> shownEntry(SpaceWork& space, EntryState& state, const Progress& progress)
{
    Entry out = entryOf(space.states(), state);
    out.delivery = deliveryOf(space, state, progress);
    if (space.states().facts().isPrivate) {
        if (Status status = showShared(space, out); !status)
            return status.error();
        if (Status status = addMark(space.logs().connection(), out); !status)
            return status.error();
    }
    if (Status status = space.states().status(); !status)
        return status.error();
    return out;
}

Result<Entry> foundEntry(
    JournalTransaction& journal, const Result<JournalTransaction::Found>& found)
{
    if (!found)
        return found.error();
    auto progress = progressOf(*found->space, journal.own().device);
    if (!progress)
        return progress.error();
    auto out = shownEntry(*found->space, *found->entry, *progress);
    if (out && out->id.isZero())
        out->id = EntryId{out->space.data};
    return out;
}

/// Space, kind, id; items by their parent's id and then as they stand.
struct SortKey
{
    SpaceId space;
    QString kind;
    EntryId parent;
    quint64 rank = 0;
    EntryId id;

    friend auto operator<=>(const SortKey& a, const SortKey& b)
    {
        return std::tuple(a.space, a.kind.toUtf8().toStdString(), a.parent, a.rank, a.id)
            <=> std::tuple(b.space, b.kind.toUtf8().toStdString(), b.parent, b.rank, b.id);
    }
};

SortKey sortKey(SpaceWork& space, EntryState& state)
{
    SortKey out{space.id(), QString::fromUtf8(state.kind), {}, 0, state.id};
    const Kind* kind = findKind(state.kind);
    const auto place = kind && kind->item ? placeOf(space.states(), state) : std::nullopt;
    EntryState* parent = place ? space.states().find(place->parent) : nullptr;
    if (parent) {
        out.parent = place->parent;
        out.rank = SlotRanks(space.states(), *parent, state.kind).rank(place->slot);
    }
    return out;
}

Result<std::vector<EntryId>> idsOf(Connection& connection, qint64 space, const EntryQuery& query)
{
    // Conditions that are not asked for are left out, so that an index serves the others; what is
    // about one entry is found by that (a + keeps a column from choosing the index).
    Bytes sql = query.about ? "SELECT eid, kind FROM entry WHERE +space = ?1"
                            : "SELECT eid, kind FROM entry WHERE space = ?1";
    if (!query.kind.isEmpty())
        sql += query.about ? " AND +kind = ?2" : " AND kind = ?2";
    if (!query.withDeleted)
        sql += query.about ? " AND +deleted = 0" : " AND deleted = 0";
    if (query.about)
        sql += " AND (parent = ?3 OR about = ?3)";
    Statement rows = connection.statement(sql);
    rows.bind(1, space);
    if (!query.kind.isEmpty())
        rows.bind(2, query.kind); // copied, unlike a view
    if (query.about)
        rows.bind(3, query.about->view());
    std::vector<EntryId> out;
    while (rows.next()) {
        const Kind* kind = findKind(rows.utf8(1));
        if (kind && kind->listed)
            out.push_back(rows.id<EntryId>(0));
    }
    if (!rows.ok())
        return rows.status().error();
    return out;
}

Result<std::vector<std::pair<SortKey, Entry>>> listOf(
    JournalTransaction& journal, const SpaceRow& row, const EntryQuery& query)
{
    auto space = journal.space(row.sid);
    if (!space)
        return space.error();
    auto progress = progressOf(**space, journal.own().device);
    if (!progress)
        return progress.error();
    auto ids = idsOf(journal.connection(), row.id, query);
    if (!ids)
        return ids.error();
    std::vector<std::pair<SortKey, Entry>> out;
    for (const EntryId& id : *ids) {
        EntryState* state = (*space)->states().find(id);
        if (!state || state->refused)
            continue;
        auto entry = shownEntry(**space, *state, *progress);
        if (!entry)
            return entry.error();
        out.emplace_back(sortKey(**space, *state), std::move(*entry));
    }
    return out;
}

Result<Space> spaceOf(JournalTransaction& journal, const SpaceRow& row)
{
    auto space = journal.space(row.sid);
    if (!space)
        return space.error();
    StoredStates& states = (*space)->states();
    const auto fieldsAt = [&](const EntryId& id) {
        EntryState* entry = states.find(id);
        return entry ? entryOf(states, *entry).fields : QJsonObject();
    };
    Space out;
    out.id = row.sid;
    out.isPrivate = row.isPrivate;
    out.fields = fieldsAt(EntryId{});
    const QString name = QStringLiteral("name");
    out.name = out.fields.value(name).toString();
    for (const MemberFacts& each : states.facts().members) {
        const QJsonObject fields = fieldsAt(EntryId{each.person.data});
        Member member{each.person, fields.value(name).toString(), each.role,
            each.person == journal.own().person, fields};
        if (member.me)
            out.role = member.role;
        out.members.append(member);
    }
    std::sort(out.members.begin(), out.members.end(),
        [](const Member& a, const Member& b) { return a.id < b.id; });
    auto looked = journal.connection().oneInteger("SELECT at FROM looked WHERE space = ?", row.sid);
    if (!looked)
        return looked.error();
    out.lookedMs = *looked;
    if (Status status = states.status(); !status)
        return status.error();
    return out;
}

} // namespace

Result<QList<Space>> spacesOf(JournalTransaction& journal)
{
    auto rows = LogStore::spaces(journal.connection());
    if (!rows)
        return rows.error();
    QList<Space> out;
    for (const SpaceRow& row : *rows) {
        auto space = spaceOf(journal, row);
        if (!space)
            return space.error();
        out.append(std::move(*space));
    }
    return out;
}

QFuture<Result<QList<Space>>> JournalStore::spaces()
{
    return onDatabase<Result<QList<Space>>>([this](Connection& connection) {
        JournalTransaction journal = transaction(connection);
        return spacesOf(journal);
    });
}

QFuture<Result<QList<Entry>>> JournalStore::list(EntryQuery query)
{
    return onDatabase<Result<QList<Entry>>>(
        [this, query](Connection& connection) -> Result<QList<Entry>> {
            JournalTransaction journal = transaction(connection);
            auto spaces = LogStore::spaces(connection);
            if (!spaces)
                return spaces.error();
            std::vector<std::pair<SortKey, Entry>> all;
            bool known = !query.space;
            for (const SpaceRow& row : *spaces) {
                if (query.space && row.sid != *query.space)
                    continue;
                known = true;
                auto some = listOf(journal, row, query);
                if (!some)
                    return some.error();
                std::move(some->begin(), some->end(), std::back_inserter(all));
            }
            if (!known)
                return Error{ErrorCode::NotFound, QStringLiteral("space")};
            std::sort(all.begin(), all.end(), [&](const auto& a, const auto& b) {
                if (query.newestFirst && a.second.atMs != b.second.atMs)
                    return a.second.atMs > b.second.atMs;
                return a.first < b.first;
            });
            QList<Entry> out;
            for (qsizetype i = query.offset; i < qsizetype(all.size()); ++i) {
                if (query.limit >= 0 && out.size() >= query.limit)
                    break;
                out.append(std::move(all[std::size_t(i)].second));
            }
            return out;
        });
}

QFuture<Result<Entry>> JournalStore::entry(EntryId id)
{
    return onDatabase<Result<Entry>>([this, id](Connection& connection) -> Result<Entry> {
        JournalTransaction journal = transaction(connection);
        return foundEntry(journal, journal.find(id));
    });
}

QFuture<Result<Entry>> JournalStore::member(SpaceId space, PersonId person)
{
    return onDatabase<Result<Entry>>(
        [this, space, person](Connection& connection) -> Result<Entry> {
            JournalTransaction journal = transaction(connection);
            return foundEntry(journal, journal.member(space, person));
        });
}

QFuture<Result<EntryId>> JournalStore::resolve(QString prefix)
{
    return onDatabase<Result<EntryId>>([prefix](Connection& connection) {
        return resolveEntry(connection, prefix, std::nullopt);
    });
}

QFuture<Result<SpaceId>> JournalStore::resolveSpace(QString prefix)
{
    return onDatabase<Result<SpaceId>>(
        [prefix](Connection& connection) { return Waymark::resolveSpace(connection, prefix); });
}

QFuture<Result<QList<EntryRow>>> JournalStore::rows(
    SpaceId space, QString kind, int offset, int limit)
{
    return onDatabase<Result<QList<EntryRow>>>(
        [space, kind, offset, limit](Connection& connection) -> Result<QList<EntryRow>> {
            auto spaceRow = LogStore::space(connection, space);
            if (!spaceRow)
                return spaceRow.error();
            if (!*spaceRow)
                return Error{ErrorCode::NotFound, QStringLiteral("space")};
            Statement rows = connection.statement(
                "SELECT eid, at, row FROM entry WHERE space = ? AND kind = ? AND deleted = 0 "
                "ORDER BY grp, at DESC LIMIT ? OFFSET ?");
            rows.bindAll((*spaceRow)->id, kind, limit, offset);
            QList<EntryRow> out;
            while (rows.next()) {
                EntryRow row;
                row.id = rows.id<EntryId>(0);
                row.space = space;
                row.kind = kind;
                row.atMs = rows.integer(1);
                Cbor::Reader in(rows.blob(2));
                in.arrayOf(4);
                row.title = in.text(4096);
                row.status = in.text(4096);
                row.due = in.text(4096);
                row.progress = int(in.integer(-1, 100));
                if (!in.finished())
                    return Error{ErrorCode::VaultDatabaseDamaged, QStringLiteral("a list row")};
                out.append(std::move(row));
            }
            if (!rows.ok())
                return rows.status().error();
            return out;
        });
}

QFuture<Result<QList<HistoryItem>>> JournalStore::history(EntryId id)
{
    return onDatabase<Result<QList<HistoryItem>>>(
        [this, id](Connection& connection) -> Result<QList<HistoryItem>> {
            JournalTransaction journal = transaction(connection);
            auto found = journal.find(id);
            if (!found)
                return found.error();
            return EntryHistory(*found->space, *found->entry).items();
        });
}

QFuture<Result<SearchAnswer>> JournalStore::search(QString query, int limit)
{
    return onDatabase<Result<SearchAnswer>>([query, limit](Connection& connection) {
        return SearchIndex(connection).search(query, limit);
    });
}

} // namespace Waymark

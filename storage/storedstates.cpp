// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/storedstates.h"

#include "app/domain/schema.h"
#include "app/domain/value.h"
#include "app/domain/view.h"

namespace Waymark {

namespace {

constexpr qsizetype kMaxRowText = 160;

/// The entry that this one is about: what `in` or `on` shows.
std::optional<EntryId> aboutOf(SpaceStates& states, const EntryState& entry)
{
    const auto found = entry.registers.find("on");
    if (found == entry.registers.end())
        return std::nullopt;
    const KeptWrite* write = states.shown(found->second);
    return write ? idOf<EntryId>(write->value) : std::nullopt;
}

QString shownText(SpaceStates& states, EntryState& entry, const char* name)
{
    const auto field = findField(entry.kind, name);
    return field ? fieldOf(states, entry, *field).toString() : QString();
}

/// The group of a list in which an entry stands.
int groupOf(SpaceStates& states, const EntryState& entry)
{
    static constexpr const char* kOrder[]
        = {"proposed", "active", "open", "paused", "done", "dropped"};
    const auto found = entry.registers.find("status");
    const KeptWrite* write = found == entry.registers.end() ? nullptr : states.shown(found->second);
    const auto status = write ? textOf(write->value) : std::nullopt;
    for (int i = 0; i < int(std::size(kOrder)); ++i) {
        if (status == QLatin1String(kOrder[i]))
            return i;
    }
    return entry.kind == "goal" ? 2 : 0;
}

Bytes encodeRow(SpaceStates& states, EntryState& entry)
{
    Cbor::Writer out;
    QString title = shownText(states, entry, "title");
    if (title.isEmpty())
        title = shownText(states, entry, "body");
    out.array(4).text(QStringView(title).left(kMaxRowText).trimmed());
    for (const char* field : {"status", "due"})
        out.text(QStringView(shownText(states, entry, field)).left(kMaxRowText));
    const auto progress = findField(entry.kind, "progress");
    out.integer(progress ? fieldOf(states, entry, *progress).toInt(-1) : -1);
    return out.take();
}

} // namespace

EntryColumns columnsOf(SpaceStates& states, EntryState& entry)
{
    EntryColumns out;
    out.group = groupOf(states, entry);
    // For lists, refused entries and unknown kinds are as good as deleted.
    out.hidden = entry.refused || !findKind(entry.kind) || isDeleted(states, entry);
    out.conflict = hasConflict(states, entry);
    const auto place = placeOf(states, entry);
    out.parent = place ? std::optional(place->parent) : std::nullopt;
    out.about = aboutOf(states, entry);
    out.row = encodeRow(states, entry);
    return out;
}

StoredStates::StoredStates(LogStore& logs, bool stored) : m_logs(logs), m_stored(stored)
{
    m_facts.id = logs.space().sid;
    m_facts.isPrivate = logs.space().isPrivate;
    m_facts.creator = logs.space().creator;
    if (stored)
        loadFacts();
}

void StoredStates::fail(const Error& error)
{
    if (m_status.ok())
        m_status = error;
}

void StoredStates::loadFacts()
{
    Statement rows
        = m_logs.connection().statement("SELECT person, role, log, seq, lamport, identity, roster, "
                                        "devices FROM member WHERE space = ? "
                                        "ORDER BY lamport, log, seq, rowid");
    rows.bindAll(m_logs.space().id);
    while (rows.next()) {
        MemberFacts member;
        member.person = rows.id<PersonId>(0);
        member.role = roleFromName(rows.text(1)).value_or(Role::Peer);
        member.admitted
            = {LogId(rows.integer(2)), quint64(rows.integer(3)), quint64(rows.integer(4))};
        member.identity = rows.id<SigningKey>(5);
        member.roster = rows.bytes(6);
        const BytesView devices = rows.blob(7);
        for (qsizetype at = 0; at + 16 <= devices.size(); at += 16)
            member.devices.push_back(*DeviceId::fromBytes(devices.sliced(at, 16)));
        m_facts.members.push_back(std::move(member));
    }
    m_savedMembers = m_facts.members.size();
    if (!rows.ok())
        fail(rows.status().error());
}

StoredStates::Loaded* StoredStates::load(const EntryId& id)
{
    const auto known = m_entries.find(id);
    if (known != m_entries.end())
        return known->second.get();
    if (!m_stored)
        return nullptr;
    Statement row
        = m_logs.connection().statement("SELECT id, state FROM entry WHERE eid = ? AND space = ?");
    row.bindAll(id, m_logs.space().id);
    std::unique_ptr<Loaded> loaded;
    if (row.next()) {
        auto state = EntryState::decode(row.blob(1));
        if (state) {
            loaded = std::make_unique<Loaded>();
            loaded->row = row.integer(0);
            loaded->state = std::move(*state);
        } else {
            fail(state.error());
        }
    }
    if (!row.ok())
        fail(row.status().error());
    return m_entries.emplace(id, std::move(loaded)).first->second.get();
}

StoredStates::Loaded& StoredStates::loadedOf(const EntryId& id)
{
    Loaded* loaded = load(id);
    Q_ASSERT(loaded);
    return *loaded;
}

EntryState* StoredStates::find(const EntryId& id)
{
    Loaded* loaded = load(id);
    return loaded ? &loaded->state : nullptr;
}

EntryState& StoredStates::make(const EntryId& id)
{
    auto& place = m_entries[id];
    place = std::make_unique<Loaded>();
    place->state.id = id;
    place->dirty = true;
    return place->state;
}

TextState& StoredStates::text(EntryState& entry, const Bytes& field)
{
    Loaded& loaded = loadedOf(entry.id);
    const auto known = loaded.texts.find(field);
    if (known != loaded.texts.end())
        return known->second;
    TextState state;
    if (loaded.row != 0) {
        Statement row
            = m_logs.connection().statement("SELECT state FROM body WHERE entry = ? AND field = ?");
        row.bind(1, loaded.row).bindText(2, field);
        if (row.next()) {
            auto decoded = TextState::decode(row.blob(0));
            if (decoded)
                state = std::move(*decoded);
            else
                fail(decoded.error());
        }
        if (!row.ok())
            fail(row.status().error());
    }
    return loaded.texts.emplace(field, std::move(state)).first->second;
}

ListState& StoredStates::list(EntryState& entry, const Bytes& list)
{
    Loaded& loaded = loadedOf(entry.id);
    const auto known = loaded.lists.find(list);
    if (known != loaded.lists.end())
        return known->second;
    ListState state;
    if (loaded.row != 0) {
        Statement row = m_logs.connection().statement(
            "SELECT state FROM ordering WHERE entry = ? AND list = ?");
        row.bind(1, loaded.row).bindText(2, list);
        if (row.next()) {
            auto decoded = ListState::decode(row.blob(0));
            if (decoded)
                state = std::move(*decoded);
            else
                fail(decoded.error());
        }
        if (!row.ok())
            fail(row.status().error());
    }
    return loaded.lists.emplace(list, std::move(state)).first->second;
}

void StoredStates::touch(const EntryId& id)
{
    Loaded& loaded = loadedOf(id);
    loaded.dirty = true;
    if (!loaded.state.parents.empty())
        m_touched.insert(id);
}

void StoredStates::touchText(const EntryId& id, const Bytes& field)
{
    touch(id);
    loadedOf(id).dirtyTexts.insert(field);
}

void StoredStates::touchList(const EntryId& id, const Bytes& list)
{
    touch(id);
    loadedOf(id).dirtyLists.insert(list);
}

std::vector<EntryState*> StoredStates::items(const EntryId& parent)
{
    std::set<EntryId> ids;
    if (m_stored) {
        Statement rows
            = m_logs.connection().statement("SELECT eid FROM entry WHERE parent = ? AND space = ?");
        rows.bindAll(parent, m_logs.space().id);
        while (rows.next())
            ids.insert(rows.id<EntryId>(0));
        if (!rows.ok())
            fail(rows.status().error());
    }
    // What is in memory is newer than the table.
    for (const EntryId& id : std::exchange(m_touched, {})) {
        for (const auto& [stamp, place] : loadedOf(id).state.parents)
            m_newItems[place].insert(id);
    }
    if (const auto found = m_newItems.find(parent); found != m_newItems.end())
        ids.insert(found->second.begin(), found->second.end());
    std::vector<EntryState*> out;
    for (const EntryId& id : ids) {
        EntryState* item = find(id);
        const auto place = item ? placeOf(*this, *item) : std::nullopt;
        if (place && place->parent == parent)
            out.push_back(item);
    }
    return out;
}

void StoredStates::loadHistory(EntryState& entry)
{
    if (entry.older == 0)
        return;
    Loaded& loaded = loadedOf(entry.id);
    loaded.chunks = storedHistory(loaded.row);
    if (Status status = entry.putHistoryBack(loaded.chunks); !status)
        fail(status.error());
}

std::vector<Bytes> StoredStates::storedHistory(qint64 row)
{
    Statement rows
        = m_logs.connection().statement("SELECT stamps FROM hist WHERE entry = ? ORDER BY chunk");
    rows.bindAll(row);
    std::vector<Bytes> out;
    while (rows.next())
        out.push_back(rows.bytes(0));
    if (!rows.ok())
        fail(rows.status().error());
    return out;
}

const LogName& StoredStates::name(LogId log)
{
    static const LogName none;
    const LogRow* row = m_logs.find(log);
    return row ? row->name : none;
}

PersonId StoredStates::person(LogId log)
{
    const LogRow* row = m_logs.find(log);
    return row ? row->person : PersonId{};
}

LogId StoredStates::log(const LogName& name)
{
    const LogRow* row = m_logs.find(name);
    return row ? row->id : 0;
}

Hash StoredStates::operationName(const Stamp& stamp)
{
    auto name = m_logs.hashAt(stamp.log, stamp.seq);
    if (!name)
        fail(name.error());
    return name && *name ? **name : Hash();
}

Result<ParsedOperation> StoredStates::operation(const Stamp& stamp)
{
    auto stored = m_logs.read(stamp.log, stamp.seq);
    if (!stored)
        return stored.error();
    return parse(*stored);
}

qint64 StoredStates::rowOf(const EntryId& id)
{
    Loaded* loaded = load(id);
    return loaded ? loaded->row : 0;
}

void StoredStates::forget()
{
    m_entries.clear();
    m_newItems.clear();
    m_touched.clear();
}

qint64 StoredStates::loaded() const
{
    return std::count_if(m_entries.begin(), m_entries.end(),
        [](const auto& each) { return each.second != nullptr; });
}

Result<std::set<EntryId>> StoredStates::save()
{
    std::set<EntryId> concerned;
    for (; m_savedMembers < m_facts.members.size(); ++m_savedMembers) {
        const MemberFacts& each = m_facts.members[m_savedMembers];
        Bytes devices;
        for (const DeviceId& device : each.devices)
            devices.append(device.bytes());
        if (Status status = m_logs.connection().run(
                "INSERT INTO member(space, person, role, log, seq, lamport, identity, roster, "
                "devices) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                m_logs.space().id, each.person, roleName(each.role), qint64(each.admitted.log),
                each.admitted.seq, each.admitted.lamport, each.identity, each.roster, devices);
            !status)
            return status.error();
    }
    for (const auto& [id, loaded] : m_entries) {
        if (loaded && loaded->dirty)
            concerned.insert(id);
    }
    // Changes to an item may bring its parent back, and with it all items; a deletion of a parent
    // takes all of them away.
    std::set<EntryId> saved = concerned;
    std::set<EntryId> deleted;
    const auto noteDeleted = [&](const EntryState& entry) {
        if (entry.life.everDeleted())
            deleted.insert(entry.id);
    };
    for (const EntryId& id : saved) {
        EntryState* entry = find(id);
        noteDeleted(*entry);
        for (const auto& [stamp, parent] : entry->parents) {
            if (EntryState* found = find(parent)) {
                concerned.insert(parent);
                noteDeleted(*found);
            }
        }
    }
    for (const EntryId& id : deleted) {
        saved.insert(id);
        for (EntryState* item : items(id))
            saved.insert(item->id);
    }
    concerned.insert(saved.begin(), saved.end());
    for (const EntryId& id : saved) {
        if (Status status = saveEntry(loadedOf(id)); !status)
            return status.error();
    }
    if (!m_status)
        return m_status.error();
    return concerned;
}

Status StoredStates::visitRows(const std::function<void(const EntryId&, const StoredRow&)>& visit)
{
    Statement row = m_logs.connection().statement(
        "SELECT id, state, grp, deleted, conflict, parent, about, row, eid FROM entry NOT INDEXED "
        "WHERE space = ? ORDER BY id");
    row.bindAll(m_logs.space().id);
    while (row.next()) {
        StoredRow out;
        out.row = row.integer(0);
        out.state = row.bytes(1);
        EntryColumns& columns = out.columns;
        columns.group = int(row.integer(2));
        columns.hidden = row.boolean(3);
        columns.conflict = row.boolean(4);
        if (!row.isNull(5))
            columns.parent = row.id<EntryId>(5);
        if (!row.isNull(6))
            columns.about = row.id<EntryId>(6);
        columns.row = row.bytes(7);
        visit(row.id<EntryId>(8), out);
    }
    return row.status();
}

Bytes StoredStates::storedText(qint64 row, const Bytes& field)
{
    return storedPart("SELECT state FROM body WHERE entry = ? AND field = ?", row, field);
}

Bytes StoredStates::storedList(qint64 row, const Bytes& list)
{
    return storedPart("SELECT state FROM ordering WHERE entry = ? AND list = ?", row, list);
}

Bytes StoredStates::storedPart(const char* sql, qint64 row, const Bytes& name)
{
    Statement found = m_logs.connection().statement(sql);
    found.bind(1, row).bindText(2, name);
    const Bytes out = found.next() ? found.bytes(0) : Bytes();
    if (!found.ok())
        fail(found.status().error());
    return out;
}

Status StoredStates::saveEntry(Loaded& entry)
{
    EntryState& state = entry.state;
    const Kind* kind = findKind(state.kind);
    const bool listed = kind && kind->listed && !state.refused;
    const EntryColumns columns = columnsOf(*this, state);
    const QString kindName = QString::fromUtf8(state.kind);
    const quint64 firstChunk = state.older / EntryState::kHistoryChunk;
    const std::vector<Bytes> chunks = state.takeHistoryChunks();
    Connection& connection = m_logs.connection();
    if (entry.row == 0) {
        if (Status status = connection.run(
                "INSERT INTO entry(space, kind, grp, at, deleted, conflict, eid, parent, about, "
                "row, state) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                m_logs.space().id, kindName, columns.group, state.atMs, columns.hidden,
                columns.conflict, state.id, columns.parent, columns.about, columns.row,
                state.encode());
            !status)
            return status;
        entry.row = connection.lastInsertId();
    } else {
        if (Status status = connection.run(
                "UPDATE entry SET kind = ?, grp = ?, deleted = ?, conflict = ?, parent = ?, "
                "about = ?, row = ?, state = ? WHERE id = ?",
                kindName, columns.group, columns.hidden, columns.conflict, columns.parent,
                columns.about, columns.row, state.encode(), entry.row);
            !status)
            return status;
    }
    if (listed) {
        if (Status status
            = connection.run("INSERT OR IGNORE INTO stale(entry) VALUES(?)", entry.row);
            !status)
            return status;
    }
    if (Status status = saveHistory(entry, firstChunk, chunks); !status)
        return status;
    return saveParts(entry);
}

Status StoredStates::saveHistory(
    const Loaded& entry, quint64 first, const std::vector<Bytes>& chunks)
{
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        const auto number = std::size_t(first) + i;
        if (number < entry.chunks.size() && entry.chunks[number] == chunks[i])
            continue;
        if (Status status = m_logs.connection().run(
                "INSERT OR REPLACE INTO hist(entry, chunk, stamps) VALUES(?, ?, ?)", entry.row,
                qint64(number), chunks[i]);
            !status)
            return status;
    }
    return {};
}

Status StoredStates::saveParts(Loaded& entry)
{
    Connection& connection = m_logs.connection();
    for (const Bytes& field : entry.dirtyTexts) {
        if (Status status
            = connection.run("INSERT OR REPLACE INTO body(entry, field, state) VALUES(?, ?, ?)",
                entry.row, QString::fromUtf8(field), entry.texts.at(field).encode());
            !status)
            return status;
    }
    for (const Bytes& list : entry.dirtyLists) {
        if (Status status
            = connection.run("INSERT OR REPLACE INTO ordering(entry, list, state) VALUES(?, ?, ?)",
                entry.row, QString::fromUtf8(list), entry.lists.at(list).encode());
            !status)
            return status;
    }
    entry.dirtyTexts.clear();
    entry.dirtyLists.clear();
    entry.dirty = false;
    return {};
}

} // namespace Waymark

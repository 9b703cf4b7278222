// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/journaltransaction.h"

#include "app/domain/compose.h"
#include "app/domain/schema.h"
#include "app/domain/value.h"
#include "app/domain/view.h"

namespace Waymark {

namespace {

constexpr qsizetype kShortestId = 4; ///< of a person's, among names

Bytes encodeEdits(const QList<TextEdit>& edits)
{
    Cbor::Writer out;
    out.array(3 * quint64(edits.size()));
    for (const TextEdit& each : edits)
        out.integer(qint64(each.position)).integer(qint64(each.removed)).text(each.inserted);
    return out.take();
}

Result<std::vector<TextEdit>> decodeEdits(BytesView encoded)
{
    Cbor::Reader in(encoded);
    std::vector<TextEdit> out;
    for (quint64 left = in.array(quint64(encoded.size())); in.ok() && left >= 3; left -= 3) {
        TextEdit each;
        each.position = quint64(in.integer(0, kMaxInteger));
        each.removed = quint64(in.integer(0, kMaxInteger));
        each.inserted = in.text(encoded.size());
        out.push_back(std::move(each));
    }
    if (!in.finished())
        return Error{ErrorCode::VaultDatabaseDamaged, QStringLiteral("unsealed edits")};
    return out;
}

} // namespace

Result<EntryId> resolveEntry(
    Connection& connection, const QString& prefix, std::optional<qint64> space)
{
    static constexpr int kHexDigits = 2 * int(EntryId::kSize);
    const Bytes hex = prefix.toLower().toLatin1();
    const bool digits = std::all_of(hex.begin(), hex.end(),
        [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    if (hex.isEmpty() || hex.size() > kHexDigits || !digits)
        return Error{ErrorCode::NotFound, QStringLiteral("no id begins like that")};
    const Bytes low = Bytes::fromHex(hex.leftJustified(kHexDigits, '0'));
    const Bytes high = Bytes::fromHex(hex.leftJustified(kHexDigits, 'f'));
    Statement rows = connection.statement(
        "SELECT eid FROM entry WHERE eid BETWEEN ? AND ? AND kind NOT IN ('space', 'member') AND "
        "(? IS NULL OR space = ?3) LIMIT 2");
    rows.bindAll(low, high, space);
    std::vector<EntryId> found;
    while (rows.next())
        found.push_back(rows.id<EntryId>(0));
    if (!rows.ok())
        return rows.status().error();
    if (found.empty())
        return Error{ErrorCode::NotFound, QStringLiteral("no entry has that id")};
    if (found.size() > 1)
        return Error{ErrorCode::Ambiguous, QStringLiteral("several entries begin like that")};
    return found.front();
}

Result<SpaceId> resolveSpace(Connection& connection, const QString& prefix)
{
    // Also those that one asked to join.
    Statement rows = connection.statement(
        "SELECT sid FROM space UNION SELECT key FROM record WHERE kind = 'joining'");
    std::vector<SpaceId> found;
    while (rows.next()) {
        const auto id = rows.id<SpaceId>(0);
        if (!prefix.isEmpty() && QString::fromLatin1(id.hex()).startsWith(prefix.toLower()))
            found.push_back(id);
    }
    if (!rows.ok())
        return rows.status().error();
    if (found.empty())
        return Error{ErrorCode::NotFound, QStringLiteral("no space has that id")};
    if (found.size() > 1)
        return Error{ErrorCode::Ambiguous, QStringLiteral("several spaces begin like that")};
    return found.front();
}

JournalTransaction::JournalTransaction(Connection& connection, const OwnDevice& own,
    const SpaceId& privateSpace, const Clock& clock, Random& random)
    : m_connection(connection), m_own(own), m_privateSpace(privateSpace), m_clock(clock),
      m_random(random)
{
}

Result<SpaceWork*> JournalTransaction::space(const SpaceId& id)
{
    const auto known = m_spaces.find(id);
    if (known != m_spaces.end())
        return known->second.get();
    auto work = SpaceWork::open(m_connection, id);
    if (work)
        return m_spaces.emplace(id, std::move(*work)).first->second.get();
    if (work.error().code == ErrorCode::NotFound) {
        auto joining = m_connection.oneInteger(
            "SELECT 1 FROM record WHERE kind = 'joining' AND key = ?", id);
        if (!joining)
            return joining.error();
        if (*joining)
            return Error{ErrorCode::Refused, QStringLiteral("not let in yet")};
    }
    return work.error();
}

Result<SpaceWork*> JournalTransaction::makeSpace(const SpaceFacts& facts)
{
    auto work = SpaceWork::make(m_connection, facts);
    if (!work)
        return work.error();
    m_changes.spaces.insert(facts.id);
    return m_spaces.emplace(facts.id, std::move(*work)).first->second.get();
}

Result<SpaceWork*> JournalTransaction::spaceOf(const EntryId& id)
{
    for (const auto& [sid, work] : m_spaces) {
        if (work->states().find(id))
            return work.get();
    }
    auto sid = m_connection.oneBlob(
        "SELECT sid FROM space WHERE id = (SELECT space FROM entry WHERE eid = ?)", id);
    if (!sid)
        return sid.error();
    const auto found = *sid ? SpaceId::fromBytes(**sid) : std::nullopt;
    if (!found)
        return Error{ErrorCode::NotFound, QStringLiteral("no entry has that id")};
    return space(*found);
}

Result<JournalTransaction::Found> JournalTransaction::find(const EntryId& id)
{
    auto work = spaceOf(id);
    EntryId named = id;
    if (!work && work.error().code == ErrorCode::NotFound) {
        // A space's own entry is named alike in all of them.
        auto there = LogStore::space(m_connection, SpaceId{id.data});
        if (there && *there) {
            work = space(SpaceId{id.data});
            named = EntryId{};
        }
    }
    if (!work)
        return work.error();
    EntryState* entry = (*work)->states().find(named);
    if (!entry || entry->refused)
        return Error{ErrorCode::NotFound, QStringLiteral("no entry has that id")};
    return Found{*work, entry};
}

Result<JournalTransaction::Found> JournalTransaction::member(
    const SpaceId& sid, const PersonId& person)
{
    auto work = space(sid);
    if (!work)
        return work.error();
    EntryState* entry = (*work)->states().find(EntryId{person.data});
    if (!entry || !(*work)->states().facts().member(person))
        return Error{ErrorCode::NotFound, QStringLiteral("no member of the space has that id")};
    return Found{*work, entry};
}

Result<PersonId> JournalTransaction::partnerNamed(const QString& name)
{
    auto rows = LogStore::spaces(m_connection);
    if (!rows)
        return rows.error();
    std::set<PersonId> named;
    std::set<PersonId> begins;
    for (const SpaceRow& row : *rows) {
        auto work = space(row.sid);
        if (!work)
            return work.error();
        StoredStates& states = (*work)->states();
        for (const MemberFacts& each : states.facts().members) {
            EntryState* page = states.find(EntryId{each.person.data});
            const auto field = findField("member", "name");
            if (each.person == m_own.person || !page || !field)
                continue;
            if (fieldOf(states, *page, *field).toString() == name)
                named.insert(each.person);
            if (name.size() >= kShortestId
                && QString::fromLatin1(each.person.hex()).startsWith(name))
                begins.insert(each.person);
        }
    }
    const std::set<PersonId>& found = named.empty() ? begins : named;
    if (found.size() > 1)
        return Error{ErrorCode::Ambiguous, QStringLiteral("two people have that name")};
    if (found.empty())
        return Error{ErrorCode::NotFound, QStringLiteral("nobody here has that name")};
    return *found.begin();
}

Result<EntryId> JournalTransaction::resolve(const QString& prefix, const SpaceWork& space)
{
    auto& work = const_cast<SpaceWork&>(space);
    const bool anywhere = work.id() == m_privateSpace;
    // What this transaction made is not in the table yet.
    if (const auto whole = EntryId::fromHex(prefix.toLower().toLatin1())) {
        if (work.states().find(*whole))
            return *whole;
    }
    auto found = resolveEntry(
        m_connection, prefix, anywhere ? std::nullopt : std::optional(work.logs().space().id));
    if (found || anywhere || found.error().code != ErrorCode::NotFound)
        return found;
    // A private entry that became a shared one of this space.
    auto other = resolveEntry(m_connection, prefix, std::nullopt);
    if (!other)
        return found;
    auto home = spaceOf(*other);
    if (!home)
        return found;
    const EntryId shared = sharedName(**home, *other);
    return work.states().find(shared) ? Result<EntryId>(shared)
                                      : Result<EntryId>(Error{ErrorCode::Refused,
                                          QStringLiteral("it names an entry of another space")});
}

EntryId JournalTransaction::sharedName(SpaceWork& from, const EntryId& id)
{
    EntryState* entry = from.states().find(id);
    return entry ? sharedAs(from, *entry).value_or(id) : id;
}

std::optional<EntryId> JournalTransaction::sharedAs(SpaceWork& space, const EntryState& entry) const
{
    // Elsewhere the register means nothing, whoever wrote it.
    const auto found = entry.registers.find("shared");
    if (space.id() != m_privateSpace || found == entry.registers.end())
        return std::nullopt;
    const KeptWrite* write = space.states().shown(found->second);
    return write ? sharedEntryOf(write->value) : std::nullopt;
}

Composer JournalTransaction::composer(SpaceWork& space)
{
    return Composer(space.states(), LogName(m_own.device), m_own.person, m_random,
        {[this, &space](const QString& prefix) { return resolve(prefix, space); },
            [this](const QString& name) { return partnerNamed(name); },
            [this](const QString& prefix) { return resolveSpace(m_connection, prefix); },
            [this](const EntryId& id, const char* name) -> QJsonValue {
                auto found = find(id);
                const Bytes bytes(name);
                const auto field = found ? findField(found->entry->kind, bytes) : std::nullopt;
                return field ? fieldOf(found->space->states(), *found->entry, *field)
                             : QJsonValue();
            }});
}

Result<std::optional<Hash>> JournalTransaction::write(SpaceWork& space, Composer& composer)
{
    std::vector<Part> parts = composer.take();
    if (parts.empty())
        return std::optional<Hash>();
    auto name = space.write(std::move(parts), m_own, m_clock);
    if (!name)
        return name.error();
    m_written.append(*name);
    return std::optional(*name);
}

Status JournalTransaction::keepTyped(
    const EntryId& id, const QString& field, const QList<TextEdit>& edits)
{
    auto found = find(id);
    if (!found)
        return found.error();
    const Bytes name = field.toUtf8();
    const auto known = findField(found->entry->kind, name);
    if (!known || known->merge != Merge::Text)
        return {ErrorCode::Usage, QStringLiteral("that field is not typed into")};
    if (sharedAs(*found->space, *found->entry))
        return {ErrorCode::Refused, QStringLiteral("it was shared: change the shared one instead")};
    if (isDeleted(found->space->states(), *found->entry))
        return {ErrorCode::Refused, QStringLiteral("it is deleted: restore it first")};
    const Part part{{}, id, found->entry->kind, {EditText{name, {}}}};
    if (Status status = found->space->mayWrite({part}, m_own); !status)
        return status;
    auto stored
        = m_connection.oneBlob("SELECT edits FROM unsealed WHERE eid = ? AND field = ?", id, field);
    if (!stored)
        return stored.error();
    std::vector<TextEdit> all;
    if (*stored) {
        auto earlier = decodeEdits(**stored);
        if (!earlier)
            return earlier.error();
        all = std::move(*earlier);
    }
    for (const TextEdit& each : edits)
        appendEdit(all, each);
    m_changes.local = true;
    return m_connection.run(
        "INSERT OR REPLACE INTO unsealed(eid, space, field, edits) VALUES(?, ?, ?, ?)", id,
        found->space->logs().space().id, field,
        encodeEdits(QList<TextEdit>(all.begin(), all.end())));
}

Result<QString> JournalTransaction::typedText(const EntryId& id, const QString& field)
{
    auto found = find(id);
    if (!found)
        return found.error();
    const Bytes name = field.toUtf8();
    const auto known = findField(found->entry->kind, name);
    if (!known || known->merge != Merge::Text)
        return Error{ErrorCode::Usage, QStringLiteral("that field is not typed into")};
    const QString text = fieldOf(found->space->states(), *found->entry, *known).toString();
    auto stored
        = m_connection.oneBlob("SELECT edits FROM unsealed WHERE eid = ? AND field = ?", id, field);
    if (!stored)
        return stored.error();
    if (!*stored)
        return text;
    auto edits = decodeEdits(**stored);
    if (!edits)
        return edits.error();
    return applyEdits(text, *edits);
}

Result<bool> JournalTransaction::isTyped(const EntryId& id)
{
    auto there = m_connection.oneInteger("SELECT 1 FROM unsealed WHERE eid = ?", id);
    if (!there)
        return there.error();
    return there->has_value();
}

Result<std::optional<Hash>> JournalTransaction::seal(const EntryId& id)
{
    std::vector<std::pair<Bytes, std::vector<TextEdit>>> fields;
    {
        Statement rows = m_connection.statement("SELECT field, edits FROM unsealed WHERE eid = ?");
        rows.bindAll(id);
        while (rows.next()) {
            auto edits = decodeEdits(rows.blob(1));
            if (!edits)
                return edits.error();
            fields.emplace_back(rows.text(0).toUtf8(), std::move(*edits));
        }
        if (!rows.ok())
            return rows.status().error();
    }
    if (fields.empty())
        return std::optional<Hash>();
    auto found = find(id);
    if (!found)
        return found.error();
    Composer parts = composer(*found->space);
    const LogName self(m_own.device);
    for (const auto& [field, edits] : fields) {
        const bool has
            = std::binary_search(found->entry->texts.begin(), found->entry->texts.end(), field);
        TextDocument scratch
            = has ? found->space->states().text(*found->entry, field).document : TextDocument();
        TextChange all;
        for (const TextEdit& each : edits) {
            auto change = scratch.makeEdit(each, self);
            if (!change)
                return change.error();
            if (Status applied = scratch.apply(*change, self); !applied)
                return applied.error();
            all.append(std::move(*change), self);
        }
        if (!all.isEmpty())
            parts.edit(*found->entry, field, all);
    }
    std::vector<Part> made = parts.take();
    std::optional<Hash> operation;
    if (!made.empty()) {
        if (Status status = found->space->mayWrite(made, m_own); !status)
            return status.error();
        // Who typed sees it already: editors are not told of their own words.
        SpaceWork::TextEdits earlier = found->space->takeTextEdits();
        auto written = found->space->write(std::move(made), m_own, m_clock);
        found->space->setTextEdits(std::move(earlier));
        if (!written)
            return written.error();
        m_written.append(*written);
        operation = *written;
    }
    if (Status status = m_connection.run("DELETE FROM unsealed WHERE eid = ?", id); !status)
        return status.error();
    return operation;
}

Status JournalTransaction::sealIfAllowed(const EntryId& id)
{
    const auto sealed = seal(id);
    if (sealed)
        return {};
    const ErrorCode code = sealed.error().code;
    if (code != ErrorCode::Refused && code != ErrorCode::TooLarge && code != ErrorCode::Usage)
        return sealed.error();
    return {}; // it stays where it is: neither lost nor in the way of all else
}

Status JournalTransaction::sealAll()
{
    std::set<EntryId> ids;
    {
        Statement rows = m_connection.statement("SELECT DISTINCT eid FROM unsealed");
        while (rows.next())
            ids.insert(rows.id<EntryId>(0));
        if (!rows.ok())
            return rows.status();
    }
    for (const EntryId& id : ids) {
        if (Status status = sealIfAllowed(id); !status)
            return status;
    }
    return {};
}

Status JournalTransaction::checkShare(
    const Found& found, const SpaceId& target, bool send, const QStringList& only)
{
    const Kind* kind = findKind(found.entry->kind);
    const auto reader = kind && send ? kind->find("for") : std::nullopt;
    const QJsonValue meant
        = reader ? fieldOf(found.space->states(), *found.entry, *reader) : QJsonValue();
    if (meant.isString() && meant.toString() != QString::fromLatin1(target.hex()))
        return {ErrorCode::Usage, QStringLiteral("for: it was written for another space")};
    if (kind && !only.isEmpty() && kind->find("shared"))
        return {ErrorCode::Usage,
            QStringLiteral("fields are chosen of what is copied; a %1 goes whole")
                .arg(QLatin1String(kind->name))};
    for (const QString& each : only) {
        const Bytes name = each.toUtf8();
        const auto field = kind ? kind->find(name) : std::nullopt;
        if (!field || !field->isSettable() || field->privateOnly)
            return {ErrorCode::Usage,
                QStringLiteral("%1 has no field %2 to share")
                    .arg(QString::fromUtf8(found.entry->kind), each)};
    }
    return {};
}

Result<Written> JournalTransaction::share(
    const EntryId& id, const SpaceId& target, const QStringList& only)
{
    auto found = find(id);
    if (!found)
        return found.error();
    SpaceWork& from = *found->space;
    EntryState& original = *found->entry;
    if (from.id() != m_privateSpace || target == m_privateSpace)
        return Error{
            ErrorCode::Refused, QStringLiteral("what is shared goes from the private space")};
    if (isDeleted(from.states(), original))
        return Error{ErrorCode::Refused, QStringLiteral("it is deleted")};
    if (sharedName(from, id) != id)
        return Error{ErrorCode::Refused, QStringLiteral("it is shared already")};
    const Kind* kind = findKind(original.kind);
    if (!kind || !kind->listed || kind->rules == RuleSet::Note)
        return Error{ErrorCode::Refused, QStringLiteral("that stays in the private space")};
    if (kind->item || kind->draft)
        return Error{ErrorCode::Refused,
            kind->draft ? QStringLiteral("a draft is sent, not shared")
                        : QStringLiteral("it goes along with its goal")};
    if (Status status = checkShare(*found, target, false, only); !status)
        return status.error();
    if (auto sealed = seal(id); !sealed)
        return sealed.error();
    auto to = space(target);
    if (!to)
        return to.error();
    Composer there = composer(**to);
    const auto names = [&](const EntryId& named) -> std::optional<EntryId> {
        const EntryId shared = sharedName(from, named);
        return (*to)->states().find(shared) ? std::optional(shared) : std::nullopt;
    };
    auto made = there.copy(from.states(), original, names, std::nullopt, only);
    if (!made)
        return made.error();
    const bool closes = kind->find("shared").has_value();
    Composer here = composer(from);
    if (closes)
        here.close(original, target, *made);
    else if (kind->find("copies"))
        here.noteCopy(original, target, *made);
    for (const char* list : {"milestone", "action"}) {
        for (EntryState* item :
            closes ? itemsOf(from.states(), original, list) : std::vector<EntryState*>()) {
            if (isDeleted(from.states(), *item))
                continue;
            auto copied = there.copy(from.states(), *item, names, *made);
            if (!copied)
                return copied.error();
            here.close(*item, target, *copied);
        }
    }
    auto operation = write(**to, there);
    if (!operation)
        return operation.error();
    if (auto closed = write(from, here); !closed)
        return closed.error();
    if (Status status = m_connection.run("DELETE FROM mark WHERE eid = ?", id); !status)
        return status.error();
    return Written{*made, *operation};
}

Result<Written> JournalTransaction::send(const EntryId& id, const SpaceId& target)
{
    auto found = find(id);
    if (!found)
        return found.error();
    SpaceWork& from = *found->space;
    const Kind* kind = findKind(found->entry->kind);
    if (from.id() != m_privateSpace || target == m_privateSpace)
        return Error{ErrorCode::Refused, QStringLiteral("a draft is sent from the private space")};
    if (!kind || !kind->draft)
        return Error{ErrorCode::Refused, QStringLiteral("only feedback and messages are sent")};
    if (isDeleted(from.states(), *found->entry))
        return Error{ErrorCode::Refused, QStringLiteral("it is deleted")};
    if (Status status = checkShare(*found, target, true, {}); !status)
        return status.error();
    if (auto sealed = seal(id); !sealed)
        return sealed.error();
    auto to = space(target);
    if (!to)
        return to.error();
    Composer there = composer(**to);
    const auto names = [&](const EntryId& named) -> std::optional<EntryId> {
        auto home = spaceOf(named);
        const EntryId shared = home ? sharedName(**home, named) : named;
        return (*to)->states().find(shared) ? std::optional(shared) : std::nullopt;
    };
    auto made = there.copy(from.states(), *found->entry, names, std::nullopt);
    if (!made)
        return made.error();
    auto operation = write(**to, there);
    if (!operation)
        return operation.error();
    Composer here = composer(from);
    if (Status status = here.remove(*found->entry); !status)
        return status.error();
    if (auto removed = write(from, here); !removed)
        return removed.error();
    if (Status status = m_connection.run("DELETE FROM mark WHERE eid = ?", id); !status)
        return status.error();
    return Written{*made, *operation};
}

Status JournalTransaction::finish()
{
    for (auto& [id, work] : m_spaces) {
        auto changed = work->save();
        if (!changed)
            return changed.error();
        for (const EntryId& each : *changed) {
            m_changes.entries.insert(each);
            if (each.isZero() || work->states().facts().member(PersonId{each.data}))
                m_changes.spaces.insert(id);
        }
    }
    return {};
}

SpaceWork::TextEdits JournalTransaction::takeTextEdits()
{
    SpaceWork::TextEdits all;
    for (auto& [id, work] : m_spaces)
        all.merge(work->takeTextEdits());
    return all;
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/compose.h"

#include "app/domain/schema.h"
#include "app/domain/value.h"
#include "app/domain/view.h"
#include "sync/crdt/listdiff.h"

#include <QJsonArray>

namespace Waymark {

namespace {

bool hasName(const std::vector<Bytes>& names, const Bytes& name)
{
    return std::binary_search(names.begin(), names.end(), name);
}

/// The elements of a set, encoded, with the operations that added them.
const std::map<Bytes, std::vector<Stamp>>& elementsOf(const EntryState* entry, const Bytes& field)
{
    static const std::map<Bytes, std::vector<Stamp>> none;
    const auto found = entry ? entry->sets.find(field) : decltype(entry->sets.end()){};
    return entry && found != entry->sets.end() ? found->second : none;
}

Error usage(const Field& field, const char* what)
{
    return {ErrorCode::Usage,
        QStringLiteral("%1: %2").arg(QLatin1String(field.name), QLatin1String(what))};
}

/// An array of strings; null and an empty string stand for an empty one.
Result<QStringList> stringsOf(const Field& field, const QJsonValue& value)
{
    QStringList out;
    if (value.isNull() || (value.isString() && value.toString().isEmpty()))
        return out;
    if (!value.isArray())
        return usage(field, "a list of texts is expected");
    for (const QJsonValue& each : value.toArray()) {
        if (!each.isString() || each.toString().isEmpty())
            return usage(field, "a list of texts is expected");
        out.append(each.toString());
    }
    return out;
}

} // namespace

Composer::Composer(
    SpaceStates& states, LogName self, PersonId me, Random& random, EntryFinder finder)
    : m_states(states), m_self(std::move(self)), m_me(me), m_random(random),
      m_finder(std::move(finder))
{
}

std::vector<Part> Composer::take()
{
    std::vector<Part> out;
    // Orders first: what stands in them names their slots.
    for (const bool orders : {true, false}) {
        for (Part& each : m_parts) {
            if ((each.kind == "order") == orders && !each.changes.empty())
                out.push_back(std::move(each));
        }
    }
    m_parts.clear();
    return out;
}

Part& Composer::part(const EntryId& entry, const Bytes& kind)
{
    for (Part& each : m_parts) {
        if (each.entry == entry && each.kind == kind)
            return each;
    }
    return m_parts.emplace_back(Part{m_random.id<Part::Salt>(), entry, kind, {}});
}

Part& Composer::creatingPart(const Kind& kind)
{
    Part made{m_random.id<Part::Salt>(), {}, kind.name, {CreateEntry{}}};
    made.entry = entryIdOf(m_states.facts().id, m_self.device(), markOf(made.salt));
    return m_parts.emplace_back(std::move(made));
}

Result<EntryId> Composer::add(const Kind& kind, const EntryChange& change)
{
    Part& made = creatingPart(kind);
    for (auto it = change.set.begin(); it != change.set.end(); ++it) {
        const Field* field = kind.find(it.key().toUtf8());
        if (!field || field->internal)
            return Error{ErrorCode::Usage,
                QStringLiteral("%1 has no field %2").arg(QLatin1String(kind.name), it.key())};
        if (Status status = setField(made, nullptr, kind, *field, it.value()); !status)
            return status.error();
    }
    for (auto it = change.add.begin(); it != change.add.end(); ++it) {
        const Field* field = kind.find(it.key().toUtf8());
        if (!field || field->internal || change.set.contains(it.key()))
            return Error{ErrorCode::Usage,
                QStringLiteral("%1 has no field %2 to add to")
                    .arg(QLatin1String(kind.name), it.key())};
        if (Status status = addTo(made, nullptr, *field, it.value()); !status)
            return status.error();
    }
    if (kind.draft && !change.set.contains(QStringLiteral("body")))
        return Error{ErrorCode::Usage, QStringLiteral("body: it is empty")};
    return made.entry;
}

Status Composer::change(EntryState& entry, const EntryChange& change)
{
    const Kind* kind = findKind(entry.kind);
    if (!kind)
        return {ErrorCode::Refused, QStringLiteral("a newer version made this entry")};
    Part& to = part(entry.id, entry.kind);
    const auto fieldOfName = [&](const QString& name) -> Result<const Field*> {
        const Field* field = kind->find(name.toUtf8());
        if (!field || field->internal)
            return Error{ErrorCode::Usage,
                QStringLiteral("%1 has no field %2").arg(QLatin1String(kind->name), name)};
        return field;
    };
    for (auto it = change.set.begin(); it != change.set.end(); ++it) {
        auto field = fieldOfName(it.key());
        if (!field)
            return field.error();
        if (change.add.contains(it.key()) || change.remove.contains(it.key()))
            return usage(**field, "set it, or add to it and remove from it, not both at once");
        if (Status status = setField(to, &entry, *kind, **field, it.value()); !status)
            return status;
    }
    for (auto it = change.remove.begin(); it != change.remove.end(); ++it) {
        auto field = fieldOfName(it.key());
        if (!field)
            return field.error();
        if (Status status = removeFrom(to, &entry, **field, it.value()); !status)
            return status;
    }
    for (auto it = change.add.begin(); it != change.add.end(); ++it) {
        auto field = fieldOfName(it.key());
        if (!field)
            return field.error();
        if (Status status = addTo(to, &entry, **field, it.value()); !status)
            return status;
    }
    return {};
}

Status Composer::remove(EntryState& entry)
{
    part(entry.id, entry.kind).changes.push_back(DeleteEntry{});
    return {};
}

Status Composer::restore(EntryState& entry)
{
    part(entry.id, entry.kind).changes.push_back(RestoreEntry{});
    return {};
}

Status Composer::acknowledge(EntryState& entry)
{
    const Kind* kind = findKind(entry.kind);
    const Field* field = kind ? kind->find("acknowledged") : nullptr;
    if (!field)
        return {ErrorCode::Refused, QStringLiteral("only feedback and messages are acknowledged")};
    const Bytes self = idValue(m_me.view());
    if (!elementsOf(&entry, "acknowledged").contains(self))
        part(entry.id, entry.kind).changes.push_back(AddToSet{"acknowledged", self});
    return {};
}

Status Composer::move(EntryState& item, const ItemPlace& place)
{
    const auto here = placeOf(m_states, item);
    const Kind* kind = findKind(item.kind);
    if (!here || !kind || !kind->item)
        return {
            ErrorCode::Refused, QStringLiteral("only what stands in a goal or session is moved")};
    EntryState* parent = m_states.find(here->parent);
    if (!parent)
        return {ErrorCode::NotFound, QStringLiteral("parent")};
    std::vector<EntryState*> siblings = itemsOf(m_states, *parent, item.kind);
    std::erase_if(siblings,
        [&](EntryState* each) { return each->id != item.id && isDeleted(m_states, *each); });
    const auto self = std::find(siblings.begin(), siblings.end(), &item);
    const SlotRanks ranks(m_states, *parent, item.kind);
    const auto rankOf
        = [&](EntryState* each) { return ranks.rank(placeOf(m_states, *each)->slot); };
    quint64 index = 0;
    if (place.where == ItemPlace::Where::First || place.where == ItemPlace::Where::Last) {
        EntryState* edge
            = place.where == ItemPlace::Where::First ? siblings.front() : siblings.back();
        if (edge == &item)
            return {};
        index = place.where == ItemPlace::Where::First ? rankOf(edge) : rankOf(edge) + 1;
    } else {
        const auto sibling = std::find_if(siblings.begin(), siblings.end(),
            [&](EntryState* each) { return each->id == place.sibling; });
        if (sibling == siblings.end())
            return {ErrorCode::Refused, QStringLiteral("it stands somewhere else")};
        if (*sibling == &item)
            return {ErrorCode::Usage, QStringLiteral("nothing stands before or after itself")};
        const bool after = place.where == ItemPlace::Where::After;
        if (after ? sibling + 1 == self : self + 1 == sibling)
            return {}; // it stands there
        index = rankOf(*sibling) + (after ? 1 : 0);
    }
    const ElementId slot = slotAt(parent->id, item.kind, index);
    part(item.id, item.kind).changes.push_back(WriteRegister{"in", parentValue(parent->id, slot)});
    return {};
}

void Composer::edit(EntryState& entry, const Bytes& field, const TextChange& runs)
{
    part(entry.id, entry.kind).changes.push_back(EditText{field, encode(runs, m_self)});
}

void Composer::close(EntryState& entry, const SpaceId& space, const EntryId& shared)
{
    part(entry.id, entry.kind)
        .changes.push_back(WriteRegister{"shared", sharedValue(space, shared)});
}

Result<EntryId> Composer::copy(SpaceStates& from, EntryState& original, const NameMap& names,
    const std::optional<EntryId>& parent)
{
    const Kind* kind = findKind(original.kind);
    if (!kind)
        return Error{ErrorCode::Refused, QStringLiteral("a newer version made this entry")};
    EntryChange content;
    Part& made = creatingPart(*kind);
    for (const Field& field : kind->fields) {
        if (field.internal || field.type == ValueType::Parent)
            continue;
        QJsonValue value = fieldOf(from, original, field);
        if (value.isNull())
            continue;
        if (field.type == ValueType::Quote) {
            // The characters are the other space's; the words are found again where they stand.
            value = fieldOf(from, original, field);
        } else if (field.type == ValueType::Entry) {
            const auto id = EntryId::fromHex(value.toString().toLatin1());
            const auto mapped = id ? names(*id) : std::nullopt;
            if (!mapped)
                return Error{ErrorCode::Refused,
                    QStringLiteral("what it is about is only yours: share that first")};
            value = QString::fromLatin1(mapped->hex());
        }
        if (Status status = setField(made, nullptr, *kind, field, value); !status)
            return status.error();
    }
    if (parent) {
        const ElementId slot = slotAtEnd(*parent, kind->name);
        made.changes.push_back(WriteRegister{"in", parentValue(*parent, slot)});
    }
    return made.entry;
}

Status Composer::setField(
    Part& to, EntryState* entry, const Kind& kind, const Field& field, const QJsonValue& value)
{
    Q_UNUSED(kind)
    switch (field.merge) {
    case Merge::Text:
        if (!value.isString() && !value.isNull())
            return usage(field, "text is expected");
        return setText(to, entry, field, value.toString());
    case Merge::Set:
    case Merge::List: {
        auto wanted = stringsOf(field, value);
        if (!wanted)
            return wanted.error();
        return field.merge == Merge::Set ? setSet(to, entry, field, *wanted)
                                         : setList(to, entry, field, *wanted);
    }
    case Merge::Register:
        break;
    }
    if (field.type == ValueType::Parent)
        return setParent(to, entry, value);
    return setRegister(to, entry, field, value);
}

Result<Bytes> Composer::encoded(const Field& field, const QJsonValue& value)
{
    const QString text = value.toString();
    if (field.type == ValueType::Entry && !text.isEmpty()) {
        auto id = m_finder(text);
        if (!id)
            return id.error();
        return idValue(id->view());
    }
    if (field.type == ValueType::Person && !text.isEmpty()) {
        auto person = personNamed(text);
        if (!person)
            return person.error();
        return idValue(person->view());
    }
    return valueFromJson(field, value);
}

Result<PersonId> Composer::personNamed(const QString& name) const
{
    if (name == QStringLiteral("me"))
        return m_me;
    std::optional<PersonId> found;
    for (const MemberFacts& member : m_states.facts().members) {
        if (QString::fromLatin1(member.person.hex()).startsWith(name) && name.size() >= 4)
            return member.person;
        EntryState* page = m_states.find(EntryId{member.person.data});
        const auto named = page ? page->registers.find("name") : EntryState::Registers::iterator();
        const KeptWrite* write
            = page && named != page->registers.end() ? m_states.shown(named->second) : nullptr;
        if (!write || textOf(write->value) != name)
            continue;
        if (found)
            return Error{ErrorCode::Ambiguous, QStringLiteral("two members have that name")};
        found = member.person;
    }
    if (found)
        return *found;
    return Error{ErrorCode::NotFound, QStringLiteral("no member of the space has that name")};
}

Status Composer::setRegister(
    Part& to, EntryState* entry, const Field& field, const QJsonValue& value)
{
    Bytes bytes;
    if (field.type == ValueType::Quote && !value.toString().isEmpty()) {
        bytes = quoteValue(to, entry, value.toString());
    } else {
        auto made = encoded(field, value);
        if (!made)
            return made.error();
        bytes = std::move(*made);
    }
    const auto* writes = entry && entry->registers.contains(field.name)
        ? &entry->registers.at(field.name)
        : nullptr;
    const KeptWrite* now = writes ? m_states.shown(*writes) : nullptr;
    const bool same = now ? now->value == bytes : bytes == nullValue();
    const bool settled = !writes
        || std::all_of(writes->begin(), writes->end(),
            [&](const KeptWrite& each) { return each.value == now->value; });
    if (!same || !settled)
        to.changes.push_back(WriteRegister{field.name, bytes});
    return {};
}

Status Composer::setParent(Part& to, EntryState* entry, const QJsonValue& value)
{
    const auto here = entry ? placeOf(m_states, *entry) : std::nullopt;
    if (!value.isNull() && !value.isString())
        return usage(*findField(to.kind, "in"), "an id is expected");
    if (value.toString().isEmpty()) {
        if (here)
            to.changes.push_back(WriteRegister{"in", nullValue()});
        return {};
    }
    auto id = m_finder(value.toString());
    if (!id)
        return id.error();
    if (here && here->parent == *id)
        return {};
    EntryState* parent = m_states.find(*id);
    if (!parent || (parent->kind != "goal" && parent->kind != "session"))
        return {ErrorCode::Refused,
            QStringLiteral("in: a goal or session of the same space is expected")};
    const ElementId slot = slotAtEnd(*id, to.kind);
    to.changes.push_back(WriteRegister{"in", parentValue(*id, slot)});
    return {};
}

Status Composer::setSet(Part& to, EntryState* entry, const Field& field, const QStringList& wanted)
{
    std::set<Bytes> now;
    std::set<Bytes> then;
    for (const auto& [element, adds] : elementsOf(entry, field.name))
        now.insert(element);
    for (const QString& each : wanted)
        then.insert(textValue(each));
    for (const Bytes& each : now) {
        if (!then.contains(each))
            to.changes.push_back(RemoveFromSet{field.name, each});
    }
    for (const Bytes& each : then) {
        if (!now.contains(each))
            to.changes.push_back(AddToSet{field.name, each});
    }
    return {};
}

Status Composer::setList(Part& to, EntryState* entry, const Field& field, const QStringList& wanted)
{
    const std::vector<ListLine> lines
        = entry ? linesOf(m_states, *entry, field.name) : std::vector<ListLine>();
    QStringList now;
    for (const ListLine& line : lines)
        now.append(line.value);
    if (now == wanted)
        return {};
    const auto found = diffLists(now, wanted);
    if (!found)
        return found.error();
    const ListDiff& diff = *found;
    // Slots of kept lines, so that what is new stands between its neighbours.
    std::optional<SlotRanks> ranks;
    if (entry)
        ranks.emplace(m_states, *entry, field.name);
    const EntryId id = to.entry;
    Sequence& sequence = listNow(id, field.name);
    std::optional<ElementId> previous; // the slot of the line before
    const auto newSlot = [&] {
        const quint64 index
            = previous ? sequence.positionOf(*previous)->visibleBefore + 1 : quint64(0);
        previous = slotAt(id, field.name, index);
        return *previous;
    };
    for (const auto& removed : diff.removed)
        to.changes.push_back(RemoveLine{field.name, lines[std::size_t(removed)].name});
    for (std::size_t i = 0; i < diff.places.size(); ++i) {
        const ListDiff::Place& place = diff.places[i];
        switch (place.kind) {
        case ListDiff::Place::Kind::Keep: {
            const ListLine& line = lines[std::size_t(place.oldIndex)];
            ElementId slot = line.name;
            if (const KeptWrite* moved = m_states.shown(entry->lines[field.name][line.name].slot)) {
                if (const auto there = parentOf(moved->value))
                    slot = there->slot;
            }
            previous = slot;
            break;
        }
        case ListDiff::Place::Kind::Move:
            to.changes.push_back(WriteLine{field.name, lines[std::size_t(place.oldIndex)].name,
                "slot", parentValue(id, newSlot())});
            break;
        case ListDiff::Place::Kind::Insert:
            to.changes.push_back(
                WriteLine{field.name, newSlot(), "value", textValue(wanted[qsizetype(i)])});
            break;
        }
    }
    return {};
}

Status Composer::setText(Part& to, EntryState* entry, const Field& field, const QString& text)
{
    TextDocument empty;
    const TextDocument& document = entry && hasName(entry->texts, field.name)
        ? m_states.text(*entry, field.name).document
        : empty;
    auto change = document.makeDiff(text, m_self);
    if (!change)
        return change.error();
    if (!change->isEmpty())
        to.changes.push_back(EditText{field.name, encode(*change, m_self)});
    return {};
}

Status Composer::addTo(Part& to, EntryState* entry, const Field& field, const QStringList& values)
{
    if (field.merge == Merge::Set) {
        for (const QString& each : values) {
            const Bytes element = textValue(each);
            if (each.isEmpty())
                return usage(field, "an empty text cannot be added");
            if (!elementsOf(entry, field.name).contains(element))
                to.changes.push_back(AddToSet{field.name, element});
        }
        return {};
    }
    if (field.merge != Merge::List)
        return usage(field, "it is one value: set it");
    QStringList wanted;
    for (const ListLine& line :
        entry ? linesOf(m_states, *entry, field.name) : std::vector<ListLine>())
        wanted.append(line.value);
    // What this change removed before is gone.
    for (const Change& each : to.changes) {
        if (const auto* gone = std::get_if<RemoveLine>(&each);
            gone && gone->field == field.name && entry) {
            for (const ListLine& line : linesOf(m_states, *entry, field.name)) {
                if (line.name == gone->line)
                    wanted.removeOne(line.value);
            }
        }
    }
    for (const QString& each : values) {
        if (each.isEmpty())
            return usage(field, "an empty text cannot be added");
        const ElementId slot
            = slotAt(to.entry, field.name, listNow(to.entry, field.name).visibleLength());
        to.changes.push_back(WriteLine{field.name, slot, "value", textValue(each)});
    }
    return {};
}

Status Composer::removeFrom(
    Part& to, EntryState* entry, const Field& field, const QStringList& values)
{
    if (!entry)
        return {};
    if (field.merge == Merge::Set) {
        for (const QString& each : values) {
            if (elementsOf(entry, field.name).contains(textValue(each)))
                to.changes.push_back(RemoveFromSet{field.name, textValue(each)});
        }
        return {};
    }
    if (field.merge != Merge::List)
        return usage(field, "it is one value: set it");
    std::vector<ListLine> lines = linesOf(m_states, *entry, field.name);
    for (const QString& each : values) {
        const auto found = std::find_if(
            lines.begin(), lines.end(), [&](const ListLine& line) { return line.value == each; });
        if (found == lines.end())
            continue;
        to.changes.push_back(RemoveLine{field.name, found->name});
        lines.erase(found);
    }
    return {};
}

Bytes Composer::quoteValue(const Part& to, EntryState* entry, const QString& words)
{
    // The entry quoted from: what this change says, else what the entry says.
    std::optional<EntryId> on;
    for (const Change& each : to.changes) {
        if (const auto* write = std::get_if<WriteRegister>(&each); write && write->field == "on")
            on = idOf<EntryId>(write->value);
    }
    if (!on && entry && entry->registers.contains("on")) {
        if (const KeptWrite* write = m_states.shown(entry->registers.at("on")))
            on = idOf<EntryId>(write->value);
    }
    Cbor::Writer out;
    EntryState* quoted = on ? m_states.find(*on) : nullptr;
    for (const Bytes& field : quoted ? quoted->texts : std::vector<Bytes>()) {
        const TextDocument& document = m_states.text(*quoted, field).document;
        const QString text = document.text();
        const qsizetype at = text.indexOf(words);
        if (at < 0)
            continue;
        const quint64 from = codePointPosition(text, at);
        const quint64 count = codePointCount(words);
        const auto first = document.sequence().idAt(from);
        const auto last = document.sequence().idAt(from + count - 1);
        out.array(4).text(words).utf8(field);
        for (const auto& id : {first, last})
            out.array(2).bytes(id->log.bytes()).integer(qint64(id->counter));
        return out.take();
    }
    out.array(1).text(words);
    return out.take();
}

Sequence& Composer::listNow(const EntryId& parent, const Bytes& list)
{
    const auto [it, isNew] = m_lists.try_emplace({parent, list});
    if (isNew) {
        EntryState* entry = m_states.find(parent);
        if (entry && hasName(entry->orders, list))
            it->second = m_states.list(*entry, list).sequence;
    }
    return it->second;
}

ElementId Composer::slotAt(const EntryId& parent, const Bytes& list, quint64 visibleIndex)
{
    Sequence& sequence = listNow(parent, list);
    const Place place = sequence.insertPlace(std::min(visibleIndex, sequence.visibleLength()));
    const quint64 counter = sequence.nextCounter(m_self);
    sequence.insert(m_self, place, counter, 1);
    part(parent, "order").changes.push_back(InsertSlots{list, place, counter, 1});
    return {m_self, counter};
}

ElementId Composer::slotAtEnd(const EntryId& parent, const Bytes& list)
{
    const auto [end, isNew] = m_ends.try_emplace({parent, list}, 0);
    EntryState* entry = m_states.find(parent);
    if (isNew && entry) {
        // After the last slot that an item names: later slots are nobody's.
        const SlotRanks ranks(m_states, *entry, list);
        for (EntryState* item : itemsOf(m_states, *entry, list))
            end->second = std::max(end->second, ranks.rank(placeOf(m_states, *item)->slot) + 1);
    }
    return slotAt(parent, list, end->second++);
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Composer that makes changes of new values.
#include "app/domain/compose_p.h"
#include "app/domain/value.h"
#include "app/domain/view.h"
#include "sync/crdt/listdiff.h"

#include <QJsonArray>

namespace Waymark {

namespace {

/// The elements of a set, encoded, with the operations that added them.
const std::map<Bytes, std::vector<Stamp>>& elementsOf(const EntryState* entry, const Bytes& field)
{
    static const std::map<Bytes, std::vector<Stamp>> none;
    const auto found = entry ? entry->sets.find(field) : decltype(entry->sets.end()){};
    return entry && found != entry->sets.end() ? found->second : none;
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

Status Composer::setField(Part& to, EntryState* entry, const Field& field, const QJsonValue& value)
{
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
        auto id = m_finders.entry(text);
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
    if (field.type == ValueType::Subject && !text.isEmpty())
        return subjectNamed(text);
    if (field.type == ValueType::Space && !text.isEmpty() && m_finders.space) {
        auto space = m_finders.space(text);
        if (!space)
            return space.error();
        return idValue(space->view());
    }
    return valueFromJson(field, value);
}

Result<Bytes> Composer::subjectNamed(const QString& name) const
{
    // A name comes first: one may read like the beginning of an id.
    const auto person = personNamed(name);
    if (person)
        return idValue(person->view());
    const auto entry = m_finders.entry(name);
    if (entry)
        return idValue(entry->view());
    return person.error().code == ErrorCode::Ambiguous ? person.error() : entry.error();
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
    if (m_states.facts().isPrivate && m_finders.person)
        return m_finders.person(name);
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
    auto id = m_finders.entry(value.toString());
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
    for (const QString& each : wanted) {
        auto element = valueFromJson(field, each);
        if (!element)
            return element.error();
        then.insert(std::move(*element));
    }
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
    // What is shown once for two lines about one thing is what it already shows.
    const QJsonValue shown = entry ? fieldOf(m_states, *entry, field) : QJsonValue();
    if (now == wanted || (entry && shown.toArray() == QJsonArray::fromStringList(wanted)))
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
            if (each.isEmpty())
                return usage(field, "an empty text cannot be added");
            const auto element = valueFromJson(field, each);
            if (!element)
                return element.error();
            if (!elementsOf(entry, field.name).contains(*element))
                to.changes.push_back(AddToSet{field.name, *element});
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

} // namespace Waymark

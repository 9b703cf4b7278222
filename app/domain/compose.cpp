// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/compose_p.h"
#include "app/domain/value.h"
#include "app/domain/view.h"

namespace Waymark {

namespace {

/// Which template's answers they are goes along with some of them.
bool isChosen(const Kind& kind, const Field& field, const QStringList& only)
{
    const auto named = [&](const char* name) { return qstrcmp(name, field.name) == 0; };
    return only.isEmpty() || only.contains(QLatin1String(field.name))
        || (kind.templated && named("template"))
        || std::any_of(kind.required.begin(), kind.required.end(), named);
}

} // namespace

Composer::Composer(SpaceStates& states, LogName self, PersonId me, Random& random, Finders finders)
    : m_states(states), m_self(std::move(self)), m_me(me), m_random(random),
      m_finders(std::move(finders))
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
    if (Status status = checkFields(kind, change); !status)
        return status.error();
    for (const char* name : kind.required) {
        if (isEmptyValue(shownAfter(kind, nullptr, change, name)))
            return Error{
                ErrorCode::Usage, QStringLiteral("%1: it is empty").arg(QLatin1String(name))};
    }
    if (Status status = checkConditions(kind, nullptr, change); !status)
        return status.error();
    Part& made = creatingPart(kind);
    for (auto it = change.set.begin(); it != change.set.end(); ++it) {
        const Bytes name = it.key().toUtf8();
        if (Status status = setField(made, nullptr, *kind.find(name), it.value()); !status)
            return status.error();
    }
    for (auto it = change.add.begin(); it != change.add.end(); ++it) {
        const Bytes name = it.key().toUtf8();
        if (Status status = addTo(made, nullptr, *kind.find(name), it.value()); !status)
            return status.error();
    }
    return made.entry;
}

Status Composer::change(EntryState& entry, const EntryChange& change)
{
    const Kind* kind = findKind(entry.kind);
    if (!kind)
        return {ErrorCode::Refused, QStringLiteral("a newer version made this entry")};
    if (!change.line.isEmpty())
        return changeLine(entry, *kind, change);
    if (Status status = checkFields(*kind, change); !status)
        return status;
    if (Status status = checkConditions(*kind, &entry, change); !status)
        return status;
    Part& to = part(entry.id, entry.kind);
    for (auto it = change.set.begin(); it != change.set.end(); ++it) {
        const Bytes name = it.key().toUtf8();
        if (Status status = setField(to, &entry, *kind->find(name), it.value()); !status)
            return status;
    }
    for (auto it = change.remove.begin(); it != change.remove.end(); ++it) {
        const Bytes name = it.key().toUtf8();
        if (Status status = removeFrom(to, &entry, *kind->find(name), it.value()); !status)
            return status;
    }
    for (auto it = change.add.begin(); it != change.add.end(); ++it) {
        const Bytes name = it.key().toUtf8();
        if (Status status = addTo(to, &entry, *kind->find(name), it.value()); !status)
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
    if (!kind || !kind->find("acknowledged"))
        return {ErrorCode::Refused,
            QStringLiteral("nobody acknowledges a %1").arg(QString::fromUtf8(entry.kind))};
    const Bytes self = idValue(m_me.view());
    const auto sets = entry.sets.find("acknowledged");
    if (sets == entry.sets.end() || !sets->second.contains(self))
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

void Composer::noteCopy(EntryState& entry, const SpaceId& space, const EntryId& copied)
{
    part(entry.id, entry.kind).changes.push_back(AddToSet{"copies", sharedValue(space, copied)});
}

Result<EntryId> Composer::copy(SpaceStates& from, EntryState& original, const NameMap& names,
    const std::optional<EntryId>& parent, const QStringList& only)
{
    const Kind* kind = findKind(original.kind);
    if (!kind)
        return Error{ErrorCode::Refused, QStringLiteral("a newer version made this entry")};
    Part& made = creatingPart(*kind);
    for (const Field& field : fieldsOf(*kind, original)) {
        if (!field.isSettable() || field.privateOnly || field.type == ValueType::Parent
            || !isChosen(*kind, field, only))
            continue;
        QJsonValue value = fieldOf(from, original, field);
        if (value.isNull())
            continue;
        if (kind->lined && qstrcmp(field.name, kind->lined) == 0) {
            if (Status status = copyLines(from, original, *kind, made, names); !status)
                return status.error();
            continue;
        }
        // A quote's characters are the other space's; the words are found again where they stand.
        if (field.type == ValueType::Entry) {
            const auto id = EntryId::fromHex(value.toString().toLatin1());
            const auto mapped = id ? names(*id) : std::nullopt;
            if (!mapped)
                return Error{ErrorCode::Refused,
                    QStringLiteral("what it is about is only yours: share that first")};
            value = QString::fromLatin1(mapped->hex());
        }
        if (Status status = setField(made, nullptr, field, value); !status)
            return status.error();
    }
    if (parent) {
        const ElementId slot = slotAtEnd(*parent, kind->name);
        made.changes.push_back(WriteRegister{"in", parentValue(*parent, slot)});
    }
    return made.entry;
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

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/view.h"

#include "app/domain/schema.h"
#include "app/domain/value.h"

#include <QJsonArray>

#include <set>

namespace Waymark {

namespace {

bool hasName(const std::vector<Bytes>& names, const Bytes& name)
{
    return std::binary_search(names.begin(), names.end(), name);
}

QJsonValue registerOf(SpaceStates& states, const EntryState& entry, const Field& field)
{
    const auto found = entry.registers.find(field.name);
    if (found == entry.registers.end())
        return QJsonValue::Null;
    const KeptWrite* write = states.shown(found->second);
    return write ? valueToJson(field, write->value) : QJsonValue(QJsonValue::Null);
}

QJsonArray setOf(const EntryState& entry, const Field& field)
{
    // A map's keys are encoded text, shorter ones first: order by the UTF-8 itself.
    std::map<Bytes, QJsonValue> elements;
    const auto found = entry.sets.find(field.name);
    if (found != entry.sets.end()) {
        for (const auto& [element, adds] : found->second) {
            const QJsonValue value = valueToJson(field, element);
            if (!value.isNull())
                elements.emplace(value.isString() ? value.toString().toUtf8() : element, value);
        }
    }
    QJsonArray out;
    for (const auto& [key, value] : elements)
        out.append(value);
    return out;
}

QList<KeptValue> keptValues(SpaceStates& states, const Field& field, std::vector<KeptWrite> writes)
{
    std::sort(writes.begin(), writes.end(),
        [&](const KeptWrite& a, const KeptWrite& b) { return states.before(b.stamp, a.stamp); });
    QList<KeptValue> out;
    for (const KeptWrite& each : writes)
        out.append(
            {valueToJson(field, each.value), states.person(each.stamp.log), each.wallclockMs});
    return out;
}

/// Two kept writes by different people differ in value.
bool inConflict(SpaceStates& states, const std::vector<KeptWrite>& writes)
{
    for (std::size_t i = 0; i < writes.size(); ++i) {
        for (std::size_t j = i + 1; j < writes.size(); ++j) {
            if (writes[i].value != writes[j].value
                && states.person(writes[i].stamp.log) != states.person(writes[j].stamp.log))
                return true;
        }
    }
    return false;
}

/// Places never conflict, as long as the parents are one.
bool registerInConflict(
    SpaceStates& states, const std::optional<Field>& field, const std::vector<KeptWrite>& writes)
{
    if (!field || !field->isSettable())
        return false;
    if (field->type != ValueType::Parent)
        return inConflict(states, writes);
    std::vector<KeptWrite> parents = writes;
    for (KeptWrite& each : parents) {
        const auto place = parentOf(each.value);
        each.value = place ? place->parent.bytes() : Bytes();
    }
    return inConflict(states, parents);
}

} // namespace

SlotRanks::SlotRanks(SpaceStates& states, EntryState& parent, const Bytes& list)
{
    if (hasName(parent.orders, list))
        m_sequence = &states.list(parent, list).sequence;
}

quint64 SlotRanks::rank(const ElementId& slot) const
{
    const auto position = m_sequence ? m_sequence->positionOf(slot) : std::nullopt;
    return position ? position->visibleBefore : ~quint64(0);
}

std::vector<ListLine> linesOf(SpaceStates& states, EntryState& entry, const Bytes& field)
{
    const auto found = entry.lines.find(field);
    if (found == entry.lines.end())
        return {};
    const SlotRanks ranks(states, entry, field);
    std::vector<std::pair<quint64, ListLine>> placed;
    for (const auto& [name, line] : found->second) {
        const KeptWrite* value = states.shown(line.value);
        const auto text = value ? textOf(value->value) : std::nullopt;
        if (line.life.deleted() || !text)
            continue;
        ElementId slot = name;
        if (const KeptWrite* moved = states.shown(line.slot)) {
            if (const auto place = parentOf(moved->value))
                slot = place->slot;
        }
        placed.push_back({ranks.rank(slot), {name, *text}});
    }
    std::stable_sort(placed.begin(), placed.end(),
        [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<ListLine> out;
    for (auto& each : placed)
        out.push_back(std::move(each.second));
    return out;
}

QJsonValue lineFieldOf(SpaceStates& states, const EntryState& entry, const Bytes& list,
    const ElementId& line, const Field& field)
{
    const auto lines = entry.lines.find(list);
    if (lines == entry.lines.end())
        return QJsonValue::Null;
    const auto state = lines->second.find(line);
    if (state == lines->second.end())
        return QJsonValue::Null;
    const auto writes = state->second.registers.find(field.name);
    const KeptWrite* write
        = writes == state->second.registers.end() ? nullptr : states.shown(writes->second);
    return write ? valueToJson(field, write->value) : QJsonValue(QJsonValue::Null);
}

std::vector<ListLine> shownLinesOf(SpaceStates& states, EntryState& entry, const Bytes& field)
{
    std::vector<ListLine> lines = linesOf(states, entry, field);
    const Kind* kind = findKind(entry.kind);
    const auto about
        = kind && kind->lined && field == kind->lined ? kind->findOfLine("about") : std::nullopt;
    std::set<QString> seen;
    if (about) {
        std::erase_if(lines, [&](const ListLine& line) {
            const QString id = lineFieldOf(states, entry, field, line.name, *about).toString();
            return !id.isEmpty() && !seen.insert(id).second;
        });
    }
    return lines;
}

QString lineName(const ElementId& line)
{
    return QStringLiteral("%1.%2")
        .arg(line.counter)
        .arg(QString::fromLatin1(line.log.bytes().toHex()));
}

std::optional<ParentPlace> placeOf(SpaceStates& states, const EntryState& item)
{
    const auto found = item.registers.find("in");
    const KeptWrite* write = found == item.registers.end() ? nullptr : states.shown(found->second);
    return write ? parentOf(write->value) : std::nullopt;
}

std::vector<EntryState*> itemsOf(SpaceStates& states, EntryState& parent, const Bytes& kind)
{
    const SlotRanks ranks(states, parent, kind);
    std::vector<std::pair<quint64, EntryState*>> placed;
    for (EntryState* item : states.items(parent.id)) {
        if (item->kind != kind || item->refused)
            continue;
        if (const auto place = placeOf(states, *item))
            placed.emplace_back(ranks.rank(place->slot), item);
    }
    std::sort(placed.begin(), placed.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first < b.first : a.second->id < b.second->id;
    });
    std::vector<EntryState*> out;
    for (const auto& each : placed)
        out.push_back(each.second);
    return out;
}

bool isDeleted(SpaceStates& states, EntryState& entry)
{
    if (entry.life.everDeleted()) {
        std::vector<const Life*> others;
        for (const EntryState* item : states.items(entry.id)) {
            if (!item->refused)
                others.push_back(&item->life);
        }
        if (entry.life.deletedWith(others))
            return true;
    }
    if (const auto place = placeOf(states, entry)) {
        EntryState* parent = states.find(place->parent);
        // An item of an item does not exist, so this goes one step only.
        if (parent && parent->id != entry.id && !placeOf(states, *parent))
            return isDeleted(states, *parent);
    }
    return false;
}

bool hasConflict(SpaceStates& states, const EntryState& entry)
{
    return std::any_of(entry.registers.begin(), entry.registers.end(), [&](const auto& each) {
        return registerInConflict(states, findField(entry.kind, each.first), each.second);
    });
}

QJsonValue fieldOf(SpaceStates& states, EntryState& entry, const Field& field)
{
    switch (field.merge) {
    case Merge::Register:
        return registerOf(states, entry, field);
    case Merge::Set: {
        const QJsonArray elements = setOf(entry, field);
        return elements.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(elements);
    }
    case Merge::List: {
        QJsonArray out;
        for (const ListLine& line : shownLinesOf(states, entry, field.name))
            out.append(line.value);
        return out.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(out);
    }
    case Merge::Text:
        break;
    }
    if (!hasName(entry.texts, field.name))
        return QJsonValue::Null;
    const QString text = states.text(entry, field.name).document.text();
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

namespace {

QJsonArray linesWithFields(SpaceStates& states, EntryState& entry, const Kind& kind)
{
    QJsonArray out;
    for (const ListLine& line : shownLinesOf(states, entry, kind.lined)) {
        QJsonObject object{
            {QStringLiteral("id"), lineName(line.name)}, {QStringLiteral("value"), line.value}};
        for (const Field& field : kind.lineFields) {
            const QJsonValue value = lineFieldOf(states, entry, kind.lined, line.name, field);
            if (!value.isNull())
                object.insert(QLatin1String(field.name), value);
        }
        out.append(object);
    }
    return out;
}

} // namespace

Entry entryOf(SpaceStates& states, EntryState& entry)
{
    Entry out;
    out.id = entry.id;
    out.space = states.facts().id;
    out.kind = QString::fromUtf8(entry.kind);
    out.by = entry.by;
    out.atMs = entry.atMs;
    out.deleted = isDeleted(states, entry);
    const Kind* kind = findKind(entry.kind);
    if (kind && kind->lined)
        out.lines = linesWithFields(states, entry, *kind);
    for (const Field& field : kind ? fieldsOf(*kind, entry) : std::vector<Field>()) {
        const QJsonValue value = fieldOf(states, entry, field);
        if (qstrcmp(field.name, "acknowledged") == 0) {
            for (const QJsonValue& each : value.toArray()) {
                if (const auto person = PersonId::fromHex(each.toString().toLatin1()))
                    out.acknowledged.append(*person);
            }
        } else if (qstrcmp(field.name, "shared") == 0) {
            // Written elsewhere than in the private space, it means nothing.
            if (states.facts().isPrivate)
                out.sharedAs = EntryId::fromHex(value.toString().toLatin1());
        } else if (field.access != Access::Hidden && !value.isNull()) {
            out.fields.insert(QLatin1String(field.name), value);
        }
        if (field.merge != Merge::Register)
            continue;
        const auto writes = entry.registers.find(field.name);
        if (writes != entry.registers.end() && registerInConflict(states, field, writes->second))
            out.conflicts.insert(
                QLatin1String(field.name), keptValues(states, field, writes->second));
    }
    return out;
}

QString searchTextOf(SpaceStates& states, EntryState& entry)
{
    QStringList out;
    const Kind* kind = findKind(entry.kind);
    for (const Field& field : kind ? fieldsOf(*kind, entry) : std::vector<Field>()) {
        const bool words = field.type == ValueType::Text || field.type == ValueType::Quote
            || field.type == ValueType::Any;
        if (!words || !field.isSettable())
            continue;
        const QJsonValue value = fieldOf(states, entry, field);
        if (value.isArray()) {
            for (const QJsonValue& each : value.toArray())
                out.append(each.toString());
        } else if (value.isString()) {
            out.append(value.toString());
        }
    }
    return out.join(QLatin1Char('\n'));
}

} // namespace Waymark

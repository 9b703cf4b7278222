// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Composer for the fields of a list's lines.
#include "app/domain/compose_p.h"
#include "app/domain/value.h"
#include "app/domain/view.h"

#include <set>

namespace Waymark {

Result<ElementId> Composer::lineNamed(
    EntryState& entry, const Kind& kind, const QString& name) const
{
    const std::vector<ListLine> lines = linesOf(m_states, entry, kind.lined);
    std::vector<ElementId> found;
    for (const ListLine& line : lines) {
        // Of equal lines the first is meant, as everywhere.
        if (line.value == name)
            return line.name;
        if (lineName(line.name).startsWith(name))
            found.push_back(line.name);
    }
    if (found.size() > 1)
        return Error{ErrorCode::Ambiguous, QStringLiteral("several lines begin like that")};
    if (found.empty())
        return Error{ErrorCode::NotFound, QStringLiteral("no line has those words")};
    return found.front();
}

Status Composer::changeLine(EntryState& entry, const Kind& kind, const EntryChange& change)
{
    if (!kind.lined || !change.add.isEmpty() || !change.remove.isEmpty())
        return {ErrorCode::Usage,
            kind.lined ? QStringLiteral("fields of a line are set")
                       : QStringLiteral("%1 has no lines").arg(QLatin1String(kind.name))};
    const auto line = lineNamed(entry, kind, change.line);
    if (!line)
        return line.error();
    for (auto it = change.set.begin(); it != change.set.end(); ++it) {
        const auto field = kind.findOfLine(it.key().toUtf8());
        if (!field)
            return {ErrorCode::Usage, QStringLiteral("a line has no field %1").arg(it.key())};
        auto value = encoded(*field, it.value());
        if (!value)
            return value.error();
        if (Status status = writeLine(entry, kind, *line, *field, *value); !status)
            return status;
    }
    if (change.set.value(QStringLiteral("done")).toBool())
        return tickWhereItCameFrom(entry, kind, *line);
    return {};
}

Status Composer::writeLine(const EntryState& entry, const Kind& kind, const ElementId& line,
    const Field& field, const Bytes& value)
{
    static const std::vector<KeptWrite> none;
    const auto& registers = entry.lines.at(kind.lined).at(line).registers;
    const auto found = registers.find(field.name);
    const std::vector<KeptWrite>& writes = found == registers.end() ? none : found->second;
    const KeptWrite* now = m_states.shown(writes);
    const bool same = now ? now->value == value : value == nullValue();
    const bool settled = std::all_of(writes.begin(), writes.end(),
        [&](const KeptWrite& each) { return each.value == now->value; });
    if (!same || !settled)
        part(entry.id, entry.kind)
            .changes.push_back(WriteLine{kind.lined, line, field.name, value});
    return {};
}

Status Composer::tickWhereItCameFrom(EntryState& entry, const Kind& kind, const ElementId& first)
{
    const auto from = kind.findOfLine("from");
    const auto done = kind.findOfLine("done");
    if (!from || !done)
        return {};
    const auto yes = valueFromJson(*done, true);
    EntryState* at = &entry;
    ElementId line = first;
    // A point may have been carried from session to session; each is visited once.
    std::set<EntryId> seen;
    while (yes && seen.insert(at->id).second) {
        QString words;
        for (const ListLine& each : linesOf(m_states, *at, kind.lined))
            words = each.name == line ? each.value : words;
        Bytes source;
        for (const Change& each : part(at->id, at->kind).changes) {
            const auto* write = std::get_if<WriteLine>(&each);
            if (write && write->line == line && write->subfield == from->name)
                source = write->value; // set in this very change
        }
        const QString named = source.isNull()
            ? lineFieldOf(m_states, *at, kind.lined, line, *from).toString()
            : valueToJson(*from, source).toString();
        const auto id = EntryId::fromHex(named.toLatin1());
        EntryState* before = id ? m_states.find(*id) : nullptr;
        // A change would bring back what is deleted.
        if (!before || before->kind != at->kind || before->refused || isDeleted(m_states, *before))
            return {};
        const std::vector<ListLine> lines = linesOf(m_states, *before, kind.lined);
        const auto same = std::find_if(
            lines.begin(), lines.end(), [&](const ListLine& each) { return each.value == words; });
        if (same == lines.end())
            return {};
        if (Status status = writeLine(*before, kind, same->name, *done, *yes); !status)
            return status;
        at = before;
        line = same->name;
    }
    return {};
}

Status Composer::copyLines(
    SpaceStates& from, EntryState& original, const Kind& kind, Part& to, const NameMap& names)
{
    for (const ListLine& line : shownLinesOf(from, original, kind.lined)) {
        const ElementId slot
            = slotAt(to.entry, kind.lined, listNow(to.entry, kind.lined).visibleLength());
        to.changes.push_back(WriteLine{kind.lined, slot, "value", textValue(line.value)});
        for (const Field& field : kind.lineFields) {
            QJsonValue value = lineFieldOf(from, original, kind.lined, line.name, field);
            if (value.isNull())
                continue;
            if (namesEntry(field.type)) {
                const auto id = EntryId::fromHex(value.toString().toLatin1());
                const auto mapped = id ? names(*id) : std::nullopt;
                if (!mapped)
                    return {ErrorCode::Refused,
                        QStringLiteral("what a line is about is only yours: share that first")};
                value = QString::fromLatin1(mapped->hex());
            }
            auto bytes = encoded(field, value);
            if (!bytes)
                return bytes.error();
            to.changes.push_back(WriteLine{kind.lined, slot, field.name, *bytes});
        }
    }
    return {};
}

} // namespace Waymark

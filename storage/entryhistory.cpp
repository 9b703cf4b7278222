// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/entryhistory.h"

#include "app/domain/schema.h"
#include "app/domain/value.h"

namespace Waymark {

namespace {

struct FoundEdit
{
    const EditText* edit = nullptr;
    std::size_t part = 0;
};

FoundEdit editOf(const ParsedOperation& operation, const EntryId& entry, const Bytes& field)
{
    for (std::size_t i = 0; i < operation.parts.size(); ++i) {
        if (operation.parts[i].entry != entry)
            continue;
        for (const Change& change : operation.parts[i].changes) {
            const auto* edit = std::get_if<EditText>(&change);
            if (edit && edit->field == field)
                return {edit, i};
        }
    }
    return {};
}

} // namespace

Status EntryHistory::load()
{
    m_space.states().loadHistory(m_entry);
    if (Status status = m_space.states().status(); !status)
        return status;
    for (const Stamp& stamp : m_entry.history) {
        auto stored = m_space.logs().read(stamp.log, stamp.seq);
        if (!stored)
            return stored.error();
        auto operation = parse(*stored);
        if (!operation)
            return {ErrorCode::VaultDatabaseDamaged, QStringLiteral("a stored operation")};
        auto past = m_space.logs().versionAt(stamp.log, stamp.seq);
        if (!past)
            return past.error();
        m_steps.push_back({stamp, std::move(*operation), std::move(*past)});
    }
    return {};
}

void EntryHistory::applyTo(Draft& draft, const Step& step, const Bytes& field)
{
    const auto [edit, part] = editOf(step.operation, m_entry.id, field);
    const RefusedPart* refused = m_entry.refusal(step.stamp, part);
    if (!edit || (refused && !refused->there))
        return;
    const LogName& author = m_space.states().name(step.stamp.log);
    const auto change = decodeTextChange(edit->runs, author);
    if (!change)
        return;
    const AuthorPast past([&](const LogName& name) {
        const LogId log = m_space.states().log(name);
        return draft.steps.known(log, step.past.at(log));
    });
    // A deletion that is undone is found among the steps, by its operation's name.
    const auto resolve = [&](const DeletionName& name) -> std::optional<std::vector<ElementRange>> {
        for (const Step& other : m_steps) {
            if (other.operation.name != name.operation)
                continue;
            const auto [made, madeIn] = editOf(other.operation, m_entry.id, field);
            if (m_entry.refusal(other.stamp, madeIn))
                return std::vector<ElementRange>();
            const auto undone = made
                ? decodeTextChange(made->runs, m_space.states().name(other.stamp.log))
                : Result<TextChange>(ErrorCode::NotFound);
            if (!undone || name.step >= undone->steps.size())
                return std::nullopt;
            const auto* deletion = std::get_if<TextDelete>(&undone->steps[name.step]);
            return deletion ? std::optional(deletion->ranges) : std::nullopt;
        }
        return std::nullopt;
    };
    const auto effect = refused ? TextDocument::Effect::None : TextDocument::Effect::Full;
    if (draft.document.apply(*change, author, past, resolve, effect))
        draft.steps.add(
            step.stamp.log, step.stamp.seq, draft.document.sequence().nextCounter(author));
}

QString EntryHistory::textAt(std::size_t index, const Bytes& field)
{
    const Step& now = m_steps[index];
    Draft& draft = m_drafts[{now.stamp.log, field}];
    const auto take = [&](std::size_t i) {
        const Step& step = m_steps[i];
        if (i != index && !now.past.covers(step.stamp))
            return false;
        applyTo(draft, step, field);
        return true;
    };
    std::vector<std::size_t> still;
    for (const std::size_t i : draft.later) {
        if (!take(i))
            still.push_back(i);
    }
    for (; draft.applied <= index; ++draft.applied) {
        if (!take(draft.applied))
            still.push_back(draft.applied);
    }
    draft.later = std::move(still);
    return draft.document.text();
}

void EntryHistory::add(const Step& step, const Change& change, const Part& part)
{
    HistoryItem item;
    item.operation = step.operation.name;
    item.who = m_space.states().person(step.stamp.log);
    item.whenMs = step.operation.header.wallclockMs;
    const auto give = [&](const char* what, const Bytes& field = {},
                          const QJsonValue& value = QJsonValue::Null) {
        item.change = QLatin1String(what);
        item.field = QString::fromUtf8(field);
        item.value = value;
        m_items.append(item);
    };
    const auto valueOf = [&](const Bytes& field, const Bytes& value) -> QJsonValue {
        const auto known = findField(part.kind, field);
        return known ? valueToJson(*known, value) : QJsonValue(QJsonValue::Null);
    };
    if (std::holds_alternative<CreateEntry>(change)) {
        give("create");
    } else if (const auto* write = std::get_if<WriteRegister>(&change)) {
        const auto place = write->field == "in" ? parentOf(write->value) : std::nullopt;
        const bool moved = place && m_parent == place->parent;
        if (place)
            m_parent = place->parent;
        give(moved ? "move" : "write", write->field, valueOf(write->field, write->value));
    } else if (const auto* added = std::get_if<AddToSet>(&change)) {
        const bool acknowledged = added->field == "acknowledged";
        give(acknowledged ? "acknowledge" : "add", acknowledged ? Bytes() : added->field,
            valueOf(added->field, added->value));
    } else if (const auto* gone = std::get_if<RemoveFromSet>(&change)) {
        give("remove", gone->field, valueOf(gone->field, gone->value));
    } else if (const auto* edit = std::get_if<EditText>(&change)) {
        give("edit", edit->field, textAt(m_current, edit->field));
    } else if (const auto* line = std::get_if<WriteLine>(&change)) {
        const Kind* kind = findKind(part.kind);
        const auto known = kind ? kind->findOfLine(line->subfield) : std::nullopt;
        if (line->subfield == "value")
            m_lines[{line->field, line->line}] = textOf(line->value).value_or(QString());
        if (known)
            give("write", line->field,
                QJsonObject{{QStringLiteral("value"), m_lines[{line->field, line->line}]},
                    {QString::fromUtf8(line->subfield), valueToJson(*known, line->value)}});
        else if (line->subfield == "value" || line->subfield == "slot")
            give(line->subfield == "value" ? "add" : "move", line->field,
                m_lines[{line->field, line->line}]);
    } else if (const auto* dropped = std::get_if<RemoveLine>(&change)) {
        give("remove", dropped->field, m_lines[{dropped->field, dropped->line}]);
    } else if (const auto* kept = std::get_if<KeepLine>(&change)) {
        give("add", kept->field, m_lines[{kept->field, kept->line}]);
    } else if (std::holds_alternative<DeleteEntry>(change)) {
        give("delete");
    } else if (std::holds_alternative<RestoreEntry>(change)) {
        give("restore");
    }
}

Result<QList<HistoryItem>> EntryHistory::items()
{
    if (Status status = load(); !status)
        return status.error();
    for (m_current = 0; m_current < m_steps.size(); ++m_current) {
        const Step& step = m_steps[m_current];
        for (std::size_t i = 0; i < step.operation.parts.size(); ++i) {
            const Part& part = step.operation.parts[i];
            if (part.entry != m_entry.id || part.kind == "order" || m_entry.refusal(step.stamp, i))
                continue;
            for (const Change& change : part.changes)
                add(step, change, part);
        }
    }
    return std::move(m_items);
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/await.h"
#include "app/commands/commands.h"
#include "app/commands/fieldarguments.h"
#include "app/commands/forms.h"
#include "app/commands/references.h"

namespace Waymark::Commands {

namespace {

QString option(const Context& context, const char* name)
{
    return context.arguments.value(QLatin1String(name));
}

QJsonValue operationOf(const Written& written)
{
    return written.operation ? QJsonValue(idText(*written.operation)) : QJsonValue();
}

Status answerId(Context& context, const Result<Written>& written)
{
    if (!written)
        return written.error();
    context.output.answer(
        QJsonObject{{QStringLiteral("id"), idText(written->id)}}, idText(written->id));
    return {};
}

Status answerOperation(Context& context, const Result<Written>& written, const QString& text)
{
    if (!written)
        return written.error();
    context.output.answer(QJsonObject{{QStringLiteral("id"), idText(written->id)},
                              {QStringLiteral("operation"), operationOf(*written)}},
        written->operation ? text : QStringLiteral("That is how it stands already."));
    return {};
}

Result<EntryId> subject(Context& context)
{
    return entryNamed(context.ports, option(context, "id"));
}

/// One call of the journal on the entry that the arguments name.
Result<Written> write(Context& context, QFuture<Result<Written>> (Journal::*call)(EntryId))
{
    const Result<EntryId> id = subject(context);
    if (!id)
        return id.error();
    return await((context.ports.journal.*call)(*id));
}

/// Puts the entry that the arguments name into a space.
Result<Written> writeInto(
    Context& context, const std::function<QFuture<Result<Written>>(EntryId, SpaceId)>& call)
{
    const Result<EntryId> id = entryNamed(context.ports, option(context, "id"));
    if (!id)
        return id.error();
    const Result<SpaceId> space = spaceNamed(context.ports, option(context, "space"));
    if (!space)
        return space.error();
    return await(call(*id, *space));
}

Result<Entry> shown(Context& context, const Subject& subject)
{
    if (subject.space)
        return await(context.ports.entries.member(*subject.space, PersonId{subject.id.data}));
    return await(context.ports.entries.entry(subject.id));
}

Result<ItemPlace> readPlace(Context& context)
{
    using Where = ItemPlace::Where;
    QList<ItemPlace> places;
    for (const auto& [name, where] :
        {std::pair{"after", Where::After}, {"before", Where::Before}}) {
        if (!context.arguments.has(QLatin1String(name)))
            continue;
        const Result<EntryId> sibling = entryNamed(context.ports, option(context, name));
        if (!sibling)
            return sibling.error();
        places.append({where, *sibling});
    }
    if (context.arguments.has(QStringLiteral("first")))
        places.append({Where::First, {}});
    if (context.arguments.has(QStringLiteral("last")))
        places.append({Where::Last, {}});
    if (places.size() != 1)
        return Error{ErrorCode::Usage,
            QStringLiteral("one of --after ID, --before ID, --first and --last says where")};
    return places.first();
}

QString entryText(const Entry& entry)
{
    QList<QStringList> rows{{QStringLiteral("id"), idText(entry.id)},
        {QStringLiteral("space"), idText(entry.space)}, {QStringLiteral("by"), idText(entry.by)},
        {QStringLiteral("at"), momentText(entry.atMs)}};
    for (auto it = entry.fields.begin(); it != entry.fields.end(); ++it)
        rows.append({it.key(), valueText(it.value())});
    for (auto it = entry.conflicts.cbegin(); it != entry.conflicts.cend(); ++it) {
        for (const KeptValue& value : it.value())
            rows.append(
                {QStringLiteral("%1, as %2 wrote it").arg(it.key(), shortId(value.who.view())),
                    valueText(value.value)});
    }
    return QStringLiteral("%1%2\n%3")
        .arg(entry.kind, entry.deleted ? QStringLiteral(" (deleted)") : QString(), aligned(rows));
}

} // namespace

Status entryAdd(Context& context)
{
    const QString kind = option(context, "kind");
    SpaceId space = context.ports.journal.privateSpace();
    if (context.arguments.has(QStringLiteral("space"))) {
        const Result<SpaceId> named = spaceNamed(context.ports, option(context, "space"));
        if (!named)
            return named.error();
        space = *named;
    }
    const Result<EntryChange> change = readChange(context, kind);
    if (!change)
        return change.error();
    return answerId(context, await(context.ports.journal.add(space, kind, *change)));
}

Status entrySet(Context& context)
{
    const Result<Subject> named
        = subjectNamed(context.ports, option(context, "id"), option(context, "space"));
    if (!named)
        return named.error();
    const Result<Entry> entry = shown(context, *named);
    if (!entry)
        return entry.error();
    Result<EntryChange> change = readChange(context, entry->kind);
    if (!change)
        return change.error();
    if (change->set.isEmpty() && change->add.isEmpty() && change->remove.isEmpty())
        return {ErrorCode::Usage,
            QStringLiteral("nothing to change: give --set, --add, --remove or --set-file")};
    change->space = named->space;
    change->line = option(context, "line");
    return answerOperation(context, await(context.ports.journal.change(named->id, *change)),
        QStringLiteral("Written."));
}

Status entryDelete(Context& context)
{
    return answerOperation(context, write(context, &Journal::remove),
        QStringLiteral("Deleted; 'entry restore' brings it back."));
}

Status entryRestore(Context& context)
{
    return answerOperation(
        context, write(context, &Journal::restore), QStringLiteral("Brought back."));
}

Status entryAcknowledge(Context& context)
{
    return answerId(context, write(context, &Journal::acknowledge));
}

Status entryShare(Context& context)
{
    QStringList only;
    for (const QString& each : context.arguments.list(QStringLiteral("only")))
        only += each.split(u',', Qt::SkipEmptyParts);
    if (only.isEmpty() && context.arguments.has(QStringLiteral("only")))
        return {ErrorCode::Usage, QStringLiteral("--only takes the names of fields")};
    return answerId(context, writeInto(context, [&](EntryId id, SpaceId space) {
        return context.ports.journal.share(id, space, only);
    }));
}

Status entrySend(Context& context)
{
    return answerId(context, writeInto(context, [&](EntryId id, SpaceId space) {
        return context.ports.journal.send(id, space);
    }));
}

Status entryMove(Context& context)
{
    const Result<EntryId> id = entryNamed(context.ports, option(context, "id"));
    if (!id)
        return id.error();
    const Result<ItemPlace> place = readPlace(context);
    if (!place)
        return place.error();
    return answerId(context, await(context.ports.journal.move(*id, *place)));
}

Status entryList(Context& context)
{
    EntryQuery query;
    if (context.arguments.has(QStringLiteral("space"))) {
        const Result<SpaceId> space = spaceNamed(context.ports, option(context, "space"));
        if (!space)
            return space.error();
        query.space = *space;
    }
    query.kind = option(context, "kind");
    query.withDeleted = context.arguments.has(QStringLiteral("deleted"));
    const Result<QList<Entry>> entries = await(context.ports.entries.list(query));
    if (!entries)
        return entries.error();
    QJsonArray array;
    QList<QStringList> rows;
    for (const Entry& entry : *entries) {
        array.append(entryForm(entry));
        rows.append(
            {shortId(entry.id.view()), entry.kind, entry.text(u"status"), entry.text(u"due"),
                headingOf(entry), entry.deleted ? QStringLiteral("(deleted)") : QString()});
    }
    context.output.answer(array, aligned(rows));
    return {};
}

Status entryShow(Context& context)
{
    const Result<Subject> named
        = subjectNamed(context.ports, option(context, "id"), option(context, "space"));
    if (!named)
        return named.error();
    const Result<Entry> entry = shown(context, *named);
    if (!entry)
        return entry.error();
    context.output.answer(wholeEntryForm(*entry), entryText(*entry));
    return {};
}

Status entryHistory(Context& context)
{
    QJsonArray array;
    QList<QStringList> rows;
    for (const QString& text : context.arguments.list(QStringLiteral("id"))) {
        const Result<Subject> named = subjectNamed(context.ports, text, {});
        if (!named)
            return named.error();
        if (named->space)
            return {ErrorCode::Usage, QStringLiteral("what a member says has no history")};
        const Result<QList<HistoryItem>> items = await(context.ports.entries.history(named->id));
        if (!items)
            return items.error();
        for (const HistoryItem& item : *items) {
            array.append(historyForm(item));
            rows.append({momentText(item.whenMs), shortId(item.who.view()), item.change, item.field,
                valueText(item.value)});
        }
    }
    context.output.answer(array, aligned(rows));
    return {};
}

} // namespace Waymark::Commands

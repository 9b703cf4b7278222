// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/linerunner.h"

#include "app/commands/await.h"
#include "app/commands/references.h"
#include "app/domain/schema.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace Waymark {

namespace {

struct Shape
{
    const char* operation;
    std::initializer_list<const char*> keys;
};

const std::initializer_list<Shape>& shapes()
{
    static const std::initializer_list<Shape> all{
        {"add", {"op", "as", "kind", "space", "fields", "add"}},
        {"set", {"op", "id", "space", "line", "fields", "add", "remove"}},
        {"delete", {"op", "id"}},
        {"restore", {"op", "id"}},
        {"share", {"op", "as", "id", "space", "only"}},
        {"send", {"op", "as", "id", "space"}},
        {"acknowledge", {"op", "id"}},
        {"move", {"op", "id", "after", "before", "to"}},
        {"look", {"op", "space"}},
    };
    return all;
}

Error usage(const QString& detail)
{
    return {ErrorCode::Usage, detail};
}

/// A key that means nothing would be a change that silently does not happen.
Status checkKeys(const QJsonObject& line, const QString& operation)
{
    for (const Shape& shape : shapes()) {
        if (operation != QLatin1String(shape.operation))
            continue;
        for (const QString& key : line.keys()) {
            const bool isKnown = std::any_of(shape.keys.begin(), shape.keys.end(),
                [&key](const char* each) { return key == QLatin1String(each); });
            if (!isKnown)
                return usage(
                    QStringLiteral("'%1' means nothing with the op '%2'").arg(key, operation));
        }
        return {};
    }
    return usage(QStringLiteral(
        "'op' is one of add, set, delete, restore, share, send, acknowledge, move, look"));
}

Result<QString> stringAt(const QJsonObject& line, const char* name)
{
    const QJsonValue value = line.value(QLatin1String(name));
    if (!value.isString() || value.toString().isEmpty())
        return usage(QStringLiteral("'%1' is needed, as a string").arg(QLatin1String(name)));
    return value.toString();
}

Result<QJsonObject> objectAt(const QJsonObject& line, const char* name)
{
    const QJsonValue value = line.value(QLatin1String(name));
    if (!value.isUndefined() && !value.isObject())
        return usage(QStringLiteral("'%1' is an object of fields").arg(QLatin1String(name)));
    return value.toObject();
}

Result<QMap<QString, QStringList>> itemsAt(const QJsonObject& line, const char* name)
{
    const Result<QJsonObject> fields = objectAt(line, name);
    if (!fields)
        return fields.error();
    QMap<QString, QStringList> out;
    for (auto it = fields->begin(); it != fields->end(); ++it) {
        const QJsonArray items = it.value().toArray();
        const bool allStrings = std::all_of(
            items.begin(), items.end(), [](const QJsonValue& item) { return item.isString(); });
        if (!it.value().isArray() || !allStrings)
            return usage(QStringLiteral("'%1' of %2 is an array of strings")
                             .arg(QLatin1String(name), it.key()));
        for (const QJsonValue& item : items)
            out[it.key()].append(item.toString());
    }
    return out;
}

} // namespace

Result<Written> LineRunner::run(const QByteArray& text)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(text, &problem);
    if (!document.isObject())
        return usage(problem.error == QJsonParseError::NoError
                ? QStringLiteral("a line is one JSON object")
                : QStringLiteral("no JSON: %1").arg(problem.errorString()));
    const QJsonObject line = document.object();
    const QString operation = line.value(QLatin1String("op")).toString();
    if (const Status status = checkKeys(line, operation); !status)
        return status.error();
    QString name;
    if (line.contains(QLatin1String("as"))) {
        const Result<QString> given = stringAt(line, "as");
        if (!given)
            return given.error();
        if (m_names.contains(*given))
            return usage(QStringLiteral("an earlier line has that name already"));
        name = *given;
    }
    Result<Written> written = runOperation(operation, line);
    if (written && !name.isEmpty())
        m_names.insert(name, written->id);
    return written;
}

Result<Written> LineRunner::runOperation(const QString& operation, const QJsonObject& line)
{
    if (operation == QLatin1String("add"))
        return add(line);
    if (operation == QLatin1String("set"))
        return set(line);
    if (operation == QLatin1String("move"))
        return move(line);
    if (operation == QLatin1String("share"))
        return intoSpace(line, false);
    if (operation == QLatin1String("send"))
        return intoSpace(line, true);
    if (operation == QLatin1String("look"))
        return look(line);
    const Result<EntryId> id = entry(line, "id");
    if (!id)
        return id.error();
    if (operation == QLatin1String("delete"))
        return await(m_ports.journal.remove(*id));
    if (operation == QLatin1String("restore"))
        return await(m_ports.journal.restore(*id));
    return await(m_ports.journal.acknowledge(*id));
}

Result<Written> LineRunner::add(const QJsonObject& line)
{
    const Result<QString> kind = stringAt(line, "kind");
    if (!kind)
        return kind.error();
    const Result<SpaceId> where = line.contains(QLatin1String("space"))
        ? space(line)
        : Result<SpaceId>(m_ports.journal.privateSpace());
    if (!where)
        return where.error();
    const Result<EntryChange> change = readChange(line, *kind);
    if (!change)
        return change.error();
    Result<Written> written = await(m_ports.journal.add(*where, *kind, *change));
    if (written)
        m_kinds.insert(written->id, *kind);
    return written;
}

Result<Written> LineRunner::set(const QJsonObject& line)
{
    const Result<QString> text = stringAt(line, "id");
    if (!text)
        return text.error();
    Result<Subject> subject = text->startsWith(u'@')
        ? subjectOf(named(*text))
        : subjectNamed(m_ports, *text, line.value(QLatin1String("space")).toString());
    if (!subject)
        return subject.error();
    if (line.contains(QLatin1String("space")) && !subject->space)
        return usage(QStringLiteral("'space' goes with a member alone, as \"id\":\"me\""));
    const Result<QString> kind = subject->space ? QStringLiteral("member") : kindOf(subject->id);
    if (!kind)
        return kind.error();
    Result<EntryChange> change = readChange(line, *kind);
    if (!change)
        return change.error();
    change->space = subject->space;
    if (line.contains(QLatin1String("line"))) {
        const Result<QString> words = stringAt(line, "line");
        if (!words)
            return words.error();
        change->line = *words;
    }
    return await(m_ports.journal.change(subject->id, *change));
}

Result<Written> LineRunner::move(const QJsonObject& line)
{
    using Where = ItemPlace::Where;
    const Result<EntryId> id = entry(line, "id");
    if (!id)
        return id.error();
    QList<ItemPlace> places;
    for (const auto& [key, where] : {std::pair{"after", Where::After}, {"before", Where::Before}}) {
        if (!line.contains(QLatin1String(key)))
            continue;
        const Result<EntryId> sibling = entry(line, key);
        if (!sibling)
            return sibling.error();
        places.append({where, *sibling});
    }
    if (const QString to = line.value(QLatin1String("to")).toString(); to == QLatin1String("first"))
        places.append({Where::First, {}});
    else if (to == QLatin1String("last"))
        places.append({Where::Last, {}});
    if (places.size() != 1)
        return usage(
            QStringLiteral("one of 'after', 'before' (an id) and 'to' (first, last) says where"));
    return await(m_ports.journal.move(*id, places.first()));
}

Result<Written> LineRunner::look(const QJsonObject& line)
{
    const Result<SpaceId> where = space(line);
    if (!where)
        return where.error();
    if (const Status looked = await(m_ports.journal.look(*where)); !looked)
        return looked.error();
    return Written{EntryId{where->data}, std::nullopt};
}

Result<Written> LineRunner::intoSpace(const QJsonObject& line, bool send)
{
    const Result<EntryId> id = entry(line, "id");
    if (!id)
        return id.error();
    const Result<SpaceId> where = space(line);
    if (!where)
        return where.error();
    if (send)
        return await(m_ports.journal.send(*id, *where));
    QStringList only;
    const QJsonValue chosen = line.value(QLatin1String("only"));
    for (const QJsonValue& each : chosen.toArray())
        only.append(each.toString());
    if (!chosen.isUndefined() && (only.isEmpty() || only.contains(QString())))
        return usage(QStringLiteral("'only' is an array of the names of fields"));
    return await(m_ports.journal.share(*id, *where, only));
}

Result<EntryChange> LineRunner::readChange(const QJsonObject& line, const QString& kind)
{
    Result<QJsonObject> fields = objectAt(line, "fields");
    if (!fields)
        return fields.error();
    if (const Status status = putNames(*fields, kind, line.contains(QLatin1String("line")));
        !status)
        return status.error();
    Result<QMap<QString, QStringList>> add = itemsAt(line, "add");
    if (!add)
        return add.error();
    Result<QMap<QString, QStringList>> remove = itemsAt(line, "remove");
    if (!remove)
        return remove.error();
    return EntryChange{
        std::move(fields).value(), std::move(add).value(), std::move(remove).value()};
}

Status LineRunner::putNames(QJsonObject& fields, const QString& kind, bool ofLine) const
{
    for (auto it = fields.begin(); it != fields.end(); ++it) {
        const Bytes name = it.key().toUtf8();
        const Kind* known = findKind(kind.toUtf8());
        const auto field = !known ? std::nullopt
            : ofLine              ? known->findOfLine(name)
                                  : known->find(name);
        const QString text = it.value().toString();
        if (!field || !namesEntry(field->type) || !text.startsWith(u'@'))
            continue;
        const Result<EntryId> id = named(text);
        if (!id)
            return id.error();
        it.value() = QString::fromLatin1(id->hex());
    }
    return {};
}

Result<EntryId> LineRunner::entry(const QJsonObject& line, const char* key)
{
    const Result<QString> text = stringAt(line, key);
    if (!text)
        return text.error();
    return text->startsWith(u'@') ? named(*text) : entryNamed(m_ports, *text);
}

Result<EntryId> LineRunner::named(const QString& text) const
{
    const auto found = m_names.constFind(text.mid(1));
    if (found == m_names.cend())
        return Error{ErrorCode::NotFound, QStringLiteral("no line before made that name")};
    return *found;
}

Result<SpaceId> LineRunner::space(const QJsonObject& line)
{
    const Result<QString> text = stringAt(line, "space");
    return text ? spaceNamed(m_ports, *text) : text.error();
}

Result<QString> LineRunner::kindOf(const EntryId& id)
{
    const auto found = m_kinds.constFind(id);
    if (found != m_kinds.cend())
        return *found;
    const Result<Entry> entry = await(m_ports.entries.entry(id));
    if (!entry)
        return entry.error();
    m_kinds.insert(id, entry->kind);
    return entry->kind;
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/fieldarguments.h"

#include "app/domain/schema.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>
#include <QStringDecoder>

namespace Waymark {

namespace {

constexpr qint64 kMaxFile = 16 * 1024 * 1024;

struct Assignment
{
    QString field;
    QString value;
};

Result<Assignment> readAssignment(const QString& text, const char* option)
{
    const qsizetype equals = text.indexOf(u'=');
    if (equals <= 0)
        return Error{ErrorCode::Usage,
            QStringLiteral("--%1 takes FIELD=VALUE, such as --%1 title=Hello")
                .arg(QLatin1String(option))};
    return Assignment{text.left(equals), text.mid(equals + 1)};
}

QJsonValue numberOrText(const QString& text)
{
    bool ok = false;
    const double number = QLocale::c().toDouble(text, &ok);
    return ok ? QJsonValue(number) : QJsonValue(text);
}

QJsonValue flagOrText(const QString& text)
{
    if (text == QLatin1String("true"))
        return true;
    if (text == QLatin1String("false"))
        return false;
    return text;
}

Result<QJsonValue> arrayFromText(const QString& field, const QString& text)
{
    if (text.isEmpty())
        return QJsonValue(QJsonArray());
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    if (!document.isArray())
        return Error{ErrorCode::Usage,
            QStringLiteral("%1 is set by a JSON array, such as --set '%1=[\"one\",\"two\"]'; "
                           "--add %1=one adds to it")
                .arg(field)};
    return QJsonValue(document.array());
}

Result<QString> readText(const Context& context, const QString& name)
{
    QFile file(name);
    QIODevice* device = context.environment.in;
    if (name != QLatin1String("-")) {
        if (!file.open(QIODevice::ReadOnly))
            return Error{ErrorCode::Usage, QStringLiteral("a file of --set-file cannot be read")};
        device = &file;
    }
    const QByteArray bytes = device->read(kMaxFile + 1);
    if (bytes.size() > kMaxFile)
        return ErrorCode::TooLarge;
    QStringDecoder decoder(QStringDecoder::Utf8);
    QString text = decoder(bytes);
    if (decoder.hasError())
        return Error{ErrorCode::Usage, QStringLiteral("a file of --set-file is not UTF-8 text")};
    return text;
}

/// The field that is meant: of a line where one is named. Lives as long as `name`.
std::optional<Field> fieldMeant(const Context& context, const QString& kind, const Bytes& name)
{
    const Kind* known = findKind(kind.toUtf8());
    if (!known)
        return std::nullopt;
    return context.arguments.has(QStringLiteral("line")) ? known->findOfLine(name)
                                                         : known->find(name);
}

Status readFiles(const Context& context, const QString& kind, QJsonObject& set)
{
    for (const QString& each : context.arguments.list(QStringLiteral("set-file"))) {
        const Result<Assignment> assignment = readAssignment(each, "set-file");
        if (!assignment)
            return assignment.error();
        Result<QString> text = readText(context, assignment->value);
        if (!text)
            return text.error();
        const Bytes name = assignment->field.toUtf8();
        const auto field = fieldMeant(context, kind, name);
        // A text takes the file as it is; elsewhere the line's end is the file's and not the
        // value's.
        if (field && field->merge != Merge::Text && text->endsWith(u'\n'))
            text->chop(1);
        const Result<QJsonValue> value = valueFromText(field, *text);
        if (!value)
            return value.error();
        if (set.contains(assignment->field))
            return {ErrorCode::Usage,
                QStringLiteral("%1 is given more than once").arg(assignment->field)};
        set.insert(assignment->field, *value);
    }
    return {};
}

Result<QMap<QString, QStringList>> readItems(const Context& context, const char* option)
{
    QMap<QString, QStringList> out;
    for (const QString& each : context.arguments.list(QLatin1String(option))) {
        const Result<Assignment> assignment = readAssignment(each, option);
        if (!assignment)
            return assignment.error();
        out[assignment->field].append(assignment->value);
    }
    return out;
}

} // namespace

Result<QJsonValue> valueFromText(const std::optional<Field>& field, const QString& text)
{
    if (!field)
        return QJsonValue(text);
    const QString fieldName = QLatin1String(field->name);
    if (field->merge == Merge::Set || field->merge == Merge::List)
        return arrayFromText(fieldName, text);
    switch (field->type) {
    case ValueType::Number:
    case ValueType::Count:
    case ValueType::Percent:
    case ValueType::Scale:
        return numberOrText(text);
    case ValueType::Flag:
        return flagOrText(text);
    case ValueType::Any:
        return text == QLatin1String("true") || text == QLatin1String("false") ? flagOrText(text)
                                                                               : numberOrText(text);
    case ValueType::Period:
    case ValueType::Words:
        return arrayFromText(fieldName, text);
    case ValueType::Text:
    case ValueType::Label:
    case ValueType::Date:
    case ValueType::Moment:
    case ValueType::Zone:
    case ValueType::Hours:
    case ValueType::Language:
    case ValueType::Word:
    case ValueType::Entry:
    case ValueType::Parent:
    case ValueType::Person:
    case ValueType::Subject:
    case ValueType::Space:
    case ValueType::Copy:
    case ValueType::Quote:
        break;
    }
    return QJsonValue(text);
}

Result<EntryChange> readChange(const Context& context, const QString& kind)
{
    EntryChange change;
    for (const QString& each : context.arguments.list(QStringLiteral("set"))) {
        const Result<Assignment> assignment = readAssignment(each, "set");
        if (!assignment)
            return assignment.error();
        const Bytes name = assignment->field.toUtf8();
        const Result<QJsonValue> value
            = valueFromText(fieldMeant(context, kind, name), assignment->value);
        if (!value)
            return value.error();
        if (change.set.contains(assignment->field))
            return Error{ErrorCode::Usage,
                QStringLiteral("%1 is given more than once").arg(assignment->field)};
        change.set.insert(assignment->field, *value);
    }
    if (const Status status = readFiles(context, kind, change.set); !status)
        return status.error();
    Result<QMap<QString, QStringList>> add = readItems(context, "add");
    if (!add)
        return add.error();
    Result<QMap<QString, QStringList>> remove = readItems(context, "remove");
    if (!remove)
        return remove.error();
    change.add = std::move(add).value();
    change.remove = std::move(remove).value();
    return change;
}

} // namespace Waymark

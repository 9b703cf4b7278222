// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/value.h"

#include "app/core/cbor.h"

#include <QDate>
#include <QDateTime>
#include <QTimeZone>

#include <cmath>

namespace Waymark {

namespace {

constexpr qsizetype kMaxText = 64 * 1024;

Error wrong(const Field& field, const char* what)
{
    return {ErrorCode::Usage,
        QStringLiteral("%1: %2").arg(QLatin1String(field.name), QLatin1String(what))};
}

Bytes numberValue(double number)
{
    Cbor::Writer out;
    if (number == std::floor(number) && std::abs(number) <= double(kMaxInteger))
        out.integer(qint64(number));
    else
        out.number(number);
    return out.take();
}

Bytes flagValue(bool flag)
{
    Cbor::Writer out;
    out.boolean(flag);
    return out.take();
}

Result<Bytes> wholeNumber(const Field& field, const QJsonValue& json, int least, int most)
{
    const double number = json.toDouble(-1);
    if (!json.isDouble() || number != std::floor(number) || number < least || number > most)
        return Error{ErrorCode::Usage,
            QStringLiteral("%1: a whole number from %2 to %3 is expected")
                .arg(QLatin1String(field.name))
                .arg(least)
                .arg(most)};
    return numberValue(number);
}

Result<Bytes> oneOf(const Field& field, const QJsonValue& json, std::span<const char* const> words)
{
    for (const char* word : words) {
        if (json.toString() == QLatin1String(word))
            return textValue(json.toString());
    }
    QStringList all;
    for (const char* word : words)
        all.append(QLatin1String(word));
    return Error{ErrorCode::Usage,
        QStringLiteral("%1: one of %2 is expected")
            .arg(QLatin1String(field.name), all.join(QStringLiteral(", ")))};
}

bool isMoment(const QString& text)
{
    // RFC 3339 asks for an offset; Qt would read a moment without one as local time.
    const bool hasOffset = text.endsWith(QLatin1Char('Z'))
        || (text.size() > 6
            && (text.at(text.size() - 6) == QLatin1Char('+')
                || text.at(text.size() - 6) == QLatin1Char('-')));
    return text.size() >= 20 && hasOffset && QDateTime::fromString(text, Qt::ISODate).isValid();
}

Result<Bytes> textFromJson(const Field& field, const QJsonValue& json)
{
    const QString text = json.toString();
    if (!json.isString())
        return wrong(field, "text is expected");
    if (text.size() > kMaxText)
        return Error{ErrorCode::TooLarge, QLatin1String(field.name)};
    return textValue(text);
}

} // namespace

Bytes nullValue()
{
    Cbor::Writer out;
    out.null();
    return out.take();
}

Bytes textValue(QStringView text)
{
    Cbor::Writer out;
    out.text(text);
    return out.take();
}

Bytes idValue(BytesView id)
{
    Cbor::Writer out;
    out.bytes(id);
    return out.take();
}

Bytes parentValue(const EntryId& parent, const ElementId& slot)
{
    Cbor::Writer out;
    out.array(2).id(parent).array(2).bytes(slot.log.bytes()).integer(qint64(slot.counter));
    return out.take();
}

Bytes sharedValue(const SpaceId& space, const EntryId& entry)
{
    Cbor::Writer out;
    out.array(2).id(space).id(entry);
    return out.take();
}

std::optional<QString> textOf(BytesView value)
{
    Cbor::Reader in(value);
    const QString text = in.text(kMaxValueBytes);
    return in.finished() ? std::optional(text) : std::nullopt;
}

std::optional<ParentPlace> parentOf(BytesView value)
{
    Cbor::Reader in(value);
    ParentPlace out;
    in.arrayOf(2);
    out.parent = in.id<EntryId>();
    in.arrayOf(2);
    const auto log = LogName::fromBytes(in.bytes(LogName::kBranchSize));
    if (!log)
        in.fail();
    out.slot.log = log.value_or(LogName());
    out.slot.counter = quint64(in.integer(0, kMaxInteger));
    return in.finished() ? std::optional(out) : std::nullopt;
}

std::optional<EntryId> sharedEntryOf(BytesView value)
{
    Cbor::Reader in(value);
    in.arrayOf(2);
    in.id<SpaceId>();
    const EntryId entry = in.id<EntryId>();
    return in.finished() ? std::optional(entry) : std::nullopt;
}

std::optional<EntryId> namedEntry(ValueType type, BytesView value)
{
    if (type == ValueType::Entry)
        return idOf<EntryId>(value);
    if (type == ValueType::Parent) {
        if (const auto place = parentOf(value))
            return place->parent;
    }
    return std::nullopt;
}

Result<Bytes> valueFromJson(const Field& field, const QJsonValue& json)
{
    static constexpr const char* kStatuses[] = {"open", "active", "done", "dropped", "proposed"};
    static constexpr const char* kTones[]
        = {"plain", "celebrating", "curious", "concerned", "challenging"};
    if (json.isNull() || (json.isString() && json.toString().isEmpty()))
        return nullValue();
    switch (field.type) {
    case ValueType::Number:
        if (!json.isDouble() || !std::isfinite(json.toDouble()))
            return wrong(field, "a number is expected");
        return numberValue(json.toDouble());
    case ValueType::Percent:
        return wholeNumber(field, json, 0, 100);
    case ValueType::Mood:
        return wholeNumber(field, json, 1, 5);
    case ValueType::Flag:
        if (!json.isBool())
            return wrong(field, "true or false is expected");
        return flagValue(json.toBool());
    case ValueType::Date:
        if (json.toString().size() != 10
            || !QDate::fromString(json.toString(), Qt::ISODate).isValid())
            return wrong(field, "a date like 2026-11-25 is expected");
        return textValue(json.toString());
    case ValueType::Moment:
        if (!isMoment(json.toString()))
            return wrong(field, "a time like 2026-11-25T17:20:00+03:00 is expected");
        return textValue(json.toString());
    case ValueType::Zone:
        if (!QTimeZone::isTimeZoneIdAvailable(json.toString().toUtf8()))
            return wrong(field, "a zone like Europe/Dublin is expected");
        return textValue(json.toString());
    case ValueType::Status:
        return oneOf(field, json, kStatuses);
    case ValueType::Tone:
        return oneOf(field, json, kTones);
    case ValueType::Entry:
    case ValueType::Person: {
        const auto id = EntryId::fromHex(json.toString().toLatin1());
        if (!id)
            return wrong(field, "an id is expected");
        return idValue(id->view());
    }
    case ValueType::Text:
    case ValueType::Parent:
    case ValueType::Quote:
        break;
    }
    return textFromJson(field, json);
}

namespace {

/// The text of a quote, [text] or [text, field, first, last].
std::optional<QString> quoteOf(BytesView value)
{
    Cbor::Reader in(value);
    const quint64 length = in.array(4);
    const QString text = in.text(kMaxValueBytes);
    return in.ok() && (length == 1 || length == 4) ? std::optional(text) : std::nullopt;
}

QJsonValue orNull(const std::optional<QString>& text)
{
    return text ? QJsonValue(*text) : QJsonValue(QJsonValue::Null);
}

QJsonValue numberOf(BytesView value, qint64 least, qint64 most)
{
    Cbor::Reader in(value);
    const qint64 number = in.integer(least, most);
    return in.finished() ? QJsonValue(number) : QJsonValue(QJsonValue::Null);
}

} // namespace

QJsonValue valueToJson(const Field& field, BytesView value)
{
    const auto hex = [](const auto& id) -> QJsonValue {
        return id ? QJsonValue(QString::fromLatin1(id->hex())) : QJsonValue(QJsonValue::Null);
    };
    Cbor::Reader in(value);
    switch (field.type) {
    case ValueType::Number:
        if (in.peek() == Cbor::Kind::Float) {
            const double number = in.number();
            return in.finished() && std::isfinite(number) ? QJsonValue(number)
                                                          : QJsonValue(QJsonValue::Null);
        }
        return numberOf(value, -kMaxInteger, kMaxInteger);
    case ValueType::Percent:
        return numberOf(value, 0, 100);
    case ValueType::Mood:
        return numberOf(value, 1, 5);
    case ValueType::Flag: {
        const bool flag = in.boolean();
        return in.finished() ? QJsonValue(flag) : QJsonValue(QJsonValue::Null);
    }
    case ValueType::Text:
    case ValueType::Date:
    case ValueType::Moment:
    case ValueType::Zone:
    case ValueType::Status:
    case ValueType::Tone:
        return orNull(textOf(value));
    case ValueType::Entry:
        return field.internal ? hex(sharedEntryOf(value)) : hex(idOf<EntryId>(value));
    case ValueType::Person:
        return hex(idOf<PersonId>(value));
    case ValueType::Parent: {
        const auto place = parentOf(value);
        return hex(place ? std::optional(place->parent) : std::nullopt);
    }
    case ValueType::Quote:
        return orNull(quoteOf(value));
    }
    return QJsonValue::Null;
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/value.h"

#include "app/core/cbor.h"

#include <QDate>
#include <QDateTime>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTimeZone>

#include <cmath>

namespace Waymark {

namespace {

constexpr qsizetype kMaxText = 64 * 1024;
constexpr int kMaxCount = 24 * 60; ///< days, or minutes of a day
constexpr quint64 kMaxWords = 16;

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

bool isWordOf(const Field& field, const QJsonValue& json)
{
    return std::any_of(field.words.begin(), field.words.end(),
        [&](const char* word) { return json.toString() == QLatin1String(word); });
}

Error wordsExpected(const Field& field, const char* form)
{
    QStringList all;
    for (const char* word : field.words)
        all.append(QLatin1String(word));
    return {ErrorCode::Usage,
        QString(QLatin1String(form))
            .arg(QLatin1String(field.name), all.join(QStringLiteral(", ")))};
}

Bytes textsValue(const QStringList& texts)
{
    Cbor::Writer out;
    out.array(quint64(texts.size()));
    for (const QString& text : texts)
        out.text(text);
    return out.take();
}

/// An array of texts; nothing where it is anything else.
std::optional<QStringList> textsOf(const QJsonValue& json)
{
    QStringList out;
    for (const QJsonValue& each : json.toArray()) {
        if (!each.isString())
            return std::nullopt;
        out.append(each.toString());
    }
    return json.isArray() ? std::optional(out) : std::nullopt;
}

std::optional<QStringList> textsOf(BytesView value)
{
    Cbor::Reader in(value);
    QStringList out;
    for (quint64 left = in.array(kMaxWords); left > 0 && in.ok(); --left)
        out.append(in.text(kMaxText));
    return in.finished() ? std::optional(out) : std::nullopt;
}

bool isDate(const QString& text)
{
    return text.size() == 10 && QDate::fromString(text, Qt::ISODate).isValid();
}

bool isPeriod(const QStringList& dates)
{
    // Written like this, days are in the order of their texts.
    return dates.size() == 2 && isDate(dates[0]) && isDate(dates[1]) && dates[0] <= dates[1];
}

bool isHours(const QString& text)
{
    static const QRegularExpression form(
        QStringLiteral("^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$"));
    return form.match(text).hasMatch() && text.left(5) != text.right(5);
}

/// A well-formed tag of BCP 47 (RFC 5646, 2.1; of the grandfathered ones those that fit it).
bool isLanguage(const QString& text)
{
    static const QRegularExpression form(
        QStringLiteral("^([a-z]{2,3}(-[a-z]{3}){0,3}|[a-z]{4,8})" // language
                       "(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?" // script, region
                       "(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*" // variants
                       "(-[0-9a-wyz](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?$"),
        QRegularExpression::CaseInsensitiveOption);
    return text.size() <= 64 && form.match(text).hasMatch();
}

Result<Bytes> wordsFromJson(const Field& field, const QJsonValue& json)
{
    const auto texts = textsOf(json);
    QStringList distinct = texts.value_or(QStringList());
    const bool known = texts && std::all_of(texts->begin(), texts->end(), [&](const QString& each) {
        return isWordOf(field, each);
    });
    if (!known || distinct.removeDuplicates() > 0)
        return wordsExpected(field, "%1: a list of some of %2 is expected");
    return textsValue(*texts);
}

Result<Bytes> anyFromJson(const Field& field, const QJsonValue& json)
{
    if (json.isBool())
        return flagValue(json.toBool());
    if (json.isDouble() && std::isfinite(json.toDouble()))
        return numberValue(json.toDouble());
    if (!json.isString())
        return wrong(field, "a text, a number, true or false is expected");
    if (json.toString().size() > kMaxText)
        return Error{ErrorCode::TooLarge, QLatin1String(field.name)};
    return textValue(json.toString());
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

bool isTrue(BytesView value)
{
    Cbor::Reader in(value);
    const bool flag = in.boolean();
    return in.finished() && flag;
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

std::optional<std::pair<SpaceId, EntryId>> copyOf(BytesView value)
{
    Cbor::Reader in(value);
    in.arrayOf(2);
    const auto space = in.id<SpaceId>();
    const auto entry = in.id<EntryId>();
    return in.finished() ? std::optional(std::pair(space, entry)) : std::nullopt;
}

std::optional<EntryId> sharedEntryOf(BytesView value)
{
    const auto copy = copyOf(value);
    return copy ? std::optional(copy->second) : std::nullopt;
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
    const QString text = json.toString();
    if (json.isNull() || (json.isString() && text.isEmpty())
        || (json.isArray() && json.toArray().isEmpty()))
        return nullValue();
    const auto textIf = [&](bool right, const char* what) {
        return right ? textValue(text) : Result<Bytes>(wrong(field, what));
    };
    switch (field.type) {
    case ValueType::Number:
        if (!json.isDouble() || !std::isfinite(json.toDouble()))
            return wrong(field, "a number is expected");
        return numberValue(json.toDouble());
    case ValueType::Count:
        return wholeNumber(field, json, 1, kMaxCount);
    case ValueType::Percent:
        return wholeNumber(field, json, 0, 100);
    case ValueType::Scale:
        return wholeNumber(field, json, 1, 5);
    case ValueType::Flag:
        if (!json.isBool())
            return wrong(field, "true or false is expected");
        return flagValue(json.toBool());
    case ValueType::Date:
        return textIf(isDate(text), "a date like 2026-11-25 is expected");
    case ValueType::Period: {
        const auto dates = textsOf(json);
        if (!dates || !isPeriod(*dates))
            return wrong(field,
                "two dates like [\"2026-12-24\",\"2027-01-03\"] are expected, the earlier one "
                "first");
        return textsValue(*dates);
    }
    case ValueType::Moment:
        return textIf(isMoment(text), "a time like 2026-11-25T17:20:00+03:00 is expected");
    case ValueType::Zone:
        return textIf(QTimeZone::isTimeZoneIdAvailable(text.toUtf8()),
            "a zone like Europe/Dublin is expected");
    case ValueType::Hours:
        return textIf(isHours(text), "hours like 09:00-18:00 are expected");
    case ValueType::Language:
        return textIf(isLanguage(text), "a language's tag like ar or pt-BR is expected");
    case ValueType::Word:
        return isWordOf(field, json)
            ? textValue(text)
            : Result<Bytes>(wordsExpected(field, "%1: one of %2 is expected"));
    case ValueType::Words:
        return wordsFromJson(field, json);
    case ValueType::Any:
        return anyFromJson(field, json);
    case ValueType::Entry:
    case ValueType::Person:
    case ValueType::Subject:
    case ValueType::Space: {
        const auto id = EntryId::fromHex(text.toLatin1());
        if (!id)
            return wrong(field, "an id is expected");
        return idValue(id->view());
    }
    case ValueType::Text:
    case ValueType::Label:
    case ValueType::Parent:
    case ValueType::Copy:
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

QJsonValue floatOf(BytesView value)
{
    Cbor::Reader in(value);
    const double number = in.number();
    return in.finished() && std::isfinite(number) ? QJsonValue(number)
                                                  : QJsonValue(QJsonValue::Null);
}

QJsonValue flagOf(BytesView value)
{
    Cbor::Reader in(value);
    const bool flag = in.boolean();
    return in.finished() ? QJsonValue(flag) : QJsonValue(QJsonValue::Null);
}

QJsonValue arrayOf(const std::optional<QStringList>& texts)
{
    return texts && !texts->isEmpty() ? QJsonValue(QJsonArray::fromStringList(*texts))
                                      : QJsonValue(QJsonValue::Null);
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
    const Cbor::Kind kind = Cbor::Reader(value).peek();
    switch (field.type) {
    case ValueType::Number:
        return kind == Cbor::Kind::Float ? floatOf(value)
                                         : numberOf(value, -kMaxInteger, kMaxInteger);
    case ValueType::Count:
        return numberOf(value, 1, kMaxCount);
    case ValueType::Percent:
        return numberOf(value, 0, 100);
    case ValueType::Scale:
        return numberOf(value, 1, 5);
    case ValueType::Flag:
        return flagOf(value);
    case ValueType::Any:
        if (kind == Cbor::Kind::Float)
            return floatOf(value);
        if (kind == Cbor::Kind::Integer)
            return numberOf(value, -kMaxInteger, kMaxInteger);
        return kind == Cbor::Kind::Boolean ? flagOf(value) : orNull(textOf(value));
    case ValueType::Text:
    case ValueType::Label:
    case ValueType::Date:
    case ValueType::Moment:
    case ValueType::Zone:
    case ValueType::Hours:
    case ValueType::Language:
    case ValueType::Word:
        return orNull(textOf(value));
    case ValueType::Words:
        return arrayOf(textsOf(value));
    case ValueType::Period: {
        const auto dates = textsOf(value);
        return arrayOf(dates && isPeriod(*dates) ? dates : std::nullopt);
    }
    case ValueType::Entry:
    case ValueType::Subject:
        return hex(idOf<EntryId>(value));
    case ValueType::Person:
        return hex(idOf<PersonId>(value));
    case ValueType::Space:
        return hex(idOf<SpaceId>(value));
    case ValueType::Parent: {
        const auto place = parentOf(value);
        return hex(place ? std::optional(place->parent) : std::nullopt);
    }
    case ValueType::Copy: {
        const auto copy = copyOf(value);
        if (!copy || field.access == Access::Hidden)
            return hex(sharedEntryOf(value));
        return QJsonArray{
            QString::fromLatin1(copy->first.hex()), QString::fromLatin1(copy->second.hex())};
    }
    case ValueType::Quote:
        return orNull(quoteOf(value));
    }
    return QJsonValue::Null;
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/references.h"

#include "app/commands/await.h"
#include "app/domain/schema.h"

namespace Waymark {

namespace {

Error missing(const char* what)
{
    return {ErrorCode::Usage,
        QStringLiteral("%1 is expected, but there is none").arg(QLatin1String(what))};
}

bool isHex(const QString& text)
{
    return std::all_of(text.begin(), text.end(),
        [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); });
}

/// The whole id, when the text is one.
template <typename Id>
std::optional<Id> wholeId(const QString& text)
{
    return isHex(text) ? Id::fromHex(text.toLatin1()) : std::nullopt;
}

/// The one among `ids` (hexadecimal) that begins with the text.
Result<qsizetype> onlyOne(const QList<Bytes>& ids, const QString& text)
{
    qsizetype found = -1;
    for (qsizetype i = 0; i < ids.size(); ++i) {
        if (!ids[i].startsWith(text.toUtf8()))
            continue;
        if (found >= 0)
            return Error{ErrorCode::Ambiguous, {}};
        found = i;
    }
    if (found < 0 || text.isEmpty())
        return Error{ErrorCode::NotFound, {}};
    return found;
}

} // namespace

Result<EntryId> References::entry(const QString& text)
{
    const QString lower = text.toLower();
    if (lower.isEmpty())
        return missing("an entry's id");
    if (const auto whole = wholeId<EntryId>(lower))
        return *whole;
    return await(m_ports.entries.resolve(lower));
}

Result<SpaceId> References::space(const QString& text)
{
    const QString lower = text.toLower();
    if (lower.isEmpty())
        return missing("a space's id");
    return await(m_ports.entries.resolveSpace(lower));
}

Result<QList<Space>> References::spaces()
{
    if (!m_spaces) {
        Result<QList<Space>> read = await(m_ports.entries.spaces());
        if (!read)
            return read.error();
        m_spaces = std::move(read).value();
    }
    return *m_spaces;
}

Result<PersonId> References::person(const QString& text, const SpaceId& space)
{
    if (text == QLatin1String("me"))
        return m_ports.journal.me();
    if (const auto whole = wholeId<PersonId>(text.toLower()))
        return *whole;
    const Result<QList<Space>> all = spaces();
    if (!all)
        return all.error();
    QList<Member> members;
    for (const Space& each : *all) {
        if (each.id == space)
            members = each.members;
    }
    std::optional<PersonId> named;
    QList<Bytes> ids;
    for (const Member& member : members) {
        ids.append(member.id.hex());
        if (member.name != text)
            continue;
        if (named)
            return Error{ErrorCode::Ambiguous,
                QStringLiteral("two members have that name; write the person's id")};
        named = member.id;
    }
    if (named)
        return *named;
    const Result<qsizetype> index = onlyOne(ids, text.toLower());
    if (index)
        return members[*index].id;
    if (index.error().code == ErrorCode::Ambiguous)
        return index.error();
    return Error{ErrorCode::NotFound, QStringLiteral("nobody in that space has that name or id")};
}

Result<Bytes> References::pairing(const QString& text)
{
    const Result<QList<PairingRow>> rows = await(m_ports.pairing.list());
    if (!rows)
        return rows.error();
    QList<Bytes> ids;
    for (const PairingRow& row : *rows)
        ids.append(row.id.toHex());
    const Result<qsizetype> index = onlyOne(ids, text.toLower());
    if (!index)
        return index.error();
    return rows->at(*index).id;
}

Status References::resolveValues(QJsonObject& values, const QString& kind, const SpaceId& space)
{
    for (auto it = values.begin(); it != values.end(); ++it) {
        const Field* field = findField(kind.toUtf8(), it.key().toUtf8());
        const QString text = it.value().toString();
        if (!field || text.isEmpty())
            continue;
        if (field->type == ValueType::Entry || field->type == ValueType::Parent) {
            const Result<EntryId> id = entry(text);
            if (!id)
                return id.error();
            it.value() = QString::fromLatin1(id->hex());
        } else if (field->type == ValueType::Person) {
            const Result<PersonId> id = person(text, space);
            if (!id)
                return id.error();
            it.value() = QString::fromLatin1(id->hex());
        }
    }
    return {};
}

} // namespace Waymark

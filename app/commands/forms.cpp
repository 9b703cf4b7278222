// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/forms.h"

#include "app/commands/exitstatus.h"
#include "app/commands/output.h"

#include <QDateTime>

namespace Waymark {

namespace {

constexpr qsizetype kHeadingLength = 60;

QString key(const char* name)
{
    return QLatin1String(name);
}

QString inOneLine(const QString& text)
{
    const QString line = text.simplified();
    return line.size() <= kHeadingLength ? line : line.left(kHeadingLength - 1) + QChar(0x2026);
}

QJsonValue hexOrNull(const Bytes& id)
{
    return id.isEmpty() ? QJsonValue() : QJsonValue(QString::fromLatin1(id.toHex()));
}

} // namespace

QString momentText(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs);
}

QString shortId(BytesView id)
{
    return QString::fromLatin1(id.toByteArray().toHex().left(8));
}

QJsonObject spaceForm(const Space& space)
{
    QJsonArray members;
    for (const Member& member : space.members)
        members.append(QJsonObject{{key("id"), idText(member.id)}, {key("name"), member.name},
            {key("role"), roleName(member.role)}, {key("me"), member.me}});
    return {{key("id"), idText(space.id)}, {key("name"), space.name},
        {key("role"), roleName(space.role)}, {key("private"), space.isPrivate},
        {key("members"), members}};
}

QJsonObject entryForm(const Entry& entry)
{
    QJsonArray acknowledged;
    for (const PersonId& person : entry.acknowledged)
        acknowledged.append(idText(person));
    return {{key("id"), idText(entry.id)}, {key("space"), idText(entry.space)},
        {key("kind"), entry.kind}, {key("fields"), entry.fields}, {key("deleted"), entry.deleted},
        {key("by"), idText(entry.by)}, {key("at"), momentText(entry.atMs)},
        {key("acknowledged"), acknowledged}};
}

QJsonObject wholeEntryForm(const Entry& entry)
{
    QJsonObject conflicts;
    for (auto it = entry.conflicts.cbegin(); it != entry.conflicts.cend(); ++it) {
        QJsonArray kept;
        for (const KeptValue& value : it.value())
            kept.append(QJsonObject{{key("value"), value.value}, {key("who"), idText(value.who)},
                {key("when"), momentText(value.whenMs)}});
        conflicts.insert(it.key(), kept);
    }
    QJsonObject out = entryForm(entry);
    out.insert(key("conflicts"), conflicts);
    if (entry.lines)
        out.insert(key("lines"), *entry.lines);
    return out;
}

QJsonObject historyForm(const HistoryItem& item)
{
    return {{key("operation"), idText(item.operation)}, {key("who"), idText(item.who)},
        {key("when"), momentText(item.whenMs)}, {key("field"), item.field},
        {key("change"), item.change}, {key("value"), item.value}};
}

QJsonObject pairingForm(const PairingRow& row)
{
    const bool invites = row.side == PairingSide::Inviter;
    return {{key("id"), QString::fromLatin1(row.id.toHex())}, {key("of"), hexOrNull(row.of)},
        {key("space"), idText(row.space)}, {key("name"), row.name},
        {key("role"), roleName(row.role)}, {key("side"), key(invites ? "inviter" : "asker")},
        {key("state"), pairingStateName(row.state)}};
}

QJsonObject logForm(const LogInfo& log)
{
    return {{key("space"), idText(log.space)}, {key("log"), QString::fromLatin1(log.name.toHex())},
        {key("person"), idText(log.person)}, {key("seq"), qint64(log.seq)},
        {key("lamport"), qint64(log.lamport)}, {key("head"), idText(log.head)},
        {key("stopped"), log.stopped.isEmpty() ? QJsonValue() : QJsonValue(log.stopped)}};
}

QJsonObject reportForm(const VerifyReport& report)
{
    return {{key("operations"), report.operations},
        {key("signaturesChecked"), report.signaturesChecked},
        {key("problems"), QJsonArray::fromStringList(report.problems)}};
}

QJsonObject statusForm(const SyncStatus& status)
{
    QJsonArray peers;
    for (const PeerStatus& peer : status.peers) {
        QJsonObject object{{key("name"), peer.name}, {key("space"), idText(peer.space)},
            {key("received"), peer.received}};
        if (!peer.problem.isEmpty())
            object.insert(key("problem"), peer.problem);
        peers.append(object);
    }
    return {{key("outbox"), status.outbox}, {key("unsent"), status.unsent}, {key("peers"), peers}};
}

QJsonObject errorForm(const Error& error)
{
    return {{key("code"), key(codeName(error.code))}, {key("message"), errorSentence(error)}};
}

QString valueText(const QJsonValue& value)
{
    if (value.isString())
        return inOneLine(value.toString());
    if (value.isArray()) {
        QStringList parts;
        for (const QJsonValue& each : value.toArray())
            parts.append(valueText(each));
        return parts.join(QStringLiteral(", "));
    }
    if (value.isDouble())
        return QString::number(value.toDouble(), 'g', 15);
    if (value.isBool())
        return key(value.toBool() ? "yes" : "no");
    if (value.isObject())
        return QString::fromUtf8(compactJson(value));
    return {};
}

QString headingOf(const Entry& entry)
{
    const QString title = entry.text(u"title");
    return inOneLine(title.isEmpty() ? entry.text(u"body") : title);
}

} // namespace Waymark

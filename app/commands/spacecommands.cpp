// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/await.h"
#include "app/commands/commands.h"
#include "app/commands/forms.h"
#include "app/commands/references.h"

namespace Waymark::Commands {

namespace {

constexpr int kDigitsTogether = 5;

Result<Role> readRole(const Context& context)
{
    const auto role = roleFromName(context.arguments.value(QStringLiteral("role")));
    if (!role)
        return Error{ErrorCode::Usage, QStringLiteral("--role takes mentee, mentor or peer")};
    return *role;
}

QString memberNames(const Space& space)
{
    QStringList names;
    for (const Member& member : space.members) {
        if (!member.me)
            names.append(QStringLiteral("%1 (%2)").arg(member.name, roleName(member.role)));
    }
    return names.join(QStringLiteral(", "));
}

QString spaceText(const QList<Space>& spaces)
{
    QList<QStringList> rows;
    for (const Space& space : spaces)
        rows.append({shortId(space.id.view()), space.name,
            space.isPrivate ? QStringLiteral("only you") : roleName(space.role),
            memberNames(space)});
    return aligned(rows);
}

/// What is answered after a step on an invitation or an asker.
Status doWith(Context& context, QFuture<Status> (Pairing::*step)(Bytes), const QString& text)
{
    const Result<Bytes> id
        = pairingNamed(context.ports, context.arguments.value(QStringLiteral("id")));
    if (!id)
        return id.error();
    const Status done = await((context.ports.pairing.*step)(*id));
    if (!done)
        return done;
    context.output.answer(
        QJsonObject{{QStringLiteral("id"), QString::fromLatin1(id->toHex())}}, text);
    return {};
}

QString grouped(const QString& digits)
{
    QString out;
    for (qsizetype i = 0; i < digits.size(); i += kDigitsTogether)
        out += digits.mid(i, kDigitsTogether)
            + (i + kDigitsTogether < digits.size() ? u' ' : u'\n');
    return out;
}

} // namespace

Status spaceCreate(Context& context)
{
    const Result<Role> role = readRole(context);
    if (!role)
        return role.error();
    const Result<SpaceId> id = await(
        context.ports.journal.createSpace(context.arguments.value(QStringLiteral("name")), *role));
    if (!id)
        return id.error();
    context.output.answer(QJsonObject{{QStringLiteral("id"), idText(*id)}}, idText(*id));
    return {};
}

Status spaceList(Context& context)
{
    const Result<QList<Space>> spaces = await(context.ports.entries.spaces());
    if (!spaces)
        return spaces.error();
    QJsonArray array;
    for (const Space& space : *spaces)
        array.append(spaceForm(space));
    context.output.answer(array, spaceText(*spaces));
    return {};
}

Status spaceShow(Context& context)
{
    const Result<SpaceId> id
        = spaceNamed(context.ports, context.arguments.value(QStringLiteral("id")));
    if (!id)
        return id.error();
    const Result<QList<Space>> spaces = await(context.ports.entries.spaces());
    if (!spaces)
        return spaces.error();
    for (const Space& space : *spaces) {
        if (space.id != *id)
            continue;
        context.output.answer(spaceForm(space), spaceText({space}));
        return {};
    }
    return ErrorCode::NotFound;
}

Status spaceLook(Context& context)
{
    const Result<SpaceId> id
        = spaceNamed(context.ports, context.arguments.value(QStringLiteral("id")));
    if (!id)
        return id.error();
    if (const Status looked = await(context.ports.journal.look(*id)); !looked)
        return looked;
    context.output.answer(QJsonObject{{QStringLiteral("id"), idText(*id)}}, idText(*id));
    return {};
}

Status pairInvite(Context& context)
{
    const Result<Role> role = readRole(context);
    if (!role)
        return role.error();
    const Result<SpaceId> space
        = spaceNamed(context.ports, context.arguments.value(QStringLiteral("space")));
    if (!space)
        return space.error();
    const Result<OpenInvitation> made = await(
        context.ports.pairing.invite(*space, context.arguments.value(QStringLiteral("relay")),
            *role, context.arguments.has(QStringLiteral("accept-first"))));
    if (!made)
        return made.error();
    context.output.answer(QJsonObject{{QStringLiteral("link"), made->link},
                              {QStringLiteral("id"), QString::fromLatin1(made->id.toHex())}},
        QStringLiteral("Give this link to the one you invite, and to nobody else:\n\n%1\n\nIt can "
                       "be used once, until %2.\n")
            .arg(made->link, momentText(made->expiresMs)));
    return {};
}

Status pairAccept(Context& context)
{
    const Result<PairingRow> row
        = await(context.ports.pairing.accept(context.arguments.value(QStringLiteral("link"))));
    if (!row)
        return row.error();
    context.output.answer(QJsonObject{{QStringLiteral("id"), QString::fromLatin1(row->id.toHex())},
                              {QStringLiteral("space"), idText(row->space)}},
        QStringLiteral("You have asked %1 to let you in. It leaves with the next sync; until you "
                       "are let in, nothing can be written to that space.")
            .arg(row->name));
    return {};
}

Status pairConfirm(Context& context)
{
    return doWith(context, &Pairing::confirm,
        QStringLiteral("Let in. It leaves with the next sync; then compare the safety number."));
}

Status pairTurnAway(Context& context)
{
    return doWith(context, &Pairing::turnAway, QStringLiteral("Turned away."));
}

Status pairWithdraw(Context& context)
{
    return doWith(context, &Pairing::withdraw, QStringLiteral("Taken back."));
}

Status pairSafetyNumber(Context& context)
{
    const QString text = context.arguments.value(QStringLiteral("id"));
    Result<Bytes> id = pairingNamed(context.ports, text);
    if (!id && id.error().code == ErrorCode::NotFound) {
        const Result<SpaceId> space = spaceNamed(context.ports, text);
        if (!space)
            return space.error();
        id = space->bytes();
    }
    if (!id)
        return id.error();
    const Result<QString> number = await(context.ports.pairing.safetyNumber(*id));
    if (!number)
        return number.error();
    context.output.answer(QJsonObject{{QStringLiteral("id"), QString::fromLatin1(id->toHex())},
                              {QStringLiteral("number"), *number}},
        grouped(*number)
            + QStringLiteral("Read these to each other when you next talk. If they are the same, "
                             "nobody stands between you."));
    return {};
}

Status pairList(Context& context)
{
    const Result<QList<PairingRow>> all = await(context.ports.pairing.list());
    if (!all)
        return all.error();
    QJsonArray array;
    QList<QStringList> rows;
    for (const PairingRow& row : *all) {
        array.append(pairingForm(row));
        const bool invites = row.side == PairingSide::Inviter;
        rows.append({shortId(row.id), row.of.isEmpty() ? QString() : shortId(row.of),
            pairingStateName(row.state), QLatin1String(invites ? "you invite" : "you are invited"),
            roleName(row.role), row.name});
    }
    context.output.answer(array, aligned(rows));
    return {};
}

} // namespace Waymark::Commands

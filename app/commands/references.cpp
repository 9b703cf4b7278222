// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/references.h"

#include "app/commands/await.h"

namespace Waymark {

Result<EntryId> entryNamed(Ports& ports, const QString& text)
{
    return await(ports.entries.resolve(text.toLower()));
}

Result<SpaceId> spaceNamed(Ports& ports, const QString& text)
{
    return await(ports.entries.resolveSpace(text.toLower()));
}

Result<Subject> subjectOf(const Result<EntryId>& entry)
{
    if (!entry)
        return entry.error();
    return Subject{*entry};
}

namespace {

Result<Subject> memberNamed(Ports& ports, const QString& text, const SpaceId& space)
{
    const Result<QList<Space>> spaces = await(ports.entries.spaces());
    if (!spaces)
        return spaces.error();
    std::optional<PersonId> found;
    for (const Space& each : *spaces) {
        for (const Member& member : each.id == space ? each.members : QList<Member>()) {
            if (!QString::fromLatin1(member.id.hex()).startsWith(text.toLower()))
                continue;
            if (found)
                return Error{ErrorCode::Ambiguous, QStringLiteral("two members begin like that")};
            found = member.id;
        }
    }
    if (!found)
        return Error{ErrorCode::NotFound, QStringLiteral("no member of the space has that id")};
    return Subject{EntryId{found->data}, space};
}

} // namespace

Result<Subject> subjectNamed(Ports& ports, const QString& text, const QString& spaceText)
{
    const bool me = text == QLatin1String("me");
    if (me || !spaceText.isEmpty()) {
        const Result<SpaceId> space = spaceText.isEmpty()
            ? Result<SpaceId>(ports.journal.privateSpace())
            : spaceNamed(ports, spaceText);
        if (!space)
            return space.error();
        return me ? Result<Subject>(Subject{EntryId{ports.journal.me().data}, *space})
                  : memberNamed(ports, text, *space);
    }
    const Result<EntryId> entry = entryNamed(ports, text);
    if (entry || entry.error().code != ErrorCode::NotFound)
        return subjectOf(entry);
    const Result<SpaceId> space = spaceNamed(ports, text);
    if (space)
        return Subject{EntryId{space->data}};
    return space.error().code == ErrorCode::NotFound ? entry.error() : space.error();
}

Result<Bytes> pairingNamed(Ports& ports, const QString& text)
{
    const Result<QList<PairingRow>> rows = await(ports.pairing.list());
    if (!rows)
        return rows.error();
    const Bytes beginning = text.toLower().toUtf8();
    std::optional<Bytes> found;
    for (const PairingRow& row : *rows) {
        if (beginning.isEmpty() || !row.id.toHex().startsWith(beginning))
            continue;
        if (found)
            return Error{ErrorCode::Ambiguous, QStringLiteral("several pairings begin like that")};
        found = row.id;
    }
    if (!found)
        return Error{ErrorCode::NotFound, QStringLiteral("no pairing has that id")};
    return *found;
}

} // namespace Waymark

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

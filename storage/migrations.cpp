// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/migrations.h"

#include "storage/journalschema.h"
#include "storage/logcheck.h"

namespace Waymark {

namespace {

constexpr const char* kStep1 = R"sql(
CREATE TABLE setting(
    key TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;
)sql";

// Local things of the app, and all kinds and fields that were unknown before.
constexpr const char* kStep3 = R"sql(
CREATE TABLE looked(
    space BLOB PRIMARY KEY,
    version BLOB NOT NULL,
    at INTEGER NOT NULL
) WITHOUT ROWID;
ALTER TABLE mark ADD COLUMN chosen TEXT NOT NULL DEFAULT '';
)sql";

/// What was kept of kinds and fields from a newer version is read anew.
Status readAnew(Connection& connection)
{
    const auto count = LogCheck(connection).rebuild();
    return count ? Status() : Status(count.error());
}

constexpr Migration kSteps[] = {
    {1, kStep1},
    {2, kJournalSchema},
    {3, kStep3, readAnew},
};

constexpr bool inOrder(std::span<const Migration> steps)
{
    int version = 0;
    for (const Migration& step : steps) {
        if (step.version != ++version || (!step.sql && !step.function))
            return false;
    }
    return version > 0;
}
static_assert(inOrder(kSteps), "schema steps count from 1 without gaps, and each does something");

Status apply(Connection& connection, const Migration& step)
{
    Transaction transaction(connection);
    if (!transaction.begun())
        return transaction.begun();
    if (step.sql) {
        if (const Status done = connection.script(step.sql); !done)
            return done;
    }
    if (step.function) {
        if (const Status done = step.function(connection); !done)
            return done;
    }
    const Bytes version = "PRAGMA user_version = " + QByteArray::number(step.version);
    if (const Status done = connection.script(version.constData()); !done)
        return done;
    return transaction.commit();
}

} // namespace

std::span<const Migration> allMigrations()
{
    return kSteps;
}

Status migrate(Connection& connection, std::span<const Migration> steps)
{
    const auto found = connection.oneInteger("PRAGMA user_version");
    if (!found)
        return found.error();
    const qint64 version = found->value_or(0);
    if (version > steps.back().version)
        return Error{ErrorCode::VaultNewer,
            QStringLiteral("journal.db has schema %1, this program knows %2")
                .arg(version)
                .arg(steps.back().version)};
    if (const Status moved = connection.takeInLog(); !moved)
        return moved;
    for (const Migration& step : steps) {
        if (step.version <= version)
            continue;
        if (const Status done = apply(connection, step); !done)
            return done;
    }
    return {};
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/settings.h"

namespace Waymark {

namespace {

/// Reads the value and gives it to `take` while it stands in SQLite's memory.
template <typename Value, typename Take>
Result<std::optional<Value>> read(Connection& connection, QLatin1String name, Take take)
{
    Q_ASSERT(name.size() <= 64);
    Statement select = connection.statement("SELECT value FROM setting WHERE key = ?");
    std::optional<Value> found;
    if (select.bindText(1, BytesView(name.data(), name.size())).next())
        found = take(select.blob(0));
    if (!select.ok())
        return select.status().error();
    return found;
}

} // namespace

Result<std::optional<Bytes>> setting(Connection& connection, QLatin1String name)
{
    return read<Bytes>(connection, name, [](BytesView value) { return value.toByteArray(); });
}

Result<std::optional<SecretBytes>> secretSetting(Connection& connection, QLatin1String name)
{
    return read<SecretBytes>(connection, name, &SecretBytes::copyOf);
}

Status setSetting(Connection& connection, QLatin1String name, BytesView value)
{
    Q_ASSERT(name.size() <= 64);
    return connection
        .statement("INSERT INTO setting(key, value) VALUES(?, ?)"
                   " ON CONFLICT(key) DO UPDATE SET value = excluded.value")
        .bindText(1, BytesView(name.data(), name.size()))
        .bind(2, value)
        .run();
}

Status removeSetting(Connection& connection, QLatin1String name)
{
    return connection.statement("DELETE FROM setting WHERE key = ?")
        .bindText(1, BytesView(name.data(), name.size()))
        .run();
}

} // namespace Waymark

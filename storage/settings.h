// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/connection.h"

namespace Waymark {

// Small values of this device under a name of at most 64 letters: nothing of it is synced, nor
// made again from the log. Database thread; writing stands in the caller's transaction, if there is
// one.

[[nodiscard]] Result<std::optional<Bytes>> setting(Connection& connection, QLatin1String name);
/// The same in guarded memory, for the device's keys.
[[nodiscard]] Result<std::optional<SecretBytes>> secretSetting(
    Connection& connection, QLatin1String name);
Status setSetting(Connection& connection, QLatin1String name, BytesView value);
Status removeSetting(Connection& connection, QLatin1String name);

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/verbs.h"

namespace Waymark {

/// Opens the vault with the passphrase from where it may come. Gives the passphrase, for what needs
/// it once more.
[[nodiscard]] Result<SharedSecret> unlock(Context& context);

/// What is wrong with the vault as far as can be seen without opening it.
[[nodiscard]] Status lookAtVault(Context& context);

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/verbs.h"

namespace Waymark {

// Where secrets come from: a file that an option names, else a variable, else a prompt without
// echo. Never an argument, since others on the machine can see those. A file is read up to its
// first line's end.

[[nodiscard]] Result<SharedSecret> currentPassphrase(const Context& context);
/// For a vault that is being made: WAYMARK_PASSPHRASE and --passphrase-file, or asked for twice.
[[nodiscard]] Result<SharedSecret> firstPassphrase(const Context& context);
[[nodiscard]] Result<SharedSecret> newPassphrase(const Context& context);
[[nodiscard]] Result<SharedSecret> recoveryWords(const Context& context);

} // namespace Waymark

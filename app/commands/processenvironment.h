// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/environment.h"

namespace Waymark {

/// The streams, variables and terminal of this process. For the main thread.
[[nodiscard]] Environment processEnvironment();

/// A crash then leaves no file that would hold keys or journal text.
void forbidCoreFiles();

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/environment.h"

namespace Waymark {

/// The streams, variables and terminal of this process. For the main thread.
[[nodiscard]] Environment processEnvironment();

/// Standard error is for what the commands say; the log is written there only where
/// QT_LOGGING_RULES asks for it.
void keepLogQuiet();

} // namespace Waymark

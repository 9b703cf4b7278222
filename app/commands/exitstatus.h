// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"

namespace Waymark {

/// What a command ends with. Scripts stand on these numbers.
enum class ExitStatus {
    Ok = 0,
    Failed = 1,
    Usage = 2,
    Locked = 3, ///< locked, or a wrong key
    NotFound = 4,
    Refused = 5, ///< by a rule of the space or a bound of the journal
    Network = 6,
    Damaged = 7,
};

[[nodiscard]] ExitStatus exitStatus(ErrorCode code);

/// What went wrong and what to do about it, in a plain sentence or two.
[[nodiscard]] QString errorSentence(const Error& error);

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crypto/signature.h"

#include <QString>

namespace Waymark {

/// Sixty digits that two people compare by voice: they are the same for both, and differ as soon
/// as either has another's key. Takes some milliseconds. Any thread.
[[nodiscard]] QString safetyNumber(const SigningKey& one, const SigningKey& other);

} // namespace Waymark

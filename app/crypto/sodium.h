// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/random.h"

namespace Waymark {

/// Prepares libsodium; may be called any number of times from any thread.
void ensureSodium();

/// The machine's random bytes.
class SystemRandom final : public Random
{
public:
    void fill(std::span<unsigned char> out) override;
};

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crypto/sodium.h"

#include <sodium.h>

#include <cstdlib>

namespace Waymark {

void ensureSodium()
{
    static const int ready = sodium_init();
    if (ready < 0)
        std::abort(); // no source of randomness: nothing may be encrypted
}

void SystemRandom::fill(std::span<unsigned char> out)
{
    ensureSodium();
    randombytes_buf(out.data(), out.size());
}

} // namespace Waymark

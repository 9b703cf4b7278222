// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/handshake/safetynumber.h"

#include "app/crypto/hash.h"

#include <algorithm>

namespace Waymark {

namespace {

constexpr int kRounds = 5200; // makes it dear to search for a key with the same digits
constexpr int kGroups = 6;
constexpr int kGroupBytes = 5;
constexpr quint64 kGroupModulus = 100'000;

Bytes digitsOf(const SigningKey& identity)
{
    Bytes hash = identity.bytes();
    for (int round = 0; round < kRounds; ++round)
        hash = blake2b(64, {hash});
    Bytes out;
    for (int group = 0; group < kGroups; ++group) {
        quint64 value = 0;
        for (int i = 0; i < kGroupBytes; ++i)
            value = (value << 8) | static_cast<unsigned char>(hash[group * kGroupBytes + i]);
        out.append(Bytes::number(value % kGroupModulus).rightJustified(5, '0'));
    }
    return out;
}

} // namespace

QString safetyNumber(const SigningKey& one, const SigningKey& other)
{
    const Bytes first = digitsOf(one);
    const Bytes second = digitsOf(other);
    return QString::fromLatin1(std::min(first, second) + std::max(first, second));
}

} // namespace Waymark

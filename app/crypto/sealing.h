// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"
#include "app/crypto/secretbytes.h"

#include <optional>

namespace Waymark {

/// XChaCha20-Poly1305 (IETF) with a key commitment, since the AEAD alone does not commit to its
/// key: nonce (24 random bytes) ‖ commitment (32, keyed BLAKE2b of `label` and nonce) ‖ ciphertext
/// and tag. `label` names what is sealed and stands in the commitment; `associated` is
/// authenticated with it.
[[nodiscard]] Bytes seal(
    const SecretBytes& key, const char* label, BytesView associated, BytesView plain);

enum class SealFault { WrongKey, Damaged };

/// What opening gave: the plaintext, or why there is none. WrongKey: the commitment does not match;
/// Damaged: too short, or the key is right and the bytes are not.
struct Opened
{
    std::optional<SecretBytes> plain;
    SealFault fault = SealFault::Damaged;
};
[[nodiscard]] Opened open(
    const SecretBytes& key, const char* label, BytesView associated, BytesView sealed);

constexpr qsizetype kSealOverhead = 24 + 32 + 16;

/// Argon2id (RFC 9106, version 1.3) with one lane.
struct PassphraseCost
{
    quint64 memoryBytes = 64 * 1024 * 1024;
    quint64 passes = 3;

    friend bool operator==(const PassphraseCost&, const PassphraseCost&) = default;
};

constexpr PassphraseCost kFloorCost{64 * 1024 * 1024, 3};
constexpr PassphraseCost kCeilingCost{quint64(4) * 1024 * 1024 * 1024, 64};

/// Nothing dearer than kCeilingCost, nor cheaper than Argon2id itself allows, is tried:
/// VaultCostRefused. Failed where the memory cannot be had. `salt` has 16 bytes. Takes as long as
/// the cost says: not for the GUI thread.
[[nodiscard]] Result<SecretBytes> keyFromPassphrase(
    const SecretBytes& passphrase, BytesView salt, const PassphraseCost& cost);

/// A cost that takes about `milliseconds` on this machine, never under kFloorCost.
[[nodiscard]] PassphraseCost measureCost(int milliseconds);

} // namespace Waymark

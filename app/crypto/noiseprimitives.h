// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crypto/secretbytes.h"

#include <initializer_list>
#include <optional>

namespace Waymark {

/// What the Noise framework asks of its ChaChaPoly and BLAKE2b (revision 34, section 12), and
/// nothing else uses: sealing.h is for everything that is kept or sent otherwise.

/// ChaCha20-Poly1305 (RFC 8439) under the nonce 32 zero bits ‖ counter (little-endian). The caller
/// never uses a key and counter twice. `key` has 32 bytes.
[[nodiscard]] Bytes noiseEncrypt(
    const SecretBytes& key, quint64 counter, BytesView associated, BytesView plain);
/// Nothing when it was not made so.
[[nodiscard]] std::optional<SecretBytes> noiseDecrypt(
    const SecretBytes& key, quint64 counter, BytesView associated, BytesView cipher);

/// HMAC (RFC 2104) over BLAKE2b-512 with its 128-byte blocks; `key` has at most 128 bytes.
[[nodiscard]] SecretBytes hmacBlake2b(
    const SecretBytes& key, std::initializer_list<BytesView> parts);

} // namespace Waymark

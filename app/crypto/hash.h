// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "app/crypto/secretbytes.h"

#include <initializer_list>
#include <span>

namespace Waymark {

/// BLAKE2b-256 (RFC 7693) over "Waymark 1 " ‖ label ‖ parts. Every hash of the protocol is one of
/// these; labels keep their meanings apart.
[[nodiscard]] Hash labelledHash(const char* label, std::initializer_list<BytesView> parts);

/// The first bytes of a labelled hash as an id.
template <typename Id>
[[nodiscard]] Id labelledId(const char* label, std::initializer_list<BytesView> parts)
{
    static_assert(Id::kSize <= Hash::kSize);
    return *Id::fromBytes(labelledHash(label, parts).view().first(qsizetype(Id::kSize)));
}

/// BLAKE2b over the parts alone, `size` 16 to 64 bytes.
[[nodiscard]] Bytes blake2b(std::size_t size, std::initializer_list<BytesView> parts);

/// BLAKE2b-256 keyed with a 32-byte key over "Waymark 1 " ‖ label ‖ parts: MACs and commitments.
[[nodiscard]] Hash keyedHash(
    const SecretBytes& key, const char* label, std::initializer_list<BytesView> parts);

/// The same as a key: sub-keys of the vault key.
[[nodiscard]] SecretBytes deriveKey(
    const SecretBytes& key, const char* label, std::initializer_list<BytesView> parts = {});

/// HMAC-SHA-512 (RFC 2104) and HKDF-SHA-512 (RFC 5869); info is "Waymark 1 " ‖ label.
[[nodiscard]] SecretBytes hmacSha512(const SecretBytes& key, BytesView message);
constexpr std::size_t kHmacSize = 64;
/// The same into memory that the caller protects, for those who need thousands.
void hmacSha512(const SecretBytes& key, BytesView message, std::span<unsigned char, kHmacSize> out);
[[nodiscard]] SecretBytes hkdfSha512(
    const SecretBytes& keyMaterial, BytesView salt, const char* label, std::size_t size);

/// Equal in constant time.
[[nodiscard]] bool equalBytes(BytesView a, BytesView b);

} // namespace Waymark

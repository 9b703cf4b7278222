// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/bytes.h"
#include "app/crypto/secretbytes.h"

#include <initializer_list>

namespace Waymark {

using SigningKey = FixedBytes<struct SigningKeyTag, 32>; ///< an Ed25519 public key
using AgreementKey = FixedBytes<struct AgreementKeyTag, 32>; ///< an X25519 public key
using Signature = FixedBytes<struct SignatureTag, 64>;

/// Ed25519 (RFC 8032). The secret is libsodium's 64 bytes: seed and public key.
struct SigningPair
{
    SigningKey publicKey;
    SecretBytes secret;

    [[nodiscard]] static SigningPair generate();
    [[nodiscard]] static SigningPair fromSeed(const SecretBytes& seed); ///< 32 bytes
    [[nodiscard]] SigningPair clone() const { return {publicKey, secret.clone()}; }
};

/// X25519 (RFC 7748).
struct AgreementPair
{
    AgreementKey publicKey;
    SecretBytes secret; ///< 32 bytes

    [[nodiscard]] static AgreementPair generate();
    [[nodiscard]] static AgreementPair fromSecret(SecretBytes secret);
    [[nodiscard]] AgreementPair clone() const { return {publicKey, secret.clone()}; }
};

/// Signs "Waymark 1 " ‖ label ‖ parts.
[[nodiscard]] Signature sign(
    const SecretBytes& secret, const char* label, std::initializer_list<BytesView> parts);
[[nodiscard]] bool verify(const SigningKey& key, const char* label,
    std::initializer_list<BytesView> parts, const Signature& signature);

/// The shared secret of X25519; nothing when the other's key is one of the points of low order.
[[nodiscard]] std::optional<SecretBytes> agree(
    const SecretBytes& secret, const AgreementKey& other);

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crypto/signature.h"

#include "app/crypto/sodium.h"

#include <sodium.h>

namespace Waymark {

namespace {

Bytes message(const char* label, std::initializer_list<BytesView> parts)
{
    Bytes out("Waymark 1 ");
    out.append(label);
    for (const BytesView part : parts)
        out.append(part.data(), part.size());
    return out;
}

} // namespace

SigningPair SigningPair::generate()
{
    return fromSeed(SecretBytes::random(crypto_sign_SEEDBYTES));
}

SigningPair SigningPair::fromSeed(const SecretBytes& seed)
{
    ensureSodium();
    Q_ASSERT(seed.size() == crypto_sign_SEEDBYTES);
    SigningPair out{{}, SecretBytes(crypto_sign_SECRETKEYBYTES)};
    crypto_sign_seed_keypair(out.publicKey.data.data(), out.secret.data(), seed.data());
    return out;
}

AgreementPair AgreementPair::generate()
{
    return fromSecret(SecretBytes::random(crypto_scalarmult_SCALARBYTES));
}

AgreementPair AgreementPair::fromSecret(SecretBytes secret)
{
    ensureSodium();
    Q_ASSERT(secret.size() == crypto_scalarmult_SCALARBYTES);
    AgreementPair out;
    crypto_scalarmult_base(out.publicKey.data.data(), secret.data());
    out.secret = std::move(secret);
    return out;
}

Signature sign(const SecretBytes& secret, const char* label, std::initializer_list<BytesView> parts)
{
    ensureSodium();
    const Bytes signedBytes = message(label, parts);
    Signature out;
    crypto_sign_detached(out.data.data(), nullptr,
        reinterpret_cast<const unsigned char*>(signedBytes.constData()),
        std::size_t(signedBytes.size()), secret.data());
    return out;
}

bool verify(const SigningKey& key, const char* label, std::initializer_list<BytesView> parts,
    const Signature& signature)
{
    ensureSodium();
    const Bytes signedBytes = message(label, parts);
    return crypto_sign_verify_detached(signature.data.data(),
               reinterpret_cast<const unsigned char*>(signedBytes.constData()),
               std::size_t(signedBytes.size()), key.data.data())
        == 0;
}

std::optional<SecretBytes> agree(const SecretBytes& secret, const AgreementKey& other)
{
    ensureSodium();
    SecretBytes shared(crypto_scalarmult_BYTES);
    if (crypto_scalarmult(shared.data(), secret.data(), other.data.data()) != 0)
        return std::nullopt;
    return shared;
}

} // namespace Waymark

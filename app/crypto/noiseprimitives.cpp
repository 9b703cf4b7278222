// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crypto/noiseprimitives.h"

#include "app/crypto/sodium.h"

#include <QtEndian>

#include <sodium.h>

#include <array>

namespace Waymark {

namespace {

constexpr std::size_t kBlock = 128; // of BLAKE2b
constexpr std::size_t kDigest = crypto_generichash_BYTES_MAX;
constexpr qsizetype kTag = crypto_aead_chacha20poly1305_ietf_ABYTES;
using Nonce = std::array<unsigned char, crypto_aead_chacha20poly1305_ietf_NPUBBYTES>;

const unsigned char* raw(BytesView bytes)
{
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

Nonce nonceOf(quint64 counter)
{
    Nonce out{};
    qToLittleEndian(counter, out.data() + 4);
    return out;
}

/// BLAKE2b-512 over the key's block, each byte changed by `pad`, and the parts.
void padded(const SecretBytes& key, unsigned char pad, std::initializer_list<BytesView> parts,
    unsigned char* out)
{
    std::array<unsigned char, kBlock> block;
    for (std::size_t i = 0; i < kBlock; ++i)
        block[i] = static_cast<unsigned char>((i < key.size() ? key.data()[i] : 0) ^ pad);
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, kDigest);
    crypto_generichash_update(&state, block.data(), kBlock);
    for (const BytesView part : parts)
        crypto_generichash_update(&state, raw(part), std::size_t(part.size()));
    crypto_generichash_final(&state, out, kDigest);
    sodium_memzero(block.data(), block.size());
    sodium_memzero(&state, sizeof state);
}

} // namespace

Bytes noiseEncrypt(const SecretBytes& key, quint64 counter, BytesView associated, BytesView plain)
{
    ensureSodium();
    Bytes out(plain.size() + kTag, Qt::Uninitialized);
    crypto_aead_chacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(out.data()), nullptr,
        raw(plain), std::size_t(plain.size()), raw(associated), std::size_t(associated.size()),
        nullptr, nonceOf(counter).data(), key.data());
    return out;
}

std::optional<SecretBytes> noiseDecrypt(
    const SecretBytes& key, quint64 counter, BytesView associated, BytesView cipher)
{
    ensureSodium();
    if (cipher.size() < kTag)
        return std::nullopt;
    SecretBytes out(std::size_t(cipher.size() - kTag));
    if (crypto_aead_chacha20poly1305_ietf_decrypt(out.data(), nullptr, nullptr, raw(cipher),
            std::size_t(cipher.size()), raw(associated), std::size_t(associated.size()),
            nonceOf(counter).data(), key.data())
        != 0)
        return std::nullopt;
    return out;
}

SecretBytes hmacBlake2b(const SecretBytes& key, std::initializer_list<BytesView> parts)
{
    ensureSodium();
    Q_ASSERT(key.size() <= kBlock);
    std::array<unsigned char, kDigest> inner;
    padded(key, 0x36, parts, inner.data());
    SecretBytes out(kDigest);
    padded(key, 0x5c, {BytesView(inner.data(), qsizetype(inner.size()))}, out.data());
    sodium_memzero(inner.data(), inner.size());
    return out;
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crypto/hash.h"

#include "app/crypto/sodium.h"

#include <sodium.h>

#include <cstring>

namespace Waymark {

namespace {

constexpr BytesView kPrefix("Waymark 1 ");

const unsigned char* raw(BytesView bytes)
{
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

void update(crypto_generichash_state& state, BytesView bytes)
{
    crypto_generichash_update(&state, raw(bytes), std::size_t(bytes.size()));
}

void labelled(const SecretBytes* key, const char* label, std::initializer_list<BytesView> parts,
    unsigned char* out)
{
    ensureSodium();
    crypto_generichash_state state;
    crypto_generichash_init(
        &state, key ? key->data() : nullptr, key ? key->size() : 0, Hash::kSize);
    update(state, kPrefix);
    update(state, BytesView(label));
    for (const BytesView part : parts)
        update(state, part);
    crypto_generichash_final(&state, out, Hash::kSize);
    sodium_memzero(&state, sizeof state);
}

} // namespace

Hash labelledHash(const char* label, std::initializer_list<BytesView> parts)
{
    Hash out;
    labelled(nullptr, label, parts, out.data.data());
    return out;
}

Bytes blake2b(std::size_t size, std::initializer_list<BytesView> parts)
{
    ensureSodium();
    Q_ASSERT(size >= 16 && size <= 64);
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, size);
    for (const BytesView part : parts)
        update(state, part);
    Bytes out(qsizetype(size), Qt::Uninitialized);
    crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(out.data()), size);
    return out;
}

Hash keyedHash(const SecretBytes& key, const char* label, std::initializer_list<BytesView> parts)
{
    Hash out;
    labelled(&key, label, parts, out.data.data());
    return out;
}

SecretBytes deriveKey(
    const SecretBytes& key, const char* label, std::initializer_list<BytesView> parts)
{
    SecretBytes out(Hash::kSize);
    labelled(&key, label, parts, out.data());
    return out;
}

SecretBytes hmacSha512(const SecretBytes& key, BytesView message)
{
    SecretBytes out(kHmacSize);
    hmacSha512(key, message, std::span<unsigned char, kHmacSize>(out.data(), kHmacSize));
    return out;
}

void hmacSha512(const SecretBytes& key, BytesView message, std::span<unsigned char, kHmacSize> out)
{
    ensureSodium();
    static_assert(kHmacSize == crypto_auth_hmacsha512_BYTES);
    crypto_auth_hmacsha512_state state;
    const unsigned char nothing = 0; // an empty key still needs a place to stand
    crypto_auth_hmacsha512_init(&state, key.isEmpty() ? &nothing : key.data(), key.size());
    crypto_auth_hmacsha512_update(&state, raw(message), std::size_t(message.size()));
    crypto_auth_hmacsha512_final(&state, out.data());
    sodium_memzero(&state, sizeof state);
}

SecretBytes hkdfSha512(
    const SecretBytes& keyMaterial, BytesView salt, const char* label, std::size_t size)
{
    const SecretBytes pseudoRandomKey = hmacSha512(SecretBytes::copyOf(salt), keyMaterial.view());
    SecretBytes out(size);
    SecretBytes previous;
    unsigned char counter = 0;
    for (std::size_t done = 0; done < size;) {
        ++counter;
        Q_ASSERT(counter != 0);
        SecretBytes message(previous.size() + std::size_t(kPrefix.size()) + std::strlen(label) + 1);
        unsigned char* to = message.data();
        const auto append = [&to](BytesView part) {
            if (!part.isEmpty())
                std::memcpy(to, part.data(), std::size_t(part.size()));
            to += part.size();
        };
        append(previous.view());
        append(kPrefix);
        append(BytesView(label));
        *to = counter;
        previous = hmacSha512(pseudoRandomKey, message.view());
        const std::size_t count = std::min(previous.size(), size - done);
        std::memcpy(out.data() + done, previous.data(), count);
        done += count;
    }
    return out;
}

bool equalBytes(BytesView a, BytesView b)
{
    return a.size() == b.size()
        && (a.isEmpty() || sodium_memcmp(a.data(), b.data(), std::size_t(a.size())) == 0);
}

} // namespace Waymark

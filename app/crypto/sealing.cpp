// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crypto/sealing.h"

#include "app/crypto/hash.h"
#include "app/crypto/sodium.h"

#include <QElapsedTimer>

#include <sodium.h>

#include <cstring>

namespace Waymark {

namespace {

constexpr qsizetype kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr qsizetype kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr qsizetype kCommitment = Hash::kSize;
static_assert(kNonce + kCommitment + kTag == kSealOverhead);

const unsigned char* raw(BytesView bytes)
{
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

Hash commitment(const SecretBytes& key, const char* label, BytesView nonce)
{
    return keyedHash(key, "commitment", {BytesView(label), nonce});
}

} // namespace

Bytes seal(const SecretBytes& key, const char* label, BytesView associated, BytesView plain)
{
    ensureSodium();
    Bytes out(kSealOverhead + plain.size(), Qt::Uninitialized);
    auto* to = reinterpret_cast<unsigned char*>(out.data());
    randombytes_buf(to, kNonce);
    const Hash committed = commitment(key, label, BytesView(out).first(kNonce));
    std::memcpy(to + kNonce, committed.data.data(), kCommitment);
    crypto_aead_xchacha20poly1305_ietf_encrypt(to + kNonce + kCommitment, nullptr, raw(plain),
        std::size_t(plain.size()), raw(associated), std::size_t(associated.size()), nullptr, to,
        key.data());
    return out;
}

Opened open(const SecretBytes& key, const char* label, BytesView associated, BytesView sealed)
{
    ensureSodium();
    if (sealed.size() < kSealOverhead)
        return {std::nullopt, SealFault::Damaged};
    const BytesView nonce = sealed.first(kNonce);
    if (!equalBytes(commitment(key, label, nonce).view(), sealed.sliced(kNonce, kCommitment)))
        return {std::nullopt, SealFault::WrongKey};
    const BytesView cipher = sealed.sliced(kNonce + kCommitment);
    SecretBytes plain(std::size_t(cipher.size() - kTag));
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, raw(cipher),
            std::size_t(cipher.size()), raw(associated), std::size_t(associated.size()), raw(nonce),
            key.data())
        != 0)
        return {std::nullopt, SealFault::Damaged};
    return {std::move(plain), SealFault::Damaged};
}

Result<SecretBytes> keyFromPassphrase(
    const SecretBytes& passphrase, BytesView salt, const PassphraseCost& cost)
{
    ensureSodium();
    if (cost.memoryBytes > kCeilingCost.memoryBytes || cost.passes > kCeilingCost.passes
        || cost.memoryBytes < crypto_pwhash_argon2id_MEMLIMIT_MIN
        || cost.passes < crypto_pwhash_argon2id_OPSLIMIT_MIN
        || salt.size() != crypto_pwhash_argon2id_SALTBYTES)
        return ErrorCode::VaultCostRefused;
    SecretBytes out(32);
    const char* typed = passphrase.isEmpty() ? "" : passphrase.view().data();
    if (crypto_pwhash_argon2id(out.data(), out.size(), typed, passphrase.size(), raw(salt),
            cost.passes, std::size_t(cost.memoryBytes), crypto_pwhash_argon2id_ALG_ARGON2ID13)
        != 0)
        return Error{ErrorCode::Failed, QStringLiteral("not enough memory to derive the key")};
    return out;
}

PassphraseCost measureCost(int milliseconds)
{
    const SecretBytes passphrase(16);
    const Bytes salt(crypto_pwhash_argon2id_SALTBYTES, 0);
    QElapsedTimer timer;
    timer.start();
    PassphraseCost cost = kFloorCost;
    if (!keyFromPassphrase(passphrase, salt, cost))
        return cost;
    const double floorMs = std::max<double>(1, double(timer.nsecsElapsed()) / 1e6);
    // Time grows with memory × passes: more memory first, it is what an attacker pays for.
    double factor = double(milliseconds) / floorMs;
    while (factor >= 2 && cost.memoryBytes < 512 * 1024 * 1024) {
        cost.memoryBytes *= 2;
        factor /= 2;
    }
    cost.passes = std::clamp<quint64>(quint64(double(cost.passes) * std::max(factor, 1.0)),
        kFloorCost.passes, kCeilingCost.passes);
    return cost;
}

} // namespace Waymark

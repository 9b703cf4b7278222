// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/cbor.h"
#include "app/crypto/identity.h"

namespace Waymark {

/// The keys of a queue as its receiver, who makes it, holds them.
struct QueueKeys
{
    SigningPair receive;
    SigningPair send;

    [[nodiscard]] static QueueKeys generate();
    [[nodiscard]] QueueKeys clone() const { return {receive.clone(), send.clone()}; }
    [[nodiscard]] QueueId receiveId() const { return receiveIdOf(receive.publicKey); }
    [[nodiscard]] QueueId sendId() const { return sendIdOf(receive.publicKey, send.publicKey); }

    /// Both secrets, for the vault: an encrypted database and nothing else may keep them.
    void write(Cbor::Writer& out) const;
    [[nodiscard]] static QueueKeys read(Cbor::Reader& in);
};

/// What a queue's one sender holds: its name and the seed of the key that may send.
struct SendAddress
{
    static constexpr std::size_t kSeedSize = 32;

    QueueId queue;
    SecretBytes seed;

    [[nodiscard]] static SendAddress of(const QueueKeys& keys);
    [[nodiscard]] SendAddress clone() const { return {queue, seed.clone()}; }
    [[nodiscard]] SigningPair sendPair() const { return SigningPair::fromSeed(seed); }

    void write(Cbor::Writer& out) const;
    [[nodiscard]] static SendAddress read(Cbor::Reader& in);
};

} // namespace Waymark

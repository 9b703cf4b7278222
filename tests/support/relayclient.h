// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crypto/signature.h"
#include "app/relay/sodiumproofcheck.h"
#include "sync/protocol/messages.h"
#include "sync/relay/store.h"

namespace Waymark::Relay {

/// A queue as its two clients hold it, and the messages they would send about it.
struct TestQueue
{
    SigningPair receive = SigningPair::generate();
    SigningPair send = SigningPair::generate();

    [[nodiscard]] Wire::Key receiveKey() const { return {receive.publicKey.data}; }
    [[nodiscard]] Wire::Key sendKey() const { return {send.publicKey.data}; }
    [[nodiscard]] QueueId receiveId() const { return SodiumProofCheck().receiveId(receiveKey()); }
    [[nodiscard]] QueueId sendId() const
    {
        return SodiumProofCheck().sendId(receiveKey(), sendKey());
    }
    [[nodiscard]] QueueKeys keys() const { return {receiveId(), sendId(), sendKey()}; }
};

inline Wire::Prove proofOf(Wire::RequestNumber request, Wire::Purpose purpose,
    const SigningPair& key, const Bytes& host, const Wire::Nonce& nonce)
{
    const Signature proof
        = sign(key.secret, Wire::kProofLabel, {Wire::proofBytes(purpose, host, nonce)});
    return {request, purpose, Wire::Key{key.publicKey.data}, host, Wire::Proof{proof.data}};
}

inline MessageId messageId(quint64 number)
{
    MessageId out;
    std::memcpy(out.data.data(), &number, sizeof number);
    return out;
}

} // namespace Waymark::Relay

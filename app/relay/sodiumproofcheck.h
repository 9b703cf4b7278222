// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crypto/hash.h"
#include "app/crypto/signature.h"
#include "sync/relay/proofcheck.h"

namespace Waymark::Relay {

/// The relay's cryptography, by the crypto module.
class SodiumProofCheck final : public ProofCheck
{
public:
    [[nodiscard]] bool verify(
        const Wire::Key& key, BytesView bytes, const Wire::Proof& proof) const override
    {
        return Waymark::verify(
            SigningKey{key.data}, Wire::kProofLabel, {bytes}, Signature{proof.data});
    }
    [[nodiscard]] QueueId receiveId(const Wire::Key& receiveKey) const override
    {
        return labelledId<QueueId>(Wire::kReceiveLabel, {receiveKey.view()});
    }
    [[nodiscard]] QueueId sendId(
        const Wire::Key& receiveKey, const Wire::Key& sendKey) const override
    {
        return labelledId<QueueId>(Wire::kSendLabel, {receiveKey.view(), sendKey.view()});
    }
};

} // namespace Waymark::Relay

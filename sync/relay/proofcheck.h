// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/protocol/messages.h"

namespace Waymark::Relay {

/// The only cryptography a relay does. The module links no crypto: the executable fills this in,
/// and the build shows that the relay cannot open what it carries. Called on the relay's thread.
class ProofCheck
{
public:
    virtual ~ProofCheck() = default;
    /// Whether `proof` is `key`'s Ed25519 signature over "Waymark 1 " ‖ kProofLabel ‖ `bytes`.
    [[nodiscard]] virtual bool verify(
        const Wire::Key& key, BytesView bytes, const Wire::Proof& proof) const = 0;
    /// First 24 bytes of BLAKE2b-256 of "Waymark 1 " ‖ kReceiveLabel ‖ receive key.
    [[nodiscard]] virtual QueueId receiveId(const Wire::Key& receiveKey) const = 0;
    /// First 24 bytes of BLAKE2b-256 of "Waymark 1 " ‖ kSendLabel ‖ receive key ‖ send key.
    [[nodiscard]] virtual QueueId sendId(
        const Wire::Key& receiveKey, const Wire::Key& sendKey) const = 0;
};

} // namespace Waymark::Relay

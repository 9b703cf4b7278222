// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"
#include "app/crypto/signature.h"
#include "sync/handshake/noise.h"
#include "sync/handshake/skippedkeys.h"

namespace Waymark {

/// The Double Ratchet with header encryption (Trevor Perrin and Moxie Marlinspike, revision 1,
/// signal.org/docs/specifications/doubleratchet) between two devices. A step takes a state and
/// gives another; the old one still stands, so a step whose transaction fails never happened. Save
/// the new state before the message leaves or is acknowledged, then drop both. Any thread.
/// Bytes, labels and limits: docs/protocol/sessions.md.
struct RatchetState
{
    static constexpr quint64 kMaxSkip = 2'000; ///< messages passed over in one chain
    static constexpr qsizetype kMaxPlain = 64 * 1024;
    static constexpr qsizetype kHeaderSize = 32 + 4 + 4 + 8;
    static constexpr qsizetype kOverhead = 1 + kHeaderSize + 2 * (24 + 32 + 16);

    Noise::Role role = Noise::Role::Initiator; ///< of this side in the handshake
    Bytes handshakeHash;
    AgreementPair own;
    std::optional<AgreementKey> remote;
    SecretBytes root;
    SecretBytes sendChain; ///< empty: this side may not send yet
    SecretBytes receiveChain;
    SecretBytes sendHeader;
    SecretBytes receiveHeader;
    SecretBytes nextSendHeader;
    SecretBytes nextReceiveHeader;
    SecretBytes renewal; ///< the psk by which this session may be replaced
    quint32 sentInChain = 0;
    quint32 receivedInChain = 0;
    quint32 previousChain = 0; ///< how many were sent in the chain before
    quint64 lastSent = 0; ///< running number of this direction, from 1 without gaps
    quint64 highestReceived = 0; ///< the greatest running number taken in; 0 before the first
    SkippedKeys skipped;

    [[nodiscard]] RatchetState clone() const;
    /// The responder may send once it has taken a message in.
    [[nodiscard]] bool canSend() const { return !sendChain.isEmpty(); }

    /// Deterministic CBOR for the vault. It holds every secret of the session: nothing but an
    /// encrypted database may keep it, and the caller wipes what it no longer needs.
    [[nodiscard]] Bytes encode() const;
    [[nodiscard]] static Result<RatchetState> decode(BytesView bytes);
};

/// The first state of a session after a finished handshake. The responder's first ratchet key
/// travelled inside the handshake. HandshakeFailed for a key of low order.
[[nodiscard]] Result<RatchetState> beginRatchet(
    const Noise::Handshake& handshake, const AgreementKey& responderKey);
[[nodiscard]] RatchetState beginRatchet(const Noise::Handshake& handshake, AgreementPair own);

struct RatchetSent
{
    RatchetState state;
    Bytes message;
    quint64 number; ///< the message's running number
};
/// TooLarge beyond kMaxPlain; SessionBroken while canSend() is false.
[[nodiscard]] Result<RatchetSent> ratchetSend(const RatchetState& state, BytesView plain);

struct RatchetReceived
{
    RatchetState state;
    SecretBytes plain;
    quint64 number;
};
/// MessageUndecryptable for anything but a message of this session that was not taken in before:
/// the caller knows repeated messages by their hash and does not ask.
[[nodiscard]] Result<RatchetReceived> ratchetReceive(
    const RatchetState& state, BytesView message, qint64 nowMs);

} // namespace Waymark

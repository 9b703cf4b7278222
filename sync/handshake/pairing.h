// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/handshake/link.h"
#include "sync/handshake/queuekeys.h"
#include "sync/handshake/ratchet.h"

namespace Waymark {

/// Pairing by link, message by message: invitation, request, answer, first session message. Each
/// step is a pure function whose outcome is saved before it is sent and may be sent again as often
/// as needed. What encode() gives holds secrets: an encrypted database and nothing else may keep
/// it. Any thread. Bytes, labels and limits: docs/protocol/sessions.md.

/// What a device brings to a pairing. Its roster must list it as live, else every step is Usage.
struct PairingSelf
{
    SigningKey identity;
    Bytes roster;
    QString name;
    const AgreementPair& device;
};

/// The other side, as proven by its handshake message: whoever made it holds the secret of this
/// device's agreement key, and the roster is signed by this identity and lists the device as live.
/// That the identity is the person one has in mind is what the safety number tells.
struct PairingParty
{
    SigningKey identity;
    PersonId person;
    Bytes rosterBytes;
    Roster roster;
    DeviceId device;
    QString name;
    SendAddress sendTo; ///< the queue that reaches this device; on the link's relay
};

/// Step 1, the inviter's: a queue of which the link tells the sending side.
struct PairingInvitation
{
    Link link;
    QueueKeys queue;

    [[nodiscard]] Bytes encode() const;
    [[nodiscard]] static Result<PairingInvitation> decode(BytesView bytes);
};

struct InvitationOffer
{
    QString relayUrl;
    SpaceId space;
    QString role; ///< lower-case letters and hyphens
};
/// Usage for fields that a link cannot hold. Expires Link::kLifetimeMs after `nowMs`.
[[nodiscard]] Result<PairingInvitation> makeInvitation(
    const InvitationOffer& offer, const PairingSelf& self, qint64 nowMs);

/// Step 2, the asker's: the request, and what is needed to understand the answer.
struct Asking
{
    Link link;
    QueueKeys queue; ///< where the answer and later messages come
    SecretBytes ephemeral;
    SecretBytes payload;
    Bytes message; ///< for the invitation's queue; the same each time it is sent

    [[nodiscard]] Bytes encode() const;
    [[nodiscard]] static Result<Asking> decode(BytesView bytes);
};
/// LinkExpired; PairingRefused where the link names one's own device; Usage.
[[nodiscard]] Result<Asking> askByLink(const Link& link, const PairingSelf& self, qint64 nowMs);

/// Step 3, the inviter's: who asks. HandshakeFailed for what nobody with the link has made, which
/// is dropped; PairingRefused when the keys do not belong together. Does not ask for the time: what
/// was in the queue may be let in late. Equal bytes are one request.
[[nodiscard]] Result<PairingParty> readRequest(
    const PairingInvitation& invitation, const PairingSelf& self, BytesView message);

/// The answer that lets the asker in. It is made once and sent again as it is: another call gives
/// another session.
struct PairingAnswer
{
    Bytes message; ///< for the asker's queue
    RatchetState session; ///< number 1; the asker speaks first
    QueueKeys queue; ///< fresh: where the asker's messages come from now on

    [[nodiscard]] Bytes encode() const;
    [[nodiscard]] static Result<PairingAnswer> decode(BytesView bytes);
};
constexpr qsizetype kMaxGenesis = 32 * 1024; ///< bytes of the space's first operation
/// TooLarge where genesis or roster are too long for one message; else as readRequest().
[[nodiscard]] Result<PairingAnswer> letIn(const PairingInvitation& invitation,
    const PairingSelf& self, BytesView request, BytesView genesis);
/// The answer to a request that is turned away, or comes after another was let in. Save and repeat
/// it as it is.
[[nodiscard]] Result<Bytes> answerUsed(
    const PairingInvitation& invitation, const PairingSelf& self, BytesView request);

/// Step 4, the asker's.
struct Accepted
{
    PairingParty inviter;
    QString role; ///< what the link offered
    Bytes genesis; ///< the caller checks that it makes the link's space
    RatchetState session; ///< its first message ends the pairing
};
/// LinkUsed when the inviter's answer says so. HandshakeFailed for what the inviter has not made:
/// it is dropped, and asking goes on. PairingRefused when the inviter's keys do not belong together
/// or the role is not the link's.
[[nodiscard]] Result<Accepted> readAnswer(
    const Asking& asking, const PairingSelf& self, BytesView message);

} // namespace Waymark

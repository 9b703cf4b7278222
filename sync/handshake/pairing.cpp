// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/handshake/pairing.h"

#include "app/crypto/hash.h"
#include "sync/handshake/pairingpayload.h"
#include "sync/handshake/wire.h"

namespace Waymark {

namespace {

using Noise::Handshake;
using Noise::Role;

constexpr qint64 kProtocolVersion = 1;

Bytes prologueOf(const Link& link)
{
    return Cbor::Writer()
        .array(4)
        .integer(kProtocolVersion)
        .text(u"Waymark 1 pair by link")
        .id(link.space)
        .id(linkHash(link))
        .take();
}

/// One's own device must stand in one's own roster, or the other side would refuse.
Status checkSelf(const PairingSelf& self)
{
    const auto roster = readRoster(self.roster, self.identity);
    if (!roster || !roster->liveWith(self.device.publicKey) || !isDisplayName(self.name))
        return {ErrorCode::Usage, QStringLiteral("own identity, roster and device do not fit")};
    return {};
}

Result<Handshake> begin(
    const Link& link, const PairingSelf& self, Role role, const SecretBytes* ephemeral)
{
    if (const Status fits = checkSelf(self); !fits)
        return fits.error();
    Noise::Keys keys;
    keys.own = self.device.clone();
    if (role == Role::Initiator)
        keys.remote = link.device;
    if (ephemeral)
        keys.ephemeral = AgreementPair::fromSecret(ephemeral->clone());
    keys.psks.push_back(link.psk());
    return Handshake::begin(
        *Noise::patternNamed("IKpsk1"), role, prologueOf(link), std::move(keys));
}

Bytes onWire(WireKind kind, BytesView message)
{
    Bytes out(1, char(kind));
    out.append(message);
    return out;
}

/// Reads a handshake message of one kind; the payload in form, the sender not yet judged.
Result<PairingPayload> readPayload(Handshake& handshake, WireKind kind, BytesView message)
{
    if (wireKindOf(message) != kind)
        return Error{ErrorCode::HandshakeFailed, QStringLiteral("a message of another kind")};
    const auto plain = handshake.read(message.sliced(1));
    if (!plain)
        return plain.error();
    auto payload = decodePayload(plain->view());
    if (!payload)
        return Error{ErrorCode::HandshakeFailed, QStringLiteral("a payload that is not in form")};
    return std::move(*payload);
}

/// The inviter's side after message 1.
struct Request
{
    Handshake handshake;
    PairingParty asker;
};

Result<Request> openRequest(
    const PairingInvitation& invitation, const PairingSelf& self, BytesView message)
{
    auto handshake = begin(invitation.link, self, Role::Responder, nullptr);
    if (!handshake)
        return handshake.error();
    auto payload = readPayload(*handshake, WireKind::PairingRequest, message);
    if (!payload)
        return payload.error();
    if (payload->used || payload->ratchetKey)
        return Error{ErrorCode::HandshakeFailed, QStringLiteral("an answer sent as a request")};
    if (payload->identity == self.identity)
        return Error{ErrorCode::PairingRefused, QStringLiteral("one's own identity asks")};
    auto asker = provenParty(std::move(*payload), *handshake->remote());
    if (!asker)
        return asker.error();
    return Request{std::move(*handshake), std::move(*asker)};
}

} // namespace

Result<PairingInvitation> makeInvitation(
    const InvitationOffer& offer, const PairingSelf& self, qint64 nowMs)
{
    if (const Status fits = checkSelf(self); !fits)
        return fits.error();
    Link link;
    link.relayUrl = offer.relayUrl;
    link.device = self.device.publicKey;
    link.name = self.name;
    link.role = offer.role;
    link.space = offer.space;
    link.secret = SecretBytes::random(Link::kSecretSize);
    link.expiresMs = nowMs + Link::kLifetimeMs;
    QueueKeys queue{SigningPair::generate(), link.sendPair()};
    link.queue = queue.sendId();
    if (!decodeLink(encodeLink(link)))
        return Error{ErrorCode::Usage, QStringLiteral("a relay or role that no link can hold")};
    return PairingInvitation{std::move(link), std::move(queue)};
}

Result<Asking> askByLink(const Link& link, const PairingSelf& self, qint64 nowMs)
{
    if (link.expiresMs <= nowMs)
        return ErrorCode::LinkExpired;
    if (link.device == self.device.publicKey)
        return Error{ErrorCode::PairingRefused, QStringLiteral("one's own invitation")};
    SecretBytes ephemeral = SecretBytes::random(AgreementKey::kSize);
    auto handshake = begin(link, self, Role::Initiator, &ephemeral);
    if (!handshake)
        return handshake.error();
    QueueKeys queue = QueueKeys::generate();
    PairingPayload fields;
    fields.identity = self.identity;
    fields.roster = self.roster;
    fields.name = self.name;
    fields.sendTo = SendAddress::of(queue);
    auto payload = encodePayload(fields);
    if (!payload)
        return payload.error();
    const auto message = handshake->write(payload->view());
    if (!message)
        return message.error();
    return Asking{link.clone(), std::move(queue), std::move(ephemeral), std::move(*payload),
        onWire(WireKind::PairingRequest, *message)};
}

Result<PairingParty> readRequest(
    const PairingInvitation& invitation, const PairingSelf& self, BytesView message)
{
    auto request = openRequest(invitation, self, message);
    if (!request)
        return request.error();
    return std::move(request->asker);
}

Result<PairingAnswer> letIn(const PairingInvitation& invitation, const PairingSelf& self,
    BytesView request, BytesView genesis)
{
    if (genesis.size() > kMaxGenesis)
        return ErrorCode::TooLarge;
    auto opened = openRequest(invitation, self, request);
    if (!opened)
        return opened.error();
    QueueKeys queue = QueueKeys::generate();
    AgreementPair ratchetKey = AgreementPair::generate();
    PairingPayload fields;
    fields.identity = self.identity;
    fields.roster = self.roster;
    fields.name = self.name;
    fields.sendTo = SendAddress::of(queue);
    fields.role = invitation.link.role;
    fields.genesis = genesis.toByteArray();
    fields.ratchetKey = ratchetKey.publicKey;
    const auto payload = encodePayload(fields);
    if (!payload)
        return payload.error();
    const auto message = opened->handshake.write(payload->view());
    if (!message)
        return message.error();
    return PairingAnswer{onWire(WireKind::PairingAnswer, *message),
        beginRatchet(opened->handshake, std::move(ratchetKey)), std::move(queue)};
}

Result<Bytes> answerUsed(
    const PairingInvitation& invitation, const PairingSelf& self, BytesView request)
{
    auto opened = openRequest(invitation, self, request);
    if (!opened)
        return opened.error();
    PairingPayload fields;
    fields.used = true;
    const auto payload = encodePayload(fields);
    if (!payload)
        return payload.error();
    const auto message = opened->handshake.write(payload->view());
    if (!message)
        return message.error();
    return onWire(WireKind::PairingAnswer, *message);
}

Result<Accepted> readAnswer(const Asking& asking, const PairingSelf& self, BytesView message)
{
    auto handshake = begin(asking.link, self, Role::Initiator, &asking.ephemeral);
    if (!handshake)
        return handshake.error();
    // Noise is a function of its keys and payload: writing the request again gives the state in
    // which the answer is understood, without that state ever being stored.
    const auto request = handshake->write(asking.payload.view());
    if (!request || onWire(WireKind::PairingRequest, *request) != asking.message)
        return Error{ErrorCode::Usage, QStringLiteral("another device asked")};
    auto payload = readPayload(*handshake, WireKind::PairingAnswer, message);
    if (!payload)
        return payload.error();
    if (payload->used)
        return ErrorCode::LinkUsed;
    if (!payload->ratchetKey)
        return Error{ErrorCode::HandshakeFailed, QStringLiteral("a request sent as an answer")};
    if (payload->identity == self.identity || payload->role != asking.link.role)
        return Error{ErrorCode::PairingRefused, QStringLiteral("not what the link offered")};
    auto session = beginRatchet(*handshake, *payload->ratchetKey);
    if (!session)
        return session.error();
    QString role = std::move(payload->role);
    Bytes genesis = std::move(payload->genesis);
    auto inviter = provenParty(std::move(*payload), asking.link.device);
    if (!inviter)
        return inviter.error();
    return Accepted{std::move(*inviter), std::move(role), std::move(genesis), std::move(*session)};
}

} // namespace Waymark

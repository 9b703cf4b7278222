// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/records.h"

#include "app/core/cbor.h"

#include <QtEndian>

#include <limits>

namespace Waymark {

namespace {

constexpr qint64 kVersion = 1;
constexpr qsizetype kMaxRecord = 8 * 1024 * 1024;
constexpr qsizetype kMaxText = 4096;
constexpr quint64 kMaxNumbers = 1 << 16;
constexpr qint64 kMax = std::numeric_limits<qint64>::max();

Error damaged(const char* what)
{
    return {ErrorCode::VaultDatabaseDamaged, QLatin1String(what)};
}

template <typename T>
T decoded(Cbor::Reader& in)
{
    auto found = T::decode(in.bytes(kMaxRecord));
    if (!found) {
        in.fail();
        return {};
    }
    return std::move(*found);
}

quint64 readNumber(Cbor::Reader& in)
{
    return quint64(in.integer(0, kMax));
}

PairingState readState(Cbor::Reader& in)
{
    return PairingState(in.integer(0, int(PairingState::Withdrawn)));
}

Role readRole(Cbor::Reader& in)
{
    return Role(in.integer(0, int(Role::Peer)));
}

} // namespace

Bytes PeerRecord::encode() const
{
    Cbor::Writer out;
    out.array(24).integer(kVersion).id(space).id(device).id(person).id(identity);
    out.text(name).text(relay);
    queue.write(out);
    sendTo.write(out);
    out.bytes(session.encode()).integer(qint64(sessionNumber));
    out.integer(qint64(packed)).integer(qint64(sent)).integer(qint64(received));
    out.array(2 * carried.size());
    for (const auto& [number, upTo] : carried)
        out.integer(qint64(number)).integer(qint64(upTo));
    out.integer(qint64(resentUpTo)).integer(resentMs);
    out.id(lastHave).integer(lastHaveMs).boolean(haveDue).integer(undecryptable).text(stopped);
    out.array(3).integer(repairDayMs).integer(repairBytes).integer(askedMs);
    out.null(); // room for what replaces a session
    return out.take();
}

Result<PeerRecord> PeerRecord::decode(BytesView bytes)
{
    Cbor::Reader in(bytes);
    PeerRecord out;
    in.arrayOf(24);
    in.integer(kVersion, kVersion);
    out.space = in.id<SpaceId>();
    out.device = in.id<DeviceId>();
    out.person = in.id<PersonId>();
    out.identity = in.id<SigningKey>();
    out.name = in.text(kMaxText);
    out.relay = in.text(kMaxText);
    out.queue = QueueKeys::read(in);
    out.sendTo = SendAddress::read(in);
    out.session = decoded<RatchetState>(in);
    out.sessionNumber = readNumber(in);
    out.packed = readNumber(in);
    out.sent = readNumber(in);
    out.received = readNumber(in);
    for (quint64 left = in.array(kMaxNumbers); in.ok() && left >= 2; left -= 2) {
        const quint64 number = readNumber(in);
        out.carried.emplace_back(number, readNumber(in));
    }
    out.resentUpTo = readNumber(in);
    out.resentMs = in.integer(-kMax, kMax);
    out.lastHave = in.id<Hash>();
    out.lastHaveMs = in.integer(-kMax, kMax);
    out.haveDue = in.boolean();
    out.undecryptable = int(in.integer(0, 1 << 30));
    out.stopped = in.text(kMaxText);
    if (!in.nullNext()) { // as it was once
        in.arrayOf(3);
        out.repairDayMs = in.integer(-kMax, kMax);
        out.repairBytes = in.integer(0, kMax);
        out.askedMs = in.integer(-kMax, kMax);
    }
    in.skip();
    if (!in.finished())
        return damaged("peer");
    return out;
}

Bytes OutgoingRecord::key() const
{
    const quint64 big = qToBigEndian(number);
    return peer + Bytes(reinterpret_cast<const char*>(&big), sizeof big);
}

Bytes OutgoingRecord::encode() const
{
    Cbor::Writer out;
    out.array(7).integer(kVersion).bytes(peer).integer(qint64(number)).id(id);
    out.integer(qint64(from)).integer(qint64(upTo)).bytes(body);
    return out.take();
}

Result<OutgoingRecord> OutgoingRecord::decode(BytesView bytes)
{
    Cbor::Reader in(bytes);
    OutgoingRecord out;
    in.arrayOf(7);
    in.integer(kVersion, kVersion);
    out.peer = in.bytes(64).toByteArray();
    out.number = readNumber(in);
    out.id = in.id<MessageId>();
    out.from = readNumber(in);
    out.upTo = readNumber(in);
    out.body = in.bytes(kMaxRecord).toByteArray();
    if (!in.finished())
        return damaged("outgoing message");
    return out;
}

Bytes InvitationRecord::encode() const
{
    Cbor::Writer out;
    out.array(6).integer(kVersion).id(id).bytes(invitation.encode());
    out.integer(int(role)).boolean(acceptFirst).integer(int(state));
    return out.take();
}

Result<InvitationRecord> InvitationRecord::decode(BytesView bytes)
{
    Cbor::Reader in(bytes);
    InvitationRecord out;
    in.arrayOf(6);
    in.integer(kVersion, kVersion);
    out.id = in.id<PairingId>();
    out.invitation = decoded<PairingInvitation>(in);
    out.role = readRole(in);
    out.acceptFirst = in.boolean();
    out.state = readState(in);
    if (!in.finished())
        return damaged("invitation");
    return out;
}

Bytes AskerRecord::encode() const
{
    Cbor::Writer out;
    out.array(14).integer(kVersion).id(id).id(invitation).id(space).integer(int(role));
    out.text(name).id(identity).bytes(request).bytes(answer).id(answerId).boolean(answerSent);
    out.id(device);
    sendTo.write(out);
    out.integer(int(state));
    return out.take();
}

Result<AskerRecord> AskerRecord::decode(BytesView bytes)
{
    Cbor::Reader in(bytes);
    AskerRecord out;
    in.arrayOf(14);
    in.integer(kVersion, kVersion);
    out.id = in.id<PairingId>();
    out.invitation = in.id<PairingId>();
    out.space = in.id<SpaceId>();
    out.role = readRole(in);
    out.name = in.text(kMaxText);
    out.identity = in.id<SigningKey>();
    out.request = in.bytes(kMaxRecord).toByteArray();
    out.answer = in.bytes(kMaxRecord).toByteArray();
    out.answerId = in.id<MessageId>();
    out.answerSent = in.boolean();
    out.device = in.id<DeviceId>();
    out.sendTo = SendAddress::read(in);
    out.state = readState(in);
    if (!in.finished())
        return damaged("asker");
    return out;
}

Bytes AskingRecord::encode() const
{
    Cbor::Writer out;
    out.array(7).integer(kVersion).id(id).bytes(asking.encode()).integer(int(state));
    out.id(requestId).boolean(requestSent).integer(requestMs);
    return out.take();
}

Result<AskingRecord> AskingRecord::decode(BytesView bytes)
{
    Cbor::Reader in(bytes);
    AskingRecord out;
    in.arrayOf(7);
    in.integer(kVersion, kVersion);
    out.id = in.id<PairingId>();
    out.asking = decoded<Asking>(in);
    out.state = readState(in);
    out.requestId = in.id<MessageId>();
    out.requestSent = in.boolean();
    out.requestMs = in.integer(-kMax, kMax);
    if (!in.finished())
        return damaged("asking");
    return out;
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/handshake/pairingpayload.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace Waymark {

namespace {

constexpr qsizetype kUnit = 4 * 1024;
constexpr qsizetype kMaxPadded = 15 * kUnit; // with keys and tags still one Noise message
constexpr qsizetype kHead = 4;
constexpr quint64 kMaxFields = 32;
constexpr qint64 kMaxInteger = (qint64(1) << 53) - 1;

// Keys of the map.
constexpr qint64 kUsed = 0;
constexpr qint64 kIdentity = 1;
constexpr qint64 kRoster = 2;
constexpr qint64 kName = 3;
constexpr qint64 kSendTo = 4;
constexpr qint64 kRole = 5;
constexpr qint64 kGenesis = 6;
constexpr qint64 kRatchetKey = 7;
constexpr unsigned kOfRequest = 0b0001'1110;
constexpr unsigned kOfAnswer = 0b1111'1110;

Bytes fieldsOf(const PairingPayload& payload)
{
    Cbor::Writer out;
    if (payload.used)
        return out.map(1).integer(kUsed).boolean(true).take();
    out.map(payload.ratchetKey ? 7 : 4);
    out.integer(kIdentity).id(payload.identity);
    out.integer(kRoster).bytes(payload.roster);
    out.integer(kName).text(payload.name);
    out.integer(kSendTo);
    payload.sendTo.write(out);
    if (payload.ratchetKey) {
        out.integer(kRole).text(payload.role);
        out.integer(kGenesis).bytes(payload.genesis);
        out.integer(kRatchetKey).id(*payload.ratchetKey);
    }
    return out.take();
}

void readField(Cbor::Reader& in, qint64 key, PairingPayload& out)
{
    switch (key) {
    case kUsed:
        out.used = in.boolean();
        break;
    case kIdentity:
        out.identity = in.id<SigningKey>();
        break;
    case kRoster:
        out.roster = in.bytes(Roster::kMaxBytes).toByteArray();
        break;
    case kName:
        out.name = in.text(Link::kMaxName);
        break;
    case kSendTo:
        out.sendTo = SendAddress::read(in);
        break;
    case kRole:
        out.role = in.text(Link::kMaxRole);
        break;
    case kGenesis:
        out.genesis = in.bytes(kMaxGenesis).toByteArray();
        break;
    case kRatchetKey:
        out.ratchetKey = in.id<AgreementKey>();
        break;
    default:
        in.skip();
        break;
    }
}

} // namespace

Result<SecretBytes> encodePayload(const PairingPayload& payload)
{
    Bytes fields = fieldsOf(payload);
    const qsizetype size = (kHead + fields.size() + kUnit - 1) / kUnit * kUnit;
    if (size > kMaxPadded)
        return ErrorCode::TooLarge;
    SecretBytes out(static_cast<std::size_t>(size));
    qToBigEndian(quint32(fields.size()), out.data());
    std::memcpy(out.data() + kHead, fields.constData(), std::size_t(fields.size()));
    wipe(fields);
    return out;
}

std::optional<PairingPayload> decodePayload(BytesView padded)
{
    if (padded.isEmpty() || padded.size() % kUnit != 0 || padded.size() > kMaxPadded)
        return std::nullopt;
    const auto size = qsizetype(qFromBigEndian<quint32>(padded.data()));
    if (size > padded.size() - kHead)
        return std::nullopt;
    const BytesView rest = padded.sliced(kHead + size);
    if (!std::all_of(rest.begin(), rest.end(), [](char byte) { return byte == 0; }))
        return std::nullopt;

    Cbor::Reader in(padded.sliced(kHead, size));
    PairingPayload out;
    unsigned present = 0;
    qint64 last = -1;
    for (quint64 left = in.map(kMaxFields); in.ok() && left > 0; --left) {
        last = in.integer(last + 1, kMaxInteger);
        if (!in.ok())
            break;
        if (last <= kRatchetKey)
            present |= 1u << last;
        readField(in, last, out);
    }
    if (!in.finished())
        return std::nullopt;
    const bool whole = out.used ? present == 1u : present == kOfRequest || present == kOfAnswer;
    if (!whole || (!out.used && !isDisplayName(out.name)))
        return std::nullopt;
    return out;
}

Result<PairingParty> provenParty(PairingPayload payload, const AgreementKey& proven)
{
    auto roster = readRoster(payload.roster, payload.identity);
    if (!roster)
        return Error{ErrorCode::PairingRefused, roster.error().detail};
    const RosterDevice* device = roster->liveWith(proven);
    if (!device)
        return Error{
            ErrorCode::PairingRefused, QStringLiteral("the roster does not list this device")};
    PairingParty out;
    out.identity = payload.identity;
    out.person = personIdOf(payload.identity);
    out.device = device->id;
    out.rosterBytes = std::move(payload.roster);
    out.roster = std::move(*roster);
    out.name = std::move(payload.name);
    out.sendTo = std::move(payload.sendTo);
    return out;
}

} // namespace Waymark

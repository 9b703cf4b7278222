// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crypto/identity.h"

#include "app/core/cbor.h"
#include "app/crypto/hash.h"

#include <algorithm>
#include <functional>
#include <set>

namespace Waymark {

namespace {

constexpr qint64 kMaxInteger = (qint64(1) << 53) - 1;
constexpr quint64 kMaxFields = 32; // of one map, known and unknown

// Keys of the roster's map.
constexpr qint64 kVersion = 1;
constexpr qint64 kPrevious = 2;
constexpr qint64 kDevices = 3;

// Keys of a device's map.
constexpr qint64 kSigning = 1;
constexpr qint64 kAgreement = 2;
constexpr qint64 kState = 3;

Error malformed(const char* what)
{
    return {ErrorCode::Failed, QStringLiteral("roster: %1").arg(QLatin1String(what))};
}

void writeUnknown(Cbor::Writer& out, const UnknownFields& unknown)
{
    for (const auto& [key, item] : unknown)
        out.integer(key).raw(item);
}

void writeDevice(Cbor::Writer& out, const RosterDevice& device)
{
    out.map(3 + device.unknown.size());
    out.integer(kSigning).id(device.keys.signing);
    out.integer(kAgreement).id(device.keys.agreement);
    out.integer(kState).integer(qint64(device.state));
    writeUnknown(out, device.unknown);
}

/// Reads a map with whole-number keys in their order: `known` takes the value of a key and says so,
/// what it leaves is kept.
template <typename Known>
void readFields(Cbor::Reader& in, UnknownFields& unknown, Known known)
{
    qint64 last = -1;
    for (quint64 left = in.map(kMaxFields); in.ok() && left > 0; --left) {
        const qint64 key = in.integer(last + 1, kMaxInteger);
        if (!in.ok())
            return;
        last = key;
        if (!known(key))
            unknown.emplace(key, in.skip().toByteArray());
    }
}

RosterDevice readDevice(Cbor::Reader& in, const SigningKey& identity)
{
    RosterDevice out;
    int found = 0;
    readFields(in, out.unknown, [&](qint64 key) {
        switch (key) {
        case kSigning:
            out.keys.signing = in.id<SigningKey>();
            break;
        case kAgreement:
            out.keys.agreement = in.id<AgreementKey>();
            break;
        case kState:
            out.state = DeviceState(in.integer(0, int(DeviceState::Revoked)));
            break;
        default:
            return false;
        }
        ++found;
        return true;
    });
    if (found != 3)
        in.fail();
    out.id = deviceIdOf(identity, out.keys);
    return out;
}

Roster readBody(Cbor::Reader& in, const SigningKey& identity)
{
    Roster out;
    int found = 0;
    readFields(in, out.unknown, [&](qint64 key) {
        switch (key) {
        case kVersion:
            out.version = quint64(in.integer(1, kMaxInteger));
            break;
        case kPrevious:
            for (quint64 left = in.array(Roster::kMaxPrevious); in.ok() && left > 0; --left)
                out.previous.push_back(in.id<Hash>());
            break;
        case kDevices:
            for (quint64 left = in.array(Roster::kMaxLive + Roster::kMaxPast); in.ok() && left > 0;
                 --left)
                out.devices.push_back(readDevice(in, identity));
            break;
        default:
            return false;
        }
        ++found;
        return true;
    });
    if (found != 3)
        in.fail();
    return out;
}

Status checkBounds(const Roster& roster)
{
    if (roster.previous.empty() != (roster.version == 1))
        return malformed("version and history disagree");
    if (std::adjacent_find(roster.previous.begin(), roster.previous.end(), std::greater_equal<>())
        != roster.previous.end())
        return malformed("history out of order");
    if (roster.devices.empty())
        return malformed("no device");
    std::set<SigningKey> signing;
    std::set<AgreementKey> agreement;
    int live = 0;
    for (const RosterDevice& device : roster.devices) {
        live += device.state == DeviceState::Live ? 1 : 0;
        if (!signing.insert(device.keys.signing).second
            || !agreement.insert(device.keys.agreement).second)
            return malformed("a key stands twice");
    }
    if (live > Roster::kMaxLive || int(roster.devices.size()) - live > Roster::kMaxPast)
        return {ErrorCode::TooLarge, QStringLiteral("roster: too many devices")};
    return {};
}

} // namespace

PersonId personIdOf(const SigningKey& identity)
{
    return labelledId<PersonId>("person", {identity.view()});
}

DeviceId deviceIdOf(const SigningKey& identity, const DeviceKeys& device)
{
    return labelledId<DeviceId>(
        "device", {identity.view(), device.signing.view(), device.agreement.view()});
}

QueueId receiveIdOf(const SigningKey& receiveKey)
{
    return labelledId<QueueId>("receive", {receiveKey.view()});
}

QueueId sendIdOf(const SigningKey& receiveKey, const SigningKey& sendKey)
{
    return labelledId<QueueId>("send", {receiveKey.view(), sendKey.view()});
}

const RosterDevice* Roster::find(const DeviceId& id) const
{
    const auto at = std::find_if(devices.begin(), devices.end(),
        [&](const RosterDevice& device) { return device.id == id; });
    return at == devices.end() ? nullptr : &*at;
}

const RosterDevice* Roster::liveWith(const AgreementKey& key) const
{
    const auto at = std::find_if(devices.begin(), devices.end(), [&](const RosterDevice& device) {
        return device.state == DeviceState::Live && device.keys.agreement == key;
    });
    return at == devices.end() ? nullptr : &*at;
}

Bytes makeRoster(const SigningPair& identity, std::span<const DeviceKeys> devices)
{
    Q_ASSERT(!devices.empty() && devices.size() <= Roster::kMaxLive);
    Roster roster;
    for (const DeviceKeys& keys : devices)
        roster.devices.push_back(
            {deviceIdOf(identity.publicKey, keys), keys, DeviceState::Live, {}});
    return signRoster(identity, roster);
}

Bytes signRoster(const SigningPair& identity, const Roster& roster)
{
    Cbor::Writer body;
    body.map(3 + roster.unknown.size());
    body.integer(kVersion).integer(qint64(roster.version));
    body.integer(kPrevious).array(roster.previous.size());
    for (const Hash& hash : roster.previous)
        body.id(hash);
    body.integer(kDevices).array(roster.devices.size());
    for (const RosterDevice& device : roster.devices)
        writeDevice(body, device);
    writeUnknown(body, roster.unknown);

    Cbor::Writer out;
    out.array(2).raw(body.data()).id(sign(identity.secret, "roster", {body.data()}));
    return out.take();
}

Result<Roster> readRoster(BytesView bytes, const SigningKey& identity)
{
    if (bytes.size() > Roster::kMaxBytes)
        return {ErrorCode::TooLarge, QStringLiteral("roster: too many bytes")};
    Cbor::Reader in(bytes);
    in.arrayOf(2);
    const BytesView body = in.skip();
    const auto signature = in.id<Signature>();
    if (!in.finished())
        return malformed("not in form");
    if (!verify(identity, "roster", {body}, signature))
        return malformed("not signed by this person");
    Cbor::Reader fields(body);
    Roster out = readBody(fields, identity);
    if (!fields.finished())
        return malformed("a field is not in form");
    if (const Status bounds = checkBounds(out); !bounds)
        return bounds.error();
    return out;
}

Hash rosterHash(BytesView bytes)
{
    return labelledHash("roster", {bytes});
}

} // namespace Waymark

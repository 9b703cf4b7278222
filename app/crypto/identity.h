// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "app/core/result.h"
#include "app/crypto/signature.h"

#include <map>
#include <span>
#include <vector>

namespace Waymark {

/// Who people and devices are: ids that follow from keys, and the roster in which a person signs
/// which devices are theirs. Pure functions; any thread. Bytes: docs/protocol/sessions.md.

/// The public keys of one device.
struct DeviceKeys
{
    SigningKey signing;
    AgreementKey agreement;

    friend auto operator<=>(const DeviceKeys&, const DeviceKeys&) = default;
};

[[nodiscard]] PersonId personIdOf(const SigningKey& identity);
/// Bound to the person too, so that nobody can list another's device as one's own.
[[nodiscard]] DeviceId deviceIdOf(const SigningKey& identity, const DeviceKeys& device);

/// The two names of a queue on a relay: its receiver's and its sender's. They follow from the keys,
/// so nobody can take another's queue, and neither name tells the other.
[[nodiscard]] QueueId receiveIdOf(const SigningKey& receiveKey);
[[nodiscard]] QueueId sendIdOf(const SigningKey& receiveKey, const SigningKey& sendKey);

enum class DeviceState {
    Live = 0,
    Retired = 1, ///< makes nothing more; all it signed counts
    Revoked = 2, ///< lost or stolen
};

/// Map entries that this version does not know, by key, each an encoded item. They are written
/// again as they were read.
using UnknownFields = std::map<qint64, Bytes>;

struct RosterDevice
{
    DeviceId id; ///< follows from the keys; not in the bytes
    DeviceKeys keys;
    DeviceState state = DeviceState::Live;
    UnknownFields unknown;

    friend bool operator==(const RosterDevice&, const RosterDevice&) = default;
};

/// One version of a person's list of devices.
struct Roster
{
    static constexpr qsizetype kMaxBytes = 32 * 1024;
    static constexpr int kMaxLive = 8;
    static constexpr int kMaxPast = 64;
    static constexpr quint64 kMaxPrevious = 16;

    quint64 version = 1;
    std::vector<Hash> previous; ///< rosterHash() of the versions before; empty in version 1 alone
    std::vector<RosterDevice> devices;
    UnknownFields unknown;

    [[nodiscard]] const RosterDevice* find(const DeviceId& id) const;
    /// The live device with this agreement key, or null.
    [[nodiscard]] const RosterDevice* liveWith(const AgreementKey& key) const;

    friend bool operator==(const Roster&, const Roster&) = default;
};

/// Version 1 of a person's roster, listing 1 to 8 live devices, signed.
[[nodiscard]] Bytes makeRoster(const SigningPair& identity, std::span<const DeviceKeys> devices);
/// Any version, signed as it stands; the caller keeps the bounds.
[[nodiscard]] Bytes signRoster(const SigningPair& identity, const Roster& roster);

/// Reads foreign bytes: the signature of `identity`, the form and the bounds are checked. TooLarge
/// beyond a bound, Failed for all else.
[[nodiscard]] Result<Roster> readRoster(BytesView bytes, const SigningKey& identity);

/// By which later versions name this one.
[[nodiscard]] Hash rosterHash(BytesView bytes);

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/bytes.h"

namespace Waymark {

using Hash = FixedBytes<struct HashTag, 32>;
using PersonId = FixedBytes<struct PersonTag, 16>;
using DeviceId = FixedBytes<struct DeviceTag, 16>;
using SpaceId = FixedBytes<struct SpaceTag, 16>;
/// An entry of a space. Sixteen zero bytes name the space itself; a member is named by the person
/// id.
using EntryId = FixedBytes<struct EntryTag, 16>;
using VaultId = FixedBytes<struct VaultTag, 16>;
/// An incoming line on a relay, as one of its two sides names it.
using QueueId = FixedBytes<struct QueueTag, 24>;
/// A message's random name on a relay.
using MessageId = FixedBytes<struct MessageTag, 16>;

} // namespace Waymark

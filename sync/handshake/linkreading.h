// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/cbor.h"
#include "sync/handshake/link.h"

namespace Waymark {

/// Reads a link's fields and leaves what follows: pasted text does not say where a link ends, but
/// its bytes do.
[[nodiscard]] Link readLink(Cbor::Reader& in);

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/bytes.h"

#include <optional>

namespace Waymark {

/// The first byte of whatever lies in a queue, so that handshakes and sessions can share one.
enum class WireKind : unsigned char {
    PairingRequest = 1, ///< Noise message 1, on the invitation's queue
    PairingAnswer = 2, ///< Noise message 2, on the asker's queue
    Session = 3, ///< a message of a session's ratchet
};

/// Nothing for an empty message or a kind of a later version.
[[nodiscard]] inline std::optional<WireKind> wireKindOf(BytesView message)
{
    if (message.isEmpty() || message[0] < 1 || message[0] > 3)
        return std::nullopt;
    return WireKind(message[0]);
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace Waymark::Wire {

/// Sizes that client and relay agree on for good. What an operator may choose stands in the relay's
/// own limits.
constexpr int kVersion = 1;
constexpr qsizetype kMaxBody = 66 * 1024; ///< bytes of one message
constexpr qsizetype kMaxFrame = 72 * 1024; ///< bytes of one WebSocket message, either way
constexpr qsizetype kMaxHost = 261; ///< a name of 253 characters in brackets, a colon, a port
constexpr int kMaxVersions = 16;
constexpr int kMinWindow = 1;
constexpr int kMaxWindow = 1024; ///< unacknowledged messages of a subscription
constexpr int kDefaultWindow = 256;
constexpr qsizetype kMaxWindowBytes = 1024 * 1024; ///< and their bytes
constexpr int kMaxPushed = kMaxWindow; ///< messages in one push
/// A queue remembers this many ids for this long, and stores none of them twice.
constexpr int kRecentIds = 10'000;
constexpr qint64 kRecentIdsMs = 24LL * 60 * 60 * 1000;
/// Numbers of requests and of messages stay below what every language counts exactly.
constexpr qint64 kMaxNumber = (qint64(1) << 53) - 1;
constexpr int kMaxRefusal = 255;
constexpr qint64 kMaxRetryMs = 7LL * 24 * 60 * 60 * 1000;

} // namespace Waymark::Wire

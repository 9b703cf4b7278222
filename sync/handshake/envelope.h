// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "app/core/result.h"

#include <span>
#include <variant>
#include <vector>

namespace Waymark {

/// What stands inside a session's messages: content of some kind, packed, padded to one of five
/// sizes so that its length tells little. Pure functions; any thread. Whatever is read here comes
/// from a partner who may be hostile: MessageMalformed for what is not in form or beyond a bound.
/// Bytes: docs/protocol/sessions.md.

constexpr qsizetype kPackAbove = 512; ///< content longer than this is compressed where that helps
constexpr qsizetype kMaxUnpacked = 1024 * 1024;
/// Content up to here always fits into the largest padded size.
constexpr qsizetype kMaxAlwaysFits = 64 * 1024 - 4;

/// Packs and pads content to 256 B, 1, 4, 16 or 64 KiB. TooLarge when it does not fit or is over
/// kMaxUnpacked.
[[nodiscard]] Result<Bytes> wrapContent(BytesView content);
[[nodiscard]] Result<Bytes> unwrapContent(BytesView padded);

/// Whole operations, each as its author encoded it.
struct OpsMessage
{
    static constexpr quint64 kMaxOperations = 16'384;
    std::vector<Bytes> operations;

    friend bool operator==(const OpsMessage&, const OpsMessage&) = default;
};

/// A piece of one operation that does not fit into a message.
struct PartMessage
{
    static constexpr quint32 kMaxCount = 1'024;
    Hash operation;
    quint32 index = 0; ///< below count
    quint32 count = 1;
    Bytes bytes;

    friend bool operator==(const PartMessage&, const PartMessage&) = default;
};

/// How far a log is stored without a gap.
struct LogReceipt
{
    Bytes log; ///< a device, or a device and the hash its branch begins with: 16 or 48 bytes
    quint64 lastSeq = 0;
    Hash header; ///< of the operation with that seq

    friend bool operator==(const LogReceipt&, const LogReceipt&) = default;
};

/// Receipt and request in one. Logs are in the order of their names.
struct HaveMessage
{
    static constexpr quint64 kMaxLogs = 2'048; ///< in one message; there may be several
    std::vector<LogReceipt> logs;
    quint64 session = 1; ///< number of the session between the two devices
    quint64 highestNumber = 0; ///< greatest number of the reader's messages that was taken in

    friend bool operator==(const HaveMessage&, const HaveMessage&) = default;
};

struct PingMessage
{
    friend bool operator==(const PingMessage&, const PingMessage&) = default;
};

/// A kind of a later version, or one that this version does nothing with: acknowledged and passed
/// over.
struct OtherMessage
{
    qint64 kind = 0;

    friend bool operator==(const OtherMessage&, const OtherMessage&) = default;
};

using SessionMessage
    = std::variant<OpsMessage, PartMessage, HaveMessage, PingMessage, OtherMessage>;

/// The content `[kind, …]` of a message; not for OtherMessage.
[[nodiscard]] Bytes encodeMessage(const SessionMessage& message);
[[nodiscard]] Result<SessionMessage> decodeMessage(BytesView content);

} // namespace Waymark

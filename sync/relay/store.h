// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"
#include "sync/protocol/messages.h"

#include <optional>
#include <vector>

namespace Waymark::Relay {

/// A store's own short name for a queue; never given to another queue.
using QueueNumber = qint64;

/// All that a relay knows about a queue, beside what waits in it.
struct QueueKeys
{
    QueueId receive;
    QueueId send;
    Wire::Key sendKey;
};

/// Messages are numbered from 1 on in each queue; numbers are never used twice. Those above `acked`
/// and up to `last` are waiting.
struct QueueState
{
    qint64 acked = 0;
    qint64 last = 0;
    qint64 bytes = 0; ///< of the bodies waiting

    [[nodiscard]] qint64 waiting() const { return last - acked; }
};

struct StoredMessage
{
    MessageId id;
    Bytes body;
};

enum class Appended { Stored, Duplicate };

/// Where a relay keeps queues and messages. One thread. Changes are gathered into a group: they
/// show at once in every look-up here, and are durable after commit(). A change that fails says so
/// at commit(). Queue numbers given must come from this store and name a queue that is still there.
class RelayStore
{
public:
    virtual ~RelayStore() = default;

    [[nodiscard]] virtual std::optional<QueueNumber> byReceiveId(const QueueId& id) const = 0;
    [[nodiscard]] virtual std::optional<QueueNumber> bySendId(const QueueId& id) const = 0;
    [[nodiscard]] virtual QueueKeys keys(QueueNumber queue) const = 0;
    [[nodiscard]] virtual QueueState state(QueueNumber queue) const = 0;
    [[nodiscard]] virtual bool exists(QueueNumber queue) const = 0;
    /// Whether append() would call this id a duplicate.
    [[nodiscard]] virtual bool knows(QueueNumber queue, const MessageId& id) const = 0;
    /// Waiting messages after number `after`, oldest first: at most `maxCount`, and while their
    /// bodies with Wire::kPushedOverhead each take at most `maxBytes`; the first one whatever its
    /// size. Only between groups, so that nothing is read that is not durable.
    [[nodiscard]] virtual Result<std::vector<StoredMessage>> fetch(
        QueueNumber queue, qint64 after, int maxCount, qsizetype maxBytes) const = 0;

    /// Neither id is in use.
    virtual QueueNumber create(const QueueKeys& keys) = 0;
    /// An id among the queue's last Wire::kRecentIds within Wire::kRecentIdsMs, acknowledged or
    /// not, or one that is waiting, is a duplicate: nothing is stored.
    virtual Appended append(QueueNumber queue, const MessageId& id, BytesView body, qint64 nowMs)
        = 0;
    /// Deletes what is waiting up to number `upTo`, which is at most state().last.
    virtual void acknowledge(QueueNumber queue, qint64 upTo) = 0;
    virtual void drop(QueueNumber queue) = 0;
    /// Acknowledges every message stored before `beforeMs`. A store may keep time by the hour.
    virtual void expire(qint64 beforeMs) = 0;

    /// Makes the group durable. On DiskFull nothing of the group is kept, everything shows as
    /// before it, and the store goes on. After any other error it must not be used further.
    [[nodiscard]] virtual Status commit() = 0;

    /// A short step of housekeeping, between groups. True while more is to do.
    [[nodiscard]] virtual Result<bool> tidy(qint64 nowMs) = 0;
};

} // namespace Waymark::Relay

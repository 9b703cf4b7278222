// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/protocol/messages.h"
#include "sync/relay/store.h"

#include <set>
#include <vector>

namespace Waymark::Relay {

/// The server's name for a connection; never used twice.
using ConnectionId = quint64;

/// What the relay knows of one connection while it lasts.
struct Session
{
    ConnectionId id = 0;
    Bytes address;
    Wire::Nonce nonce;
    std::set<QueueId> receiveIds; ///< of the receive keys proven
    std::set<Wire::Key> sendKeys; ///< proven
    std::set<QueueNumber> subscriptions;
    Bytes out; ///< the frame being gathered
    qsizetype unwritten = 0; ///< bytes of frames handed out and not yet written
    int wrongProofs = 0;
    bool unread = false; ///< its requests are left unread until it has read its answers
    bool stalled = false; ///< a push waits until it has read what was pushed before
    bool closing = false;
    bool gathered = false; ///< stands in the list of sessions with something in `out`

    [[nodiscard]] qsizetype output() const { return unwritten + out.size(); }
};

/// One connection's reading of one queue.
struct Subscription
{
    ConnectionId connection = 0;
    QueueId id;
    int window = Wire::kDefaultWindow;
    qint64 pushed = 0; ///< the last number pushed, or acknowledged before
    std::vector<qint32> unacknowledged; ///< sizes of what was pushed and not acknowledged
    qint64 unacknowledgedBytes = 0;
    bool drained = false; ///< it was told that nothing more is stored
    bool ready = false; ///< stands in the list of subscriptions to look at
};

/// A request whose answer waits for the group's commit.
struct Waiting
{
    enum class Kind { Create, Send, Ack, Drop };
    Kind kind = Kind::Send;
    ConnectionId connection = 0;
    Wire::RequestNumber request = 0;
    QueueNumber queue = 0;
    qint64 upTo = 0;
};

} // namespace Waymark::Relay

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "app/core/result.h"
#include "app/crypto/signature.h"
#include "sync/client/relayurl.h"
#include "sync/protocol/limits.h"

#include <functional>
#include <vector>

namespace Waymark {

/// A message as it lies on the relay.
struct RelayMessage
{
    MessageId id;
    Bytes body;
};

/// How a request went. `retryAfterMs` is the relay's advice where waiting helps, otherwise 0.
struct RelayAnswer
{
    Status status;
    qint64 retryAfterMs = 0;
};

/// One connection to one relay, as the sync engine sees it: requests out, answers and pushes in,
/// all asynchronous on the owner's thread. Requests may be made one after the other without
/// waiting; the relay works on them in that order, though answers may come in another. Keys are
/// proven by the transport, once a connection, when they are first used.
///
/// Every request is answered exactly once, never from within the call that made it: with ok when
/// the relay has made it durable (subscribe: when it is known), or with an error: RelayUnreachable,
/// Timeout (nothing is known about it; it may be repeated), RelayNotAuthorized (the key, or the
/// relay's name), RelayQueueMissing, RelayQueueFull, RelayTooLarge, RelayRateLimited,
/// RelayStorageFull, RelayRefused, RelayProtocol. Answers and listener calls may call back into the
/// transport, and may destroy it.
class Transport
{
public:
    using Answered = std::function<void(const RelayAnswer&)>;

    /// What comes without being asked for.
    class Listener
    {
    public:
        virtual ~Listener() = default;
        /// Messages of a subscribed queue in order, numbered from `first` on without gaps.
        virtual void pushed(const QueueId& queue, qint64 first, std::vector<RelayMessage> messages)
            = 0;
        /// Everything stored up to number `upTo` has been pushed, and nothing more is stored.
        virtual void drained(const QueueId& queue, qint64 upTo) = 0;
        /// The subscription is over: another connection took it, or the queue was dropped.
        virtual void ended(const QueueId& queue) = 0;
        /// The connection is gone; every open request has been answered with this error before.
        virtual void lost(const RelayAnswer& why) = 0;
    };

    virtual ~Transport() = default;

    /// Whom pushes go to; it must outlive the transport or be taken away with null.
    virtual void setListener(Listener* listener) = 0;

    /// Connects; any connection before is closed. Requests may follow once this was answered with
    /// ok.
    virtual void open(const RelayUrl& url, Answered answered) = 0;
    /// Ends the connection; open requests are answered with Cancelled, lost() is not called.
    virtual void close() = 0;
    [[nodiscard]] virtual bool isOpen() const = 0;

    /// Makes the queue, or finds it made with the same keys.
    virtual void createQueue(
        const SigningPair& receive, const SigningKey& sendKey, Answered answered)
        = 0;
    /// `queue` is the send id. The same id again stores nothing twice.
    virtual void send(const QueueId& queue, const SigningPair& key, const MessageId& id,
        const Bytes& body, Answered answered)
        = 0;
    /// Pushes begin, or begin again, after the last acknowledged message.
    virtual void subscribe(const SigningPair& receive, int window, Answered answered) = 0;
    /// Deletes everything up to number `upTo` that was pushed on this connection.
    virtual void acknowledge(const SigningPair& receive, qint64 upTo, Answered answered) = 0;
    virtual void dropQueue(const SigningPair& receive, Answered answered) = 0;
};

} // namespace Waymark

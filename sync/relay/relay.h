// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/random.h"
#include "app/core/result.h"
#include "sync/relay/addresses.h"
#include "sync/relay/limits.h"
#include "sync/relay/proofcheck.h"
#include "sync/relay/sessions.h"
#include "sync/relay/store.h"

#include <deque>
#include <unordered_map>
#include <variant>

namespace Waymark::Relay {

/// Why the relay ends a connection.
enum class CloseReason { Malformed, Refused, TryLater, GoingAway };

struct SendFrame
{
    ConnectionId connection = 0;
    Bytes frame;
};
/// After the frames before it have been written.
struct CloseConnection
{
    ConnectionId connection = 0;
    CloseReason reason = CloseReason::Refused;
};
/// Whether to read on from a connection.
struct SetReading
{
    ConnectionId connection = 0;
    bool on = true;
};
using Effect = std::variant<SendFrame, CloseConnection, SetReading>;

/// The relay itself: events in, effects out. It holds no socket, timer, thread or clock, so one
/// thread and one seed can drive it; every event brings the time. All requests that came in before
/// a commit() form one group, which is answered together once it is durable. Store, check and
/// random must outlive it.
class Relay
{
public:
    /// `names`: the "host:port"s under which clients may have dialled, in lower case.
    Relay(RelayStore& store, const ProofCheck& check, Random& random, const Limits& limits,
        std::vector<Bytes> names);

    // Events.
    /// `address` is what the limits count by; empty where it is not counted. A connection that is
    /// too many is told so and closed.
    void connected(ConnectionId connection, const Bytes& address, qint64 nowMs);
    /// A frame of at most Wire::kMaxFrame bytes.
    void received(ConnectionId connection, BytesView frame, qint64 nowMs);
    void notBinary(ConnectionId connection); ///< a text frame
    void written(ConnectionId connection, qsizetype bytes);
    void disconnected(ConnectionId connection);
    /// Ends the group: makes it durable, answers it, and pushes what may be pushed. An error is the
    /// store's and final: nothing of the group was answered, and the process has to end.
    [[nodiscard]] Status commit(qint64 nowMs);
    /// Once a second or so: what has lived too long.
    void tick(qint64 nowMs);
    /// Refuses everything from now on; after the next commit() every connection is closed.
    void stop();

    /// What the server has to do, in order; empties the list.
    [[nodiscard]] std::vector<Effect> takeEffects();
    /// Whether the group has grown enough to be committed before more is read.
    [[nodiscard]] bool groupFull() const;
    [[nodiscard]] std::size_t connections() const { return m_sessions.size(); }
    /// Whether the store was full a moment ago: no send is tried just now.
    [[nodiscard]] bool storeFull(qint64 nowMs) const;

private:
    void handle(Session& session, const Wire::Prove& m, qint64 nowMs);
    void handle(Session& session, const Wire::Create& m, qint64 nowMs);
    void handle(Session& session, const Wire::Send& m, qint64 nowMs);
    void handle(Session& session, const Wire::Subscribe& m, qint64 nowMs);
    void handle(Session& session, const Wire::Ack& m, qint64 nowMs);
    void handle(Session& session, const Wire::Drop& m, qint64 nowMs);
    std::optional<QueueNumber> ownQueue(
        Session& session, Wire::RequestNumber request, const QueueId& receiveId);

    void gather(Session& session, const Wire::RelayMessage& message);
    void gatherEncoded(Session& session, BytesView message);
    void emitFrame(Session& session);
    void done(Session& session, Wire::RequestNumber request);
    void refuse(Session& session, std::optional<Wire::RequestNumber> request, Wire::Refusal why,
        qint64 retryAfterMs = 0);
    void close(Session& session, CloseReason reason);
    void minded(Session& session);
    qsizetype outputLimit() const;

    Status commitWithoutSends(qint64 nowMs);
    void answer(const Waiting& waiting);
    void acknowledged(QueueNumber queue, qint64 upTo);
    void endSubscription(QueueNumber queue, ConnectionId exceptFor);
    void ready(QueueNumber queue);
    Status pushReady();
    Result<bool> pushSome(QueueNumber queue, Subscription& subscription);
    Session* find(ConnectionId connection);

    RelayStore& m_store;
    const ProofCheck& m_check;
    Random& m_random;
    Limits m_limits;
    std::vector<Bytes> m_names;
    Addresses m_addresses;
    std::unordered_map<ConnectionId, Session> m_sessions;
    std::unordered_map<QueueNumber, Subscription> m_subscriptions; ///< one a queue
    std::deque<QueueNumber> m_ready;
    std::vector<ConnectionId> m_gathered;
    std::vector<Waiting> m_group;
    qsizetype m_groupBytes = 0;
    int m_groupRequests = 0;
    qsizetype m_totalOutput = 0;
    std::vector<Effect> m_effects;
    std::optional<qint64> m_storeFullAtMs;
    qint64 m_nextExpiryMs = 0;
    bool m_stopping = false;
};

} // namespace Waymark::Relay

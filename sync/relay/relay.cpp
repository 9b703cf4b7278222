// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/relay/relay.h"

namespace Waymark::Relay {

using Wire::Refusal;

namespace {

constexpr qint64 kQueueFullRetryMs = 5 * 60 * 1000;
constexpr qint64 kStoreFullRetryMs = 30 * 1000;
constexpr qint64 kStoreFullHoldMs = 1000; ///< in which no send is tried again
constexpr qint64 kStoppingRetryMs = 5 * 1000;
constexpr qint64 kTooManyConnectionsRetryMs = 60 * 1000;
constexpr qint64 kExpiryEveryMs = 60 * 60 * 1000;
constexpr qsizetype kSharpOutput = 16; ///< how much less each may hold when all hold too much

} // namespace

Relay::Relay(RelayStore& store, const ProofCheck& check, Random& random, const Limits& limits,
    std::vector<Bytes> names)
    : m_store(store), m_check(check), m_random(random), m_limits(limits), m_names(std::move(names)),
      m_addresses(limits)
{
}

Session* Relay::find(ConnectionId connection)
{
    const auto found = m_sessions.find(connection);
    return found == m_sessions.end() ? nullptr : &found->second;
}

void Relay::connected(ConnectionId connection, const Bytes& address, qint64 nowMs)
{
    Session& session = m_sessions[connection];
    session.id = connection;
    if (m_stopping) {
        refuse(session, std::nullopt, Refusal::Stopping, kStoppingRetryMs);
        close(session, CloseReason::GoingAway);
        return;
    }
    qint64 wait = m_addresses.takeConnection(address, nowMs);
    if (wait == 0) {
        session.address = address;
        if (m_sessions.size() > std::size_t(m_limits.connections))
            wait = kTooManyConnectionsRetryMs;
    }
    if (wait > 0) {
        refuse(session, std::nullopt, Refusal::TooManyConnections, wait);
        close(session, CloseReason::TryLater);
        return;
    }
    session.nonce = m_random.id<Wire::Nonce>();
    gather(session, Wire::Hello{{Wire::kVersion}, session.nonce});
}

void Relay::disconnected(ConnectionId connection)
{
    Session* const session = find(connection);
    if (!session)
        return;
    for (const QueueNumber queue : session->subscriptions)
        m_subscriptions.erase(queue);
    if (!session->address.isEmpty())
        m_addresses.releaseConnection(session->address);
    m_totalOutput -= session->unwritten;
    m_sessions.erase(connection);
}

void Relay::written(ConnectionId connection, qsizetype bytes)
{
    Session* const session = find(connection);
    if (!session)
        return;
    session->unwritten -= bytes;
    m_totalOutput -= bytes;
    minded(*session);
    if (std::exchange(session->stalled, false)) {
        for (const QueueNumber queue : session->subscriptions)
            ready(queue);
    }
}

void Relay::notBinary(ConnectionId connection)
{
    Session* const session = find(connection);
    if (!session || session->closing)
        return;
    refuse(*session, std::nullopt, Refusal::Malformed);
    close(*session, CloseReason::Malformed);
}

void Relay::received(ConnectionId connection, BytesView frame, qint64 nowMs)
{
    Session* const session = find(connection);
    if (!session || session->closing)
        return;
    const auto messages = Wire::decodeFromClient(frame);
    if (!messages) {
        notBinary(connection);
        return;
    }
    for (const Wire::ClientMessage& message : *messages) {
        if (session->closing)
            return;
        const auto request = std::visit([](const auto& m) { return m.request; }, message);
        if (m_stopping) {
            refuse(*session, request, Refusal::Stopping, kStoppingRetryMs);
            continue;
        }
        const qint64 wait = m_addresses.takeRequest(session->address, nowMs);
        if (wait > 0) {
            refuse(*session, request, Refusal::TooManyRequests, wait);
            continue;
        }
        ++m_groupRequests;
        std::visit([&](const auto& m) { handle(*session, m, nowMs); }, message);
    }
    minded(*session);
}

void Relay::handle(Session& session, const Wire::Prove& m, qint64 /*nowMs*/)
{
    const auto keys = session.receiveIds.size() + session.sendKeys.size();
    if (keys >= std::size_t(m_limits.keysPerConnection)) {
        refuse(session, m.request, Refusal::TooManyKeys);
        return;
    }
    if (std::find(m_names.begin(), m_names.end(), m.host) == m_names.end()) {
        refuse(session, m.request, Refusal::UnknownName);
        return;
    }
    if (!m_check.verify(m.key, Wire::proofBytes(m.purpose, m.host, session.nonce), m.proof)) {
        refuse(session, m.request, Refusal::WrongProof);
        if (++session.wrongProofs >= m_limits.wrongProofs)
            close(session, CloseReason::Refused);
        return;
    }
    switch (m.purpose) {
    case Wire::Purpose::Receive:
        session.receiveIds.insert(m_check.receiveId(m.key));
        break;
    case Wire::Purpose::Send:
        session.sendKeys.insert(m.key);
        break;
    }
    done(session, m.request);
}

void Relay::handle(Session& session, const Wire::Create& m, qint64 nowMs)
{
    const QueueId receive = m_check.receiveId(m.receiveKey);
    const QueueId send = m_check.sendId(m.receiveKey, m.sendKey);
    if (!session.receiveIds.contains(receive)) {
        refuse(session, m.request, Refusal::NotProven);
        return;
    }
    if (const auto queue = m_store.byReceiveId(receive)) {
        // It may have been made in this very group: the answer waits for the commit all the same.
        if (m_store.keys(*queue).send == send)
            m_group.push_back({Waiting::Kind::Create, session.id, m.request, *queue});
        else
            refuse(session, m.request, Refusal::QueueTaken);
        return;
    }
    if (storeFull(nowMs)) {
        refuse(session, m.request, Refusal::StoreFull, kStoreFullRetryMs);
        return;
    }
    const qint64 wait = m_addresses.takeQueue(session.address, nowMs);
    if (wait > 0) {
        refuse(session, m.request, Refusal::TooManyQueues, wait);
        return;
    }
    const QueueNumber queue = m_store.create({receive, send, m.sendKey});
    m_group.push_back({Waiting::Kind::Create, session.id, m.request, queue});
}

void Relay::handle(Session& session, const Wire::Send& m, qint64 nowMs)
{
    const auto queue = m_store.bySendId(m.queue);
    // Who proved nothing learns nothing, not even whether a queue is there.
    if (queue ? !session.sendKeys.contains(m_store.keys(*queue).sendKey)
              : session.sendKeys.empty()) {
        refuse(session, m.request, Refusal::NotProven);
        return;
    }
    if (!queue) {
        refuse(session, m.request, Refusal::QueueMissing);
        return;
    }
    if (m.body.size() > Wire::kMaxBody) {
        refuse(session, m.request, Refusal::BodyTooLarge);
        return;
    }
    if (storeFull(nowMs)) {
        refuse(session, m.request, Refusal::StoreFull, kStoreFullRetryMs);
        return;
    }
    const QueueState before = m_store.state(*queue);
    const bool tooMany = before.waiting() >= m_limits.queueMessages;
    const bool tooMuch = before.bytes + m.body.size() > m_limits.queueBytes;
    // A repeat of what is stored takes no room, so a full queue still answers it.
    if ((tooMany || tooMuch) && !m_store.knows(*queue, m.id)) {
        refuse(session, m.request, tooMany ? Refusal::QueueFullMessages : Refusal::QueueFullBytes,
            kQueueFullRetryMs);
        return;
    }
    if (m_store.append(*queue, m.id, m.body, nowMs) == Appended::Stored)
        m_groupBytes += m.body.size();
    m_group.push_back({Waiting::Kind::Send, session.id, m.request, *queue});
}

std::optional<QueueNumber> Relay::ownQueue(
    Session& session, Wire::RequestNumber request, const QueueId& receiveId)
{
    if (!session.receiveIds.contains(receiveId)) {
        refuse(session, request, Refusal::NotProven);
        return std::nullopt;
    }
    const auto queue = m_store.byReceiveId(receiveId);
    if (!queue)
        refuse(session, request, Refusal::QueueMissing);
    return queue;
}

void Relay::handle(Session& session, const Wire::Subscribe& m, qint64 /*nowMs*/)
{
    const auto queue = ownQueue(session, m.request, m.queue);
    if (!queue)
        return;
    const bool again = session.subscriptions.contains(*queue);
    if (!again
        && session.subscriptions.size() >= std::size_t(m_limits.subscriptionsPerConnection)) {
        refuse(session, m.request, Refusal::TooManySubscriptions);
        return;
    }
    endSubscription(*queue, session.id);
    done(session, m.request);
    Subscription subscription;
    subscription.connection = session.id;
    subscription.id = m.queue;
    subscription.window = m.window;
    subscription.pushed = m_store.state(*queue).acked;
    m_subscriptions[*queue] = std::move(subscription);
    session.subscriptions.insert(*queue);
    ready(*queue);
}

void Relay::handle(Session& session, const Wire::Ack& m, qint64 /*nowMs*/)
{
    const auto queue = ownQueue(session, m.request, m.queue);
    if (!queue)
        return;
    const auto found = m_subscriptions.find(*queue);
    if (found == m_subscriptions.end() || found->second.connection != session.id
        || m.upTo > found->second.pushed) {
        refuse(session, m.request, Refusal::BeyondPushed);
        return;
    }
    m_store.acknowledge(*queue, m.upTo);
    m_group.push_back({Waiting::Kind::Ack, session.id, m.request, *queue, m.upTo});
}

void Relay::handle(Session& session, const Wire::Drop& m, qint64 /*nowMs*/)
{
    const auto queue = ownQueue(session, m.request, m.queue);
    if (!queue)
        return;
    m_store.drop(*queue);
    m_group.push_back({Waiting::Kind::Drop, session.id, m.request, *queue});
}

bool Relay::groupFull() const
{
    return m_groupBytes >= m_limits.groupBytes || m_groupRequests >= m_limits.groupRequests;
}

Status Relay::commit(qint64 nowMs)
{
    Status status = m_store.commit();
    if (!status && status.error().code == ErrorCode::DiskFull) {
        status = commitWithoutSends(nowMs);
    } else if (status) {
        for (const Waiting& waiting : m_group)
            answer(waiting);
        m_group.clear();
    }
    m_groupBytes = 0;
    m_groupRequests = 0;
    if (!status)
        return status;
    if (const Status pushed = pushReady(); !pushed)
        return pushed;
    for (const ConnectionId connection : std::exchange(m_gathered, {})) {
        if (Session* const session = find(connection)) {
            session->gathered = false;
            emitFrame(*session);
        }
    }
    if (m_stopping) {
        for (auto& [id, session] : m_sessions)
            close(session, CloseReason::GoingAway);
    }
    return {};
}

Status Relay::commitWithoutSends(qint64 nowMs)
{
    // A full disk takes nothing new, but what was received must still be able to go.
    m_storeFullAtMs = nowMs;
    std::vector<Waiting> kept;
    for (const Waiting& waiting : std::exchange(m_group, {})) {
        const bool adds
            = waiting.kind == Waiting::Kind::Send || waiting.kind == Waiting::Kind::Create;
        Session* const session = find(waiting.connection);
        if (!adds)
            kept.push_back(waiting);
        else if (session)
            refuse(*session, waiting.request, Refusal::StoreFull, kStoreFullRetryMs);
    }
    for (const Waiting& waiting : kept) {
        if (!m_store.exists(waiting.queue))
            continue;
        if (waiting.kind == Waiting::Kind::Ack)
            m_store.acknowledge(waiting.queue, waiting.upTo);
        else
            m_store.drop(waiting.queue);
    }
    const Status status = m_store.commit();
    if (!status && status.error().code != ErrorCode::DiskFull)
        return status;
    for (const Waiting& waiting : kept) {
        Session* const session = find(waiting.connection);
        if (status)
            answer(waiting);
        else if (session)
            refuse(*session, waiting.request, Refusal::StoreFull, kStoreFullRetryMs);
    }
    return {};
}

void Relay::answer(const Waiting& waiting)
{
    switch (waiting.kind) {
    case Waiting::Kind::Create:
        break;
    case Waiting::Kind::Send:
        ready(waiting.queue);
        break;
    case Waiting::Kind::Ack:
        acknowledged(waiting.queue, waiting.upTo);
        break;
    case Waiting::Kind::Drop:
        endSubscription(waiting.queue, waiting.connection);
        break;
    }
    if (Session* const session = find(waiting.connection))
        done(*session, waiting.request);
}

void Relay::acknowledged(QueueNumber queue, qint64 upTo)
{
    const auto found = m_subscriptions.find(queue);
    if (found == m_subscriptions.end())
        return;
    Subscription& subscription = found->second;
    auto& sizes = subscription.unacknowledged;
    const qint64 before = subscription.pushed - qint64(sizes.size());
    const qint64 count = std::clamp<qint64>(upTo - before, 0, qint64(sizes.size()));
    for (qint64 i = 0; i < count; ++i)
        subscription.unacknowledgedBytes -= sizes[std::size_t(i)];
    sizes.erase(sizes.begin(), sizes.begin() + count);
    if (count > 0)
        ready(queue);
}

void Relay::endSubscription(QueueNumber queue, ConnectionId exceptFor)
{
    const auto found = m_subscriptions.find(queue);
    if (found == m_subscriptions.end())
        return;
    const ConnectionId connection = found->second.connection;
    const QueueId id = found->second.id;
    m_subscriptions.erase(found);
    Session* const session = find(connection);
    if (!session)
        return;
    session->subscriptions.erase(queue);
    if (connection != exceptFor)
        gather(*session, Wire::Ended{id});
}

void Relay::ready(QueueNumber queue)
{
    const auto found = m_subscriptions.find(queue);
    if (found == m_subscriptions.end() || found->second.ready)
        return;
    found->second.ready = true;
    m_ready.push_back(queue);
}

Status Relay::pushReady()
{
    while (!m_ready.empty()) {
        const QueueNumber queue = m_ready.front();
        m_ready.pop_front();
        const auto found = m_subscriptions.find(queue);
        if (found == m_subscriptions.end())
            continue;
        found->second.ready = false;
        const Result<bool> more = pushSome(queue, found->second);
        if (!more)
            return more.error();
        if (*more)
            ready(queue);
    }
    return {};
}

/// Pushes at most a frame; true when there may be more to push at once.
Result<bool> Relay::pushSome(QueueNumber queue, Subscription& subscription)
{
    Session* const session = find(subscription.connection);
    if (!session || session->closing)
        return false;
    const QueueState state = m_store.state(queue);
    if (subscription.pushed < state.acked) {
        // What had lived too long went from under the subscription.
        acknowledged(queue, state.acked);
        subscription.pushed = std::max(subscription.pushed, state.acked);
    }
    if (subscription.pushed >= state.last) {
        if (!std::exchange(subscription.drained, true))
            gather(*session, Wire::Drained{subscription.id, state.last});
        return false;
    }
    const int room = subscription.window - int(subscription.unacknowledged.size());
    const qint64 roomBytes = Wire::kMaxWindowBytes - subscription.unacknowledgedBytes;
    if (room <= 0 || roomBytes < Wire::kMaxBody)
        return false;
    if (session->output() >= outputLimit()) {
        session->stalled = true;
        return false;
    }
    if (session->out.size() > Wire::kMaxFrame / 2)
        emitFrame(*session);
    const qint64 space = Wire::kMaxFrame - session->out.size() - Wire::kPushOverhead;
    const auto fetched
        = m_store.fetch(queue, subscription.pushed, room, std::min(space, roomBytes));
    if (!fetched)
        return fetched.error();
    Q_ASSERT(!fetched->empty());
    Wire::Push push{subscription.id, subscription.pushed + 1, {}};
    push.messages.reserve(fetched->size());
    for (const StoredMessage& message : *fetched) {
        subscription.unacknowledgedBytes += message.body.size();
        subscription.unacknowledged.push_back(qint32(message.body.size()));
        push.messages.push_back({message.id, message.body});
    }
    subscription.pushed += qint64(push.messages.size());
    subscription.drained = false;
    Bytes encoded;
    Wire::append(encoded, push);
    gatherEncoded(*session, encoded);
    return true;
}

void Relay::gather(Session& session, const Wire::RelayMessage& message)
{
    Bytes encoded;
    Wire::append(encoded, message);
    gatherEncoded(session, encoded);
}

void Relay::gatherEncoded(Session& session, BytesView message)
{
    if (session.closing)
        return;
    if (session.out.size() + message.size() > Wire::kMaxFrame)
        emitFrame(session);
    session.out.append(message.data(), message.size());
    if (!std::exchange(session.gathered, true))
        m_gathered.push_back(session.id);
}

void Relay::emitFrame(Session& session)
{
    if (session.out.isEmpty())
        return;
    session.unwritten += session.out.size();
    m_totalOutput += session.out.size();
    m_effects.push_back(SendFrame{session.id, std::exchange(session.out, {})});
    minded(session);
}

void Relay::done(Session& session, Wire::RequestNumber request)
{
    Bytes encoded;
    Wire::append(encoded, Wire::Done{request});
    gatherEncoded(session, encoded);
}

void Relay::refuse(
    Session& session, std::optional<Wire::RequestNumber> request, Refusal why, qint64 retryAfterMs)
{
    gather(session, Wire::Refused{request, why, std::min(retryAfterMs, Wire::kMaxRetryMs)});
}

void Relay::close(Session& session, CloseReason reason)
{
    if (session.closing)
        return;
    emitFrame(session);
    session.closing = true;
    m_effects.push_back(CloseConnection{session.id, reason});
}

qsizetype Relay::outputLimit() const
{
    const bool tight = m_totalOutput > m_limits.totalOutputBytes;
    return tight ? m_limits.outputBytes / kSharpOutput : m_limits.outputBytes;
}

/// A client that does not read its answers is not read from either.
void Relay::minded(Session& session)
{
    const qsizetype limit = outputLimit();
    const bool unread = session.unread ? session.output() > limit / 4 : session.output() > limit;
    if (unread != session.unread) {
        session.unread = unread;
        m_effects.push_back(SetReading{session.id, !unread});
    }
}

void Relay::tick(qint64 nowMs)
{
    if (nowMs < m_nextExpiryMs)
        return;
    m_nextExpiryMs = nowMs + kExpiryEveryMs;
    m_addresses.forgetIdle(nowMs);
    m_store.expire(nowMs - m_limits.timeToLiveMs);
}

bool Relay::storeFull(qint64 nowMs) const
{
    // A clock that was set back must not hold sends for as long.
    return m_storeFullAtMs && nowMs >= *m_storeFullAtMs
        && nowMs < *m_storeFullAtMs + kStoreFullHoldMs;
}

void Relay::stop()
{
    m_stopping = true;
}

std::vector<Effect> Relay::takeEffects()
{
    return std::exchange(m_effects, {});
}

} // namespace Waymark::Relay

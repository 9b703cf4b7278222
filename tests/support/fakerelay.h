// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crypto/identity.h"
#include "sync/client/transport.h"

#include <QCoreApplication>
#include <QPointer>
#include <QTimer>

#include <deque>
#include <map>
#include <set>

namespace Waymark {

/// A relay in memory that does what a test says: it answers sends, answers them late, not at all or
/// with an error, and its queues lie open to be lost, repeated, reordered and changed. Shared by
/// the FakeTransports that are made for it; outlives them.
class FakeRelay
{
public:
    struct Queue
    {
        QueueId receive;
        std::deque<std::pair<qint64, RelayMessage>> messages; ///< by number
        qint64 last = 0;
        std::set<Bytes> ids;
    };

    std::map<QueueId, Queue> queues; ///< by send id
    int sends = 0;
    int connections = 0;
    int created = 0;
    /// What a send is answered with instead of being done, while it is set.
    std::optional<Error> refuseSends;
    bool losesAnswers = false; ///< what is sent is kept, but its answer never comes
    bool dropsConnections = false; ///< each is lost as soon as it is used
    /// All that was ever sent, also where it was stored once before.
    std::vector<RelayMessage> sent;
    /// Called when a send is stored, before it is answered.
    std::function<void(const RelayMessage&)> storing;
    std::function<void()> acknowledging; ///< called before what is acknowledged goes
    /// Asked with each message that is pushed; may change it.
    std::function<void(RelayMessage&)> changing;

    [[nodiscard]] Queue* of(const QueueId& receive)
    {
        for (auto& [send, queue] : queues) {
            if (queue.receive == receive)
                return &queue;
        }
        return nullptr;
    }
    [[nodiscard]] std::size_t stored() const
    {
        std::size_t out = 0;
        for (const auto& [send, queue] : queues)
            out += queue.messages.size();
        return out;
    }
    /// Every message is there twice, and the last comes first.
    void repeatAndReorder()
    {
        for (auto& [send, queue] : queues) {
            std::deque<std::pair<qint64, RelayMessage>> mixed;
            for (int round = 0; round < 2; ++round) {
                for (auto each = queue.messages.rbegin(); each != queue.messages.rend(); ++each)
                    mixed.emplace_back(0, each->second);
            }
            for (auto& each : mixed)
                each.first = ++queue.last;
            queue.messages = std::move(mixed);
        }
    }
    void lose()
    {
        for (auto& [send, queue] : queues)
            queue.messages.clear();
    }
};

class FakeTransport final : public Transport
{
public:
    /// Nothing comes or goes any more once `isDead` says so.
    explicit FakeTransport(
        FakeRelay& relay, std::function<bool()> isDead = [] { return false; })
        : m_relay(relay), m_isDead(std::move(isDead))
    {
    }

    void setListener(Listener* listener) override { m_listener = listener; }
    [[nodiscard]] bool isOpen() const override { return m_open; }
    void open(const RelayUrl&, Answered answered) override
    {
        close();
        m_open = true;
        ++m_relay.connections;
        answer(std::move(answered), {});
    }
    void close() override
    {
        m_open = false;
        ++m_connection;
    }
    void createQueue(
        const SigningPair& receive, const SigningKey& sendKey, Answered answered) override
    {
        if (m_isDead())
            return;
        ++m_relay.created;
        m_relay.queues[sendIdOf(receive.publicKey, sendKey)].receive
            = receiveIdOf(receive.publicKey);
        answer(std::move(answered), {});
    }
    void send(const QueueId& queue, const SigningPair&, const MessageId& id, const Bytes& body,
        Answered answered) override
    {
        if (m_isDead())
            return;
        ++m_relay.sends;
        m_relay.sent.push_back({id, body});
        if (m_relay.refuseSends)
            return answer(std::move(answered), {*m_relay.refuseSends, 0});
        const auto found = m_relay.queues.find(queue);
        if (found == m_relay.queues.end())
            return answer(std::move(answered), {Error{ErrorCode::RelayQueueMissing, {}}, 0});
        FakeRelay::Queue& there = found->second;
        if (there.ids.insert(id.bytes()).second)
            there.messages.emplace_back(++there.last, RelayMessage{id, body});
        if (m_relay.storing)
            m_relay.storing({id, body});
        if (!m_relay.losesAnswers)
            answer(std::move(answered), {});
    }
    void subscribe(const SigningPair& receive, int, Answered answered) override
    {
        const QueueId id = receiveIdOf(receive.publicKey);
        answer(std::move(answered), {});
        later([this, id] {
            if (m_relay.dropsConnections) {
                close();
                m_listener->lost({Error{ErrorCode::RelayUnreachable, {}}, 0});
                return;
            }
            if (m_listener)
                push(id);
        });
    }
    void acknowledge(const SigningPair& receive, qint64 upTo, Answered answered) override
    {
        if (m_isDead())
            return;
        if (m_relay.acknowledging)
            m_relay.acknowledging();
        if (auto* queue = m_relay.of(receiveIdOf(receive.publicKey)))
            std::erase_if(queue->messages, [&](const auto& each) { return each.first <= upTo; });
        answer(std::move(answered), {});
    }
    void dropQueue(const SigningPair& receive, Answered answered) override
    {
        if (m_isDead())
            return;
        const QueueId id = receiveIdOf(receive.publicKey);
        std::erase_if(m_relay.queues, [&](const auto& each) { return each.second.receive == id; });
        answer(std::move(answered), {});
    }

    void push(const QueueId& id)
    {
        auto* queue = m_relay.of(id);
        if (!queue || !m_listener)
            return;
        if (!queue->messages.empty()) {
            std::vector<RelayMessage> messages;
            const qint64 first = queue->messages.front().first;
            for (const auto& [number, message] : queue->messages) {
                messages.push_back(message);
                if (m_relay.changing)
                    m_relay.changing(messages.back());
            }
            m_listener->pushed(id, first, std::move(messages));
        }
        later([this, id, last = queue->last] {
            if (m_listener)
                m_listener->drained(id, last);
        });
    }

private:
    void later(std::function<void()> work)
    {
        // The object is the guard: what is asked of a transport that is gone is not done.
        QTimer::singleShot(0, &m_guard, [this, work = std::move(work), connection = m_connection] {
            if (connection == m_connection && m_open && !m_isDead())
                work();
        });
    }
    void answer(Answered answered, const RelayAnswer& with)
    {
        later([answered = std::move(answered), with] { answered(with); });
    }

    FakeRelay& m_relay;
    std::function<bool()> m_isDead;
    QObject m_guard;
    Listener* m_listener = nullptr;
    bool m_open = false;
    quint64 m_connection = 0;
};

} // namespace Waymark

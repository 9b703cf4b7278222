// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/relay/store.h"

#include <deque>
#include <map>

namespace Waymark::Relay {

/// A relay's store without a disk, written as plainly as its contract reads. commit() can be told
/// to fail as a disk would.
class MemoryRelayStore final : public RelayStore
{
public:
    std::optional<Error> failNextCommit;
    int commits = 0; ///< groups that were made durable

    [[nodiscard]] std::optional<QueueNumber> byReceiveId(const QueueId& id) const override
    {
        return find([&id](const Queue& queue) { return queue.keys.receive == id; });
    }
    [[nodiscard]] std::optional<QueueNumber> bySendId(const QueueId& id) const override
    {
        return find([&id](const Queue& queue) { return queue.keys.send == id; });
    }
    [[nodiscard]] QueueKeys keys(QueueNumber queue) const override
    {
        return m_now.queues.at(queue).keys;
    }
    [[nodiscard]] QueueState state(QueueNumber queue) const override
    {
        const Queue& found = m_now.queues.at(queue);
        QueueState out{found.acked, found.acked + qint64(found.waiting.size()), 0};
        for (const Message& message : found.waiting)
            out.bytes += message.body.size();
        return out;
    }
    [[nodiscard]] bool exists(QueueNumber queue) const override
    {
        return m_now.queues.contains(queue);
    }
    [[nodiscard]] bool knows(QueueNumber queue, const MessageId& id) const override
    {
        const Queue& found = m_now.queues.at(queue);
        const auto has = [&id](const auto& list) {
            return std::any_of(
                list.begin(), list.end(), [&id](const Message& m) { return m.id == id; });
        };
        return has(found.waiting) || has(found.gone);
    }
    [[nodiscard]] Result<std::vector<StoredMessage>> fetch(
        QueueNumber queue, qint64 after, int maxCount, qsizetype maxBytes) const override
    {
        Q_ASSERT(!m_inGroup);
        const Queue& found = m_now.queues.at(queue);
        std::vector<StoredMessage> out;
        qsizetype bytes = 0;
        for (auto i = std::size_t(std::max<qint64>(0, after - found.acked));
             i < found.waiting.size() && int(out.size()) < maxCount; ++i) {
            bytes += found.waiting[i].body.size() + Wire::kPushedOverhead;
            if (!out.empty() && bytes > maxBytes)
                break;
            out.push_back({found.waiting[i].id, found.waiting[i].body});
        }
        return out;
    }

    QueueNumber create(const QueueKeys& keys) override
    {
        begin();
        m_now.queues[++m_last] = Queue{keys, 0, {}, {}};
        return m_last;
    }
    Appended append(QueueNumber queue, const MessageId& id, BytesView body, qint64 nowMs) override
    {
        if (knows(queue, id))
            return Appended::Duplicate;
        begin();
        Queue& found = m_now.queues.at(queue);
        found.waiting.push_back({id, body.toByteArray(), nowMs});
        while (!found.gone.empty()
            && found.gone.size() + found.waiting.size() > std::size_t(Wire::kRecentIds))
            found.gone.pop_front();
        return Appended::Stored;
    }
    void acknowledge(QueueNumber queue, qint64 upTo) override
    {
        begin();
        Queue& found = m_now.queues.at(queue);
        for (; found.acked < upTo; ++found.acked) {
            found.gone.push_back({found.waiting.front().id, {}, found.waiting.front().atMs});
            found.waiting.pop_front();
        }
    }
    void drop(QueueNumber queue) override
    {
        begin();
        m_now.queues.erase(queue);
    }
    void expire(qint64 beforeMs) override
    {
        for (auto& [number, queue] : m_now.queues) {
            qint64 upTo = queue.acked;
            for (const Message& message : queue.waiting)
                upTo += message.atMs < beforeMs ? 1 : 0;
            if (upTo > queue.acked)
                acknowledge(number, upTo);
        }
    }
    Status commit() override
    {
        if (!std::exchange(m_inGroup, false))
            return {};
        if (failNextCommit) {
            m_now = m_durable;
            return *std::exchange(failNextCommit, std::nullopt);
        }
        m_durable = m_now;
        ++commits;
        return {};
    }
    Result<bool> tidy(qint64 nowMs) override
    {
        for (auto& [number, queue] : m_now.queues) {
            while (!queue.gone.empty() && queue.gone.front().atMs < nowMs - Wire::kRecentIdsMs)
                queue.gone.pop_front();
        }
        m_durable = m_now;
        return false;
    }

private:
    struct Message
    {
        MessageId id;
        Bytes body;
        qint64 atMs = 0;
    };
    struct Queue
    {
        QueueKeys keys;
        qint64 acked = 0;
        std::deque<Message> waiting;
        std::deque<Message> gone; ///< acknowledged, their ids remembered
    };
    struct State
    {
        std::map<QueueNumber, Queue> queues;
    };
    template <typename Fits>
    std::optional<QueueNumber> find(Fits fits) const
    {
        for (const auto& [number, queue] : m_now.queues) {
            if (fits(queue))
                return number;
        }
        return std::nullopt;
    }
    void begin() { m_inGroup = true; }

    State m_now;
    State m_durable;
    QueueNumber m_last = 0;
    bool m_inGroup = false;
};

} // namespace Waymark::Relay

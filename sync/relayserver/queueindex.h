// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/relay/store.h"

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <memory>
#include <unordered_map>
#include <vector>

namespace Waymark::Relay {

/// Which queues there are, what waits in each and which ids each remembers, in memory: about 70
/// bytes a message. Bodies stay on disk, found by their row. Changes since the last keep() can be
/// undone.
class QueueIndex
{
public:
    using Row = qint64; ///< of the table of messages; ascending in the order of arrival

    struct Entry
    {
        MessageId id;
        Row row = 0;
        qint32 size = 0;
    };
    /// Entries from `head` to `waiting` are acknowledged and only their ids are remembered; from
    /// there on they wait. What is before `head` is gone.
    struct Queue
    {
        QueueKeys keys;
        qint64 acked = 0; ///< number of the last acknowledged message
        Row ackedRow = 0; ///< and its row, or any row up to the next message's
        qint64 bytes = 0; ///< of the bodies waiting
        std::vector<Entry> entries;
        std::size_t head = 0;
        std::size_t waiting = 0;

        [[nodiscard]] qint64 last() const { return acked + qint64(entries.size() - waiting); }
        [[nodiscard]] std::size_t indexOf(qint64 number) const
        {
            return waiting + std::size_t(number - acked - 1);
        }
    };

    /// `seed` is random and stays here.
    explicit QueueIndex(quint64 seed);

    [[nodiscard]] std::optional<QueueNumber> byReceiveId(const QueueId& id) const;
    [[nodiscard]] std::optional<QueueNumber> bySendId(const QueueId& id) const;
    [[nodiscard]] const Queue* find(QueueNumber number) const;
    [[nodiscard]] bool knows(QueueNumber number, const MessageId& id) const
    {
        return m_ids.contains(IdKey{number, id});
    }

    void create(QueueNumber number, const QueueKeys& keys);
    void append(QueueNumber number, const Entry& entry);
    /// Acknowledges up to the message numbered `upTo`, which is there; false where it was before.
    bool acknowledge(QueueNumber number, qint64 upTo);
    void drop(QueueNumber number);

    /// Takes the changes since the last keep() back, newest first.
    void undo();
    /// Lets them stand. Rows whose bodies are not needed any more are added to `strip`, rows of no
    /// use at all to `remove`. Of each changed queue only the last Wire::kRecentIds ids stay.
    void keep(std::vector<Row>& strip, std::vector<Row>& remove);
    /// Forgets acknowledged ids of rows before `oldest`.
    void forget(Row oldest, std::vector<Row>& remove);

    /// While loading: puts an entry at the end without a record for undo().
    void load(QueueNumber number, Queue queue);
    void loadEntry(QueueNumber number, const Entry& entry);

    template <typename Visit>
    void forEach(Visit visit) const
    {
        for (const auto& [number, queue] : m_queues)
            visit(number, *queue);
    }

private:
    struct IdKey
    {
        QueueNumber queue = 0;
        MessageId id;
        friend bool operator==(const IdKey&, const IdKey&) = default;
    };
    /// Clients choose ids: without a secret seed they could choose ones that collide.
    struct IdHash
    {
        using is_avalanching = void;
        quint64 seed = 0;
        std::size_t operator()(const IdKey& key) const noexcept;
        std::size_t operator()(const QueueId& key) const noexcept;
    };
    struct Change
    {
        enum class Kind { Create, Append, Acknowledge, Drop };
        Kind kind = Kind::Append;
        QueueNumber number = 0;
        qint64 acked = 0;
        Row ackedRow = 0;
        qint64 bytes = 0;
        std::size_t waiting = 0;
        std::size_t waitingAfter = 0;
        std::unique_ptr<Queue> dropped;
    };

    Queue& at(QueueNumber number);
    void place(QueueNumber number, std::unique_ptr<Queue> queue);
    std::unique_ptr<Queue> take(QueueNumber number);
    void trim(
        QueueNumber number, Queue& queue, std::size_t most, Row oldest, std::vector<Row>& remove);

    boost::unordered_flat_map<QueueNumber, std::unique_ptr<Queue>> m_queues;
    std::unordered_map<QueueId, QueueNumber, IdHash> m_byReceive;
    std::unordered_map<QueueId, QueueNumber, IdHash> m_bySend;
    boost::unordered_flat_set<IdKey, IdHash> m_ids;
    std::vector<Change> m_changes;
};

} // namespace Waymark::Relay

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/relayserver/queueindex.h"

#include <limits>

namespace Waymark::Relay {

namespace {

/// The finaliser of MurmurHash3 (Austin Appleby, public domain).
quint64 mixed(quint64 value)
{
    value ^= value >> 33;
    value *= 0xff51afd7ed558ccdULL;
    value ^= value >> 33;
    value *= 0xc4ceb9fe1a85ec53ULL;
    return value ^ (value >> 33);
}

quint64 wordAt(const unsigned char* data)
{
    quint64 out = 0;
    std::memcpy(&out, data, sizeof out);
    return out;
}

constexpr std::size_t kCompactAt = 64;

} // namespace

std::size_t QueueIndex::IdHash::operator()(const IdKey& key) const noexcept
{
    quint64 hash = mixed(seed ^ quint64(key.queue));
    hash = mixed(hash ^ wordAt(key.id.data.data()));
    return mixed(hash ^ seed ^ wordAt(key.id.data.data() + 8));
}

std::size_t QueueIndex::IdHash::operator()(const QueueId& key) const noexcept
{
    return mixed(seed ^ wordAt(key.data.data()));
}

QueueIndex::QueueIndex(quint64 seed)
    : m_byReceive(0, IdHash{seed}), m_bySend(0, IdHash{seed}), m_ids(0, IdHash{seed})
{
}

std::optional<QueueNumber> QueueIndex::byReceiveId(const QueueId& id) const
{
    const auto found = m_byReceive.find(id);
    return found == m_byReceive.end() ? std::nullopt : std::optional(found->second);
}

std::optional<QueueNumber> QueueIndex::bySendId(const QueueId& id) const
{
    const auto found = m_bySend.find(id);
    return found == m_bySend.end() ? std::nullopt : std::optional(found->second);
}

const QueueIndex::Queue* QueueIndex::find(QueueNumber number) const
{
    const auto found = m_queues.find(number);
    return found == m_queues.end() ? nullptr : found->second.get();
}

QueueIndex::Queue& QueueIndex::at(QueueNumber number)
{
    const auto found = m_queues.find(number);
    Q_ASSERT(found != m_queues.end());
    return *found->second;
}

void QueueIndex::place(QueueNumber number, std::unique_ptr<Queue> queue)
{
    m_byReceive[queue->keys.receive] = number;
    m_bySend[queue->keys.send] = number;
    m_queues[number] = std::move(queue);
}

std::unique_ptr<QueueIndex::Queue> QueueIndex::take(QueueNumber number)
{
    auto queue = std::move(m_queues.find(number)->second);
    m_queues.erase(number);
    m_byReceive.erase(queue->keys.receive);
    m_bySend.erase(queue->keys.send);
    return queue;
}

void QueueIndex::create(QueueNumber number, const QueueKeys& keys)
{
    auto queue = std::make_unique<Queue>();
    queue->keys = keys;
    place(number, std::move(queue));
    m_changes.push_back({Change::Kind::Create, number, 0, 0, 0, 0, 0, {}});
}

void QueueIndex::append(QueueNumber number, const Entry& entry)
{
    Queue& queue = at(number);
    queue.entries.push_back(entry);
    queue.bytes += entry.size;
    m_ids.insert(IdKey{number, entry.id});
    m_changes.push_back({Change::Kind::Append, number, 0, 0, 0, 0, 0, {}});
}

bool QueueIndex::acknowledge(QueueNumber number, qint64 upTo)
{
    Queue& queue = at(number);
    if (upTo <= queue.acked)
        return false;
    Q_ASSERT(upTo <= queue.last());
    m_changes.push_back({Change::Kind::Acknowledge, number, queue.acked, queue.ackedRow,
        queue.bytes, queue.waiting, queue.waiting + std::size_t(upTo - queue.acked), {}});
    for (; queue.acked < upTo; ++queue.acked, ++queue.waiting)
        queue.bytes -= queue.entries[queue.waiting].size;
    queue.ackedRow = queue.entries[queue.waiting - 1].row;
    return true;
}

void QueueIndex::drop(QueueNumber number)
{
    Change change{Change::Kind::Drop, number, 0, 0, 0, 0, 0, {}};
    change.dropped = take(number);
    m_changes.push_back(std::move(change));
}

void QueueIndex::undo()
{
    for (auto change = m_changes.rbegin(); change != m_changes.rend(); ++change) {
        switch (change->kind) {
        case Change::Kind::Create:
            take(change->number);
            break;
        case Change::Kind::Append: {
            Queue& queue = at(change->number);
            m_ids.erase(IdKey{change->number, queue.entries.back().id});
            queue.bytes -= queue.entries.back().size;
            queue.entries.pop_back();
            break;
        }
        case Change::Kind::Acknowledge: {
            Queue& queue = at(change->number);
            queue.acked = change->acked;
            queue.ackedRow = change->ackedRow;
            queue.bytes = change->bytes;
            queue.waiting = change->waiting;
            break;
        }
        case Change::Kind::Drop:
            place(change->number, std::move(change->dropped));
            break;
        }
    }
    m_changes.clear();
}

void QueueIndex::keep(std::vector<Row>& strip, std::vector<Row>& remove)
{
    for (Change& change : m_changes) {
        if (change.kind == Change::Kind::Drop) {
            for (std::size_t i = change.dropped->head; i < change.dropped->entries.size(); ++i) {
                m_ids.erase(IdKey{change.number, change.dropped->entries[i].id});
                remove.push_back(change.dropped->entries[i].row);
            }
            continue;
        }
        const auto found = m_queues.find(change.number);
        if (found == m_queues.end() || change.kind != Change::Kind::Acknowledge)
            continue;
        // Positions stand: nothing is trimmed before every change was looked at.
        for (std::size_t i = change.waiting; i < change.waitingAfter; ++i)
            strip.push_back(found->second->entries[i].row);
    }
    for (const Change& change : m_changes) {
        const auto found = m_queues.find(change.number);
        if (found != m_queues.end())
            trim(change.number, *found->second, Wire::kRecentIds, 0, remove);
    }
    m_changes.clear();
}

void QueueIndex::forget(Row oldest, std::vector<Row>& remove)
{
    Q_ASSERT(m_changes.empty());
    for (auto& [number, queue] : m_queues)
        trim(number, *queue, std::numeric_limits<std::size_t>::max(), oldest, remove);
}

void QueueIndex::trim(
    QueueNumber number, Queue& queue, std::size_t most, Row oldest, std::vector<Row>& remove)
{
    while (queue.head < queue.waiting) {
        const Entry& entry = queue.entries[queue.head];
        if (queue.entries.size() - queue.head <= most && entry.row >= oldest)
            break;
        m_ids.erase(IdKey{number, entry.id});
        remove.push_back(entry.row);
        ++queue.head;
    }
    if (queue.head >= kCompactAt && queue.head * 2 >= queue.entries.size()) {
        queue.entries.erase(
            queue.entries.begin(), queue.entries.begin() + std::ptrdiff_t(queue.head));
        queue.waiting -= queue.head;
        queue.head = 0;
        queue.entries.shrink_to_fit();
    }
}

void QueueIndex::load(QueueNumber number, Queue queue)
{
    place(number, std::make_unique<Queue>(std::move(queue)));
}

void QueueIndex::loadEntry(QueueNumber number, const Entry& entry)
{
    Queue& queue = at(number);
    queue.entries.push_back(entry);
    m_ids.insert(IdKey{number, entry.id});
    if (entry.row <= queue.ackedRow)
        ++queue.waiting;
    else
        queue.bytes += entry.size;
}

} // namespace Waymark::Relay

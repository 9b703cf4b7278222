// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/relayserver/sqlitestore.h"

namespace Waymark::Relay {

namespace {

constexpr qint64 kHourMs = 60 * 60 * 1000;
constexpr qint64 kRecentHours = Wire::kRecentIdsMs / kHourMs;
/// Rows cleaned up in a transaction of their own while nothing else is to do, and, when much has
/// gathered, beside each row that a group writes.
constexpr int kIdleStep = 256;
constexpr std::size_t kMuch = 50'000;
constexpr int kBesideEach = 3;

} // namespace

std::optional<QueueNumber> SqliteStore::byReceiveId(const QueueId& id) const
{
    return m_index.byReceiveId(id);
}

std::optional<QueueNumber> SqliteStore::bySendId(const QueueId& id) const
{
    return m_index.bySendId(id);
}

bool SqliteStore::exists(QueueNumber queue) const
{
    return m_index.find(queue) != nullptr;
}

bool SqliteStore::knows(QueueNumber queue, const MessageId& id) const
{
    return m_index.knows(queue, id);
}

QueueKeys SqliteStore::keys(QueueNumber queue) const
{
    const QueueIndex::Queue* const found = m_index.find(queue);
    Q_ASSERT(found);
    return found->keys;
}

QueueState SqliteStore::state(QueueNumber queue) const
{
    const QueueIndex::Queue* const found = m_index.find(queue);
    Q_ASSERT(found);
    return {found->acked, found->last(), found->bytes};
}

Result<std::vector<StoredMessage>> SqliteStore::fetch(
    QueueNumber queue, qint64 after, int maxCount, qsizetype maxBytes) const
{
    Q_ASSERT(!m_inGroup);
    const QueueIndex::Queue* const found = m_index.find(queue);
    Q_ASSERT(found);
    const auto& entries = found->entries;
    const std::size_t begin = found->indexOf(std::max(after, found->acked) + 1);
    std::size_t end = begin;
    for (qsizetype bytes = 0; end < entries.size() && int(end - begin) < maxCount; ++end) {
        bytes += entries[end].size + Wire::kPushedOverhead;
        if (end > begin && bytes > maxBytes)
            break;
    }
    std::vector<StoredMessage> out;
    out.reserve(end - begin);
    while (begin + out.size() < end) {
        if (const Status status = readRun(entries, begin + out.size(), end, out); !status)
            return status.error();
    }
    return out;
}

/// Reads the bodies of neighbouring rows, which one walk over the table gives.
Status SqliteStore::readRun(const std::vector<QueueIndex::Entry>& entries, std::size_t from,
    std::size_t end, std::vector<StoredMessage>& out) const
{
    std::size_t last = from;
    while (last + 1 < end && entries[last + 1].row == entries[last].row + 1)
        ++last;
    Sqlite::Statement& bodies = m_statements.bodies;
    bodies.bind(1, entries[from].row).bind(2, entries[last].row);
    int code = SQLITE_ROW;
    for (std::size_t i = from; i <= last; ++i) {
        code = bodies.step();
        if (code != SQLITE_ROW)
            break;
        out.push_back({entries[i].id, bodies.bytes(1).toByteArray()});
        if (bodies.number(0) != entries[i].row || out.back().body.size() != entries[i].size)
            code = SQLITE_CORRUPT;
        if (code != SQLITE_ROW)
            break;
    }
    bodies.reset();
    if (code == SQLITE_ROW)
        return {};
    return Sqlite::errorOf(code == SQLITE_DONE ? SQLITE_CORRUPT : code, "read bodies");
}

/// The first change of a group begins the transaction.
void SqliteStore::begin()
{
    if (std::exchange(m_inGroup, true))
        return;
    m_groupRows = 0;
    m_hoursKept = m_hours.size();
    note(m_statements.begin.run(), "begin");
}

void SqliteStore::note(int code, const char* doing)
{
    if (code != SQLITE_OK && !m_fault)
        m_fault = Sqlite::errorOf(code, doing);
}

QueueNumber SqliteStore::create(const QueueKeys& keys)
{
    begin();
    const QueueNumber number = m_nextQueue++;
    m_index.create(number, keys);
    note(m_statements.addQueue.bind(1, number)
             .bind(2, keys.receive.view())
             .bind(3, keys.send.view())
             .bind(4, keys.sendKey.view())
             .run(),
        "add a queue");
    return number;
}

void SqliteStore::markHour(qint64 nowMs)
{
    // A clock that is set back does not make messages older.
    const qint64 hour = nowMs / kHourMs;
    if (!m_hours.empty() && m_hours.back().hour >= hour)
        return;
    m_hours.push_back({m_nextRow, hour});
    note(m_statements.addHour.bind(1, m_nextRow).bind(2, hour).run(), "mark the hour");
}

Appended SqliteStore::append(QueueNumber queue, const MessageId& id, BytesView body, qint64 nowMs)
{
    if (m_index.knows(queue, id))
        return Appended::Duplicate;
    begin();
    markHour(nowMs);
    const Row row = m_nextRow++;
    m_index.append(queue, {id, row, qint32(body.size())});
    ++m_groupRows;
    note(m_statements.addMessage.bind(1, row).bind(2, queue).bind(3, id.view()).bind(4, body).run(),
        "add a message");
    return Appended::Stored;
}

void SqliteStore::acknowledge(QueueNumber queue, qint64 upTo)
{
    if (!m_index.acknowledge(queue, upTo))
        return;
    begin();
    ++m_groupRows;
    const QueueIndex::Queue& found = *m_index.find(queue);
    note(m_statements.acknowledge.bind(1, found.acked).bind(2, found.ackedRow).bind(3, queue).run(),
        "acknowledge");
}

void SqliteStore::drop(QueueNumber queue)
{
    begin();
    m_index.drop(queue);
    note(m_statements.dropQueue.bind(1, queue).run(), "drop a queue");
}

/// The first row that came at `hour` or later.
SqliteStore::Row SqliteStore::firstRowOf(qint64 hour) const
{
    const auto found = std::lower_bound(m_hours.begin(), m_hours.end(), hour,
        [](const HourMark& mark, qint64 wanted) { return mark.hour < wanted; });
    return found == m_hours.end() ? m_nextRow : found->row;
}

void SqliteStore::expire(qint64 beforeMs)
{
    const Row first = firstRowOf(beforeMs / kHourMs);
    std::vector<std::pair<QueueNumber, qint64>> old;
    m_index.forEach([&](QueueNumber number, const QueueIndex::Queue& queue) {
        std::size_t end = queue.waiting;
        while (end < queue.entries.size() && queue.entries[end].row < first)
            ++end;
        if (end > queue.waiting)
            old.emplace_back(number, queue.acked + qint64(end - queue.waiting));
    });
    for (const auto& [number, upTo] : old)
        acknowledge(number, upTo);
    // The mark before the first row that stays is still needed to tell that row's hour.
    const auto kept
        = std::upper_bound(m_hours.begin(), m_hours.end(), beforeMs / kHourMs - kRecentHours,
            [](qint64 wanted, const HourMark& mark) { return wanted < mark.hour; });
    if (kept - m_hours.begin() > 1) {
        begin();
        const auto dropped = std::size_t(kept - m_hours.begin() - 1);
        m_hours.erase(m_hours.begin(), kept - 1);
        m_hoursKept -= std::min(m_hoursKept, dropped);
        note(m_statements.dropHours.bind(1, m_hours.front().row).run(), "drop hours");
    }
}

void SqliteStore::undo()
{
    // Fails where SQLite has rolled back by itself already.
    const int code = m_statements.rollback.run();
    Q_UNUSED(code)
    m_index.undo();
    m_hours.resize(std::min(m_hoursKept, m_hours.size()));
    m_strip.insert(m_strip.end(), m_stripped.begin(), m_stripped.end());
    m_remove.insert(m_remove.end(), m_removed.begin(), m_removed.end());
    m_stripped.clear();
    m_removed.clear();
}

Status SqliteStore::commit()
{
    if (!m_inGroup)
        return {};
    if (!m_fault && m_strip.size() + m_remove.size() > kMuch)
        cleanUp(m_groupRows * kBesideEach);
    if (!m_fault)
        note(m_statements.commit.run(), "commit");
    m_inGroup = false;
    if (m_fault) {
        undo();
        return *std::exchange(m_fault, std::nullopt);
    }
    m_stripped.clear();
    m_removed.clear();
    m_index.keep(m_strip, m_remove);
    if (m_logFrames >= m_checkpointAt)
        m_checkpointer->request();
    return m_checkpointer->ready() || m_checkpointer->failed() ? finishCheckpoint() : Status();
}

/// Takes bodies and rows away inside an open transaction; how many rows it touched.
int SqliteStore::cleanUp(int most)
{
    int done = 0;
    while (done < most && !m_fault && !m_strip.empty()) {
        m_stripped.push_back(m_strip.back());
        m_strip.pop_back();
        note(m_statements.strip.bind(1, m_stripped.back()).run(), "take a body away");
        ++done;
    }
    while (done < most && !m_fault && !m_remove.empty()) {
        // Neighbours go in one statement.
        const Row last = m_remove.back();
        Row first = last + 1;
        for (; !m_remove.empty() && m_remove.back() == first - 1; ++done) {
            m_removed.push_back(--first);
            m_remove.pop_back();
        }
        note(m_statements.remove.bind(1, first).bind(2, last).run(), "take rows away");
    }
    return done;
}

Result<bool> SqliteStore::tidy(qint64 nowMs)
{
    Q_ASSERT(!m_inGroup);
    if (m_checkpointer->ready() || m_checkpointer->failed()) {
        if (const Status status = finishCheckpoint(); !status)
            return status.error();
    }
    const qint64 hour = nowMs / kHourMs;
    if (hour > m_forgottenHour) {
        m_forgottenHour = hour;
        m_index.forget(firstRowOf(hour - kRecentHours), m_remove);
    }
    if (m_strip.empty() && m_remove.empty())
        return false;
    begin();
    cleanUp(kIdleStep);
    if (const Status status = commit(); !status) {
        // It waits in memory until there is room; what was acknowledged stays so.
        return status.error().code == ErrorCode::DiskFull ? Result<bool>(false)
                                                          : Result<bool>(status.error());
    }
    return !m_strip.empty() || !m_remove.empty();
}

/// The last few frames, between two groups; the next commit begins the log anew.
Status SqliteStore::finishCheckpoint()
{
    if (m_checkpointer->failed())
        return Error{ErrorCode::DiskFailed, QStringLiteral("the database could not be synced")};
    const int code = sqlite3_wal_checkpoint_v2(
        m_database.handle(), "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    m_checkpointer->finished();
    if (code == SQLITE_OK || code == SQLITE_FULL || code == SQLITE_BUSY)
        return {};
    return Sqlite::errorOf(code, "checkpoint");
}

} // namespace Waymark::Relay

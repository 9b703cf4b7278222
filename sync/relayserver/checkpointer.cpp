// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/relayserver/checkpointer.h"

namespace Waymark::Relay {

namespace {

constexpr int kFramesLeft = 64;
constexpr int kMostPasses = 64;

} // namespace

Checkpointer::~Checkpointer()
{
    if (!m_thread.joinable())
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

Status Checkpointer::start(const QString& databasePath)
{
    auto connection = Sqlite::Connection::open(databasePath, SQLITE_OPEN_READWRITE);
    if (!connection)
        return connection.error();
    m_connection = std::move(*connection);
    int persist = 1;
    sqlite3_file_control(m_connection.handle(), "main", SQLITE_FCNTL_PERSIST_WAL, &persist);
    // Reading once opens the files, whose descriptors pass() needs.
    for (const char* sql : {"PRAGMA wal_autocheckpoint=0", "PRAGMA synchronous=FULL",
             "SELECT count(*) FROM sqlite_schema"}) {
        if (const Status status = m_connection.run(sql); !status)
            return status;
    }
    m_thread = std::thread([this] { work(); });
    return {};
}

void Checkpointer::request()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_state != State::Idle)
            return;
        m_state = State::Requested;
    }
    m_wake.notify_one();
}

void Checkpointer::finished()
{
    const std::lock_guard lock(m_mutex);
    if (m_state == State::Ready)
        m_state = State::Idle;
}

void Checkpointer::work()
{
    std::unique_lock lock(m_mutex);
    while (!m_ending) {
        if (m_state != State::Requested) {
            m_wake.wait(lock);
            continue;
        }
        lock.unlock();
        const State reached = pass();
        lock.lock();
        m_state = reached;
    }
}

Checkpointer::State Checkpointer::pass()
{
    for (int i = 0; i < kMostPasses; ++i) {
        int frames = 0;
        int copied = 0;
        const int code = sqlite3_wal_checkpoint_v2(
            m_connection.handle(), "main", SQLITE_CHECKPOINT_PASSIVE, &frames, &copied);
        if (code == SQLITE_FULL || code == SQLITE_BUSY)
            return State::Ready; // the log grows until there is room again
        if (code != SQLITE_OK)
            return State::Failed;
        // A pass that does not reach the end leaves the database unsynced, and the last one would
        // have to wait for all of it.
        sqlite3_file* const file = m_connection.databaseFile();
        if (!file || file->pMethods->xSync(file, SQLITE_SYNC_NORMAL) != SQLITE_OK)
            return State::Failed;
        if (frames - copied <= kFramesLeft)
            return State::Ready;
    }
    return State::Ready;
}

} // namespace Waymark::Relay

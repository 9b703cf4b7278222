// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/relayserver/sqlite.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace Waymark::Relay {

/// Copies the write-ahead log into the database on a thread and a connection of its own, while
/// groups go on being committed. It stops short of the end; the last few frames are the owner's to
/// copy, between two groups, which takes well under a millisecond.
class Checkpointer
{
public:
    ~Checkpointer();
    [[nodiscard]] Status start(const QString& databasePath);

    /// The rest is the owner's calls, on its one thread.
    void request();
    /// Whether the requested pass came near the end, or could get no further.
    [[nodiscard]] bool ready() const { return m_state.load() == State::Ready; }
    [[nodiscard]] bool idle() const { return m_state.load() == State::Idle; }
    /// An error after which nothing that was answered can be trusted to last.
    [[nodiscard]] bool failed() const { return m_state.load() == State::Failed; }
    void finished();

private:
    enum class State { Idle, Requested, Ready, Failed };
    void work();
    State pass();

    Sqlite::Connection m_connection;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::atomic<State> m_state = State::Idle;
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace Waymark::Relay

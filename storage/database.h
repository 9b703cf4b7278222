// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/executor.h"
#include "storage/connection.h"

#include <atomic>
#include <memory>

namespace Waymark {

/// The one way to the connection: work is posted here and runs on the executor, one piece after
/// the other, in the order it was posted. May be called from any thread.
///
///     database.run([](Connection& c) -> Result<int> { … })   // a QFuture<Result<int>>
///
/// The executor must outlive this object and run what was posted. Destroying the Database
/// while work waits is allowed.
class Database
{
public:
    /// More pages than this in the write-ahead log are moved into the file after the commit.
    static constexpr int kCheckpointPages = 4000;

    /// `connection` is not used by anybody else from here on. `guard` is let go of once the
    /// connection is closed.
    Database(Executor& executor, std::unique_ptr<Connection> connection,
        std::shared_ptr<const void> guard = {});
    /// Without close(): the connection is dropped behind what was posted, and its write-ahead log
    /// stays.
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// `work` takes a Connection& and gives a Result or a Status; after close() it is not run and
    /// the answer is VaultLocked.
    template <typename Function>
    auto run(Function work) -> QFuture<std::invoke_result_t<Function&, Connection&>>
    {
        using Value = std::invoke_result_t<Function&, Connection&>;
        ++m_shared->waiting;
        return runOn(m_executor, [shared = m_shared, work = std::move(work)]() mutable -> Value {
            --shared->waiting;
            if (!shared->connection)
                return ErrorCode::VaultLocked;
            Value value = work(*shared->connection);
            afterWork(*shared);
            return value;
        });
    }

    /// Moves the write-ahead log into the file if nothing else waits; for an idle moment.
    QFuture<Status> idle();
    /// Runs what was posted before, then removes the write-ahead log and closes the file.
    QFuture<Status> close();

private:
    struct Shared
    {
        std::shared_ptr<const void> guard;
        std::unique_ptr<Connection> connection; ///< null once closed; database thread only
        std::atomic<int> waiting = 0;
    };
    static void afterWork(Shared& shared);

    Executor& m_executor;
    std::shared_ptr<Shared> m_shared;
};

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/database.h"

#include "app/core/log.h"

namespace Waymark {

Database::Database(
    Executor& executor, std::unique_ptr<Connection> connection, std::shared_ptr<const void> guard)
    : m_executor(executor), m_shared(std::make_shared<Shared>())
{
    m_shared->guard = std::move(guard);
    m_shared->connection = std::move(connection);
}

Database::~Database()
{
    m_executor.post([shared = std::move(m_shared)] {
        shared->connection.reset();
        shared->guard.reset();
    });
}

void Database::afterWork(Shared& shared)
{
    Connection& connection = *shared.connection;
    Q_ASSERT(!connection.inTransaction());
    if (connection.walPages() < kCheckpointPages)
        return;
    // What was committed is durable with or without this: a failure is tried again next time.
    if (const Status moved = connection.checkpoint(Connection::Checkpoint::Passive); !moved)
        qCWarning(logStorage) << "checkpoint failed:" << codeName(moved.error().code);
}

QFuture<Status> Database::idle()
{
    return run([shared = m_shared](Connection& connection) -> Status {
        if (shared->waiting > 0 || connection.walPages() == 0)
            return {};
        return connection.checkpoint(Connection::Checkpoint::Passive);
    });
}

QFuture<Status> Database::close()
{
    return runOn(m_executor, [shared = m_shared]() -> Status {
        if (!shared->connection)
            return {};
        const Status closed = shared->connection->close();
        shared->connection.reset();
        shared->guard.reset();
        return closed;
    });
}

} // namespace Waymark

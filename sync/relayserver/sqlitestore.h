// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/random.h"
#include "sync/relay/store.h"
#include "sync/relayserver/checkpointer.h"
#include "sync/relayserver/queueindex.h"
#include "sync/relayserver/sqlite.h"

#include <QLockFile>

#include <memory>

namespace Waymark::Relay {

/// The relay's store in one SQLite file, `relay.db` in a directory of its own. A message is one
/// row; everything that is looked up stands in memory and is read back on opening. Bodies are
/// deleted soon after they were acknowledged, rows when their ids need not be remembered any more.
/// The store knows a message's time to the hour.
class SqliteStore final : public RelayStore
{
public:
    struct Options
    {
        QString directory;
        /// Written once, so that commits do not wait for the file to grow.
        qint64 logBytes = 64LL * 1024 * 1024;
        qint64 maxBytes = 0; ///< of the database; 0: as much as the disk holds
    };

    /// DiskReadOnly, RelayStoreInUse, RelayStoreDamaged, RelayStoreNewer, or what the disk says.
    [[nodiscard]] static Result<std::unique_ptr<SqliteStore>> open(
        const Options& options, Random& random);

    [[nodiscard]] std::optional<QueueNumber> byReceiveId(const QueueId& id) const override;
    [[nodiscard]] std::optional<QueueNumber> bySendId(const QueueId& id) const override;
    [[nodiscard]] QueueKeys keys(QueueNumber queue) const override;
    [[nodiscard]] QueueState state(QueueNumber queue) const override;
    [[nodiscard]] bool exists(QueueNumber queue) const override;
    [[nodiscard]] bool knows(QueueNumber queue, const MessageId& id) const override;
    [[nodiscard]] Result<std::vector<StoredMessage>> fetch(
        QueueNumber queue, qint64 after, int maxCount, qsizetype maxBytes) const override;

    QueueNumber create(const QueueKeys& keys) override;
    Appended append(QueueNumber queue, const MessageId& id, BytesView body, qint64 nowMs) override;
    void acknowledge(QueueNumber queue, qint64 upTo) override;
    void drop(QueueNumber queue) override;
    void expire(qint64 beforeMs) override;

    [[nodiscard]] Status commit() override;
    [[nodiscard]] Result<bool> tidy(qint64 nowMs) override;

private:
    using Row = QueueIndex::Row;
    /// From `row` on, messages came at this hour (since 1970) or later.
    struct HourMark
    {
        Row row = 0;
        qint64 hour = 0;
    };
    struct Statements
    {
        Sqlite::Statement begin, commit, rollback;
        Sqlite::Statement addQueue, dropQueue, acknowledge;
        Sqlite::Statement addMessage, bodies, strip, remove;
        Sqlite::Statement addHour, dropHours;
    };

    explicit SqliteStore(quint64 seed) : m_index(seed) { }
    Status prepare(const Options& options);
    Status openDatabase(const Options& options);
    Status setUp(bool fresh);
    Status prepareStatements();
    Status load();
    Status loadQueues();
    Status loadMessages();
    Status loadHours();
    Status fillLog(qint64 bytes);

    Status readRun(const std::vector<QueueIndex::Entry>& entries, std::size_t from, std::size_t end,
        std::vector<StoredMessage>& out) const;
    void begin();
    void note(int code, const char* doing);
    void markHour(qint64 nowMs);
    [[nodiscard]] Row firstRowOf(qint64 hour) const;
    void undo();
    int cleanUp(int most);
    Status finishCheckpoint();

    std::unique_ptr<QLockFile> m_lock;
    Sqlite::Connection m_database;
    mutable Statements m_statements;
    QueueIndex m_index;
    std::vector<HourMark> m_hours;
    std::size_t m_hoursKept = 0; ///< of them, before the group began
    QueueNumber m_nextQueue = 1;
    Row m_nextRow = 1;
    std::vector<Row> m_strip; ///< rows whose bodies are to go
    std::vector<Row> m_remove; ///< rows to go
    std::vector<Row> m_stripped, m_removed; ///< in this group, in case it is undone
    qint64 m_forgottenHour = 0;
    int m_logFrames = 0;
    int m_checkpointAt = 0; ///< frames
    int m_groupRows = 0;
    bool m_inGroup = false;
    std::optional<Error> m_fault; ///< of the group
    std::unique_ptr<Checkpointer> m_checkpointer;
};

} // namespace Waymark::Relay

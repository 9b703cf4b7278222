// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How a store is made, opened, checked and read back.
#include "sync/relayserver/sqlitestore.h"

#include <QDir>
#include <QFile>

namespace Waymark::Relay {

namespace {

constexpr qint64 kApplicationId = 0x57594d52; // "WYMR"
constexpr qint64 kVersion = 1;
constexpr int kPageBytes = 16384;
constexpr int kFrameBytes = kPageBytes + 24;
constexpr int kLeastCheckpointFrames = 64;

constexpr const char* kSchema
    = "BEGIN;"
      "CREATE TABLE queue(number INTEGER PRIMARY KEY, receive BLOB NOT NULL,"
      " send BLOB NOT NULL, send_key BLOB NOT NULL,"
      " acked INTEGER NOT NULL DEFAULT 0,"
      " acked_row INTEGER NOT NULL DEFAULT 0);"
      "CREATE TABLE message(row INTEGER PRIMARY KEY, queue INTEGER NOT NULL,"
      " id BLOB NOT NULL, body BLOB NOT NULL);"
      "CREATE TABLE hour(row INTEGER PRIMARY KEY, hour INTEGER NOT NULL);"
      "PRAGMA application_id=1465470290;"
      "PRAGMA user_version=1;"
      "COMMIT;";
static_assert(kApplicationId == 1465470290);

Error damaged(const char* what)
{
    return {ErrorCode::RelayStoreDamaged, QLatin1String(what)};
}

} // namespace

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const Options& options, Random& random)
{
    quint64 seed = 0;
    random.fill({reinterpret_cast<unsigned char*>(&seed), sizeof seed});
    std::unique_ptr<SqliteStore> store(new SqliteStore(seed));
    if (const Status status = store->prepare(options); !status)
        return status.error();
    return store;
}

Status SqliteStore::prepare(const Options& options)
{
    const QDir directory(options.directory);
    if (!directory.mkpath(QStringLiteral(".")))
        return Error{ErrorCode::DiskReadOnly, QStringLiteral("the directory cannot be made")};
    m_lock = std::make_unique<QLockFile>(directory.filePath(QStringLiteral("relay.lock")));
    m_lock->setStaleLockTime(0);
    if (!m_lock->tryLock()) {
        const bool taken = m_lock->error() == QLockFile::LockFailedError;
        return Error{taken ? ErrorCode::RelayStoreInUse : ErrorCode::DiskReadOnly,
            QStringLiteral("the store cannot be locked")};
    }
    if (const Status status = openDatabase(options); !status)
        return status;
    if (const Status status = load(); !status)
        return status;
    if (const Status status = fillLog(options.logBytes); !status)
        return status;
    m_checkpointAt = std::max(kLeastCheckpointFrames, int(options.logBytes / kFrameBytes / 2));
    sqlite3_wal_hook(
        m_database.handle(),
        [](void* self, sqlite3*, const char*, int frames) {
            static_cast<SqliteStore*>(self)->m_logFrames = frames;
            return SQLITE_OK;
        },
        this);
    m_checkpointer = std::make_unique<Checkpointer>();
    return m_checkpointer->start(directory.filePath(QStringLiteral("relay.db")));
}

Status SqliteStore::openDatabase(const Options& options)
{
    const QString path = QDir(options.directory).filePath(QStringLiteral("relay.db"));
    auto database = Sqlite::Connection::open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (!database)
        return database.error();
    m_database = std::move(*database);
    if (sqlite3_db_readonly(m_database.handle(), "main") == 1)
        return Error{ErrorCode::DiskReadOnly, QStringLiteral("the database cannot be written")};
    // SQLite gives its log and shared memory the same rights.
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    const auto tables = m_database.number("SELECT count(*) FROM sqlite_schema");
    const auto application = m_database.number("PRAGMA application_id");
    const auto version = m_database.number("PRAGMA user_version");
    if (!tables || !application || !version)
        return !tables ? tables.error() : !application ? application.error() : version.error();
    const bool fresh = *tables == 0 && *application == 0;
    if (!fresh && *application != kApplicationId)
        return damaged("another program's database");
    if (*version > kVersion)
        return Error{ErrorCode::RelayStoreNewer, QStringLiteral("version %1").arg(*version)};
    if (const Status status = setUp(fresh); !status)
        return status;
    if (options.maxBytes > 0) {
        const qint64 pages = std::max<qint64>(1, options.maxBytes / kPageBytes);
        const QString limit = QStringLiteral("PRAGMA max_page_count=%1").arg(pages);
        if (const Status status = m_database.run(limit.toLatin1().constData()); !status)
            return status;
    }
    return prepareStatements();
}

Status SqliteStore::setUp(bool fresh)
{
    int persist = 1;
    sqlite3_file_control(m_database.handle(), "main", SQLITE_FCNTL_PERSIST_WAL, &persist);
    if (fresh) {
        if (const Status status = m_database.run("PRAGMA page_size=16384"); !status)
            return status;
    }
    const auto mode = m_database.text("PRAGMA journal_mode=WAL");
    if (!mode)
        return mode.error();
    if (*mode != "wal")
        return Error{ErrorCode::DiskFailed, QStringLiteral("no write-ahead log here")};
    for (const char* sql :
        {"PRAGMA synchronous=FULL", "PRAGMA wal_autocheckpoint=0", "PRAGMA secure_delete=OFF",
            "PRAGMA cache_size=-16384", "PRAGMA temp_store=MEMORY", "PRAGMA trusted_schema=OFF",
            "PRAGMA busy_timeout=5000", "PRAGMA cell_size_check=ON", fresh ? kSchema : ""}) {
        if (const Status status = m_database.run(sql); !status)
            return status;
    }
    return {};
}

Status SqliteStore::prepareStatements()
{
    const std::pair<Sqlite::Statement*, const char*> all[] = {
        {&m_statements.begin, "BEGIN IMMEDIATE"},
        {&m_statements.commit, "COMMIT"},
        {&m_statements.rollback, "ROLLBACK"},
        {&m_statements.addQueue,
            "INSERT INTO queue(number, receive, send, send_key) VALUES(?1, ?2, ?3, ?4)"},
        {&m_statements.dropQueue, "DELETE FROM queue WHERE number=?1"},
        {&m_statements.acknowledge, "UPDATE queue SET acked=?1, acked_row=?2 WHERE number=?3"},
        {&m_statements.addMessage,
            "INSERT INTO message(row, queue, id, body) VALUES(?1, ?2, ?3, ?4)"},
        {&m_statements.bodies,
            "SELECT row, body FROM message WHERE row BETWEEN ?1 AND ?2 ORDER BY row"},
        {&m_statements.strip, "UPDATE message SET body=x'' WHERE row=?1"},
        {&m_statements.remove, "DELETE FROM message WHERE row BETWEEN ?1 AND ?2"},
        {&m_statements.addHour, "INSERT INTO hour(row, hour) VALUES(?1, ?2)"},
        {&m_statements.dropHours, "DELETE FROM hour WHERE row<?1"},
    };
    for (const auto& [statement, sql] : all) {
        auto prepared = Sqlite::Statement::prepare(m_database, sql);
        if (!prepared) {
            // The tables are not those of this version.
            const bool other = prepared.error().code == ErrorCode::DiskFailed;
            return other ? damaged("tables are missing") : prepared.error();
        }
        *statement = std::move(*prepared);
    }
    return {};
}

Status SqliteStore::load()
{
    if (const Status status = loadQueues(); !status)
        return status;
    if (const Status status = loadMessages(); !status)
        return status;
    return loadHours();
}

Status SqliteStore::loadQueues()
{
    auto queues = Sqlite::Statement::prepare(m_database,
        "SELECT number, receive, send, send_key, acked, acked_row FROM queue ORDER BY number");
    if (!queues)
        return queues.error();
    int code = queues->step();
    for (; code == SQLITE_ROW; code = queues->step()) {
        const QueueNumber number = queues->number(0);
        const auto receive = QueueId::fromBytes(queues->bytes(1));
        const auto send = QueueId::fromBytes(queues->bytes(2));
        const auto key = Wire::Key::fromBytes(queues->bytes(3));
        QueueIndex::Queue queue;
        queue.acked = queues->number(4);
        queue.ackedRow = queues->number(5);
        if (!receive || !send || !key || number < 1 || queue.acked < 0 || queue.ackedRow < 0)
            return damaged("a queue's row");
        if (m_index.byReceiveId(*receive) || m_index.bySendId(*send))
            return damaged("a queue stands twice");
        queue.keys = {*receive, *send, *key};
        // Rows that were taken away must not be numbered again: they count as acknowledged.
        m_nextRow = std::max(m_nextRow, queue.ackedRow + 1);
        m_nextQueue = std::max(m_nextQueue, number + 1);
        m_index.load(number, std::move(queue));
    }
    return code == SQLITE_DONE ? Status() : Status(Sqlite::errorOf(code, "read queues"));
}

Status SqliteStore::loadMessages()
{
    auto messages = Sqlite::Statement::prepare(
        m_database, "SELECT row, queue, id, length(body) FROM message ORDER BY row");
    if (!messages)
        return messages.error();
    int code = messages->step();
    for (; code == SQLITE_ROW; code = messages->step()) {
        const Row row = messages->number(0);
        const QueueNumber number = messages->number(1);
        const auto id = MessageId::fromBytes(messages->bytes(2));
        const qint64 size = messages->number(3);
        if (!id || row < 1 || number < 1 || size < 0 || size > Wire::kMaxBody)
            return damaged("a message's row");
        m_nextRow = std::max(m_nextRow, row + 1);
        m_nextQueue = std::max(m_nextQueue, number + 1);
        const QueueIndex::Queue* const queue = m_index.find(number);
        if (!queue) {
            m_remove.push_back(row); // its queue was dropped
            continue;
        }
        if (row <= queue->ackedRow && size > 0)
            m_strip.push_back(row);
        m_index.loadEntry(number, {*id, row, qint32(size)});
    }
    return code == SQLITE_DONE ? Status() : Status(Sqlite::errorOf(code, "read messages"));
}

Status SqliteStore::loadHours()
{
    auto hours = Sqlite::Statement::prepare(m_database, "SELECT row, hour FROM hour ORDER BY row");
    if (!hours)
        return hours.error();
    int code = hours->step();
    for (; code == SQLITE_ROW; code = hours->step()) {
        const HourMark mark{hours->number(0), hours->number(1)};
        if (!m_hours.empty() && mark.hour <= m_hours.back().hour)
            return damaged("the hours' order");
        m_hours.push_back(mark);
        m_nextRow = std::max(m_nextRow, mark.row + 1);
    }
    return code == SQLITE_DONE ? Status() : Status(Sqlite::errorOf(code, "read hours"));
}

/// Blocks that were never written make every sync wait for the file system's own journal.
Status SqliteStore::fillLog(qint64 bytes)
{
    sqlite3_file* const file = m_database.logFile();
    sqlite3_int64 size = 0;
    if (!file || file->pMethods->xFileSize(file, &size) != SQLITE_OK)
        return Error{ErrorCode::DiskFailed, QStringLiteral("no write-ahead log")};
    const Bytes zeros(64 * 1024, '\0');
    for (; size < bytes; size += zeros.size()) {
        const int code = file->pMethods->xWrite(file, zeros.constData(), int(zeros.size()), size);
        if (code == SQLITE_FULL)
            break; // a full disk still hands out what it has
        if (code != SQLITE_OK)
            return Sqlite::errorOf(code, "fill the log");
    }
    const int code = file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
    return code == SQLITE_OK ? Status() : Status(Sqlite::errorOf(code, "sync the log"));
}

} // namespace Waymark::Relay

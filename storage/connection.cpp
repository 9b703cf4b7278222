// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/connection.h"

#include "app/core/log.h"
#include "storage/files.h"
#include "storage/prepared.h"
#include "storage/searchrank.h"
#include "storage/sqlitestatus.h"
#include "storage/walreader.h"

#include <QFile>
#include <QFileInfo>

#include <sqlite3.h>

#include <bit>
#include <cerrno>

namespace Waymark {

namespace {

constexpr qsizetype kSaltSize = 16;
constexpr qint64 kPageSize = 4096;
/// More SQL texts than the program has: what comes beyond is prepared each time.
constexpr qsizetype kMostStatements = 512;

// Set after the key and before the first page is read. Locking mode EXCLUSIVE keeps the index of
// the write-ahead log in memory: there is no third file beside the database.
constexpr const char* kSettings = "PRAGMA cipher_log_level = NONE;"
                                  "PRAGMA cipher_compatibility = 4;"
                                  "PRAGMA cipher_memory_security = OFF;"
                                  "PRAGMA locking_mode = EXCLUSIVE;"
                                  "PRAGMA temp_store = MEMORY;"
                                  "PRAGMA trusted_schema = OFF;"
                                  "PRAGMA foreign_keys = ON;"
                                  "PRAGMA cache_size = -16384;"
                                  "PRAGMA cache_spill = OFF;"
                                  "PRAGMA wal_autocheckpoint = 0;";

QString walPath(const QString& path)
{
    return path + QStringLiteral("-wal");
}

Error fileError(const QFile& file)
{
    return {errorCodeOfErrno(errno), file.errorString()};
}

int differingBits(BytesView a, BytesView b)
{
    int count = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        count += std::popcount(static_cast<unsigned char>(a[i] ^ b[i]));
    return count;
}

Result<WalReport> checkWal(const QString& path, const Connection::Key& key)
{
    QFile file(path);
    if (!file.exists())
        return WalReport{};
    if (!file.open(QIODevice::ReadOnly))
        return fileError(file);
    auto report = readWal(file, pageMacKey(key.key, key.salt));
    if (report && report->tornEnd)
        qCInfo(logStorage) << "the write-ahead log ends in what a crash left; frames kept:"
                           << report->committed;
    return report;
}

/// SQLCipher's form of a raw key and salt, x'…', without leaving copies behind.
SecretBytes rawKey(const Connection::Key& key)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    Q_ASSERT(key.key.size() == 32 && key.salt.size() == kSaltSize);
    SecretBytes out(2 * (key.key.size() + std::size_t(kSaltSize)) + 3);
    unsigned char* to = out.data();
    const auto append = [&to](BytesView bytes) {
        for (const char byte : bytes) {
            *to++ = static_cast<unsigned char>(kDigits[(byte >> 4) & 15]);
            *to++ = static_cast<unsigned char>(kDigits[byte & 15]);
        }
    };
    *to++ = 'x';
    *to++ = '\'';
    append(key.key.view());
    append(key.salt);
    *to = '\'';
    return out;
}

} // namespace

Connection::Connection(sqlite3* db, QString path) : m_db(db), m_path(std::move(path)) { }

Connection::~Connection()
{
    if (!m_db)
        return;
    finalizeAll();
    sqlite3_close(m_db);
    // Nothing in it was committed, or all of that is in the file.
    if (!m_logHolds)
        QFile::remove(walPath(m_path));
}

int Connection::onCommit(void* connection, sqlite3*, const char*, int pages)
{
    auto* self = static_cast<Connection*>(connection);
    self->m_walPages = pages;
    self->m_logHolds = true;
    return SQLITE_OK;
}

Status Connection::checkFile(const QString& path, BytesView salt)
{
    QFile file(path);
    if (!file.exists())
        return ErrorCode::VaultDatabaseMissing;
    if (!file.open(QIODevice::ReadOnly))
        return fileError(file);
    const Bytes start = file.read(kSaltSize);
    // A crash while the write-ahead log is moved may leave a part of a page at the end; the log is
    // then still there and mends it.
    const bool whole = file.size() % kPageSize == 0 || QFileInfo(walPath(path)).size() > 0;
    if (start.size() < kSaltSize || file.size() < kPageSize || !whole)
        return Error{ErrorCode::VaultDatabaseDamaged, QStringLiteral("journal.db is cut short")};
    if (start == BytesView("SQLite format 3\0", kSaltSize))
        return Error{ErrorCode::CipherMissing, QStringLiteral("journal.db is not encrypted")};
    const int bits = differingBits(start, salt);
    if (bits == 1)
        return Error{ErrorCode::VaultDatabaseDamaged,
            QStringLiteral("a bit of journal.db's first 16 bytes is wrong")};
    if (bits > 1)
        return Error{ErrorCode::VaultDatabaseSwapped,
            QStringLiteral("journal.db does not belong to this vault.waymark")};
    return {};
}

Result<std::unique_ptr<Connection>> Connection::open(const QString& path, const Key& key, Mode mode)
{
    Result<WalReport> log = WalReport{};
    if (mode == Mode::Create) {
        if (QFileInfo::exists(path))
            return ErrorCode::VaultExists;
        // SQLite takes an empty file for a new one, and the log's permissions from it.
        if (const Status made = Files::write(path, {}); !made)
            return made.error();
    } else {
        if (const Status file = checkFile(path, key.salt); !file)
            return file.error();
        log = checkWal(walPath(path), key);
        if (!log)
            return log.error();
    }

    sqlite3* db = nullptr;
    const int code = sqlite3_open_v2(path.toUtf8().constData(), &db,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE
            | SQLITE_OPEN_EXRESCODE,
        nullptr);
    std::unique_ptr<Connection> connection(new Connection(db, path));
    connection->m_logHolds = QFileInfo(walPath(path)).size() > 0;
    connection->m_pagesInLog = log->databasePages;
    Status status = code == SQLITE_OK ? connection->configure(key)
                                      : Status(connection->errorOf(code, "open"));
    if (status.ok() && mode == Mode::Create)
        status = connection->checkEncrypted(path, key.salt);
    if (status.ok())
        return connection;
    connection.reset();
    if (mode == Mode::Create) {
        QFile::remove(path);
        QFile::remove(walPath(path));
    }
    return status.error();
}

Status Connection::configure(const Key& key)
{
    // Until everything was found to be in order, closing must change nothing.
    sqlite3_db_config(m_db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    const SecretBytes raw = rawKey(key);
    if (const int code = sqlite3_key_v2(m_db, "main", raw.data(), int(raw.size()));
        code != SQLITE_OK)
        return errorOf(code, "key");
    {
        Statement version = statement("PRAGMA cipher_version");
        if (!version.next() || version.utf8(0).isEmpty())
            return version.ok() ? Status(ErrorCode::CipherMissing) : version.status();
    }
    if (const Status set = script(kSettings); !set)
        return set;
    // The first reading of a page: a wrong key or a damaged page is found here.
    if (const auto tables = oneInteger("SELECT count(*) FROM sqlite_schema"); !tables)
        return tables.error();
    {
        Statement mode = statement("PRAGMA journal_mode = WAL");
        if (!mode.next() || mode.utf8(0) != BytesView("wal"))
            return mode.ok()
                ? Status(ErrorCode::DiskFailed, QStringLiteral("journal.db has no write-ahead log"))
                : mode.status();
    }
    if (const Status known = addSearchWeight(m_db); !known)
        return known;
    sqlite3_wal_hook(m_db, &Connection::onCommit, this);
    return script("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;");
}

Status Connection::checkEncrypted(const QString& path, BytesView salt)
{
    // Something must be written for a first page to be there.
    Transaction transaction(*this);
    if (!transaction.begun())
        return transaction.begun();
    if (const Status set = script("PRAGMA user_version = 0"); !set)
        return set;
    if (const Status done = transaction.commit(); !done)
        return done;
    if (const Status moved = checkpoint(Checkpoint::Truncate); !moved)
        return moved;
    return checkFile(path, salt);
}

Status Connection::close()
{
    Q_ASSERT(m_db && !inTransaction());
    finalizeAll();
    if (const Status moved = checkpoint(Checkpoint::Truncate); !moved)
        return moved; // the destructor leaves the log where it is
    sqlite3_db_config(m_db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
    const int code = sqlite3_close(m_db);
    if (code != SQLITE_OK)
        return errorOf(code, "close");
    m_db = nullptr;
    return {};
}

void Connection::finalizeAll()
{
    for (Statement::Prepared* prepared : std::as_const(m_statements)) {
        Q_ASSERT(!prepared->inUse);
        sqlite3_finalize(prepared->statement);
        delete prepared;
    }
    m_statements.clear();
    sqlite3_finalize(std::exchange(m_probe, nullptr));
}

/// Where a page does not verify, SQLCipher 4.6 gives zeros in its place, which SQLite takes for
/// the content of the last page of a long value, and only the next page asked for in the same
/// transaction fails. So whenever a row made SQLite read pages, one more is asked for.
Status Connection::checkPagesRead()
{
    int pagesRead = 0;
    int highest = 0;
    sqlite3_db_status(m_db, SQLITE_DBSTATUS_CACHE_MISS, &pagesRead, &highest, 0);
    if (pagesRead == m_pagesRead)
        return {};
    m_pagesRead = pagesRead;
    if (!m_probe) {
        const int code = sqlite3_prepare_v3(m_db, "SELECT 1 FROM sqlite_schema LIMIT 1", -1,
            SQLITE_PREPARE_PERSISTENT, &m_probe, nullptr);
        if (code != SQLITE_OK)
            return errorOf(code, "probe");
    }
    const int code = sqlite3_step(m_probe);
    Status status;
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        status = errorOf(code, "a page that was read");
    sqlite3_reset(m_probe);
    return status;
}

Statement Connection::statement(BytesView sql)
{
    const auto known = m_statements.constFind(Bytes::fromRawData(sql.data(), sql.size()));
    if (known != m_statements.constEnd() && !(*known)->inUse)
        return Statement(*this, *known, /*cached=*/true);
    const bool keep = known == m_statements.constEnd() && m_statements.size() < kMostStatements;
    sqlite3_stmt* compiled = nullptr;
    const char* tail = nullptr;
    const int code = sqlite3_prepare_v3(
        m_db, sql.data(), int(sql.size()), keep ? SQLITE_PREPARE_PERSISTENT : 0, &compiled, &tail);
    if (code != SQLITE_OK) {
        // Nothing is bound yet, so the message can hold no content.
        return Statement(*this, {errorCodeOf(code, m_db), QString::fromUtf8(sqlite3_errmsg(m_db))});
    }
    Q_ASSERT(compiled && tail == sql.data() + sql.size());
    auto* prepared = new Statement::Prepared{compiled, false};
    if (keep)
        m_statements.insert(sql.toByteArray(), prepared);
    return Statement(*this, prepared, keep);
}

Status Connection::script(const char* sql)
{
    const int code = sqlite3_exec(m_db, sql, nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? Status() : Status(errorOf(code, sql));
}

Error Connection::errorOf(int code, const char* what) const
{
    // Not SQLite's own message, which may quote a search or a value; the SQL holds neither.
    return {errorCodeOf(code, m_db),
        QStringLiteral("%1 (%2) in: %3")
            .arg(QLatin1String(sqlite3_errstr(code)))
            .arg(code)
            .arg(QString::fromUtf8(what).left(80))};
}

qint64 Connection::lastInsertId() const
{
    return sqlite3_last_insert_rowid(m_db);
}

qint64 Connection::changes() const
{
    return sqlite3_changes64(m_db);
}

bool Connection::inTransaction() const
{
    return sqlite3_get_autocommit(m_db) == 0;
}

Status Connection::checkpoint(Checkpoint kind)
{
    int inLog = 0;
    int moved = 0;
    const int code = sqlite3_wal_checkpoint_v2(m_db, "main",
        kind == Checkpoint::Truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE,
        &inLog, &moved);
    if (code != SQLITE_OK)
        return errorOf(code, "checkpoint");
    if (inLog == moved) {
        m_walPages = 0;
        // After a passive one the log is still read from, and the file not cut to its new size.
        if (kind == Checkpoint::Truncate)
            m_logHolds = false;
    }
    return {};
}

Status Connection::takeInLog()
{
    if (!m_logHolds)
        return {};
    if (m_pagesInLog > 0) {
        if (const Status room = Files::reserve(m_path, m_pagesInLog * kPageSize); !room)
            return room;
    }
    return checkpoint(Checkpoint::Truncate);
}

Result<std::vector<QString>> Connection::checkPages()
{
    std::vector<QString> problems;
    Statement check = statement("PRAGMA cipher_integrity_check");
    while (check.next())
        problems.push_back(check.text(0));
    if (!check.ok())
        return check.status().error();
    return problems;
}

Transaction::Transaction(Connection& connection)
    : m_connection(connection), m_begun(connection.run("BEGIN IMMEDIATE"))
{
    m_open = m_begun.ok();
}

Transaction::~Transaction()
{
    // After some errors SQLite has rolled back already.
    if (!m_open || !m_connection.inTransaction())
        return;
    if (const Status undone = m_connection.run("ROLLBACK"); !undone)
        qCWarning(logStorage) << "rollback failed:" << undone.error().detail;
}

Status Transaction::commit()
{
    Q_ASSERT(m_open);
    if (!m_connection.inTransaction()) {
        m_open = false;
        // SQLite does that by itself where the disk or the memory fails it.
        return Error{ErrorCode::DiskFailed, QStringLiteral("the transaction was rolled back")};
    }
    const Status done = m_connection.run("COMMIT");
    if (done.ok())
        m_open = false;
    return done;
}

} // namespace Waymark

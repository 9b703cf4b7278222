// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crypto/secretbytes.h"
#include "storage/statement.h"

#include <QHash>

#include <memory>
#include <vector>

namespace Waymark {

/// An open journal.db. One thread at a time: made on any, then used on the database thread only.
class Connection
{
public:
    enum class Mode {
        Create, ///< the file must not be there
        Existing, ///< the file must be there
    };
    enum class Checkpoint {
        Passive, ///< as much as can be moved now, the write-ahead log stays
        Truncate, ///< all of it, and the write-ahead log is cut to nothing
    };
    /// What the file is encrypted with: 32 and 16 bytes.
    struct Key
    {
        const SecretBytes& key;
        BytesView salt;
    };

    /// Opens the file with the settings of docs/FILE_FORMAT.md and reads its schema once.
    /// An existing file's first bytes must be the salt (VaultDatabaseDamaged where one bit differs,
    /// VaultDatabaseSwapped where more do), and a write-ahead log beside it must verify
    /// (VaultDatabaseDamaged); it stays until takeInLog(). What fails leaves all files as they
    /// were.
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(
        const QString& path, const Key& key, Mode mode);

    /// The first part of that alone, without a key: whether the file is there, whole, and begins
    /// with the salt.
    static Status checkFile(const QString& path, BytesView salt);

    /// Closes without touching a write-ahead log that holds something, as a crash would; see
    /// close().
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Moves the write-ahead log into the file, removes it and closes. Every Statement must be
    /// gone. After an error the write-ahead log is still there, nothing is lost, and the next
    /// opening goes on. Nothing else may be called afterwards.
    Status close();

    /// A statement for this SQL, prepared at most once and kept. `sql` is one statement, constant
    /// text of the program: values are bound, never written into it.
    [[nodiscard]] Statement statement(BytesView sql);
    /// Runs one statement that gives no rows, with these values for its parameters.
    template <typename... Values>
    Status run(BytesView sql, const Values&... values)
    {
        Statement prepared = statement(sql);
        return prepared.bindAll(values...).run();
    }
    /// Column 0 of the first row as an integer; nothing without a row or with null.
    template <typename... Values>
    [[nodiscard]] Result<std::optional<qint64>> oneInteger(BytesView sql, const Values&... values)
    {
        Statement prepared = statement(sql);
        std::optional<qint64> found;
        if (prepared.bindAll(values...).next() && !prepared.isNull(0))
            found = prepared.integer(0);
        if (!prepared.ok())
            return prepared.status().error();
        return found;
    }
    /// Column 0 of the first row as bytes; nothing without a row or with null.
    template <typename... Values>
    [[nodiscard]] Result<std::optional<Bytes>> oneBlob(BytesView sql, const Values&... values)
    {
        Statement prepared = statement(sql);
        std::optional<Bytes> found;
        if (prepared.bindAll(values...).next() && !prepared.isNull(0))
            found = prepared.bytes(0);
        if (!prepared.ok())
            return prepared.status().error();
        return found;
    }
    /// Runs several statements without parameters or rows, such as a schema.
    Status script(const char* sql);

    [[nodiscard]] qint64 lastInsertId() const;
    /// Rows that the last INSERT, UPDATE or DELETE touched.
    [[nodiscard]] qint64 changes() const;
    [[nodiscard]] bool inTransaction() const;

    Status checkpoint(Checkpoint kind);
    /// Moves what was found in the write-ahead log on opening into the file, before anything is
    /// written. DiskFull, with nothing changed, where the file has no room to grow.
    Status takeInLog();
    /// Pages of the write-ahead log as of the last commit.
    [[nodiscard]] int walPages() const { return m_walPages; }

    /// Reads every page of the file and checks its HMAC. One line a problem, none when all is
    /// well. Pages that stand in the write-ahead log only are not seen: checkpoint first.
    [[nodiscard]] Result<std::vector<QString>> checkPages();

    /// For the few calls that have no wrapper here; storage only.
    [[nodiscard]] sqlite3* handle() const { return m_db; }

private:
    friend class Statement;
    Connection(sqlite3* db, QString path);
    Status configure(const Key& key);
    Status checkEncrypted(const QString& path, BytesView salt);
    [[nodiscard]] Error errorOf(int code, const char* what) const;
    Status checkPagesRead();
    void finalizeAll();

    sqlite3* m_db = nullptr;
    QString m_path;
    QHash<Bytes, Statement::Prepared*> m_statements;
    sqlite3_stmt* m_probe = nullptr; ///< reads a page that is in the cache
    int m_pagesRead = 0;
    qint64 m_pagesInLog = 0; ///< size of the database with the log that was found on opening
    bool m_logHolds = false; ///< the write-ahead log holds something that the file does not
    int m_walPages = 0;
    static int onCommit(void* connection, sqlite3*, const char*, int pages);
};

/// BEGIN IMMEDIATE … COMMIT; rolled back when destroyed before commit() succeeded.
/// Transactions do not nest.
class Transaction
{
public:
    explicit Transaction(Connection& connection);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    /// Whether it could begin. Writing after a failed begin would commit row by row: look first.
    [[nodiscard]] Status begun() const { return m_begun; }
    /// Durable when this returns success. After an error nothing of it was kept.
    Status commit();

private:
    Connection& m_connection;
    Status m_begun;
    bool m_open = false;
};

} // namespace Waymark

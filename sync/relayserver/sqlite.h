// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/bytes.h"
#include "app/core/result.h"

#include <sqlite3.h>

namespace Waymark::Relay::Sqlite {

/// What a SQLite result code means here. `doing` goes into the detail.
[[nodiscard]] Error errorOf(int code, const char* doing);

/// One connection to a database file; one thread.
class Connection
{
public:
    Connection() = default;
    ~Connection();
    Connection(Connection&& other) noexcept : m_db(std::exchange(other.m_db, nullptr)) { }
    Connection& operator=(Connection&& other) noexcept;

    [[nodiscard]] static Result<Connection> open(const QString& path, int flags);
    /// Runs statements that give no rows.
    [[nodiscard]] Status run(const char* sql);
    /// The single value of a statement that gives one.
    [[nodiscard]] Result<qint64> number(const char* sql);
    [[nodiscard]] Result<Bytes> text(const char* sql);
    [[nodiscard]] sqlite3* handle() const { return m_db; }
    /// The database's file and its write-ahead log, through SQLite's own descriptors: to open and
    /// close them oneself would drop SQLite's locks. Null while there is none.
    [[nodiscard]] sqlite3_file* databaseFile() const { return file(SQLITE_FCNTL_FILE_POINTER); }
    [[nodiscard]] sqlite3_file* logFile() const { return file(SQLITE_FCNTL_JOURNAL_POINTER); }

private:
    [[nodiscard]] sqlite3_file* file(int which) const;
    sqlite3* m_db = nullptr;
};

/// A prepared statement. Bound bytes are not copied: they must stand until reset.
class Statement
{
public:
    Statement() = default;
    ~Statement() { sqlite3_finalize(m_statement); }
    Statement(Statement&& other) noexcept : m_statement(std::exchange(other.m_statement, nullptr))
    {
    }
    Statement& operator=(Statement&& other) noexcept
    {
        std::swap(m_statement, other.m_statement);
        return *this;
    }

    [[nodiscard]] static Result<Statement> prepare(const Connection& connection, const char* sql);
    Statement& bind(int index, qint64 value);
    Statement& bind(int index, BytesView value);
    /// SQLITE_ROW, SQLITE_DONE or an error.
    [[nodiscard]] int step() { return sqlite3_step(m_statement); }
    /// Steps a statement that gives no rows, and resets it.
    [[nodiscard]] int run();
    void reset() { sqlite3_reset(m_statement); }
    [[nodiscard]] qint64 number(int column) const
    {
        return sqlite3_column_int64(m_statement, column);
    }
    [[nodiscard]] BytesView bytes(int column) const; ///< until the next step

private:
    sqlite3_stmt* m_statement = nullptr;
};

} // namespace Waymark::Relay::Sqlite

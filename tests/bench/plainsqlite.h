// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/bytes.h"

#include <QString>

#include <sqlite3.h>

namespace Waymark::Bench {

/// The library's own SQLite on a file without a key: what "plain SQLite" means here, since another
/// SQLite cannot be linked beside it. Whatever goes wrong ends the program.
class Plain
{
public:
    explicit Plain(const QString& path);
    ~Plain();
    Plain(const Plain&) = delete;
    Plain& operator=(const Plain&) = delete;

    /// As durable as the vault, with as large a cache: FULL, a write-ahead log, 16 MiB.
    void configure();
    void run(const char* sql);
    [[nodiscard]] sqlite3* handle() const { return m_db; }

private:
    sqlite3* m_db = nullptr;
};

/// One prepared statement of it. What is bound must live until it was run.
class PlainStatement
{
public:
    PlainStatement(Plain& db, const char* sql);
    ~PlainStatement() { sqlite3_finalize(m_statement); }
    PlainStatement(const PlainStatement&) = delete;
    PlainStatement& operator=(const PlainStatement&) = delete;

    PlainStatement& bind(int index, qint64 value);
    PlainStatement& bind(int index, BytesView blob);
    PlainStatement& text(int index, BytesView utf8);
    PlainStatement& null(int index);
    /// False at the end; the statement can be bound and run anew then.
    bool next();
    void run();
    [[nodiscard]] qint64 integer(int column) const
    {
        return sqlite3_column_int64(m_statement, column);
    }
    [[nodiscard]] Bytes bytes(int column) const;
    [[nodiscard]] bool isNull(int column) const
    {
        return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
    }

private:
    sqlite3* m_db;
    sqlite3_stmt* m_statement = nullptr;
};

} // namespace Waymark::Bench

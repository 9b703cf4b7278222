// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/plainsqlite.h"

namespace Waymark::Bench {

namespace {

void expect(sqlite3* db, bool good, const char* what)
{
    if (!good)
        qFatal("plain SQLite: %s in %s", sqlite3_errmsg(db), what);
}

} // namespace

Plain::Plain(const QString& path)
{
    expect(m_db, sqlite3_open(path.toUtf8().constData(), &m_db) == SQLITE_OK, "opening");
}

Plain::~Plain()
{
    sqlite3_close(m_db);
}

void Plain::configure()
{
    run("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384; PRAGMA cache_spill = OFF;"
        "PRAGMA wal_autocheckpoint = 4000;");
}

void Plain::run(const char* sql)
{
    expect(m_db, sqlite3_exec(m_db, sql, nullptr, nullptr, nullptr) == SQLITE_OK, sql);
}

PlainStatement::PlainStatement(Plain& db, const char* sql) : m_db(db.handle())
{
    expect(m_db,
        sqlite3_prepare_v3(m_db, sql, -1, SQLITE_PREPARE_PERSISTENT, &m_statement, nullptr)
            == SQLITE_OK,
        sql);
}

PlainStatement& PlainStatement::bind(int index, qint64 value)
{
    expect(m_db, sqlite3_bind_int64(m_statement, index, value) == SQLITE_OK, "binding");
    return *this;
}

PlainStatement& PlainStatement::bind(int index, BytesView blob)
{
    expect(m_db,
        sqlite3_bind_blob64(
            m_statement, index, blob.data(), sqlite3_uint64(blob.size()), SQLITE_STATIC)
            == SQLITE_OK,
        "binding");
    return *this;
}

PlainStatement& PlainStatement::text(int index, BytesView utf8)
{
    expect(m_db,
        sqlite3_bind_text(m_statement, index, utf8.data(), int(utf8.size()), SQLITE_STATIC)
            == SQLITE_OK,
        "binding");
    return *this;
}

PlainStatement& PlainStatement::null(int index)
{
    expect(m_db, sqlite3_bind_null(m_statement, index) == SQLITE_OK, "binding");
    return *this;
}

bool PlainStatement::next()
{
    const int code = sqlite3_step(m_statement);
    expect(m_db, code == SQLITE_ROW || code == SQLITE_DONE, sqlite3_sql(m_statement));
    if (code == SQLITE_DONE)
        sqlite3_reset(m_statement);
    return code == SQLITE_ROW;
}

void PlainStatement::run()
{
    while (next()) { }
}

Bytes PlainStatement::bytes(int column) const
{
    const void* data = sqlite3_column_blob(m_statement, column);
    return Bytes(static_cast<const char*>(data), sqlite3_column_bytes(m_statement, column));
}

} // namespace Waymark::Bench

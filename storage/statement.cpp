// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/statement.h"

#include "storage/connection.h"
#include "storage/prepared.h"

#include <sqlite3.h>

#include <utility>

namespace Waymark {

Statement::Statement(Connection& connection, Prepared* prepared, bool cached)
    : m_connection(&connection), m_prepared(prepared), m_statement(prepared->statement),
      m_cached(cached)
{
    prepared->inUse = true;
}

Statement::Statement(Connection& connection, Error error)
    : m_connection(&connection), m_error(std::move(error))
{
}

Statement::Statement(Statement&& other) noexcept
    : m_connection(other.m_connection), m_prepared(std::exchange(other.m_prepared, nullptr)),
      m_statement(std::exchange(other.m_statement, nullptr)), m_cached(other.m_cached),
      m_error(std::move(other.m_error))
{
}

Statement::~Statement()
{
    if (!m_prepared)
        return;
    if (m_cached) {
        sqlite3_reset(m_statement);
        sqlite3_clear_bindings(m_statement);
        m_prepared->inUse = false;
    } else {
        sqlite3_finalize(m_statement);
        delete m_prepared;
    }
}

void Statement::failed(int code)
{
    if (!m_error)
        m_error = m_connection->errorOf(code, m_statement ? sqlite3_sql(m_statement) : "");
}

void Statement::failedColumn(int column)
{
    if (!m_error)
        m_error = Error{ErrorCode::VaultDatabaseDamaged,
            QStringLiteral("column %1 has a wrong size").arg(column)};
}

Statement& Statement::bind(int index, qint64 value)
{
    if (ok())
        check(sqlite3_bind_int64(m_statement, index, value));
    return *this;
}

Statement& Statement::bind(int index, double value)
{
    if (ok())
        check(sqlite3_bind_double(m_statement, index, value));
    return *this;
}

Statement& Statement::bind(int index, std::nullptr_t)
{
    if (ok())
        check(sqlite3_bind_null(m_statement, index));
    return *this;
}

Statement& Statement::bind(int index, BytesView blob)
{
    if (ok())
        check(sqlite3_bind_blob64(m_statement, index, blob.isEmpty() ? "" : blob.data(),
            sqlite3_uint64(blob.size()), SQLITE_STATIC));
    return *this;
}

Statement& Statement::bind(int index, Bytes&& blob)
{
    if (ok())
        check(sqlite3_bind_blob64(
            m_statement, index, blob.constData(), sqlite3_uint64(blob.size()), SQLITE_TRANSIENT));
    return *this;
}

Statement& Statement::bind(int index, QStringView text)
{
    const QByteArray utf8 = text.toUtf8();
    if (ok())
        check(sqlite3_bind_text64(m_statement, index, utf8.constData(), sqlite3_uint64(utf8.size()),
            SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Statement& Statement::bindText(int index, BytesView utf8)
{
    if (ok())
        check(sqlite3_bind_text64(m_statement, index, utf8.isEmpty() ? "" : utf8.data(),
            sqlite3_uint64(utf8.size()), SQLITE_STATIC, SQLITE_UTF8));
    return *this;
}

bool Statement::next()
{
    if (!ok())
        return false;
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW) {
        if (const Status pages = m_connection->checkPagesRead(); !pages)
            m_error = pages.error();
        return ok();
    }
    if (code != SQLITE_DONE)
        failed(code);
    return false;
}

Status Statement::run()
{
    while (next()) { }
    if (!ok())
        return status();
    reset();
    return {};
}

void Statement::reset()
{
    if (m_statement)
        sqlite3_reset(m_statement); // its answer repeats the error of the last step
}

qint64 Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

double Statement::number(int column) const
{
    return sqlite3_column_double(m_statement, column);
}

BytesView Statement::blob(int column) const
{
    const void* data = sqlite3_column_blob(m_statement, column);
    return BytesView(
        static_cast<const char*>(data), data ? sqlite3_column_bytes(m_statement, column) : 0);
}

BytesView Statement::utf8(int column) const
{
    const void* data = sqlite3_column_text(m_statement, column);
    return BytesView(
        static_cast<const char*>(data), data ? sqlite3_column_bytes(m_statement, column) : 0);
}

QString Statement::text(int column) const
{
    return QString::fromUtf8(utf8(column));
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

} // namespace Waymark

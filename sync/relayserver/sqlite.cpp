// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/relayserver/sqlite.h"

namespace Waymark::Relay::Sqlite {

Error errorOf(int code, const char* doing)
{
    const QString detail = QStringLiteral("%1: %2 (%3)")
                               .arg(QLatin1String(doing), QLatin1String(sqlite3_errstr(code)))
                               .arg(code);
    switch (code & 0xff) {
    case SQLITE_FULL:
        return {ErrorCode::DiskFull, detail};
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return {ErrorCode::DiskReadOnly, detail};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return {ErrorCode::RelayStoreDamaged, detail};
    default:
        return {ErrorCode::DiskFailed, detail};
    }
}

Connection::~Connection()
{
    sqlite3_close_v2(m_db);
}

Connection& Connection::operator=(Connection&& other) noexcept
{
    std::swap(m_db, other.m_db);
    return *this;
}

Result<Connection> Connection::open(const QString& path, int flags)
{
    Connection out;
    const int code = sqlite3_open_v2(path.toUtf8().constData(), &out.m_db,
        flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    if (code != SQLITE_OK)
        return errorOf(code, "open");
    return out;
}

Status Connection::run(const char* sql)
{
    const int code = sqlite3_exec(m_db, sql, nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? Status() : Status(errorOf(code, sql));
}

Result<qint64> Connection::number(const char* sql)
{
    auto statement = Statement::prepare(*this, sql);
    if (!statement)
        return statement.error();
    const int code = statement->step();
    if (code != SQLITE_ROW)
        return errorOf(code, sql);
    return statement->number(0);
}

Result<Bytes> Connection::text(const char* sql)
{
    auto statement = Statement::prepare(*this, sql);
    if (!statement)
        return statement.error();
    const int code = statement->step();
    if (code != SQLITE_ROW)
        return errorOf(code, sql);
    return statement->bytes(0).toByteArray();
}

sqlite3_file* Connection::file(int which) const
{
    sqlite3_file* out = nullptr;
    const int code = sqlite3_file_control(m_db, "main", which, &out);
    return code == SQLITE_OK && out && out->pMethods ? out : nullptr;
}

Result<Statement> Statement::prepare(const Connection& connection, const char* sql)
{
    Statement out;
    const int code = sqlite3_prepare_v3(
        connection.handle(), sql, -1, SQLITE_PREPARE_PERSISTENT, &out.m_statement, nullptr);
    if (code != SQLITE_OK)
        return errorOf(code, sql);
    return out;
}

Statement& Statement::bind(int index, qint64 value)
{
    const int code = sqlite3_bind_int64(m_statement, index, value);
    Q_ASSERT(code == SQLITE_OK);
    Q_UNUSED(code)
    return *this;
}

Statement& Statement::bind(int index, BytesView value)
{
    // A null pointer would bind NULL where empty bytes are meant.
    const char* const data = value.data() ? value.data() : "";
    const int code
        = sqlite3_bind_blob64(m_statement, index, data, quint64(value.size()), SQLITE_STATIC);
    Q_ASSERT(code == SQLITE_OK);
    Q_UNUSED(code)
    return *this;
}

int Statement::run()
{
    const int stepped = sqlite3_step(m_statement);
    sqlite3_reset(m_statement);
    return stepped == SQLITE_DONE || stepped == SQLITE_ROW ? SQLITE_OK : stepped;
}

BytesView Statement::bytes(int column) const
{
    const void* const data = sqlite3_column_blob(m_statement, column);
    return BytesView(static_cast<const char*>(data), sqlite3_column_bytes(m_statement, column));
}

} // namespace Waymark::Relay::Sqlite

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/bytes.h"
#include "app/core/result.h"

#include <QString>

#include <optional>

struct sqlite3;
struct sqlite3_stmt;

namespace Waymark {

class Connection;

/// One use of a prepared statement of a Connection, on the database thread only. It comes from the
/// connection's cache and goes back there, reset and with nothing bound, when it is destroyed; it
/// must not outlive the connection or the transaction it was made in.
///
/// The first error sticks: binding and stepping after it do nothing, and status() tells it. So a
/// caller may bind, step and read, and look at the status once, at the end.
///
/// Bound views are not copied: what they show must live until the statement is done. Bytes given
/// as a temporary are copied.
class Statement
{
public:
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    // Parameters count from 1.
    Statement& bind(int index, qint64 value);
    Statement& bind(int index, int value) { return bind(index, qint64(value)); }
    Statement& bind(int index, quint64 value) { return bind(index, qint64(value)); }
    Statement& bind(int index, bool value) { return bind(index, qint64(value)); }
    Statement& bind(int index, double value);
    Statement& bind(int index, std::nullptr_t);
    Statement& bind(int index, BytesView blob); ///< an empty view is an empty blob, not null
    Statement& bind(int index, const Bytes& blob) { return bind(index, BytesView(blob)); }
    Statement& bind(int index, Bytes&& blob); ///< copied
    Statement& bind(int index, QStringView text); ///< as UTF-8, copied
    Statement& bind(int index, const QString& text) { return bind(index, QStringView(text)); }
    Statement& bind(int index, const char* text) = delete; ///< bindText or a QStringView
    Statement& bindText(int index, BytesView utf8); ///< text that is UTF-8 already

    template <typename Tag, std::size_t N>
    Statement& bind(int index, const FixedBytes<Tag, N>& id)
    {
        return bind(index, id.view());
    }
    template <typename Tag, std::size_t N>
    Statement& bind(int index, FixedBytes<Tag, N>&& id)
    {
        return bind(index, id.bytes());
    }
    template <typename T>
    Statement& bind(int index, const std::optional<T>& value)
    {
        return value ? bind(index, *value) : bind(index, nullptr);
    }
    /// Binds the values to the parameters 1, 2, …
    template <typename... Values>
    Statement& bindAll(const Values&... values)
    {
        int index = 0;
        (bind(++index, values), ...);
        return *this;
    }

    /// Steps to the next row. False at the end and after an error.
    [[nodiscard]] bool next();
    /// Runs a statement that gives no rows, and makes it ready to be bound and run again.
    Status run();
    /// Makes it ready to run again; what is bound stays.
    void reset();

    // Columns count from 0 and are read after next() gave true. Views are valid until the next
    // step, reset or reading of the same column as another type.
    [[nodiscard]] qint64 integer(int column) const;
    [[nodiscard]] bool boolean(int column) const { return integer(column) != 0; }
    [[nodiscard]] double number(int column) const;
    [[nodiscard]] BytesView blob(int column) const;
    [[nodiscard]] Bytes bytes(int column) const { return blob(column).toByteArray(); }
    [[nodiscard]] BytesView utf8(int column) const;
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] bool isNull(int column) const;
    /// A blob of exactly the id's size; another size is VaultDatabaseDamaged, and gives zeros.
    template <typename Id>
    [[nodiscard]] Id id(int column)
    {
        const auto found = Id::fromBytes(blob(column));
        if (!found)
            failedColumn(column);
        return found.value_or(Id{});
    }

    [[nodiscard]] bool ok() const { return !m_error; }
    [[nodiscard]] Status status() const { return m_error ? Status(*m_error) : Status(); }

private:
    friend class Connection;
    struct Prepared; ///< a compiled statement and whether somebody uses it
    Statement(Connection& connection, Prepared* prepared, bool cached);
    Statement(Connection& connection, Error error);
    void failed(int code);
    void failedColumn(int column);
    void check(int code)
    {
        if (code != 0)
            failed(code);
    }

    Connection* m_connection;
    Prepared* m_prepared = nullptr;
    sqlite3_stmt* m_statement = nullptr;
    bool m_cached = false;
    std::optional<Error> m_error;
};

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/stores.h"
#include "storage/connection.h"

namespace Waymark {

/// The full-text index (SQLite's FTS5). It follows the entries by the rows of `stale` that each
/// change writes in its transaction. Database thread, outside transactions.
class SearchIndex
{
public:
    explicit SearchIndex(Connection& connection) : m_connection(connection) { }
    /// Takes in what changed, newest first, in small transactions, for at most so long.
    Status level(int milliseconds);
    [[nodiscard]] Result<int> unread();
    Result<SearchAnswer> search(const QString& query, int limit);

    /// Entries brought level before a search answers; beyond, the answer says how many are not.
    static constexpr int kLevelAtMost = 500;

private:
    Status levelSome(int count, int* done);

    Connection& m_connection;
};

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/stores.h"
#include "storage/spacework.h"

namespace Waymark {

/// Reads logs again from the first operation: chains, bodies, signatures, and what they merge to.
/// Database thread.
class LogCheck
{
public:
    explicit LogCheck(Connection& connection) : m_connection(connection) { }
    /// Chains, bodies and kept signatures of every log.
    Status checkLogs(VerifyReport& report);
    /// Merges every operation anew in memory and compares with the tables.
    Status compareStates(VerifyReport& report);
    /// Empties the tables that follow from the logs, and fills them again. Inside a transaction.
    Result<qint64> rebuild();

private:
    using Visit = std::function<Status(const LogRow&, const ParsedOperation&, const Version& past)>;
    Status checkLog(LogStore& logs, const LogRow& log, VerifyReport& report);
    /// Every operation of a space in ascending (lamport, log name), with its causal past.
    Status replay(LogStore& logs, const Visit& visit);
    Status compareSpace(LogStore& logs, VerifyReport& report);
    /// What the tables of a space hold beside what its log makes.
    Status compareRows(LogStore& logs, StoredStates& fresh, VerifyReport& report);
    Result<qint64> rebuildSpace(const SpaceRow& space);

    Connection& m_connection;
};

} // namespace Waymark

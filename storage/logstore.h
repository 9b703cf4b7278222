// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/merge.h"
#include "storage/connection.h"

#include <map>

namespace Waymark {

/// A space's row.
struct SpaceRow
{
    qint64 id = 0;
    SpaceId sid;
    DeviceId creator;
    bool isPrivate = false;
};

/// A log as stored: what one device wrote in one space, up to `seq`.
struct LogRow
{
    LogId id = 0;
    LogName name;
    PersonId person;
    SigningKey signing;
    quint64 seq = 0;
    quint64 lamport = 0;
    std::optional<Hash> head; ///< hash of the newest header
    Version version; ///< the causal past of the newest operation, and itself
    qint64 unsignedBytes = 0; ///< since the last signature kept for good
    QString stopped;
};

/// The logs of one space and their operations. Lives inside one transaction on the database thread.
class LogStore
{
public:
    [[nodiscard]] static Result<QList<SpaceRow>> spaces(Connection& connection);
    [[nodiscard]] static Result<std::optional<SpaceRow>> space(
        Connection& connection, const SpaceId& sid);
    [[nodiscard]] static Result<SpaceRow> addSpace(
        Connection& connection, const SpaceId& sid, const DeviceId& creator, bool isPrivate);

    [[nodiscard]] static Result<LogStore> load(Connection& connection, const SpaceRow& space);

    [[nodiscard]] const SpaceRow& space() const { return m_space; }
    [[nodiscard]] const std::map<LogId, LogRow>& logs() const { return m_logs; }
    /// Null where there is none.
    [[nodiscard]] LogRow* find(const LogName& name);
    [[nodiscard]] LogRow* find(LogId id);
    Result<LogRow*> add(const LogName& name, const PersonId& person, const SigningKey& signing);

    /// Appends an operation whose place was checked, and its causal past with itself. Which
    /// signatures are kept is decided here; `signature` may be absent for other people's logs.
    Status append(LogRow& log, const Operation& operation, const OperationHeader& header,
        const Hash& name, const Version& version);
    [[nodiscard]] Result<Operation> read(LogId log, quint64 seq);
    /// The operations from this place on without their signatures, until they have so many bytes;
    /// one where it is larger.
    [[nodiscard]] Result<std::vector<Operation>> readSome(LogId log, quint64 from, qsizetype bytes);
    [[nodiscard]] Result<std::optional<Hash>> hashAt(LogId log, quint64 seq);
    /// The causal past of an operation, and itself.
    [[nodiscard]] Result<Version> versionAt(LogId log, quint64 seq);
    Status stop(LogRow& log, const QString& why);
    /// Keeps what shows why nothing more of a log is taken in, once.
    Status setAside(const DeviceId& device, BytesView operation, const QString& why);

    [[nodiscard]] Connection& connection() { return *m_connection; }

private:
    LogStore(Connection& connection, SpaceRow space)
        : m_connection(&connection), m_space(std::move(space))
    {
    }
    Status keepSignature(LogRow& log, const Operation& operation, quint64 seq);

    Connection* m_connection;
    SpaceRow m_space;
    std::map<LogId, LogRow> m_logs;
};

/// The number under which an operation is stored.
[[nodiscard]] constexpr qint64 operationKey(LogId log, quint64 seq)
{
    return qint64((quint64(log) << 40) | seq);
}

} // namespace Waymark

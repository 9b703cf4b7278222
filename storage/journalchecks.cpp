// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of JournalStore that looks after the log itself.
#include "storage/journalstore_p.h"
#include "storage/logcheck.h"

namespace Waymark {

QFuture<Result<QList<LogInfo>>> JournalStore::logs()
{
    return onDatabase<Result<QList<LogInfo>>>([](Connection& connection) -> Result<QList<LogInfo>> {
        auto spaces = LogStore::spaces(connection);
        if (!spaces)
            return spaces.error();
        QList<LogInfo> out;
        for (const SpaceRow& space : *spaces) {
            auto logs = LogStore::load(connection, space);
            if (!logs)
                return logs.error();
            for (const auto& [id, log] : logs->logs())
                out.append({space.sid, log.name.bytes(), log.person, log.seq, log.lamport,
                    log.head.value_or(Hash()), log.stopped});
        }
        return out;
    });
}

QFuture<Result<VerifyReport>> JournalStore::check()
{
    return onDatabase<Result<VerifyReport>>([](Connection& connection) -> Result<VerifyReport> {
        VerifyReport report;
        if (Status status = LogCheck(connection).checkLogs(report); !status)
            return status.error();
        return report;
    });
}

QFuture<Result<VerifyReport>> JournalStore::verify()
{
    return onDatabase<Result<VerifyReport>>([](Connection& connection) -> Result<VerifyReport> {
        VerifyReport report;
        if (Status status = connection.checkpoint(Connection::Checkpoint::Truncate); !status)
            return status.error();
        auto pages = connection.checkPages();
        if (!pages)
            return pages.error();
        for (const QString& problem : *pages)
            report.problems.append(problem);
        if (!report.problems.isEmpty())
            return report; // what cannot be read cannot be compared
        LogCheck check(connection);
        if (Status status = check.checkLogs(report); !status)
            return status.error();
        if (!report.problems.isEmpty())
            return report;
        if (Status status = check.compareStates(report); !status)
            return status.error();
        return report;
    });
}

QFuture<Result<qint64>> JournalStore::rebuild()
{
    return onDatabase<Result<qint64>>([this](Connection& connection) -> Result<qint64> {
        Transaction commit(connection);
        if (!commit.begun())
            return commit.begun().error();
        auto count = LogCheck(connection).rebuild();
        if (!count)
            return count;
        if (Status status = commit.commit(); !status)
            return status.error();
        ChangeSet changes;
        changes.local = true;
        Q_EMIT m_notifier.changed(changes);
        return count;
    });
}

} // namespace Waymark

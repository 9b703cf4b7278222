// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logcheck.h"

namespace Waymark {

namespace {

constexpr int kRebuildStep = 1000;
constexpr qsizetype kReadAhead = 256 * 1024; ///< bytes of operations of one log

QString placeOf(const LogRow& log, quint64 seq)
{
    return QStringLiteral("operation %1 of log %2")
        .arg(seq)
        .arg(QString::fromLatin1(log.name.bytes().left(4).toHex()));
}

void applyTo(
    StoredStates& states, const LogRow& log, const ParsedOperation& operation, const Version& past)
{
    // The member may be made by this very operation: a genesis.
    const MemberFacts* member = states.facts().member(log.person);
    const OperationContext context{
        operation, log.id, log.name, past, log.person, member ? member->role : Role::Peer};
    const MergeEffects effects = applyOperation(states, context);
    Q_UNUSED(effects)
}

/// The causal past that an operation's header states.
Result<Version> statedPast(LogStore& logs, const LogRow& log, const OperationHeader& header)
{
    Version past;
    if (header.seq > 1) {
        auto before = logs.versionAt(log.id, header.seq - 1);
        if (!before)
            return before.error();
        past = std::move(*before);
    }
    for (const Dep& dep : header.deps) {
        const LogRow* other = logs.find(LogName(dep.device));
        auto seen = other ? logs.versionAt(other->id, dep.seq) : Result<Version>(Version());
        if (!seen)
            return seen.error();
        past.merge(*seen);
    }
    return past;
}

} // namespace

Status LogCheck::checkLog(LogStore& logs, const LogRow& log, VerifyReport& report)
{
    std::optional<Hash> previous;
    bool signedTail = log.seq == 0;
    Statement rows = m_connection.statement(
        "SELECT op.id, header, body, signature FROM op LEFT JOIN sig ON sig.op = op.id WHERE op.id "
        "BETWEEN ? AND ? ORDER BY op.id");
    rows.bindAll(operationKey(log.id, 1), operationKey(log.id, (quint64(1) << 40) - 1));
    quint64 seq = 0;
    while (rows.next()) {
        ++seq;
        ++report.operations;
        Operation operation{rows.bytes(1), {}, rows.bytes(2)};
        if (!rows.isNull(3))
            operation.signature = rows.id<Signature>(3);
        const auto parsed = parse(operation);
        const auto stored = quint64(rows.integer(0)) & ((quint64(1) << 40) - 1);
        if (!parsed || stored != seq || parsed->header.seq != seq || parsed->header.prev != previous
            || parsed->header.space != logs.space().sid
            || parsed->header.device != log.name.device()) {
            report.problems.append(
                QStringLiteral("%1 is not what was signed").arg(placeOf(log, seq)));
            return {};
        }
        previous = parsed->name;
        signedTail = operation.signature.has_value();
        if (!operation.signature)
            continue;
        ++report.signaturesChecked;
        if (!Waymark::verify(log.signing, "op", {operation.header}, *operation.signature))
            report.problems.append(
                QStringLiteral("%1 has a wrong signature").arg(placeOf(log, seq)));
    }
    if (!rows.ok())
        return rows.status();
    if (seq != log.seq || previous != log.head)
        report.problems.append(QStringLiteral("the log %1 does not end where it should")
                                   .arg(QString::fromLatin1(log.name.bytes().left(4).toHex())));
    if (!signedTail)
        report.problems.append(QStringLiteral("%1 is not signed").arg(placeOf(log, seq)));
    return {};
}

Status LogCheck::checkLogs(VerifyReport& report)
{
    auto spaces = LogStore::spaces(m_connection);
    if (!spaces)
        return spaces.error();
    for (const SpaceRow& space : *spaces) {
        auto logs = LogStore::load(m_connection, space);
        if (!logs)
            return logs.error();
        for (const auto& [id, log] : logs->logs()) {
            if (Status status = checkLog(*logs, log, report); !status)
                return status;
        }
    }
    return {};
}

Status LogCheck::replay(LogStore& logs, const Visit& visit)
{
    struct Cursor
    {
        const LogRow* log;
        quint64 seq = 1;
        std::vector<Operation> ahead; ///< read together: they stand together on disk
        std::size_t used = 0; ///< of those
        std::optional<ParsedOperation> next;
    };
    std::vector<Cursor> cursors;
    for (const auto& [id, log] : logs.logs())
        cursors.push_back({&log, 1, {}, 0, {}});
    for (;;) {
        Cursor* first = nullptr;
        for (Cursor& each : cursors) {
            if (!each.next && each.seq <= each.log->seq) {
                if (each.used == each.ahead.size()) {
                    auto some = logs.readSome(each.log->id, each.seq, kReadAhead);
                    if (!some)
                        return some.error();
                    each.ahead = std::move(*some);
                    each.used = 0;
                }
                auto parsed = parse(each.ahead[each.used++]);
                if (!parsed)
                    return {ErrorCode::VaultDatabaseDamaged, placeOf(*each.log, each.seq)};
                each.next = std::move(*parsed);
            }
            if (!each.next)
                continue;
            const auto key
                = [](const Cursor& c) { return std::pair(c.next->header.lamport, c.log->name); };
            if (!first || key(each) < key(*first))
                first = &each;
        }
        if (!first)
            return {};
        auto version = logs.versionAt(first->log->id, first->seq);
        if (!version)
            return version.error();
        // Itself stands in its version; its past is what came before.
        Version past;
        for (const auto& [log, seq] : version->items())
            past.raise(log, log == first->log->id ? first->seq - 1 : seq);
        if (Status status = visit(*first->log, *first->next, past); !status)
            return status;
        first->next.reset();
        ++first->seq;
    }
}

Status LogCheck::compareSpace(LogStore& logs, VerifyReport& report)
{
    StoredStates fresh(logs, false);
    if (Status status = replay(logs,
            [&](const LogRow& log, const ParsedOperation& operation,
                const Version& past) -> Status {
                auto stated = statedPast(logs, log, operation.header);
                if (!stated)
                    return stated.error();
                if (*stated != past)
                    report.problems.append(
                        QStringLiteral("the causal past of %1 is not what it says")
                            .arg(placeOf(log, operation.header.seq)));
                applyTo(fresh, log, operation, past);
                return {};
            });
        !status)
        return status;
    return compareRows(logs, fresh, report);
}

Status LogCheck::compareRows(LogStore& logs, StoredStates& fresh, VerifyReport& report)
{
    // Equal states have equal bytes, so nothing stored needs to be decoded.
    StoredStates stored(logs);
    qint64 rows = 0;
    qint64 same = 0;
    qint64 chunks = 0;
    const Status read
        = stored.visitRows([&](const EntryId& id, const StoredStates::StoredRow& found) {
              ++rows;
              EntryState* expected = fresh.find(id);
              const std::vector<Bytes> history
                  = expected ? expected->takeHistoryChunks() : std::vector<Bytes>();
              chunks += qint64(history.size());
              if (!expected || found.state != expected->encode()
                  || (!history.empty() && history != stored.storedHistory(found.row))
                  || found.columns != columnsOf(fresh, *expected))
                  return;
              for (const Bytes& field : expected->texts) {
                  if (fresh.text(*expected, field).encode() != stored.storedText(found.row, field))
                      return;
              }
              for (const Bytes& list : expected->orders) {
                  if (fresh.list(*expected, list).encode() != stored.storedList(found.row, list))
                      return;
              }
              ++same;
          });
    if (!read)
        return read;
    const auto parts = m_connection.oneInteger(
        "SELECT count(*) FROM hist WHERE entry IN (SELECT id FROM entry WHERE space = ?)",
        logs.space().id);
    if (!parts)
        return parts.error();
    if (*parts != chunks)
        report.problems.append(QStringLiteral("the histories are not as long as in the log"));
    const auto made = fresh.loaded();
    if (rows != made)
        report.problems.append(
            QStringLiteral("the tables hold %1 entries, the log makes %2").arg(rows).arg(made));
    if (same != made)
        report.problems.append(
            QStringLiteral("%1 entries differ from what the log makes of them").arg(made - same));
    return stored.status();
}

Status LogCheck::compareStates(VerifyReport& report)
{
    auto spaces = LogStore::spaces(m_connection);
    if (!spaces)
        return spaces.error();
    for (const SpaceRow& space : *spaces) {
        auto logs = LogStore::load(m_connection, space);
        if (!logs)
            return logs.error();
        if (Status status = compareSpace(*logs, report); !status)
            return status;
    }
    return {};
}

Result<qint64> LogCheck::rebuildSpace(const SpaceRow& space)
{
    auto logs = LogStore::load(m_connection, space);
    if (!logs)
        return logs.error();
    StoredStates states(*logs);
    qint64 count = 0;
    Status status = replay(*logs,
        [&](const LogRow& log, const ParsedOperation& operation, const Version& past) -> Status {
            applyTo(states, log, operation, past);
            if (++count % kRebuildStep != 0)
                return {};
            if (auto saved = states.save(); !saved)
                return saved.error();
            states.forget();
            return {};
        });
    if (!status)
        return status.error();
    if (auto saved = states.save(); !saved)
        return saved.error();
    return count;
}

Result<qint64> LogCheck::rebuild()
{
    for (const char* sql :
        {"DELETE FROM member", "DELETE FROM entry", "DELETE FROM body", "DELETE FROM ordering",
            "DELETE FROM hist", "DELETE FROM stale", "DELETE FROM search"}) {
        if (Status status = m_connection.run(sql); !status)
            return status.error();
    }
    auto spaces = LogStore::spaces(m_connection);
    if (!spaces)
        return spaces.error();
    qint64 count = 0;
    for (const SpaceRow& space : *spaces) {
        auto done = rebuildSpace(space);
        if (!done)
            return done.error();
        count += *done;
    }
    return count;
}

} // namespace Waymark

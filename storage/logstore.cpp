// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logstore.h"

#include "app/core/cbor.h"

namespace Waymark {

namespace {

constexpr quint64 kSignedEvery = 64;
constexpr qint64 kLargeOperation = 32 * 1024;
constexpr qint64 kMaxUnsigned = 28 * 1024;
constexpr quint64 kMaxSeq = (quint64(1) << 40) - 1;

Error damaged(const char* what)
{
    return {ErrorCode::VaultDatabaseDamaged, QLatin1String(what)};
}

Bytes encodeVersion(const Version& version)
{
    Cbor::Writer out;
    out.array(2 * version.items().size());
    for (const auto& [log, seq] : version.items())
        out.integer(log).integer(qint64(seq));
    return out.take();
}

Version decodeVersion(BytesView encoded, bool* ok)
{
    Cbor::Reader in(encoded);
    Version out;
    for (quint64 left = in.array(1 << 16); in.ok() && left >= 2; left -= 2) {
        const auto log = LogId(in.integer(0, std::numeric_limits<LogId>::max()));
        out.raise(log, quint64(in.integer(0, kMaxInteger)));
    }
    *ok = in.finished();
    return out;
}

SpaceRow spaceRow(Statement& row)
{
    return {row.integer(0), row.id<SpaceId>(1), row.id<DeviceId>(2), row.boolean(3)};
}

} // namespace

Result<QList<SpaceRow>> LogStore::spaces(Connection& connection)
{
    Statement rows
        = connection.statement("SELECT id, sid, creator, private FROM space ORDER BY id");
    QList<SpaceRow> out;
    while (rows.next())
        out.append(spaceRow(rows));
    if (!rows.ok())
        return rows.status().error();
    return out;
}

Result<std::optional<SpaceRow>> LogStore::space(Connection& connection, const SpaceId& sid)
{
    Statement rows
        = connection.statement("SELECT id, sid, creator, private FROM space WHERE sid = ?");
    rows.bindAll(sid);
    std::optional<SpaceRow> out;
    if (rows.next())
        out = spaceRow(rows);
    if (!rows.ok())
        return rows.status().error();
    return out;
}

Result<SpaceRow> LogStore::addSpace(
    Connection& connection, const SpaceId& sid, const DeviceId& creator, bool isPrivate)
{
    if (Status status = connection.run(
            "INSERT INTO space(sid, creator, private) VALUES(?, ?, ?)", sid, creator, isPrivate);
        !status)
        return status.error();
    return SpaceRow{connection.lastInsertId(), sid, creator, isPrivate};
}

Result<LogStore> LogStore::load(Connection& connection, const SpaceRow& space)
{
    LogStore out(connection, space);
    Statement rows = connection.statement("SELECT id, name, person, signing, seq, lamport, head, "
                                          "version, unsigned, stopped FROM log WHERE space = ?");
    rows.bindAll(space.id);
    bool ok = true;
    while (rows.next() && ok) {
        LogRow log;
        log.id = LogId(rows.integer(0));
        const auto name = LogName::fromBytes(rows.blob(1));
        if (!name)
            return damaged("log name");
        log.name = *name;
        log.person = rows.id<PersonId>(2);
        log.signing = rows.id<SigningKey>(3);
        log.seq = quint64(rows.integer(4));
        log.lamport = quint64(rows.integer(5));
        if (!rows.isNull(6))
            log.head = rows.id<Hash>(6);
        log.version = decodeVersion(rows.blob(7), &ok);
        log.unsignedBytes = rows.integer(8);
        log.stopped = rows.text(9);
        out.m_logs.emplace(log.id, std::move(log));
    }
    if (!rows.ok())
        return rows.status().error();
    if (!ok)
        return damaged("log version");
    return out;
}

LogRow* LogStore::find(const LogName& name)
{
    for (auto& [id, log] : m_logs) {
        if (log.name == name)
            return &log;
    }
    return nullptr;
}

LogRow* LogStore::find(LogId id)
{
    const auto found = m_logs.find(id);
    return found == m_logs.end() ? nullptr : &found->second;
}

Result<LogRow*> LogStore::add(
    const LogName& name, const PersonId& person, const SigningKey& signing)
{
    if (Status status
        = m_connection->run("INSERT INTO log(space, name, person, signing) VALUES(?, ?, ?, ?)",
            m_space.id, name.bytes(), person, signing);
        !status)
        return status.error();
    LogRow log;
    log.id = LogId(m_connection->lastInsertId());
    log.name = name;
    log.person = person;
    log.signing = signing;
    return &m_logs.emplace(log.id, std::move(log)).first->second;
}

Status LogStore::append(LogRow& log, const Operation& operation, const OperationHeader& header,
    const Hash& name, const Version& version)
{
    const quint64 seq = header.seq;
    if (Status status = m_connection->run("INSERT INTO op(id, header, body) VALUES(?, ?, ?)",
            operationKey(log.id, seq), operation.header, operation.body);
        !status)
        return status;
    if (Status status = keepSignature(log, operation, seq); !status)
        return status;
    for (const auto& [other, seen] : version.items()) {
        if (other == log.id || log.version.covers(other, seen))
            continue;
        if (Status status
            = m_connection->run("INSERT INTO dep(on_log, log, seq, seen) VALUES(?, ?, ?, ?)",
                qint64(other), qint64(log.id), seq, seen);
            !status)
            return status;
    }
    log.seq = seq;
    log.lamport = header.lamport;
    log.head = name;
    log.version = version;
    log.version.raise(log.id, seq);
    return m_connection->run("UPDATE log SET seq = ?, lamport = ?, head = ?, version = ?, "
                             "unsigned = ? WHERE id = ?",
        log.seq, log.lamport, *log.head, encodeVersion(log.version), log.unsignedBytes,
        qint64(log.id));
}

Status LogStore::keepSignature(LogRow& log, const Operation& operation, quint64 seq)
{
    // Kept for good: multiples of 64, large operations and the one before each, and so many more
    // that little lies between two. The newest is kept until the next one makes it needless.
    const qint64 size = operation.header.size() + operation.body.size();
    const bool large = size > kLargeOperation;
    const bool previousForGood = log.unsignedBytes == 0 || large;
    if (operation.signature && seq > 1 && !previousForGood) {
        if (Status status
            = m_connection->run("DELETE FROM sig WHERE op = ?", operationKey(log.id, seq - 1));
            !status)
            return status;
    }
    if (!operation.signature) {
        log.unsignedBytes += size;
        return {};
    }
    const bool forGood
        = seq % kSignedEvery == 0 || large || log.unsignedBytes + size > kMaxUnsigned;
    log.unsignedBytes = forGood ? 0 : log.unsignedBytes + size;
    return m_connection->run("INSERT INTO sig(op, signature) VALUES(?, ?)",
        operationKey(log.id, seq), *operation.signature);
}

Result<Operation> LogStore::read(LogId log, quint64 seq)
{
    Statement row = m_connection->statement("SELECT header, body, (SELECT signature FROM sig WHERE "
                                            "op = op.id) FROM op WHERE id = ?");
    row.bindAll(operationKey(log, seq));
    Operation out;
    const bool found = row.next();
    if (found) {
        out.header = row.bytes(0);
        out.body = row.bytes(1);
        if (!row.isNull(2))
            out.signature = row.id<Signature>(2);
    }
    if (!row.ok())
        return row.status().error();
    if (!found)
        return Error{ErrorCode::NotFound, QStringLiteral("operation")};
    return out;
}

Result<std::vector<Operation>> LogStore::readSome(LogId log, quint64 from, qsizetype bytes)
{
    Statement rows = m_connection->statement(
        "SELECT id, header, body FROM op WHERE id BETWEEN ? AND ? ORDER BY id");
    rows.bindAll(operationKey(log, from), operationKey(log, kMaxSeq));
    std::vector<Operation> out;
    for (qsizetype read = 0; read < bytes && rows.next();) {
        // One that is missing ends what can be read.
        if (rows.integer(0) != operationKey(log, from + out.size()))
            break;
        out.push_back({rows.bytes(1), {}, rows.bytes(2)});
        read += out.back().header.size() + out.back().body.size();
    }
    if (!rows.ok())
        return rows.status().error();
    if (out.empty())
        return Error{ErrorCode::NotFound, QStringLiteral("operation")};
    return out;
}

Result<std::optional<Hash>> LogStore::hashAt(LogId log, quint64 seq)
{
    const LogRow* row = find(log);
    if (!row || seq == 0 || seq > row->seq)
        return std::optional<Hash>();
    if (seq == row->seq)
        return row->head;
    auto header
        = m_connection->oneBlob("SELECT header FROM op WHERE id = ?", operationKey(log, seq));
    if (!header)
        return header.error();
    return *header ? std::optional(headerHash(**header)) : std::nullopt;
}

Result<Version> LogStore::versionAt(LogId log, quint64 seq)
{
    const LogRow* row = find(log);
    if (row && seq >= row->seq)
        return row->version;
    Version out;
    out.raise(log, seq);
    for (const auto& [other, otherRow] : m_logs) {
        if (other == log)
            continue;
        auto seen = m_connection->oneInteger("SELECT seen FROM dep WHERE on_log = ? AND log = ? "
                                             "AND seq <= ? ORDER BY seq DESC LIMIT 1",
            qint64(other), qint64(log), seq);
        if (!seen)
            return seen.error();
        out.raise(other, quint64(seen->value_or(0)));
    }
    return out;
}

Status LogStore::stop(LogRow& log, const QString& why)
{
    log.stopped = why;
    return m_connection->run("UPDATE log SET stopped = ? WHERE id = ?", why, qint64(log.id));
}

Status LogStore::setAside(const DeviceId& device, BytesView operation, const QString& why)
{
    return m_connection->run(
        "INSERT OR IGNORE INTO aside(space, device, op, why) VALUES(?, ?, ?, ?)", m_space.id,
        device, operation, why);
}

} // namespace Waymark

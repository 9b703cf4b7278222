// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/storedtransaction.h"

#include "storage/journalstore_p.h"

namespace Waymark {

Result<QList<Space>> spacesOf(JournalTransaction& journal); // journalreads.cpp

Result<std::optional<Bytes>> StoredTransaction::get(const char* kind, BytesView key)
{
    return m_journal.connection().oneBlob(
        "SELECT value FROM record WHERE kind = ? AND key = ?", QString::fromLatin1(kind), key);
}

Status StoredTransaction::put(const char* kind, BytesView key, BytesView value)
{
    m_journal.touchedLocal();
    return m_journal.connection().run(
        "INSERT OR REPLACE INTO record(kind, key, value) VALUES(?, ?, ?)",
        QString::fromLatin1(kind), key, value);
}

Status StoredTransaction::remove(const char* kind, BytesView key)
{
    m_journal.touchedLocal();
    return m_journal.connection().run(
        "DELETE FROM record WHERE kind = ? AND key = ?", QString::fromLatin1(kind), key);
}

Result<QList<std::pair<Bytes, Bytes>>> StoredTransaction::all(const char* kind, BytesView prefix)
{
    Statement rows = m_journal.connection().statement(
        "SELECT key, value FROM record WHERE kind = ? AND key >= ? ORDER BY key");
    rows.bindAll(QString::fromLatin1(kind), prefix);
    QList<std::pair<Bytes, Bytes>> out;
    while (rows.next()) {
        if (!rows.blob(0).startsWith(prefix))
            break;
        out.append({rows.bytes(0), rows.bytes(1)});
    }
    if (!rows.ok())
        return rows.status().error();
    return out;
}

Result<QList<Space>> StoredTransaction::spaces()
{
    return spacesOf(m_journal);
}

Result<Bytes> StoredTransaction::genesis(const SpaceId& id)
{
    auto space = m_journal.space(id);
    if (!space)
        return space.error();
    LogStore& logs = (*space)->logs();
    const LogRow* log = logs.find(LogName(logs.space().creator));
    if (!log)
        return Error{ErrorCode::NotFound, QStringLiteral("genesis")};
    auto operation = logs.read(log->id, 1);
    if (!operation)
        return operation.error();
    if (!operation->signature && log->name == LogName(own().device))
        operation->signature = sign(own().signing.secret, "op", {operation->header});
    return operation->encode();
}

Result<QList<LogHead>> StoredTransaction::heads(const SpaceId& id)
{
    auto space = m_journal.space(id);
    if (!space)
        return space.error();
    QList<LogHead> out;
    for (const auto& [number, log] : (*space)->logs().logs()) {
        if (log.seq > 0)
            out.append({log.name.bytes(), log.name.device(), log.seq, *log.head});
    }
    std::sort(
        out.begin(), out.end(), [](const LogHead& a, const LogHead& b) { return a.name < b.name; });
    return out;
}

Result<QList<Bytes>> StoredTransaction::operations(
    const SpaceId& id, const DeviceId& device, quint64 from, qsizetype maxBytes)
{
    auto space = m_journal.space(id);
    if (!space)
        return space.error();
    LogStore& logs = (*space)->logs();
    const LogRow* log = logs.find(LogName(device));
    QList<Operation> run;
    qsizetype size = 0;
    for (quint64 seq = from; log && seq >= 1 && seq <= log->seq; ++seq) {
        auto operation = logs.read(log->id, seq);
        if (!operation)
            return operation.error();
        const qsizetype bytes
            = operation->header.size() + operation->body.size() + qsizetype(Signature::kSize) + 16;
        if (!run.isEmpty() && size + bytes > maxBytes)
            break;
        size += bytes;
        run.append(std::move(*operation));
    }
    // A run ends on a signature: its author makes one anew, others end where one is kept.
    if (!run.isEmpty() && !run.back().signature && device == own().device)
        run.back().signature = sign(own().signing.secret, "op", {run.back().header});
    while (!run.isEmpty() && !run.back().signature)
        run.removeLast();
    QList<Bytes> out;
    for (const Operation& each : run)
        out.append(each.encode());
    return out;
}

Result<std::optional<Hash>> StoredTransaction::hashAt(
    const SpaceId& id, const DeviceId& device, quint64 seq)
{
    auto space = m_journal.space(id);
    if (!space)
        return space.error();
    const LogRow* log = (*space)->logs().find(LogName(device));
    if (!log)
        return std::optional<Hash>();
    return (*space)->logs().hashAt(log->id, seq);
}

Result<TakenOperations> StoredTransaction::take(const SpaceId& id, const QList<Bytes>& operations)
{
    auto space = m_journal.space(id);
    if (!space)
        return space.error();
    m_journal.fromOthers();
    // What is being typed is sealed against the text that its writer saw.
    return (*space)->take(operations, [this](const EntryId& entry) -> Status {
        auto typed = m_journal.isTyped(entry);
        if (!typed)
            return typed.error();
        if (!*typed)
            return {};
        return m_journal.sealIfAllowed(entry);
    });
}

Status StoredTransaction::admit(
    const SpaceId& id, const SigningKey& identity, BytesView roster, Role role, const QString& name)
{
    auto space = m_journal.space(id);
    if (!space)
        return space.error();
    Part part{m_journal.random().id<Part::Salt>(), EntryId{personIdOf(identity).data}, "member",
        {Admission{identity, roster.toByteArray(), roleName(role).toUtf8(), name.toUtf8()}}};
    std::vector<Part> parts;
    parts.push_back(std::move(part));
    auto operation = (*space)->write(std::move(parts), m_journal.own(), m_journal.clock());
    if (!operation)
        return operation.error();
    m_journal.touched(id);
    return {};
}

Status StoredTransaction::join(const SpaceId& id, BytesView encoded)
{
    auto operation = Operation::decode(encoded);
    if (!operation)
        return operation.error();
    auto parsed = parse(*operation);
    if (!parsed)
        return parsed.error();
    auto facts = readGenesis(*parsed);
    if (!facts)
        return facts.error();
    if (facts->id != id || facts->isPrivate)
        return {ErrorCode::Refused, QStringLiteral("it is another space")};
    auto there = LogStore::space(m_journal.connection(), id);
    if (!there)
        return there.error();
    if (*there)
        return {ErrorCode::Refused, QStringLiteral("one is in it already")};
    auto space = m_journal.makeSpace(*facts);
    if (!space)
        return space.error();
    return (*space)->joinFrom(*operation, *parsed);
}

Status StoredTransaction::setProgress(
    const SpaceId& id, const DeviceId& peer, quint64 sentUpTo, quint64 receivedUpTo)
{
    auto space = LogStore::space(m_journal.connection(), id);
    if (!space)
        return space.error();
    if (!*space)
        return {ErrorCode::NotFound, QStringLiteral("space")};
    m_journal.touchedLocal();
    return m_journal.connection().run(
        "INSERT OR REPLACE INTO progress(space, peer, sent, received) VALUES(?, ?, ?, ?)",
        (*space)->id, peer, sentUpTo, receivedUpTo);
}

QFuture<Status> JournalStore::transact(std::function<Status(SyncTransaction&)> work)
{
    return writing<Status>(QStringLiteral("sync"), [work](JournalTransaction& journal) {
        StoredTransaction transaction(journal);
        return work(transaction);
    });
}

} // namespace Waymark

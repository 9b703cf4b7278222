// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/sessions.h"

#include "app/core/log.h"
#include "app/crypto/hash.h"
#include "app/domain/operation.h"

#include <QJsonArray>

namespace Waymark {

namespace {

/// Encoded operations of one message, so that their list with its heads always fits.
constexpr qsizetype kBatchBytes = kMaxAlwaysFits - 1024;
constexpr qsizetype kPieceBytes = 60'000;
constexpr qint64 kResendEveryMs = 60 * 60 * 1000;
constexpr qint64 kDayMs = 24LL * 60 * 60 * 1000;
constexpr qsizetype kMaxPieces = 32; ///< of one peer, kept until their operation is whole
constexpr quint32 kMaxPiecesOfOne = kMaxOperationBytes / kPieceBytes + 2;
static_assert(kMaxPiecesOfOne <= kMaxPieces);
constexpr qsizetype kMaxReason = 1000; ///< characters
constexpr int kTakenKept = 4000; ///< hashes of messages taken in, a peer

QString hexOf(const SpaceId& id)
{
    return QString::fromLatin1(id.hex());
}

Bytes bigEndian(quint32 number)
{
    Bytes out(4, Qt::Uninitialized);
    for (int i = 0; i < 4; ++i)
        out[i] = char(number >> (8 * (3 - i)));
    return out;
}

} // namespace

Result<std::vector<OutgoingRecord>> Sessions::outgoing(const PeerRecord& peer)
{
    return allRecords<OutgoingRecord>(m_transaction, peer.key());
}

Result<HaveMessage> Sessions::receipt(const PeerRecord& peer)
{
    auto heads = m_transaction.heads(peer.space);
    if (!heads)
        return heads.error();
    HaveMessage have;
    for (const LogHead& head : *heads)
        have.logs.push_back({head.name, head.seq, head.hash});
    have.session = peer.sessionNumber;
    have.highestNumber = peer.session.highestReceived;
    return have;
}

Status Sessions::put(PeerRecord& peer, const SessionMessage& message, quint64 from, quint64 upTo)
{
    auto wrapped = wrapContent(encodeMessage(message));
    if (!wrapped)
        return wrapped.error();
    auto step = ratchetSend(peer.session, *wrapped);
    if (!step)
        return step.error();
    peer.session = std::move(step->state);
    if (upTo > 0)
        peer.carried.emplace_back(step->number, upTo);
    if (peer.carried.size() > PeerRecord::kMaxCarried) {
        // Every second one goes; the newest stays.
        std::size_t kept = 0;
        for (std::size_t i = peer.carried.size() % 2 == 0 ? 1 : 0; i < peer.carried.size(); i += 2)
            peer.carried[kept++] = peer.carried[i];
        peer.carried.resize(kept);
    }
    OutgoingRecord record;
    record.peer = peer.key();
    record.number = step->number;
    record.id = m_random.id<MessageId>();
    record.from = from;
    record.upTo = upTo;
    record.body = std::move(step->message);
    m_transaction.announce("sending", "sent",
        {{QStringLiteral("space"), hexOf(peer.space)},
            {QStringLiteral("number"), qint64(step->number)},
            {QStringLiteral("operations"), upTo > 0 ? qint64(upTo - from + 1) : 0}});
    return keepRecord(m_transaction, record);
}

Status Sessions::packReceipt(PeerRecord& peer, bool receipts)
{
    auto have = receipt(peer);
    if (!have)
        return have.error();
    // The logs alone say whether it is a new one: a receipt calls for no receipt.
    HaveMessage logsOnly = *have;
    logsOnly.highestNumber = 0;
    const Hash hash = labelledHash("have", {encodeMessage(SessionMessage(logsOnly))});
    if (!peer.haveDue && hash == peer.lastHave)
        return {};
    const qint64 now = m_clock.nowMs();
    const bool early = now >= peer.lastHaveMs && now - peer.lastHaveMs < kReceiptEveryMs;
    if (early && !receipts)
        return {};
    if (Status status = put(peer, SessionMessage(std::move(*have)), 0, 0); !status)
        return status;
    peer.lastHave = hash;
    peer.lastHaveMs = now;
    peer.haveDue = false;
    return {};
}

Result<bool> Sessions::packLarge(
    PeerRecord& peer, const Bytes& operation, quint64 seq, std::size_t& room)
{
    auto decoded = Operation::decode(operation);
    if (!decoded)
        return decoded.error();
    const Hash name = headerHash(decoded->header);
    const auto count = quint32((operation.size() + kPieceBytes - 1) / kPieceBytes);
    for (quint32 i = 0; i < count; ++i) {
        PartMessage piece{name, i, count, operation.mid(qsizetype(i) * kPieceBytes, kPieceBytes)};
        // Only the last piece makes it whole.
        const bool last = i + 1 == count;
        if (Status status = put(peer, SessionMessage(std::move(piece)), seq, last ? seq : 0);
            !status)
            return status.error();
        room = room > 0 ? room - 1 : 0;
    }
    return true;
}

bool Sessions::mayRepair(PeerRecord& peer) const
{
    const qint64 now = m_clock.nowMs();
    if (now < peer.repairDayMs || now - peer.repairDayMs >= kDayMs) {
        peer.repairDayMs = now;
        peer.repairBytes = 0;
    }
    return peer.repairBytes < kRepairBytesADay;
}

Result<bool> Sessions::packOperations(PeerRecord& peer, std::size_t& room)
{
    auto operations = m_transaction.operations(
        peer.space, m_transaction.own().device, peer.packed + 1, kBatchBytes);
    if (!operations)
        return operations.error();
    if (operations->isEmpty())
        return false;
    const quint64 from = peer.packed + 1;
    if (from <= peer.resentUpTo) {
        if (!mayRepair(peer))
            return false;
        for (const Bytes& each : *operations)
            peer.repairBytes += each.size();
    }
    peer.askedMs = m_clock.nowMs();
    if (operations->front().size() > kBatchBytes) {
        auto packed = packLarge(peer, operations->front(), from, room);
        if (!packed)
            return packed;
        peer.packed = from;
        return true;
    }
    OpsMessage message;
    qsizetype size = 0;
    for (const Bytes& each : *operations) {
        // The signature that ends a run may carry it over the edge: the next message takes it on.
        if (size + each.size() > kMaxAlwaysFits - 256)
            break;
        size += each.size();
        message.operations.push_back(each);
    }
    const quint64 upTo = peer.packed + quint64(operations->size());
    if (message.operations.size() != std::size_t(operations->size()))
        return Error{ErrorCode::Failed, QStringLiteral("a batch is larger than it was to be")};
    if (Status status = put(peer, SessionMessage(std::move(message)), from, upTo); !status)
        return status.error();
    peer.packed = upTo;
    room = room > 0 ? room - 1 : 0;
    return true;
}

Status Sessions::packQuestion(PeerRecord& peer)
{
    // The relay may have lost what was sent, or the receipt for it, and neither side would know.
    const qint64 now = m_clock.nowMs();
    const bool early = now >= peer.askedMs && now - peer.askedMs < kAskAfterMs;
    if (peer.received >= peer.packed || early)
        return {};
    peer.askedMs = now;
    return put(peer, SessionMessage(PingMessage()), 0, 0);
}

Status Sessions::pack(PeerRecord& peer, bool receipts)
{
    if (!peer.session.canSend() || peer.undecryptable >= kBrokenAfter)
        return {};
    auto waiting = outgoing(peer);
    if (!waiting)
        return waiting.error();
    std::size_t room = kMaxOutgoing - std::min(kMaxOutgoing, waiting->size());
    while (room > 0) {
        auto more = packOperations(peer, room);
        if (!more)
            return more.error();
        if (!*more)
            break;
    }
    if (room == 0)
        return {};
    if (Status status = packQuestion(peer); !status)
        return status;
    return packReceipt(peer, receipts);
}

Status Sessions::sent(const Bytes& key)
{
    auto record = findRecord<OutgoingRecord>(m_transaction, key);
    if (!record)
        return record.error();
    if (!*record)
        return {};
    if (Status status = m_transaction.remove(OutgoingRecord::kKind, key); !status)
        return status;
    auto peer = findRecord<PeerRecord>(m_transaction, (*record)->peer);
    if (!peer || !*peer)
        return peer ? Status() : Status(peer.error());
    // What is still here begins where the relay's knowledge ends.
    auto waiting = outgoing(**peer);
    if (!waiting)
        return waiting.error();
    quint64 sentUpTo = (*peer)->packed;
    for (const OutgoingRecord& each : *waiting) {
        if (each.from > 0)
            sentUpTo = std::min(sentUpTo, each.from - 1);
    }
    if (sentUpTo <= (*peer)->sent)
        return {};
    (*peer)->sent = sentUpTo;
    if (Status status = keepRecord(m_transaction, **peer); !status)
        return status;
    return m_transaction.setProgress(
        (*peer)->space, (*peer)->device, (*peer)->sent, (*peer)->received);
}

Result<Sessions::Taken> Sessions::take(PeerRecord& peer, BytesView body)
{
    Taken taken;
    const Bytes key = peer.key() + labelledHash("taken", {body}).bytes();
    auto before = m_transaction.get(kTakenKind, key);
    if (!before)
        return before.error();
    if (*before)
        return taken; // it is acknowledged again, and not counted
    auto step = ratchetReceive(peer.session, body, m_clock.nowMs());
    if (!step) {
        ++peer.undecryptable;
        qCWarning(logSync) << "a message could not be decrypted," << peer.undecryptable
                           << "in a row";
        return taken;
    }
    taken.fresh = true;
    peer.session = std::move(step->state);
    peer.undecryptable = 0;
    Cbor::Writer value;
    value.integer(qint64(step->number));
    if (Status status = m_transaction.put(kTakenKind, key, value.data()); !status)
        return status.error();
    auto content = unwrapContent(step->plain.view());
    auto message = content ? decodeMessage(*content) : Result<SessionMessage>(content.error());
    if (!message) {
        qCWarning(logSync) << "a message was malformed and is left out";
        return taken;
    }
    if (Status status = takeMessage(peer, *message, taken); !status)
        return status.error();
    if (step->number % 1000 == 0) {
        if (Status status = forgetOld(peer); !status)
            return status.error();
    }
    m_transaction.announce("receiving", "received",
        {{QStringLiteral("space"), hexOf(peer.space)},
            {QStringLiteral("number"), qint64(step->number)},
            {QStringLiteral("operations"), taken.operations}});
    return taken;
}

Status Sessions::takeMessage(PeerRecord& peer, const SessionMessage& message, Taken& taken)
{
    if (const auto* ops = std::get_if<OpsMessage>(&message)) {
        return takeOperations(
            peer, QList<Bytes>(ops->operations.begin(), ops->operations.end()), taken);
    }
    if (const auto* piece = std::get_if<PartMessage>(&message))
        return takePiece(peer, *piece, taken);
    if (const auto* have = std::get_if<HaveMessage>(&message))
        return takeReceipt(peer, *have);
    if (std::holds_alternative<PingMessage>(message))
        peer.haveDue = true;
    return {};
}

Status Sessions::takeOperations(PeerRecord& peer, const QList<Bytes>& operations, Taken& taken)
{
    auto result = m_transaction.take(peer.space, operations);
    if (!result)
        return result.error();
    taken.operations += result->applied;
    if (!result->stopped.isEmpty())
        peer.stopped = result->stopped.front().left(kMaxReason);
    peer.haveDue = true;
    return {};
}

Status Sessions::takePiece(PeerRecord& peer, const PartMessage& piece, Taken& taken)
{
    if (piece.count > kMaxPiecesOfOne || piece.bytes.size() > kMaxAlwaysFits)
        return {}; // no operation is that large
    const Bytes prefix = peer.key() + piece.operation.bytes();
    auto all = m_transaction.all(kPieceKind, peer.key());
    if (!all)
        return all.error();
    if (all->size() >= kMaxPieces) {
        // More than an operation can be: what never became whole goes.
        for (const auto& [key, value] : *all) {
            if (key.startsWith(prefix))
                continue;
            if (Status status = m_transaction.remove(kPieceKind, key); !status)
                return status;
        }
    }
    if (Status status = m_transaction.put(kPieceKind, prefix + bigEndian(piece.index), piece.bytes);
        !status)
        return status;
    auto pieces = m_transaction.all(kPieceKind, prefix);
    if (!pieces)
        return pieces.error();
    if (pieces->size() < qsizetype(piece.count))
        return {};
    Bytes whole;
    for (const auto& [key, value] : *pieces) {
        whole += value;
        if (Status status = m_transaction.remove(kPieceKind, key); !status)
            return status;
    }
    return takeOperations(peer, {whole}, taken);
}

Status Sessions::takeReceipt(PeerRecord& peer, const HaveMessage& have)
{
    const DeviceId own = m_transaction.own().device;
    if (have.session != peer.sessionNumber || have.highestNumber > peer.session.lastSent)
        return {};
    quint64 has = 0;
    for (const LogReceipt& log : have.logs) {
        if (log.log != own.bytes())
            continue;
        auto hash = m_transaction.hashAt(peer.space, own, log.lastSeq);
        if (!hash)
            return hash.error();
        // Another hash there, or more than one wrote, is a claim that nothing proves.
        if (!*hash || **hash != log.header)
            return {};
        has = log.lastSeq;
    }
    peer.received = std::max(peer.received, has);
    peer.sent = std::max(peer.sent, peer.received);
    quint64 arrived = 0; // what went out in messages that it has taken in
    for (const auto& [number, upTo] : peer.carried) {
        if (number <= have.highestNumber)
            arrived = std::max(arrived, upTo);
    }
    const qint64 now = m_clock.nowMs();
    if (has < arrived) {
        // Lost on the way: it goes out again, the same at most once an hour.
        const bool again = peer.resentUpTo <= has || now - peer.resentMs >= kResendEveryMs
            || now < peer.resentMs;
        if (again) {
            peer.resentUpTo = arrived;
            peer.resentMs = now;
            peer.packed = std::min(peer.packed, has);
        }
    }
    std::erase_if(peer.carried, [&](const auto& each) { return each.second <= has; });
    return m_transaction.setProgress(peer.space, peer.device, peer.sent, peer.received);
}

Status Sessions::forgetOld(const PeerRecord& peer)
{
    auto taken = m_transaction.all(kTakenKind, peer.key());
    if (!taken)
        return taken.error();
    if (taken->size() <= kTakenKept)
        return {};
    const auto highest = qint64(peer.session.highestReceived);
    for (const auto& [key, value] : *taken) {
        Cbor::Reader in(value);
        if (in.integer(0, kMaxInteger) + kTakenKept > highest)
            continue;
        if (Status status = m_transaction.remove(kTakenKind, key); !status)
            return status;
    }
    return {};
}

} // namespace Waymark

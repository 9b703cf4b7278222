// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/cbor.h"
#include "sync/handshake/envelope.h"

namespace Waymark {

namespace {

constexpr qint64 kOps = 1;
constexpr qint64 kPart = 2;
constexpr qint64 kHave = 3;
constexpr qint64 kPing = 6; // 4 and 5 are `blob-key` and `live`
constexpr qint64 kMaxInteger = (qint64(1) << 53) - 1;
constexpr quint64 kMaxItems = 1'024; // of a message of an unknown kind

void write(Cbor::Writer& out, const OpsMessage& message)
{
    out.array(2).integer(kOps).array(message.operations.size());
    for (const Bytes& operation : message.operations)
        out.bytes(operation);
}

void write(Cbor::Writer& out, const PartMessage& message)
{
    out.array(5).integer(kPart).id(message.operation);
    out.integer(message.index).integer(message.count).bytes(message.bytes);
}

void write(Cbor::Writer& out, const HaveMessage& message)
{
    out.array(4).integer(kHave).array(message.logs.size());
    for (const LogReceipt& log : message.logs)
        out.array(3).bytes(log.log).integer(qint64(log.lastSeq)).id(log.header);
    out.integer(qint64(message.session)).integer(qint64(message.highestNumber));
}

void write(Cbor::Writer& out, const PingMessage&)
{
    out.array(1).integer(kPing);
}

void write(Cbor::Writer&, const OtherMessage&)
{
    Q_ASSERT_X(false, "encodeMessage", "a message of an unknown kind cannot be made");
}

OpsMessage readOps(Cbor::Reader& in)
{
    OpsMessage out;
    for (quint64 left = in.array(OpsMessage::kMaxOperations); in.ok() && left > 0; --left)
        out.operations.push_back(in.bytes(kMaxUnpacked).toByteArray());
    return out;
}

PartMessage readPart(Cbor::Reader& in)
{
    PartMessage out;
    out.operation = in.id<Hash>();
    out.index = quint32(in.integer(0, PartMessage::kMaxCount - 1));
    out.count = quint32(in.integer(1, PartMessage::kMaxCount));
    out.bytes = in.bytes(kMaxUnpacked).toByteArray();
    if (out.index >= out.count || out.bytes.isEmpty())
        in.fail();
    return out;
}

HaveMessage readHave(Cbor::Reader& in)
{
    HaveMessage out;
    for (quint64 left = in.array(HaveMessage::kMaxLogs); in.ok() && left > 0; --left) {
        in.arrayOf(3);
        LogReceipt log;
        log.log = in.bytes(48).toByteArray();
        log.lastSeq = quint64(in.integer(1, kMaxInteger));
        log.header = in.id<Hash>();
        const bool named = log.log.size() == 16 || log.log.size() == 48;
        if (!named || (!out.logs.empty() && !(BytesView(out.logs.back().log) < log.log)))
            in.fail();
        out.logs.push_back(std::move(log));
    }
    out.session = quint64(in.integer(1, kMaxInteger));
    out.highestNumber = quint64(in.integer(0, kMaxInteger));
    return out;
}

} // namespace

Bytes encodeMessage(const SessionMessage& message)
{
    Cbor::Writer out;
    std::visit([&](const auto& known) { write(out, known); }, message);
    return out.take();
}

Result<SessionMessage> decodeMessage(BytesView content)
{
    Cbor::Reader in(content);
    const quint64 items = in.array(kMaxItems);
    const qint64 kind = items > 0 ? in.integer(0, kMaxInteger) : 0;
    SessionMessage out = OtherMessage{kind};
    quint64 expected = items;
    if (items == 0) {
        in.fail();
    } else if (kind == kOps) {
        out = readOps(in);
        expected = 2;
    } else if (kind == kPart) {
        out = readPart(in);
        expected = 5;
    } else if (kind == kHave) {
        out = readHave(in);
        expected = 4;
    } else if (kind == kPing) {
        out = PingMessage{};
        expected = 1;
    } else {
        for (quint64 left = items - 1; in.ok() && left > 0; --left)
            in.skip();
    }
    if (!in.finished() || items != expected)
        return Error{ErrorCode::MessageMalformed, QStringLiteral("not in the form of its kind")};
    return out;
}

} // namespace Waymark

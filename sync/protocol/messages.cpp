// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/messages.h"

#include "app/core/cbor.h"

#include <limits>

namespace Waymark::Wire {

namespace {

using Cbor::Reader;
using Cbor::Writer;

enum class Type {
    Prove = 1,
    Create = 2,
    Send = 3,
    Subscribe = 4,
    Ack = 5,
    Drop = 6,
    Hello = 64,
    Done = 65,
    Refused = 66,
    Push = 67,
    Drained = 68,
    Ended = 69,
};

constexpr quint64 kLongestMessage = 7;

Writer& begin(Writer& out, quint64 count, Type type)
{
    return out.array(count).integer(int(type));
}

void write(Writer& out, const Prove& m)
{
    begin(out, 6, Type::Prove).integer(m.request).integer(int(m.purpose));
    out.id(m.key).utf8(m.host).id(m.proof);
}

void write(Writer& out, const Create& m)
{
    // The last element is where a key that may only ask will stand.
    begin(out, 5, Type::Create).integer(m.request).id(m.receiveKey).id(m.sendKey).null();
}

void write(Writer& out, const Send& m)
{
    begin(out, 5, Type::Send).integer(m.request).id(m.queue).id(m.id).bytes(m.body);
}

void write(Writer& out, const Subscribe& m)
{
    begin(out, 4, Type::Subscribe).integer(m.request).id(m.queue).integer(m.window);
}

void write(Writer& out, const Ack& m)
{
    begin(out, 4, Type::Ack).integer(m.request).id(m.queue).integer(m.upTo);
}

void write(Writer& out, const Drop& m)
{
    begin(out, 3, Type::Drop).integer(m.request).id(m.queue);
}

void write(Writer& out, const Hello& m)
{
    begin(out, 3, Type::Hello).array(m.versions.size());
    for (const int version : m.versions)
        out.integer(version);
    out.id(m.nonce);
}

void write(Writer& out, const Done& m)
{
    begin(out, 2, Type::Done).integer(m.request);
}

void write(Writer& out, const Refused& m)
{
    begin(out, 4, Type::Refused);
    if (m.request)
        out.integer(*m.request);
    else
        out.null();
    out.integer(int(m.why)).integer(m.retryAfterMs);
}

void write(Writer& out, const Push& m)
{
    begin(out, 4, Type::Push).id(m.queue).integer(m.first).array(m.messages.size());
    for (const Pushed& pushed : m.messages)
        out.array(2).id(pushed.id).bytes(pushed.body);
}

void write(Writer& out, const Drained& m)
{
    begin(out, 3, Type::Drained).id(m.queue).integer(m.upTo);
}

void write(Writer& out, const Ended& m)
{
    begin(out, 2, Type::Ended).id(m.queue);
}

template <typename Message>
void appendTo(Bytes& frame, const Message& message)
{
    Writer out;
    write(out, message);
    frame.append(out.data());
}

RequestNumber requestOf(Reader& in)
{
    return in.integer(1, kMaxNumber);
}

std::optional<ClientMessage> readProve(Reader& in)
{
    Prove m;
    m.request = requestOf(in);
    m.purpose = Purpose(in.integer(int(Purpose::Receive), int(Purpose::Send)));
    m.key = in.id<Key>();
    m.host = in.utf8(kMaxHost).toByteArray();
    m.proof = in.id<Proof>();
    return m;
}

std::optional<ClientMessage> readCreate(Reader& in)
{
    Create m;
    m.request = requestOf(in);
    m.receiveKey = in.id<Key>();
    m.sendKey = in.id<Key>();
    in.null();
    return m;
}

std::optional<ClientMessage> readSend(Reader& in)
{
    Send m;
    m.request = requestOf(in);
    m.queue = in.id<QueueId>();
    m.id = in.id<MessageId>();
    m.body = in.bytes(kMaxFrame);
    return m;
}

std::optional<ClientMessage> readSubscribe(Reader& in)
{
    Subscribe m;
    m.request = requestOf(in);
    m.queue = in.id<QueueId>();
    m.window = int(in.integer(kMinWindow, kMaxWindow));
    return m;
}

std::optional<ClientMessage> readAck(Reader& in)
{
    Ack m;
    m.request = requestOf(in);
    m.queue = in.id<QueueId>();
    m.upTo = in.integer(1, kMaxNumber);
    return m;
}

std::optional<ClientMessage> readDrop(Reader& in)
{
    Drop m;
    m.request = requestOf(in);
    m.queue = in.id<QueueId>();
    return m;
}

std::optional<ClientMessage> readClientMessage(Reader& in, Type type, quint64 count)
{
    switch (type) {
    case Type::Prove:
        return count == 6 ? readProve(in) : std::nullopt;
    case Type::Create:
        return count == 5 ? readCreate(in) : std::nullopt;
    case Type::Send:
        return count == 5 ? readSend(in) : std::nullopt;
    case Type::Subscribe:
        return count == 4 ? readSubscribe(in) : std::nullopt;
    case Type::Ack:
        return count == 4 ? readAck(in) : std::nullopt;
    case Type::Drop:
        return count == 3 ? readDrop(in) : std::nullopt;
    case Type::Hello:
    case Type::Done:
    case Type::Refused:
    case Type::Push:
    case Type::Drained:
    case Type::Ended:
        break;
    }
    return std::nullopt;
}

std::optional<RelayMessage> readHello(Reader& in)
{
    Hello m;
    for (quint64 left = in.array(kMaxVersions); left > 0; --left) {
        const int version = int(in.integer(1, std::numeric_limits<int>::max()));
        if (!m.versions.empty() && version <= m.versions.back())
            in.fail();
        m.versions.push_back(version);
    }
    m.nonce = in.id<Nonce>();
    return m;
}

std::optional<RelayMessage> readDone(Reader& in)
{
    return Done{requestOf(in)};
}

std::optional<RelayMessage> readRefused(Reader& in)
{
    Refused m;
    if (!in.nullNext())
        m.request = requestOf(in);
    m.why = Refusal(in.integer(int(Refusal::Malformed), kMaxRefusal));
    m.retryAfterMs = in.integer(0, kMaxRetryMs);
    return m;
}

std::optional<RelayMessage> readPush(Reader& in)
{
    Push m;
    m.queue = in.id<QueueId>();
    m.first = in.integer(1, kMaxNumber);
    const quint64 count = in.array(kMaxPushed);
    if (count == 0)
        in.fail();
    m.messages.reserve(count);
    for (quint64 left = count; left > 0 && in.ok(); --left) {
        in.arrayOf(2);
        const auto id = in.id<MessageId>();
        m.messages.push_back({id, in.bytes(kMaxBody)});
    }
    return m;
}

std::optional<RelayMessage> readDrained(Reader& in)
{
    Drained m;
    m.queue = in.id<QueueId>();
    m.upTo = in.integer(0, kMaxNumber);
    return m;
}

std::optional<RelayMessage> readEnded(Reader& in)
{
    return Ended{in.id<QueueId>()};
}

std::optional<RelayMessage> readRelayMessage(Reader& in, Type type, quint64 count)
{
    switch (type) {
    case Type::Hello:
        return count == 3 ? readHello(in) : std::nullopt;
    case Type::Done:
        return count == 2 ? readDone(in) : std::nullopt;
    case Type::Refused:
        return count == 4 ? readRefused(in) : std::nullopt;
    case Type::Push:
        return count == 4 ? readPush(in) : std::nullopt;
    case Type::Drained:
        return count == 3 ? readDrained(in) : std::nullopt;
    case Type::Ended:
        return count == 2 ? readEnded(in) : std::nullopt;
    case Type::Prove:
    case Type::Create:
    case Type::Send:
    case Type::Subscribe:
    case Type::Ack:
    case Type::Drop:
        break;
    }
    return std::nullopt;
}

template <typename Message, typename ReadOne>
std::optional<std::vector<Message>> decode(BytesView frame, ReadOne readOne)
{
    if (frame.isEmpty() || frame.size() > kMaxFrame)
        return std::nullopt;
    Reader in(frame);
    std::vector<Message> out;
    while (in.ok() && !in.atEnd()) {
        const quint64 count = in.array(kLongestMessage);
        const auto type = Type(in.integer(0, 127));
        std::optional<Message> message = readOne(in, type, count);
        if (!message || !in.ok())
            return std::nullopt;
        out.push_back(std::move(*message));
    }
    return in.finished() ? std::optional(std::move(out)) : std::nullopt;
}

} // namespace

Bytes proofBytes(Purpose purpose, BytesView host, const Nonce& nonce)
{
    Writer out;
    out.array(5).integer(kVersion).integer(int(purpose)).utf8(host).null().id(nonce);
    return out.take();
}

void append(Bytes& frame, const ClientMessage& message)
{
    std::visit([&frame](const auto& m) { appendTo(frame, m); }, message);
}

void append(Bytes& frame, const RelayMessage& message)
{
    std::visit([&frame](const auto& m) { appendTo(frame, m); }, message);
}

void append(Bytes& frame, const Send& message)
{
    appendTo(frame, message);
}

void append(Bytes& frame, const Done& message)
{
    appendTo(frame, message);
}

void append(Bytes& frame, const Push& message)
{
    appendTo(frame, message);
}

std::optional<std::vector<ClientMessage>> decodeFromClient(BytesView frame)
{
    return decode<ClientMessage>(frame, readClientMessage);
}

std::optional<std::vector<RelayMessage>> decodeFromRelay(BytesView frame)
{
    return decode<RelayMessage>(frame, readRelayMessage);
}

} // namespace Waymark::Wire

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/cbor.h"
#include "sync/handshake/ratchet.h"

#include <limits>

namespace Waymark {

namespace {

constexpr qint64 kForm = 1;
constexpr quint64 kFields = 19;
constexpr qsizetype kKeySize = 32;
constexpr qsizetype kHashSize = 64;
constexpr qint64 kMaxNumber = (qint64(1) << 53) - 1;

void writeKey(Cbor::Writer& out, const SecretBytes& key)
{
    if (key.isEmpty())
        out.null();
    else
        out.bytes(key.view());
}

SecretBytes readKey(Cbor::Reader& in, bool mayMiss)
{
    if (mayMiss && in.nullNext())
        return {};
    const BytesView key = in.bytes(kKeySize);
    if (key.size() != kKeySize) {
        in.fail();
        return SecretBytes(std::size_t(kKeySize));
    }
    return SecretBytes::copyOf(key);
}

quint32 readCounter(Cbor::Reader& in)
{
    return quint32(in.integer(0, std::numeric_limits<quint32>::max()));
}

} // namespace

Bytes RatchetState::encode() const
{
    Cbor::Writer out;
    out.array(kFields).integer(kForm).integer(role == Noise::Role::Initiator ? 0 : 1);
    out.bytes(handshakeHash).bytes(own.secret.view());
    if (remote)
        out.id(*remote);
    else
        out.null();
    writeKey(out, root);
    writeKey(out, sendChain);
    writeKey(out, receiveChain);
    writeKey(out, sendHeader);
    writeKey(out, receiveHeader);
    writeKey(out, nextSendHeader);
    writeKey(out, nextReceiveHeader);
    writeKey(out, renewal);
    out.integer(sentInChain).integer(receivedInChain).integer(previousChain);
    out.integer(qint64(lastSent)).integer(qint64(highestReceived));
    skipped.write(out);
    return out.take();
}

Result<RatchetState> RatchetState::decode(BytesView bytes)
{
    Cbor::Reader in(bytes);
    in.arrayOf(kFields);
    in.integer(kForm, kForm);
    RatchetState out;
    out.role = in.integer(0, 1) == 0 ? Noise::Role::Initiator : Noise::Role::Responder;
    out.handshakeHash = in.bytes(kHashSize).toByteArray();
    if (out.handshakeHash.size() != kHashSize)
        in.fail();
    out.own = AgreementPair::fromSecret(readKey(in, /*mayMiss=*/false));
    if (!in.nullNext())
        out.remote = in.id<AgreementKey>();
    out.root = readKey(in, /*mayMiss=*/false);
    out.sendChain = readKey(in, /*mayMiss=*/true);
    out.receiveChain = readKey(in, /*mayMiss=*/true);
    out.sendHeader = readKey(in, /*mayMiss=*/true);
    out.receiveHeader = readKey(in, /*mayMiss=*/true);
    out.nextSendHeader = readKey(in, /*mayMiss=*/false);
    out.nextReceiveHeader = readKey(in, /*mayMiss=*/false);
    out.renewal = readKey(in, /*mayMiss=*/false);
    out.sentInChain = readCounter(in);
    out.receivedInChain = readCounter(in);
    out.previousChain = readCounter(in);
    out.lastSent = quint64(in.integer(0, kMaxNumber));
    out.highestReceived = quint64(in.integer(0, kMaxNumber));
    out.skipped = SkippedKeys::read(in);
    const bool chainsFit = out.sendChain.isEmpty() == out.sendHeader.isEmpty()
        && out.receiveChain.isEmpty() == out.receiveHeader.isEmpty();
    if (!in.finished() || !chainsFit)
        return Error{ErrorCode::SessionBroken, QStringLiteral("a saved session is not in form")};
    return out;
}

} // namespace Waymark

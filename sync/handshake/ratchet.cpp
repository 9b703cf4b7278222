// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/handshake/ratchet.h"

#include "app/crypto/hash.h"
#include "app/crypto/sealing.h"
#include "sync/handshake/wire.h"

#include <QtEndian>

#include <cstring>
#include <limits>

namespace Waymark {

namespace {

using Noise::Role;

constexpr std::size_t kKeySize = 32;
constexpr quint32 kMaxInChain = std::numeric_limits<quint32>::max();
constexpr quint64 kMaxNumber = (quint64(1) << 53) - 1;
constexpr qsizetype kSealedHeader = RatchetState::kHeaderSize + kSealOverhead;
static_assert(RatchetState::kOverhead == 1 + kSealedHeader + kSealOverhead);

constexpr const char* kHeaderLabel = "ratchet header";
constexpr const char* kMessageLabel = "ratchet message";

struct Header
{
    AgreementKey key;
    quint32 previousChain = 0;
    quint32 inChain = 0;
    quint64 number = 0;
};

Bytes encodeHeader(const Header& header)
{
    Bytes out(RatchetState::kHeaderSize, Qt::Uninitialized);
    std::memcpy(out.data(), header.key.data.data(), AgreementKey::kSize);
    qToBigEndian(header.previousChain, out.data() + 32);
    qToBigEndian(header.inChain, out.data() + 36);
    qToBigEndian(header.number, out.data() + 40);
    return out;
}

std::optional<Header> decodeHeader(BytesView bytes)
{
    if (bytes.size() != RatchetState::kHeaderSize)
        return std::nullopt;
    Header out{*AgreementKey::fromBytes(bytes.first(32)),
        qFromBigEndian<quint32>(bytes.data() + 32), qFromBigEndian<quint32>(bytes.data() + 36),
        qFromBigEndian<quint64>(bytes.data() + 40)};
    if (out.number == 0 || out.number > kMaxNumber || out.inChain == kMaxInChain)
        return std::nullopt;
    return out;
}

/// What every message of one direction is bound to: the handshake and who sent it.
Bytes associated(const RatchetState& state, Role sender)
{
    return state.handshakeHash + (sender == Role::Initiator ? '\0' : '\1');
}

Role otherOf(Role role)
{
    return role == Role::Initiator ? Role::Responder : Role::Initiator;
}

/// KDF_CK: a message's key, and the chain moves on. One step after another uses the same memory,
/// since one message may call for 2,000.
class ChainSteps
{
public:
    explicit ChainSteps(SecretBytes& chain) : m_chain(chain) { }

    /// The message key, until the next step.
    BytesView next()
    {
        hmacSha512(m_chain, BytesView("\x01", 1), half(0));
        hmacSha512(m_chain, BytesView("\x02", 1), half(1));
        std::memcpy(m_chain.data(), half(1).data(), kKeySize);
        return m_outputs.view().first(kKeySize);
    }

private:
    std::span<unsigned char, kHmacSize> half(std::size_t which)
    {
        return std::span<unsigned char, kHmacSize>(m_outputs.data() + which * kHmacSize, kHmacSize);
    }

    SecretBytes& m_chain;
    SecretBytes m_outputs{2 * kHmacSize};
};

SecretBytes stepChain(SecretBytes& chain)
{
    return SecretBytes::copyOf(ChainSteps(chain).next());
}

/// KDF_RK_HE: a new root, and the chain and next header key that go with it.
struct RootStep
{
    SecretBytes root;
    SecretBytes chain;
    SecretBytes nextHeader;
};
std::optional<RootStep> stepRoot(
    const SecretBytes& root, const SecretBytes& own, const AgreementKey& remote)
{
    const auto shared = agree(own, remote);
    if (!shared)
        return std::nullopt;
    const SecretBytes all = hkdfSha512(*shared, root.view(), "ratchet root", 3 * kKeySize);
    return RootStep{
        all.slice(0, kKeySize), all.slice(kKeySize, kKeySize), all.slice(2 * kKeySize, kKeySize)};
}

/// The root, the first header key of each direction and the renewal secret, from a handshake.
RatchetState fromHandshake(const Noise::Handshake& handshake)
{
    const auto keys = handshake.split();
    SecretBytes both(2 * kKeySize);
    std::memcpy(both.data(), keys.first.data(), kKeySize);
    std::memcpy(both.data() + kKeySize, keys.second.data(), kKeySize);
    const auto derived
        = [&](const char* label) { return hkdfSha512(both, handshake.hash(), label, kKeySize); };
    RatchetState out;
    out.handshakeHash = handshake.hash();
    out.root = derived("session root");
    out.renewal = derived("session renewal");
    out.nextSendHeader = derived("session header responder");
    out.nextReceiveHeader = derived("session header initiator");
    return out;
}

Error undecryptable(const char* why)
{
    return {ErrorCode::MessageUndecryptable, QLatin1String(why)};
}

std::optional<Header> openHeader(const SecretBytes& key, const Bytes& bound, BytesView sealed)
{
    if (key.isEmpty())
        return std::nullopt;
    const Opened opened = open(key, kHeaderLabel, bound, sealed);
    return opened.plain ? decodeHeader(opened.plain->view()) : std::nullopt;
}

/// Keeps the keys of the receiving chain's messages before number `until`.
bool skip(RatchetState& state, quint32 until, qint64 nowMs)
{
    if (quint64(state.receivedInChain) + RatchetState::kMaxSkip < until)
        return false;
    if (state.receiveChain.isEmpty())
        return true;
    if (state.receivedInChain >= until)
        return true;
    state.skipped.makeRoom(until - state.receivedInChain);
    ChainSteps steps(state.receiveChain);
    for (; state.receivedInChain < until; ++state.receivedInChain)
        state.skipped.add(state.receiveHeader.view(), state.receivedInChain, steps.next(), nowMs);
    return true;
}

/// The other has a new ratchet key: a new receiving chain, and one's own new key and chain.
bool turn(RatchetState& state, const AgreementKey& remote)
{
    auto receiving = stepRoot(state.root, state.own.secret, remote);
    if (!receiving)
        return false;
    AgreementPair own = AgreementPair::generate();
    auto sending = stepRoot(receiving->root, own.secret, remote);
    if (!sending)
        return false;
    state.previousChain = state.sentInChain;
    state.sentInChain = 0;
    state.receivedInChain = 0;
    state.sendHeader = std::move(state.nextSendHeader);
    state.receiveHeader = std::move(state.nextReceiveHeader);
    state.remote = remote;
    state.own = std::move(own);
    state.receiveChain = std::move(receiving->chain);
    state.nextReceiveHeader = std::move(receiving->nextHeader);
    state.root = std::move(sending->root);
    state.sendChain = std::move(sending->chain);
    state.nextSendHeader = std::move(sending->nextHeader);
    return true;
}

/// A message in the two parts that are sealed.
struct Parts
{
    BytesView header;
    BytesView body;
};

Result<RatchetReceived> openBody(
    RatchetState state, const SecretBytes& key, const Parts& parts, quint64 number)
{
    const Bytes bound = associated(state, otherOf(state.role)) + parts.header.toByteArray();
    Opened opened = open(key, kMessageLabel, bound, parts.body);
    if (!opened.plain)
        return undecryptable("the body does not verify");
    state.highestReceived = std::max(state.highestReceived, number);
    return RatchetReceived{std::move(state), std::move(*opened.plain), number};
}

/// A message that others overtook: nothing when its key is not kept.
std::optional<Result<RatchetReceived>> receiveSkipped(const RatchetState& state, const Parts& parts)
{
    const Bytes bound = associated(state, otherOf(state.role));
    SecretBytes headerKey(kKeySize);
    for (std::size_t i = 0; i < state.skipped.size(); ++i) {
        if (state.skipped.continuesChain(i))
            continue;
        state.skipped.copyHeaderKey(i, headerKey);
        const auto header = openHeader(headerKey, bound, parts.header);
        if (!header)
            continue;
        const std::size_t at = state.skipped.find(i, header->inChain);
        if (at == state.skipped.size())
            return std::nullopt;
        const SecretBytes key = state.skipped.messageKey(at);
        RatchetState next = state.clone();
        next.skipped.remove(at);
        return openBody(std::move(next), key, parts, header->number);
    }
    return std::nullopt;
}

/// A message of the receiving chain, or the first to come of a new one.
Result<RatchetReceived> receiveNext(RatchetState state, const Parts& parts, qint64 nowMs)
{
    const Bytes bound = associated(state, otherOf(state.role));
    auto header = openHeader(state.receiveHeader, bound, parts.header);
    if (!header) {
        header = openHeader(state.nextReceiveHeader, bound, parts.header);
        if (!header)
            return undecryptable("no header key fits");
        if (!skip(state, header->previousChain, nowMs))
            return undecryptable("too many messages are missing before the turn");
        if (!turn(state, header->key))
            return undecryptable("a ratchet key of low order");
    }
    if (header->inChain < state.receivedInChain)
        return undecryptable("its number was used");
    if (!skip(state, header->inChain, nowMs))
        return undecryptable("too many messages are missing");
    const SecretBytes key = stepChain(state.receiveChain);
    ++state.receivedInChain;
    return openBody(std::move(state), key, parts, header->number);
}

} // namespace

RatchetState RatchetState::clone() const
{
    RatchetState out;
    out.role = role;
    out.handshakeHash = handshakeHash;
    out.own = own.clone();
    out.remote = remote;
    out.root = root.clone();
    out.sendChain = sendChain.clone();
    out.receiveChain = receiveChain.clone();
    out.sendHeader = sendHeader.clone();
    out.receiveHeader = receiveHeader.clone();
    out.nextSendHeader = nextSendHeader.clone();
    out.nextReceiveHeader = nextReceiveHeader.clone();
    out.renewal = renewal.clone();
    out.sentInChain = sentInChain;
    out.receivedInChain = receivedInChain;
    out.previousChain = previousChain;
    out.lastSent = lastSent;
    out.highestReceived = highestReceived;
    out.skipped = skipped.clone();
    return out;
}

Result<RatchetState> beginRatchet(
    const Noise::Handshake& handshake, const AgreementKey& responderKey)
{
    RatchetState out = fromHandshake(handshake);
    out.role = Role::Initiator;
    out.own = AgreementPair::generate();
    out.remote = responderKey;
    auto first = stepRoot(out.root, out.own.secret, responderKey);
    if (!first)
        return Error{ErrorCode::HandshakeFailed, QStringLiteral("a ratchet key of low order")};
    out.sendHeader = std::move(out.nextReceiveHeader);
    out.nextReceiveHeader = std::move(out.nextSendHeader);
    out.root = std::move(first->root);
    out.sendChain = std::move(first->chain);
    out.nextSendHeader = std::move(first->nextHeader);
    return out;
}

RatchetState beginRatchet(const Noise::Handshake& handshake, AgreementPair own)
{
    RatchetState out = fromHandshake(handshake);
    out.role = Role::Responder;
    out.own = std::move(own);
    return out;
}

Result<RatchetSent> ratchetSend(const RatchetState& state, BytesView plain)
{
    if (plain.size() > RatchetState::kMaxPlain)
        return ErrorCode::TooLarge;
    if (!state.canSend() || state.sentInChain == kMaxInChain || state.lastSent == kMaxNumber)
        return Error{ErrorCode::SessionBroken, QStringLiteral("nothing can be sent in it")};
    RatchetState next = state.clone();
    const SecretBytes key = stepChain(next.sendChain);
    const Header header{
        next.own.publicKey, next.previousChain, next.sentInChain++, ++next.lastSent};
    const Bytes bound = associated(next, next.role);
    const Bytes sealedHeader = seal(next.sendHeader, kHeaderLabel, bound, encodeHeader(header));
    Bytes message;
    message.reserve(RatchetState::kOverhead + plain.size());
    message.append(char(WireKind::Session));
    message.append(sealedHeader);
    message.append(seal(key, kMessageLabel, bound + sealedHeader, plain));
    return RatchetSent{std::move(next), message, header.number};
}

Result<RatchetReceived> ratchetReceive(const RatchetState& state, BytesView message, qint64 nowMs)
{
    if (wireKindOf(message) != WireKind::Session || message.size() < RatchetState::kOverhead
        || message.size() > RatchetState::kOverhead + RatchetState::kMaxPlain)
        return undecryptable("no message of a session");
    const Parts parts{message.sliced(1, kSealedHeader), message.sliced(1 + kSealedHeader)};
    RatchetState current = state.clone();
    current.skipped.expire(nowMs);
    if (auto found = receiveSkipped(current, parts))
        return std::move(*found);
    return receiveNext(std::move(current), parts, nowMs);
}

} // namespace Waymark

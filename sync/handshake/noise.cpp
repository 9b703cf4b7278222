// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/handshake/noise.h"

#include "app/crypto/hash.h"
#include "app/crypto/noiseprimitives.h"

#include <algorithm>

namespace Waymark::Noise {

namespace {

constexpr std::size_t kKeySize = 32;
constexpr qsizetype kHashSize = 64;

/// HKDF of the specification (4.3): two or three outputs of 64 bytes.
struct Derived
{
    SecretBytes first;
    SecretBytes second;
    SecretBytes third; ///< only where three were asked for
};

Derived derive(const SecretBytes& chainingKey, const SecretBytes& input, int outputs)
{
    const SecretBytes temporary = hmacBlake2b(chainingKey, {input.view()});
    Derived out;
    out.first = hmacBlake2b(temporary, {BytesView("\x01", 1)});
    out.second = hmacBlake2b(temporary, {out.first.view(), BytesView("\x02", 1)});
    if (outputs == 3)
        out.third = hmacBlake2b(temporary, {out.second.view(), BytesView("\x03", 1)});
    return out;
}

} // namespace

Bytes CipherState::encrypt(BytesView associated, BytesView plain)
{
    return hasKey() ? noiseEncrypt(m_key, m_counter++, associated, plain) : plain.toByteArray();
}

std::optional<SecretBytes> CipherState::decrypt(BytesView associated, BytesView cipher)
{
    if (!hasKey())
        return SecretBytes::copyOf(cipher);
    auto plain = noiseDecrypt(m_key, m_counter, associated, cipher);
    if (plain)
        ++m_counter;
    return plain;
}

SymmetricState::SymmetricState(BytesView protocolName)
{
    if (protocolName.size() <= kHashSize)
        m_hash = protocolName.toByteArray().leftJustified(kHashSize, '\0');
    else
        m_hash = blake2b(std::size_t(kHashSize), {protocolName});
    m_chainingKey = SecretBytes::copyOf(m_hash);
}

void SymmetricState::mixKey(const SecretBytes& input)
{
    Derived derived = derive(m_chainingKey, input, 2);
    m_chainingKey = std::move(derived.first);
    m_cipher = CipherState(derived.second.slice(0, kKeySize));
}

void SymmetricState::mixHash(BytesView data)
{
    m_hash = blake2b(std::size_t(kHashSize), {m_hash, data});
}

void SymmetricState::mixKeyAndHash(const SecretBytes& input)
{
    Derived derived = derive(m_chainingKey, input, 3);
    m_chainingKey = std::move(derived.first);
    mixHash(derived.second.view());
    m_cipher = CipherState(derived.third.slice(0, kKeySize));
}

Bytes SymmetricState::encryptAndHash(BytesView plain)
{
    Bytes out = m_cipher.encrypt(m_hash, plain);
    mixHash(out);
    return out;
}

std::optional<SecretBytes> SymmetricState::decryptAndHash(BytesView cipher)
{
    auto out = m_cipher.decrypt(m_hash, cipher);
    if (out)
        mixHash(cipher);
    return out;
}

std::pair<SecretBytes, SecretBytes> SymmetricState::split() const
{
    const Derived derived = derive(m_chainingKey, SecretBytes(), 2);
    return {derived.first.slice(0, kKeySize), derived.second.slice(0, kKeySize)};
}

Handshake::Handshake(const Pattern& pattern, Role role, Keys keys)
    : m_pattern(pattern), m_role(role), m_keys(std::move(keys)),
      m_symmetric("Noise_" + pattern.name + "_25519_ChaChaPoly_BLAKE2b")
{
}

Result<Handshake> Handshake::begin(const Pattern& pattern, Role role, BytesView prologue, Keys keys)
{
    const bool initiates = role == Role::Initiator;
    bool needsOwn = initiates ? pattern.initiatorKnown : pattern.responderKnown;
    for (std::size_t i = 0; i < pattern.messages.size(); ++i) {
        const auto& tokens = pattern.messages[i];
        if ((i % 2 == 0) == initiates)
            needsOwn |= std::find(tokens.begin(), tokens.end(), Token::S) != tokens.end();
    }
    const bool needsRemote = initiates ? pattern.responderKnown : pattern.initiatorKnown;
    const bool psksFit = keys.psks.size() == pattern.pskCount()
        && std::all_of(keys.psks.begin(), keys.psks.end(),
            [](const SecretBytes& psk) { return psk.size() == kKeySize; });
    if ((needsOwn && !keys.own) || needsRemote != keys.remote.has_value() || !psksFit)
        return Error{ErrorCode::Usage, QStringLiteral("keys that the handshake does not take")};

    Handshake out(pattern, role, std::move(keys));
    out.m_symmetric.mixHash(prologue);
    const auto ownKey = [&] { return out.m_keys.own->publicKey.bytes(); };
    const auto remoteKey = [&] { return out.m_keys.remote->bytes(); };
    if (pattern.initiatorKnown)
        out.m_symmetric.mixHash(initiates ? ownKey() : remoteKey());
    if (pattern.responderKnown)
        out.m_symmetric.mixHash(initiates ? remoteKey() : ownKey());
    return out;
}

bool Handshake::isTurn(bool writing) const
{
    const bool initiatorsTurn = m_next % 2 == 0;
    return !m_broken && !isFinished() && writing == (initiatorsTurn == (m_role == Role::Initiator));
}

/// `es` is the initiator's ephemeral with the responder's static key, and so on.
bool Handshake::mixAgreement(Token token)
{
    const bool initiates = m_role == Role::Initiator;
    const bool ownStatic = token == Token::SS || token == (initiates ? Token::SE : Token::ES);
    const bool remoteStatic = token == Token::SS || token == (initiates ? Token::ES : Token::SE);
    const auto& own = ownStatic ? m_keys.own : m_keys.ephemeral;
    const auto& remote = remoteStatic ? m_keys.remote : m_remoteEphemeral;
    Q_ASSERT(own && remote);
    const auto shared = agree(own->secret, *remote);
    if (!shared)
        return false;
    m_symmetric.mixKey(*shared);
    return true;
}

void Handshake::mixPsk()
{
    m_symmetric.mixKeyAndHash(m_keys.psks[m_psksUsed++]);
}

void Handshake::writeEphemeral(Bytes& out)
{
    if (!m_keys.ephemeral)
        m_keys.ephemeral = AgreementPair::generate();
    const BytesView key = m_keys.ephemeral->publicKey.view();
    out.append(key);
    m_symmetric.mixHash(key);
    if (!m_keys.psks.empty())
        m_symmetric.mixKey(SecretBytes::copyOf(key));
}

bool Handshake::writeTokens(Bytes& out)
{
    for (const Token token : m_pattern.messages[m_next]) {
        switch (token) {
        case Token::E:
            writeEphemeral(out);
            break;
        case Token::S:
            out.append(m_symmetric.encryptAndHash(m_keys.own->publicKey.view()));
            break;
        case Token::Psk:
            mixPsk();
            break;
        case Token::EE:
        case Token::ES:
        case Token::SE:
        case Token::SS:
            if (!mixAgreement(token))
                return false;
            break;
        }
    }
    return true;
}

Result<Bytes> Handshake::write(BytesView payload)
{
    if (!isTurn(/*writing=*/true))
        return Error{ErrorCode::HandshakeFailed, QStringLiteral("not this side's turn")};
    if (payload.size() > kMaxMessage)
        return ErrorCode::TooLarge;
    Bytes out;
    if (!writeTokens(out)) {
        m_broken = true;
        return Error{ErrorCode::HandshakeFailed, QStringLiteral("a key of low order")};
    }
    out.append(m_symmetric.encryptAndHash(payload));
    ++m_next;
    if (out.size() > kMaxMessage) {
        m_broken = true;
        return ErrorCode::TooLarge;
    }
    return out;
}

bool Handshake::readEphemeral(BytesView& in)
{
    if (in.size() < qsizetype(AgreementKey::kSize))
        return false;
    const BytesView key = in.first(AgreementKey::kSize);
    in = in.sliced(key.size());
    m_remoteEphemeral = AgreementKey::fromBytes(key);
    m_symmetric.mixHash(key);
    if (!m_keys.psks.empty())
        m_symmetric.mixKey(SecretBytes::copyOf(key));
    return true;
}

bool Handshake::readStatic(BytesView& in)
{
    const qsizetype size = qsizetype(AgreementKey::kSize) + (m_symmetric.hasKey() ? kTagSize : 0);
    if (in.size() < size)
        return false;
    const auto key = m_symmetric.decryptAndHash(in.first(size));
    if (!key)
        return false;
    m_keys.remote = AgreementKey::fromBytes(key->view());
    in = in.sliced(size);
    return true;
}

bool Handshake::readTokens(BytesView& in)
{
    for (const Token token : m_pattern.messages[m_next]) {
        switch (token) {
        case Token::E:
            if (!readEphemeral(in))
                return false;
            break;
        case Token::S:
            if (!readStatic(in))
                return false;
            break;
        case Token::Psk:
            mixPsk();
            break;
        case Token::EE:
        case Token::ES:
        case Token::SE:
        case Token::SS:
            if (!mixAgreement(token))
                return false;
            break;
        }
    }
    return true;
}

Result<SecretBytes> Handshake::read(BytesView message)
{
    if (!isTurn(/*writing=*/false))
        return Error{ErrorCode::HandshakeFailed, QStringLiteral("not the other's turn")};
    std::optional<SecretBytes> payload;
    if (message.size() <= kMaxMessage && readTokens(message))
        payload = m_symmetric.decryptAndHash(message);
    if (!payload) {
        m_broken = true;
        return Error{ErrorCode::HandshakeFailed, QStringLiteral("a message that does not verify")};
    }
    ++m_next;
    return std::move(*payload);
}

std::pair<SecretBytes, SecretBytes> Handshake::split() const
{
    Q_ASSERT(isFinished() && !m_broken);
    return m_symmetric.split();
}

} // namespace Waymark::Noise

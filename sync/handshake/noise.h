// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"
#include "app/crypto/signature.h"

#include <optional>
#include <vector>

/// The Noise Protocol Framework (Trevor Perrin, revision 34, noiseprotocol.org/noise.html) with
/// 25519, ChaChaPoly and BLAKE2b. Pure: no input or output, no clock; the only randomness is an
/// ephemeral key where none is given. Any thread, one object on one thread at a time.
namespace Waymark::Noise {

enum class Role { Initiator, Responder };
enum class Token { E, S, EE, ES, SE, SS, Psk };

/// A handshake pattern: what is known beforehand, and each message's tokens, the initiator's first.
struct Pattern
{
    Bytes name; ///< with its modifiers, as in "IKpsk1"
    bool initiatorKnown = false; ///< the responder knows the initiator's static key beforehand
    bool responderKnown = false; ///< the initiator knows the responder's
    std::vector<std::vector<Token>> messages;

    [[nodiscard]] bool isOneWay() const { return messages.size() == 1; }
    [[nodiscard]] std::size_t pskCount() const;
};

/// One of the fundamental, one-way and deferred patterns of the specification, with any psk
/// modifiers; nothing for other names.
[[nodiscard]] std::optional<Pattern> patternNamed(BytesView name);

constexpr qsizetype kMaxMessage = 65535;
constexpr qsizetype kTagSize = 16;

/// A key and the counter of what was encrypted under it.
class CipherState
{
public:
    CipherState() = default;
    explicit CipherState(SecretBytes key) : m_key(std::move(key)) { }

    [[nodiscard]] bool hasKey() const { return !m_key.isEmpty(); }
    [[nodiscard]] Bytes encrypt(BytesView associated, BytesView plain);
    /// Nothing when it was not made so; the counter then stays.
    [[nodiscard]] std::optional<SecretBytes> decrypt(BytesView associated, BytesView cipher);

private:
    SecretBytes m_key;
    quint64 m_counter = 0;
};

/// The running hash, chaining key and cipher of a handshake.
class SymmetricState
{
public:
    explicit SymmetricState(BytesView protocolName);

    void mixKey(const SecretBytes& input);
    void mixHash(BytesView data);
    void mixKeyAndHash(const SecretBytes& input);
    [[nodiscard]] Bytes encryptAndHash(BytesView plain);
    [[nodiscard]] std::optional<SecretBytes> decryptAndHash(BytesView cipher);
    [[nodiscard]] bool hasKey() const { return m_cipher.hasKey(); }
    [[nodiscard]] const Bytes& hash() const { return m_hash; }
    /// Two keys of 32 bytes: for what the initiator sends, for what the responder sends.
    [[nodiscard]] std::pair<SecretBytes, SecretBytes> split() const;

private:
    CipherState m_cipher;
    SecretBytes m_chainingKey;
    Bytes m_hash;
};

/// The keys that one side brings; the pattern says which it needs.
struct Keys
{
    std::optional<AgreementPair> own; ///< the static pair
    std::optional<AgreementPair> ephemeral; ///< made when missing
    std::optional<AgreementKey> remote; ///< the other's static key, where known beforehand
    std::vector<SecretBytes> psks; ///< 32 bytes each, in the order of the pattern's psk tokens
};

/// One side of one handshake. A failed read ends it: whatever is asked of it then fails.
class Handshake
{
public:
    /// Usage when `keys` lacks what the pattern needs.
    [[nodiscard]] static Result<Handshake> begin(
        const Pattern& pattern, Role role, BytesView prologue, Keys keys);

    /// The next message, when it is this side's turn. TooLarge beyond kMaxMessage.
    [[nodiscard]] Result<Bytes> write(BytesView payload);
    /// The payload of the other's next message. HandshakeFailed when it was not made by someone who
    /// holds the keys and saw the same messages.
    [[nodiscard]] Result<SecretBytes> read(BytesView message);

    [[nodiscard]] bool isFinished() const { return m_next == m_pattern.messages.size(); }
    /// The handshake hash: names this handshake once it is finished.
    [[nodiscard]] const Bytes& hash() const { return m_symmetric.hash(); }
    /// The other's static key, known beforehand or read.
    [[nodiscard]] const std::optional<AgreementKey>& remote() const { return m_keys.remote; }
    /// After the last message; see SymmetricState::split().
    [[nodiscard]] std::pair<SecretBytes, SecretBytes> split() const;

private:
    Handshake(const Pattern& pattern, Role role, Keys keys);

    [[nodiscard]] bool isTurn(bool writing) const;
    [[nodiscard]] bool mixAgreement(Token token);
    void mixPsk();
    void writeEphemeral(Bytes& out);
    [[nodiscard]] bool readEphemeral(BytesView& in);
    [[nodiscard]] bool readStatic(BytesView& in);
    [[nodiscard]] bool writeTokens(Bytes& out);
    [[nodiscard]] bool readTokens(BytesView& in);

    Pattern m_pattern;
    Role m_role;
    Keys m_keys;
    SymmetricState m_symmetric;
    std::optional<AgreementKey> m_remoteEphemeral;
    std::size_t m_next = 0;
    std::size_t m_psksUsed = 0;
    bool m_broken = false;
};

} // namespace Waymark::Noise

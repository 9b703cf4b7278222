// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/pairing.h"
#include "app/domain/syncstore.h"
#include "sync/handshake/pairing.h"

namespace Waymark {

// What the client keeps in the vault, beside operations, as opaque records. Each begins with its
// version. They hold keys: nothing but the encrypted database may keep them. All are read and
// written inside one SyncTransaction.

/// The 16 random bytes that name an invitation, an asker or one's own asking.
using PairingId = FixedBytes<struct PairingIdTag, 16>;

/// The other device of a space, and the session with it.
struct PeerRecord
{
    static constexpr const char* kKind = "peer";

    SpaceId space;
    DeviceId device;
    PersonId person;
    SigningKey identity;
    QString name;
    QString relay;
    QueueKeys queue; ///< where its messages come
    SendAddress sendTo;
    RatchetState session;
    quint64 sessionNumber = 1;

    // One's own log: up to where it was packed into messages, the relay has it, the peer said so.
    quint64 packed = 0;
    quint64 sent = 0;
    quint64 received = 0;
    /// Messages with operations, by running number: up to where they carried the log. Some are left
    /// out where they are many: then a loss is seen a few messages later.
    std::vector<std::pair<quint64, quint64>> carried;
    static constexpr std::size_t kMaxCarried = 512;
    quint64 resentUpTo = 0;
    qint64 resentMs = 0;
    qint64 repairDayMs = 0; ///< when the day began in which so many bytes went out again
    qint64 repairBytes = 0;
    qint64 askedMs = 0; ///< when operations, or after them a ping, were last packed
    Hash lastHave; ///< of the logs in the last receipt that was sent
    qint64 lastHaveMs = 0;
    bool haveDue = true;
    int undecryptable = 0; ///< in a row
    QString stopped; ///< why a log of this space is not taken further

    [[nodiscard]] Bytes key() const { return space.bytes() + device.bytes(); }
    [[nodiscard]] Bytes encode() const;
    [[nodiscard]] static Result<PeerRecord> decode(BytesView bytes);
};

/// A ciphertext that goes out unchanged until the relay has it. The key is the peer's key and the
/// running number, big-endian.
struct OutgoingRecord
{
    static constexpr const char* kKind = "outgoing";

    Bytes peer; ///< its key
    quint64 number = 0;
    MessageId id;
    quint64 from = 0; ///< first operation of one's own log in it; 0: none
    quint64 upTo = 0;
    Bytes body;

    [[nodiscard]] Bytes key() const;
    [[nodiscard]] Bytes encode() const;
    [[nodiscard]] static Result<OutgoingRecord> decode(BytesView bytes);
};

/// One's own invitation.
struct InvitationRecord
{
    static constexpr const char* kKind = "invitation";

    PairingId id;
    PairingInvitation invitation;
    Role role = Role::Peer;
    bool acceptFirst = false;
    PairingState state = PairingState::Open;

    [[nodiscard]] Bytes encode() const;
    [[nodiscard]] static Result<InvitationRecord> decode(BytesView bytes);
};

/// Somebody who asks to be let in by one's invitation.
struct AskerRecord
{
    static constexpr const char* kKind = "asker";

    PairingId id;
    PairingId invitation;
    SpaceId space;
    Role role = Role::Peer;
    QString name;
    SigningKey identity;
    Bytes request; ///< as it came
    Bytes answer; ///< the message that answers it; empty while nobody decided
    MessageId answerId; ///< under which it is sent now
    bool answerSent = false;
    DeviceId device;
    SendAddress sendTo;
    PairingState state = PairingState::Asked;

    [[nodiscard]] Bytes encode() const;
    [[nodiscard]] static Result<AskerRecord> decode(BytesView bytes);
};

/// One's own asking to be let in.
struct AskingRecord
{
    static constexpr const char* kKind = "asking";

    PairingId id;
    Asking asking;
    PairingState state = PairingState::Asked;
    MessageId requestId;
    bool requestSent = false;
    qint64 requestMs = 0; ///< when it was last put out

    [[nodiscard]] Bytes encode() const;
    [[nodiscard]] static Result<AskingRecord> decode(BytesView bytes);
};

/// Spaces that one asked to join; the journal refuses to write there. The value is the asking's id.
constexpr const char* kJoiningKind = "joining";
/// Hashes of messages that were taken in, by peer.
constexpr const char* kTakenKind = "taken";
/// Pieces of operations that come in several messages, by peer, operation and index.
constexpr const char* kPieceKind = "piece";
/// The relay for new invitations.
constexpr const char* kRelayKind = "relay";

/// All records of a kind.
template <typename Record>
Result<std::vector<Record>> allRecords(SyncTransaction& transaction, BytesView prefix = {})
{
    auto stored = transaction.all(Record::kKind, prefix);
    if (!stored)
        return stored.error();
    std::vector<Record> out;
    for (const auto& [key, value] : *stored) {
        auto record = Record::decode(value);
        if (!record)
            return record.error();
        out.push_back(std::move(*record));
    }
    return out;
}

/// One record, or nothing.
template <typename Record>
Result<std::optional<Record>> findRecord(SyncTransaction& transaction, BytesView key)
{
    auto stored = transaction.get(Record::kKind, key);
    if (!stored)
        return stored.error();
    if (!*stored)
        return std::optional<Record>();
    auto record = Record::decode(**stored);
    if (!record)
        return record.error();
    return std::optional<Record>(std::move(*record));
}

template <typename Record>
Status keepRecord(SyncTransaction& transaction, const Record& record)
{
    if constexpr (requires { record.key(); })
        return transaction.put(Record::kKind, record.key(), record.encode());
    else
        return transaction.put(Record::kKind, record.id.view(), record.encode());
}

/// What a device brings to a pairing; lives no longer than the transaction.
[[nodiscard]] inline PairingSelf selfOf(const OwnDevice& own)
{
    return {own.identity, own.roster, own.name, own.agreement};
}

} // namespace Waymark

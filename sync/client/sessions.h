// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/random.h"
#include "sync/client/records.h"
#include "sync/handshake/envelope.h"

namespace Waymark {

/// What goes over the sessions with peers: operations out and in, receipts, repair. Every function
/// works inside one SyncTransaction; the ratchet's steps are saved with what they changed, before
/// anything is sent or acknowledged.
class Sessions
{
public:
    Sessions(SyncTransaction& transaction, const Clock& clock, Random& random)
        : m_transaction(transaction), m_clock(clock), m_random(random)
    {
    }

    /// Packs what a peer lacks into messages, until so many wait to be sent. `receipts`: also a
    /// receipt that is not due yet for its 30 seconds.
    Status pack(PeerRecord& peer, bool receipts);
    /// Messages of a peer that the relay does not have, in order.
    [[nodiscard]] Result<std::vector<OutgoingRecord>> outgoing(const PeerRecord& peer);
    /// The relay has it.
    Status sent(const Bytes& key);

    /// Takes one message in. What cannot be decrypted or understood is counted and passed over:
    /// only a failure of the vault is an error.
    struct Taken
    {
        bool fresh = false; ///< a message of the session, not taken in before
        int operations = 0;
    };
    Result<Taken> take(PeerRecord& peer, BytesView body);

    /// Messages that wait at most before more are packed.
    static constexpr std::size_t kMaxOutgoing = 16;
    static constexpr qint64 kReceiptEveryMs = 30'000;
    static constexpr int kBrokenAfter = 5; ///< undecryptable messages in a row
    static constexpr qint64 kRepairBytesADay = 16 * 1024 * 1024; ///< sent again to one peer
    /// How long what was sent may be without a receipt before the peer is asked for one.
    static constexpr qint64 kAskAfterMs = 24LL * 60 * 60 * 1000;

private:
    Status packReceipt(PeerRecord& peer, bool receipts);
    Status packQuestion(PeerRecord& peer);
    [[nodiscard]] bool mayRepair(PeerRecord& peer) const;
    /// The next message of operations; false where nothing is left.
    Result<bool> packOperations(PeerRecord& peer, std::size_t& room);
    Result<bool> packLarge(
        PeerRecord& peer, const Bytes& operation, quint64 seq, std::size_t& room);
    Status put(PeerRecord& peer, const SessionMessage& message, quint64 from, quint64 upTo);
    [[nodiscard]] Result<HaveMessage> receipt(const PeerRecord& peer);
    Status takeMessage(PeerRecord& peer, const SessionMessage& message, Taken& taken);
    Status takeOperations(PeerRecord& peer, const QList<Bytes>& operations, Taken& taken);
    Status takePiece(PeerRecord& peer, const PartMessage& piece, Taken& taken);
    Status takeReceipt(PeerRecord& peer, const HaveMessage& have);
    Status forgetOld(const PeerRecord& peer);

    SyncTransaction& m_transaction;
    const Clock& m_clock;
    Random& m_random;
};

} // namespace Waymark

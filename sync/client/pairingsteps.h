// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/random.h"
#include "sync/client/records.h"

namespace Waymark {

/// Pairing by link, step by step, each inside one SyncTransaction: what it decides is saved before
/// anything of it is sent, and may be sent again as often as needed.
class PairingSteps
{
public:
    PairingSteps(SyncTransaction& transaction, const Clock& clock, Random& random)
        : m_transaction(transaction), m_clock(clock), m_random(random)
    {
    }

    /// Whether somebody may be invited into the space now: Refused, NotFound.
    Status mayInvite(const SpaceId& space);
    /// Keeps an invitation whose queue is made.
    Result<OpenInvitation> keepInvitation(
        PairingInvitation invitation, Role role, bool acceptFirst);
    Result<PairingRow> accept(const Link& link);
    /// Somebody's request, come on an invitation's queue.
    Status takeRequest(const PairingId& invitation, BytesView message);
    Status confirm(const PairingId& asker);
    Status turnAway(const PairingId& asker);
    Status withdraw(const PairingId& invitation);
    /// The inviter's answer, come on the asking's queue.
    Status takeAnswer(const PairingId& asking, BytesView message);
    /// The first message of a session ends the pairing it came from.
    Status finished(const PeerRecord& peer);
    /// Whose last day is over.
    Status expire();
    Result<QList<PairingRow>> list();
    /// The 60 digits of a row or a space.
    Result<QString> safetyNumberOf(BytesView id);

    /// The same request goes out again once a day.
    static constexpr qint64 kRepeatMs = 24LL * 60 * 60 * 1000;
    /// Of one invitation: whoever has the link could ask under ever new names.
    static constexpr int kMaxAskers = 32;

private:
    Result<bool> isFull(const SpaceId& space);
    Status letInAsker(InvitationRecord& invitation, AskerRecord& asker);
    Status answerUsedTo(const InvitationRecord& invitation, AskerRecord& asker);
    Status closeOthers(const SpaceId& space, const PairingId& invitation, const PairingId& asker);
    void announce(const char* what, const SpaceId& space);

    SyncTransaction& m_transaction;
    const Clock& m_clock;
    Random& m_random;
};

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"
#include "app/domain/entry.h"

#include <QFuture>
#include <QObject>

namespace Waymark {

enum class PairingSide { Inviter, Asker };
enum class PairingState { Open, Asked, Confirmed, Paired, Used, Expired, Withdrawn };
[[nodiscard]] QString pairingStateName(PairingState state);

/// One invitation, or one person who asks to be let in (`of` names the invitation).
struct PairingRow
{
    Bytes id; ///< 16 bytes
    Bytes of; ///< the invitation's id, on rows of askers; else empty
    SpaceId space;
    QString name; ///< the other's, where known
    Role role = Role::Peer; ///< the one offered
    PairingSide side = PairingSide::Inviter;
    PairingState state = PairingState::Open;
    qint64 expiresMs = 0;
    QString link; ///< on the inviter's own invitations while open
};

struct OpenInvitation
{
    Bytes id;
    QString link;
    qint64 expiresMs = 0;
};

/// What a link says before anything is done with it.
struct LinkContents
{
    QString name; ///< who invites
    Role role = Role::Peer; ///< as what
    SpaceId space;
    QString relay;
    qint64 expiresMs = 0;
    qsizetype from = 0; ///< where in the given text the link stands
    qsizetype length = 0;
};

/// Inviting and being let in. Every step is saved before it is sent.
class Pairing
{
public:
    virtual ~Pairing() = default;
    /// Finds a link in any pasted text: LinkInvalid, LinkExpired. Pure; any thread.
    [[nodiscard]] virtual Result<LinkContents> inspect(const QString& text) const = 0;
    /// Makes the invitation's queue at the relay first; RelayUnreachable keeps nothing.
    virtual QFuture<Result<OpenInvitation>> invite(
        SpaceId space, QString relay, Role role, bool acceptFirst)
        = 0;
    /// Joins by a link: the message leaves with the next connection.
    virtual QFuture<Result<PairingRow>> accept(QString link) = 0;
    virtual QFuture<Status> confirm(Bytes asker) = 0;
    virtual QFuture<Status> turnAway(Bytes asker) = 0;
    virtual QFuture<Status> withdraw(Bytes invitation) = 0;
    virtual QFuture<Result<QList<PairingRow>>> list() = 0;
    /// The 60 digits to compare with the partner of a pairing (row's id) or of a space.
    virtual QFuture<Result<QString>> safetyNumber(Bytes id) = 0;
};

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"
#include "app/crypto/identity.h"
#include "app/domain/entry.h"

#include <QFuture>
#include <QJsonObject>
#include <QList>

#include <functional>

namespace Waymark {

/// The end of a log, as `have` messages name it.
struct LogHead
{
    Bytes name; ///< 16 bytes device, or 48 for a branch
    DeviceId device;
    quint64 seq = 0;
    Hash hash;
};

struct TakenOperations
{
    int applied = 0;
    int waiting = 0; ///< stored until their causal past is there
    QStringList stopped; ///< logs of which nothing more is taken in, and why
};

/// What a device is and may sign with. Secrets stay in locked memory.
struct OwnDevice
{
    PersonId person;
    SigningKey identity;
    DeviceId device;
    Bytes roster;
    SigningPair signing;
    AgreementPair agreement;
    QString name; ///< the owner's first name
};

/// One transaction on the database thread. Valid only inside the work that was handed it.
class SyncTransaction
{
public:
    virtual ~SyncTransaction() = default;

    // Opaque records, ordered by key within a kind ("session", "queue", "pairing", …).
    virtual Result<std::optional<Bytes>> get(const char* kind, BytesView key) = 0;
    virtual Status put(const char* kind, BytesView key, BytesView value) = 0;
    virtual Status remove(const char* kind, BytesView key) = 0;
    virtual Result<QList<std::pair<Bytes, Bytes>>> all(const char* kind, BytesView prefix = {}) = 0;

    virtual const OwnDevice& own() = 0;
    virtual Result<QList<Space>> spaces() = 0;
    /// The genesis operation, encoded as operations are.
    virtual Result<Bytes> genesis(const SpaceId& space) = 0;
    virtual Result<QList<LogHead>> heads(const SpaceId& space) = 0;
    /// Operations of one log from `from` on, encoded, at most `maxBytes` in all but always one;
    /// each kept signature is there and the last has one.
    virtual Result<QList<Bytes>> operations(
        const SpaceId& space, const DeviceId& device, quint64 from, qsizetype maxBytes)
        = 0;
    virtual Result<std::optional<Hash>> hashAt(
        const SpaceId& space, const DeviceId& device, quint64 seq)
        = 0;
    /// Verifies, stores and applies what it can; seals what is being typed on those entries before.
    virtual Result<TakenOperations> take(const SpaceId& space, const QList<Bytes>& operations) = 0;

    /// Writes the operation that admits a member; the space then has its two.
    virtual Status admit(const SpaceId& space, const SigningKey& identity, BytesView roster,
        Role role, const QString& name)
        = 0;
    /// Takes a space in from its genesis, as one who was let in. Refused when it does not have that
    /// id.
    virtual Status join(const SpaceId& space, BytesView genesis) = 0;

    /// Says the first of two events before the commit and the second after it.
    virtual void announce(const char* before, const char* after, const QJsonObject& about) = 0;

    /// What the partner's receipts cover and what the relay has, for Delivery.
    virtual Status setProgress(
        const SpaceId& space, const DeviceId& peer, quint64 sentUpTo, quint64 receivedUpTo)
        = 0;
};

class SyncStore
{
public:
    virtual ~SyncStore() = default;
    /// Runs `work` in one transaction on the database thread; rolled back unless it succeeds.
    virtual QFuture<Status> transact(std::function<Status(SyncTransaction&)> work) = 0;
};

} // namespace Waymark

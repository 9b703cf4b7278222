// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/random.h"
#include "app/domain/keyvault.h"
#include "app/domain/pairing.h"
#include "app/domain/synccontrol.h"
#include "app/domain/syncstore.h"
#include "sync/client/pairingsteps.h"
#include "sync/client/relaylink.h"

#include <QTimer>

#include <functional>
#include <map>

namespace Waymark {

/// How long to wait before a relay is asked again: longer after each failure in a row. A connection
/// that soon ends is one of them.
class BackOff
{
public:
    void opened(qint64 nowMs) { m_openedMs = nowMs; }
    /// There is no connection, or no longer: the milliseconds to wait, with 16 random bits.
    [[nodiscard]] qint64 failed(qint64 nowMs, quint16 jitter);
    /// Somebody wants it at once.
    void forget() { m_failures = 0; }

    [[nodiscard]] static qint64 delayMs(int failures, quint16 jitter);
    static constexpr qint64 kHeldMs = 60'000; ///< a connection that held so long was a good one

private:
    int m_failures = 0;
    qint64 m_openedMs = 0; ///< 0: not open
};

/// Pairing and syncing with every relay that the vault's records name. Lives on the thread of its
/// owner, which has an event loop; the work on records is done on the database thread.
class SyncEngine final : public SyncControl, public Pairing
{
    Q_OBJECT

public:
    using TransportFactory = std::function<std::unique_ptr<Transport>()>;

    /// All outlive this.
    SyncEngine(SyncStore& store, const Clock& clock, Random& random, TransportFactory transports);
    ~SyncEngine() override;

    // SyncControl
    QFuture<Result<SyncCounts>> syncOnce(int timeoutMs) override;
    void start() override;
    void stop() override;
    void hurry() override;
    QFuture<Result<SyncStatus>> status() override;
    QFuture<Status> tryRelay(QString relay) override;
    QFuture<Result<QString>> relay() override;
    QFuture<Status> setRelay(QString relay) override;

    // Pairing
    [[nodiscard]] Result<LinkContents> inspect(const QString& text) const override;
    QFuture<Result<OpenInvitation>> invite(
        SpaceId space, QString relay, Role role, bool acceptFirst) override;
    QFuture<Result<PairingRow>> accept(QString link) override;
    QFuture<Status> confirm(Bytes asker) override;
    QFuture<Status> turnAway(Bytes asker) override;
    QFuture<Status> withdraw(Bytes invitation) override;
    QFuture<Result<QList<PairingRow>>> list() override;
    QFuture<Result<QString>> safetyNumber(Bytes id) override;

    /// Something was written in the vault: what waits is sent, where one is connected.
    void changed();

private:
    struct Followed
    {
        RelayLink::Ptr link;
        QTimer retry;
        BackOff backOff;
    };
    class Once;

    /// Runs work in a transaction; gives its value.
    template <typename Value>
    QFuture<Value> transacting(std::function<Value(SyncTransaction&)> work);
    QFuture<Status> pairingStep(Bytes id, Status (PairingSteps::*step)(const PairingId&));
    /// A connection that makes one queue and ends.
    void makeQueue(
        const RelayUrl& url, const QueueKeys& keys, std::function<void(const Status&)> done);
    void readRelays(std::function<void(Result<QList<RelayUrl>>)> done);
    void follow(const RelayUrl& url);
    void retryLater(Followed& followed, qint64 atLeastMs);
    void tellStatus();

    SyncStore& m_store;
    const Clock& m_clock;
    Random& m_random;
    TransportFactory m_transports;
    std::map<QString, std::unique_ptr<Followed>> m_followed; ///< while started, by url
    QTimer m_tick; ///< receipts at most every 30 s, requests once a day
    bool m_started = false;
    bool m_tellingStatus = false;
};

} // namespace Waymark

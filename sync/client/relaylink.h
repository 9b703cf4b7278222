// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/random.h"
#include "app/domain/synccontrol.h"
#include "sync/client/records.h"
#include "sync/client/transport.h"

#include <QObject>

#include <deque>
#include <memory>
#include <set>

namespace Waymark {

/// The traffic with one relay: makes and follows the queues that the vault's records name, sends
/// what waits, takes in what comes, and acknowledges only what is committed. A message that the
/// vault will not have is acknowledged and dropped; only a failure of the vault itself ends the
/// connection. Lives on its owner's thread; holds no timer: open() and refresh() are called from
/// outside, refresh() at least every minute or so, when what the relay refused is tried again.
class RelayLink final : public QObject, private Transport::Listener
{
    Q_OBJECT

public:
    /// Ends a link: it says nothing more, and goes once the database thread has done what it was
    /// asked, which looks back at the link.
    struct Retire
    {
        void operator()(RelayLink* link) const { link->retire(); }
    };
    using Ptr = std::unique_ptr<RelayLink, Retire>;

    RelayLink(RelayUrl url, std::unique_ptr<Transport> transport, SyncStore& store,
        const Clock& clock, Random& random);
    ~RelayLink() override;

    [[nodiscard]] const RelayUrl& url() const { return m_url; }
    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] bool isSettled() const;
    [[nodiscard]] SyncCounts counts() const { return m_counts; }
    /// Receipts go out at once, not at most every 30 seconds: for a connection that soon ends.
    void setEager(bool eager) { m_eager = eager; }

    void open();
    void close();
    /// Looks at the records again: something was written, or time has passed.
    void refresh();

Q_SIGNALS:
    void opened();
    /// Nothing waits here, and the relay has no more.
    void settled();
    /// The connection could not be made, or is over.
    void failed(const Waymark::Error& why, qint64 retryAfterMs);
    /// Something was committed that people see.
    void progressed(bool pairings);

private:
    enum class QueueOf { Peer, Invitation, Asking };
    struct Queue
    {
        QueueOf of = QueueOf::Peer;
        Bytes record; ///< its record's key
        SigningPair receive;
        SigningKey send;
        bool subscribed = false;
        bool drained = false;
        qint64 retryAtMs = 0; ///< not 0: it could not be followed, and is tried again then
    };
    struct Sending
    {
        enum class What { Message, Answer, Request } what = What::Message;
        Bytes record;
        SendAddress to;
        MessageId id;
        Bytes body;
    };
    /// What the records say is to be done on this relay; made on the database thread.
    struct Plan
    {
        std::vector<Queue> queues;
        std::vector<Sending> sendings;
        std::vector<SigningPair> dropped;
    };
    struct Arrived
    {
        QueueId queue;
        qint64 number = 0;
        Bytes body;
    };

    void retire();
    void goWhenIdle();
    /// Runs `work` in a transaction, then `then` on this thread, unless the link was retired.
    void transact(
        std::function<Status(SyncTransaction&)> work, std::function<void(const Status&)> then);

    // Transport::Listener
    void pushed(const QueueId& queue, qint64 first, std::vector<RelayMessage> messages) override;
    void drained(const QueueId& queue, qint64 upTo) override;
    void ended(const QueueId& queue) override;
    void lost(const RelayAnswer& why) override;

    Status makePlan(SyncTransaction& transaction, Plan& plan) const;
    Status planPairings(SyncTransaction& transaction, Plan& plan) const;
    void follow(Plan plan);
    void subscribe(const QueueId& id);
    void startSending(Sending sending);
    void wasSent(const Sending& sending);
    void takeArrived();
    void tookGroup(const QueueId& queue, std::vector<Arrived> group, const Status& status);
    /// The connection ends for a reason of one's own.
    void giveUp(const Error& why);
    [[nodiscard]] bool arrivedTooMuch() const;
    [[nodiscard]] qint64 retryAt(qint64 adviceMs) const;
    Status takeGroup(SyncTransaction& transaction, QueueOf of, const Bytes& record,
        const std::vector<Arrived>& group, bool& pairings) const;
    void acknowledge(const SigningPair& receive, qint64 upTo);
    void settleIfIdle();

    RelayUrl m_url;
    std::unique_ptr<Transport> m_transport;
    SyncStore& m_store;
    const Clock& m_clock;
    Random& m_random;
    bool m_open = false;
    bool m_eager = false;
    bool m_refreshing = false;
    bool m_refreshAgain = false;
    bool m_taking = false;
    bool m_retired = false;
    int m_transactions = 0; ///< asked of the store and not done
    quint64 m_connection = 0; ///< answers of an earlier connection are told by this
    SyncCounts m_counts;
    std::map<QueueId, Queue> m_queues; ///< by receive id
    std::set<Bytes> m_droppedQueues; ///< dropped on this connection
    std::set<Bytes> m_inFlight; ///< records being sent
    std::map<Bytes, qint64> m_blocked; ///< records that the relay refused, and until when
    int m_openRequests = 0; ///< sends and acknowledgements that are not answered and written down
    std::deque<Arrived> m_arrived;
    qsizetype m_arrivedBytes = 0;
    std::size_t m_alone = 0; ///< so many of them are taken in one by one
};

} // namespace Waymark

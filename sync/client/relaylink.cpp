// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/relaylink.h"

#include "app/core/log.h"
#include "sync/client/pairingsteps.h"
#include "sync/client/sessions.h"
#include "sync/handshake/wire.h"

#include <QFutureWatcher>

namespace Waymark {

namespace {

constexpr std::size_t kGroup = 16; ///< messages taken in one transaction
constexpr qint64 kRefusedAgainMs = 60'000; ///< what the relay refused without saying for how long
/// Two windows of every queue, since a queue may be followed anew: no relay has reason for more.
constexpr std::size_t kMaxArrived = 2 * Wire::kDefaultWindow;
constexpr qsizetype kMaxArrivedBytes = 2 * (Wire::kMaxWindowBytes + Wire::kMaxFrame);

/// Whether the vault itself failed, and not what a message wanted of it.
bool isVaultFailure(ErrorCode code)
{
    return (code >= ErrorCode::DiskFull && code <= ErrorCode::CipherMissing)
        || code == ErrorCode::Cancelled;
}

template <typename Id>
Result<Id> idFrom(const Bytes& key)
{
    const auto id = Id::fromBytes(key);
    if (!id)
        return Error{ErrorCode::VaultDatabaseDamaged, QStringLiteral("record key")};
    return *id;
}

} // namespace

RelayLink::RelayLink(RelayUrl url, std::unique_ptr<Transport> transport, SyncStore& store,
    const Clock& clock, Random& random)
    : m_url(std::move(url)), m_transport(std::move(transport)), m_store(store), m_clock(clock),
      m_random(random)
{
    m_transport->setListener(this);
}

RelayLink::~RelayLink()
{
    m_transport->setListener(nullptr);
}

void RelayLink::retire()
{
    close();
    disconnect();
    m_retired = true;
    goWhenIdle();
}

void RelayLink::goWhenIdle()
{
    // Later, since the one who retires it may have been told so by it.
    if (m_retired && m_transactions == 0)
        deleteLater();
}

void RelayLink::transact(
    std::function<Status(SyncTransaction&)> work, std::function<void(const Status&)> then)
{
    ++m_transactions;
    auto* watcher = new QFutureWatcher<Status>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, then = std::move(then)] {
        watcher->deleteLater();
        --m_transactions;
        goWhenIdle();
        if (!m_retired)
            then(watcher->result());
    });
    watcher->setFuture(m_store.transact(std::move(work)));
}

void RelayLink::open()
{
    const quint64 connection = ++m_connection;
    m_open = false;
    m_queues.clear();
    m_inFlight.clear();
    m_blocked.clear();
    m_droppedQueues.clear();
    m_arrived.clear();
    m_arrivedBytes = 0;
    m_alone = 0;
    m_openRequests = 0;
    m_transport->open(m_url, [this, connection](const RelayAnswer& answer) {
        if (connection != m_connection)
            return;
        if (!answer.status) {
            Q_EMIT failed(answer.status.error(), answer.retryAfterMs);
            return;
        }
        m_open = true;
        Q_EMIT opened();
        refresh();
    });
}

void RelayLink::close()
{
    ++m_connection;
    m_open = false;
    m_transport->close();
}

// --- what the records ask for

Status RelayLink::planPairings(SyncTransaction& transaction, Plan& plan) const
{
    auto invitations = allRecords<InvitationRecord>(transaction);
    if (!invitations)
        return invitations.error();
    std::map<PairingId, QString> relays;
    for (const InvitationRecord& each : *invitations) {
        if (each.invitation.link.relayUrl != m_url.text())
            continue;
        relays.emplace(each.id, each.invitation.link.relayUrl);
        const QueueKeys& keys = each.invitation.queue;
        if (each.state == PairingState::Paired || each.state == PairingState::Withdrawn)
            plan.dropped.push_back(keys.receive.clone());
        else
            plan.queues.push_back({QueueOf::Invitation, each.id.bytes(), keys.receive.clone(),
                keys.send.publicKey, false, false});
    }
    auto askers = allRecords<AskerRecord>(transaction);
    if (!askers)
        return askers.error();
    for (const AskerRecord& each : *askers) {
        if (relays.contains(each.invitation) && !each.answer.isEmpty() && !each.answerSent)
            plan.sendings.push_back({Sending::What::Answer, each.id.bytes(), each.sendTo.clone(),
                each.answerId, each.answer});
    }
    auto askings = allRecords<AskingRecord>(transaction);
    if (!askings)
        return askings.error();
    for (const AskingRecord& each : *askings) {
        const Link& link = each.asking.link;
        if (link.relayUrl != m_url.text())
            continue;
        const QueueKeys& keys = each.asking.queue;
        if (each.state == PairingState::Used || each.state == PairingState::Withdrawn)
            plan.dropped.push_back(keys.receive.clone());
        if (each.state != PairingState::Asked)
            continue; // once paired, the peer's record has the queue
        plan.queues.push_back({QueueOf::Asking, each.id.bytes(), keys.receive.clone(),
            keys.send.publicKey, false, false});
        if (!each.requestSent)
            plan.sendings.push_back({Sending::What::Request, each.id.bytes(),
                {link.queue, link.sendPair().secret.slice(0, SendAddress::kSeedSize)},
                each.requestId, each.asking.message});
    }
    return {};
}

Status RelayLink::makePlan(SyncTransaction& transaction, Plan& plan) const
{
    if (Status status = PairingSteps(transaction, m_clock, m_random).expire(); !status)
        return status;
    if (Status status = planPairings(transaction, plan); !status)
        return status;
    auto peers = allRecords<PeerRecord>(transaction);
    if (!peers)
        return peers.error();
    Sessions sessions(transaction, m_clock, m_random);
    for (PeerRecord& peer : *peers) {
        if (peer.relay != m_url.text())
            continue;
        plan.queues.push_back({QueueOf::Peer, peer.key(), peer.queue.receive.clone(),
            peer.queue.send.publicKey, false, false});
        const Bytes before = peer.encode();
        if (Status status = sessions.pack(peer, m_eager); !status)
            return status;
        if (peer.encode() != before) {
            if (Status status = keepRecord(transaction, peer); !status)
                return status;
        }
        auto outgoing = sessions.outgoing(peer);
        if (!outgoing)
            return outgoing.error();
        for (OutgoingRecord& each : *outgoing)
            plan.sendings.push_back({Sending::What::Message, each.key(), peer.sendTo.clone(),
                each.id, std::move(each.body)});
    }
    return {};
}

void RelayLink::refresh()
{
    if (!m_open)
        return;
    if (m_refreshing) {
        m_refreshAgain = true;
        return;
    }
    m_refreshing = true;
    auto plan = std::make_shared<Plan>();
    transact([this, plan](SyncTransaction& transaction) { return makePlan(transaction, *plan); },
        [this, plan, connection = m_connection](const Status& status) {
            m_refreshing = false;
            const bool again = std::exchange(m_refreshAgain, false);
            if (connection != m_connection || !m_open) {
                if (again) // of the connection that is there now
                    refresh();
                return;
            }
            if (!status)
                return giveUp(status.error());
            follow(std::move(*plan));
            if (again)
                refresh();
            else
                settleIfIdle();
        });
}

void RelayLink::giveUp(const Error& why)
{
    ++m_connection; // nothing that is still answered is of this one
    m_open = false;
    m_transport->close();
    Q_EMIT failed(why, 0);
}

qint64 RelayLink::retryAt(qint64 adviceMs) const
{
    return m_clock.nowMs() + (adviceMs > 0 ? adviceMs : kRefusedAgainMs);
}

void RelayLink::follow(Plan plan)
{
    for (const SigningPair& each : plan.dropped) {
        if (!m_droppedQueues.insert(each.publicKey.bytes()).second)
            continue;
        m_queues.erase(receiveIdOf(each.publicKey));
        m_transport->dropQueue(each, [](const RelayAnswer&) {});
    }
    for (Queue& each : plan.queues) {
        const QueueId id = receiveIdOf(each.receive.publicKey);
        const auto known = m_queues.find(id);
        if (known != m_queues.end()) {
            // An asking's queue becomes the peer's.
            known->second.of = each.of;
            known->second.record = each.record;
            const qint64 at = known->second.retryAtMs;
            if (at > 0 && m_clock.nowMs() >= at) {
                known->second.retryAtMs = 0;
                subscribe(id);
            }
            continue;
        }
        m_queues.emplace(id, std::move(each));
        subscribe(id);
    }
    std::erase_if(
        m_blocked, [now = m_clock.nowMs()](const auto& each) { return now >= each.second; });
    for (Sending& each : plan.sendings) {
        if (!m_blocked.contains(each.record + each.id.bytes())
            && m_inFlight.insert(each.record + each.id.bytes()).second)
            startSending(std::move(each));
    }
}

void RelayLink::subscribe(const QueueId& id)
{
    const Queue& queue = m_queues.at(id);
    const quint64 connection = m_connection;
    const auto failed = [this, id, connection](const RelayAnswer& answer) {
        if (connection != m_connection || answer.status)
            return false;
        qCWarning(logSync) << "a queue cannot be followed:" << codeName(answer.status.error().code);
        const auto known = m_queues.find(id);
        if (known != m_queues.end()) {
            known->second.drained = true; // nothing comes of it for now
            known->second.retryAtMs = retryAt(answer.retryAfterMs);
        }
        settleIfIdle();
        return true;
    };
    // Made anew where the relay lost it; the same keys find it where it is there.
    m_transport->createQueue(queue.receive, queue.send, failed);
    m_transport->subscribe(
        queue.receive, 256, [this, id, failed, connection](const RelayAnswer& answer) {
            if (failed(answer) || connection != m_connection)
                return;
            const auto known = m_queues.find(id);
            if (known == m_queues.end())
                return;
            known->second.subscribed = true;
            if (std::exchange(known->second.retryAtMs, 0) > 0)
                known->second.drained = false; // the queue was there although it could not be made
        });
}

void RelayLink::startSending(Sending sending)
{
    ++m_openRequests;
    auto kept = std::make_shared<Sending>(std::move(sending));
    const SigningPair key = kept->to.sendPair();
    m_transport->send(kept->to.queue, key, kept->id, kept->body,
        [this, kept, connection = m_connection](const RelayAnswer& answer) {
            if (connection != m_connection)
                return;
            --m_openRequests;
            if (answer.status) {
                ++m_counts.sent;
                wasSent(*kept);
                return;
            }
            // It stays in the records and goes out again, a while later or on the next connection.
            qCWarning(logSync) << "a message stays here:" << codeName(answer.status.error().code);
            m_inFlight.erase(kept->record + kept->id.bytes());
            m_blocked.insert_or_assign(
                kept->record + kept->id.bytes(), retryAt(answer.retryAfterMs));
            settleIfIdle();
        });
}

void RelayLink::wasSent(const Sending& sending)
{
    ++m_openRequests; // until it is written down
    transact(
        [what = sending.what, record = sending.record, id = sending.id, this](
            SyncTransaction& transaction) -> Status {
            switch (what) {
            case Sending::What::Message:
                return Sessions(transaction, m_clock, m_random).sent(record);
            case Sending::What::Answer: {
                auto asker = findRecord<AskerRecord>(transaction, record);
                if (!asker || !*asker || (*asker)->answerId != id)
                    return asker ? Status() : Status(asker.error());
                (*asker)->answerSent = true;
                return keepRecord(transaction, **asker);
            }
            case Sending::What::Request: {
                auto asking = findRecord<AskingRecord>(transaction, record);
                if (!asking || !*asking || (*asking)->requestId != id)
                    return asking ? Status() : Status(asking.error());
                (*asking)->requestSent = true;
                return keepRecord(transaction, **asking);
            }
            }
            return {};
        },
        [this, key = sending.record + sending.id.bytes(), what = sending.what,
            connection = m_connection](const Status& status) {
            if (connection != m_connection)
                return;
            --m_openRequests;
            if (!status)
                return giveUp(status.error()); // else it would be sent again and again
            m_inFlight.erase(key);
            Q_EMIT progressed(what != Sending::What::Message);
            refresh(); // there may be more to pack
        });
}

// --- what comes

void RelayLink::pushed(const QueueId& queue, qint64 first, std::vector<RelayMessage> messages)
{
    if (!m_open || !m_queues.contains(queue))
        return;
    for (RelayMessage& each : messages) {
        m_arrivedBytes += each.body.size();
        m_arrived.push_back({queue, first++, std::move(each.body)});
    }
    if (arrivedTooMuch())
        return giveUp({ErrorCode::RelayProtocol, QStringLiteral("more than a window was pushed")});
    takeArrived();
}

bool RelayLink::arrivedTooMuch() const
{
    return m_arrived.size() > kMaxArrived * m_queues.size()
        || m_arrivedBytes > kMaxArrivedBytes * qsizetype(m_queues.size());
}

void RelayLink::drained(const QueueId& queue, qint64 upTo)
{
    Q_UNUSED(upTo)
    const auto known = m_queues.find(queue);
    if (known != m_queues.end())
        known->second.drained = true;
    settleIfIdle();
}

void RelayLink::ended(const QueueId& queue)
{
    m_queues.erase(queue);
    settleIfIdle();
}

void RelayLink::lost(const RelayAnswer& why)
{
    ++m_connection;
    m_open = false;
    Q_EMIT failed(
        why.status ? Error{ErrorCode::RelayUnreachable, {}} : why.status.error(), why.retryAfterMs);
}

Status RelayLink::takeGroup(SyncTransaction& transaction, QueueOf of, const Bytes& record,
    const std::vector<Arrived>& group, bool& pairings) const
{
    PairingSteps steps(transaction, m_clock, m_random);
    Sessions sessions(transaction, m_clock, m_random);
    std::optional<PeerRecord> peer;
    for (const Arrived& each : group) {
        const auto kind = wireKindOf(each.body);
        if (!kind)
            continue; // of a later version: acknowledged and passed over
        if (of == QueueOf::Invitation && *kind == WireKind::PairingRequest) {
            auto id = idFrom<PairingId>(record);
            if (Status status = id ? steps.takeRequest(*id, each.body) : Status(id.error());
                !status)
                return status;
            pairings = true;
        } else if (of == QueueOf::Asking && *kind == WireKind::PairingAnswer) {
            auto id = idFrom<PairingId>(record);
            if (Status status = id ? steps.takeAnswer(*id, each.body) : Status(id.error()); !status)
                return status;
            pairings = true;
        } else if (of == QueueOf::Peer && *kind == WireKind::Session) {
            if (!peer) {
                auto found = findRecord<PeerRecord>(transaction, record);
                if (!found)
                    return found.error();
                if (!*found)
                    continue;
                peer = std::move(**found);
            }
            const bool first = peer->session.highestReceived == 0;
            auto taken = sessions.take(*peer, each.body);
            if (!taken)
                return taken.error();
            if (first && taken->fresh) {
                if (Status status = steps.finished(*peer); !status)
                    return status;
                pairings = true;
            }
        }
    }
    return peer ? keepRecord(transaction, *peer) : Status();
}

void RelayLink::takeArrived()
{
    if (m_taking || !m_open)
        return;
    auto known = m_queues.end();
    auto group = std::make_shared<std::vector<Arrived>>();
    while (!m_arrived.empty() && known == m_queues.end()) {
        const QueueId queue = m_arrived.front().queue;
        known = m_queues.find(queue);
        group->clear(); // what was of a queue that is not followed any more
        const std::size_t most = m_alone > 0 ? 1 : kGroup;
        while (!m_arrived.empty() && m_arrived.front().queue == queue && group->size() < most) {
            m_arrivedBytes -= m_arrived.front().body.size();
            group->push_back(std::move(m_arrived.front()));
            m_arrived.pop_front();
        }
        m_alone -= std::min(m_alone, group->size());
    }
    if (known == m_queues.end())
        return settleIfIdle();
    m_taking = true;
    auto pairings = std::make_shared<bool>(false);
    transact(
        [this, group, pairings, of = known->second.of, record = known->second.record](
            SyncTransaction& transaction) {
            return takeGroup(transaction, of, record, *group, *pairings);
        },
        [this, queue = known->first, group, pairings, connection = m_connection](
            const Status& status) {
            m_taking = false;
            if (connection != m_connection || !m_open)
                return takeArrived(); // of the connection that is there now
            tookGroup(queue, std::move(*group), status);
            if (connection == m_connection && m_open)
                Q_EMIT progressed(*pairings && status.ok());
        });
}

void RelayLink::tookGroup(const QueueId& queue, std::vector<Arrived> group, const Status& status)
{
    if (!status && isVaultFailure(status.error().code))
        return giveUp(status.error());
    if (!status && group.size() > 1) {
        // One of them is not to be had. They are taken again one by one, to find which.
        m_alone = group.size();
        for (auto each = group.rbegin(); each != group.rend(); ++each) {
            m_arrivedBytes += each->body.size();
            m_arrived.push_front(std::move(*each));
        }
        return takeArrived();
    }
    if (status)
        m_counts.received += int(group.size());
    else
        qCWarning(logSync) << "a message is left out:" << codeName(status.error().code);
    const auto still = m_queues.find(queue);
    if (still != m_queues.end())
        acknowledge(still->second.receive, group.back().number);
    if (m_arrived.empty())
        refresh();
    else
        takeArrived();
}

void RelayLink::acknowledge(const SigningPair& receive, qint64 upTo)
{
    ++m_openRequests;
    m_transport->acknowledge(receive, upTo, [this, connection = m_connection](const RelayAnswer&) {
        // Unanswered, the messages come again and are known.
        if (connection != m_connection)
            return;
        --m_openRequests;
        settleIfIdle();
    });
}

bool RelayLink::isSettled() const
{
    const bool drainedAll = std::all_of(
        m_queues.begin(), m_queues.end(), [](const auto& each) { return each.second.drained; });
    return m_open && !m_refreshing && !m_refreshAgain && !m_taking && m_arrived.empty()
        && m_openRequests == 0 && drainedAll;
}

void RelayLink::settleIfIdle()
{
    if (isSettled())
        Q_EMIT settled();
}

} // namespace Waymark

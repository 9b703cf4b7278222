// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/syncengine.h"

#include "app/core/executor.h"
#include "app/core/log.h"
#include "sync/client/sessions.h"

#include <QCoreApplication>
#include <QPointer>

#include <algorithm>

namespace Waymark {

namespace {

constexpr int kFirstRetryMs = 2000; ///< of which at least half is waited
constexpr int kLastRetryMs = 5 * 60 * 1000;
constexpr int kTickMs = 30'000;
constexpr int kTryMs = 15'000;
constexpr BytesView kRelayKey("relay");

/// A future whose result is given later, once.
template <typename Value>
class Later
{
public:
    Later() : m_promise(std::make_shared<QPromise<Value>>()) { m_promise->start(); }
    [[nodiscard]] QFuture<Value> future() const { return m_promise->future(); }
    void give(Value value) const
    {
        if (*m_given)
            return;
        *m_given = true;
        m_promise->addResult(std::move(value));
        m_promise->finish();
    }

private:
    std::shared_ptr<QPromise<Value>> m_promise;
    std::shared_ptr<bool> m_given = std::make_shared<bool>(false);
};

Result<PairingId> pairingId(const Bytes& id)
{
    const auto found = PairingId::fromBytes(id);
    if (!found)
        return Error{ErrorCode::NotFound, QStringLiteral("no pairing has that id")};
    return *found;
}

/// The relays that the records name.
Result<std::set<QString>> relaysOf(SyncTransaction& transaction)
{
    std::set<QString> out;
    auto peers = allRecords<PeerRecord>(transaction);
    if (!peers)
        return peers.error();
    for (const PeerRecord& each : *peers)
        out.insert(each.relay);
    auto invitations = allRecords<InvitationRecord>(transaction);
    if (!invitations)
        return invitations.error();
    for (const InvitationRecord& each : *invitations) {
        if (each.state != PairingState::Paired)
            out.insert(each.invitation.link.relayUrl);
    }
    auto askings = allRecords<AskingRecord>(transaction);
    if (!askings)
        return askings.error();
    for (const AskingRecord& each : *askings) {
        if (each.state == PairingState::Asked)
            out.insert(each.asking.link.relayUrl);
    }
    return out;
}

Result<SyncStatus> statusOf(SyncTransaction& transaction)
{
    SyncStatus out;
    auto peers = allRecords<PeerRecord>(transaction);
    if (!peers)
        return peers.error();
    for (const PeerRecord& peer : *peers) {
        auto heads = transaction.heads(peer.space);
        if (!heads)
            return heads.error();
        quint64 own = 0;
        for (const LogHead& head : *heads) {
            if (head.device == transaction.own().device)
                own = head.seq;
        }
        PeerStatus each{peer.name, peer.space, peer.received >= own, peer.stopped};
        if (peer.undecryptable >= Sessions::kBrokenAfter)
            each.problem = QStringLiteral("messages can no longer be read");
        out.peers.append(each);
        out.outbox += int(own - std::min(own, peer.received));
        out.unsent += int(own - std::min(own, peer.sent));
    }
    return out;
}

} // namespace

SyncEngine::SyncEngine(
    SyncStore& store, const Clock& clock, Random& random, TransportFactory transports)
    : m_store(store), m_clock(clock), m_random(random), m_transports(std::move(transports))
{
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, [this] { changed(); });
}

SyncEngine::~SyncEngine() = default;

template <typename Value>
QFuture<Value> SyncEngine::transacting(std::function<Value(SyncTransaction&)> work)
{
    auto value = std::make_shared<std::optional<Value>>();
    return m_store
        .transact([value, work = std::move(work)](SyncTransaction& transaction) -> Status {
            value->emplace(work(transaction));
            return (*value)->ok() ? Status() : Status((*value)->error());
        })
        .then([value](const Status& status) -> Value {
            if (!status)
                return status.error();
            return std::move(**value);
        });
}

void SyncEngine::readRelays(std::function<void(Result<QList<RelayUrl>>)> done)
{
    transacting<Result<std::set<QString>>>(relaysOf).then(
        this, [done = std::move(done)](const Result<std::set<QString>>& found) {
            if (!found)
                return done(found.error());
            QList<RelayUrl> urls;
            for (const QString& each : *found) {
                auto url = RelayUrl::parse(each);
                if (url)
                    urls.append(*url);
            }
            done(urls);
        });
}

// --- once

/// One round with every relay, one after the other.
class SyncEngine::Once : public QObject
{
public:
    Once(SyncEngine& engine, QList<RelayUrl> relays, int timeoutMs, Later<Result<SyncCounts>> later)
        : QObject(&engine), m_engine(engine), m_relays(std::move(relays)), m_later(std::move(later))
    {
        m_timeout.setSingleShot(true);
        connect(&m_timeout, &QTimer::timeout, this, [this] {
            finish(Error{ErrorCode::Timeout, {}});
        });
        m_timeout.start(timeoutMs);
    }

    void next()
    {
        m_link.reset();
        if (m_relays.isEmpty())
            return finish({});
        m_link.reset(new RelayLink(m_relays.takeFirst(), m_engine.m_transports(), m_engine.m_store,
            m_engine.m_clock, m_engine.m_random));
        m_link->setEager(true);
        // Queued, so that nothing is torn down under the one who tells.
        connect(m_link.get(), &RelayLink::settled, this, &Once::settled, Qt::QueuedConnection);
        connect(m_link.get(), &RelayLink::failed, this, &Once::failed, Qt::QueuedConnection);
        connect(m_link.get(), &RelayLink::progressed, this, [this](bool pairings) {
            if (pairings)
                Q_EMIT m_engine.pairingsChanged();
        });
        m_link->open();
    }

private:
    void settled()
    {
        if (!m_link || sender() != m_link.get() || !m_link->isSettled())
            return;
        count();
        next();
    }
    void failed(const Error& why)
    {
        if (!m_link || sender() != m_link.get())
            return;
        count();
        if (!m_failure)
            m_failure = why;
        next();
    }
    void count()
    {
        m_counts.sent += m_link->counts().sent;
        m_counts.received += m_link->counts().received;
    }
    void finish(const Status& status)
    {
        m_timeout.stop();
        m_link.reset();
        if (!status)
            m_later.give(status.error());
        else if (m_failure)
            m_later.give(*m_failure);
        else
            m_later.give(m_counts);
        deleteLater();
    }

    SyncEngine& m_engine;
    QList<RelayUrl> m_relays;
    Later<Result<SyncCounts>> m_later;
    QTimer m_timeout;
    RelayLink::Ptr m_link;
    SyncCounts m_counts;
    std::optional<Error> m_failure;
};

QFuture<Result<SyncCounts>> SyncEngine::syncOnce(int timeoutMs)
{
    Later<Result<SyncCounts>> later;
    readRelays([this, timeoutMs, later](Result<QList<RelayUrl>> relays) {
        if (!relays)
            return later.give(relays.error());
        (new Once(*this, std::move(*relays), timeoutMs, later))->next();
    });
    return later.future();
}

// --- staying connected

void SyncEngine::start()
{
    if (std::exchange(m_started, true))
        return;
    m_tick.start();
    changed();
}

void SyncEngine::stop()
{
    m_started = false;
    m_tick.stop();
    m_followed.clear();
}

void SyncEngine::hurry()
{
    for (auto& [url, followed] : m_followed) {
        followed->backOff.forget();
        if (followed->retry.isActive()) {
            followed->retry.stop();
            followed->link->open();
        }
    }
    changed();
}

void SyncEngine::changed()
{
    if (!m_started)
        return;
    readRelays([this](const Result<QList<RelayUrl>>& relays) {
        if (!m_started || !relays)
            return;
        for (const RelayUrl& each : *relays) {
            const auto known = m_followed.find(each.text());
            if (known == m_followed.end())
                follow(each);
            else
                known->second->link->refresh();
        }
        tellStatus();
    });
}

void SyncEngine::follow(const RelayUrl& url)
{
    auto followed = std::make_unique<Followed>();
    Followed& it = *followed;
    it.link.reset(new RelayLink(url, m_transports(), m_store, m_clock, m_random));
    it.retry.setSingleShot(true);
    connect(&it.retry, &QTimer::timeout, this, [this, &it] {
        it.link->open();
        tellStatus();
    });
    connect(it.link.get(), &RelayLink::opened, this, [this, &it] {
        it.backOff.opened(m_clock.nowMs());
        tellStatus();
    });
    connect(
        it.link.get(), &RelayLink::failed, this,
        [this, text = url.text(), link = it.link.get()](const Error&, qint64 retryAfterMs) {
            // By then it may be stopped, and even started anew.
            const auto found = m_followed.find(text);
            if (found != m_followed.end() && found->second->link.get() == link)
                retryLater(*found->second, retryAfterMs);
        },
        Qt::QueuedConnection);
    connect(it.link.get(), &RelayLink::progressed, this, [this](bool pairings) {
        if (pairings)
            Q_EMIT pairingsChanged();
        tellStatus();
    });
    m_followed.emplace(url.text(), std::move(followed));
    it.link->open();
}

qint64 BackOff::delayMs(int failures, quint16 jitter)
{
    const qint64 full
        = std::min<qint64>(kLastRetryMs, qint64(kFirstRetryMs) << std::min(failures, 10));
    // Between half and all of it, so that many clients do not come back at one time.
    return full / 2 + full / 2 * jitter / 65536;
}

qint64 BackOff::failed(qint64 nowMs, quint16 jitter)
{
    // A relay that takes every connection and drops it again must not be asked every second.
    const qint64 openedMs = std::exchange(m_openedMs, 0);
    if (openedMs > 0 && nowMs - openedMs >= kHeldMs)
        m_failures = 0;
    return delayMs(m_failures++, jitter);
}

void SyncEngine::retryLater(Followed& followed, qint64 atLeastMs)
{
    if (!m_started)
        return;
    const Bytes random = m_random.bytes(2);
    const auto jitter = quint16((quint8(random[0]) << 8) | quint8(random[1]));
    const qint64 wait = std::max(followed.backOff.failed(m_clock.nowMs(), jitter), atLeastMs);
    followed.retry.start(int(std::clamp<qint64>(wait, 0, 24 * 3600 * 1000)));
    tellStatus();
}

void SyncEngine::tellStatus()
{
    if (std::exchange(m_tellingStatus, true))
        return;
    // After what is going on now, so that many changes give one telling.
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_tellingStatus = false;
            status().then(this, [this](const Result<SyncStatus>& found) {
                if (found)
                    Q_EMIT statusChanged(*found);
            });
        },
        Qt::QueuedConnection);
}

QFuture<Result<SyncStatus>> SyncEngine::status()
{
    ConnectionState connection
        = m_followed.empty() ? ConnectionState::NoRelay : ConnectionState::Online;
    for (const auto& [url, followed] : m_followed) {
        if (!followed->link->isOpen())
            connection = followed->retry.isActive() ? ConnectionState::Offline
                                                    : ConnectionState::Connecting;
    }
    return transacting<Result<SyncStatus>>(
        [connection](SyncTransaction& transaction) -> Result<SyncStatus> {
            auto found = statusOf(transaction);
            if (found)
                found->connection = connection;
            return found;
        });
}

// --- the relay's address

QFuture<Status> SyncEngine::tryRelay(QString relay)
{
    auto url = RelayUrl::parse(relay);
    if (!url)
        return readyFuture<Status>(url.error());
    Later<Status> later;
    std::shared_ptr<Transport> transport = m_transports();
    auto timer = std::make_shared<QTimer>();
    const auto done = [later, transport, timer](const Status& status) {
        timer->stop();
        // Not from within the transport's own call.
        QMetaObject::invokeMethod(
            qApp, [transport] { transport->close(); }, Qt::QueuedConnection);
        later.give(status);
    };
    timer->setSingleShot(true);
    connect(timer.get(), &QTimer::timeout, this, [done] {
        done(Error{ErrorCode::RelayUnreachable, {}});
    });
    timer->start(kTryMs);
    transport->open(*url, [done](const RelayAnswer& answer) { done(answer.status); });
    return later.future();
}

QFuture<Result<QString>> SyncEngine::relay()
{
    return transacting<Result<QString>>([](SyncTransaction& transaction) -> Result<QString> {
        auto stored = transaction.get(kRelayKind, kRelayKey);
        if (!stored)
            return stored.error();
        return *stored ? QString::fromUtf8(**stored) : QString();
    });
}

QFuture<Status> SyncEngine::setRelay(QString relay)
{
    QString text = relay.trimmed();
    if (!text.isEmpty()) {
        auto url = RelayUrl::parse(text);
        if (!url)
            return readyFuture<Status>(url.error());
        text = url->text();
    }
    return m_store.transact([text](SyncTransaction& transaction) {
        return transaction.put(kRelayKind, kRelayKey, text.toUtf8());
    });
}

// --- pairing

Result<LinkContents> SyncEngine::inspect(const QString& text) const
{
    auto link = findLink(text, m_clock.nowMs());
    if (!link)
        return link.error();
    LinkContents out;
    out.name = link->name;
    out.role = roleFromName(link->role).value_or(Role::Peer);
    out.space = link->space;
    out.relay = link->relayUrl;
    out.expiresMs = link->expiresMs;
    // Marked where it stands unbroken; a wrapped one is read all the same.
    const QString plain = linkText(*link);
    out.from = text.indexOf(plain);
    out.length = out.from >= 0 ? plain.size() : 0;
    out.from = std::max<qsizetype>(out.from, 0);
    return out;
}

void SyncEngine::makeQueue(
    const RelayUrl& url, const QueueKeys& keys, std::function<void(const Status&)> done)
{
    std::shared_ptr<Transport> transport = m_transports();
    auto kept = std::make_shared<QueueKeys>(keys.clone());
    const auto end = [transport, done = std::move(done)](const Status& status) {
        QMetaObject::invokeMethod(
            qApp, [transport] { transport->close(); }, Qt::QueuedConnection);
        done(status);
    };
    transport->open(url, [transport = transport.get(), kept, end](const RelayAnswer& opened) {
        if (!opened.status)
            return end(opened.status);
        transport->createQueue(kept->receive, kept->send.publicKey,
            [end](const RelayAnswer& answer) { end(answer.status); });
    });
}

QFuture<Result<OpenInvitation>> SyncEngine::invite(
    SpaceId space, QString relay, Role role, bool acceptFirst)
{
    Later<Result<OpenInvitation>> later;
    auto made = std::make_shared<std::optional<PairingInvitation>>();
    auto address = std::make_shared<QString>(relay.trimmed());
    // What runs on the database thread knows clock and randomness, which outlive the engine.
    m_store
        .transact([&clock = m_clock, &random = m_random, made, address, space, role](
                      SyncTransaction& transaction) -> Status {
            if (Status status = PairingSteps(transaction, clock, random).mayInvite(space); !status)
                return status;
            if (address->isEmpty()) {
                auto stored = transaction.get(kRelayKind, kRelayKey);
                if (!stored)
                    return stored.error();
                *address = QString::fromUtf8(stored->value_or(Bytes()));
            }
            auto url = RelayUrl::parse(*address);
            if (!url)
                return url.error();
            *address = url->text();
            auto invitation = makeInvitation(
                {*address, space, roleName(role)}, selfOf(transaction.own()), clock.nowMs());
            if (!invitation)
                return invitation.error();
            made->emplace(std::move(*invitation));
            return {};
        })
        .then(this, [this, later, made, address, role, acceptFirst](const Status& status) {
            if (!status)
                return later.give(status.error());
            const auto url = RelayUrl::parse(*address);
            makeQueue(*url, (*made)->queue,
                [this, engine = QPointer<SyncEngine>(this), later, made, address, role,
                    acceptFirst](const Status& created) {
                    if (!engine)
                        return later.give(Error{ErrorCode::Cancelled, {}});
                    if (!created)
                        return later.give(created.error());
                    transacting<Result<OpenInvitation>>([&clock = m_clock, &random = m_random, made,
                                                            address, role, acceptFirst](
                                                            SyncTransaction& transaction)
                                                            -> Result<OpenInvitation> {
                        if (Status kept = transaction.put(kRelayKind, kRelayKey, address->toUtf8());
                            !kept)
                            return kept.error();
                        return PairingSteps(transaction, clock, random)
                            .keepInvitation(std::move(**made), role, acceptFirst);
                    }).then(this, [this, later](const Result<OpenInvitation>& invitation) {
                        Q_EMIT pairingsChanged();
                        changed();
                        later.give(invitation);
                    });
                });
        });
    return later.future();
}

QFuture<Result<PairingRow>> SyncEngine::accept(QString text)
{
    auto link = findLink(text, m_clock.nowMs());
    if (!link)
        return readyFuture<Result<PairingRow>>(link.error());
    auto kept = std::make_shared<Link>(std::move(*link));
    auto future = transacting<Result<PairingRow>>(
        [&clock = m_clock, &random = m_random, kept](SyncTransaction& transaction) {
            return PairingSteps(transaction, clock, random).accept(*kept);
        });
    future.then(this, [this](const Result<PairingRow>&) {
        Q_EMIT pairingsChanged();
        changed();
    });
    return future;
}

QFuture<Status> SyncEngine::pairingStep(Bytes id, Status (PairingSteps::*step)(const PairingId&))
{
    auto named = pairingId(id);
    if (!named)
        return readyFuture<Status>(named.error());
    auto future = m_store.transact(
        [&clock = m_clock, &random = m_random, step, named = *named](SyncTransaction& transaction) {
            return (PairingSteps(transaction, clock, random).*step)(named);
        });
    future.then(this, [this](const Status&) {
        Q_EMIT pairingsChanged();
        changed();
    });
    return future;
}

QFuture<Status> SyncEngine::confirm(Bytes asker)
{
    return pairingStep(std::move(asker), &PairingSteps::confirm);
}

QFuture<Status> SyncEngine::turnAway(Bytes asker)
{
    return pairingStep(std::move(asker), &PairingSteps::turnAway);
}

QFuture<Status> SyncEngine::withdraw(Bytes invitation)
{
    return pairingStep(std::move(invitation), &PairingSteps::withdraw);
}

QFuture<Result<QList<PairingRow>>> SyncEngine::list()
{
    return transacting<Result<QList<PairingRow>>>(
        [&clock = m_clock, &random = m_random](SyncTransaction& transaction) {
            return PairingSteps(transaction, clock, random).list();
        });
}

QFuture<Result<QString>> SyncEngine::safetyNumber(Bytes id)
{
    return transacting<Result<QString>>(
        [&clock = m_clock, &random = m_random, id](SyncTransaction& transaction) {
            return PairingSteps(transaction, clock, random).safetyNumberOf(id);
        });
}

} // namespace Waymark

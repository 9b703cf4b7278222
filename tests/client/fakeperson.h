// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/client/sessions.h"
#include "sync/client/syncengine.h"
#include "sync/handshake/wire.h"
#include "tests/support/fakerelay.h"
#include "tests/support/journalbench.h"

namespace Waymark {

/// A vault over which a test may let the disk fail, or the process be killed: after so many
/// transactions, or as soon as the records say so. Nothing more is done then.
class KillableStore final : public SyncStore
{
public:
    explicit KillableStore(SyncStore& store) : m_store(store) { }
    QFuture<Status> transact(std::function<Status(SyncTransaction&)> work) override
    {
        if (left == 0)
            return readyFuture<Status>(Error{ErrorCode::Cancelled, {}});
        if (left > 0)
            --left;
        auto done = m_store.transact([this, work = std::move(work)](SyncTransaction& transaction) {
            const Status status = work(transaction);
            return status && failing ? failing(transaction) : status;
        });
        if (killWhen && done.result()) {
            succeed(m_store.transact([this](SyncTransaction& transaction) {
                if (killWhen(transaction))
                    left = 0;
                return Status();
            }));
        }
        return done;
    }
    int left = -1; ///< -1: all
    /// Asked before each commit; an error rolls the transaction back.
    std::function<Status(SyncTransaction&)> failing;
    /// Asked after each commit.
    std::function<bool(SyncTransaction&)> killWhen;

private:
    SyncStore& m_store;
};

/// A real vault with its sync engine, on a relay in memory. It can be killed and begun again.
class FakePerson
{
public:
    FakePerson(FakeRelay& relay, const QString& name, quint64 seed)
        : m_relay(relay), m_random(seed), m_seed(seed), m_name(name)
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<JournalStore>(vault(), m_executor, clock, m_random);
        valueOf(m_store->create(name, TestJournal::secret("pass"), true));
        begin();
    }

    /// The vault's files as they lie there now, opened by a new process.
    void killAndReopen()
    {
        m_engine.reset();
        m_killable.reset();
        auto folder = std::make_unique<QTemporaryDir>();
        const QString copy = folder->filePath(QStringLiteral("vault"));
        if (!QDir().mkpath(copy))
            qFatal("no folder for the copy");
        for (const QString& name : QDir(vault()).entryList(QDir::Files)) {
            if (!QFile::copy(vault() + u'/' + name, copy + u'/' + name))
                qFatal("a file of the vault is not copied");
        }
        m_store.reset();
        m_folder = std::move(folder);
        m_random = SeededRandom(++m_seed * 1000);
        m_store = std::make_unique<JournalStore>(vault(), m_executor, clock, m_random);
        succeed(m_store->unlock(TestJournal::secret("pass")));
        begin();
    }
    void killAfter(int transactions) { m_killable->left = transactions; }
    [[nodiscard]] KillableStore& faults() { return *m_killable; }
    [[nodiscard]] bool isKilled() const { return m_killable->left == 0; }

    template <typename T>
    T awaited(const QFuture<T>& future)
    {
        waitUntil([&] { return future.isFinished(); });
        return future.result();
    }
    Result<SyncCounts> sync(int timeoutMs = 15'000)
    {
        return awaited(m_engine->syncOnce(timeoutMs));
    }
    /// As far as it comes before it is killed, if it is; a killed one never ends.
    void syncUnlessKilled()
    {
        const auto synced = m_engine->syncOnce(15'000);
        waitUntil([&] { return synced.isFinished() || isKilled(); });
    }
    [[nodiscard]] JournalStore& store() { return *m_store; }
    [[nodiscard]] SyncEngine& engine() { return *m_engine; }
    [[nodiscard]] QList<PairingRow> rows() { return valueOf(m_engine->list()); }
    [[nodiscard]] SyncStatus status() { return valueOf(m_engine->status()); }
    void add(const SpaceId& space, const char* text)
    {
        valueOf(m_store->add(space, QStringLiteral("message"),
            {{{QStringLiteral("body"), QString::fromUtf8(text)}}, {}, {}}));
    }
    [[nodiscard]] QStringList texts(const SpaceId& space)
    {
        EntryQuery query;
        query.space = space;
        QStringList out;
        for (const Entry& entry : valueOf(m_store->list(query)))
            out.append(entry.text(u"body"));
        out.sort();
        return out;
    }
    PeerRecord peer()
    {
        PeerRecord out;
        succeed(m_store->transact([&](SyncTransaction& transaction) -> Status {
            auto found = allRecords<PeerRecord>(transaction);
            if (!found || found->empty())
                return {ErrorCode::NotFound, {}};
            out = std::move(found->front());
            return {};
        }));
        return out;
    }
    /// What the program of a hostile person would send: a message of the session, of any content.
    void sendForged(const SessionMessage& message)
    {
        sendForged(*wrapContent(encodeMessage(message)));
    }
    void sendForged(const Bytes& padded)
    {
        succeed(m_store->transact([&](SyncTransaction& transaction) -> Status {
            PeerRecord peer = std::move(allRecords<PeerRecord>(transaction)->front());
            auto step = ratchetSend(peer.session, padded);
            if (!step)
                return step.error();
            peer.session = std::move(step->state);
            auto& queue = m_relay.queues.at(peer.sendTo.queue);
            queue.messages.emplace_back(
                ++queue.last, RelayMessage{m_random.id<MessageId>(), step->message});
            return keepRecord(transaction, peer);
        }));
    }
    /// Does it with what the device brings to a pairing.
    void withSelf(const std::function<void(const PairingSelf&, SyncTransaction&)>& work)
    {
        succeed(m_store->transact([&](SyncTransaction& transaction) {
            work(selfOf(transaction.own()), transaction);
            return Status();
        }));
    }

    ManualClock clock;

private:
    /// From one event to the next: QTest's own waiting sleeps in between.
    void waitUntil(const std::function<bool()>& done) const
    {
        QTimer limit;
        limit.setSingleShot(true);
        limit.start(20'000);
        while (!done()) {
            if (!limit.isActive())
                qFatal("%s: nothing came", qPrintable(m_name));
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
    }
    [[nodiscard]] QString vault() const { return m_folder->filePath(QStringLiteral("vault")); }
    void begin()
    {
        m_killable = std::make_unique<KillableStore>(*m_store);
        m_engine = std::make_unique<SyncEngine>(*m_killable, clock, m_random, [this] {
            // A process that was killed neither sends nor hears.
            return std::make_unique<FakeTransport>(m_relay, [this] { return isKilled(); });
        });
    }

    FakeRelay& m_relay;
    SeededRandom m_random;
    quint64 m_seed;
    QString m_name;
    std::unique_ptr<QTemporaryDir> m_folder;
    InlineExecutor m_executor;
    std::unique_ptr<JournalStore> m_store;
    std::unique_ptr<KillableStore> m_killable;
    std::unique_ptr<SyncEngine> m_engine;
};

} // namespace Waymark

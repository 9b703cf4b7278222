// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/relayserver/sqlitestore.h"
#include "tests/support/memoryrelaystore.h"
#include "tests/support/relayclient.h"
#include "tests/support/seededrandom.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <set>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

/// Syncs of a write-ahead log on this thread; the checkpointer's are its own.
thread_local int logSyncs = 0;

int countedSync(int file, long call)
{
    char path[4096];
    const QByteArray link = "/proc/self/fd/" + QByteArray::number(file);
    const ssize_t size = ::readlink(link.constData(), path, sizeof path);
    if (size > 0 && QByteArrayView(path, size).endsWith("-wal"))
        ++logSyncs;
    return int(::syscall(call, file));
}

} // namespace

// SQLite finds these before the system's.
extern "C" int fdatasync(int file)
{
    return countedSync(file, SYS_fdatasync);
}
extern "C" int fsync(int file)
{
    return countedSync(file, SYS_fsync);
}

using namespace Waymark;
using namespace Waymark::Relay;

namespace {

constexpr qint64 kHourMs = 3'600'000;
constexpr qint64 kStart = 500'000 * kHourMs;
constexpr qint64 kLogBytes = 1024 * 1024;

QueueKeys keysOf(int number)
{
    QueueKeys out;
    out.receive.data.fill(static_cast<unsigned char>(2 * number));
    out.send.data.fill(static_cast<unsigned char>(2 * number + 1));
    out.sendKey.data.fill(static_cast<unsigned char>(number));
    return out;
}

/// A store of either kind, and for the one on disk its directory.
struct Harness
{
    explicit Harness(bool onDisk, qint64 maxBytes = 0) : sqlite(onDisk)
    {
        options.directory = directory.path();
        options.logBytes = kLogBytes;
        options.maxBytes = maxBytes;
        if (onDisk)
            reopen();
        else
            store = std::make_unique<MemoryRelayStore>();
    }
    void reopen()
    {
        store.reset();
        auto opened = SqliteStore::open(options, random);
        if (!opened)
            qFatal("cannot open: %s", qPrintable(opened.error().detail));
        store = std::move(*opened);
    }
    RelayStore* operator->() { return store.get(); }

    QueueNumber queue(int number)
    {
        const QueueNumber out = store->create(keysOf(number));
        commit();
        return out;
    }
    Appended append(QueueNumber queue, quint64 id, const Bytes& body, qint64 nowMs = kStart)
    {
        return store->append(queue, messageId(id), body, nowMs);
    }
    void commit()
    {
        const Status status = store->commit();
        if (!status)
            qFatal("commit: %s", qPrintable(status.error().detail));
    }
    std::vector<Bytes> bodies(QueueNumber queue, qint64 after = 0)
    {
        std::vector<Bytes> out;
        for (;;) {
            auto some = store->fetch(queue, after, 50, 64 * 1024);
            if (!some)
                qFatal("fetch: %s", qPrintable(some.error().detail));
            if (some->empty())
                return out;
            after = std::max(after, store->state(queue).acked) + qint64(some->size());
            for (StoredMessage& message : *some)
                out.push_back(std::move(message.body));
        }
    }
    void tidy(qint64 nowMs)
    {
        for (;;) {
            const auto more = store->tidy(nowMs);
            if (!more)
                qFatal("tidy: %s", qPrintable(more.error().detail));
            if (!*more)
                return;
        }
    }
    /// Through a connection of its own.
    qint64 number(const char* sql)
    {
        auto connection = Sqlite::Connection::open(path(), SQLITE_OPEN_READWRITE);
        return connection->number(sql).value();
    }
    QString path() const { return directory.filePath(QStringLiteral("relay.db")); }

    bool sqlite = false;
    QTemporaryDir directory;
    SqliteStore::Options options;
    SeededRandom random{3};
    std::unique_ptr<RelayStore> store;
};

} // namespace

class TestRelayStore : public QObject
{
    Q_OBJECT

    static void bothStores()
    {
        QTest::addColumn<bool>("sqlite");
        QTest::newRow("memory") << false;
        QTest::newRow("sqlite") << true;
    }
    static bool onDisk()
    {
        QFETCH(bool, sqlite);
        return sqlite;
    }

private Q_SLOTS:
    // What every store keeps to.

    void queuesAreFoundByBothIds_data() { bothStores(); }
    void queuesAreFoundByBothIds()
    {
        Harness store(onDisk());
        const QueueNumber one = store.queue(1);
        const QueueNumber two = store.queue(2);
        QVERIFY(one != two);
        QCOMPARE(store->byReceiveId(keysOf(1).receive), one);
        QCOMPARE(store->bySendId(keysOf(2).send), two);
        QVERIFY(!store->byReceiveId(keysOf(1).send));
        QVERIFY(!store->bySendId(keysOf(1).receive));
        QVERIFY(store->keys(two).sendKey == keysOf(2).sendKey);
    }

    void messagesComeBackInOrder_data() { bothStores(); }
    void messagesComeBackInOrder()
    {
        Harness store(onDisk());
        const QueueNumber one = store.queue(1);
        const QueueNumber two = store.queue(2);
        for (quint64 i = 0; i < 120; ++i) {
            QCOMPARE(store.append(one, i, "one " + Bytes::number(i)), Appended::Stored);
            QCOMPARE(store.append(two, i, "two"), Appended::Stored);
        }
        store.commit();
        const auto bodies = store.bodies(one);
        QCOMPARE(bodies.size(), 120U);
        for (int i = 0; i < 120; ++i)
            QCOMPARE(bodies[std::size_t(i)], "one " + Bytes::number(i));
        QCOMPARE(store.bodies(one, 100).size(), 20U);
        QCOMPARE(store->state(one).last, 120);
        QCOMPARE(store->state(two).bytes, 360);
    }

    void fetchKeepsItsBounds_data() { bothStores(); }
    void fetchKeepsItsBounds()
    {
        Harness store(onDisk());
        const QueueNumber queue = store.queue(1);
        for (quint64 i = 0; i < 10; ++i)
            store.append(queue, i, Bytes(1000, 'x'));
        store.commit();
        QCOMPARE(store->fetch(queue, 0, 3, 100'000)->size(), 3U);
        QCOMPARE(store->fetch(queue, 0, 100, 2 * (1000 + Wire::kPushedOverhead))->size(), 2U);
        QCOMPARE(store->fetch(queue, 0, 100, 10)->size(), 1U);
        QCOMPARE(store->fetch(queue, 10, 100, 10)->size(), 0U);
    }

    void emptyAndLargestBodiesAreKept_data() { bothStores(); }
    void emptyAndLargestBodiesAreKept()
    {
        Harness store(onDisk());
        const QueueNumber queue = store.queue(1);
        store.append(queue, 1, {});
        store.append(queue, 2, Bytes(Wire::kMaxBody, '\0'));
        store.commit();
        QCOMPARE(store.bodies(queue), (std::vector<Bytes>{{}, Bytes(Wire::kMaxBody, '\0')}));
    }

    void acknowledgingDeletesUpToANumber_data() { bothStores(); }
    void acknowledgingDeletesUpToANumber()
    {
        Harness store(onDisk());
        const QueueNumber queue = store.queue(1);
        for (quint64 i = 1; i <= 5; ++i)
            store.append(queue, i, Bytes::number(i));
        store.commit();
        store->acknowledge(queue, 3);
        store->acknowledge(queue, 2); // had been
        store.commit();
        QCOMPARE(store.bodies(queue), (std::vector<Bytes>{"4", "5"}));
        QCOMPARE(store->state(queue).acked, 3);
        QCOMPARE(store->state(queue).bytes, 2);
        store.append(queue, 6, "6");
        store.commit();
        QCOMPARE(store->state(queue).last, 6);
    }

    void anIdIsStoredOnce_data() { bothStores(); }
    void anIdIsStoredOnce()
    {
        Harness store(onDisk());
        const QueueNumber one = store.queue(1);
        const QueueNumber two = store.queue(2);
        QCOMPARE(store.append(one, 7, "x"), Appended::Stored);
        QCOMPARE(store.append(one, 7, "y"), Appended::Duplicate); // in the same group
        QCOMPARE(store.append(two, 7, "z"), Appended::Stored); // queues do not share ids
        store.commit();
        QCOMPARE(store.append(one, 7, "y"), Appended::Duplicate);
        store->acknowledge(one, 1);
        store.commit();
        store.tidy(kStart);
        QVERIFY(store->knows(one, messageId(7)));
        QCOMPARE(store.append(one, 7, "y"), Appended::Duplicate);
        QCOMPARE(store->state(one).last, 1);
    }

    void idsAreRememberedForADayAndTenThousandMessages_data() { bothStores(); }
    void idsAreRememberedForADayAndTenThousandMessages()
    {
        Harness store(onDisk());
        const QueueNumber queue = store.queue(1);
        store.append(queue, 1, "x");
        store.commit();
        store->acknowledge(queue, 1);
        store.commit();
        store.tidy(kStart + 23 * kHourMs);
        QVERIFY(store->knows(queue, messageId(1)));
        store.tidy(kStart + 26 * kHourMs);
        QVERIFY(!store->knows(queue, messageId(1)));

        const qint64 later = kStart + 30 * kHourMs;
        store.append(queue, 2, "x", later);
        for (quint64 i = 100; i < 100 + quint64(Wire::kRecentIds) - 1; ++i)
            store.append(queue, i, "x", later);
        store.commit();
        store->acknowledge(queue, store->state(queue).last);
        store.commit();
        QVERIFY(store->knows(queue, messageId(2)));
        store.append(queue, 50'000, "x", later);
        store.commit();
        QVERIFY(!store->knows(queue, messageId(2)));
        QVERIFY(store->knows(queue, messageId(100)));
    }

    void aDroppedQueueTakesEverythingWithIt_data() { bothStores(); }
    void aDroppedQueueTakesEverythingWithIt()
    {
        Harness store(onDisk());
        const QueueNumber queue = store.queue(1);
        store.append(queue, 1, "x");
        store.commit();
        store->drop(queue);
        QVERIFY(!store->exists(queue));
        const QueueNumber again = store->create(keysOf(1)); // in the same group
        store.commit();
        QVERIFY(again != queue);
        QCOMPARE(store->byReceiveId(keysOf(1).receive), again);
        QCOMPARE(store->state(again).last, 0);
        QCOMPARE(store.append(again, 1, "x"), Appended::Stored);
    }

    void oldMessagesExpire_data() { bothStores(); }
    void oldMessagesExpire()
    {
        Harness store(onDisk());
        const QueueNumber queue = store.queue(1);
        store.append(queue, 1, "old");
        store.append(queue, 2, "new", kStart + 10 * kHourMs);
        store.commit();
        store->expire(kStart - kHourMs);
        store.commit();
        QCOMPARE(store->state(queue).waiting(), 2);
        store->expire(kStart + 5 * kHourMs);
        store.commit();
        QCOMPARE(store.bodies(queue), (std::vector<Bytes>{"new"}));
        QCOMPARE(store->state(queue).acked, 1);
    }

    // What the one on disk keeps to beyond that.

    void everythingCommittedIsThereAfterReopening()
    {
        Harness store(true);
        const QueueNumber queue = store.queue(1);
        for (quint64 i = 1; i <= 9; ++i)
            store.append(queue, i, Bytes::number(i));
        store.commit();
        store->acknowledge(queue, 4);
        store.commit();
        const bool tidied[] = {false, true};
        for (const bool tidy : tidied) {
            if (tidy)
                store.tidy(kStart);
            store.reopen();
            const auto number = store->byReceiveId(keysOf(1).receive);
            QVERIFY(number);
            QVERIFY(store->keys(*number).sendKey == keysOf(1).sendKey);
            QCOMPARE(store->state(*number).acked, 4);
            QCOMPARE(store.bodies(*number), (std::vector<Bytes>{"5", "6", "7", "8", "9"}));
            QCOMPARE(store.append(*number, 2, "again"), Appended::Duplicate);
            QCOMPARE(store->state(*number).bytes, 5);
        }
    }

    void everyGroupIsOnTheDiskWhenItIsCommitted()
    {
        // A killed process leaves the system's cache behind, a power cut does not.
        Harness store(true);
        const QueueNumber queue = store.queue(1);
        for (quint64 i = 1; i <= 5; ++i) {
            const int before = logSyncs;
            store.append(queue, i, "body");
            store.commit();
            QVERIFY(logSyncs > before);
        }
        const int before = logSyncs;
        store->acknowledge(queue, 5);
        store.commit();
        QVERIFY(logSyncs > before);
    }

    void numbersGoOnAfterReopeningWithAllTakenAway()
    {
        // Rows must not be numbered again at or below what a queue has acknowledged.
        Harness store(true);
        const QueueNumber queue = store.queue(1);
        for (quint64 i = 1; i <= 3; ++i)
            store.append(queue, i, "x");
        store.commit();
        store->acknowledge(queue, 3);
        store.commit();
        store.tidy(kStart + 48 * kHourMs);
        store.tidy(kStart + 48 * kHourMs);
        QCOMPARE(store.number("SELECT count(*) FROM message"), 0);
        store.reopen();
        store.append(queue, 4, "four", kStart + 48 * kHourMs);
        store.commit();
        store.reopen();
        QCOMPARE(store.bodies(queue), (std::vector<Bytes>{"four"}));
        QCOMPARE(store->state(queue).last, 4);
    }

    void bodiesAreDeletedSoonAfterTheyWereAcknowledged()
    {
        Harness store(true);
        const QueueNumber queue = store.queue(1);
        for (quint64 i = 1; i <= 1000; ++i)
            store.append(queue, i, "sealed");
        store.commit();
        store->acknowledge(queue, 999);
        store.commit();
        store.tidy(kStart);
        QCOMPARE(store.number("SELECT count(*) FROM message WHERE length(body)>0"), 1);
        QCOMPARE(store.number("SELECT count(*) FROM message"), 1000);
        store->drop(queue);
        store.commit();
        store.tidy(kStart);
        QCOMPARE(store.number("SELECT count(*) FROM message"), 0);
    }

    void aDroppedQueuesRowsGoAlsoAfterACrash()
    {
        Harness store(true);
        const QueueNumber queue = store.queue(1);
        store.append(queue, 1, "x");
        store.commit();
        store->drop(queue);
        store.commit();
        store.reopen();
        QVERIFY(!store->byReceiveId(keysOf(1).receive));
        const QueueNumber other = store.queue(2);
        QVERIFY(other != queue);
        QCOMPARE(store->state(other).last, 0);
        store.tidy(kStart);
        QCOMPARE(store.number("SELECT count(*) FROM message"), 0);
    }

    void aFullStoreUndoesItsGroupAndGoesOn()
    {
        Harness store(true, 2 * 1024 * 1024);
        const QueueNumber queue = store.queue(1);
        quint64 id = 0;
        Status status;
        while (status.ok()) {
            QVERIFY(id < 1000);
            store.append(queue, ++id, Bytes(30'000, 'x'));
            store->create(keysOf(int(50 + id)));
            status = store->commit();
        }
        QCOMPARE(status.error().code, ErrorCode::DiskFull);
        QVERIFY(!store->knows(queue, messageId(id)));
        QVERIFY(!store->byReceiveId(keysOf(int(50 + id)).receive));
        QCOMPARE(store->state(queue).last, qint64(id) - 1);
        QCOMPARE(store.bodies(queue).size(), std::size_t(id - 1));
        // What was received goes, and then there is room again.
        store->acknowledge(queue, qint64(id) - 1);
        store.commit();
        store.tidy(kStart);
        QCOMPARE(store.append(queue, id, Bytes(30'000, 'y')), Appended::Stored);
        store.commit();
        store.reopen();
        QCOMPARE(store.bodies(queue), (std::vector<Bytes>{Bytes(30'000, 'y')}));
    }

    void anUndoneGroupLeavesQueuesAsTheyWere()
    {
        Harness store(true, 2 * 1024 * 1024);
        const QueueNumber one = store.queue(1);
        const QueueNumber two = store.queue(2);
        for (quint64 i = 1; i <= 4; ++i)
            store.append(one, i, Bytes::number(i));
        store.append(two, 1, "two");
        store.commit();
        store->acknowledge(one, 2);
        store->acknowledge(one, 3);
        store->drop(two);
        const QueueNumber three = store->create(keysOf(2));
        for (quint64 i = 10; i < 110; ++i)
            store.append(one, i, Bytes(60'000, 'x'));
        const Status status = store->commit();
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::DiskFull);
        QCOMPARE(store->state(one).acked, 0);
        QCOMPARE(store->state(one).bytes, 4);
        QCOMPARE(store.bodies(one).size(), 4U);
        QVERIFY(!store->exists(three));
        QCOMPARE(store->byReceiveId(keysOf(2).receive), two);
        QCOMPARE(store.bodies(two), (std::vector<Bytes>{"two"}));
        QVERIFY(!store->knows(one, messageId(10)));
        QVERIFY(store->knows(two, messageId(1)));
    }

    void theLogIsCheckpointedAndDoesNotGrow()
    {
        Harness store(true);
        const QueueNumber queue = store.queue(1);
        quint64 id = 0;
        qint64 largest = 0;
        for (int group = 0; group < 800; ++group) {
            for (int i = 0; i < 10; ++i)
                store.append(queue, ++id, Bytes(1000, 'x'));
            store.commit();
            largest = std::max(largest, QFile(store.path() + QStringLiteral("-wal")).size());
        }
        // More than 16 MB of frames went through a log of 1 MiB. How far it grows beyond that
        // depends on when the other thread gets its turn.
        qInfo("the log grew to %lld KiB", largest / 1024);
        QVERIFY(largest < 12LL * 1024 * 1024);
        store.reopen();
        QCOMPARE(store->state(queue).last, qint64(id));
        QCOMPARE(store.number("SELECT count(*) FROM message"), qint64(id));
    }

    void theSchemaHoldsNothingElse()
    {
        // All that a relay can know about anybody: two ids and a key a queue, how far it was
        // acknowledged; a random id and sealed bytes a message; the hour in which a row was
        // written.
        Harness store(true);
        auto connection = *Sqlite::Connection::open(store.path(), SQLITE_OPEN_READONLY);
        auto rows = *Sqlite::Statement::prepare(connection,
            "SELECT s.type||' '||s.name||'.'||c.name||' '||c.type FROM sqlite_schema s, "
            "pragma_table_info(s.name) c ORDER BY 1");
        std::vector<Bytes> found;
        while (rows.step() == SQLITE_ROW)
            found.push_back(rows.bytes(0).toByteArray());
        const std::vector<Bytes> expected{"table hour.hour INTEGER", "table hour.row INTEGER",
            "table message.body BLOB", "table message.id BLOB", "table message.queue INTEGER",
            "table message.row INTEGER", "table queue.acked INTEGER",
            "table queue.acked_row INTEGER", "table queue.number INTEGER",
            "table queue.receive BLOB", "table queue.send BLOB", "table queue.send_key BLOB"};
        QCOMPARE(found, expected);
        QCOMPARE(connection.number("SELECT count(*) FROM sqlite_schema").value(), 3);
    }

    void theFilesAreTheOwnersOnly()
    {
        Harness store(true);
        const auto others
            = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY((QFile::permissions(store.path()) & others) == QFile::Permissions());
        QVERIFY((QFile::permissions(store.path() + QStringLiteral("-wal")) & others)
            == QFile::Permissions());
    }

    void aSecondRelayIsRefused()
    {
        Harness store(true);
        const auto second = SqliteStore::open(store.options, store.random);
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::RelayStoreInUse);
    }

    void anotherFileADamagedOneAndANewerOneAreToldApart()
    {
        QTemporaryDir directory;
        SeededRandom random(1);
        const QString path = directory.filePath(QStringLiteral("relay.db"));
        const SqliteStore::Options options{directory.path(), kLogBytes, 0};
        QFile file(path);
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(Bytes(40'000, 'x'));
        file.close();
        auto opened = SqliteStore::open(options, random);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::RelayStoreDamaged);
        QFile::remove(path);

        QVERIFY(SqliteStore::open(options, random).ok());
        auto connection = *Sqlite::Connection::open(path, SQLITE_OPEN_READWRITE);
        QVERIFY(connection.run("PRAGMA user_version=2").ok());
        opened = SqliteStore::open(options, random);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::RelayStoreNewer);
        QVERIFY(connection.run("PRAGMA user_version=1").ok());
        QVERIFY(connection.run("DROP TABLE hour").ok());
        opened = SqliteStore::open(options, random);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::RelayStoreDamaged);
        QVERIFY(connection.run("PRAGMA application_id=5").ok());
        opened = SqliteStore::open(options, random);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::RelayStoreDamaged);
    }

    void aDirectoryThatCannotBeMadeIsReported()
    {
        QTemporaryDir directory;
        QFile file(directory.filePath(QStringLiteral("file")));
        QVERIFY(file.open(QFile::WriteOnly));
        SeededRandom random(1);
        const auto opened = SqliteStore::open(
            {directory.filePath(QStringLiteral("file/store")), kLogBytes, 0}, random);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::DiskReadOnly);
    }

    void bothStoresAgreeOnLongRandomHistories()
    {
        const quint64 seed = 4242;
        qInfo("seed %llu", seed);
        SeededRandom random(seed);
        Harness disk(true);
        Harness memory(false);
        std::vector<std::pair<QueueNumber, QueueNumber>> queues;
        int made = 0;
        qint64 now = kStart;
        for (int step = 0; step < 3000; ++step) {
            const quint64 what = random.below(100);
            if (queues.empty() || (what < 3 && made < 100)) {
                queues.emplace_back(disk->create(keysOf(made)), memory->create(keysOf(made)));
                ++made;
                continue;
            }
            const auto at = random.below(queues.size());
            const auto [a, b] = queues[at];
            if (what < 70) {
                const quint64 id = random.below(400);
                const Bytes body = random.bytes(qsizetype(random.below(300)));
                QCOMPARE(disk.append(a, id, body, now), memory.append(b, id, body, now));
            } else if (what < 85) {
                const QueueState state = memory->state(b);
                if (state.last > 0) {
                    const auto upTo = qint64(random.below(quint64(state.last) + 1));
                    disk->acknowledge(a, upTo);
                    memory->acknowledge(b, upTo);
                }
            } else if (what < 86) {
                disk->drop(a);
                memory->drop(b);
                queues.erase(queues.begin() + std::ptrdiff_t(at));
                continue;
            } else {
                disk.commit();
                memory.commit();
                if (what > 97) {
                    now += qint64(random.below(3)) * kHourMs / 6; // all within the day
                    disk.tidy(now);
                }
                if (what == 99)
                    disk.reopen();
                QCOMPARE(disk.bodies(a), memory.bodies(b));
            }
            QCOMPARE(disk->state(a).acked, memory->state(b).acked);
            QCOMPARE(disk->state(a).last, memory->state(b).last);
            QCOMPARE(disk->state(a).bytes, memory->state(b).bytes);
        }
    }
};

QTEST_GUILESS_MAIN(TestRelayStore)
#include "tst_relaystore.moc"

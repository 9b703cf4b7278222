// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/relayclient.h"
#include "tests/support/relayprocess.h"
#include "tests/support/seededrandom.h"
#include "tests/support/transportclient.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Waymark;
using namespace Waymark::Relay;

namespace {

const QString kProgram = QStringLiteral(WAYMARK_RELAY);

/// How a run of the program ended, and what it said.
struct Run
{
    int status = -1;
    QByteArray out;
    QByteArray error;
};

Run run(const QStringList& arguments)
{
    QProcess process;
    process.start(kProgram, arguments);
    if (!process.waitForFinished(20'000))
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

/// A sender that keeps many messages on their way and writes down which were answered.
struct Sender
{
    explicit Sender(const TestQueue& its, quint64 seed) : queue(its), random(seed) { }

    /// Keeps `most` requests open until `until` more are answered, or the connection is lost.
    void run(int most, std::size_t until)
    {
        const std::size_t goal = answered.size() + until;
        if (!client.transport.isOpen())
            return;
        while (answered.size() < goal && client.transport.isOpen()) {
            while (int(open.size()) < most)
                sendOne();
            awaitThat([&] { return int(open.size()) < most || !client.transport.isOpen(); });
        }
    }
    /// What was under way when the connection was lost goes again under the same ids.
    void repeatUnanswered()
    {
        awaitThat([this] { return open.empty(); });
        for (const quint64 id : std::exchange(unanswered, {}))
            send(id);
    }
    void sendOne() { send(next++); }
    void send(quint64 id)
    {
        open.insert(id);
        client.transport.send(queue.sendId(), queue.send, messageId(id), bodyOf(id),
            [this, id](const RelayAnswer& answer) {
                open.erase(id);
                (answer.status ? answered : unanswered).insert(id);
            });
    }
    static Bytes bodyOf(quint64 id) { return Bytes::number(id).rightJustified(1024, '0'); }

    const TestQueue& queue;
    SeededRandom random;
    TransportClient client;
    quint64 next = 1;
    std::set<quint64> open;
    std::set<quint64> answered;
    std::set<quint64> unanswered;
};

} // namespace

class TestRelayProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itPrintsWhereItListens()
    {
        QTemporaryDir directory;
        RelayProcess relay(kProgram, directory.filePath(QStringLiteral("new/store")));
        QVERIFY(relay.start());
        QCOMPARE(relay.firstLine, "listening on " + relay.url().toLatin1());
        TransportClient client;
        QVERIFY(client.open(relay.url()).status);
        const TestQueue queue;
        QVERIFY(client.create(queue.receive, queue.send).status);
        QVERIFY(client.open(QStringLiteral("ws://LocalHost:%1").arg(relay.port())).status);
        QVERIFY(client.create(queue.receive, queue.send).status);
    }

    void everythingAnsweredSurvivesKillingExactlyOnce()
    {
        const quint64 seed = 99;
        qInfo("seed %llu", seed);
        QTemporaryDir directory;
        RelayProcess relay(kProgram, directory.path());
        QVERIFY(relay.start());
        const TestQueue queue;
        Sender sender(queue, seed);
        {
            TransportClient receiver;
            QVERIFY(receiver.open(relay.url()).status);
            QVERIFY(receiver.create(queue.receive, queue.send).status);
        }
        for (int round = 0; round < 12; ++round) {
            QVERIFY(sender.client.open(relay.url()).status);
            sender.repeatUnanswered();
            sender.run(64, std::size_t(sender.random.below(700)));
            relay.kill();
            QTRY_VERIFY(!sender.client.transport.isOpen());
            QTRY_VERIFY(sender.open.empty());
            QVERIFY(relay.start());
        }
        QVERIFY(sender.answered.size() > 1000);
        // Fetched and acknowledged while being killed as well.
        std::multiset<MessageId> acknowledged;
        std::map<MessageId, int> seen;
        qint64 ackedUpTo = 0;
        for (bool all = false; !all;) {
            TransportClient receiver;
            QVERIFY(receiver.open(relay.url()).status);
            QVERIFY(receiver.subscribe(queue.receive, 300).status);
            const std::size_t enough = 200 + std::size_t(sender.random.below(400));
            auto& got = receiver.received[queue.receiveId()];
            std::size_t taken = 0;
            while (taken < enough && !all) {
                QTRY_VERIFY(got.size() > taken || receiver.drainedUpTo.contains(queue.receiveId()));
                all = got.size() == taken;
                const qint64 upTo = receiver.lastNumber[queue.receiveId()];
                for (; taken < got.size(); ++taken) {
                    const quint64 id = got[taken].body.toULongLong();
                    QVERIFY(got[taken].id == messageId(id));
                    QCOMPARE(got[taken].body, Sender::bodyOf(id));
                    ++seen[got[taken].id];
                }
                if (!all) {
                    QVERIFY(upTo > ackedUpTo);
                    QVERIFY(receiver.acknowledge(queue.receive, upTo).status);
                    ackedUpTo = upTo;
                }
            }
            relay.kill();
            QVERIFY(relay.start());
        }
        for (const quint64 id : sender.answered)
            QCOMPARE(seen[messageId(id)], 1);
        for (const auto& [id, times] : seen)
            QCOMPARE(times, 1);
        QVERIFY(seen.size() <= sender.answered.size() + sender.unanswered.size());
    }

    void sigtermAnswersWhatItTookAndExitsCleanly()
    {
        QTemporaryDir directory;
        RelayProcess relay(kProgram, directory.path());
        QVERIFY(relay.start());
        const TestQueue queue;
        Sender sender(queue, 5);
        QVERIFY(sender.client.open(relay.url()).status);
        QVERIFY(sender.client.create(queue.receive, queue.send).status);
        sender.run(64, 500);
        relay.process().terminate();
        QTRY_COMPARE(relay.process().state(), QProcess::NotRunning);
        QCOMPARE(relay.process().exitCode(), 0);
        QCOMPARE(relay.process().exitStatus(), QProcess::NormalExit);
        QCOMPARE(relay.process().readAllStandardError(), QByteArray());
        QTRY_VERIFY(sender.client.lostWith);
        QTRY_VERIFY(sender.open.empty());
        QVERIFY(relay.start());
        TransportClient receiver;
        QVERIFY(receiver.open(relay.url()).status);
        QVERIFY(receiver.subscribe(queue.receive, 1024).status);
        QTRY_VERIFY(receiver.drainedUpTo.contains(queue.receiveId()));
        std::set<MessageId> found;
        for (const RelayMessage& message : receiver.received[queue.receiveId()])
            QVERIFY(found.insert(message.id).second);
        for (const quint64 id : sender.answered)
            QVERIFY(found.contains(messageId(id)));
    }

    void manySendersShareTheGroups()
    {
        QTemporaryDir directory;
        RelayProcess relay(kProgram, directory.path());
        QVERIFY(relay.start());
        std::vector<std::unique_ptr<TestQueue>> queues;
        std::vector<std::unique_ptr<Sender>> senders;
        for (int i = 0; i < 16; ++i) {
            queues.push_back(std::make_unique<TestQueue>());
            senders.push_back(std::make_unique<Sender>(*queues.back(), quint64(i)));
            QVERIFY(senders.back()->client.open(relay.url()).status);
            QVERIFY(
                senders.back()->client.create(queues.back()->receive, queues.back()->send).status);
        }
        for (const auto& sender : senders) {
            for (int i = 0; i < 50; ++i)
                sender->sendOne();
        }
        for (const auto& sender : senders)
            QTRY_COMPARE(sender->answered.size(), 50U);
        for (const auto& sender : senders) {
            QVERIFY(sender->client.subscribe(sender->queue.receive, 100).status);
            QTRY_COMPARE(sender->client.received[sender->queue.receiveId()].size(), 50U);
        }
    }

    void limitsCanBeSetOnTheCommandLine()
    {
        QTemporaryDir directory;
        RelayProcess relay(kProgram, directory.path());
        QVERIFY(relay.start({QStringLiteral("--count-loopback"),
            QStringLiteral("--queues-per-hour"), QStringLiteral("1"),
            QStringLiteral("--queue-messages"), QStringLiteral("2"),
            QStringLiteral("--public-name"), QStringLiteral("127.0.0.1:1"),
            QStringLiteral("--public-name"), QStringLiteral("localhost:%1").arg(relay.port())}));
        TransportClient client;
        const TestQueue queue;
        QVERIFY(client.open(relay.url()).status);
        // The address it listens on is no name of its any more.
        QCOMPARE(codeOf(client.create(queue.receive, queue.send)), ErrorCode::RelayNotAuthorized);
    }

    void mistakesAreSaidPlainly()
    {
        QTemporaryDir directory;
        RelayProcess relay(kProgram, directory.path());
        QVERIFY(relay.start());
        const QString taken = QStringLiteral("127.0.0.1:%1").arg(relay.port());
        const QString other = directory.filePath(QStringLiteral("other"));
        const auto with = [](const QString& listen, const QString& store) {
            return run({QStringLiteral("--listen"), listen, QStringLiteral("--store"), store});
        };
        const Run inUse = with(taken, other);
        QCOMPARE(inUse.status, 6);
        QVERIFY(inUse.error.contains("Something else listens on " + taken.toLatin1()));
        QCOMPARE(inUse.out, QByteArray());
        const Run sameStore = with(QStringLiteral("127.0.0.1:0"), directory.path());
        QCOMPARE(sameStore.status, 1);
        QVERIFY(sameStore.error.contains("Another relay uses the store"));
        QFile file(directory.filePath(QStringLiteral("file")));
        QVERIFY(file.open(QFile::WriteOnly));
        const Run unwritable
            = with(QStringLiteral("127.0.0.1:0"), directory.filePath(QStringLiteral("file/x")));
        QCOMPARE(unwritable.status, 1);
        QVERIFY(unwritable.error.contains("cannot be written"));
        QCOMPARE(with(QStringLiteral("nowhere"), other).status, 2);
        QCOMPARE(with(QStringLiteral("relay.example:7600"), other).status, 2);
        QCOMPARE(with(QStringLiteral("127.0.0.1:99999"), other).status, 2);
        QCOMPARE(run({}).status, 2);
        QCOMPARE(run({QStringLiteral("--listen"), taken}).status, 2);
    }

    void aDamagedStoreIsSaidPlainly()
    {
        QTemporaryDir directory;
        QFile file(directory.filePath(QStringLiteral("relay.db")));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(Bytes(50'000, 'x'));
        file.close();
        const Run damaged = run({QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"),
            QStringLiteral("--store"), directory.path()});
        QCOMPARE(damaged.status, 7);
        QVERIFY(damaged.error.contains("is damaged"));
    }

    void itTellsItsVersionAndHowToUseIt()
    {
        const Run version = run({QStringLiteral("--version")});
        QCOMPARE(version.status, 0);
        QVERIFY(version.out.startsWith("waymark-relay 0."));
        const Run help = run({QStringLiteral("--help")});
        QCOMPARE(help.status, 0);
        QVERIFY(help.out.contains("--public-name"));
    }
};

QTEST_GUILESS_MAIN(TestRelayProcess)
#include "tst_relayprocess.moc"

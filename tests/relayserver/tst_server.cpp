// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crypto/identity.h"
#include "tests/support/rawwebsocket.h"
#include "tests/support/relayclient.h"
#include "tests/support/relayrunner.h"
#include "tests/support/transportclient.h"

#include <QTest>

using namespace Waymark;
using namespace Waymark::Relay;

namespace {

/// The whole answer to one HTTP request.
Bytes answerTo(quint16 port, const Bytes& request)
{
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), port);
    if (!socket.waitForConnected())
        return {};
    socket.write(request);
    while (socket.waitForReadyRead(20'000)) { }
    return socket.readAll();
}

} // namespace

class TestServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messagesGoThroughARelay()
    {
        RelayRunner relay;
        relay.start();
        const TestQueue queue;
        TransportClient receiver;
        QVERIFY(receiver.open(relay.url()).status);
        QVERIFY(receiver.create(queue.receive, queue.send).status);
        TransportClient sender;
        QVERIFY(sender.open(relay.url()).status);
        QVERIFY(sender.send(queue.sendId(), queue.send, messageId(1), "one").status);
        QVERIFY(receiver.subscribe(queue.receive).status);
        QTRY_COMPARE(receiver.drainedUpTo[queue.receiveId()], 1);
        QVERIFY(sender.send(queue.sendId(), queue.send, messageId(2), "two").status);
        QTRY_COMPARE(receiver.received[queue.receiveId()].size(), 2U);
        QCOMPARE(receiver.received[queue.receiveId()][1].body, Bytes("two"));
        QVERIFY(receiver.received[queue.receiveId()][1].id == messageId(2));
        QVERIFY(receiver.acknowledge(queue.receive, 2).status);
        QVERIFY(receiver.drop(queue.receive).status);
        QCOMPARE(codeOf(sender.send(queue.sendId(), queue.send, messageId(3), "three")),
            ErrorCode::RelayQueueMissing);
    }

    void bothSidesCountIdsAlike()
    {
        const TestQueue queue;
        QVERIFY(receiveIdOf(queue.receive.publicKey) == queue.receiveId());
        QVERIFY(sendIdOf(queue.receive.publicKey, queue.send.publicKey) == queue.sendId());
    }

    void manyRequestsMayBeMadeWithoutWaiting()
    {
        RelayRunner relay;
        relay.start();
        const TestQueue queue;
        TransportClient client;
        QVERIFY(client.open(relay.url()).status);
        int answered = 0;
        const auto count
            = [&answered](const RelayAnswer& answer) { answered += answer.status ? 1 : 0; };
        client.transport.createQueue(queue.receive, queue.send.publicKey, count);
        client.transport.subscribe(queue.receive, 1024, count);
        for (quint64 i = 0; i < 1000; ++i)
            client.transport.send(
                queue.sendId(), queue.send, messageId(i), Bytes::number(i).repeated(100), count);
        QTRY_COMPARE(answered, 1002);
        QTRY_COMPARE(client.received[queue.receiveId()].size(), 1000U);
        for (quint64 i = 0; i < 1000; ++i)
            QCOMPARE(client.received[queue.receiveId()][i].body, Bytes::number(i).repeated(100));
    }

    void aRestartKeepsWhatIsNotAcknowledged()
    {
        RelayRunner relay;
        relay.start();
        const TestQueue queue;
        TransportClient client;
        QVERIFY(client.open(relay.url()).status);
        QVERIFY(client.create(queue.receive, queue.send).status);
        for (quint64 i = 1; i <= 5; ++i)
            QVERIFY(client.send(queue.sendId(), queue.send, messageId(i), Bytes::number(i)).status);
        QVERIFY(client.subscribe(queue.receive).status);
        QTRY_COMPARE(client.received[queue.receiveId()].size(), 5U);
        QVERIFY(client.acknowledge(queue.receive, 2).status);
        relay.stop();
        QTRY_VERIFY(client.lostWith);
        QCOMPARE(codeOf(*client.lostWith), ErrorCode::RelayUnreachable);
        client.received.clear();
        relay.start();
        QVERIFY(client.open(relay.url()).status);
        QVERIFY(client.send(queue.sendId(), queue.send, messageId(1), "again").status);
        QVERIFY(client.subscribe(queue.receive).status);
        QTRY_COMPARE(client.drainedUpTo[queue.receiveId()], 5);
        QCOMPARE(client.received[queue.receiveId()].size(), 3U);
        QCOMPARE(client.received[queue.receiveId()][0].body, Bytes("3"));
    }

    void refusalsReachTheCallerAsCodes()
    {
        RelayRunner relay;
        relay.options.limits.queueMessages = 1;
        relay.start();
        const TestQueue queue;
        const TestQueue other;
        TransportClient client;
        QVERIFY(client.open(relay.url()).status);
        QCOMPARE(codeOf(client.subscribe(queue.receive)), ErrorCode::RelayQueueMissing);
        QVERIFY(client.create(queue.receive, queue.send).status);
        QCOMPARE(codeOf(client.create(queue.receive, other.send)), ErrorCode::RelayRefused);
        QCOMPARE(codeOf(client.send(queue.sendId(), other.send, messageId(1), "x")),
            ErrorCode::RelayNotAuthorized);
        QVERIFY(client.send(queue.sendId(), queue.send, messageId(1), "x").status);
        const RelayAnswer full = client.send(queue.sendId(), queue.send, messageId(2), "x");
        QCOMPARE(codeOf(full), ErrorCode::RelayQueueFull);
        QVERIFY(full.retryAfterMs > 0);
        QCOMPARE(codeOf(client.send(
                     queue.sendId(), queue.send, messageId(3), Bytes(Wire::kMaxBody + 1, 'x'))),
            ErrorCode::RelayTooLarge);
        QCOMPARE(codeOf(client.acknowledge(queue.receive, 1)), ErrorCode::RelayRefused);
    }

    void aProofForAnotherNameIsRefused()
    {
        RelayRunner relay;
        relay.options.publicNames = {"Relay.Example:443"};
        relay.start();
        const TestQueue queue;
        TransportClient client;
        QVERIFY(client.open(relay.url()).status); // dialled as 127.0.0.1
        QCOMPARE(codeOf(client.create(queue.receive, queue.send)), ErrorCode::RelayNotAuthorized);
        RawWebSocket raw;
        QVERIFY(raw.open(relay.port()));
        const Bytes greeting = raw.read();
        const auto hello = Wire::decodeFromRelay(greeting);
        const auto nonce = std::get<Wire::Hello>(hello->front()).nonce;
        Bytes frame;
        Wire::append(frame,
            Wire::ClientMessage(
                proofOf(1, Wire::Purpose::Receive, queue.receive, "relay.example:443", nonce)));
        raw.write(frame);
        const Bytes answer = raw.read();
        QVERIFY(std::holds_alternative<Wire::Done>(Wire::decodeFromRelay(answer)->front()));
    }

    void tooManyConnectionsOfAnAddressAreToldSo()
    {
        RelayRunner relay;
        relay.options.countLoopback = true;
        relay.options.limits.connectionsPerAddress = 2;
        relay.start();
        TransportClient one;
        TransportClient two;
        TransportClient three;
        QVERIFY(one.open(relay.url()).status);
        QVERIFY(two.open(relay.url()).status);
        const RelayAnswer refused = three.open(relay.url());
        QCOMPARE(codeOf(refused), ErrorCode::RelayRateLimited);
        QVERIFY(refused.retryAfterMs > 0);
        two.transport.close();
        QTRY_VERIFY(three.open(relay.url()).status);
    }

    void queuesAnHourAreLimited()
    {
        RelayRunner relay;
        relay.options.countLoopback = true;
        relay.options.limits.queuesPerHour = 1;
        relay.start();
        const TestQueue one;
        const TestQueue two;
        TransportClient client;
        QVERIFY(client.open(relay.url()).status);
        QVERIFY(client.create(one.receive, one.send).status);
        QVERIFY(client.create(one.receive, one.send).status); // the same one again
        const RelayAnswer refused = client.create(two.receive, two.send);
        QCOMPARE(codeOf(refused), ErrorCode::RelayRateLimited);
        QVERIFY(refused.retryAfterMs > 0);
    }

    void aFullStoreRefusesSendsAndKeepsTheRest()
    {
        RelayRunner relay;
        relay.storeOptions.maxBytes = 2 * 1024 * 1024;
        relay.start();
        const TestQueue queue;
        TransportClient client;
        QVERIFY(client.open(relay.url()).status);
        QVERIFY(client.create(queue.receive, queue.send).status);
        quint64 stored = 0;
        RelayAnswer answer;
        while (answer.status) {
            answer = client.send(queue.sendId(), queue.send, messageId(stored), Bytes(50'000, 'x'));
            stored += answer.status ? 1 : 0;
        }
        QCOMPARE(codeOf(answer), ErrorCode::RelayStorageFull);
        QVERIFY(answer.retryAfterMs > 0);
        QVERIFY(answerTo(relay.port(), "GET /healthz HTTP/1.1\r\n\r\n").contains(" 503 "));
        QVERIFY(client.subscribe(queue.receive, 1024).status);
        while (client.received[queue.receiveId()].size() < stored) {
            const auto before = client.received[queue.receiveId()].size();
            QTRY_VERIFY(client.received[queue.receiveId()].size() > before);
            const auto upTo = qint64(client.received[queue.receiveId()].size());
            QVERIFY(client.acknowledge(queue.receive, upTo).status);
        }
        QTRY_VERIFY(
            client.send(queue.sendId(), queue.send, messageId(1'000'000), "room again").status);
    }

    void healthAndVersionAreAnsweredOverHttp()
    {
        RelayRunner relay;
        relay.options.version = "9.8.7";
        relay.start();
        const Bytes health = answerTo(relay.port(), "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(health.startsWith("HTTP/1.1 200 "));
        QVERIFY(health.endsWith("\r\n\r\nok\n"));
        const Bytes version = answerTo(relay.port(), "GET /version HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(version.endsWith("{\"version\":\"9.8.7\",\"protocol\":[1]}\n"));
        const Bytes head = answerTo(relay.port(), "HEAD /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(head.startsWith("HTTP/1.1 200 ") && head.endsWith("\r\n\r\n"));
        QVERIFY(answerTo(relay.port(), "GET /other HTTP/1.1\r\n\r\n").contains(" 404 "));
        QVERIFY(answerTo(relay.port(), "GET / HTTP/1.1\r\n\r\n").contains(" 426 "));
        QVERIFY(answerTo(relay.port(), "DELETE /healthz HTTP/1.1\r\n\r\n").contains(" 405 "));
    }

    void brokenHttpDoesNoHarm()
    {
        RelayRunner relay;
        relay.options.handshakeMs = 300;
        relay.start();
        QCOMPARE(answerTo(relay.port(), "\0\1\2 nonsense\r\n\r\n"), Bytes());
        QCOMPARE(answerTo(relay.port(), "GET / HTTP/1.1\r\nA: " + Bytes(20'000, 'a')), Bytes());
        // A request that never ends is given up.
        QCOMPARE(answerTo(relay.port(), "GET /healthz HTTP/1.1\r\nHost:"), Bytes());
        QVERIFY(answerTo(relay.port(), "GET /healthz HTTP/1.1\r\n\r\n").contains(" 200 "));
    }

    void textFramesEndTheConnection()
    {
        RelayRunner relay;
        relay.start();
        QWebSocket socket;
        socket.open(QUrl(relay.url()));
        QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
        socket.sendTextMessage(QStringLiteral("hello"));
        QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(socket.closeCode(), QWebSocketProtocol::CloseCodeProtocolError);
    }

    void oversizedFramesEndTheConnection()
    {
        RelayRunner relay;
        relay.start();
        QWebSocket socket;
        socket.open(QUrl(relay.url()));
        QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
        socket.sendBinaryMessage(Bytes(Wire::kMaxFrame + 1, 'x'));
        QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(socket.closeCode(), QWebSocketProtocol::CloseCodeTooMuchData);
    }

    void noCompressionIsAgreed()
    {
        RelayRunner relay;
        relay.start();
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), relay.port());
        QVERIFY(socket.waitForConnected());
        socket.write("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
        QVERIFY(socket.waitForReadyRead());
        const Bytes answer = socket.readAll();
        QVERIFY(answer.startsWith("HTTP/1.1 101"));
        QVERIFY(!answer.toLower().contains("deflate"));
    }

    void aPeerThatAnswersNoPingIsGivenUp()
    {
        RelayRunner relay;
        relay.options.silenceMs = 400;
        relay.start();
        RawWebSocket halfOpen;
        QVERIFY(halfOpen.open(relay.port()));
        QTRY_COMPARE(halfOpen.socket.state(), QAbstractSocket::UnconnectedState);
        // One that does answer stays.
        TransportClient client;
        QVERIFY(client.open(relay.url()).status);
        RawWebSocket another;
        QVERIFY(another.open(relay.port()));
        QTRY_COMPARE(another.socket.state(), QAbstractSocket::UnconnectedState);
        QVERIFY(client.transport.isOpen());
    }

    void aPeerThatNeverReadsIsGivenUp()
    {
        RelayRunner relay;
        relay.options.unreadMs = 400;
        relay.start();
        TransportClient sender;
        QVERIFY(sender.open(relay.url()).status);
        RawWebSocket deaf;
        QVERIFY(deaf.open(relay.port()));
        const Bytes greeting = deaf.read();
        const auto hello = Wire::decodeFromRelay(greeting);
        const auto nonce = std::get<Wire::Hello>(hello->front()).nonce;
        deaf.socket.setReadBufferSize(1024);
        const Bytes host = "127.0.0.1:" + Bytes::number(relay.port());
        // More than the system's buffers take.
        for (int i = 0; i < 16 && deaf.socket.isOpen(); ++i) {
            const TestQueue queue;
            QVERIFY(sender.create(queue.receive, queue.send).status);
            int answered = 0;
            for (quint64 j = 0; j < 16; ++j)
                sender.transport.send(queue.sendId(), queue.send, messageId(j), Bytes(60'000, 'x'),
                    [&answered](const RelayAnswer&) { ++answered; });
            QTRY_COMPARE(answered, 16);
            Bytes frame;
            Wire::append(frame,
                Wire::ClientMessage(
                    proofOf(1, Wire::Purpose::Receive, queue.receive, host, nonce)));
            Wire::append(frame, Wire::ClientMessage(Wire::Subscribe{2, queue.receiveId(), 1024}));
            deaf.write(frame);
        }
        QTRY_VERIFY_WITH_TIMEOUT(deaf.socket.state() != QAbstractSocket::ConnectedState
                || deaf.socket.waitForDisconnected(10),
            20'000);
        QVERIFY(sender.transport.isOpen());
    }

    void aNewConnectionTakesAQueueFromAHalfOpenOne()
    {
        RelayRunner relay;
        relay.start();
        const TestQueue queue;
        TransportClient one;
        TransportClient two;
        QVERIFY(one.open(relay.url()).status);
        QVERIFY(two.open(relay.url()).status);
        QVERIFY(one.create(queue.receive, queue.send).status);
        QVERIFY(one.subscribe(queue.receive).status);
        QVERIFY(two.subscribe(queue.receive).status);
        QTRY_VERIFY(one.endedQueues.contains(queue.receiveId()));
        QVERIFY(two.send(queue.sendId(), queue.send, messageId(1), "x").status);
        QTRY_COMPARE(two.received[queue.receiveId()].size(), 1U);
        QVERIFY(one.received[queue.receiveId()].empty());
    }

    void manyConnectionsAreServed()
    {
        RelayRunner relay;
        relay.start();
        std::vector<std::unique_ptr<RawWebSocket>> idle;
        for (int i = 0; i < 300; ++i) {
            idle.push_back(std::make_unique<RawWebSocket>());
            QVERIFY(idle.back()->open(relay.port()));
        }
        const TestQueue queue;
        TransportClient client;
        QVERIFY(client.open(relay.url()).status);
        QVERIFY(client.create(queue.receive, queue.send).status);
    }

    void tooManyInAllAreTurnedAway()
    {
        RelayRunner relay;
        relay.options.limits.connections = 2;
        relay.start();
        TransportClient one;
        TransportClient two;
        TransportClient three;
        QVERIFY(one.open(relay.url()).status);
        QVERIFY(two.open(relay.url()).status);
        QCOMPARE(codeOf(three.open(relay.url())), ErrorCode::RelayRateLimited);
    }

    void anAddressThatIsNoneOrTakenIsReported()
    {
        RelayRunner relay;
        relay.start();
        QTemporaryDir directory;
        SystemRandom random;
        const SystemClock clock;
        const SodiumProofCheck check;
        const auto store = SqliteStore::open({directory.path(), 0, 0}, random);
        Server::Options options;
        options.port = relay.port();
        auto server = Server::listen(options, **store, check, random, clock);
        QVERIFY(!server);
        QCOMPARE(server.error().code, ErrorCode::AddressInUse);
        options.host = "localhost";
        server = Server::listen(options, **store, check, random, clock);
        QVERIFY(!server);
        QCOMPARE(server.error().code, ErrorCode::Usage);
    }
};

QTEST_GUILESS_MAIN(TestServer)
#include "tst_server.moc"

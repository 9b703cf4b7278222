// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crypto/sodium.h"
#include "sync/protocol/messages.h"
#include "tests/support/transportclient.h"

#include <QCryptographicHash>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QWebSocketServer>

using namespace Waymark;

namespace {

/// A relay that says exactly what a test wants it to say. What real relays do is tested with one.
class HostileRelay
{
public:
    HostileRelay() : m_server(QStringLiteral("relay"), QWebSocketServer::NonSecureMode)
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QWebSocketServer::newConnection, &m_server, [this] {
            socket.reset(m_server.nextPendingConnection());
            QObject::connect(socket.get(), &QWebSocket::binaryMessageReceived, &m_server,
                [this](const Bytes& frame) { frames.push_back(frame); });
            if (greets)
                say(Wire::Hello{{1}, Wire::Nonce{}});
        });
    }
    void say(const Wire::RelayMessage& message)
    {
        Bytes frame;
        Wire::append(frame, message);
        socket->sendBinaryMessage(frame);
    }
    [[nodiscard]] QString url() const
    {
        return QStringLiteral("ws://127.0.0.1:%1").arg(m_server.serverPort());
    }

    bool greets = true;
    std::unique_ptr<QWebSocket> socket;
    std::vector<Bytes> frames;

private:
    QWebSocketServer m_server;
};

QueueId queueId(unsigned char byte)
{
    QueueId out;
    out.data.fill(byte);
    return out;
}

} // namespace

class TestWebSocketTransport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRelayThatIsNotThereIsUnreachable()
    {
        QTcpServer taken;
        QVERIFY(taken.listen(QHostAddress::LocalHost));
        const quint16 port = taken.serverPort();
        taken.close();
        TransportClient client;
        const RelayAnswer answer = client.open(QStringLiteral("ws://127.0.0.1:%1").arg(port));
        QCOMPARE(codeOf(answer), ErrorCode::RelayUnreachable);
        QVERIFY(!client.lostWith); // it never was open
    }

    void aRelayThatSaysNothingTimesOut()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        TransportClient client({200, 200, 200});
        const RelayAnswer answer
            = client.open(QStringLiteral("ws://127.0.0.1:%1").arg(silent.serverPort()));
        QCOMPARE(codeOf(answer), ErrorCode::Timeout);
        HostileRelay relay;
        relay.greets = false;
        QCOMPARE(codeOf(client.open(relay.url())), ErrorCode::Timeout);
    }

    void requestsWithoutAConnectionAreAnsweredLater()
    {
        TransportClient client;
        const SigningPair key = SigningPair::generate();
        bool answered = false;
        client.transport.subscribe(key, 1, [&answered](const RelayAnswer& answer) {
            answered = true;
            QCOMPARE(codeOf(answer), ErrorCode::RelayUnreachable);
        });
        QVERIFY(!answered);
        QTRY_VERIFY(answered);
    }

    void aRequestThatIsNeverAnsweredEndsTheConnection()
    {
        HostileRelay relay;
        TransportClient client({5000, 200, 5000});
        QVERIFY(client.open(relay.url()).status);
        const SigningPair key = SigningPair::generate();
        QCOMPARE(codeOf(client.subscribe(key)), ErrorCode::Timeout);
        QTRY_VERIFY(client.lostWith);
        QVERIFY(!client.transport.isOpen());
    }

    void aRelayThatAnswersNoPingIsGivenUp()
    {
        // A plain socket that greets and then does nothing.
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, &server, [&server] {
            QTcpSocket* const socket = server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                const QByteArray request = socket->readAll();
                const auto at = request.indexOf("Sec-WebSocket-Key: ");
                if (at < 0)
                    return;
                const QByteArray key = request.mid(at + 19, 24);
                const QByteArray accept = QCryptographicHash::hash(
                    key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1)
                                              .toBase64();
                Bytes hello;
                Wire::append(hello, Wire::RelayMessage(Wire::Hello{{1}, Wire::Nonce{}}));
                socket->write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                              "Connection: Upgrade\r\nSec-WebSocket-Accept: "
                    + accept + "\r\n\r\n" + char(0x82) + char(hello.size()) + hello);
            });
        });
        TransportClient client({5000, 5000, 400});
        QVERIFY(client.open(QStringLiteral("ws://127.0.0.1:%1").arg(server.serverPort())).status);
        QTRY_VERIFY(client.lostWith);
        QCOMPARE(codeOf(*client.lostWith), ErrorCode::Timeout);
    }

    void nonsenseIsAProtocolError()
    {
        const std::vector<std::function<void(HostileRelay&)>> all{
            [](HostileRelay& relay) { relay.socket->sendBinaryMessage("nonsense"); },
            [](HostileRelay& relay) { relay.socket->sendTextMessage(QStringLiteral("text")); },
            [](HostileRelay& relay) {
                relay.say(Wire::Hello{{1}, Wire::Nonce{}});
            },
            [](HostileRelay& relay) { relay.say(Wire::Done{77}); },
            [](HostileRelay& relay) {
                relay.say(Wire::Refused{77, Wire::Refusal::StoreFull, 0});
            }};
        for (const auto& say : all) {
            HostileRelay relay;
            TransportClient client;
            QVERIFY(client.open(relay.url()).status);
            say(relay);
            QTRY_VERIFY(client.lostWith);
            QCOMPARE(codeOf(*client.lostWith), ErrorCode::RelayProtocol);
        }
    }

    void anOversizedFrameEndsTheConnection()
    {
        HostileRelay relay;
        TransportClient client;
        QVERIFY(client.open(relay.url()).status);
        relay.socket->sendBinaryMessage(Bytes(Wire::kMaxFrame + 1, '\0'));
        QTRY_VERIFY(client.lostWith);
    }

    void aRelayOfOtherVersionsOnlyIsRefused()
    {
        HostileRelay relay;
        relay.greets = false;
        TransportClient client;
        std::optional<RelayAnswer> answer;
        client.transport.open(RelayUrl::parse(relay.url()).value(),
            [&answer](const RelayAnswer& found) { answer = found; });
        QTRY_VERIFY(relay.socket);
        relay.say(Wire::Hello{{2, 3}, Wire::Nonce{}});
        QTRY_VERIFY(answer);
        QCOMPARE(codeOf(*answer), ErrorCode::RelayProtocol);
    }

    void aKeyIsProvenOnceAConnection()
    {
        HostileRelay relay;
        TransportClient client;
        const SigningPair key = SigningPair::generate();
        const auto proofsIn = [&relay, &client, &key] {
            relay.frames.clear();
            client.transport.send(queueId(1), key, MessageId{}, "a", [](const RelayAnswer&) {});
            client.transport.send(queueId(1), key, MessageId{}, "b", [](const RelayAnswer&) {});
            awaitThat([&relay] { return !relay.frames.empty(); });
            int proofs = 0;
            for (const Bytes& frame : relay.frames) {
                const auto messages = Wire::decodeFromClient(frame);
                for (const auto& message : messages.value())
                    proofs += std::holds_alternative<Wire::Prove>(message) ? 1 : 0;
            }
            return proofs;
        };
        QVERIFY(client.open(relay.url()).status);
        QCOMPARE(proofsIn(), 1);
        QCOMPARE(relay.frames.size(), 1U); // all of one turn in one frame
        QCOMPARE(proofsIn(), 0);
        QVERIFY(client.open(relay.url()).status);
        QCOMPARE(proofsIn(), 1);
    }

    void closingAnswersWhatIsOpen()
    {
        HostileRelay relay;
        TransportClient client;
        QVERIFY(client.open(relay.url()).status);
        const SigningPair key = SigningPair::generate();
        std::optional<RelayAnswer> answer;
        client.transport.subscribe(key, 1, [&answer](const RelayAnswer& found) { answer = found; });
        client.transport.close();
        QTRY_VERIFY(answer);
        QCOMPARE(codeOf(*answer), ErrorCode::Cancelled);
        QVERIFY(!client.lostWith);
    }

    void aCallerMayDestroyTheTransportWithinACall()
    {
        class Impatient final : public Transport::Listener
        {
        public:
            void pushed(const QueueId&, qint64, std::vector<RelayMessage>) override
            {
                ++calls;
                transport.reset();
            }
            void drained(const QueueId&, qint64) override { ++calls; }
            void ended(const QueueId&) override { ++calls; }
            void lost(const RelayAnswer&) override { ++calls; }
            std::unique_ptr<WebSocketTransport> transport = std::make_unique<WebSocketTransport>();
            int calls = 0;
        };
        HostileRelay relay;
        Impatient owner;
        owner.transport->setListener(&owner);
        bool open = false;
        owner.transport->open(RelayUrl::parse(relay.url()).value(),
            [&open](const RelayAnswer& answer) { open = answer.status.ok(); });
        QTRY_VERIFY(open);
        Bytes frame;
        Wire::append(
            frame, Wire::RelayMessage(Wire::Push{queueId(1), 1, {{MessageId{}, BytesView("x")}}}));
        Wire::append(frame, Wire::RelayMessage(Wire::Drained{queueId(1), 1}));
        relay.socket->sendBinaryMessage(frame);
        QTRY_VERIFY(!owner.transport);
        QTRY_COMPARE(relay.socket->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(owner.calls, 1);
    }

    void anUnknownRefusalIsARefusal()
    {
        HostileRelay relay;
        TransportClient client;
        QVERIFY(client.open(relay.url()).status);
        const SigningPair key = SigningPair::generate();
        std::optional<RelayAnswer> answer;
        client.transport.subscribe(key, 1, [&answer](const RelayAnswer& found) { answer = found; });
        QTRY_VERIFY(!relay.frames.empty());
        relay.say(Wire::Refused{2, Wire::Refusal(200), 1234});
        QTRY_VERIFY(answer);
        QCOMPARE(codeOf(*answer), ErrorCode::RelayRefused);
        QCOMPARE(answer->retryAfterMs, 1234);
    }
};

QTEST_GUILESS_MAIN(TestWebSocketTransport)
#include "tst_websockettransport.moc"

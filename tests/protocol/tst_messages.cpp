// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/cbor.h"
#include "sync/protocol/messages.h"
#include "tests/support/seededrandom.h"

#include <QTest>

using namespace Waymark;
using namespace Waymark::Wire;

namespace {

template <typename Id>
Id filled(unsigned char byte)
{
    Id out;
    out.data.fill(byte);
    return out;
}

std::vector<ClientMessage> clientMessages()
{
    static const Bytes body("sealed");
    return {Prove{1, Purpose::Send, filled<Key>(1), "relay.example:7600", filled<Proof>(2)},
        Create{2, filled<Key>(3), filled<Key>(4)},
        Send{3, filled<QueueId>(5), filled<MessageId>(6), body},
        Subscribe{4, filled<QueueId>(7), 256}, Ack{5, filled<QueueId>(8), 1000},
        Drop{kMaxNumber, filled<QueueId>(9)}};
}

std::vector<RelayMessage> relayMessages()
{
    static const Bytes body("sealed");
    return {Hello{{1, 7}, filled<Nonce>(1)}, Done{70000}, Refused{9, Refusal::StoreFull, 30000},
        Refused{std::nullopt, Refusal::Malformed, 0},
        Push{filled<QueueId>(2), 12, {{filled<MessageId>(3), body}, {filled<MessageId>(4), {}}}},
        Drained{filled<QueueId>(5), 0}, Ended{filled<QueueId>(6)}};
}

template <typename Message>
Bytes encoded(const std::vector<Message>& messages)
{
    Bytes out;
    for (const Message& message : messages)
        append(out, message);
    return out;
}

Bytes sendOf(qsizetype bodySize)
{
    const Bytes body(bodySize, 'x');
    Bytes out;
    append(out, Send{1, filled<QueueId>(1), filled<MessageId>(2), body});
    return out;
}

} // namespace

class TestMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMessageComesBackAsItWas()
    {
        const Bytes fromClient = encoded(clientMessages());
        const auto back = decodeFromClient(fromClient);
        QVERIFY(back);
        QCOMPARE(back->size(), clientMessages().size());
        QCOMPARE(encoded(*back), fromClient);

        const Bytes fromRelay = encoded(relayMessages());
        const auto answers = decodeFromRelay(fromRelay);
        QVERIFY(answers);
        QCOMPARE(answers->size(), relayMessages().size());
        QCOMPARE(encoded(*answers), fromRelay);
    }

    void valuesKeepTheirPlaces()
    {
        const Bytes frame = encoded(clientMessages());
        const auto back = *decodeFromClient(frame);
        const auto& prove = std::get<Prove>(back[0]);
        QCOMPARE(prove.request, 1);
        QCOMPARE(prove.purpose, Purpose::Send);
        QCOMPARE(prove.host, Bytes("relay.example:7600"));
        const auto& send = std::get<Send>(back[2]);
        QVERIFY(send.queue == filled<QueueId>(5));
        QVERIFY(send.id == filled<MessageId>(6));
        QCOMPARE(send.body.toByteArray(), Bytes("sealed"));
        const Bytes answerFrame = encoded(relayMessages());
        const auto answers = *decodeFromRelay(answerFrame);
        const auto& push = std::get<Push>(answers[4]);
        QCOMPARE(push.first, 12);
        QCOMPARE(push.messages.size(), 2U);
        QVERIFY(!std::get<Refused>(answers[3]).request);
    }

    void theBytesAreThoseOfTheDocument()
    {
        // docs/protocol/relay.md shows these.
        Bytes done;
        append(done, Done{7});
        QCOMPARE(done.toHex(), Bytes("82184107"));
        Bytes subscribe;
        append(subscribe, ClientMessage(Subscribe{4, filled<QueueId>(7), 256}));
        QCOMPARE(subscribe.toHex(), "8404045818" + Bytes(24, '\7').toHex() + "190100");
        QCOMPARE(proofBytes(Purpose::Receive, "a:1", filled<Nonce>(9)).toHex(),
            "85010063613a31f65820" + Bytes(32, '\11').toHex());
    }

    void everyCutFrameIsRefused()
    {
        for (const ClientMessage& message : clientMessages()) {
            const Bytes whole = encoded<ClientMessage>({message});
            for (qsizetype size = 0; size < whole.size(); ++size)
                QVERIFY(!decodeFromClient(BytesView(whole).first(size)));
            QVERIFY(!decodeFromClient(whole + '\0'));
        }
        for (const RelayMessage& message : relayMessages()) {
            const Bytes whole = encoded<RelayMessage>({message});
            for (qsizetype size = 0; size < whole.size(); ++size)
                QVERIFY(!decodeFromRelay(BytesView(whole).first(size)));
        }
    }

    void aChangedBitIsRefusedOrAnotherMessage()
    {
        const Bytes client = encoded(clientMessages());
        const Bytes relay = encoded(relayMessages());
        for (qsizetype bit = 0; bit < 8 * client.size(); ++bit) {
            Bytes changed = client;
            changed[bit / 8] = char(changed[bit / 8] ^ (1 << (bit % 8)));
            if (const auto back = decodeFromClient(changed))
                QCOMPARE(encoded(*back), changed);
        }
        for (qsizetype bit = 0; bit < 8 * relay.size(); ++bit) {
            Bytes changed = relay;
            changed[bit / 8] = char(changed[bit / 8] ^ (1 << (bit % 8)));
            if (const auto back = decodeFromRelay(changed))
                QCOMPARE(encoded(*back), changed);
        }
    }

    void randomBytesDoNoHarm()
    {
        const quint64 seed = 20260101;
        qInfo("seed %llu", seed);
        SeededRandom random(seed);
        for (int i = 0; i < 20'000; ++i) {
            Bytes noise = random.bytes(qsizetype(random.below(200)));
            if (!noise.isEmpty() && random.below(2) == 0)
                noise[0] = char(0x80 | random.below(8)); // a short array, to get further
            if (const auto back = decodeFromClient(noise))
                QCOMPARE(encoded(*back), noise);
            if (const auto back = decodeFromRelay(noise))
                QCOMPARE(encoded(*back), noise);
        }
    }

    void directionsAreNotMixed()
    {
        QVERIFY(!decodeFromRelay(encoded(clientMessages())));
        QVERIFY(!decodeFromClient(encoded(relayMessages())));
    }

    void numbersOutsideTheirBoundsAreRefused()
    {
        const auto subscribe = [](int window) {
            return encoded<ClientMessage>({Subscribe{1, filled<QueueId>(1), window}});
        };
        QVERIFY(decodeFromClient(subscribe(1)));
        QVERIFY(decodeFromClient(subscribe(1024)));
        QVERIFY(!decodeFromClient(subscribe(0)));
        QVERIFY(!decodeFromClient(subscribe(1025)));
        QVERIFY(!decodeFromClient(encoded<ClientMessage>({Drop{0, filled<QueueId>(1)}})));
        QVERIFY(
            !decodeFromClient(encoded<ClientMessage>({Drop{kMaxNumber + 1, filled<QueueId>(1)}})));
        QVERIFY(!decodeFromClient(encoded<ClientMessage>({Ack{1, filled<QueueId>(1), 0}})));
        QVERIFY(!decodeFromRelay(encoded<RelayMessage>({Push{filled<QueueId>(1), 1, {}}})));
        QVERIFY(!decodeFromRelay(encoded<RelayMessage>({Hello{{2, 1}, filled<Nonce>(1)}})));
        QVERIFY(!decodeFromRelay(encoded<RelayMessage>({Refused{1, Refusal(0), 0}})));
        QVERIFY(decodeFromRelay(encoded<RelayMessage>({Refused{1, Refusal(255), 0}})));
        const Bytes longHost(kMaxHost + 1, 'h');
        QVERIFY(!decodeFromClient(encoded<ClientMessage>(
            {Prove{1, Purpose::Send, filled<Key>(1), longHost, filled<Proof>(2)}})));
    }

    void aBodyBeyondTheLimitIsReadSoThatItCanBeRefused()
    {
        const Bytes frame = sendOf(kMaxBody + 1);
        const auto back = decodeFromClient(frame);
        QVERIFY(back);
        QCOMPARE(std::get<Send>(back->front()).body.size(), kMaxBody + 1);
    }

    void theLargestMessageFitsIntoAFrame()
    {
        QVERIFY(sendOf(kMaxBody).size() <= kMaxFrame);
        const Bytes body(kMaxBody, 'x');
        Bytes push;
        append(push, Push{filled<QueueId>(1), kMaxNumber, {{filled<MessageId>(2), body}}});
        QVERIFY(push.size() <= kMaxFrame);
        QVERIFY(push.size() <= kMaxBody + kPushOverhead + kPushedOverhead);
    }

    void anOversizedFrameIsRefused()
    {
        const Bytes one = sendOf(30 * 1024);
        QVERIFY(decodeFromClient(one + one));
        QVERIFY(!decodeFromClient(one + one + one));
    }

    void aLongerFormOfANumberIsRefused()
    {
        QVERIFY(decodeFromRelay(Bytes::fromHex("82184107")));
        QVERIFY(!decodeFromRelay(Bytes::fromHex("8218411807")));
    }
};

QTEST_GUILESS_MAIN(TestMessages)
#include "tst_messages.moc"

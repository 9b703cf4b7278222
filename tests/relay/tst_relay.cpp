// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/relay/world.h"

#include <QTest>

using namespace Waymark;
using namespace Waymark::Relay;
using Wire::Refusal;

class TestRelay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMessageGoesFromSenderToReceiver()
    {
        World world;
        const TestQueue queue;
        const ConnectionId receiver = world.receiver(queue);
        const ConnectionId sender = world.sender(queue);
        world.sendMany(sender, queue, 3);
        QVERIFY(world.isDone(sender, 5002));
        world.say(receiver, Wire::Subscribe{1, queue.receiveId(), 256});
        world.settle();
        QCOMPARE(world.bodies(receiver).size(), 3U);
        QCOMPARE(world.all<Wire::Push>(receiver).at(0).first, 1);
        QCOMPARE(world.all<Wire::Drained>(receiver).at(0).upTo, 3);
        world.sendMany(sender, queue, 1);
        QCOMPARE(world.all<Wire::Push>(receiver).at(1).first, 4);
    }

    void nothingIsAnsweredBeforeTheCommit()
    {
        World world;
        const TestQueue queue;
        world.receiver(queue);
        const ConnectionId sender = world.sender(queue);
        world.say(sender, Wire::Send{9, queue.sendId(), messageId(1), BytesView("x")});
        world.take(true);
        QVERIFY(!world.isDone(sender, 9));
        world.settle();
        QVERIFY(world.isDone(sender, 9));
    }

    void aGroupIsCommittedOnceAndAnsweredInOneFrame()
    {
        World world;
        const TestQueue queue;
        world.receiver(queue);
        const ConnectionId sender = world.sender(queue);
        const int before = world.store.commits;
        const auto framesBefore = world.frames.size();
        world.sendMany(sender, queue, 100);
        QCOMPARE(world.store.commits, before + 1);
        QCOMPARE(world.frames.size(), framesBefore + 1);
    }

    void aFailedCommitAnswersNothing()
    {
        World world;
        const TestQueue queue;
        world.receiver(queue);
        const ConnectionId sender = world.sender(queue);
        world.store.failNextCommit = Error{ErrorCode::DiskFailed, {}};
        world.say(sender, Wire::Send{1, queue.sendId(), messageId(1), BytesView("x")});
        QVERIFY(!world.relay.commit(world.now));
        world.take(true);
        QVERIFY(!world.isDone(sender, 1));
    }

    void aRepeatedIdIsStoredOnceAndAnsweredTwice()
    {
        World world;
        const TestQueue queue;
        const ConnectionId receiver = world.receiver(queue);
        const ConnectionId sender = world.sender(queue);
        const Wire::Send first{1, queue.sendId(), messageId(7), BytesView("once")};
        Wire::Send again = first;
        again.request = 2;
        world.say(sender, first, again);
        world.take(true);
        QVERIFY(!world.isDone(sender, 2)); // it waits for the group of the first
        world.settle();
        QVERIFY(world.isDone(sender, 1));
        QVERIFY(world.isDone(sender, 2));
        again.request = 3;
        world.say(sender, again);
        world.say(receiver, Wire::Subscribe{1, queue.receiveId(), 256});
        world.settle();
        QVERIFY(world.isDone(sender, 3));
        QCOMPARE(world.bodies(receiver).size(), 1U);
        // Also after it was acknowledged.
        world.say(receiver, Wire::Ack{2, queue.receiveId(), 1});
        world.settle();
        again.request = 4;
        world.say(sender, again);
        world.settle();
        QVERIFY(world.isDone(sender, 4));
        QCOMPARE(world.bodies(receiver).size(), 1U);
    }

    void withoutAProofNothingIsDone()
    {
        World world;
        const TestQueue queue;
        world.receiver(queue);
        const ConnectionId stranger = world.connect();
        world.say(stranger, Wire::Send{1, queue.sendId(), messageId(1), BytesView("x")},
            Wire::Subscribe{2, queue.receiveId(), 10}, Wire::Ack{3, queue.receiveId(), 1},
            Wire::Drop{4, queue.receiveId()}, Wire::Create{5, queue.receiveKey(), queue.sendKey()});
        world.settle();
        for (int request = 1; request <= 5; ++request)
            QCOMPARE(world.refusal(stranger, request), Refusal::NotProven);
    }

    void theOtherEndsKeyIsNotEnough()
    {
        World world;
        const TestQueue queue;
        const ConnectionId receiver = world.receiver(queue);
        const ConnectionId sender = world.sender(queue);
        world.say(receiver, Wire::Send{1, queue.sendId(), messageId(1), BytesView("x")});
        world.say(
            sender, Wire::Subscribe{1, queue.receiveId(), 10}, Wire::Drop{2, queue.receiveId()});
        world.settle();
        QCOMPARE(world.refusal(receiver, 1), Refusal::NotProven);
        QCOMPARE(world.refusal(sender, 1), Refusal::NotProven);
        QCOMPARE(world.refusal(sender, 2), Refusal::NotProven);
        // Proving the send key as a receive key gives another id.
        world.say(sender,
            proofOf(3, Wire::Purpose::Receive, queue.send, kHost, world.nonce(sender)),
            Wire::Subscribe{4, queue.receiveId(), 10});
        world.settle();
        QCOMPARE(world.refusal(sender, 4), Refusal::NotProven);
    }

    void aProofHoldsForItsConnectionPurposeAndNameOnly()
    {
        World world;
        const TestQueue queue;
        const ConnectionId one = world.connect();
        const ConnectionId two = world.connect();
        const Wire::Nonce nonce = world.nonce(one);
        QVERIFY(nonce != world.nonce(two));
        world.say(two, proofOf(1, Wire::Purpose::Receive, queue.receive, kHost, nonce));
        Wire::Prove turned = proofOf(2, Wire::Purpose::Receive, queue.receive, kHost, nonce);
        turned.purpose = Wire::Purpose::Send;
        Wire::Prove renamed = proofOf(3, Wire::Purpose::Receive, queue.receive, kHost, nonce);
        renamed.host = "localhost:7600";
        world.say(one, turned, renamed,
            proofOf(4, Wire::Purpose::Receive, queue.receive, "other.example:7600", nonce),
            proofOf(5, Wire::Purpose::Receive, queue.receive, "localhost:7600", nonce));
        world.settle();
        QCOMPARE(world.refusal(two, 1), Refusal::WrongProof);
        QCOMPARE(world.refusal(one, 2), Refusal::WrongProof);
        QCOMPARE(world.refusal(one, 3), Refusal::WrongProof);
        QCOMPARE(world.refusal(one, 4), Refusal::UnknownName);
        QVERIFY(world.isDone(one, 5));
    }

    void guessingProofsEndsTheConnection()
    {
        World world;
        const TestQueue queue;
        const ConnectionId id = world.connect();
        for (int i = 1; i <= Limits().wrongProofs; ++i) {
            Wire::Prove wrong = proofOf(i, Wire::Purpose::Send, queue.send, kHost, world.nonce(id));
            wrong.proof.data[0] ^= 1;
            QVERIFY(!world.closed.contains(id));
            world.say(id, wrong);
            world.settle();
        }
        QCOMPARE(world.closed.at(id), CloseReason::Refused);
    }

    void anothersQueueCannotBeTaken()
    {
        World world;
        const TestQueue queue;
        const ConnectionId receiver = world.receiver(queue);
        const TestQueue other;
        world.say(receiver, Wire::Create{7, queue.receiveKey(), other.sendKey()},
            Wire::Create{8, queue.receiveKey(), queue.sendKey()});
        const ConnectionId thief = world.receiver(other, /*create=*/false);
        world.say(thief, Wire::Create{9, queue.receiveKey(), other.sendKey()});
        world.settle();
        QCOMPARE(world.refusal(receiver, 7), Refusal::QueueTaken);
        QVERIFY(world.isDone(receiver, 8));
        QCOMPARE(world.refusal(thief, 9), Refusal::NotProven);
    }

    void theWindowHoldsPushesBack()
    {
        World world;
        const TestQueue queue;
        const ConnectionId receiver = world.receiver(queue);
        const ConnectionId sender = world.sender(queue);
        world.sendMany(sender, queue, 20);
        world.say(receiver, Wire::Subscribe{1, queue.receiveId(), 8});
        world.settle();
        QCOMPARE(world.bodies(receiver).size(), 8U);
        QVERIFY(world.all<Wire::Drained>(receiver).empty());
        world.say(receiver, Wire::Ack{2, queue.receiveId(), 5});
        world.settle();
        QCOMPARE(world.bodies(receiver).size(), 13U);
        world.say(receiver, Wire::Ack{3, queue.receiveId(), 13});
        world.settle();
        QCOMPARE(world.bodies(receiver).size(), 20U);
        QCOMPARE(world.all<Wire::Drained>(receiver).size(), 1U);
        for (int i = 0; i < 20; ++i)
            QVERIFY(world.bodies(receiver)[std::size_t(i)].startsWith(Bytes::number(i)));
    }

    void atMostAMebibyteIsUnacknowledged()
    {
        World world;
        const TestQueue queue;
        const ConnectionId receiver = world.receiver(queue);
        const ConnectionId sender = world.sender(queue);
        world.sendMany(sender, queue, 40, Wire::kMaxBody);
        world.say(receiver, Wire::Subscribe{1, queue.receiveId(), 1024});
        world.settle();
        qsizetype bytes = 0;
        for (const Bytes& body : world.bodies(receiver))
            bytes += body.size();
        QVERIFY(bytes <= Wire::kMaxWindowBytes);
        QVERIFY(bytes > Wire::kMaxWindowBytes - 2 * Wire::kMaxBody);
    }

    void onlyWhatWasPushedHereCanBeAcknowledged()
    {
        World world;
        const TestQueue queue;
        const ConnectionId receiver = world.receiver(queue);
        const ConnectionId sender = world.sender(queue);
        world.sendMany(sender, queue, 5);
        world.say(
            receiver, Wire::Ack{1, queue.receiveId(), 1}, Wire::Subscribe{2, queue.receiveId(), 2});
        world.settle();
        world.say(receiver, Wire::Ack{3, queue.receiveId(), 3});
        world.settle();
        QCOMPARE(world.refusal(receiver, 1), Refusal::BeyondPushed);
        QCOMPARE(world.refusal(receiver, 3), Refusal::BeyondPushed);
    }

    void aNewSubscriptionTakesTheQueueOverAndBeginsWithWhatIsNotAcknowledged()
    {
        World world;
        const TestQueue queue;
        const ConnectionId one = world.receiver(queue);
        const ConnectionId sender = world.sender(queue);
        world.sendMany(sender, queue, 4);
        world.say(one, Wire::Subscribe{1, queue.receiveId(), 10});
        world.settle();
        world.say(one, Wire::Ack{2, queue.receiveId(), 1});
        world.settle();
        const ConnectionId two = world.receiver(queue);
        world.say(two, Wire::Subscribe{1, queue.receiveId(), 10});
        world.settle();
        QCOMPARE(world.all<Wire::Ended>(one).size(), 1U);
        QCOMPARE(world.all<Wire::Push>(two).at(0).first, 2);
        QCOMPARE(world.bodies(two).size(), 3U);
        world.say(one, Wire::Ack{3, queue.receiveId(), 4});
        world.settle();
        QCOMPARE(world.refusal(one, 3), Refusal::BeyondPushed);
    }

    void aDroppedQueueIsGoneForEverybody()
    {
        World world;
        const TestQueue queue;
        const ConnectionId one = world.receiver(queue);
        const ConnectionId two = world.receiver(queue);
        const ConnectionId sender = world.sender(queue);
        world.say(two, Wire::Subscribe{1, queue.receiveId(), 10});
        world.sendMany(sender, queue, 2);
        world.say(one, Wire::Drop{1, queue.receiveId()});
        world.say(sender, Wire::Send{77, queue.sendId(), messageId(99), BytesView("x")});
        world.settle();
        QVERIFY(world.isDone(one, 1));
        QCOMPARE(world.all<Wire::Ended>(two).size(), 1U);
        QCOMPARE(world.refusal(sender, 77), Refusal::QueueMissing);
        // Made again it is empty, and its ids are forgotten.
        world.say(one, Wire::Create{2, queue.receiveKey(), queue.sendKey()},
            Wire::Subscribe{3, queue.receiveId(), 10});
        world.settle();
        QCOMPARE(world.all<Wire::Drained>(one).at(0).upTo, 0);
    }

    void aFullQueueRefusesButStillAnswersRepeats()
    {
        Limits limits;
        limits.queueMessages = 3;
        limits.queueBytes = 2000;
        World world(limits);
        const TestQueue queue;
        const ConnectionId receiver = world.receiver(queue);
        const ConnectionId sender = world.sender(queue);
        world.sendMany(sender, queue, 4);
        QVERIFY(world.isDone(sender, 5002));
        QCOMPARE(world.refusal(sender, 5003), Refusal::QueueFullMessages);
        world.say(sender, Wire::Send{60, queue.sendId(), messageId(0), BytesView("again")});
        world.settle();
        QVERIFY(world.isDone(sender, 60));
        world.say(receiver, Wire::Subscribe{1, queue.receiveId(), 10});
        world.settle();
        world.say(receiver, Wire::Ack{2, queue.receiveId(), 3});
        world.settle();
        const Bytes large(2001, 'x');
        world.say(sender, Wire::Send{61, queue.sendId(), messageId(61), large},
            Wire::Send{62, queue.sendId(), messageId(62), BytesView(large).first(2000)});
        world.settle();
        QCOMPARE(world.refusal(sender, 61), Refusal::QueueFullBytes);
        QVERIFY(world.isDone(sender, 62));
    }

    void aBodyThatIsTooLargeIsRefusedAlone()
    {
        World world;
        const TestQueue queue;
        world.receiver(queue);
        const ConnectionId sender = world.sender(queue);
        const Bytes large(Wire::kMaxBody + 1, 'x');
        world.say(sender, Wire::Send{1, queue.sendId(), messageId(1), large});
        world.sendMany(sender, queue, 1);
        QCOMPARE(world.refusal(sender, 1), Refusal::BodyTooLarge);
        QVERIFY(world.isDone(sender, 5000));
    }

    void aFullDiskRefusesSendsAndLetsAcknowledgementsThrough()
    {
        World world;
        const TestQueue queue;
        const ConnectionId receiver = world.receiver(queue);
        const ConnectionId sender = world.sender(queue);
        world.say(receiver, Wire::Subscribe{1, queue.receiveId(), 10});
        world.sendMany(sender, queue, 3);
        world.store.failNextCommit = Error{ErrorCode::DiskFull, {}};
        world.say(receiver, Wire::Ack{2, queue.receiveId(), 2});
        world.sendMany(sender, queue, 1);
        QVERIFY(world.status.ok());
        QCOMPARE(world.refusal(sender, 5003), Refusal::StoreFull);
        QVERIFY(world.isDone(receiver, 2));
        const auto number = *world.store.byReceiveId(queue.receiveId());
        QCOMPARE(world.store.state(number).waiting(), 1);
        // For a moment nothing is tried, then it is.
        world.sendMany(sender, queue, 1);
        QCOMPARE(world.refusal(sender, 5004), Refusal::StoreFull);
        world.now += 1000;
        world.sendMany(sender, queue, 1);
        QVERIFY(world.isDone(sender, 5005));
    }

    void whatIsMadeAndDroppedInAGroupThatFailsLeavesNothing()
    {
        World world;
        const TestQueue queue;
        const ConnectionId receiver = world.receiver(queue, /*create=*/false);
        world.store.failNextCommit = Error{ErrorCode::DiskFull, {}};
        world.say(receiver, Wire::Create{1, queue.receiveKey(), queue.sendKey()},
            Wire::Drop{2, queue.receiveId()});
        world.settle();
        QCOMPARE(world.refusal(receiver, 1), Refusal::StoreFull);
        QVERIFY(world.isDone(receiver, 2));
        QVERIFY(!world.store.byReceiveId(queue.receiveId()));
    }

    void aClientThatDoesNotReadIsNotReadFrom()
    {
        World world;
        const TestQueue queue;
        const ConnectionId receiver = world.receiver(queue);
        const ConnectionId sender = world.sender(queue);
        world.sendMany(sender, queue, 30, 60 * 1024);
        world.say(receiver, Wire::Subscribe{1, queue.receiveId(), 1024});
        world.settle(/*reads=*/false);
        // Pushes stop at the bound, and so does reading once answers pile up.
        qsizetype unread = 0;
        for (const Bytes& body : world.bodies(receiver))
            unread += body.size();
        QVERIFY(unread <= Limits().outputBytes + Wire::kMaxFrame);
        for (int i = 0; i < 200'000 && !world.unread[receiver]; ++i) {
            world.say(receiver, Wire::Drop{5 + i, queue.sendId()}); // refused at once
            if (i % 100 == 0)
                world.settle(/*reads=*/false);
        }
        QVERIFY(world.unread[receiver]);
    }

    void pushesGoOnOnceTheClientReads()
    {
        World world;
        const TestQueue queue;
        const ConnectionId receiver = world.receiver(queue);
        const ConnectionId sender = world.sender(queue);
        world.sendMany(sender, queue, 12, 60 * 1024);
        world.say(receiver, Wire::Subscribe{1, queue.receiveId(), 1024});
        const auto framesBefore = world.frames.size();
        world.settle(/*reads=*/false);
        QVERIFY(world.bodies(receiver).size() < 12);
        for (std::size_t i = framesBefore; i < world.frames.size(); ++i)
            world.relay.written(receiver, world.frames[i]->size());
        world.settle();
        QCOMPARE(world.bodies(receiver).size(), 12U);
    }

    void nonsenseEndsTheConnection()
    {
        World world;
        const ConnectionId id = world.connect();
        world.relay.received(id, Bytes("no message"), world.now);
        world.settle();
        QCOMPARE(world.refusal(id, std::nullopt), Refusal::Malformed);
        QCOMPARE(world.closed.at(id), CloseReason::Malformed);
        const ConnectionId text = world.connect();
        world.relay.notBinary(text);
        world.settle();
        QCOMPARE(world.closed.at(text), CloseReason::Malformed);
    }

    void limitsByAddressHaveTheirOwnRefusals()
    {
        Limits limits;
        limits.queuesPerHour = 2;
        limits.connectionsPerAddress = 2;
        limits.requestsPerSecond = 2;
        World world(limits);
        const Bytes address("\1\2\3\4");
        const ConnectionId one = world.connect(address);
        world.connect(address);
        const ConnectionId third = world.connect(address);
        QCOMPARE(world.refusal(third, std::nullopt), Refusal::TooManyConnections);
        QCOMPARE(world.closed.at(third), CloseReason::TryLater);
        QVERIFY(world.all<Wire::Hello>(third).empty());
        QVERIFY(!world.closed.contains(world.connect("\5\6\7\1")));
        const auto make = [&](int request) {
            const TestQueue queue;
            world.say(one,
                proofOf(
                    request + 100, Wire::Purpose::Receive, queue.receive, kHost, world.nonce(one)),
                Wire::Create{request, queue.receiveKey(), queue.sendKey()});
            world.settle();
        };
        for (int request = 1; request <= 3; ++request) {
            world.now += 60'000;
            make(request);
        }
        QVERIFY(world.isDone(one, 2));
        QCOMPARE(world.refusal(one, 3), Refusal::TooManyQueues);
        const auto refused = world.all<Wire::Refused>(one).back();
        QVERIFY(refused.retryAfterMs > 0 && refused.retryAfterMs <= 3'600'000);
        world.now += refused.retryAfterMs;
        make(4);
        QVERIFY(world.isDone(one, 4));
        for (int i = 0; i < 9; ++i)
            world.say(one, Wire::Drop{200 + i, QueueId{}});
        world.settle();
        QCOMPARE(world.refusal(one, 208), Refusal::TooManyRequests);
    }

    void whatEndedIsNotCountedAnyMore()
    {
        Limits limits;
        limits.connectionsPerAddress = 1;
        World world(limits);
        const Bytes address("\1\2\3\4");
        world.relay.disconnected(world.connect(address));
        QVERIFY(!world.closed.contains(world.connect(address)));
    }

    void addressesWithEverythingLeftAreForgotten()
    {
        Addresses addresses{Limits()};
        QCOMPARE(addresses.takeConnection("\1\2\3\4", kStart), 0);
        addresses.releaseConnection("\1\2\3\4");
        addresses.forgetIdle(kStart);
        QCOMPARE(addresses.size(), 1U);
        addresses.forgetIdle(kStart + 60'000);
        QCOMPARE(addresses.size(), 0U);
    }

    void keysAndSubscriptionsOfAConnectionAreBounded()
    {
        Limits limits;
        limits.keysPerConnection = 2;
        limits.subscriptionsPerConnection = 1;
        World world(limits);
        const TestQueue one;
        const TestQueue two;
        const TestQueue three;
        const ConnectionId id = world.receiver(one);
        world.say(id, proofOf(1, Wire::Purpose::Receive, two.receive, kHost, world.nonce(id)),
            proofOf(2, Wire::Purpose::Receive, three.receive, kHost, world.nonce(id)),
            Wire::Create{3, two.receiveKey(), two.sendKey()},
            Wire::Subscribe{4, one.receiveId(), 10}, Wire::Subscribe{5, one.receiveId(), 20},
            Wire::Subscribe{6, two.receiveId(), 10});
        world.settle();
        QCOMPARE(world.refusal(id, 2), Refusal::TooManyKeys);
        QVERIFY(world.isDone(id, 5));
        QCOMPARE(world.refusal(id, 6), Refusal::TooManySubscriptions);
    }

    void messagesLiveNoLongerThanTheyMay()
    {
        World world;
        const TestQueue queue;
        const ConnectionId receiver = world.receiver(queue);
        const ConnectionId sender = world.sender(queue);
        world.sendMany(sender, queue, 2);
        world.now += Limits().timeToLiveMs / 2;
        world.sendMany(sender, queue, 1);
        world.now += Limits().timeToLiveMs / 2 + 2 * 3'600'000;
        world.relay.tick(world.now);
        world.say(receiver, Wire::Subscribe{1, queue.receiveId(), 10});
        world.settle();
        QCOMPARE(world.all<Wire::Push>(receiver).at(0).first, 3);
        QCOMPARE(world.bodies(receiver).size(), 1U);
    }

    void stoppingAnswersWhatCameInAndClosesEverybody()
    {
        World world;
        const TestQueue queue;
        world.receiver(queue);
        const ConnectionId sender = world.sender(queue);
        world.say(sender, Wire::Send{1, queue.sendId(), messageId(1), BytesView("x")});
        world.relay.stop();
        world.say(sender, Wire::Send{2, queue.sendId(), messageId(2), BytesView("x")});
        world.settle();
        QVERIFY(world.isDone(sender, 1));
        QCOMPARE(world.refusal(sender, 2), Refusal::Stopping);
        QCOMPARE(world.closed.at(sender), CloseReason::GoingAway);
    }

    void aLostConnectionFreesItsSubscriptions()
    {
        World world;
        const TestQueue queue;
        const ConnectionId receiver = world.receiver(queue);
        const ConnectionId sender = world.sender(queue);
        world.say(receiver, Wire::Subscribe{1, queue.receiveId(), 10});
        world.settle();
        world.relay.disconnected(receiver);
        world.sendMany(sender, queue, 2);
        const ConnectionId again = world.receiver(queue);
        world.say(again, Wire::Subscribe{1, queue.receiveId(), 10});
        world.settle();
        QCOMPARE(world.bodies(again).size(), 2U);
    }
};

QTEST_GUILESS_MAIN(TestRelay)
#include "tst_relay.moc"

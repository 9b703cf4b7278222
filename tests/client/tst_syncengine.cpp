// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/client/fakeperson.h"

using namespace Waymark;

namespace {

const QString kUrl = QStringLiteral("ws://relay.invalid:1");

/// Two people on a relay that does what a test says.
struct Two
{
    FakeRelay relay;
    FakePerson lina{relay, QStringLiteral("Lina"), 1};
    FakePerson tomas{relay, QStringLiteral("Tomás"), 2};
    SpaceId space;

    QString invite(bool acceptFirst)
    {
        space = valueOf(lina.store().createSpace(QStringLiteral("Together"), Role::Mentee));
        const auto invitation
            = lina.awaited(lina.engine().invite(space, kUrl, Role::Mentor, acceptFirst));
        return invitation ? invitation->link : QString();
    }
    void turns(int count)
    {
        for (int turn = 0; turn < count; ++turn) {
            for (FakePerson* each : {&lina, &tomas}) {
                const auto synced = each->sync();
                if (!synced)
                    qFatal("sync: %s", codeName(synced.error().code));
            }
        }
    }
    void pair()
    {
        const QString link = invite(true);
        if (!tomas.awaited(tomas.engine().accept(link)))
            qFatal("accept");
        turns(4);
    }
    FakeRelay::Queue& toTomas() { return relay.queues.at(lina.peer().sendTo.queue); }
    FakeRelay::Queue& toLina() { return relay.queues.at(tomas.peer().sendTo.queue); }
    void advance(qint64 ms)
    {
        lina.clock.now += ms;
        tomas.clock.now += ms;
    }
};

} // namespace

class SyncEngineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPairingSurvivesAKillAfterAnyTransaction_data()
    {
        QTest::addColumn<bool>("inviter");
        QTest::addColumn<int>("after");
        for (const bool inviter : {true, false}) {
            for (int after = 1; after <= 12; ++after)
                QTest::addRow("%s %d", inviter ? "inviter" : "asker", after) << inviter << after;
        }
    }
    void aPairingSurvivesAKillAfterAnyTransaction()
    {
        QFETCH(bool, inviter);
        QFETCH(int, after);
        Two two;
        const QString link = two.invite(true);
        FakePerson& killed = inviter ? two.lina : two.tomas;
        killed.killAfter(after);
        (void)two.tomas.awaited(two.tomas.engine().accept(link));
        int kills = 0;
        for (int turn = 0; turn < 5; ++turn) {
            for (FakePerson* each : {&two.lina, &two.tomas}) {
                each->syncUnlessKilled();
                if (!each->isKilled())
                    continue;
                each->killAndReopen();
                ++kills;
                if (each == &two.tomas)
                    (void)each->awaited(each->engine().accept(link)); // refused where it was done
            }
        }
        QCOMPARE(kills, 1);
        for (FakePerson* each : {&two.lina, &two.tomas})
            QCOMPARE(each->rows().last().state, PairingState::Paired);
        two.lina.add(two.space, "from Lina");
        two.tomas.add(two.space, "from Tomás");
        two.turns(2);
        QCOMPARE(two.tomas.texts(two.space), two.lina.texts(two.space));
        QCOMPARE(two.lina.texts(two.space).size(), 2);
    }

    void aSendThatIsNeverAnsweredGoesOutAgainUnderItsId()
    {
        Two two;
        two.pair();
        two.lina.add(two.space, "once");
        two.relay.losesAnswers = true;
        QCOMPARE(two.lina.sync(300).error().code, ErrorCode::Timeout);
        QCOMPARE(two.lina.status().unsent, 1);
        two.lina.killAndReopen();
        two.relay.losesAnswers = false;
        const auto bodies = two.toTomas().messages.size();
        QVERIFY(two.lina.sync());
        QCOMPARE(two.toTomas().messages.size(), bodies); // the same id is stored once
        QCOMPARE(two.lina.status().unsent, 0);
        two.turns(2);
        QCOMPARE(two.tomas.texts(two.space), QStringList{QStringLiteral("once")});
        QCOMPARE(two.lina.status().outbox, 0);
    }

    void repeatedAndReorderedMessagesChangeNothing()
    {
        Two two;
        two.pair();
        for (int i = 0; i < 5; ++i) {
            two.lina.add(two.space, "one of five");
            QVERIFY(two.lina.sync());
        }
        QVERIFY(two.toTomas().messages.size() >= 5);
        two.relay.repeatAndReorder();
        two.turns(3);
        QCOMPARE(two.tomas.texts(two.space).size(), 5);
        QCOMPARE(two.tomas.peer().undecryptable, 0);
        QCOMPARE(two.lina.status().outbox, 0);
    }

    void aMessageChangedInAnyByteIsDroppedAndTheRightOneStillRead()
    {
        Two two;
        two.pair();
        two.lina.add(two.space, "unchanged");
        QVERIFY(two.lina.sync());
        auto& queue = two.toTomas();
        QVERIFY(!queue.messages.empty());
        const RelayMessage right = queue.messages.front().second;
        queue.messages.clear();
        const qsizetype step = std::max<qsizetype>(1, right.body.size() / 450);
        int changed = 0;
        for (qsizetype at = 1; at < right.body.size(); at += step) {
            RelayMessage wrong = right;
            wrong.body[at] = char(wrong.body[at] ^ (1 << (at % 8)));
            queue.messages.emplace_back(++queue.last, wrong);
            if (++changed % 200 == 0)
                QVERIFY(two.tomas.sync());
        }
        QVERIFY(two.tomas.sync());
        QVERIFY(queue.messages.empty());
        QVERIFY(two.tomas.texts(two.space).isEmpty());
        QCOMPARE(two.tomas.peer().undecryptable, changed);
        queue.messages.emplace_back(++queue.last, right);
        QVERIFY(two.tomas.sync());
        QCOMPARE(two.tomas.texts(two.space).size(), 1);
        QCOMPARE(two.tomas.peer().undecryptable, 0);
    }

    void fiveUnreadableMessagesInARowAreSaidAndAllWaits()
    {
        Two two;
        two.pair();
        auto& queue = two.toTomas();
        for (int i = 1; i <= 5; ++i) {
            QVERIFY(two.tomas.status().peers.front().problem.isEmpty());
            Bytes garbage(500, char(i));
            garbage[0] = char(WireKind::Session);
            queue.messages.emplace_back(++queue.last, RelayMessage{{}, garbage});
            QVERIFY(two.tomas.sync());
            QVERIFY(queue.messages.empty()); // acknowledged all the same
        }
        QVERIFY(!two.tomas.status().peers.front().problem.isEmpty());
        two.tomas.add(two.space, "waits");
        const int sends = two.relay.sends;
        QVERIFY(two.tomas.sync());
        QCOMPARE(two.relay.sends, sends);
        QCOMPARE(two.tomas.status().unsent, 1);
        two.tomas.killAndReopen();
        QVERIFY(!two.tomas.status().peers.front().problem.isEmpty());
    }

    void anAnswerThatTheVaultRefusesIsDroppedAndAskingGoesOn()
    {
        Two two;
        const QString link = two.invite(false);
        const auto asked = two.tomas.awaited(two.tomas.engine().accept(link));
        QVERIFY(asked);
        QVERIFY(two.tomas.sync());
        // The inviter answers with another space's first operation.
        const SpaceId other
            = valueOf(two.lina.store().createSpace(QStringLiteral("Other"), Role::Peer));
        two.lina.withSelf([&](const PairingSelf& self, SyncTransaction& transaction) {
            const auto invitation = std::move(allRecords<InvitationRecord>(transaction)->front());
            auto& requests = two.relay.queues.at(invitation.invitation.queue.sendId());
            const auto answer = letIn(invitation.invitation, self,
                requests.messages.front().second.body, *transaction.genesis(other));
            const auto party
                = readRequest(invitation.invitation, self, requests.messages.front().second.body);
            auto& queue = two.relay.queues.at(party->sendTo.queue);
            queue.messages.emplace_back(++queue.last, RelayMessage{{}, answer->message});
        });
        QCOMPARE(two.relay.stored(), std::size_t(2));
        QVERIFY(two.tomas.sync());
        QCOMPARE(two.relay.stored(), std::size_t(1)); // acknowledged
        QCOMPARE(two.tomas.rows().last().state, PairingState::Asked);
        // The right answer is still taken.
        QVERIFY(two.lina.sync());
        QVERIFY(two.lina.awaited(two.lina.engine().confirm(two.lina.rows().last().id)));
        two.turns(3);
        QCOMPARE(two.tomas.rows().last().state, PairingState::Paired);
    }

    void aLinkInManyHandsFillsNoVault()
    {
        Two two;
        const auto link = findLink(two.invite(false), two.tomas.clock.now);
        two.tomas.withSelf([&](const PairingSelf& self, SyncTransaction&) {
            auto& queue = two.relay.queues.at(link->queue);
            for (int i = 0; i < PairingSteps::kMaxAskers + 10; ++i) {
                const auto asking = askByLink(*link, self, two.tomas.clock.now);
                queue.messages.emplace_back(++queue.last, RelayMessage{{}, asking->message});
            }
        });
        QVERIFY(two.lina.sync());
        QCOMPARE(two.relay.stored(), std::size_t(0));
        QCOMPARE(two.lina.rows().size(), 1 + PairingSteps::kMaxAskers);
    }

    void aForgedReceiptProvesNothing()
    {
        Two two;
        two.pair();
        two.lina.add(two.space, "kept");
        QVERIFY(two.lina.sync());
        QCOMPARE(two.lina.status().outbox, 1);
        HaveMessage have;
        DeviceId device;
        two.lina.withSelf([&](const PairingSelf&, SyncTransaction& transaction) {
            device = transaction.own().device;
            have.highestNumber = 1;
        });
        const quint64 packed = two.lina.peer().packed;
        have.logs.push_back({device.bytes(), packed, Hash()}); // another hash
        two.tomas.sendForged(have);
        have.logs.clear();
        have.highestNumber = 1'000'000; // never sent
        two.tomas.sendForged(have);
        const int sends = two.relay.sends;
        QVERIFY(two.lina.sync());
        QCOMPARE(two.relay.sends, sends);
        QCOMPARE(two.lina.status().outbox, 1);
        two.turns(2);
        QCOMPARE(two.lina.status().outbox, 0);
    }

    void whatTheRelayLostIsAskedForAfterADayAndRepaired()
    {
        Two two;
        two.pair();
        two.lina.add(two.space, "lost");
        QVERIFY(two.lina.sync());
        two.relay.lose();
        two.turns(2);
        QVERIFY(two.tomas.texts(two.space).isEmpty());
        two.advance(Sessions::kAskAfterMs);
        two.turns(3);
        QCOMPARE(two.tomas.texts(two.space).size(), 1);
        QCOMPARE(two.lina.status().outbox, 0);
    }

    void aLostReceiptIsAskedForAsWell()
    {
        Two two;
        two.pair();
        two.lina.add(two.space, "received");
        QVERIFY(two.lina.sync());
        QVERIFY(two.tomas.sync());
        two.relay.lose();
        two.turns(2);
        QCOMPARE(two.lina.status().outbox, 1);
        two.advance(Sessions::kAskAfterMs);
        two.turns(2);
        QCOMPARE(two.lina.status().outbox, 0);
    }

    void theSameIsRepairedAtMostOnceAnHour()
    {
        Two two;
        two.pair();
        two.lina.add(two.space, "asked for again and again");
        QVERIFY(two.lina.sync());
        const auto claimNothing = [&] {
            HaveMessage have;
            have.highestNumber = two.lina.peer().session.lastSent;
            two.tomas.sendForged(have);
            const std::size_t before = two.toTomas().messages.size();
            if (!two.lina.sync())
                qFatal("sync");
            return two.toTomas().messages.size() - before;
        };
        QCOMPARE(claimNothing(), std::size_t(1));
        QCOMPARE(claimNothing(), std::size_t(0));
        two.lina.clock.now += 59 * 60'000;
        QCOMPARE(claimNothing(), std::size_t(0));
        two.lina.clock.now += 60'000;
        QCOMPARE(claimNothing(), std::size_t(1));
    }

    void whatWasSentToOneWhoNeverAnswersStaysSmall()
    {
        Two two;
        two.pair();
        for (int i = 0; i < int(PairingSteps::kMaxAskers) * 20; ++i) {
            two.lina.add(two.space, "x");
            succeed(two.lina.store().transact([&](SyncTransaction& transaction) -> Status {
                PeerRecord peer = std::move(allRecords<PeerRecord>(transaction)->front());
                Sessions sessions(transaction, two.lina.clock, m_random);
                if (Status status = sessions.pack(peer, false); !status)
                    return status;
                const auto outgoing = sessions.outgoing(peer);
                for (const OutgoingRecord& each : *outgoing) {
                    if (Status status = transaction.remove(OutgoingRecord::kKind, each.key());
                        !status)
                        return status;
                }
                return keepRecord(transaction, peer);
            }));
        }
        const PeerRecord peer = two.lina.peer();
        QVERIFY(peer.carried.size() <= PeerRecord::kMaxCarried);
        QCOMPARE(peer.carried.back().second, peer.packed);
    }

    void whatTheRelayRefusesIsKeptAndTriedAgainOnTheSameConnection_data()
    {
        QTest::addColumn<ErrorCode>("code");
        for (const ErrorCode code : {ErrorCode::RelayQueueMissing, ErrorCode::RelayQueueFull,
                 ErrorCode::RelayRateLimited, ErrorCode::RelayStorageFull})
            QTest::addRow("%s", codeName(code)) << code;
    }
    void whatTheRelayRefusesIsKeptAndTriedAgainOnTheSameConnection()
    {
        QFETCH(ErrorCode, code);
        Two two;
        two.pair();
        two.lina.add(two.space, "kept");
        two.relay.refuseSends = Error{code, {}};
        const int sends = two.relay.sends;
        two.lina.engine().start();
        QVERIFY(QTest::qWaitFor([&] { return two.relay.sends > sends; }, 10'000));
        const int connections = two.relay.connections;
        const int refused = two.relay.sends;
        two.relay.refuseSends.reset();
        two.lina.engine().changed(); // too early
        QVERIFY(QTest::qWaitFor(
            [&] { return two.lina.status().connection == ConnectionState::Online; }, 10'000));
        QCOMPARE(two.lina.status().unsent, 1);
        QCOMPARE(two.relay.sends, refused);
        QVERIFY(QTest::qWaitFor(
            [&] {
                two.lina.clock.now += 60'000;
                two.lina.engine().changed();
                return two.lina.status().unsent == 0;
            },
            10'000));
        QCOMPARE(two.relay.connections, connections);
        two.lina.engine().stop();
    }

    void aRelayThatPushesBeyondItsWindowIsLeft()
    {
        Two two;
        two.pair();
        auto& queue = two.toTomas();
        for (int i = 0; i < 5'000; ++i)
            queue.messages.emplace_back(++queue.last, RelayMessage{{}, Bytes(20, 'x')});
        QCOMPARE(two.tomas.sync().error().code, ErrorCode::RelayProtocol);
    }

    void backOffGrowsToFiveMinutesWithJitter()
    {
        qint64 before = 0;
        for (int failures = 0; failures < 40; ++failures) {
            const qint64 least = BackOff::delayMs(failures, 0);
            const qint64 most = BackOff::delayMs(failures, 65535);
            QVERIFY(least >= 1000 && most <= 300'000 && least < most && least >= before);
            before = least;
        }
        QCOMPARE(before, qint64(150'000));
    }

    void aConnectionThatSoonEndsIsAFailureAndOneThatHeldIsNone()
    {
        BackOff backOff;
        qint64 now = 1'000'000;
        for (int i = 0; i < 6; ++i) {
            backOff.opened(now);
            now += BackOff::kHeldMs - 1;
            QCOMPARE(backOff.failed(now, 0), BackOff::delayMs(i, 0));
        }
        backOff.opened(now);
        now += BackOff::kHeldMs;
        QCOMPARE(backOff.failed(now, 0), BackOff::delayMs(0, 0));
        QCOMPARE(backOff.failed(now, 0), BackOff::delayMs(1, 0)); // it never opened
        backOff.forget();
        QCOMPARE(backOff.failed(now, 0), BackOff::delayMs(0, 0));
    }

    void aReceiptForMoreThanWasWrittenProvesNothing()
    {
        Two two;
        two.pair();
        two.lina.add(two.space, "kept");
        QVERIFY(two.lina.sync());
        HaveMessage have;
        have.highestNumber = two.lina.peer().session.lastSent;
        const quint64 packed = two.lina.peer().packed;
        two.lina.withSelf([&](const PairingSelf&, SyncTransaction& transaction) {
            have.logs.push_back({transaction.own().device.bytes(), packed + 1'000, Hash()});
        });
        const int sends = two.relay.sends;
        two.tomas.sendForged(have);
        QVERIFY(two.lina.sync());
        QCOMPARE(two.relay.sends, sends);
        QCOMPARE(two.lina.status().outbox, 1);
    }

    void aCopyIsKnownAndAnotherMessageUnderItsNumberIsNotRead()
    {
        Two two;
        two.pair();
        two.lina.add(two.space, "once");
        QVERIFY(two.lina.sync());
        auto& queue = two.toTomas();
        const RelayMessage right = queue.messages.front().second;
        QVERIFY(two.tomas.sync());
        QVERIFY(queue.messages.empty());
        queue.messages.emplace_back(++queue.last, right);
        QVERIFY(two.tomas.sync());
        QCOMPARE(two.tomas.peer().undecryptable, 0);
        RelayMessage other = right;
        other.body.back() = char(other.body.back() ^ 1);
        queue.messages.emplace_back(++queue.last, other);
        QVERIFY(two.tomas.sync());
        QCOMPARE(two.tomas.peer().undecryptable, 1);
        QVERIFY(queue.messages.empty());
        QCOMPARE(two.tomas.texts(two.space), QStringList{QStringLiteral("once")});
    }

    void repairEndsForTheDayAtItsBytes()
    {
        Two two;
        two.pair();
        two.lina.add(two.space, "lost");
        QVERIFY(two.lina.sync());
        two.relay.lose();
        succeed(two.lina.store().transact([&](SyncTransaction& transaction) -> Status {
            PeerRecord peer = std::move(allRecords<PeerRecord>(transaction)->front());
            peer.repairDayMs = two.lina.clock.now;
            peer.repairBytes = Sessions::kRepairBytesADay;
            return keepRecord(transaction, peer);
        }));
        HaveMessage have;
        have.highestNumber = two.lina.peer().session.lastSent;
        two.tomas.sendForged(have);
        QVERIFY(two.lina.sync());
        QVERIFY(two.toTomas().messages.empty());
        two.lina.clock.now += 24LL * 60 * 60 * 1000;
        QVERIFY(two.lina.sync());
        QVERIFY(two.tomas.sync());
        QCOMPARE(two.tomas.texts(two.space), QStringList{QStringLiteral("lost")});
    }

    void piecesThatNeverBecomeWholeStayFew()
    {
        Two two;
        two.pair();
        const auto pieces = [&] {
            qsizetype count = 0;
            two.tomas.withSelf([&](const PairingSelf&, SyncTransaction& transaction) {
                count = transaction.all(kPieceKind)->size();
            });
            return count;
        };
        for (int i = 0; i < 100; ++i)
            two.lina.sendForged(PartMessage{m_random.id<Hash>(), 0, 2, Bytes("half")});
        QVERIFY(two.tomas.sync());
        QVERIFY(pieces() > 0 && pieces() <= 32);
        const qsizetype before = pieces();
        two.lina.sendForged(PartMessage{m_random.id<Hash>(), 0, 1'000, Bytes("of many")});
        QVERIFY(two.tomas.sync());
        QCOMPARE(pieces(), before);
        // A large operation still finds its place.
        const Bytes large(150'000, 'x');
        two.lina.add(two.space, large.constData());
        two.turns(2);
        QCOMPARE(two.tomas.texts(two.space), QStringList{QString::fromUtf8(large)});
    }

    void anEngineMayEndWhileAnInvitationIsMade()
    {
        Two two;
        two.space = valueOf(two.lina.store().createSpace(QStringLiteral("Together"), Role::Mentee));
        const auto invitation = two.lina.engine().invite(two.space, kUrl, Role::Mentor, true);
        QVERIFY(QTest::qWaitFor([&] { return two.relay.connections == 1; }, 10'000));
        two.lina.killAndReopen();
        QVERIFY(QTest::qWaitFor([&] { return invitation.isFinished(); }, 10'000));
        QCOMPARE(invitation.result().error().code, ErrorCode::Cancelled);
        QVERIFY(two.lina.rows().isEmpty());
    }

    void aPeerThatAnEarlierVersionKeptIsRead()
    {
        Two two;
        two.pair();
        PeerRecord peer = two.lina.peer();
        peer.repairDayMs = peer.repairBytes = peer.askedMs = 0;
        const Bytes now = peer.encode();
        const Bytes added("\x83\x00\x00\x00\xf6", 5);
        QVERIFY(now.endsWith(added));
        const auto read = PeerRecord::decode(now.chopped(5) + Bytes("\xf6\xf6"));
        QVERIFY(read);
        QCOMPARE(read->encode(), now);
    }

private:
    SeededRandom m_random{99};
};

QTEST_GUILESS_MAIN(SyncEngineTest)
#include "tst_syncengine.moc"

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/client/fakeperson.h"

#include <set>

using namespace Waymark;

namespace {

const QString kUrl = QStringLiteral("ws://relay.invalid:1");

template <typename Record>
std::vector<Record> recordsOf(SyncTransaction& transaction)
{
    auto found = allRecords<Record>(transaction);
    return found ? std::move(*found) : std::vector<Record>();
}

bool contains(const std::vector<RelayMessage>& messages, const RelayMessage& wanted)
{
    return std::any_of(messages.begin(), messages.end(),
        [&](const RelayMessage& each) { return each.id == wanted.id && each.body == wanted.body; });
}

/// What a device has decided to send in a pairing, as its records hold it. The id of a request or
/// an answer changes at each repeat, a message's never does.
std::vector<RelayMessage> decided(SyncTransaction& transaction)
{
    std::vector<RelayMessage> out;
    for (const AskingRecord& each : recordsOf<AskingRecord>(transaction)) {
        if (!each.requestSent)
            out.push_back({each.requestId, each.asking.message});
    }
    for (const AskerRecord& each : recordsOf<AskerRecord>(transaction)) {
        if (!each.answer.isEmpty() && !each.answerSent)
            out.push_back({each.answerId, each.answer});
    }
    for (const OutgoingRecord& each : recordsOf<OutgoingRecord>(transaction))
        out.push_back({each.id, each.body});
    return out;
}

/// Two people who pair, one step after the other. Either may be killed on the way, and is then
/// begun again from what lies on the disk.
struct Pair
{
    FakeRelay relay;
    FakePerson lina{relay, QStringLiteral("Lina"), 1};
    FakePerson tomas{relay, QStringLiteral("Tomás"), 2};
    SpaceId space;
    int kills = 0;
    std::function<void()> whenKilled;

    void revive()
    {
        for (FakePerson* each : {&lina, &tomas}) {
            if (!each->isKilled())
                continue;
            ++kills;
            relay.storing = nullptr;
            if (whenKilled)
                whenKilled();
            each->killAndReopen();
        }
    }
    void sync(FakePerson& who)
    {
        who.syncUnlessKilled();
        revive();
    }
    void makeSpace()
    {
        space = valueOf(lina.store().createSpace(QStringLiteral("Together"), Role::Mentee));
    }
    /// Every act that a person would do now; what was done by a killed program is not done again.
    void actAsPeopleDo()
    {
        if (lina.rows().isEmpty())
            (void)lina.awaited(lina.engine().invite(space, kUrl, Role::Mentor, false));
        revive();
        const QString link = lina.rows().front().link;
        if (tomas.rows().isEmpty() && !link.isEmpty())
            (void)tomas.awaited(tomas.engine().accept(link));
        revive();
        for (const PairingRow& row : lina.rows()) {
            if (!row.of.isEmpty() && row.state == PairingState::Asked)
                (void)lina.awaited(lina.engine().confirm(row.id));
        }
        revive();
    }
    void pair()
    {
        for (int turn = 0; turn < 5; ++turn) {
            actAsPeopleDo();
            sync(tomas);
            sync(lina);
        }
    }
    FakeRelay::Queue& toTomas() { return relay.queues.at(lina.peer().sendTo.queue); }
    [[nodiscard]] std::set<Bytes> sentOf(WireKind kind) const
    {
        std::set<Bytes> out;
        for (const RelayMessage& each : relay.sent) {
            if (wireKindOf(each.body) == kind)
                out.insert(each.body);
        }
        return out;
    }
};

enum class Step { Invited, Asked, RequestTaken, LetIn, AnswerTaken, FirstMessage, Finished };

/// Whether a device's records say that it has just done a step.
bool isDone(SyncTransaction& transaction, Step step)
{
    const auto anyAsker = [&](PairingState state) {
        const auto all = recordsOf<AskerRecord>(transaction);
        return std::any_of(
            all.begin(), all.end(), [&](const AskerRecord& each) { return each.state == state; });
    };
    switch (step) {
    case Step::Invited:
        return !recordsOf<InvitationRecord>(transaction).empty();
    case Step::Asked:
        return !recordsOf<AskingRecord>(transaction).empty();
    case Step::RequestTaken:
        return anyAsker(PairingState::Asked);
    case Step::LetIn:
        return anyAsker(PairingState::Confirmed);
    case Step::AnswerTaken:
        return !recordsOf<PeerRecord>(transaction).empty();
    case Step::FirstMessage:
        return !recordsOf<OutgoingRecord>(transaction).empty();
    case Step::Finished:
        return anyAsker(PairingState::Paired);
    }
    return false;
}

} // namespace

class MishapsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStepIsSavedBeforeItIsSentAndResumedFromTheRecords_data()
    {
        QTest::addColumn<bool>("inviter");
        QTest::addColumn<int>("step");
        QTest::addColumn<std::size_t>("unsent"); ///< what it decided to send and has not sent
        QTest::addColumn<std::size_t>(
            "unread"); ///< messages that lie there and are not acknowledged
        const auto row = [](const char* name, bool inviter, Step step, std::size_t unsent,
                             std::size_t unread) {
            QTest::addRow("%s", name) << inviter << int(step) << unsent << unread;
        };
        row("the inviter's link", true, Step::Invited, 0, 0);
        row("the asker's request", false, Step::Asked, 1, 0);
        row("the request at the inviter", true, Step::RequestTaken, 0, 1);
        row("the inviter's answer", true, Step::LetIn, 1, 0);
        row("the answer at the asker", false, Step::AnswerTaken, 0, 1);
        row("the asker's first message", false, Step::FirstMessage, 1, 0);
        row("the first message at the inviter", true, Step::Finished, 0, 1);
    }
    void aStepIsSavedBeforeItIsSentAndResumedFromTheRecords()
    {
        QFETCH(bool, inviter);
        QFETCH(int, step);
        QFETCH(std::size_t, unsent);
        QFETCH(std::size_t, unread);
        Pair two;
        two.makeSpace();
        FakePerson& killed = inviter ? two.lina : two.tomas;
        std::vector<RelayMessage> kept;
        killed.faults().killWhen = [&](SyncTransaction& transaction) {
            if (!isDone(transaction, Step(step)))
                return false;
            kept = decided(transaction);
            return true;
        };
        std::size_t stored = 0;
        std::size_t early = 0;
        two.whenKilled = [&] {
            stored = two.relay.stored();
            for (const RelayMessage& each : kept)
                early += contains(two.relay.sent, each) ? 1 : 0;
        };
        two.pair();
        QCOMPARE(two.kills, 1);
        QVERIFY(kept.size() >= unsent);
        QCOMPARE(kept.empty(), unsent == 0);
        QCOMPARE(early, std::size_t(0));
        QCOMPARE(stored, unread);
        for (const RelayMessage& each : kept)
            QVERIFY(contains(two.relay.sent, each));
        arePaired(two);
    }

    void aStepThatTheRelayHasAndTheRecordsDoNotIsSentAgain_data()
    {
        QTest::addColumn<bool>("inviter");
        QTest::addColumn<int>("kind");
        QTest::addRow("request") << false << int(WireKind::PairingRequest);
        QTest::addRow("answer") << true << int(WireKind::PairingAnswer);
        QTest::addRow("first message") << false << int(WireKind::Session);
    }
    void aStepThatTheRelayHasAndTheRecordsDoNotIsSentAgain()
    {
        QFETCH(bool, inviter);
        QFETCH(int, kind);
        Pair two;
        two.makeSpace();
        FakePerson& killed = inviter ? two.lina : two.tomas;
        std::optional<RelayMessage> last;
        two.relay.storing = [&](const RelayMessage& message) {
            if (wireKindOf(message.body) != WireKind(kind) || killed.isKilled())
                return;
            last = message;
            killed.killAfter(0);
        };
        two.pair();
        QCOMPARE(two.kills, 1);
        QVERIFY(last);
        QCOMPARE(std::count_if(two.relay.sent.begin(), two.relay.sent.end(),
                     [&](const RelayMessage& each) { return each.id == last->id; }),
            2);
        arePaired(two);
    }

    void aMessageThatTheRelayHasAndTheRecordsDoNotIsThereOnce()
    {
        Pair two;
        two.makeSpace();
        two.pair();
        two.lina.add(two.space, "once");
        two.relay.sent.clear();
        two.relay.storing = [&](const RelayMessage&) { two.lina.killAfter(0); };
        const auto before = two.toTomas().messages.size();
        two.sync(two.lina);
        QCOMPARE(two.kills, 1);
        two.sync(two.lina);
        QVERIFY(two.relay.sent.size() >= 2);
        QVERIFY(two.relay.sent[0].id == two.relay.sent[1].id);
        QCOMPARE(two.relay.sent[0].body, two.relay.sent[1].body);
        QCOMPARE(two.toTomas().messages.size(), before + two.relay.sent.size() - 1);
        two.sync(two.tomas);
        QCOMPARE(two.tomas.texts(two.space), QStringList{QStringLiteral("once")});
        QCOMPARE(two.tomas.peer().undecryptable, 0);
    }

    void nothingIsAcknowledgedBeforeItIsDurable()
    {
        Pair two;
        two.makeSpace();
        two.pair();
        two.lina.add(two.space, "durable");
        two.sync(two.lina);
        int asked = 0;
        two.relay.acknowledging = [&] {
            // What a process that is killed now would find.
            QCOMPARE(two.tomas.texts(two.space).size(), 1);
            ++asked;
        };
        QVERIFY(two.tomas.sync());
        QVERIFY(asked > 0);
    }

    void whatTheVaultCannotTakeIsNeitherAcknowledgedNorLost_data()
    {
        QTest::addColumn<ErrorCode>("code");
        for (const ErrorCode code : {ErrorCode::DiskFull, ErrorCode::DiskFailed,
                 ErrorCode::DiskReadOnly, ErrorCode::VaultLocked, ErrorCode::VaultDatabaseDamaged})
            QTest::addRow("%s", codeName(code)) << code;
    }
    void whatTheVaultCannotTakeIsNeitherAcknowledgedNorLost()
    {
        QFETCH(ErrorCode, code);
        Pair two;
        two.makeSpace();
        two.pair();
        two.lina.add(two.space, "kept");
        two.sync(two.lina);
        const std::size_t stored = two.relay.stored();
        QVERIFY(stored > 0);
        qsizetype taken = -1;
        two.tomas.faults().failing = [&](SyncTransaction& transaction) -> Status {
            const qsizetype now = transaction.all(kTakenKind)->size();
            if (taken < 0)
                taken = now;
            return now > taken ? Status(Error{code, {}}) : Status();
        };
        const auto failed = two.tomas.sync();
        QVERIFY(!failed);
        QCOMPARE(failed.error().code, code);
        QCOMPARE(two.relay.stored(), stored);
        QVERIFY(two.tomas.texts(two.space).isEmpty());
        two.tomas.faults().failing = nullptr;
        QVERIFY(two.tomas.sync());
        QCOMPARE(two.tomas.texts(two.space).size(), 1);
    }

    void aRefusedAnswerDoesNotTakeItsNeighboursWithIt()
    {
        Pair two;
        two.makeSpace();
        two.actAsPeopleDo();
        two.sync(two.tomas);
        const SpaceId other
            = valueOf(two.lina.store().createSpace(QStringLiteral("Other"), Role::Peer));
        FakeRelay::Queue* queue = nullptr;
        RelayMessage wrong;
        two.lina.withSelf([&](const PairingSelf& self, SyncTransaction& transaction) {
            const auto invitation = std::move(recordsOf<InvitationRecord>(transaction).front());
            const auto& requests = two.relay.queues.at(invitation.invitation.queue.sendId());
            const Bytes request = requests.messages.front().second.body;
            wrong.body
                = letIn(invitation.invitation, self, request, *transaction.genesis(other))->message;
            queue = &two.relay.queues.at(
                readRequest(invitation.invitation, self, request)->sendTo.queue);
        });
        queue->messages.emplace_back(++queue->last, wrong);
        two.sync(two.lina);
        two.actAsPeopleDo();
        two.sync(two.lina);
        QCOMPARE(queue->messages.size(), std::size_t(2)); // the wrong one, and after it the right
        const auto synced = two.tomas.sync();
        QVERIFY(synced);
        QVERIFY(queue->messages.empty());
        QCOMPARE(two.tomas.rows().last().state, PairingState::Paired);
        two.pair();
        arePaired(two);
    }

    void aMessageOfNonsenseIsAcknowledgedAndTheNextOneIsRead()
    {
        Pair two;
        two.makeSpace();
        two.pair();
        auto& queue = two.toTomas();
        OpsMessage damaged;
        damaged.operations = {Bytes(), Bytes("no operation"), Bytes(5'000, '\x81')};
        PartMessage piece{Hash(), 0, 1, Bytes("no operation")};
        const Bytes contents[] = {Bytes(), Bytes("no padding"), Bytes(256, '\0'),
            *wrapContent(Bytes(300, '\xff')), *wrapContent(Bytes("\x80")),
            *wrapContent(encodeMessage(damaged)), *wrapContent(encodeMessage(piece))};
        for (const Bytes& each : contents) {
            two.lina.sendForged(each);
            QVERIFY(two.tomas.sync());
            QVERIFY(queue.messages.empty());
        }
        for (const Bytes& each : contents) // and all of them in one group
            two.lina.sendForged(each);
        two.lina.add(two.space, "read");
        QVERIFY(two.lina.sync());
        QVERIFY(two.tomas.sync());
        QVERIFY(queue.messages.empty());
        QCOMPARE(two.tomas.texts(two.space), QStringList{QStringLiteral("read")});
        QCOMPARE(two.tomas.peer().undecryptable, 0);
    }

    void whatAStoppedEngineWasToldMeansNothingToTheNextStart()
    {
        Pair two;
        two.makeSpace();
        two.pair();
        two.relay.dropsConnections = true;
        for (int round = 0; round < 200; ++round) {
            two.tomas.engine().start();
            // A connection may be lost and not yet reported at any of these moments.
            for (int step = 0; step < round % 20; ++step)
                QCoreApplication::processEvents();
            two.tomas.engine().stop();
        }
        two.relay.dropsConnections = false;
        two.tomas.engine().start();
        QTRY_COMPARE(two.tomas.status().connection, ConnectionState::Online);
        two.tomas.engine().stop();
    }

private:
    static void arePaired(Pair& two)
    {
        QCOMPARE(two.sentOf(WireKind::PairingRequest).size(), std::size_t(1));
        QCOMPARE(two.sentOf(WireKind::PairingAnswer).size(), std::size_t(1));
        QCOMPARE(two.lina.rows().size(), 2); // the invitation, and one who asked
        QCOMPARE(two.tomas.rows().size(), 1);
        for (FakePerson* each : {&two.lina, &two.tomas})
            QCOMPARE(each->rows().last().state, PairingState::Paired);
        two.lina.add(two.space, "from Lina");
        two.tomas.add(two.space, "from Tomás");
        for (int turn = 0; turn < 2; ++turn) {
            QVERIFY(two.lina.sync());
            QVERIFY(two.tomas.sync());
        }
        QCOMPARE(two.tomas.texts(two.space), two.lina.texts(two.space));
        QCOMPARE(two.lina.texts(two.space).size(), 2);
        QCOMPARE(two.lina.peer().undecryptable + two.tomas.peer().undecryptable, 0);
    }
};

QTEST_GUILESS_MAIN(MishapsTest)
#include "tst_mishaps.moc"

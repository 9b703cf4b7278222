// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/cbor.h"
#include "app/crypto/hash.h"
#include "storage/vault.h"
#include "tests/support/forger.h"

#include <QJsonArray>

using namespace Waymark;

namespace {

Change titled(const char* text)
{
    return WriteRegister{"title", textValue(QString::fromUtf8(text))};
}

QString hex(const EntryId& id)
{
    return QString::fromLatin1(id.hex());
}

/// Lina, a mentee, and Tomás, a mentor whose device is anybody's.
struct Pair
{
    explicit Pair(Role roleOfLina = Role::Mentee, Role roleOfTomas = Role::Mentor)
        : space(pairUp(lina, tomas, roleOfLina, roleOfTomas)), forger(tomas, lina, space)
    {
        level(lina, tomas, space);
    }

    /// Lina's vault as the tables hold it and as the log makes it.
    void verifyLina()
    {
        verifyClean(lina);
        const QStringList before = shared(lina, space);
        QVERIFY(valueOf(lina.store.rebuild()) > 0);
        QCOMPARE(shared(lina, space), before);
        verifyClean(lina);
    }

    TestJournal lina{QStringLiteral("Lina"), 1};
    TestJournal tomas{QStringLiteral("Tomás"), 2};
    SpaceId space;
    Forger forger;
};

} // namespace

class ReceivingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyItsOwnDevicesSignatureProvesAnOperation()
    {
        Pair pair;
        const std::vector<Part> parts{pair.forger.creating("session", {titled("x")})};
        const Operation right = pair.forger.make(pair.forger.header(), parts);
        Operation forged = right;
        Bytes bytes = forged.signature->bytes();
        bytes[3] = char(bytes[3] ^ 1);
        forged.signature = *Signature::fromBytes(bytes);
        Operation none = right;
        none.signature.reset();
        const Forger self(pair.lina, pair.lina, pair.space);
        for (const Operation& each : {forged, none, self.signedOver(right)}) {
            const TakenOperations taken = pair.forger.give({each});
            QCOMPARE(taken.applied, 0);
            QCOMPARE(taken.waiting, 0);
            QVERIFY(taken.stopped.isEmpty());
        }
        QCOMPARE(pair.forger.log().seq, quint64(0));
        QCOMPARE(pair.forger.give({right}).applied, 1);
        pair.verifyLina();
    }

    void aSignatureProvesWhatItsHeaderLeadsBackTo()
    {
        Pair pair;
        OperationHeader header = pair.forger.header();
        QList<Operation> run;
        for (int i = 0; i < 4; ++i) {
            run.append(pair.forger.make(header, {pair.forger.creating("session")}));
            header.prev = headerHash(run.back().header);
            header.deps.clear();
            ++header.seq;
            ++header.lamport;
        }
        for (const int i : {0, 1, 3})
            run[i].signature.reset();
        // The third is signed; the fourth is a tail without a signature.
        QCOMPARE(pair.forger.give(run).applied, 3);
        QCOMPARE(pair.forger.log().seq, quint64(3));
        // A wrong signature in the middle is not kept for a right one.
        run[3].signature = Signature();
        for (int i = 0; i < 2; ++i) {
            header.seq = quint64(5 + i);
            header.prev = headerHash(run.back().header);
            header.lamport = OperationHeader::decode(run.back().header)->lamport + 1;
            run.append(pair.forger.make(header, {}));
        }
        run[4].signature.reset();
        QCOMPARE(pair.forger.give(run.mid(3)).applied, 3);
        pair.verifyLina();
    }

    void replaysAndAnyOrderChangeNothing_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 4; ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }
    void replaysAndAnyOrderChangeNothing()
    {
        QFETCH(int, seed);
        Pair pair(Role::Peer, Role::Peer);
        TestJournal& tomas = pair.tomas;
        const EntryId goal = tomas.add(pair.space, "goal",
            {{QStringLiteral("title"), QStringLiteral("G")},
                {QStringLiteral("why"), QStringLiteral("Because")}});
        for (int i = 0; i < 12; ++i) {
            tomas.add(pair.space, "milestone",
                {{QStringLiteral("title"), QString::number(i)}, {QStringLiteral("in"), hex(goal)}});
            QVERIFY(tomas.set(goal, {{QStringLiteral("why"), QString::number(i * i)}}));
        }
        QVERIFY(tomas.store.remove(goal).result().ok());
        QList<Bytes> all;
        succeed(tomas.store.transact([&](SyncTransaction& t) -> Status {
            auto found = t.operations(pair.space, t.own().device, 1, 1 << 20);
            if (!found)
                return found.error();
            all = *found;
            return {};
        }));
        SeededRandom random{quint64(seed)};
        QList<Operation> left;
        for (const Bytes& each : all)
            left.append(pair.forger.signedOver(*Operation::decode(each)));
        const QList<Operation> whole = left;
        while (!left.isEmpty()) {
            QList<Operation> batch;
            for (quint64 i = 0; i <= random.below(4) && !left.isEmpty(); ++i)
                batch.append(left.takeAt(qsizetype(random.below(quint64(left.size())))));
            batch.append(whole[qsizetype(random.below(quint64(whole.size())))]);
            const TakenOperations taken = pair.forger.give(batch);
            QVERIFY(taken.stopped.isEmpty());
        }
        QCOMPARE(pair.forger.give(whole).applied, 0);
        QCOMPARE(pair.forger.give(whole).waiting, 0);
        QCOMPARE(shared(pair.lina, pair.space), shared(tomas, pair.space));
        pair.verifyLina();
    }

    void whatIsTooFarAheadIsNotKept()
    {
        Pair pair;
        OperationHeader header = pair.forger.header();
        header.prev = Hash();
        header.seq = 1001;
        QCOMPARE(pair.forger.give({pair.forger.make(header, {})}).waiting, 0);
        header.seq = 1000;
        QCOMPARE(pair.forger.give({pair.forger.make(header, {})}).waiting, 1);
        // At most 64 MiB wait.
        const Bytes large(1'000'000, 'a');
        int waiting = 1;
        for (quint64 seq = 2; seq < 75; ++seq) {
            header.seq = seq;
            const Part part = pair.forger.creating("session", {EditText{"notes", large}});
            waiting = pair.forger.give({pair.forger.make(header, {part})}).waiting;
        }
        QCOMPARE(waiting, 1 + (64 << 20) / 1'000'200);
    }

    void aLogEndsBeforeWhatBreaksIt_data()
    {
        QTest::addColumn<int>("wrong");
        int wrong = 0;
        for (const char* name : {"prev", "lamport too low", "lamport too high", "a dep again",
                 "a dep twice", "its own log", "a stub", "a purge", "an ending", "a roster",
                 "another's entry id", "a change of another length"})
            QTest::newRow(name) << wrong++;
    }
    void aLogEndsBeforeWhatBreaksIt()
    {
        QFETCH(int, wrong);
        Pair pair;
        QCOMPARE(pair.forger.write({pair.forger.creating("session", {titled("one")})}).applied, 1);
        QCOMPARE(pair.forger.write({pair.forger.creating("session", {titled("two")})}).applied, 1);
        (void)pair.lina.add(pair.space, "session", {});
        const QStringList before = shared(pair.lina, pair.space);
        const LogInfo log = pair.forger.log();
        OperationHeader header = pair.forger.header();
        std::vector<Part> parts{pair.forger.creating("session", {titled("three")})};
        const auto dep = [&](const LogInfo& of, quint64 seq) {
            Hash hash = of.head;
            succeed(pair.lina.store.transact([&](SyncTransaction& t) {
                hash = t.hashAt(pair.space, *DeviceId::fromBytes(of.name), seq).value().value();
                return Status();
            }));
            return Dep{
                *DeviceId::fromBytes(of.name), seq, *Dep::Prefix::fromBytes(hash.view().first(16))};
        };
        LogInfo linas;
        for (const LogInfo& each : valueOf(pair.lina.store.logs())) {
            if (each.space == pair.space && each.name != log.name)
                linas = each;
        }
        Cbor::Writer change;
        switch (wrong) {
        case 0:
            header.prev = Hash();
            break;
        case 1:
            --header.lamport;
            break;
        case 2:
            ++header.lamport;
            break;
        case 3:
            header.deps = {dep(linas, 2)}; // the genesis and the admission
            header.lamport = log.lamport + 1;
            break;
        case 4:
            (void)pair.lina.add(pair.space, "session", {});
            linas.seq += 1;
            header.deps = {dep(linas, linas.seq - 1), dep(linas, linas.seq)};
            header.lamport = std::max(log.lamport, linas.lamport + 1) + 1;
            break;
        case 5:
            header.deps.push_back(dep(log, 1));
            std::sort(header.deps.begin(), header.deps.end());
            break;
        case 6:
            break;
        case 7:
            change.array(1).integer(12);
            break;
        case 8:
            change.array(2).integer(13).null();
            break;
        case 9:
            change.array(2).integer(14).bytes("roster");
            break;
        case 10:
            parts[0].salt = Part::Salt();
            break;
        case 11:
            change.array(2).integer(5).null();
            break;
        }
        if (!change.data().isEmpty())
            parts[0].changes.push_back(UnknownChange{change.data()});
        Operation bad = pair.forger.make(header, parts);
        if (wrong == 6) {
            Cbor::Writer body;
            body.array(1).array(4).id(parts[0].entry).utf8(parts[0].kind).id(markOf(parts[0].salt));
            body.id(labelledHash("part", {parts[0].encode()}));
            bad.body = body.take();
        }
        const TakenOperations taken = pair.forger.give({bad});
        QCOMPARE(taken.applied, 0);
        QCOMPARE(taken.stopped.size(), 1);
        const QString why = pair.forger.log().stopped;
        QVERIFY(!why.isEmpty());
        // Nothing more is taken in, what was there stays, and one's own work goes on.
        QCOMPARE(pair.forger.write({pair.forger.creating("session")}).applied, 0);
        if (wrong != 4)
            QCOMPARE(shared(pair.lina, pair.space), before);
        (void)pair.lina.add(pair.space, "session", {});
        QVERIFY(pair.lina.store.lock().result());
        QVERIFY(pair.lina.store.unlock(TestJournal::secret("pass")).result());
        QCOMPARE(pair.forger.log().stopped, why);
        pair.verifyLina();
    }

    void whatStopsALogIsKeptAside()
    {
        Pair pair;
        QCOMPARE(pair.forger.write({pair.forger.creating("session")}).applied, 1);
        OperationHeader header = pair.forger.header();
        header.seq = 1;
        header.prev.reset();
        const Operation fork = pair.forger.make(header, {pair.forger.creating("session")});
        QCOMPARE(pair.forger.give({fork}).stopped.size(), 1);
        QVERIFY(pair.lina.store.lock().result());
        InlineExecutor executor;
        auto vault = Vault::open(
            pair.lina.store.folder(), SecretBytes::copyOf(BytesView("pass")), executor);
        QVERIFY(vault.ok());
        const auto stored = (*vault)
                                ->database()
                                .run([](Connection& connection) {
                                    return connection.oneBlob("SELECT op FROM aside");
                                })
                                .result();
        QVERIFY(stored.ok() && *stored);
        QCOMPARE(**stored, fork.encode());
    }

    void onesOwnLogThatWasContinuedElsewhereIsWrittenNoMore()
    {
        Pair pair;
        const EntryId mine = pair.lina.add(
            pair.space, "session", {{QStringLiteral("notes"), QStringLiteral("a")}});
        const QString notes = QStringLiteral("notes");
        const TextView view = valueOf(pair.lina.store.openText(mine, notes));
        valueOf(pair.lina.store.editText(mine, notes, view.number, {{1, 0, QStringLiteral("b")}}));
        Forger clone(pair.lina, pair.lina, pair.space);
        OperationHeader header = clone.header();
        header.seq -= 1;
        QCOMPARE(clone.give({clone.make(header, {})}).stopped.size(), 1);
        QVERIFY(!clone.log().stopped.isEmpty());
        const auto written
            = pair.lina.store.add(pair.space, QStringLiteral("session"), {}).result();
        QCOMPARE(written.error().code, ErrorCode::Refused);
        // The vault opens, other spaces go on, the partner is heard, and what was typed is kept.
        QVERIFY(pair.lina.store.lock().result());
        QVERIFY(pair.lina.store.unlock(TestJournal::secret("pass")).result());
        pair.lina.add(pair.lina.store.privateSpace(), "reflection", {});
        QCOMPARE(
            pair.forger
                .write({pair.forger.on(mine, "session", {WriteRegister{"place", textValue(u"x")}})})
                .applied,
            1);
        QCOMPARE(valueOf(pair.lina.store.openText(mine, notes)).text, QStringLiteral("ab"));
        pair.verifyLina();
    }

    void whatIsNobodysOrElsewheresIsDropped()
    {
        Pair pair;
        TestJournal eve(QStringLiteral("Eve"), 3);
        const Forger stranger(eve, pair.lina, pair.space);
        OperationHeader header = stranger.header();
        const TakenOperations taken = stranger.give({stranger.make(header, {})});
        QCOMPARE(taken.applied + taken.waiting + int(taken.stopped.size()), 0);
        header = pair.forger.header();
        header.space = pair.lina.store.privateSpace();
        const TakenOperations other = pair.forger.give({pair.forger.make(header, {})});
        QCOMPARE(other.applied + other.waiting + int(other.stopped.size()), 0);
        QCOMPARE(pair.forger.giveBytes({Bytes(), "x", Bytes(100, char(0x9f))}).applied, 0);
    }

    void whoPassesOnCannotEndALogWithAnotherBody()
    {
        Pair pair;
        const Part part = pair.forger.creating("session", {titled("x")});
        const Operation right = pair.forger.make(pair.forger.header(), {part});
        Operation changed = right;
        changed.body = Body{{pair.forger.creating("session")}}.encode();
        QVERIFY(pair.forger.give({changed}).stopped.isEmpty());
        changed.body[changed.body.size() - 1] = char(0xff);
        QVERIFY(pair.forger.give({changed}).stopped.isEmpty());
        QCOMPARE(pair.forger.give({right}).applied, 1);
    }

    void nobodyElseIsLetIntoASpaceOfTwo()
    {
        Pair pair;
        TestJournal eve(QStringLiteral("Eve"), 3);
        Admission admission;
        succeed(eve.store.transact([&](SyncTransaction& t) {
            admission = {t.own().identity, t.own().roster, "peer", "Eve"};
            return Status();
        }));
        const EntryId page{personIdOf(admission.identity).data};
        const auto members = [&] {
            for (const Space& space : valueOf(pair.lina.store.spaces())) {
                if (space.id == pair.space)
                    return int(space.members.size());
            }
            return 0;
        };
        // By the partner, in any disguise, and by the creating device itself.
        for (const Part& part : {pair.forger.on(page, "member", {admission}),
                 pair.forger.on(EntryId(), "space", {admission}),
                 pair.forger.on(page, "goal", {admission}),
                 pair.forger.on(page, "member", {admission, titled("x")})}) {
            QCOMPARE(pair.forger.write({part}).applied, 1);
            QCOMPARE(members(), 2);
        }
        succeed(eve.store.transact([](SyncTransaction&) { return Status(); }));
        const Status again = pair.lina.store
                                 .transact([&](SyncTransaction& t) {
                                     return t.admit(pair.space, admission.identity,
                                         admission.roster, Role::Peer, QStringLiteral("Eve"));
                                 })
                                 .result();
        QCOMPARE(again.error().code, ErrorCode::Refused);
        QCOMPARE(members(), 2);
        const Forger stranger(eve, pair.lina, pair.space);
        QCOMPARE(stranger.give({stranger.make(stranger.header(), {})}).applied, 0);
        pair.verifyLina();
    }

    void aGenesisMustBeTheSpaces()
    {
        Pair pair;
        TestJournal eve(QStringLiteral("Eve"), 3);
        Bytes genesis;
        succeed(pair.lina.store.transact([&](SyncTransaction& t) {
            genesis = t.genesis(pair.space).value();
            return Status();
        }));
        const auto joining = [&](const SpaceId& space, const Bytes& bytes) {
            return eve.store.transact([&](SyncTransaction& t) { return t.join(space, bytes); })
                .result();
        };
        QCOMPARE(joining(SpaceId(), genesis).error().code, ErrorCode::Refused);
        for (qsizetype bit = 0; bit < 8 * genesis.size(); bit += 3) {
            Bytes flipped = genesis;
            flipped[bit / 8] = char(flipped[bit / 8] ^ (1 << (bit % 8)));
            QVERIFY2(!joining(pair.space, flipped).ok(), qPrintable(QString::number(bit)));
        }
        QVERIFY(joining(pair.space, genesis).ok());
        QCOMPARE(joining(pair.space, genesis).error().code, ErrorCode::Refused);
    }

    void whatARoleForbidsHasNoEffect()
    {
        Pair pair;
        TestJournal& lina = pair.lina;
        const EntryId goal = lina.add(pair.space, "goal",
            {{QStringLiteral("title"), QStringLiteral("Mine")},
                {QStringLiteral("why"), QStringLiteral("Why")}});
        const EntryId message
            = lina.add(pair.space, "message", {{QStringLiteral("body"), QStringLiteral("Hello")}});
        const QStringList before = shared(lina, pair.space);
        const QString text = QStringLiteral("!");
        TextDocument document;
        const LogName log(pair.forger.device());
        const Bytes runs = encode(*document.makeEdit({0, 0, text}, log), log);
        const PersonId lina_ = lina.store.me();
        for (const Part& part :
            {pair.forger.on(goal, "goal", {titled("His")}),
                pair.forger.on(goal, "goal", {EditText{"why", runs}}),
                pair.forger.on(goal, "goal", {DeleteEntry{}}),
                pair.forger.on(message, "message", {DeleteEntry{}}),
                pair.forger.on(
                    message, "message", {AddToSet{"acknowledged", idValue(lina_.view())}}),
                pair.forger.on(EntryId{lina_.data}, "member", {WriteRegister{"name", nullValue()}}),
                pair.forger.on(EntryId(), "space", {WriteRegister{"size", textValue(u"open")}}),
                pair.forger.creating("goal", {titled("For you")})}) {
            QCOMPARE(pair.forger.write({part}).applied, 1);
            QCOMPARE(shared(lina, pair.space), before);
        }
        // History shows what took effect alone.
        for (const HistoryItem& item : valueOf(lina.store.history(goal)))
            QCOMPARE(item.who, lina_);
        QVERIFY(lina.set(goal, {{QStringLiteral("why"), QStringLiteral("Why not")}}));
        QCOMPARE(
            valueOf(lina.store.history(goal)).back().value.toString(), QStringLiteral("Why not"));
        pair.verifyLina();
    }

    void aMentorsEditIsJudgedByWhatTheMentorKnew()
    {
        Pair pair;
        const EntryId goal = pair.tomas.add(pair.space, "goal",
            {{QStringLiteral("title"), QStringLiteral("For you")},
                {QStringLiteral("status"), QStringLiteral("proposed")}});
        level(pair.lina, pair.tomas, pair.space);
        // She takes it on; he, who has not seen that, changes the title.
        QVERIFY(pair.lina.set(goal, {{QStringLiteral("status"), QStringLiteral("open")}}));
        QVERIFY(pair.tomas.set(goal, {{QStringLiteral("title"), QStringLiteral("Perhaps")}}));
        level(pair.lina, pair.tomas, pair.space);
        for (TestJournal* each : {&pair.lina, &pair.tomas})
            QCOMPARE(each->field(goal, "title").toString(), QStringLiteral("Perhaps"));
        QVERIFY(!pair.tomas.set(goal, {{QStringLiteral("title"), QStringLiteral("Now")}}));
        verifyClean(pair.tomas);
        pair.verifyLina();
    }

    void oddValuesAreNobodysTrouble()
    {
        Pair pair(Role::Peer, Role::Peer);
        const Bytes longText = textValue(QString(60'000, QLatin1Char('x')));
        Cbor::Writer number;
        number.integer(5000);
        const Part goal = pair.forger.creating("goal",
            {WriteRegister{"status", longText}, WriteRegister{"due", longText},
                WriteRegister{"title", longText}, WriteRegister{"progress", number.data()},
                WriteRegister{"owner", longText}, WriteRegister{"in", longText}});
        const Part session = pair.forger.creating("session",
            {WriteRegister{"shared", sharedValue(pair.space, EntryId())},
                WriteRegister{"begins", number.data()}});
        QCOMPARE(pair.forger.write({goal, session}).applied, 1);
        const auto rows = valueOf(pair.lina.store.rows(pair.space, QStringLiteral("goal"), 0, 10));
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.front().progress, -1);
        QVERIFY(rows.front().status.size() <= 160);
        // Another's word does not close an entry.
        QVERIFY(!pair.lina.entry(session.entry).sharedAs);
        QVERIFY(pair.lina.set(session.entry, {{QStringLiteral("place"), QStringLiteral("here")}}));
        QVERIFY(pair.lina.set(goal.entry, {{QStringLiteral("progress"), 7}}));
        pair.verifyLina();
    }

    void aLineMovedToNowhereCrashesNobody()
    {
        Pair pair(Role::Peer, Role::Peer);
        const EntryId session = pair.lina.add(pair.space, "session",
            {{QStringLiteral("agenda"), QJsonArray{QStringLiteral("one"), QStringLiteral("two")}}});
        LogInfo linas;
        for (const LogInfo& each : valueOf(pair.lina.store.logs())) {
            if (each.space == pair.space && each.name != pair.forger.device().bytes())
                linas = each;
        }
        const ElementId line{*LogName::fromBytes(linas.name), 0};
        for (const Bytes& value : {nullValue(), textValue(u"x"), sharedValue(pair.space, session)})
            QCOMPARE(pair.forger
                         .write({pair.forger.on(
                             session, "session", {WriteLine{"agenda", line, "slot", value}})})
                         .applied,
                1);
        QVERIFY(pair.lina.set(session,
            {{QStringLiteral("agenda"),
                QJsonArray{
                    QStringLiteral("two"), QStringLiteral("one"), QStringLiteral("three")}}}));
        QCOMPARE(pair.lina.field(session, "agenda").toArray().size(), 3);
        pair.verifyLina();
    }

    void siblingsOfWhatComesBackComeBackInLists()
    {
        Pair pair(Role::Peer, Role::Peer);
        const EntryId goal = pair.lina.add(pair.space, "goal", {});
        QList<EntryId> marks;
        for (int i = 0; i < 3; ++i)
            marks.append(
                pair.lina.add(pair.space, "milestone", {{QStringLiteral("in"), hex(goal)}}));
        level(pair.lina, pair.tomas, pair.space);
        QVERIFY(pair.lina.store.remove(goal).result().ok());
        QVERIFY(pair.tomas.set(marks[1], {{QStringLiteral("done"), true}}));
        level(pair.lina, pair.tomas, pair.space);
        EntryQuery query;
        query.space = pair.space;
        QCOMPARE(valueOf(pair.lina.store.list(query)).size(), 4);
        QCOMPARE(valueOf(pair.tomas.store.list(query)).size(), 4);
        pair.verifyLina();
    }

    void verifyFindsWhatWasDamaged_data()
    {
        QTest::addColumn<Bytes>("sql");
        const auto row
            = [](const char* name, const char* sql) { QTest::newRow(name) << Bytes(sql); };
        row("a body", "UPDATE op SET body = zeroblob(length(body)) WHERE (id & 255) = 3");
        row("a header",
            "UPDATE op SET header = (SELECT header FROM op WHERE (id & 255) = 2) "
            "WHERE (id & 255) = 3");
        row("a signature", "UPDATE sig SET signature = zeroblob(64)");
        row("a cut log", "DELETE FROM op WHERE id = (SELECT max(id) FROM op)");
        row("a causal past", "UPDATE dep SET seen = seen + 1");
        row("a state",
            "UPDATE entry SET state = (SELECT state FROM entry WHERE kind = 'goal') "
            "WHERE kind = 'session'");
        row("a column", "UPDATE entry SET deleted = 1 WHERE kind = 'goal'");
        row("a list's row", "UPDATE entry SET row = x'80' WHERE kind = 'goal'");
        row("a missing entry", "DELETE FROM entry WHERE kind = 'goal'");
        row("a text", "UPDATE body SET state = (SELECT state FROM body ORDER BY entry LIMIT 1)");
    }
    void verifyFindsWhatWasDamaged()
    {
        QFETCH(Bytes, sql);
        Pair pair(Role::Peer, Role::Peer);
        pair.lina.add(pair.space, "goal", {{QStringLiteral("why"), QStringLiteral("a")}});
        level(pair.lina, pair.tomas, pair.space);
        pair.tomas.add(pair.space, "session", {{QStringLiteral("notes"), QStringLiteral("b")}});
        level(pair.lina, pair.tomas, pair.space);
        for (int i = 0; i < 2; ++i) {
            pair.lina.add(pair.space, "session", {});
            level(pair.lina, pair.tomas, pair.space);
            pair.tomas.add(pair.space, "session", {});
            level(pair.lina, pair.tomas, pair.space);
        }
        verifyClean(pair.lina);
        QVERIFY(pair.lina.store.lock().result());
        {
            InlineExecutor executor;
            auto vault = Vault::open(
                pair.lina.store.folder(), SecretBytes::copyOf(BytesView("pass")), executor);
            QVERIFY(vault.ok());
            const auto changed
                = (*vault)
                      ->database()
                      .run([sql](Connection& connection) -> Result<qint64> {
                          if (Status status = connection.run(sql); !status)
                              return status.error();
                          return connection.oneInteger("SELECT changes()").value().value();
                      })
                      .result();
            QVERIFY(changed.ok() && *changed > 0);
            QVERIFY((*vault)->lock().result());
        }
        QVERIFY(pair.lina.store.unlock(TestJournal::secret("pass")).result());
        const auto report = pair.lina.store.verify().result();
        QVERIFY(!report.ok() || !report->problems.isEmpty());
    }
};

QTEST_GUILESS_MAIN(ReceivingTest)
#include "tst_receiving.moc"

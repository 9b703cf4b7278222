// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/vault.h"
#include "tests/support/journalbench.h"

using namespace Waymark;
using namespace Qt::StringLiterals;

namespace {

void setTitle(TestJournal& journal, const EntryId& id, int number)
{
    QVERIFY(journal.set(id, {{u"title"_s, QString::number(number)}}));
}

/// The titles that an entry had, oldest first.
QStringList titlesOf(TestJournal& journal, const EntryId& id)
{
    QStringList out;
    for (const HistoryItem& item : valueOf(journal.store.history(id))) {
        if (item.field == u"title"_s)
            out.append(item.value.toString());
    }
    return out;
}

/// A number that SQL gives for a vault's database; the vault is locked and opened for it.
qint64 askDatabase(TestJournal& journal, const Bytes& sql)
{
    succeed(journal.store.lock());
    qint64 answer = 0;
    {
        InlineExecutor executor;
        auto vault
            = Vault::open(journal.store.folder(), SecretBytes::copyOf(BytesView("pass")), executor);
        if (!vault)
            qFatal("%s", qPrintable(vault.error().detail));
        succeed((*vault)->database().run([&](Connection& connection) -> Status {
            const auto found = connection.oneInteger(sql);
            if (!found)
                return found.error();
            answer = found->value_or(0);
            return {};
        }));
        succeed((*vault)->lock());
    }
    succeed(journal.store.unlock(TestJournal::secret("pass")));
    return answer;
}

} // namespace

class LongHistoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEditWritesOnlyTheNewestOfIt()
    {
        TestJournal lina(u"Lina"_s);
        const EntryId goal = lina.add(lina.store.privateSpace(), "goal", {{u"title"_s, u"0"_s}});
        QStringList titles{u"0"_s};
        const auto stateBytes = [&] {
            return askDatabase(lina, "SELECT length(state) FROM entry WHERE kind = 'goal'");
        };
        qint64 longest = 0;
        // Around each border of the parts that are kept apart.
        for (int i = 1; i <= 300; ++i) {
            setTitle(lina, goal, i);
            titles.append(QString::number(i));
            if (i == 62)
                longest = stateBytes();
            if (i == 62 || i == 63 || i == 64 || i == 95 || i == 96)
                verifyClean(lina);
        }
        QCOMPARE(titlesOf(lina, goal), titles);
        // 301 operations: 32 to 63 of them with the state, the rest in full parts.
        QCOMPARE(askDatabase(lina, "SELECT count(*) FROM hist"), qint64(8));
        QVERIFY(stateBytes() < longest + 100);
        QVERIFY(valueOf(lina.store.rebuild()) > 0);
        verifyClean(lina);
        QCOMPARE(askDatabase(lina, "SELECT count(*) FROM hist"), qint64(8));
        QCOMPARE(titlesOf(lina, goal), titles);
    }

    void whatWasMadeLongAgoTakesItsPlace()
    {
        TestJournal lina(u"Lina"_s, 1);
        TestJournal tomas(u"Tomás"_s, 2);
        const SpaceId space = pairUp(lina, tomas, Role::Peer, Role::Peer);
        const EntryId goal = lina.add(space, "goal", {{u"title"_s, u"0"_s}});
        level(lina, tomas, space);
        // He writes once, away from the network, while she writes a lot.
        setTitle(tomas, goal, 1000);
        for (int i = 1; i <= 150; ++i)
            setTitle(lina, goal, i);
        level(lina, tomas, space);
        const QStringList titles = titlesOf(lina, goal);
        QCOMPARE(titles.size(), 152);
        QVERIFY(titles.indexOf(u"1000"_s) <= 2);
        QCOMPARE(titlesOf(tomas, goal), titles);
        QCOMPARE(lina.field(goal, "title"), tomas.field(goal, "title"));
        for (TestJournal* each : {&lina, &tomas}) {
            verifyClean(*each);
            QVERIFY(valueOf(each->store.rebuild()) > 0);
            verifyClean(*each);
            QCOMPARE(titlesOf(*each, goal), titles);
        }
        // The parts that were made again are added to.
        for (int i = 151; i <= 250; ++i)
            setTitle(tomas, goal, i);
        level(lina, tomas, space);
        QCOMPARE(titlesOf(lina, goal).size(), 252);
        QCOMPARE(titlesOf(lina, goal), titlesOf(tomas, goal));
        verifyClean(lina);
        verifyClean(tomas);
    }

    void deliveryLooksBehindAllThatAPartnerWrote()
    {
        TestJournal lina(u"Lina"_s, 1);
        TestJournal tomas(u"Tomás"_s, 2);
        const SpaceId space = pairUp(lina, tomas, Role::Peer, Role::Peer);
        const EntryId goal = lina.add(space, "goal", {{u"title"_s, u"0"_s}});
        const Delivery before = lina.entry(goal).delivery;
        QCOMPARE(before, Delivery::KeptHere);
        level(lina, tomas, space);
        for (int i = 1; i <= 130; ++i)
            setTitle(tomas, goal, i);
        level(lina, tomas, space);
        QCOMPARE(lina.entry(goal).fields.value(u"title"_s).toString(), u"130"_s);
        QCOMPARE(lina.entry(goal).delivery, before);
    }

    void aDamagedPartIsFound_data()
    {
        QTest::addColumn<Bytes>("sql");
        QTest::newRow("changed") << Bytes(
            "UPDATE hist SET stamps = (SELECT stamps FROM hist WHERE chunk = 1) WHERE chunk = 0 "
            "RETURNING 1");
        QTest::newRow("gone") << Bytes("DELETE FROM hist WHERE chunk = 1 RETURNING 1");
        QTest::newRow("one more") << Bytes(
            "INSERT INTO hist SELECT entry + 1, chunk, stamps FROM hist LIMIT 1 RETURNING 1");
    }
    void aDamagedPartIsFound()
    {
        QFETCH(Bytes, sql);
        TestJournal lina(u"Lina"_s);
        const SpaceId home = lina.store.privateSpace();
        const EntryId goal = lina.add(home, "goal", {{u"title"_s, u"0"_s}});
        lina.add(home, "goal", {{u"title"_s, u"short"_s}});
        for (int i = 1; i <= 130; ++i)
            setTitle(lina, goal, i);
        verifyClean(lina);
        QCOMPARE(askDatabase(lina, sql), qint64(1));
        QVERIFY(!valueOf(lina.store.verify()).problems.isEmpty());
        QVERIFY(valueOf(lina.store.rebuild()) > 0);
        verifyClean(lina);
    }
};

QTEST_GUILESS_MAIN(LongHistoryTest)
#include "tst_longhistory.moc"

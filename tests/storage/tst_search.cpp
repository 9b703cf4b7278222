// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/searchindex.h"
#include "tests/support/journalbench.h"

using namespace Waymark;

/// In which order search answers, and what it does when much waits to be taken in.
class SearchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatSaysItMoreOftenInFewerWordsComesFirst()
    {
        TestJournal lina(QStringLiteral("Lina"));
        const EntryId often = reflection(lina, "apple apple apple tart");
        const EntryId once = reflection(lina, "an apple is a fruit");
        const EntryId lost = reflection(
            lina, "one apple among so many other words that it hardly counts any more");
        QCOMPARE(found(lina, "apple"), QList<EntryId>({often, once, lost}));
    }

    void aRareWordWeighsMoreThanACommonOne()
    {
        TestJournal lina(QStringLiteral("Lina"));
        const EntryId rare = reflection(lina, "goal quince quince quince");
        const EntryId common = reflection(lina, "goal goal goal quince");
        for (int i = 0; i < 20; ++i)
            reflection(lina, "goal and nothing else");
        QCOMPARE(found(lina, "goal quince"), QList<EntryId>({rare, common}));
    }

    void equalOnesComeNewestFirst()
    {
        TestJournal lina(QStringLiteral("Lina"));
        const EntryId first = reflection(lina, "pear one");
        const EntryId second = reflection(lina, "pear two");
        QCOMPARE(found(lina, "pear"), QList<EntryId>({second, first}));
    }

    void whileManyWaitEachSearchTakesInSomeOfTheNewest()
    {
        TestJournal lina(QStringLiteral("Lina"));
        const int many = SearchIndex::kLevelAtMost + 20;
        for (int i = 0; i < many; ++i)
            lina.add(lina.store.privateSpace(), "goal",
                {{QStringLiteral("title"), QStringLiteral("plum %1").arg(i)}});
        const SearchAnswer answer = valueOf(lina.store.search(QStringLiteral("plum"), 20));
        QCOMPARE(answer.hits.size(), 20);
        QVERIFY(answer.unread < many);
        QVERIFY(answer.hits.front().snippet.contains(QString::number(many - 1)));
        // The next ones find all.
        QCOMPARE(valueOf(lina.store.search(QStringLiteral("plum"), 20)).unread, 0);
        QCOMPARE(found(lina, "plum 0 ").size(), 1);
    }

private:
    static EntryId reflection(TestJournal& journal, const char* body)
    {
        return journal.add(journal.store.privateSpace(), "reflection",
            {{QStringLiteral("body"), QString::fromLatin1(body)}});
    }
    static QList<EntryId> found(TestJournal& journal, const char* query)
    {
        QList<EntryId> out;
        for (const SearchHit& hit :
            valueOf(journal.store.search(QString::fromLatin1(query), 20)).hits)
            out.append(hit.id);
        return out;
    }
};

QTEST_GUILESS_MAIN(SearchTest)
#include "tst_search.moc"

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/vault.h"
#include "tests/support/journalbench.h"

#include <QFile>

using namespace Waymark;

/// The queries that are asked at every edit and every list must not read more rows when there are
/// more entries: SQLite says which index serves each.
class JournalQueriesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_lina = std::make_unique<TestJournal>(QStringLiteral("Lina"));
        for (int i = 0; i < 50; ++i)
            m_lina->add(m_lina->store.privateSpace(), "goal",
                {{QStringLiteral("title"), QString::number(i)}});
        QVERIFY(m_lina->store.lock().result());
        auto vault = Vault::open(
            m_lina->store.folder(), SecretBytes::copyOf(BytesView("pass")), m_lina->executor);
        QVERIFY(vault.ok());
        m_vault = std::move(*vault);
    }

    void anIndexServes_data()
    {
        QTest::addColumn<Bytes>("sql");
        QTest::addColumn<QStringList>("plan");
        const auto row = [](const char* name, const char* sql, const QStringList& plan) {
            QTest::newRow(name) << Bytes(sql) << plan;
        };
        row("the rows of a list",
            "SELECT eid, at, row FROM entry WHERE space = ? AND kind = ? AND deleted = 0 "
            "ORDER BY grp, at DESC LIMIT ? OFFSET ?",
            {QStringLiteral("SEARCH entry USING COVERING INDEX entry_list (space=? AND kind=?)")});
        row("the entries of a kind",
            "SELECT eid, kind FROM entry WHERE space = ?1 AND kind = ?2 AND deleted = 0",
            {QStringLiteral("SEARCH entry USING COVERING INDEX entry_list (space=? AND kind=?)")});
        row("the entries of a space",
            "SELECT eid, kind FROM entry WHERE space = ?1 AND deleted = 0",
            {QStringLiteral("SEARCH entry USING COVERING INDEX entry_list (space=?)")});
        row("an entry", "SELECT id, state FROM entry WHERE eid = ? AND space = ?",
            {QStringLiteral("SEARCH entry USING INDEX entry_eid (eid=? AND space=?)")});
        row("the items of a parent", "SELECT eid FROM entry WHERE parent = ? AND space = ?",
            {QStringLiteral("SEARCH entry USING INDEX entry_parent (parent=?)")});
        row("what is about an entry",
            "SELECT eid, kind FROM entry WHERE +space = ?1 AND +deleted = 0 AND "
            "(parent = ?3 OR about = ?3)",
            {QStringLiteral("MULTI-INDEX OR"), QStringLiteral("INDEX 1"),
                QStringLiteral("SEARCH entry USING INDEX entry_parent (parent=?)"),
                QStringLiteral("INDEX 2"),
                QStringLiteral("SEARCH entry USING INDEX entry_about (about=?)")});
        row("a shortened id",
            "SELECT eid FROM entry WHERE eid BETWEEN ? AND ? AND kind NOT IN ('space', 'member') "
            "AND (? IS NULL OR space = ?3) LIMIT 2",
            {QStringLiteral("SEARCH entry USING INDEX entry_eid (eid>? AND eid<?)")});
        row("what a past saw of a log",
            "SELECT seen FROM dep WHERE on_log = ? AND log = ? AND seq <= ? ORDER BY seq DESC "
            "LIMIT 1",
            {QStringLiteral("SEARCH dep USING PRIMARY KEY (on_log=? AND log=? AND seq<?)")});
    }
    void anIndexServes()
    {
        QFETCH(Bytes, sql);
        QFETCH(QStringList, plan);
        const auto found = m_vault->database()
                               .run([sql](Connection& connection) -> Result<QStringList> {
                                   Statement rows
                                       = connection.statement("EXPLAIN QUERY PLAN " + sql);
                                   QStringList out;
                                   while (rows.next())
                                       out.append(rows.text(3));
                                   if (!rows.ok())
                                       return rows.status().error();
                                   return out;
                               })
                               .result();
        QVERIFY(found.ok());
        QCOMPARE(*found, plan);
    }

    void anEditWritesNoMoreRowsWhenThereAreMoreEntries()
    {
        // Rows and pages touched by one edit, with 50 entries and with 1,050.
        QVERIFY(m_vault->lock().result());
        m_vault.reset();
        QVERIFY(m_lina->store.unlock(TestJournal::secret("pass")).result());
        const SpaceId space = m_lina->store.privateSpace();
        const EntryId goal = m_lina->add(space, "goal", {});
        const auto walGrowth = [&](int value) {
            const QString wal = m_lina->store.folder() + QStringLiteral("/journal.db-wal");
            const qint64 before = QFile(wal).size();
            const Status status = m_lina->set(goal, {{QStringLiteral("progress"), value}});
            Q_ASSERT(status.ok());
            return QFile(wal).size() - before;
        };
        (void)walGrowth(1);
        const qint64 few = walGrowth(2);
        for (int i = 0; i < 1000; ++i)
            m_lina->add(space, "goal", {{QStringLiteral("title"), QString::number(i)}});
        (void)walGrowth(3);
        const qint64 many = walGrowth(4);
        QVERIFY2(many <= few + 4 * 4120,
            qPrintable(QStringLiteral("%1 bytes, then %2").arg(few).arg(many)));
    }

private:
    std::unique_ptr<TestJournal> m_lina;
    std::unique_ptr<Vault> m_vault;
};

QTEST_GUILESS_MAIN(JournalQueriesTest)
#include "tst_journalqueries.moc"

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/forms.h"
#include "tests/story/story.h"
#include "tests/support/fakeports.h"
#include "tests/support/journalbench.h"

#include <limits>

using namespace Waymark;
using namespace Waymark::Story;

namespace {

/// A writer's vault, whose clock stands where the story is.
struct WriterVault
{
    explicit WriterVault(const QString& name, quint64 seed)
        : random(seed), store(folder.filePath(QStringLiteral("vault")), executor, clock, random)
    {
        clock.set(QStringLiteral("2026-09-01T07:00:00Z"));
        valueOf(store.create(name, TestJournal::secret("waymark story"), true));
    }

    QTemporaryDir folder;
    StoryClock clock;
    SeededRandom random;
    InlineExecutor executor;
    JournalStore store;
    Testing::FakePorts pairing; ///< nobody pairs by a line
    Testing::FakeSync sync;
    Ports ports{store, store, store, store, store, pairing, sync};
};

/// Everything in a space as scripts see it.
QJsonArray seen(WriterVault& vault, const SpaceId& space)
{
    EntryQuery query;
    query.space = space;
    query.withDeleted = true;
    QJsonArray out;
    for (const Entry& entry : valueOf(vault.store.list(query)))
        out.append(wholeEntryForm(entry));
    return out;
}

} // namespace

/// Twelve weeks of nine people: every line is taken, and everybody sees the same in the end.
class StoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        quint64 seed = 0;
        for (const Cast& each : cast()) {
            m_vaults[each.by] = std::make_unique<WriterVault>(each.name, ++seed);
            m_teller.writers[each.by] = {&m_vaults[each.by]->clock, &m_vaults[each.by]->ports};
        }
        for (const Pair& each : pairs())
            m_teller.spaces[each.space] = pairUp(
                *m_vaults[each.inviter], *m_vaults[each.asker], each.inviterRole, each.askerRole);
        m_teller.level = [this](const std::set<QString>& wrote, const QString& reader) {
            for (const Pair& each : pairs()) {
                for (const auto& [from, to] :
                    {std::pair(each.inviter, each.asker), std::pair(each.asker, each.inviter)}) {
                    if (to == reader && wrote.contains(from))
                        carry(*m_vaults[from], *m_vaults[to], m_teller.spaces[each.space]);
                }
            }
        };
    }

    void everyLineIsTaken()
    {
        const auto lines
            = read(QString::fromUtf8(qgetenv("WAYMARK_TEST_DATA")) + QStringLiteral("/story"), true,
                std::numeric_limits<qint64>::max());
        QVERIFY(lines.ok());
        QVERIFY(lines->size() > 450);
        QStringList problems;
        for (const Line& line : *lines) {
            if (const QString problem = m_teller.tell(line); !problem.isEmpty())
                problems.append(problem);
        }
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
        m_teller.levelAll();
    }

    void everybodySeesTheSame()
    {
        for (const Pair& each : pairs()) {
            const SpaceId space = m_teller.spaces[each.space];
            const QJsonArray here = seen(*m_vaults[each.inviter], space);
            QVERIFY(here.size() > 2);
            QCOMPARE(here, seen(*m_vaults[each.asker], space));
        }
        for (const auto& [by, vault] : m_vaults)
            QCOMPARE(valueOf(vault->store.verify()).problems, QStringList());
    }

    void aPointThatWasCarriedIsTickedWhereItCameFrom()
    {
        const auto lines = [&](const char* session) {
            const EntryId id = m_teller.id(QStringLiteral("lina-tomas"), QLatin1String(session));
            QMap<QString, QJsonObject> out;
            const Entry shown = valueOf(m_vaults[QStringLiteral("tomas")]->store.entry(id));
            for (const QJsonValue& line : *shown.lines)
                out.insert(line[QLatin1String("value")].toString(), line.toObject());
            return out;
        };
        const auto before = lines("s-decides");
        const auto after = lines("s-before");
        for (const char* words :
            {"Who might pull rank on Friday", "What to leave out of the storage part"}) {
            const QString point = QLatin1String(words);
            QVERIFY(after[point].value(QLatin1String("done")).toBool());
            QVERIFY(before[point].value(QLatin1String("done")).toBool());
            QCOMPARE(after[point].value(QLatin1String("from")).toString(),
                QString::fromLatin1(
                    m_teller.id(QStringLiteral("lina-tomas"), QStringLiteral("s-decides")).hex()));
        }
        QCOMPARE(after[QStringLiteral("My opening words, said aloud once")]
                     .value(QLatin1String("minutes"))
                     .toInt(),
            15);
    }

    void whatTwoWroteApartIsBothThere()
    {
        const auto entry = [&](const char* name) {
            return valueOf(m_vaults[QStringLiteral("aiko")]->store.entry(
                m_teller.id(QStringLiteral("lina-aiko"), QLatin1String(name))));
        };
        QCOMPARE(entry("ga-humane").conflicts.keys(), QStringList{QStringLiteral("measure")});
        QVERIFY(entry("sa-swap").text(u"notes").contains(QLatin1String("\n\n")));
    }

private:
    std::map<QString, std::unique_ptr<WriterVault>> m_vaults;
    Teller m_teller;
};

QTEST_GUILESS_MAIN(StoryTest)
#include "tst_story.moc"

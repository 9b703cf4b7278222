// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/vaultfixture.h"
#include "tests/support/journalbench.h"

#include <QElapsedTimer>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace Waymark;

namespace {

const QString kNotes = QStringLiteral("notes");

/// What a process that is to be killed writes, one acknowledgement a step: an entry, a register, a
/// keystroke in turn. Ends the process.
[[noreturn]] void writeUntilKilled(const QString& folder, const EntryId& session, int acknowledge)
{
    InlineExecutor executor;
    ManualClock clock;
    SystemRandom random;
    JournalStore store(folder, executor, clock, random);
    if (!store.unlock(TestJournal::secret("pass")).result())
        ::_exit(1);
    const auto view = store.openText(session, kNotes).result();
    if (!view)
        ::_exit(2);
    quint64 number = view->number;
    for (int i = 0; i < 10'000; ++i) {
        bool done = false;
        switch (i % 3) {
        case 0:
            done = store
                       .add(store.privateSpace(), QStringLiteral("reflection"),
                           {{{QStringLiteral("body"), QStringLiteral("one more")}}, {}, {}})
                       .result()
                       .ok();
            break;
        case 1:
            done = store
                       .change(session,
                           {{{QStringLiteral("title"), QString::number(clock.now + i)}}, {}, {}})
                       .result()
                       .ok();
            // That sealed the text; what is typed next is against the same number.
            break;
        case 2: {
            const auto typed
                = store.editText(session, kNotes, number, {{0, 0, QStringLiteral("x")}}).result();
            done = typed.ok();
            number = typed ? *typed : 0;
            break;
        }
        }
        if (!done || ::write(acknowledge, "+", 1) != 1)
            ::_exit(3);
    }
    ::_exit(4);
}

} // namespace

class JournalCrashTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aKillAtAnyMomentLosesNothingAcknowledged()
    {
        constexpr quint64 kSeed = 20261125;
        SeededRandom random(kSeed);
        TestJournal lina(QStringLiteral("Lina"));
        const EntryId session = lina.add(lina.store.privateSpace(), "session", {});
        QVERIFY(lina.store.lock().result());
        qint64 entries = 0;
        qint64 typed = 0;
        for (int round = 0; round < 15; ++round) {
            int channel[2];
            QVERIFY(::pipe(channel) == 0);
            const pid_t child = ::fork();
            if (child == 0)
                writeUntilKilled(lina.store.folder(), session, channel[1]);
            ::close(channel[1]);
            const int most = 1 + int(random.below(30));
            int acknowledged = 0;
            char one = 0;
            while (acknowledged < most && ::read(channel[0], &one, 1) == 1)
                ++acknowledged;
            QCOMPARE(acknowledged, most);
            const qint64 pause = qint64(random.below(1'500'000));
            QElapsedTimer timer;
            for (timer.start(); timer.nsecsElapsed() < pause;) { }
            ::kill(child, SIGKILL);
            int status = 0;
            QCOMPARE(::waitpid(child, &status, 0), child);
            QVERIFY(WIFSIGNALED(status));
            while (::read(channel[0], &one, 1) == 1)
                ++acknowledged;
            ::close(channel[0]);

            QVERIFY(lina.store.unlock(TestJournal::secret("pass")).result());
            EntryQuery query;
            query.kind = QStringLiteral("reflection");
            const qint64 found = valueOf(lina.store.list(query)).size();
            const qint64 length = lina.field(session, "notes").toString().size();
            // One step more may have been committed than was acknowledged.
            const auto between = [&](qint64 value, qint64 before, int kind) {
                const qint64 least = before + (acknowledged + 2 - kind) / 3;
                return value == least || (acknowledged % 3 == kind && value == least + 1);
            };
            QVERIFY2(between(found, entries, 0) && between(length, typed, 2),
                qPrintable(QStringLiteral("%1 steps: %2 entries after %3, %4 characters after %5")
                               .arg(acknowledged)
                               .arg(found)
                               .arg(entries)
                               .arg(length)
                               .arg(typed)));
            entries = found;
            typed = length;
            if (round % 5 == 4)
                verifyClean(lina);
            QVERIFY(lina.store.lock().result());
        }
    }
};

QTEST_GUILESS_MAIN(JournalCrashTest)
#include "tst_journalcrash.moc"

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/clock.h"

#include <QTest>

using namespace Waymark;

class ClockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aToldClockRunsOnFromThere()
    {
        const auto clock = makeClock(QStringLiteral("2026-11-25T17:20:00+03:00"), false);
        const qint64 told = 1'795'616'400'000;
        QCOMPARE(clock->offsetMinutes(), 180);
        QVERIFY(clock->nowMs() >= told && clock->nowMs() < told + 60'000);
        QTRY_VERIFY(clock->nowMs() > told);
    }

    void aStoppedClockStandsStill()
    {
        const auto clock = makeClock(QStringLiteral("2026-11-25T14:20:00Z"), true);
        QCOMPARE(clock->nowMs(), 1'795'616'400'000);
        QCOMPARE(clock->offsetMinutes(), 0);
        const auto now = makeClock({}, true);
        const qint64 first = now->nowMs();
        QTRY_VERIFY(SystemClock().nowMs() > first);
        QCOMPARE(now->nowMs(), first);
    }

    void whatIsNoTimeMakesNoClock()
    {
        QVERIFY(makeClock({}, false));
        QVERIFY(!makeClock(QStringLiteral("yesterday"), false));
        QVERIFY(!makeClock(QStringLiteral("2026-11-25T17:20:00"), false));
    }
};

QTEST_GUILESS_MAIN(ClockTest)
#include "tst_clock.moc"

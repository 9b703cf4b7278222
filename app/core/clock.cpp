// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/clock.h"

#include <QDateTime>

namespace Waymark {

qint64 SystemClock::nowMs() const
{
    return QDateTime::currentMSecsSinceEpoch();
}

int SystemClock::offsetMinutes() const
{
    return QDateTime::currentDateTime().offsetFromUtc() / 60;
}

ToldClock::ToldClock(qint64 nowMs, int offsetMinutes, bool stopped)
    : m_startMs(nowMs), m_offsetMinutes(offsetMinutes), m_stopped(stopped)
{
    m_since.start();
}

qint64 ToldClock::nowMs() const
{
    return m_stopped ? m_startMs : m_startMs + m_since.elapsed();
}

std::unique_ptr<Clock> makeClock(const QString& time, bool stopped)
{
    if (time.isEmpty() && !stopped)
        return std::make_unique<SystemClock>();
    if (time.isEmpty())
        return std::make_unique<ToldClock>(
            SystemClock().nowMs(), SystemClock().offsetMinutes(), true);
    const QDateTime told = QDateTime::fromString(time, Qt::ISODate);
    if (!told.isValid() || told.timeSpec() == Qt::LocalTime)
        return nullptr;
    return std::make_unique<ToldClock>(
        told.toMSecsSinceEpoch(), told.offsetFromUtc() / 60, stopped);
}

} // namespace Waymark

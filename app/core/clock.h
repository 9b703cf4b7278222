// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QString>

#include <memory>

namespace Waymark {

/// Where the time comes from. Injected everywhere, so that tests, stories and simulations own it.
/// Implementations may be read from any thread.
class Clock
{
public:
    virtual ~Clock() = default;
    /// Milliseconds since 1970-01-01T00:00:00Z.
    [[nodiscard]] virtual qint64 nowMs() const = 0;
    /// The local zone's offset from UTC now, in minutes, east positive.
    [[nodiscard]] virtual int offsetMinutes() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] qint64 nowMs() const override;
    [[nodiscard]] int offsetMinutes() const override;
};

/// A clock that was told the time: it runs on from there, or stands still.
class ToldClock final : public Clock
{
public:
    ToldClock(qint64 nowMs, int offsetMinutes, bool stopped);
    [[nodiscard]] qint64 nowMs() const override;
    [[nodiscard]] int offsetMinutes() const override { return m_offsetMinutes; }

private:
    qint64 m_startMs;
    int m_offsetMinutes;
    bool m_stopped;
    QElapsedTimer m_since;
};

/// The clock that a program is to go by: the machine's, or one told by `time` (RFC 3339), or the
/// machine's now held still. Null where `time` is no such time.
[[nodiscard]] std::unique_ptr<Clock> makeClock(const QString& time, bool stopped);

} // namespace Waymark

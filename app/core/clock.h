// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

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

} // namespace Waymark

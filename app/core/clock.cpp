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

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QEventLoop>
#include <QFutureWatcher>

namespace Waymark {

/// The future's result, while this thread's events go on being handled. Only a command line may
/// wait like this: it has nothing else to do. `Value` is a Result or a Status; a future that ended
/// without one is Cancelled.
template <typename Value>
Value await(QFuture<Value> future)
{
    if (!future.isFinished()) {
        QEventLoop loop;
        QFutureWatcher<Value> watcher;
        QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, [&loop] { loop.quit(); });
        watcher.setFuture(future);
        if (!future.isFinished())
            loop.exec();
    }
    if (future.resultCount() == 0)
        return Value(ErrorCode::Cancelled);
    return future.result();
}

} // namespace Waymark

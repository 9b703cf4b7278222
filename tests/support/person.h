// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/client/syncengine.h"
#include "sync/client/websockettransport.h"
#include "tests/support/journalbench.h"

namespace Waymark {

/// Waits in an event loop for what comes over the network.
template <typename T>
T awaited(const QFuture<T>& future, int timeoutMs = 20'000)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, timeoutMs))
        qFatal("nothing came within %d ms", timeoutMs);
    return future.result();
}

/// A vault with its sync engine, on a real relay.
class Person : public TestJournal
{
public:
    explicit Person(const QString& name, quint64 seed = 1)
        : TestJournal(name, seed),
          engine(store, clock, random, [] { return std::make_unique<WebSocketTransport>(); })
    {
    }
    Result<SyncCounts> sync() { return awaited(engine.syncOnce(15'000)); }

    SyncEngine engine;
};

} // namespace Waymark

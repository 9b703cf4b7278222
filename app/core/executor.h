// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QFuture>
#include <QPromise>
#include <QThread>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace Waymark {

/// Runs work one piece after the other, in the order it was posted.
class Executor
{
public:
    using Work = std::function<void()>;
    virtual ~Executor() = default;
    /// May be called from any thread.
    virtual void post(Work work) = 0;
};

/// Runs work at once, on the caller's thread: for tests and simulations.
class InlineExecutor final : public Executor
{
public:
    void post(Work work) override { work(); }
};

/// A thread of its own. The destructor runs what was posted before and then ends the thread: when
/// it returns, what libraries keep for a thread is gone as well (of a QThread that waits for
/// nobody).
class ThreadExecutor final : public Executor
{
public:
    explicit ThreadExecutor(const QString& name);
    ~ThreadExecutor() override;
    ThreadExecutor(const ThreadExecutor&) = delete;
    ThreadExecutor& operator=(const ThreadExecutor&) = delete;
    void post(Work work) override;

private:
    void run();

    std::mutex m_mutex;
    std::condition_variable m_arrived;
    std::deque<Work> m_posted;
    bool m_ending = false;
    std::thread m_thread; ///< begins when all else is there
};

/// Posts `work` and gives what it returns as a future. The future finishes on the executor's
/// thread; continue with `.then(context, …)` to come back to one's own.
template <typename Function>
auto runOn(Executor& executor, Function work) -> QFuture<decltype(work())>
{
    using Value = decltype(work());
    auto promise = std::make_shared<QPromise<Value>>();
    promise->start();
    QFuture<Value> future = promise->future();
    executor.post([promise, work = std::move(work)]() mutable {
        promise->addResult(work());
        promise->finish();
    });
    return future;
}

/// A future that is finished already.
template <typename Value>
QFuture<Value> readyFuture(Value value)
{
    QPromise<Value> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

} // namespace Waymark

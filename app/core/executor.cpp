// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/executor.h"

namespace Waymark {

ThreadExecutor::ThreadExecutor(const QString& name)
    : m_thread([this, name] {
          QThread::currentThread()->setObjectName(name);
          run();
      })
{
}

ThreadExecutor::~ThreadExecutor()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_arrived.notify_one();
    m_thread.join();
}

void ThreadExecutor::post(Work work)
{
    {
        const std::lock_guard lock(m_mutex);
        m_posted.push_back(std::move(work));
    }
    m_arrived.notify_one();
}

void ThreadExecutor::run()
{
    for (;;) {
        std::unique_lock lock(m_mutex);
        m_arrived.wait(lock, [this] { return m_ending || !m_posted.empty(); });
        if (m_posted.empty())
            return;
        const Work work = std::move(m_posted.front());
        m_posted.pop_front();
        lock.unlock();
        work();
    }
}

} // namespace Waymark

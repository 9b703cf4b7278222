// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/executor.h"

#include <QMetaObject>

namespace Waymark {

ThreadExecutor::ThreadExecutor(const QString& name) : m_receiver(std::make_unique<QObject>())
{
    m_thread.setObjectName(name);
    m_receiver->moveToThread(&m_thread);
    m_thread.start();
}

ThreadExecutor::~ThreadExecutor()
{
    // The quit request queues behind all posted work.
    QMetaObject::invokeMethod(
        m_receiver.get(), [this] { m_thread.quit(); }, Qt::QueuedConnection);
    m_thread.wait();
}

void ThreadExecutor::post(Work work)
{
    QMetaObject::invokeMethod(m_receiver.get(), std::move(work), Qt::QueuedConnection);
}

} // namespace Waymark

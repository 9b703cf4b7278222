// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewmodels/notice.h"

#include "app/core/log.h"
#include "ui/viewmodels/desk.h"

namespace Waymark {

Notice::Notice(Desk& desk, QObject* parent) : QObject(parent), m_desk(desk)
{
    connect(&desk, &Desk::done, this,
        [this](const QString& said, qint64 untilMs, const std::function<void()>& undo) {
            show(said, untilMs, undo);
        });
    connect(&desk, &Desk::failed, this, [this](const Error& error) {
        qCWarning(logUi) << codeName(error.code) << error.detail;
        tell(sentence(error));
    });
    connect(&desk, &Desk::closed, this, [this] {
        dismiss();
        dismissProblem();
    });
    m_timer.setInterval(500);
    connect(&m_timer, &QTimer::timeout, this, &Notice::tick);
}

void Notice::show(const QString& text, qint64 untilMs, std::function<void()> undo)
{
    m_text = text;
    m_untilMs = untilMs;
    m_undo = std::move(undo);
    m_held = false;
    m_timer.start();
    Q_EMIT changed();
}

QString Notice::text() const
{
    return m_text.contains(QLatin1String("%1"))
        ? m_text.arg(m_desk.phrases().secondsUntil(m_untilMs))
        : m_text;
}

void Notice::setHeld(bool held)
{
    if (m_held == held)
        return;
    const qint64 now = m_desk.ports().clock.nowMs();
    if (held)
        m_heldAtMs = now;
    else
        m_untilMs += now - m_heldAtMs;
    m_held = held;
    Q_EMIT heldChanged();
}

void Notice::tick()
{
    if (m_held)
        return;
    if (m_desk.ports().clock.nowMs() >= m_untilMs)
        dismiss();
    else
        Q_EMIT changed();
}

void Notice::undo()
{
    const std::function<void()> undo = std::exchange(m_undo, nullptr);
    dismiss();
    if (undo)
        undo();
}

void Notice::dismiss()
{
    m_text.clear();
    m_undo = nullptr;
    m_held = false;
    m_timer.stop();
    Q_EMIT changed();
}

void Notice::tell(const QString& problem)
{
    m_problem = problem;
    Q_EMIT problemChanged();
}

void Notice::dismissProblem()
{
    tell({});
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewmodels/unlock.h"

#include "ui/viewmodels/desk.h"

namespace Waymark {

Unlock::Unlock(Desk& desk, QObject* parent) : QObject(parent), m_desk(desk), m_passphrase(this)
{
    connect(&m_passphrase, &Passphrase::changed, this, [this] {
        if (!m_problem.isEmpty() && !m_busy) {
            m_problem.clear();
            Q_EMIT changed();
        }
    });
}

void Unlock::locked(Why why, const QString& owner)
{
    m_why = why;
    m_owner = firstName(owner);
    m_atMs = m_desk.ports().clock.nowMs();
    m_problem.clear();
    m_passphrase.forget();
    Q_EMIT changed();
}

QString Unlock::title() const
{
    return m_owner.isEmpty() ? tr("Your journal") : tr("%1's journal").arg(m_owner);
}

QString Unlock::reason() const
{
    const QString when = m_desk.phrases().timeOfDay(m_atMs);
    switch (m_why) {
    case Why::Start:
        return {};
    case Why::Asked:
        return tr("Locked at %1, by you.").arg(when);
    case Why::Idle:
        return tr("Locked at %1: Waymark had not been used for ten minutes.").arg(when);
    }
    return {};
}

void Unlock::open()
{
    if (m_busy)
        return;
    if (m_passphrase.isEmpty()) {
        m_problem = tr("Write your passphrase first.");
        Q_EMIT changed();
        return;
    }
    m_busy = true;
    m_problem.clear();
    Q_EMIT changed();
    auto secret = std::make_shared<SecretBytes>(m_passphrase.copy());
    m_desk.ports().vault.unlock(secret).then(this, [this](const Status& status) {
        if (status.ok()) {
            m_passphrase.forget();
            m_busy = false;
            Q_EMIT changed();
            Q_EMIT opened();
            return;
        }
        m_problem = sentence(status.error());
        m_busy = false;
        Q_EMIT changed();
        Q_EMIT refused();
    });
}

} // namespace Waymark

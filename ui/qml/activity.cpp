// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/qml/activity.h"

#include <QCoreApplication>
#include <QEvent>

namespace Waymark {

Activity::Activity(std::function<void()> seen, QObject* parent)
    : QObject(parent), m_seen(std::move(seen))
{
    QCoreApplication::instance()->installEventFilter(this);
}

bool Activity::eventFilter(QObject* watched, QEvent* event)
{
    switch (int(event->type())) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
    case QEvent::TouchBegin:
    case QEvent::InputMethod:
        m_seen();
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace Waymark

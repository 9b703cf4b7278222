// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/qml/appearance.h"

#include <QEvent>
#include <QGuiApplication>
#include <QPalette>

#include <algorithm>

namespace Waymark {

Appearance::Appearance(QObject* parent) : QObject(parent)
{
    qGuiApp->installEventFilter(this);
}

QString Appearance::scheme() const
{
    if (!m_chosen.isEmpty())
        return m_chosen;
    const QPalette palette = QGuiApplication::palette();
    const bool dark = palette.color(QPalette::Window).lightness()
        < palette.color(QPalette::WindowText).lightness();
    return dark ? QStringLiteral("dark") : QStringLiteral("light");
}

void Appearance::setScheme(const QString& chosen)
{
    m_chosen = chosen;
    Q_EMIT changed();
}

void Appearance::setFactor(double factor)
{
    m_factor = std::clamp(factor, 0.8, 2.0);
    Q_EMIT changed();
}

void Appearance::setReducedMotion(bool reduced)
{
    m_reducedMotion = reduced;
    Q_EMIT changed();
}

bool Appearance::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == qGuiApp && event->type() == QEvent::ApplicationPaletteChange)
        Q_EMIT changed();
    return QObject::eventFilter(watched, event);
}

} // namespace Waymark

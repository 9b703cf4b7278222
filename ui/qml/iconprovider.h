// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QQuickImageProvider>

namespace Waymark {

/// Icons in any colour: "image://icon/<name>/<rrggbb>". They are drawn at the size that is asked
/// for. May be called from any thread.
class IconProvider final : public QQuickImageProvider
{
public:
    IconProvider() : QQuickImageProvider(QQuickImageProvider::Image) { }
    QImage requestImage(const QString& id, QSize* size, const QSize& requested) override;
};

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/qml/iconprovider.h"

#include "app/core/log.h"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

namespace Waymark {

QImage IconProvider::requestImage(const QString& id, QSize* size, const QSize& requested)
{
    const QString name = id.section(u'/', 0, 0);
    const QByteArray colour = id.section(u'/', 1, 1).toLatin1();
    const QSize wanted = requested.isValid() ? requested : QSize(18, 18);
    QImage image(wanted, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    if (size)
        *size = wanted;
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qCWarning(logUi) << "no icon" << name;
        return image;
    }
    QByteArray svg = file.readAll();
    svg.replace("currentColor", "#" + colour);
    QSvgRenderer renderer(svg);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, QRectF(QPointF(), wanted));
    return image;
}

} // namespace Waymark

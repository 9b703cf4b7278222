// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/qml/engine.h"

#include "ui/qml/iconprovider.h"
#include "ui/qml/passphraseguard.h"
#include "ui/qml/refusingnetwork.h"

#include <QQmlEngine>

namespace Waymark {

void setUpEngine(QQmlEngine& engine)
{
    static RefusingNetworkFactory network;
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    engine.addImageProvider(QStringLiteral("icon"), new IconProvider);
    engine.setNetworkAccessManagerFactory(&network);
    PassphraseGuard::installAccessibility();
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QQmlNetworkAccessManagerFactory>

namespace Waymark {

/// Gives QML network managers that fetch nothing: whatever a text or a picture names, no page of
/// ours reaches out.
class RefusingNetworkFactory final : public QQmlNetworkAccessManagerFactory
{
public:
    QNetworkAccessManager* create(QObject* parent) override;
};

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QQmlEngine>

namespace Waymark {

class Desk;

/// The quiet sign at the foot: whether everything has come and gone.
class Sign final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The sign comes with the app")
    Q_PROPERTY(QString text READ text NOTIFY changed FINAL)
    Q_PROPERTY(QString detail READ detail NOTIFY changed FINAL)
    Q_PROPERTY(QString icon READ icon NOTIFY changed FINAL)
    Q_PROPERTY(bool offline READ isOffline NOTIFY changed FINAL)
    Q_PROPERTY(QString offlineTitle READ offlineTitle NOTIFY changed FINAL)
    Q_PROPERTY(QString offlineText READ offlineText NOTIFY changed FINAL)
public:
    Sign(Desk& desk, QObject* parent);

    [[nodiscard]] QString text() const;
    [[nodiscard]] QString detail() const;
    [[nodiscard]] QString icon() const;
    [[nodiscard]] bool isOffline() const;
    [[nodiscard]] QString offlineTitle() const;
    [[nodiscard]] QString offlineText() const;
    Q_INVOKABLE void tryNow();

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] int waiting() const;
    [[nodiscard]] bool isAlone() const;

    Desk& m_desk;
};

} // namespace Waymark

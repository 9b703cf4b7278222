// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QQmlEngine>

namespace Waymark {

/// How the window looks: the system's choice of light or dark, followed while it runs, unless one
/// was chosen here; and the size of text.
class Appearance : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The appearance is handed to the window")
    /// light, dark, contrast or contrast-dark: a key of Theme.schemes.
    Q_PROPERTY(QString scheme READ scheme NOTIFY changed FINAL)
    Q_PROPERTY(double factor READ factor WRITE setFactor NOTIFY changed FINAL)
    Q_PROPERTY(bool reducedMotion READ isReducedMotion NOTIFY changed FINAL)
public:
    explicit Appearance(QObject* parent = nullptr);

    [[nodiscard]] QString scheme() const;
    /// Empty follows the system again.
    void setScheme(const QString& chosen);
    [[nodiscard]] double factor() const { return m_factor; }
    void setFactor(double factor);
    [[nodiscard]] bool isReducedMotion() const { return m_reducedMotion; }
    void setReducedMotion(bool reduced);

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QString m_chosen;
    double m_factor = 1;
    bool m_reducedMotion = false;
};

} // namespace Waymark

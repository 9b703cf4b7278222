// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/viewmodels/passphrase.h"

namespace Waymark {

class Desk;

/// The page before a locked journal.
class Unlock final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Unlocking comes with the app")
    Q_PROPERTY(QString title READ title NOTIFY changed FINAL)
    /// When and why it was locked; empty when it was not opened since Waymark began.
    Q_PROPERTY(QString reason READ reason NOTIFY changed FINAL)
    Q_PROPERTY(bool wasOpen READ wasOpen NOTIFY changed FINAL)
    Q_PROPERTY(Waymark::Passphrase* passphrase READ passphrase CONSTANT FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY changed FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
public:
    enum class Why { Start, Asked, Idle };

    Unlock(Desk& desk, QObject* parent);

    void locked(Why why, const QString& owner);
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString reason() const;
    [[nodiscard]] bool wasOpen() const { return m_why != Why::Start; }
    [[nodiscard]] Passphrase* passphrase() { return &m_passphrase; }
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] bool isBusy() const { return m_busy; }

    Q_INVOKABLE void open();

Q_SIGNALS:
    void changed();
    void opened();
    /// It was not the passphrase: the field keeps its text and selects it.
    void refused();

private:
    Desk& m_desk;
    Why m_why = Why::Start;
    QString m_owner;
    QString m_problem;
    qint64 m_atMs = 0;
    bool m_busy = false;
    Passphrase m_passphrase;
};

} // namespace Waymark

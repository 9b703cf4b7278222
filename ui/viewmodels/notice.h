// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QQmlEngine>
#include <QTimer>

#include <functional>

namespace Waymark {

class Desk;

/// The bar at the bottom: what was just done, with a way back for a while; and what went wrong.
/// Its time stands still while it is looked at.
class Notice final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The notice comes with the app")
    Q_PROPERTY(QString text READ text NOTIFY changed FINAL)
    Q_PROPERTY(bool undoable READ isUndoable NOTIFY changed FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY problemChanged FINAL)
    Q_PROPERTY(bool held READ isHeld WRITE setHeld NOTIFY heldChanged FINAL)
public:
    Notice(Desk& desk, QObject* parent);

    /// `untilMs`: when it can't be undone any more; "%1" in `text` becomes the seconds left.
    void show(const QString& text, qint64 untilMs, std::function<void()> undo);
    [[nodiscard]] QString text() const;
    [[nodiscard]] bool isUndoable() const { return bool(m_undo); }
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] bool isHeld() const { return m_held; }
    void setHeld(bool held);
    Q_INVOKABLE void undo();
    Q_INVOKABLE void dismiss();
    Q_INVOKABLE void dismissProblem();
    void tell(const QString& problem);

Q_SIGNALS:
    void changed();
    void heldChanged();
    void problemChanged();

private:
    void tick();

    Desk& m_desk;
    QString m_text;
    QString m_problem;
    qint64 m_untilMs = 0;
    qint64 m_heldAtMs = 0;
    bool m_held = false;
    std::function<void()> m_undo;
    QTimer m_timer;
};

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/viewmodels/pages.h"
#include "ui/viewmodels/rows.h"

#include <QHash>
#include <QTimer>

namespace Waymark {

class Desk;

/// Who asks to be let in here, and where I asked to be let in.
class Door final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The door comes with the app")
    Q_PROPERTY(Waymark::RowList* askers READ askers CONSTANT FINAL)
    Q_PROPERTY(Waymark::RowList* waiting READ waiting CONSTANT FINAL)
public:
    Door(Desk& desk, QObject* parent);

    [[nodiscard]] RowList* askers() { return &m_askers; }
    [[nodiscard]] RowList* waiting() { return &m_waiting; }

    /// Rests ten seconds, then lets in.
    Q_INVOKABLE void letIn(const QString& asker);
    Q_INVOKABLE void undo(const QString& asker);
    Q_INVOKABLE void turnAway(const QString& asker);
    /// What still rests is done now: the journal is about to be locked.
    void finish();

private:
    void read();
    void tick();
    void confirm(const QString& asker);

    Desk& m_desk;
    Rows<AskerRow> m_askers;
    Rows<WaitingRow> m_waiting;
    QHash<QString, qint64> m_goesAtMs;
    QTimer m_timer;
};

} // namespace Waymark

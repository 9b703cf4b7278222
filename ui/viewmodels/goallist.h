// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/viewmodels/pages.h"
#include "ui/viewmodels/rows.h"

namespace Waymark {

class Desk;

/// The goals, in their groups, of the person above and one's own.
class GoalList final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Goals come with the app")
    Q_PROPERTY(Waymark::RowList* list READ list CONSTANT FINAL)
    Q_PROPERTY(bool read READ isRead NOTIFY changed FINAL)
public:
    GoalList(Desk& desk, QObject* parent);

    [[nodiscard]] RowList* list() { return &m_rows; }
    [[nodiscard]] bool isRead() const;
    void setPerson(const QString& person);

Q_SIGNALS:
    void changed();

private:
    void read();
    [[nodiscard]] QString groupName(const GoalRow& row) const;
    [[nodiscard]] QString line(const GoalRow& row) const;

    Desk& m_desk;
    QString m_person;
    Rows<GoalRow> m_rows;
};

} // namespace Waymark

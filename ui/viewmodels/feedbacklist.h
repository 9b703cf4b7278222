// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/viewmodels/pages.h"
#include "ui/viewmodels/rows.h"

namespace Waymark {

class Desk;

/// What was said, by whose turn it is.
class FeedbackList final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Feedback comes with the app")
    Q_PROPERTY(Waymark::RowList* list READ list CONSTANT FINAL)
    Q_PROPERTY(bool read READ isRead NOTIFY changed FINAL)
    /// How many wait for the reader: the number beside the page's name.
    Q_PROPERTY(int mine READ mine NOTIFY changed FINAL)
public:
    FeedbackList(Desk& desk, QObject* parent);

    [[nodiscard]] RowList* list() { return &m_rows; }
    [[nodiscard]] bool isRead() const;
    [[nodiscard]] int mine() const;
    void setPerson(const QString& person);

Q_SIGNALS:
    void changed();

private:
    void read();
    [[nodiscard]] QString groupName(const ThreadRow& row) const;
    [[nodiscard]] QString line(const ThreadRow& row) const;

    Desk& m_desk;
    QString m_person;
    Rows<ThreadRow> m_rows;
};

} // namespace Waymark

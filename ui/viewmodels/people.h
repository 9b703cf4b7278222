// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/viewmodels/pages.h"
#include "ui/viewmodels/rows.h"

namespace Waymark {

class Desk;

/// Who one writes with, and who of them stands above the pages.
class People final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("People come with the app")
    Q_PROPERTY(Waymark::RowList* list READ list CONSTANT FINAL)
    /// The space of the person above, empty while there is nobody.
    Q_PROPERTY(QString current READ current WRITE setCurrent NOTIFY changed FINAL)
    Q_PROPERTY(QString name READ name NOTIFY changed FINAL)
    Q_PROPERTY(QString firstName READ firstNameOf NOTIFY changed FINAL)
    Q_PROPERTY(QString line READ line NOTIFY changed FINAL)
    Q_PROPERTY(QString initials READ initialsOf NOTIFY changed FINAL)
    Q_PROPERTY(int tint READ tintOf NOTIFY changed FINAL)
    /// The person above can be written to: a partner, or one who has not let me in yet.
    Q_PROPERTY(bool partner READ hasPartner NOTIFY changed FINAL)
    Q_PROPERTY(bool waiting READ isWaiting NOTIFY changed FINAL)
public:
    People(Desk& desk, QObject* parent);

    [[nodiscard]] RowList* list() { return &m_rows; }
    [[nodiscard]] QString current() const { return m_current.id; }
    void setCurrent(const QString& id);
    [[nodiscard]] QString name() const;
    [[nodiscard]] QString firstNameOf() const;
    [[nodiscard]] QString line() const;
    [[nodiscard]] QString initialsOf() const;
    [[nodiscard]] int tintOf() const;
    [[nodiscard]] bool hasPartner() const { return !m_current.id.isEmpty() && !m_current.invited; }
    [[nodiscard]] bool isWaiting() const { return m_current.waiting; }

Q_SIGNALS:
    void changed();

private:
    void read();

    Desk& m_desk;
    Rows<PersonRow> m_rows;
    QString m_wanted;
    PersonRow m_current;
};

} // namespace Waymark

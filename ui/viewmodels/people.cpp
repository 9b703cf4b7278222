// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewmodels/people.h"

#include "ui/viewmodels/desk.h"

namespace Waymark {

namespace {

QString lineOf(const PersonRow& row)
{
    if (row.waiting)
        return People::tr("Not let in yet");
    if (row.invited)
        return People::tr("Invited");
    return roleWord(row.role);
}

} // namespace

People::People(Desk& desk, QObject* parent)
    : QObject(parent), m_desk(desk),
      m_rows(
          {
              {"key", [](const PersonRow& row) { return row.id; }},
              {"name", [](const PersonRow& row) { return row.name; }},
              {"line_", [](const PersonRow& row) { return lineOf(row); }},
              {"initials", [](const PersonRow& row) { return initials(row.name); }},
              {"tint", [](const PersonRow& row) { return tint(row.name); }},
          },
          this)
{
    connect(&desk, &Desk::changed, this, &People::read);
}

void People::read()
{
    const QList<PersonRow> people = peopleOf(m_desk.contents());
    m_rows.set(people);
    PersonRow next;
    for (const PersonRow& row : people) {
        const bool better = next.id.isEmpty() || (next.invited && !row.invited);
        if (row.id == m_wanted || (better && (next.id.isEmpty() || next.id != m_wanted)))
            next = row;
    }
    m_current = next;
    Q_EMIT changed();
}

void People::setCurrent(const QString& id)
{
    m_wanted = id;
    read();
}

QString People::name() const
{
    return hasPartner() ? m_current.name : m_desk.ownerName();
}

QString People::firstNameOf() const
{
    return firstName(name());
}

QString People::line() const
{
    if (hasPartner())
        return lineOf(m_current);
    return m_current.invited ? tr("%1 is invited").arg(firstName(m_current.name))
                             : tr("Just you so far");
}

QString People::initialsOf() const
{
    return initials(name());
}

int People::tintOf() const
{
    return tint(name());
}

} // namespace Waymark

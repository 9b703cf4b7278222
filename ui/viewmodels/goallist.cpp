// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewmodels/goallist.h"

#include "ui/viewmodels/desk.h"

namespace Waymark {

GoalList::GoalList(Desk& desk, QObject* parent)
    : QObject(parent), m_desk(desk),
      m_rows(
          {
              {"key", [](const GoalRow& row) { return row.id; }},
              {"title", [](const GoalRow& row) { return row.title; }},
              {"group", [this](const GoalRow& row) { return groupName(row); }},
              {"rowLine", [this](const GoalRow& row) { return line(row); }},
              {"passed", [](const GoalRow& row) { return row.passed; }},
              {"marks", [](const GoalRow& row) { return row.marks; }},
              {"paused", [](const GoalRow& row) { return row.status == QLatin1String("paused"); }},
              {"onlyMine", [](const GoalRow& row) { return row.person.isEmpty(); }},
              {"over",
                  [](const GoalRow& row) {
                      return row.group == GoalGroup::Reached || row.group == GoalGroup::LetGo;
                  }},
          },
          this)
{
    connect(&desk, &Desk::changed, this, &GoalList::read);
    connect(&desk, &Desk::ticked, this, [this] { m_rows.touch(); });
}

bool GoalList::isRead() const
{
    return m_desk.isRead();
}

void GoalList::setPerson(const QString& person)
{
    m_person = person;
    read();
}

void GoalList::read()
{
    m_rows.set(goalRows(m_desk.contents(), m_person));
    Q_EMIT changed();
}

QString GoalList::groupName(const GoalRow& row) const
{
    switch (row.group) {
    case GoalGroup::UnderWay:
        return tr("Under way");
    case GoalGroup::Open:
        return tr("Open");
    case GoalGroup::Suggested:
        return tr("Suggested");
    case GoalGroup::Paused:
        return tr("Paused");
    case GoalGroup::OnlyYours:
        return tr("Only yours");
    case GoalGroup::Reached:
        return tr("Reached");
    case GoalGroup::LetGo:
        return tr("Let go");
    }
    return {};
}

QString GoalList::line(const GoalRow& row) const
{
    QStringList parts;
    if (row.marks > 0)
        parts.append(tr("%1 of %2 passed").arg(row.passed).arg(row.marks));
    const Phrases& phrases = m_desk.phrases();
    if (row.way.resting) {
        const int seconds = phrases.secondsUntil(row.way.goesAtMs);
        parts.append(seconds > 0     ? tr("leaves in %1 s").arg(seconds)
                : row.way.untilLetIn ? tr("goes when you are let in")
                                     : tr("about to go"));
    } else if (row.person.isEmpty() && row.group == GoalGroup::OnlyYours) {
        parts.append(tr("not shared"));
    }
    const QDate due = QDate::fromString(row.due, Qt::ISODate);
    if (due.isValid() && !row.way.resting)
        parts.append(tr("by %1").arg(phrases.day(due)));
    if (parts.isEmpty())
        parts.append(tr("no marks yet"));
    QString line = parts.join(QStringLiteral(" · "));
    line[0] = line[0].toUpper();
    return line;
}

} // namespace Waymark

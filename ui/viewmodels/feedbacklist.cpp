// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewmodels/feedbacklist.h"

#include "ui/viewmodels/desk.h"
#include "ui/viewmodels/utterances.h"

namespace Waymark {

FeedbackList::FeedbackList(Desk& desk, QObject* parent)
    : QObject(parent), m_desk(desk),
      m_rows(
          {
              {"key", [](const ThreadRow& row) { return row.id; }},
              {"title",
                  [](const ThreadRow& row) {
                      if (!row.title.isEmpty())
                          return row.title;
                      return (row.mine ? tr("Your line to %1") : tr("A line from %1"))
                          .arg(firstName(row.partner));
                  }},
              {"snippet",
                  [](const ThreadRow& row) {
                      return row.lastMine ? tr("You: %1").arg(row.snippet) : row.snippet;
                  }},
              {"group", [this](const ThreadRow& row) { return groupName(row); }},
              {"rowLine", [this](const ThreadRow& row) { return line(row); }},
              {"tone",
                  [](const ThreadRow& row) {
                      return row.tone == QLatin1String("plain") ? QString() : row.tone;
                  }},
              {"toneText", [](const ThreadRow& row) { return toneName(row.tone); }},
              {"settled", [](const ThreadRow& row) { return row.turn == Turn::Nobody; }},
          },
          this)
{
    connect(&desk, &Desk::changed, this, &FeedbackList::read);
    connect(&desk, &Desk::ticked, this, [this] { m_rows.touch(); });
}

bool FeedbackList::isRead() const
{
    return m_desk.isRead();
}

int FeedbackList::mine() const
{
    return int(std::count_if(m_rows.rows().begin(), m_rows.rows().end(),
        [](const ThreadRow& row) { return row.turn == Turn::Mine; }));
}

void FeedbackList::setPerson(const QString& person)
{
    m_person = person;
    read();
}

void FeedbackList::read()
{
    m_rows.set(threadRows(m_desk.contents(), m_person));
    Q_EMIT changed();
}

QString FeedbackList::groupName(const ThreadRow& row) const
{
    switch (row.turn) {
    case Turn::Mine:
        return tr("Your turn");
    case Turn::Theirs:
        return tr("%1's turn").arg(firstName(row.partner));
    case Turn::Nobody:
        return tr("Settled");
    }
    return {};
}

QString FeedbackList::line(const ThreadRow& row) const
{
    const QString when = m_desk.phrases().moment(row.sinceMs);
    if (row.way.resting) {
        const int seconds = m_desk.phrases().secondsUntil(row.way.goesAtMs);
        return seconds > 0       ? tr("Goes in %1 s").arg(seconds)
            : row.way.untilLetIn ? tr("Goes when you are let in")
                                 : tr("About to go");
    }
    if (row.lastMine)
        return tr("%1 · %2").arg(deliveryWord(row.way), when);
    return row.turn == Turn::Nobody ? when : tr("since %1").arg(when);
}

} // namespace Waymark

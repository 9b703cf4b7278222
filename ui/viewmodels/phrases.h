// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/error.h"
#include "ui/viewmodels/pages.h"

#include <QDate>
#include <QDateTime>
#include <QString>

namespace Waymark {

/// The words for times, people and states, in the reader's language and zone.
class Phrases
{
public:
    explicit Phrases(const Clock& clock) : m_clock(clock) { }

    /// Within a week relative, afterwards the day: "20 minutes ago", "yesterday, 15:48", "Tuesday".
    [[nodiscard]] QString moment(qint64 ms) const;
    /// The exact time with its zone, for tooltips and screen readers.
    [[nodiscard]] QString exactly(qint64 ms) const;
    [[nodiscard]] QString timeOfDay(qint64 ms) const;
    /// "30 January", with the year where it is another one.
    [[nodiscard]] QString day(const QDate& day) const;
    [[nodiscard]] QString dayWithName(const QDate& day) const;
    /// "30 January, in 9 weeks".
    [[nodiscard]] QString dueIn(const QDate& day) const;
    /// "in 3 days", "today", "tomorrow", "3 days ago".
    [[nodiscard]] QString distance(const QDate& day) const;
    [[nodiscard]] QDate today() const;
    [[nodiscard]] int secondsUntil(qint64 ms) const;
    [[nodiscard]] QDateTime local(qint64 ms) const;

private:
    const Clock& m_clock;
};

/// "Lina" of "Lina Haddad".
[[nodiscard]] QString firstName(const QString& name);
/// Up to two letters for the picture that stands for a person.
[[nodiscard]] QString initials(const QString& name);
/// One of a few tints for that picture, the same for the same name everywhere.
[[nodiscard]] int tint(const QString& name);
/// What somebody of this role is to the reader: "mentor".
[[nodiscard]] QString roleWord(const QString& role);
[[nodiscard]] QString statusName(const QString& status);
[[nodiscard]] QString toneName(const QString& tone);
/// What happened, that nothing is lost where that is so, and what to do.
[[nodiscard]] QString sentence(const Error& error);
/// `text` without what would reorder or hide the words beside it, on one line, for use inside a
/// sentence of ours.
[[nodiscard]] QString inSentence(const QString& text);

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewmodels/goalview.h"

#include "app/domain/journal.h"
#include "ui/viewmodels/desk.h"
#include "ui/viewmodels/utterances.h"

#include <QLocale>

namespace Waymark {

namespace {

QList<Rows<MarkRow>::Role> markRoles(const Desk& desk)
{
    return {
        {"key", [](const MarkRow& row) { return row.id; }},
        {"title", [](const MarkRow& row) { return row.title; }},
        {"done", [](const MarkRow& row) { return row.done; }},
        {"next", [](const MarkRow& row) { return row.next; }},
        {"suggested", [](const MarkRow& row) { return row.suggested; }},
        {"mayChange", [](const MarkRow& row) { return row.mayChange; }},
        {"due",
            [&desk](const MarkRow& row) {
                const QDate due = QDate::fromString(row.due, Qt::ISODate);
                return due.isValid() ? GoalView::tr("by %1").arg(desk.phrases().day(due))
                                     : QString();
            }},
    };
}

} // namespace

GoalView::GoalView(Desk& desk, QObject* parent)
    : QObject(parent), m_desk(desk), m_why(desk, QStringLiteral("why"), this),
      m_marks(markRoles(desk), this), m_feedback(utteranceRoles(desk), this)
{
    connect(&desk, &Desk::changed, this, &GoalView::read);
    connect(&desk, &Desk::ticked, this, &GoalView::changed);
    connect(&desk, &Desk::closed, this, [this] {
        m_page = {};
        m_marks.set({});
        m_feedback.set({});
        Q_EMIT changed();
    });
}

void GoalView::open(const QString& id)
{
    if (id == m_id && m_question == NoQuestion && isShown())
        return;
    setQuestion(NoQuestion);
    m_id = id;
    m_page = {};
    m_why.close();
    read();
}

void GoalView::begin()
{
    m_desk.handOver();
    m_id.clear();
    m_page = {};
    m_page.mayChange = true;
    m_why.close();
    m_marks.set({});
    m_feedback.set({});
    m_question = What;
    Q_EMIT questionChanged();
    Q_EMIT changed();
}

void GoalView::close()
{
    m_id.clear();
    m_page = {};
    m_why.close();
    m_marks.set({});
    m_feedback.set({});
    setQuestion(NoQuestion);
    Q_EMIT changed();
}

void GoalView::read()
{
    if (m_id.isEmpty() || !m_desk.isRead())
        return;
    const auto page = goalPage(m_desk.contents(), m_id);
    if (!page) {
        // What has just been made is in the next reading.
        if (isShown()) {
            close();
            Q_EMIT gone();
        }
        return;
    }
    m_page = *page;
    m_marks.set(page->marks);
    m_feedback.set(page->feedback);
    if (m_page.row.id != m_id) {
        m_id = m_page.row.id;
        Q_EMIT opened(m_id);
    }
    if (const auto entry = Desk::entryId(m_id))
        m_why.open(*entry);
    Q_EMIT changed();
}

void GoalView::setQuestion(Question question)
{
    if (m_question == question)
        return;
    m_question = question;
    Q_EMIT questionChanged();
}

QString GoalView::dueText() const
{
    const QDate due = QDate::fromString(m_page.row.due, Qt::ISODate);
    return due.isValid() ? m_desk.phrases().dueIn(due) : QString();
}

QString GoalView::statusText() const
{
    return statusName(m_page.row.status);
}

QString GoalView::partner() const
{
    for (const PersonRow& row : peopleOf(m_desk.contents())) {
        if (row.id == m_page.row.person)
            return row.name;
    }
    return {};
}

QString GoalView::wayText() const
{
    const Way& way = m_page.row.way;
    if (isOnlyMine())
        return tr("Only yours · Kept here");
    const QString name = firstName(partner());
    if (way.resting) {
        const int seconds = m_desk.phrases().secondsUntil(way.goesAtMs);
        if (seconds > 0)
            return tr("Goes to %1 in %2 s · still only here").arg(name).arg(seconds);
        return way.untilLetIn ? tr("Goes when %1 lets you in · still only here").arg(name)
                              : tr("Goes to %1 · still only here").arg(name);
    }
    return tr("Shared with %1 · %2").arg(name, deliveryWord(way));
}

QString GoalView::wayDetail() const
{
    return deliverySentence(m_page.row.way, firstName(partner()));
}

QString GoalView::passedText() const
{
    if (m_page.row.marks == 0)
        return {};
    return tr("%1 of %2 passed").arg(m_page.row.passed).arg(m_page.row.marks);
}

void GoalView::setTitle(const QString& title)
{
    const QString said = title.trimmed();
    if (said.isEmpty() || said == m_page.row.title)
        return;
    if (!m_id.isEmpty()) {
        m_desk.set(m_id, QStringLiteral("title"), said);
        return;
    }
    if (m_question != What)
        return;
    m_page.row.title = said;
    EntryChange change;
    change.set.insert(QStringLiteral("title"), said);
    change.set.insert(QStringLiteral("status"), QStringLiteral("open"));
    Journal& journal = m_desk.ports().journal;
    setQuestion(Why);
    m_desk.after(journal.add(journal.privateSpace(), QStringLiteral("goal"), change), this,
        [this](const Written& written) {
            m_id = Desk::hex(written.id);
            m_desk.reread();
            Q_EMIT opened(m_id);
        });
}

void GoalView::setMeasure(const QString& measure)
{
    if (measure.trimmed() != m_page.measure)
        m_desk.set(m_id, QStringLiteral("measure"), measure.trimmed());
}

QString GoalView::today() const
{
    return m_desk.phrases().today().toString(Qt::ISODate);
}

bool GoalView::setDue(const QString& day)
{
    const QString said = day.trimmed();
    QDate date = QDate::fromString(said, Qt::ISODate);
    const QLocale locale;
    if (!date.isValid())
        date = locale.toDate(said, QLocale::ShortFormat);
    if (!date.isValid())
        date = locale.toDate(said, QStringLiteral("d MMMM yyyy"));
    if (!date.isValid()) {
        // Without a year it is the next such day.
        const QDate today = m_desk.phrases().today();
        date = locale.toDate(
            said + QStringLiteral(" %1").arg(today.year()), QStringLiteral("d MMMM yyyy"));
        if (date.isValid() && date < today)
            date = date.addYears(1);
    }
    if (!said.isEmpty() && !date.isValid())
        return false;
    const QString value = date.isValid() ? date.toString(Qt::ISODate) : QString();
    if (value != m_page.row.due)
        m_desk.set(m_id, QStringLiteral("due"), value);
    return true;
}

void GoalView::setDueIn(int days)
{
    m_desk.set(
        m_id, QStringLiteral("due"), m_desk.phrases().today().addDays(days).toString(Qt::ISODate));
}

void GoalView::setStatus(const QString& status)
{
    m_desk.set(m_id, QStringLiteral("status"), status);
}

void GoalView::addMark(const QString& title)
{
    const auto goal = Desk::entryId(m_id);
    if (!goal || title.trimmed().isEmpty())
        return;
    EntryChange change;
    change.set.insert(QStringLiteral("title"), title.trimmed());
    change.set.insert(QStringLiteral("in"), m_id);
    Journal& journal = m_desk.ports().journal;
    SpaceId space = journal.privateSpace();
    for (const Entry& entry : m_desk.contents().goals) {
        if (entry.id == *goal)
            space = entry.space;
    }
    m_desk.after(
        journal.add(space, QStringLiteral("milestone"), change), this, [](const Written&) {});
}

void GoalView::setMarkDone(const QString& mark, bool done)
{
    m_desk.set(mark, QStringLiteral("done"), done);
}

void GoalView::takeMarkOn(const QString& mark)
{
    m_desk.set(mark, QStringLiteral("proposed"), QJsonValue::Null);
}

void GoalView::renameMark(const QString& mark, const QString& title)
{
    const int row = m_marks.indexOfId(mark);
    const QString said = title.trimmed();
    if (row >= 0 && !said.isEmpty() && m_marks.rows()[row].title != said)
        m_desk.set(mark, QStringLiteral("title"), said);
}

void GoalView::moveMark(const QString& mark, int by)
{
    const int from = m_marks.indexOfId(mark);
    const int to = from + by;
    const auto id = Desk::entryId(mark);
    if (from < 0 || to < 0 || to >= m_marks.count() || !id)
        return;
    const auto sibling = Desk::entryId(m_marks.rows()[to].id);
    if (!sibling)
        return;
    const ItemPlace place{by < 0 ? ItemPlace::Where::Before : ItemPlace::Where::After, *sibling};
    m_desk.after(m_desk.ports().journal.move(*id, place), this, [](const Written&) {});
}

void GoalView::removeMark(const QString& mark)
{
    m_desk.remove(mark, tr("The mark is in the bin"));
}

void GoalView::share(const QString& person)
{
    const QString id = m_id;
    m_desk.share(id, person);
    QString name;
    for (const PersonRow& row : peopleOf(m_desk.contents())) {
        if (row.id == person)
            name = firstName(row.name);
    }
    Q_EMIT m_desk.done(tr("The goal goes to %1 in %2 s").arg(name, QStringLiteral("%1")),
        m_desk.ports().clock.nowMs() + kRestMs, [this, id] { m_desk.takeBack(id); });
}

void GoalView::takeBack()
{
    m_desk.takeBack(m_id);
}

void GoalView::remove()
{
    m_desk.remove(m_id, tr("The goal is in the bin"));
}

} // namespace Waymark

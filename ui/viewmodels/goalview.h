// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/viewmodels/pages.h"
#include "ui/viewmodels/rows.h"
#include "ui/viewmodels/textsession.h"

namespace Waymark {

class Desk;

/// One goal's page: what is wanted, why, how one will know, the way there, what was said on it.
/// Also the questions by which a new one is made.
class GoalView final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("A goal comes with the app")
    Q_PROPERTY(QString id READ id NOTIFY changed FINAL)
    Q_PROPERTY(bool shown READ isShown NOTIFY changed FINAL)
    Q_PROPERTY(QString title READ title NOTIFY changed FINAL)
    Q_PROPERTY(QString measure READ measure NOTIFY changed FINAL)
    Q_PROPERTY(QString due READ due NOTIFY changed FINAL)
    Q_PROPERTY(QString dueText READ dueText NOTIFY changed FINAL)
    /// The day it is for the reader, YYYY-MM-DD.
    Q_PROPERTY(QString today READ today NOTIFY changed FINAL)
    Q_PROPERTY(QString status READ status NOTIFY changed FINAL)
    Q_PROPERTY(QString statusText READ statusText NOTIFY changed FINAL)
    Q_PROPERTY(QString wayText READ wayText NOTIFY changed FINAL)
    Q_PROPERTY(QString wayDetail READ wayDetail NOTIFY changed FINAL)
    Q_PROPERTY(QString passedText READ passedText NOTIFY changed FINAL)
    Q_PROPERTY(bool onlyMine READ isOnlyMine NOTIFY changed FINAL)
    Q_PROPERTY(bool resting READ isResting NOTIFY changed FINAL)
    Q_PROPERTY(bool mayChange READ mayChange NOTIFY changed FINAL)
    Q_PROPERTY(bool mine READ isMine NOTIFY changed FINAL)
    /// The reader's space and name, empty while it is private.
    Q_PROPERTY(QString person READ person NOTIFY changed FINAL)
    Q_PROPERTY(QString partner READ partner NOTIFY changed FINAL)
    Q_PROPERTY(Waymark::TextSession* why READ why CONSTANT FINAL)
    Q_PROPERTY(Waymark::RowList* marks READ marks CONSTANT FINAL)
    Q_PROPERTY(Waymark::RowList* feedback READ feedback CONSTANT FINAL)
    Q_PROPERTY(Waymark::GoalView::Question question READ question WRITE setQuestion NOTIFY
            questionChanged FINAL)
public:
    /// The question that is open while a goal is being made.
    enum Question { NoQuestion, What, Why, Measure, Due, FirstStep };
    Q_ENUM(Question)

    GoalView(Desk& desk, QObject* parent);

    void open(const QString& id);
    /// A new goal: nothing is kept before its first answer.
    Q_INVOKABLE void begin();
    void close();

    [[nodiscard]] QString id() const { return m_id; }
    [[nodiscard]] bool isShown() const { return !m_page.row.id.isEmpty(); }
    [[nodiscard]] QString title() const { return m_page.row.title; }
    [[nodiscard]] QString measure() const { return m_page.measure; }
    [[nodiscard]] QString due() const { return m_page.row.due; }
    [[nodiscard]] QString dueText() const;
    [[nodiscard]] QString today() const;
    [[nodiscard]] QString status() const { return m_page.row.status; }
    [[nodiscard]] QString statusText() const;
    [[nodiscard]] QString wayText() const;
    [[nodiscard]] QString wayDetail() const;
    [[nodiscard]] QString passedText() const;
    [[nodiscard]] bool isOnlyMine() const { return m_page.row.person.isEmpty(); }
    [[nodiscard]] bool isResting() const { return m_page.row.way.resting; }
    [[nodiscard]] bool mayChange() const { return m_page.mayChange; }
    [[nodiscard]] bool isMine() const { return m_page.mine; }
    [[nodiscard]] QString person() const { return m_page.row.person; }
    [[nodiscard]] QString partner() const;
    [[nodiscard]] TextSession* why() { return &m_why; }
    [[nodiscard]] RowList* marks() { return &m_marks; }
    [[nodiscard]] RowList* feedback() { return &m_feedback; }
    [[nodiscard]] Question question() const { return m_question; }
    void setQuestion(Question question);

    Q_INVOKABLE void setTitle(const QString& title);
    Q_INVOKABLE void setMeasure(const QString& measure);
    /// YYYY-MM-DD or what the reader's language writes; false where it is no day.
    Q_INVOKABLE bool setDue(const QString& day);
    Q_INVOKABLE void setDueIn(int days);
    Q_INVOKABLE void setStatus(const QString& status);
    Q_INVOKABLE void addMark(const QString& title);
    Q_INVOKABLE void setMarkDone(const QString& mark, bool done);
    /// A mark that the mentor suggested becomes one of the way.
    Q_INVOKABLE void takeMarkOn(const QString& mark);
    Q_INVOKABLE void renameMark(const QString& mark, const QString& title);
    /// One place towards the beginning (-1) or the end (1).
    Q_INVOKABLE void moveMark(const QString& mark, int by);
    Q_INVOKABLE void removeMark(const QString& mark);
    Q_INVOKABLE void share(const QString& person);
    Q_INVOKABLE void takeBack();
    Q_INVOKABLE void remove();

Q_SIGNALS:
    void changed();
    void questionChanged();
    /// A new goal is there and has this id; or a private one was shared and now goes by another.
    void opened(const QString& id);
    /// It was deleted, here or elsewhere.
    void gone();

private:
    void read();

    Desk& m_desk;
    QString m_id;
    GoalPage m_page;
    TextSession m_why;
    Rows<MarkRow> m_marks;
    Rows<Utterance> m_feedback;
    Question m_question = NoQuestion;
};

} // namespace Waymark

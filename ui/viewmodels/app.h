// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/viewmodels/desk.h"
#include "ui/viewmodels/door.h"
#include "ui/viewmodels/draftview.h"
#include "ui/viewmodels/feedbacklist.h"
#include "ui/viewmodels/firstrun.h"
#include "ui/viewmodels/goallist.h"
#include "ui/viewmodels/goalview.h"
#include "ui/viewmodels/inviting.h"
#include "ui/viewmodels/notice.h"
#include "ui/viewmodels/people.h"
#include "ui/viewmodels/sign.h"
#include "ui/viewmodels/threadview.h"
#include "ui/viewmodels/unlock.h"

namespace Waymark {

/// The whole of what the window shows: which page stands, and every page's view model. Keeps the
/// page over a lock, without anything that was read from the journal.
class App final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The app is handed to the window")
    Q_PROPERTY(Waymark::App::Stage stage READ stage NOTIFY stageChanged FINAL)
    Q_PROPERTY(Waymark::App::Page page READ page NOTIFY pageChanged FINAL)
    Q_PROPERTY(Waymark::FirstRun* firstRun READ firstRun CONSTANT FINAL)
    Q_PROPERTY(Waymark::Unlock* unlock READ unlock CONSTANT FINAL)
    Q_PROPERTY(Waymark::People* people READ people CONSTANT FINAL)
    Q_PROPERTY(Waymark::Sign* sign READ sign CONSTANT FINAL)
    Q_PROPERTY(Waymark::Notice* notice READ notice CONSTANT FINAL)
    Q_PROPERTY(Waymark::Door* door READ door CONSTANT FINAL)
    Q_PROPERTY(Waymark::GoalList* goals READ goals CONSTANT FINAL)
    Q_PROPERTY(Waymark::GoalView* goal READ goal CONSTANT FINAL)
    Q_PROPERTY(Waymark::FeedbackList* feedback READ feedback CONSTANT FINAL)
    Q_PROPERTY(Waymark::ThreadView* thread READ thread CONSTANT FINAL)
    Q_PROPERTY(Waymark::DraftView* composer READ composer CONSTANT FINAL)
    Q_PROPERTY(Waymark::Inviting* inviting READ inviting CONSTANT FINAL)
public:
    enum Stage { First, Locked, Open };
    Q_ENUM(Stage)
    enum Page { Goals, Feedback, Write, Invite };
    Q_ENUM(Page)

    explicit App(PagePorts ports);

    [[nodiscard]] Stage stage() const { return m_stage; }
    [[nodiscard]] Page page() const { return m_page; }
    [[nodiscard]] FirstRun* firstRun() { return &m_firstRun; }
    [[nodiscard]] Unlock* unlock() { return &m_unlock; }
    [[nodiscard]] People* people() { return &m_people; }
    [[nodiscard]] Sign* sign() { return &m_sign; }
    [[nodiscard]] Notice* notice() { return &m_notice; }
    [[nodiscard]] Door* door() { return &m_door; }
    [[nodiscard]] GoalList* goals() { return &m_goals; }
    [[nodiscard]] GoalView* goal() { return &m_goal; }
    [[nodiscard]] FeedbackList* feedback() { return &m_feedback; }
    [[nodiscard]] ThreadView* thread() { return &m_thread; }
    [[nodiscard]] DraftView* composer() { return &m_composer; }
    [[nodiscard]] Inviting* inviting() { return &m_inviting; }
    [[nodiscard]] Desk& desk() { return m_desk; }

    Q_INVOKABLE void showGoals();
    Q_INVOKABLE void showFeedback();
    Q_INVOKABLE void showInvite();
    Q_INVOKABLE void openGoal(const QString& id);
    Q_INVOKABLE void newGoal();
    Q_INVOKABLE void openThread(const QString& id);
    /// Feedback on the goal that is open, for whom it is shared with.
    Q_INVOKABLE void writeFeedback();
    /// A line to the person above, about nothing in particular.
    Q_INVOKABLE void writeLine();
    /// From writing or inviting, to where one was.
    Q_INVOKABLE void back();
    Q_INVOKABLE void lock();
    /// Somebody is at the keyboard.
    void touch();
    /// Everything typed is kept and the vault closed; then `then`.
    void leave(std::function<void()> then);

    static constexpr int kLeaveMs = 15'000; ///< the longest that quitting waits for what goes
    static constexpr int kIdleMs = 10 * 60 * 1000;

Q_SIGNALS:
    void stageChanged();
    void pageChanged();
    /// One-line fields give what they hold now, before it is locked.
    void handingOver();

private:
    void setStage(Stage stage);
    void setPage(Page page);
    void opened();
    void close();
    void lockBecause(Unlock::Why why);

    Desk m_desk;
    FirstRun m_firstRun;
    Unlock m_unlock;
    People m_people;
    Sign m_sign;
    Notice m_notice;
    Door m_door;
    GoalList m_goals;
    GoalView m_goal;
    FeedbackList m_feedback;
    ThreadView m_thread;
    DraftView m_composer;
    Inviting m_inviting;
    Stage m_stage = First;
    Page m_page = Goals;
    Page m_before = Goals;
    bool m_locking = false;
    std::function<void()> m_then; ///< after leaving
    QTimer m_idle;
};

} // namespace Waymark

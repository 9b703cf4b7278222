// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewmodels/app.h"

namespace Waymark {

App::App(PagePorts ports)
    : m_desk(std::move(ports)), m_firstRun(m_desk, this), m_unlock(m_desk, this),
      m_people(m_desk, this), m_sign(m_desk, this), m_notice(m_desk, this), m_door(m_desk, this),
      m_goals(m_desk, this), m_goal(m_desk, this), m_feedback(m_desk, this), m_thread(m_desk, this),
      m_composer(m_desk, this), m_inviting(m_desk, this)
{
    connect(&m_desk, &Desk::handingOver, this, &App::handingOver);
    connect(&m_people, &People::changed, this, [this] {
        m_goals.setPerson(m_people.current());
        m_feedback.setPerson(m_people.current());
    });
    connect(&m_firstRun, &FirstRun::made, &m_desk, &Desk::open);
    connect(&m_firstRun, &FirstRun::finished, this, [this](const QString& goal) {
        opened();
        if (!goal.isEmpty())
            openGoal(goal);
        m_firstRun.reset();
    });
    connect(&m_unlock, &Unlock::opened, this, [this] {
        m_desk.open();
        opened();
    });
    connect(&m_composer, &DraftView::sent, this, [this](const QString& id) { openThread(id); });
    m_idle.setSingleShot(true);
    m_idle.setInterval(kIdleMs);
    connect(&m_idle, &QTimer::timeout, this, [this] { lockBecause(Unlock::Why::Idle); });
    if (m_desk.ports().vault.exists()) {
        m_stage = Locked;
        m_unlock.locked(Unlock::Why::Start, {});
    }
}

void App::setStage(Stage stage)
{
    if (m_stage == stage)
        return;
    m_stage = stage;
    Q_EMIT stageChanged();
}

void App::setPage(Page page)
{
    if (m_page == page)
        return;
    m_desk.handOver();
    if (m_page == Goals || m_page == Feedback)
        m_before = m_page;
    m_page = page;
    Q_EMIT pageChanged();
}

void App::opened()
{
    setStage(Open);
    m_idle.start();
}

void App::touch()
{
    if (m_stage == Open)
        m_idle.start();
}

void App::showGoals()
{
    setPage(Goals);
}

void App::showFeedback()
{
    setPage(Feedback);
}

void App::showInvite()
{
    m_inviting.begin();
    setPage(Invite);
}

void App::openGoal(const QString& id)
{
    setPage(Goals);
    m_goal.open(id);
}

void App::newGoal()
{
    setPage(Goals);
    m_goal.begin();
}

void App::openThread(const QString& id)
{
    setPage(Feedback);
    m_thread.open(id);
}

void App::writeFeedback()
{
    if (m_goal.person().isEmpty() || m_goal.isResting())
        return;
    m_composer.feedbackOn(m_goal.id(), m_goal.person());
    setPage(Write);
}

void App::writeLine()
{
    if (!m_people.hasPartner())
        return;
    m_composer.line(m_people.current());
    setPage(Write);
}

void App::back()
{
    if (m_page == Write || m_page == Invite) {
        setPage(m_before);
        m_composer.close();
    }
}

void App::lock()
{
    lockBecause(Unlock::Why::Asked);
}

void App::lockBecause(Unlock::Why why)
{
    if (m_stage != Open || m_locking)
        return;
    m_locking = true;
    m_idle.stop();
    m_door.finish();
    m_desk.whenKept([this, why] {
        const QString owner = m_desk.ownerName();
        m_desk.ports().sync.stop();
        m_desk.ports().vault.lock().then(this, [this, why, owner](const Status& status) {
            m_locking = false;
            if (!status.ok()) {
                m_notice.tell(sentence(status.error()));
                return;
            }
            m_unlock.locked(why, owner);
            setStage(Locked);
            m_desk.close();
        });
    });
}

void App::leave(std::function<void()> then)
{
    const bool noting = m_stage == First && m_firstRun.step() == FirstRun::FirstNote;
    if ((m_stage != Open && !noting) || m_locking) {
        then();
        return;
    }
    m_locking = true;
    m_door.finish();
    m_then = std::move(then);
    m_desk.whenKept([this] {
        // What rested goes now, and gets a while to leave.
        m_desk.ports().journal.carryOut(/*all=*/true).then(this, [this](const Result<int>&) {
            m_desk.ports().sync.hurry();
            m_desk.ports().sync.status().then(this, [this](const Result<SyncStatus>& status) {
                const bool goes = status.ok() && status->unsent > 0
                    && status->connection == ConnectionState::Online;
                if (!goes) {
                    close();
                    return;
                }
                connect(&m_desk, &Desk::connectionChanged, this, [this] {
                    if (m_desk.sync().unsent == 0)
                        close();
                });
                QTimer::singleShot(kLeaveMs, this, &App::close);
            });
        });
    });
}

void App::close()
{
    if (!m_then)
        return;
    const std::function<void()> then = std::exchange(m_then, nullptr);
    m_desk.ports().sync.stop();
    m_desk.ports().vault.lock().then(this, [then](const Status&) { then(); });
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewmodels/threadview.h"

#include "ui/viewmodels/desk.h"
#include "ui/viewmodels/utterances.h"

namespace Waymark {

ThreadView::ThreadView(Desk& desk, QObject* parent)
    : QObject(parent), m_desk(desk), m_said(utteranceRoles(desk), this), m_answer(desk, this)
{
    connect(&desk, &Desk::changed, this, &ThreadView::read);
    connect(&desk, &Desk::ticked, this, [this] {
        m_said.touch();
        Q_EMIT changed();
    });
    connect(&desk, &Desk::closed, this, [this] {
        m_page = {};
        m_said.set({});
        Q_EMIT changed();
    });
}

void ThreadView::open(const QString& id)
{
    if (id == m_id && isShown())
        return;
    m_answer.close();
    m_id = id;
    m_page = {};
    read();
}

void ThreadView::close()
{
    m_answer.close();
    m_id.clear();
    m_page = {};
    m_said.set({});
    Q_EMIT changed();
}

QString ThreadView::successor(const ThreadPage& page) const
{
    // What rested and has gone is another entry now: the newest of the same words and place.
    const Utterance& root = page.said.first();
    const Entry* found = nullptr;
    for (const Entry& entry : m_desk.contents().words) {
        const bool same = !entry.deleted && entry.by == m_desk.contents().me
            && entry.space != m_desk.contents().privateSpace && entry.text(u"body") == root.body
            && followed(m_desk.contents(), entry.text(u"on")) == page.on;
        if (same && (!found || entry.atMs > found->atMs))
            found = &entry;
    }
    return found ? Desk::hex(found->id) : QString();
}

void ThreadView::read()
{
    if (m_id.isEmpty() || !m_desk.isRead())
        return;
    auto page = threadPage(m_desk.contents(), m_id);
    if (!page && isShown() && m_page.said.first().way.resting)
        page = threadPage(m_desk.contents(), successor(m_page));
    if (!page) {
        // What was taken back is a draft again.
        if (isShown()) {
            close();
            Q_EMIT gone();
        }
        return;
    }
    m_page = std::move(*page);
    m_id = m_page.row.id;
    m_said.set(m_page.said);
    // One answers the newest word; what is written already keeps the one it was begun for.
    const Utterance& root = m_page.said.first();
    if (!root.way.resting)
        m_answer.answer(root.id, m_page.row.person);
    else
        m_answer.close();
    Q_EMIT changed();
}

QString ThreadView::line() const
{
    const QString name = firstName(m_page.row.partner);
    QString what = tr("Between you and %1").arg(name);
    if (!m_page.on.isEmpty())
        what = m_page.onMine ? tr("Feedback on your goal") : tr("Feedback on %1's goal").arg(name);
    const QString since = m_desk.phrases().moment(m_page.row.sinceMs);
    switch (m_page.row.turn) {
    case Turn::Mine:
        return tr("%1 · your turn since %2").arg(what, since);
    case Turn::Theirs:
        return tr("%1 · %2's turn").arg(what, name);
    case Turn::Nobody:
        return what;
    }
    return what;
}

void ThreadView::acknowledge()
{
    for (auto said = m_page.said.crbegin(); said != m_page.said.crend(); ++said) {
        if (said->mine || said->acknowledged)
            continue;
        if (const auto entry = Desk::entryId(said->id))
            m_desk.after(m_desk.ports().journal.acknowledge(*entry), this, [](const Written&) {});
        return;
    }
}

void ThreadView::takeBack(const QString& utterance)
{
    m_desk.takeBack(utterance);
}

} // namespace Waymark

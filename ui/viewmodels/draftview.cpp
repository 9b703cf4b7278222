// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewmodels/draftview.h"

#include "app/domain/schema.h"
#include "ui/viewmodels/desk.h"

namespace Waymark {

DraftView::DraftView(Desk& desk, QObject* parent)
    : QObject(parent), m_desk(desk), m_text(desk, QStringLiteral("body"), this)
{
    connect(&desk, &Desk::changed, this, [this] {
        // After unlocking, the draft is found again where one was.
        if (isActive() && m_desk.isRead() && !m_text.isReady() && !m_text.entry())
            find();
        Q_EMIT changed();
    });
    connect(&m_text, &TextSession::changed, this, &DraftView::changed);
}

void DraftView::feedbackOn(const QString& goal, const QString& person)
{
    begin(person, goal, {});
}

void DraftView::answer(const QString& utterance, const QString& person)
{
    begin(person, {}, utterance);
}

void DraftView::line(const QString& person)
{
    begin(person, {}, {});
}

void DraftView::begin(const QString& person, const QString& on, const QString& replyTo)
{
    if (person == m_person && on == m_on && replyTo == m_replyTo)
        return;
    m_text.close();
    m_person = person;
    m_on = on;
    m_replyTo = replyTo;
    m_tone.clear();
    if (isActive() && m_desk.isRead())
        find();
    Q_EMIT changed();
}

void DraftView::find()
{
    if (const Entry* draft = draftFor(m_desk.contents(), m_person, m_on, m_replyTo)) {
        m_tone = draft->text(u"tone");
        m_text.open(draft->id);
    } else {
        m_text.openLater([this](const QString& text) { return make(text); });
    }
}

QFuture<Result<EntryId>> DraftView::make(const QString& text)
{
    EntryChange change;
    change.set.insert(QStringLiteral("body"), text);
    const bool answer = !m_replyTo.isEmpty();
    const QString kind = isToned() ? QStringLiteral("feedback") : QStringLiteral("message");
    if (answer)
        change.set.insert(QStringLiteral("replyTo"), m_replyTo);
    else if (!m_on.isEmpty())
        change.set.insert(QStringLiteral("on"), m_on);
    if (isToned() && !m_tone.isEmpty())
        change.set.insert(QStringLiteral("tone"), m_tone);
    if (findField(BytesView(kind.toLatin1()), "for"))
        change.set.insert(QStringLiteral("for"), m_person);
    Journal& journal = m_desk.ports().journal;
    return journal.add(journal.privateSpace(), kind, change)
        .then([](const Result<Written>& written) -> Result<EntryId> {
            if (!written.ok())
                return written.error();
            return written.value().id;
        });
}

void DraftView::close()
{
    begin({}, {}, {});
}

QString DraftView::partner() const
{
    for (const PersonRow& row : peopleOf(m_desk.contents())) {
        if (row.id == m_person)
            return row.name;
    }
    return {};
}

QString DraftView::firstNameOf() const
{
    return firstName(partner());
}

QString DraftView::about() const
{
    const auto page = m_on.isEmpty() ? std::nullopt : goalPage(m_desk.contents(), m_on);
    return page ? page->row.title : QString();
}

void DraftView::setTone(const QString& tone)
{
    if (tone == m_tone)
        return;
    m_tone = tone;
    if (m_text.entry())
        m_desk.set(Desk::hex(*m_text.entry()), QStringLiteral("tone"), tone);
    Q_EMIT changed();
}

bool DraftView::send()
{
    m_text.handOver();
    if (m_text.isEmpty())
        return false;
    const QString person = m_person;
    m_desk.whenKept([this, person] {
        const auto entry = m_text.entry();
        if (!entry || person != m_person)
            return;
        const QString id = Desk::hex(*entry);
        const QString name = firstNameOf();
        m_desk.send(id, person);
        Q_EMIT m_desk.done(
            tr("Goes to %1 in %2 s, keep Waymark open").arg(name, QStringLiteral("%1")),
            m_desk.ports().clock.nowMs() + kRestMs, [this, id] { m_desk.takeBack(id); });
        close();
        Q_EMIT sent(id);
    });
    return true;
}

void DraftView::discard()
{
    const auto entry = m_text.entry();
    close();
    if (entry)
        m_desk.remove(Desk::hex(*entry), tr("The draft is in the bin"));
}

} // namespace Waymark

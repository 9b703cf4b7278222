// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewmodels/firstrun.h"

#include "ui/viewmodels/desk.h"

#include <QCryptographicHash>

namespace Waymark {

FirstRun::FirstRun(Desk& desk, QObject* parent) : QObject(parent), m_desk(desk), m_passphrase(this)
{
    m_passphrase.setRandom(desk.ports().random);
}

void FirstRun::setStep(Step step)
{
    m_step = step;
    m_problem.clear();
    Q_EMIT changed();
}

void FirstRun::haveInvitation()
{
    m_invited = true;
    setStep(Invited);
}

void FirstRun::startAlone()
{
    m_invited = false;
    setStep(NameAndPassphrase);
}

void FirstRun::back()
{
    if (m_busy)
        return;
    if (m_step == NameAndPassphrase && m_invited)
        setStep(Invited);
    else if (m_step == Invited || m_step == NameAndPassphrase)
        setStep(Choices);
}

void FirstRun::reset()
{
    m_link.clear();
    m_looked.clear();
    m_inviter.clear();
    m_name.clear();
    m_passphrase.forget();
    m_busy = m_invited = false;
    setStep(Choices);
    Q_EMIT foundChanged();
}

void FirstRun::setName(const QString& name)
{
    if (name == m_name)
        return;
    m_name = name;
    m_problem.clear();
    Q_EMIT changed();
}

void FirstRun::look(const QString& pasted)
{
    // Marking the link tells the field that its text changed.
    const QByteArray hash = QCryptographicHash::hash(pasted.toUtf8(), QCryptographicHash::Sha256);
    if (std::exchange(m_looked, hash) == hash)
        return;
    m_link.clear();
    m_foundProblem.clear();
    m_linkFrom = m_linkLength = 0;
    const Result<LinkContents> found = m_desk.ports().pairing.inspect(pasted);
    if (found.ok()) {
        m_link = pasted.sliced(found->from, found->length);
        m_linkFrom = found->from;
        m_linkLength = found->length;
        m_inviter = found->name;
        m_role = roleWord(roleName(found->role));
        m_expiresMs = found->expiresMs;
    } else if (!pasted.trimmed().isEmpty()) {
        m_foundProblem = sentence(found.error());
    }
    Q_EMIT foundChanged();
}

QString FirstRun::inviterFirst() const
{
    return firstName(m_inviter);
}

QString FirstRun::inviterInitials() const
{
    return initials(m_inviter);
}

int FirstRun::inviterTint() const
{
    return tint(m_inviter);
}

QString FirstRun::lastDay() const
{
    const Phrases& phrases = m_desk.phrases();
    return phrases.dayWithName(phrases.local(m_expiresMs).date());
}

QString FirstRun::lastDayDistance() const
{
    const Phrases& phrases = m_desk.phrases();
    return tr("Last day, %1").arg(phrases.distance(phrases.local(m_expiresMs).date()));
}

void FirstRun::goOn()
{
    if (isFound()) {
        setStep(NameAndPassphrase);
        return;
    }
    m_foundProblem = tr("Paste the message you were sent into the field first.");
    Q_EMIT foundChanged();
}

void FirstRun::make()
{
    if (m_busy)
        return;
    m_problem.clear();
    if (inSentence(m_name).isEmpty())
        m_problem = tr("Write your name first, as your partner will see it.");
    else if (m_passphrase.isEmpty())
        m_problem = tr("Choose a passphrase first.");
    else if (!m_passphrase.isStrong())
        m_problem = tr("This passphrase could be guessed. %1").arg(m_passphrase.reason());
    if (!m_problem.isEmpty()) {
        Q_EMIT changed();
        return;
    }
    m_busy = true;
    Q_EMIT changed();
    auto secret = std::make_shared<SecretBytes>(m_passphrase.copy());
    m_desk.ports()
        .vault.create(inSentence(m_name), secret, m_desk.ports().floorCost)
        .then(this, [this](const Result<QStringList>& recovery) {
            m_busy = false;
            if (!recovery.ok()) {
                m_problem = sentence(recovery.error());
                Q_EMIT changed();
                return;
            }
            m_passphrase.forget();
            Q_EMIT made();
            if (m_invited)
                accept();
            setStep(FirstNote);
        });
}

void FirstRun::accept()
{
    m_desk.after(m_desk.ports().pairing.accept(m_link), this, [this](const PairingRow&) {
        m_desk.ports().sync.hurry();
        m_desk.reread();
    });
}

void FirstRun::keepNote(const QString& text)
{
    const QString note = text.trimmed();
    if (note.isEmpty()) {
        m_problem = tr("Write one sentence first, or choose Not now.");
        Q_EMIT changed();
        return;
    }
    // One sentence is the goal; what follows says why.
    const QString title = note.section(u'\n', 0, 0).trimmed();
    const QString why = note.section(u'\n', 1).trimmed();
    EntryChange change;
    change.set.insert(QStringLiteral("title"), title);
    change.set.insert(QStringLiteral("status"), QStringLiteral("open"));
    if (!why.isEmpty())
        change.set.insert(QStringLiteral("why"), why);
    Journal& journal = m_desk.ports().journal;
    m_desk.after(journal.add(journal.privateSpace(), QStringLiteral("goal"), change), this,
        [this](const Written& written) {
            m_desk.reread();
            Q_EMIT finished(Desk::hex(written.id));
        });
}

void FirstRun::notNow()
{
    Q_EMIT finished({});
}

} // namespace Waymark

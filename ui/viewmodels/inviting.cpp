// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewmodels/inviting.h"

#include "ui/viewmodels/desk.h"

namespace Waymark {

namespace {

/// An address as people write it, as the relay's: the scheme may be left out.
QString addressOf(const QString& typed)
{
    const QString said = typed.trimmed();
    if (said.isEmpty() || said.contains(QLatin1String("://")))
        return said;
    return QStringLiteral("wss://") + said;
}

} // namespace

Inviting::Inviting(Desk& desk, QObject* parent)
    : QObject(parent), m_desk(desk),
      m_open(
          {
              {"key", [](const InvitationRow& row) { return row.id; }},
              {"name", [](const InvitationRow& row) { return row.forWhom; }},
              {"initials", [](const InvitationRow& row) { return initials(row.forWhom); }},
              {"tint", [](const InvitationRow& row) { return tint(row.forWhom); }},
              {"open", [](const InvitationRow& row) { return row.open; }},
              {"rowLine",
                  [this](const InvitationRow& row) {
                      const Phrases& phrases = m_desk.phrases();
                      const QDate last = phrases.local(row.expiresMs).date();
                      const QString role = row.role == QLatin1String("mentor") ? tr("Your mentor")
                          : row.role == QLatin1String("mentee")                ? tr("Your mentee")
                                                                               : tr("An equal");
                      return row.open
                          ? tr("%1 · last day %2").arg(role, phrases.dayWithName(last))
                          : tr("%1 · ran out on %2, never used").arg(role, phrases.day(last));
                  }},
          },
          this)
{
    connect(&desk, &Desk::changed, this, &Inviting::read);
    connect(&desk, &Desk::closed, this, &Inviting::startAgain);
}

void Inviting::read()
{
    m_open.set(invitationsOf(m_desk.contents()));
    if (!m_typedRelay)
        m_relay = m_desk.relay();
    Q_EMIT changed();
}

void Inviting::begin()
{
    if (!m_link.isEmpty() && m_copied)
        startAgain();
    read();
}

void Inviting::startAgain()
{
    m_forWhom.clear();
    m_message.clear();
    m_link.clear();
    m_problem.clear();
    m_relayText.clear();
    m_relayWell = m_busy = m_copied = m_typedRelay = false;
    Q_EMIT messageChanged();
    Q_EMIT changed();
}

void Inviting::setForWhom(const QString& name)
{
    if (name == m_forWhom)
        return;
    m_forWhom = name;
    m_problem.clear();
    Q_EMIT changed();
}

void Inviting::setRole(const QString& role)
{
    m_role = role;
    Q_EMIT changed();
}

QString Inviting::roleText() const
{
    const QString name = firstName(m_forWhom);
    const QString who = name.isEmpty() ? tr("The one you invite") : name;
    if (m_role == QLatin1String("mentor"))
        return tr("You write the goals; %1 suggests, comments and answers.")
            .arg(name.isEmpty() ? tr("your mentor") : name);
    if (m_role == QLatin1String("mentee"))
        return tr("%1 writes the goals; you suggest, comment and answer.").arg(who);
    return tr("Both of you may do everything.");
}

void Inviting::setRelay(const QString& relay)
{
    if (relay == m_relay)
        return;
    m_relay = relay;
    m_typedRelay = true;
    m_relayText.clear();
    m_relayWell = false;
    Q_EMIT changed();
}

void Inviting::tryRelay()
{
    const QString address = addressOf(m_relay);
    m_relayWell = false;
    if (address.isEmpty()) {
        m_relayText = tr("Write the relay's address first, as you were given it.");
        Q_EMIT changed();
        return;
    }
    if (address.contains(u' ')) {
        m_relayText = tr("There is a space in this address. Take it out to go on.");
        Q_EMIT changed();
        return;
    }
    m_busy = true;
    m_relayText = tr("Asking…");
    Q_EMIT changed();
    m_desk.ports().sync.tryRelay(address).then(this, [this, address](const Status& status) {
        m_busy = false;
        m_relayWell = status.ok();
        m_relayText = status.ok() ? tr("It answers.") : sentence(status.error());
        if (status.ok())
            m_desk.setRelay(address);
        Q_EMIT changed();
    });
}

void Inviting::make()
{
    m_problem.clear();
    if (m_forWhom.trimmed().isEmpty())
        m_problem = tr("Write for whom it is first, so that you know who asks later.");
    else if (addressOf(m_relay).isEmpty())
        m_problem = tr("Write the address of a relay first. Ask your programme, or the one who "
                       "runs yours.");
    if (!m_problem.isEmpty() || m_busy) {
        Q_EMIT changed();
        return;
    }
    m_busy = true;
    Q_EMIT changed();
    // An invitation that did not come about has left its space, which serves again.
    for (const Space& space : m_desk.contents().spaces) {
        const bool alone = !space.isPrivate && space.members.size() == 1;
        if (alone && space.name == m_forWhom.trimmed()) {
            invite(Desk::hex(space.id));
            return;
        }
    }
    const Role mine = m_role == QLatin1String("mentor") ? Role::Mentee
        : m_role == QLatin1String("mentee")             ? Role::Mentor
                                                        : Role::Peer;
    m_desk.ports()
        .journal.createSpace(m_forWhom.trimmed(), mine)
        .then(this, [this](const Result<SpaceId>& space) {
            if (space.ok())
                invite(Desk::hex(space.value()));
            else
                fail(space.error());
        });
}

void Inviting::invite(const QString& space)
{
    const QString address = addressOf(m_relay);
    const Role theirs = roleFromName(m_role).value_or(Role::Peer);
    m_desk.ports()
        .pairing.invite(*Desk::spaceId(space), address, theirs, /*acceptFirst=*/false)
        .then(this, [this, address](const Result<OpenInvitation>& invitation) {
            if (!invitation.ok()) {
                fail(invitation.error());
                return;
            }
            m_busy = false;
            m_relayWell = true;
            m_relayText = tr("It answers, and took this invitation.");
            if (address != m_desk.relay())
                m_desk.setRelay(address);
            write(invitation->link, invitation->expiresMs);
            m_desk.reread();
        });
}

void Inviting::fail(const Error& error)
{
    m_busy = false;
    m_problem = sentence(error);
    Q_EMIT changed();
}

void Inviting::write(const QString& link, qint64 expiresMs)
{
    const Phrases& phrases = m_desk.phrases();
    const QString last = phrases.dayWithName(phrases.local(expiresMs).date());
    m_link = link;
    m_message = tr("Dear %1,\n\nI should like to keep our notes in Waymark, a shared notebook for "
                   "mentoring, so that we both find again what we said.\n\nPlease install Waymark, "
                   "open it, choose “I have an invitation”, and paste this whole message into "
                   "it:\n\n%2\n\nIt works once, until %3.\n\n%4\n")
                    .arg(inSentence(m_forWhom), link, last, inSentence(m_desk.ownerName()));
    m_copied = false;
    Q_EMIT messageChanged();
    Q_EMIT changed();
}

void Inviting::noteCopied()
{
    m_copied = true;
    Q_EMIT changed();
}

void Inviting::withdraw(const QString& invitation)
{
    m_desk.after(m_desk.ports().pairing.withdraw(QByteArray::fromHex(invitation.toLatin1())), this,
        [this] { m_desk.reread(); });
}

void Inviting::show(const QString& invitation)
{
    const int row = m_open.indexOfId(invitation);
    if (row < 0 || m_open.rows()[row].link.isEmpty())
        return;
    const InvitationRow chosen = m_open.rows()[row];
    m_forWhom = chosen.forWhom;
    m_role = chosen.role;
    write(chosen.link, chosen.expiresMs);
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewmodels/door.h"

#include "ui/viewmodels/desk.h"

namespace Waymark {

namespace {

/// The same person, as far as a name can say: "Tomás" was invited and "Tomás Okafor" asks.
bool isExpected(const AskerRow& row)
{
    const QString invited = inSentence(row.invited).toCaseFolded();
    const QString asks = inSentence(row.name).toCaseFolded();
    if (invited.isEmpty() || invited == asks)
        return true;
    return asks.startsWith(invited + u' ') || invited.startsWith(asks + u' ');
}

} // namespace

Door::Door(Desk& desk, QObject* parent)
    : QObject(parent), m_desk(desk),
      m_askers(
          {
              {"key", [](const AskerRow& row) { return row.id; }},
              {"name", [](const AskerRow& row) { return row.name; }},
              {"firstName", [](const AskerRow& row) { return firstName(row.name); }},
              {"initials", [](const AskerRow& row) { return initials(row.name); }},
              {"tint", [](const AskerRow& row) { return tint(row.name); }},
              {"role", [](const AskerRow& row) { return roleWord(row.role); }},
              {"invited", [](const AskerRow& row) { return row.invited; }},
              {"expected", [](const AskerRow& row) { return isExpected(row); }},
              {"resting", [](const AskerRow& row) { return row.goesAtMs > 0; }},
              {"seconds",
                  [this](
                      const AskerRow& row) { return m_desk.phrases().secondsUntil(row.goesAtMs); }},
          },
          this),
      m_waiting(
          {
              {"key", [](const WaitingRow& row) { return row.id; }},
              {"person", [](const WaitingRow& row) { return row.person; }},
              {"name", [](const WaitingRow& row) { return row.name; }},
              {"firstName", [](const WaitingRow& row) { return firstName(row.name); }},
              {"role", [](const WaitingRow& row) { return roleWord(row.role); }},
              {"refused", [](const WaitingRow& row) { return row.refused; }},
              {"lastDay",
                  [this](const WaitingRow& row) {
                      const Phrases& phrases = m_desk.phrases();
                      return phrases.dayWithName(phrases.local(row.expiresMs).date());
                  }},
          },
          this)
{
    connect(&desk, &Desk::changed, this, &Door::read);
    m_timer.setInterval(1000);
    connect(&m_timer, &QTimer::timeout, this, &Door::tick);
}

void Door::read()
{
    QList<AskerRow> askers = askersOf(m_desk.contents());
    for (AskerRow& row : askers)
        row.goesAtMs = m_goesAtMs.value(row.id);
    m_askers.set(askers);
    m_waiting.set(waitingOf(m_desk.contents()));
}

void Door::letIn(const QString& asker)
{
    m_goesAtMs.insert(asker, m_desk.ports().clock.nowMs() + kRestMs);
    m_timer.start();
    read();
}

void Door::undo(const QString& asker)
{
    m_goesAtMs.remove(asker);
    read();
}

void Door::turnAway(const QString& asker)
{
    m_goesAtMs.remove(asker);
    m_desk.after(m_desk.ports().pairing.turnAway(QByteArray::fromHex(asker.toLatin1())), this,
        [this] { m_desk.reread(); });
}

void Door::confirm(const QString& asker)
{
    m_desk.after(
        m_desk.ports().pairing.confirm(QByteArray::fromHex(asker.toLatin1())), this, [this, asker] {
            m_goesAtMs.remove(asker);
            m_desk.reread();
        });
}

void Door::finish()
{
    m_timer.stop();
    const QHash<QString, qint64> resting = std::exchange(m_goesAtMs, {});
    for (auto asker = resting.begin(); asker != resting.end(); ++asker)
        confirm(asker.key());
}

void Door::tick()
{
    const qint64 now = m_desk.ports().clock.nowMs();
    bool resting = false;
    for (auto asker = m_goesAtMs.begin(); asker != m_goesAtMs.end(); ++asker) {
        if (asker.value() > now) {
            resting = true;
        } else if (asker.value() > 0) {
            asker.value() = 0; // asked for once
            confirm(asker.key());
        }
    }
    if (!resting)
        m_timer.stop();
    m_askers.touch();
}

} // namespace Waymark

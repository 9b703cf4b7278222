// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewmodels/sign.h"

#include "ui/viewmodels/desk.h"

namespace Waymark {

Sign::Sign(Desk& desk, QObject* parent) : QObject(parent), m_desk(desk)
{
    connect(&desk, &Desk::changed, this, &Sign::changed);
    connect(&desk, &Desk::connectionChanged, this, &Sign::changed);
}

bool Sign::isAlone() const
{
    const QList<PersonRow> people = peopleOf(m_desk.contents());
    return std::all_of(
        people.begin(), people.end(), [](const PersonRow& row) { return row.invited; });
}

int Sign::waiting() const
{
    const auto marked = [](const QList<Entry>& entries) {
        return int(std::count_if(entries.begin(), entries.end(),
            [](const Entry& entry) { return entry.waiting.has_value(); }));
    };
    return m_desk.sync().outbox + marked(m_desk.contents().goals) + marked(m_desk.contents().words);
}

bool Sign::isOffline() const
{
    // A connection that has just begun is no news.
    return m_desk.offlineSinceMs() > 0 && m_desk.sync().connection == ConnectionState::Offline;
}

QString Sign::text() const
{
    const int n = waiting();
    if (isAlone())
        return tr("Saved here");
    if (n == 0)
        return isOffline() ? tr("Offline, saved here") : tr("All caught up");
    QString name;
    for (const PersonRow& row : peopleOf(m_desk.contents()))
        name = name.isEmpty() && row.waiting ? firstName(row.name) : name;
    if (!name.isEmpty()) {
        return n == 1 ? tr("1 waits for %1, saved here").arg(name)
                      : tr("%n wait for %1, saved here", nullptr, n).arg(name);
    }
    return n == 1 ? tr("1 change waiting, saved here")
                  : tr("%n changes waiting, saved here", nullptr, n);
}

QString Sign::detail() const
{
    const SyncStatus& sync = m_desk.sync();
    if (isAlone())
        return tr("Everything is saved on this computer.");
    if (sync.outbox == 0 && waiting() == 0)
        return tr("Your partner has received all you sent.");
    const int sent = sync.outbox - sync.unsent;
    if (sync.unsent == 0 && sent > 0)
        return tr("Sent, and not received yet. It goes on by itself.");
    return tr("Saved on this computer. It goes by itself when the relay answers.");
}

QString Sign::icon() const
{
    if (isAlone())
        return QStringLiteral("hard-drive");
    if (isOffline())
        return QStringLiteral("cloud-off");
    return waiting() > 0 ? QStringLiteral("clock") : QStringLiteral("check");
}

QString Sign::offlineTitle() const
{
    return tr("The relay can't be reached since %1")
        .arg(m_desk.phrases().timeOfDay(m_desk.offlineSinceMs()));
}

QString Sign::offlineText() const
{
    const int n = waiting();
    if (n == 0)
        return tr("You can go on; what you write is saved here.");
    return n == 1
        ? tr("One change is saved here and goes by itself when it answers.")
        : tr("%n changes are saved here and go by themselves when it answers.", nullptr, n);
}

void Sign::tryNow()
{
    m_desk.ports().sync.hurry();
}

} // namespace Waymark

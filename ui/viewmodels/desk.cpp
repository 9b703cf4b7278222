// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewmodels/desk.h"

#include "app/domain/stores.h"
#include "ui/viewmodels/textsession.h"

namespace Waymark {

namespace {

/// Several answers gathered before they are looked at.
struct Gathering
{
    Contents contents;
    SyncStatus sync;
    QString relay;
    QString ownerName;
    int missing = 0;
    std::optional<Error> error;
};

} // namespace

Desk::Desk(PagePorts ports) : m_ports(std::move(ports)), m_phrases(m_ports.clock)
{
    connect(&m_ports.journal.notifier(), &ChangeNotifier::changed, this, &Desk::onChanged);
    connect(&m_ports.sync, &SyncControl::statusChanged, this, &Desk::follow);
    connect(&m_ports.sync, &SyncControl::pairingsChanged, this, &Desk::reread);
    m_tick.setSingleShot(true);
    connect(&m_tick, &QTimer::timeout, this, &Desk::tick);
}

std::optional<EntryId> Desk::entryId(const QString& hex)
{
    return EntryId::fromHex(hex.toLatin1());
}

std::optional<SpaceId> Desk::spaceId(const QString& hex)
{
    return SpaceId::fromHex(hex.toLatin1());
}

void Desk::open()
{
    m_open = true;
    m_ports.sync.start();
    readAll();
}

void Desk::close()
{
    ++m_round;
    m_open = m_read = m_reading = m_again = false;
    m_contents = {};
    m_sync = {};
    m_relay.clear();
    m_offlineSinceMs = 0;
    m_tick.stop();
    Q_EMIT closed();
    Q_EMIT changed();
    Q_EMIT connectionChanged();
}

void Desk::onChanged(const ChangeSet& changes)
{
    if (changes.fromOthers) {
        Q_EMIT arrived();
        carryOutWhatIsDue(); // perhaps I was let in
    }
    reread();
}

void Desk::reread()
{
    if (!m_open)
        return;
    if (m_reading)
        m_again = true;
    else
        readAll();
}

void Desk::readAll()
{
    m_reading = true;
    m_again = false;
    auto gathering = std::make_shared<Gathering>();
    gathering->contents.me = m_ports.journal.me();
    gathering->contents.privateSpace = m_ports.journal.privateSpace();
    const quint64 round = m_round;
    const auto finished = [this, gathering, round] {
        if (--gathering->missing > 0 || round != m_round)
            return;
        m_reading = false;
        if (gathering->error) {
            fail(*gathering->error);
        } else {
            m_contents = std::move(gathering->contents);
            m_relay = gathering->relay;
            m_ownerName = gathering->ownerName;
            m_read = true;
            follow(gathering->sync);
            Q_EMIT changed();
            scheduleTick();
        }
        if (m_again)
            readAll();
    };
    // All are counted before the first can be there.
    gathering->missing = 9;
    const auto take
        = [this, gathering, finished]<typename Value>(QFuture<Result<Value>> future, auto store) {
              future.then(this, [gathering, finished, store](const Result<Value>& result) {
                  if (result.ok())
                      store(result.value());
                  else if (!gathering->error)
                      gathering->error = result.error();
                  finished();
              });
          };
    const auto listed = [](const char* kind) {
        EntryQuery query;
        query.kind = QString::fromLatin1(kind);
        return query;
    };
    take(m_ports.entries.spaces(), [gathering](const auto& v) { gathering->contents.spaces = v; });
    take(m_ports.entries.list(listed("goal")),
        [gathering](const auto& v) { gathering->contents.goals = v; });
    take(m_ports.entries.list(listed("milestone")),
        [gathering](const auto& v) { gathering->contents.marks = v; });
    take(m_ports.entries.list(listed("feedback")),
        [gathering](const auto& v) { gathering->contents.words += v; });
    take(m_ports.entries.list(listed("message")),
        [gathering](const auto& v) { gathering->contents.words += v; });
    take(m_ports.pairing.list(), [gathering](const auto& v) { gathering->contents.pairings = v; });
    take(m_ports.sync.status(), [gathering](const auto& v) { gathering->sync = v; });
    take(m_ports.sync.relay(), [gathering](const auto& v) { gathering->relay = v; });
    take(m_ports.vault.ownerName(), [gathering](const auto& v) { gathering->ownerName = v; });
}

void Desk::follow(const SyncStatus& status)
{
    if (!m_open)
        return;
    const bool offline = status.connection == ConnectionState::Offline
        || status.connection == ConnectionState::Connecting;
    if (!offline)
        m_offlineSinceMs = 0;
    else if (m_offlineSinceMs == 0)
        m_offlineSinceMs = m_ports.clock.nowMs();
    m_sync = status;
    Q_EMIT connectionChanged();
}

void Desk::fail(const Error& error)
{
    if (error.code != ErrorCode::VaultLocked)
        Q_EMIT failed(error);
}

void Desk::setRelay(const QString& relay)
{
    m_relay = relay;
    after(m_ports.sync.setRelay(relay), this, [this] { Q_EMIT connectionChanged(); });
}

void Desk::carryOutWhatIsDue()
{
    const qint64 now = m_ports.clock.nowMs();
    const auto due = [now](const Entry& entry) {
        return entry.waiting && entry.waiting->sinceMs + kRestMs <= now;
    };
    const bool any = std::any_of(m_contents.goals.begin(), m_contents.goals.end(), due)
        || std::any_of(m_contents.words.begin(), m_contents.words.end(), due);
    if (any)
        after(m_ports.journal.carryOut(/*all=*/false), this, [](int) {});
}

void Desk::tick()
{
    carryOutWhatIsDue();
    Q_EMIT ticked();
    scheduleTick();
}

void Desk::scheduleTick()
{
    // While something rests its seconds are counted down; what is due and could not go (nobody has
    // let me in yet) needs no second's care.
    const qint64 now = m_ports.clock.nowMs();
    const auto resting = [now](const Entry& entry) {
        return entry.waiting && entry.waiting->sinceMs + kRestMs > now;
    };
    const bool any = std::any_of(m_contents.goals.begin(), m_contents.goals.end(), resting)
        || std::any_of(m_contents.words.begin(), m_contents.words.end(), resting);
    m_tick.start(any ? 1000 : 30'000);
}

void Desk::enrol(TextSession* session)
{
    m_sessions.append(session);
    connect(session, &TextSession::changed, this, &Desk::onKept);
}

void Desk::whenKept(std::function<void()> then)
{
    handOver();
    m_afterKept.push_back(std::move(then));
    onKept();
}

void Desk::onKept()
{
    m_sessions.removeIf([](const QPointer<TextSession>& session) { return session.isNull(); });
    const bool kept = std::all_of(m_sessions.begin(), m_sessions.end(),
        [](const QPointer<TextSession>& session) { return session->isKept(); });
    if (!kept)
        return;
    for (const std::function<void()>& then : std::exchange(m_afterKept, {}))
        then();
}

void Desk::set(const QString& id, const QString& field, const QJsonValue& value)
{
    const auto entry = entryId(id);
    if (!entry)
        return;
    EntryChange change;
    change.set.insert(field, value);
    after(m_ports.journal.change(*entry, change), this, [](const Written&) {});
}

void Desk::share(const QString& id, const QString& person)
{
    const auto entry = entryId(id);
    const auto space = spaceId(person);
    if (!entry || !space)
        return;
    whenKept([this, entry, space] {
        after(m_ports.journal.shareLater(*entry, *space), this, [this] { reread(); });
    });
}

void Desk::send(const QString& id, const QString& person)
{
    const auto entry = entryId(id);
    const auto space = spaceId(person);
    if (!entry || !space)
        return;
    whenKept([this, entry, space] {
        after(m_ports.journal.sendLater(*entry, *space), this, [this] { reread(); });
    });
}

void Desk::takeBack(const QString& id)
{
    if (const auto entry = entryId(id))
        after(m_ports.journal.takeBack(*entry), this, [this] { reread(); });
}

void Desk::remove(const QString& id, const QString& said)
{
    const auto entry = entryId(id);
    if (!entry)
        return;
    whenKept([this, entry, said] {
        after(m_ports.journal.remove(*entry), this, [this, entry, said](const Written&) {
            Q_EMIT done(said, m_ports.clock.nowMs() + kRestMs, [this, entry] {
                after(m_ports.journal.restore(*entry), this, [](const Written&) {});
            });
        });
    });
}

} // namespace Waymark

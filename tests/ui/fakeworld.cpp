// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/fakeworld.h"

#include "ui/viewmodels/textedits.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QPromise>

namespace Waymark::Tests {

namespace {

Bytes hashed(const QString& name, int size)
{
    return QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256).first(size);
}

} // namespace

class FakeWorld::Sync final : public SyncControl
{
public:
    explicit Sync(FakeWorld& world) : m_world(world) { }
    QFuture<Result<SyncCounts>> syncOnce(int) override
    {
        return m_world.answer<SyncCounts>([] { return SyncCounts{}; });
    }
    void start() override { m_world.calls.append(QStringLiteral("start")); }
    void stop() override { m_world.calls.append(QStringLiteral("stop")); }
    void hurry() override { m_world.calls.append(QStringLiteral("hurry")); }
    QFuture<Result<SyncStatus>> status() override
    {
        return m_world.answer<SyncStatus>([this] { return m_world.status; });
    }
    QFuture<Status> tryRelay(QString relay) override
    {
        return m_world.answerStatus([this, relay] {
            m_world.calls.append(QStringLiteral("tryRelay ") + relay);
            return Status();
        });
    }
    QFuture<Result<QString>> relay() override
    {
        return m_world.answer<QString>([this] { return m_world.relayAddress; });
    }
    QFuture<Status> setRelay(QString relay) override
    {
        return m_world.answerStatus([this, relay] {
            m_world.relayAddress = relay;
            return Status();
        });
    }

private:
    FakeWorld& m_world;
};

FakeWorld::FakeWorld() : m_sync(std::make_unique<Sync>(*this))
{
    myself = personId(QStringLiteral("me"));
    privateId = spaceId(QStringLiteral("private"));
    Space own{.id = privateId, .name = {}, .isPrivate = true, .role = Role::Peer, .members = {}};
    own.members.append({myself, owner, Role::Peer, true});
    allSpaces.append(own);
}

FakeWorld::~FakeWorld() = default;

PagePorts FakeWorld::ports()
{
    return {.clock = clock,
        .random = random,
        .vault = *this,
        .journal = *this,
        .entries = *this,
        .pairing = *this,
        .sync = *m_sync,
        .floorCost = true};
}

EntryId FakeWorld::entryId(const QString& name)
{
    return *EntryId::fromBytes(hashed(QStringLiteral("entry ") + name, 16));
}

SpaceId FakeWorld::spaceId(const QString& name)
{
    return *SpaceId::fromBytes(hashed(QStringLiteral("space ") + name, 16));
}

PersonId FakeWorld::personId(const QString& name)
{
    return *PersonId::fromBytes(hashed(QStringLiteral("person ") + name, 16));
}

QString FakeWorld::hex(const QString& entryName)
{
    return QString::fromLatin1(entryId(entryName).hex());
}

Space& FakeWorld::addSpace(const QString& id, const QString& partner, Role mine, Role theirs)
{
    Space space{
        .id = spaceId(id), .name = partner, .isPrivate = false, .role = mine, .members = {}};
    space.members.append({myself, owner, mine, true});
    space.members.append({personId(id), partner, theirs, false});
    allSpaces.append(space);
    return allSpaces.last();
}

Entry& FakeWorld::addEntry(const QString& id, const QString& kind, const QString& space,
    const QJsonObject& fields, qint64 atMs, const QString& by)
{
    Entry entry;
    entry.id = entryId(id);
    entry.space = spaceId(space);
    entry.kind = kind;
    entry.fields = fields;
    entry.by = by.isEmpty() ? myself : personId(by);
    entry.atMs = atMs ? atMs : clock.now;
    entry.delivery = entry.space == privateId ? Delivery::Private : Delivery::Received;
    allEntries.append(entry);
    return allEntries.last();
}

Entry* FakeWorld::find(const EntryId& id)
{
    for (Entry& entry : allEntries) {
        if (entry.id == id)
            return &entry;
    }
    return nullptr;
}

void FakeWorld::tellChanged(bool fromOthers)
{
    post([this, fromOthers] {
        ChangeSet changes;
        changes.fromOthers = fromOthers;
        Q_EMIT m_notifier.changed(changes);
    });
}

void FakeWorld::tellStatus()
{
    post([this] { Q_EMIT m_sync->statusChanged(status); });
}

void FakeWorld::post(std::function<void()> work)
{
    m_work.append(std::move(work));
    schedule();
}

void FakeWorld::schedule()
{
    if (m_work.isEmpty() || std::exchange(m_running, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_running = false;
            const auto next = m_work.takeFirst();
            schedule();
            next();
        },
        Qt::QueuedConnection);
}

void FakeWorld::settle()
{
    for (int idle = 0; idle < 8;) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        idle = m_work.isEmpty() && !m_running ? idle + 1 : 0;
    }
}

template <typename Value>
QFuture<Result<Value>> FakeWorld::answer(std::function<Result<Value>()> work)
{
    auto promise = std::make_shared<QPromise<Result<Value>>>();
    promise->start();
    const QFuture<Result<Value>> future = promise->future();
    post([this, promise, work = std::move(work)] {
        if (nextError)
            promise->addResult(Result<Value>(*std::exchange(nextError, std::nullopt)));
        else
            promise->addResult(work());
        promise->finish();
    });
    return future;
}

QFuture<Status> FakeWorld::answerStatus(std::function<Status()> work)
{
    auto promise = std::make_shared<QPromise<Status>>();
    promise->start();
    const QFuture<Status> future = promise->future();
    post([this, promise, work = std::move(work)] {
        if (nextError)
            promise->addResult(Status(*std::exchange(nextError, std::nullopt)));
        else
            promise->addResult(work());
        promise->finish();
    });
    return future;
}

Result<Written> FakeWorld::written(const EntryId& id)
{
    tellChanged();
    return Written{id, Hash{}};
}

QFuture<Result<SpaceId>> FakeWorld::createSpace(QString name, Role role)
{
    return answer<SpaceId>([this, name, role]() -> Result<SpaceId> {
        Space space{.id = spaceId(QStringLiteral("made %1").arg(++m_made)),
            .name = name,
            .isPrivate = false,
            .role = role,
            .members = {}};
        space.members.append({myself, owner, role, true});
        allSpaces.append(space);
        tellChanged();
        return space.id;
    });
}

QFuture<Result<Written>> FakeWorld::add(SpaceId space, QString kind, EntryChange change)
{
    return answer<Written>([this, space, kind, change]() -> Result<Written> {
        calls.append(QStringLiteral("add ") + kind);
        const bool said = kind == QLatin1String("feedback") || kind == QLatin1String("message");
        if (said && change.set.value(QStringLiteral("body")).toString().isEmpty())
            return ErrorCode::Usage;
        Entry entry;
        entry.id = entryId(QStringLiteral("made %1").arg(++m_made));
        entry.space = space;
        entry.kind = kind;
        entry.fields = change.set;
        entry.by = myself;
        entry.atMs = clock.now;
        entry.delivery = space == privateId ? Delivery::Private : Delivery::KeptHere;
        allEntries.append(entry);
        return written(entry.id);
    });
}

QFuture<Result<Written>> FakeWorld::change(EntryId id, EntryChange change)
{
    return answer<Written>([this, id, change]() -> Result<Written> {
        Entry* entry = find(id);
        if (!entry)
            return ErrorCode::NotFound;
        for (auto field = change.set.begin(); field != change.set.end(); ++field) {
            if (field.value().toString().isEmpty() && field.value().isString())
                entry->fields.remove(field.key());
            else
                entry->fields.insert(field.key(), field.value());
        }
        return written(id);
    });
}

QFuture<Result<Written>> FakeWorld::remove(EntryId id)
{
    return answer<Written>([this, id]() -> Result<Written> {
        Entry* entry = find(id);
        if (!entry)
            return ErrorCode::NotFound;
        entry->deleted = true;
        return written(id);
    });
}

QFuture<Result<Written>> FakeWorld::restore(EntryId id)
{
    return answer<Written>([this, id] {
        find(id)->deleted = false;
        return written(id);
    });
}

QFuture<Result<Written>> FakeWorld::acknowledge(EntryId id)
{
    return answer<Written>([this, id] {
        find(id)->acknowledged.append(myself);
        return written(id);
    });
}

QFuture<Result<Written>> FakeWorld::move(EntryId id, ItemPlace place)
{
    return answer<Written>([this, id, place] {
        const auto at = [this](const EntryId& wanted) {
            for (qsizetype i = 0; i < allEntries.size(); ++i) {
                if (allEntries[i].id == wanted)
                    return i;
            }
            return qsizetype(0);
        };
        const Entry entry = allEntries.takeAt(at(id));
        const qsizetype sibling = at(place.sibling);
        allEntries.insert(place.where == ItemPlace::Where::Before ? sibling : sibling + 1, entry);
        return written(id);
    });
}

QFuture<Result<Written>> FakeWorld::share(EntryId id, SpaceId space, QStringList)
{
    return answer<Written>([this, id, space] {
        Entry shared = *find(id);
        shared.id = entryId(QStringLiteral("made %1").arg(++m_made));
        shared.space = space;
        shared.waiting.reset();
        shared.delivery = Delivery::KeptHere;
        find(id)->sharedAs = shared.id;
        find(id)->waiting.reset();
        const QString before = QString::fromLatin1(id.hex());
        for (Entry& item : allEntries) {
            if (item.text(u"in") == before) {
                item.fields.insert(QStringLiteral("in"), QString::fromLatin1(shared.id.hex()));
                item.space = space;
            }
        }
        allEntries.append(shared);
        return written(shared.id);
    });
}

QFuture<Result<Written>> FakeWorld::send(EntryId id, SpaceId space)
{
    return answer<Written>([this, id, space] {
        Entry sent = *find(id);
        sent.id = entryId(QStringLiteral("made %1").arg(++m_made));
        sent.space = space;
        sent.waiting.reset();
        sent.delivery = Delivery::KeptHere;
        sent.atMs = clock.now;
        find(id)->deleted = true;
        find(id)->waiting.reset();
        allEntries.append(sent);
        return written(sent.id);
    });
}

QFuture<Status> FakeWorld::shareLater(EntryId id, SpaceId space, QStringList)
{
    return answerStatus([this, id, space]() -> Status {
        find(id)->waiting = WaitingMark{.send = false, .space = space, .sinceMs = clock.now};
        return {};
    });
}

QFuture<Status> FakeWorld::sendLater(EntryId id, SpaceId space)
{
    return answerStatus([this, id, space]() -> Status {
        find(id)->waiting = WaitingMark{.send = true, .space = space, .sinceMs = clock.now};
        return {};
    });
}

QFuture<Status> FakeWorld::look(SpaceId)
{
    calls.append(QStringLiteral("look"));
    return answerStatus([]() -> Status { return {}; });
}

QFuture<Status> FakeWorld::takeBack(EntryId id)
{
    return answerStatus([this, id]() -> Status {
        if (!find(id)->waiting)
            return ErrorCode::Refused;
        find(id)->waiting.reset();
        return {};
    });
}

QFuture<Result<int>> FakeWorld::carryOut(bool all)
{
    return answer<int>([this, all]() -> Result<int> {
        int count = 0;
        const QList<Entry> before = allEntries;
        for (const Entry& entry : before) {
            if (!entry.waiting || (!all && entry.waiting->sinceMs + 10'000 > clock.now))
                continue;
            ++count;
            if (entry.waiting->send)
                (void)send(entry.id, entry.waiting->space);
            else
                (void)share(entry.id, entry.waiting->space, {});
        }
        return count;
    });
}

FakeWorld::OpenText& FakeWorld::text(const EntryId& id, const QString& field)
{
    const QString key = QString::fromLatin1(id.hex()) + field;
    if (!m_texts.contains(key)) {
        const Entry* entry = find(id);
        m_texts.insert(key, {.text = entry ? entry->text(field) : QString(), .since = {}});
    }
    return m_texts[key];
}

QFuture<Result<TextView>> FakeWorld::openText(EntryId id, QString field)
{
    return answer<TextView>([this, id, field]() -> Result<TextView> {
        const OpenText& open = text(id, field);
        return TextView{open.number, open.text};
    });
}

QFuture<Result<quint64>> FakeWorld::editText(
    EntryId id, QString field, quint64 number, QList<Utf16Edit> edits)
{
    return answer<quint64>([this, id, field, number, edits]() -> Result<quint64> {
        OpenText& open = text(id, field);
        QList<Utf16Edit> carried = edits;
        for (const auto& [after, other] : open.since) {
            if (after > number)
                carried = crossed(carried, other, /*firstStandsBefore=*/false).first;
        }
        open.text = applied(open.text, carried);
        open.since.append({++open.number, carried});
        if (Entry* entry = find(id))
            entry->fields.insert(field, open.text);
        return open.number;
    });
}

void FakeWorld::remoteEdit(const EntryId& id, const QString& field, const QList<Utf16Edit>& edits)
{
    post([this, id, field, edits] {
        OpenText& open = text(id, field);
        open.text = applied(open.text, edits);
        open.since.append({++open.number, edits});
        if (Entry* entry = find(id))
            entry->fields.insert(field, open.text);
        Q_EMIT m_notifier.textChanged(id, field, edits, open.number);
    });
}

QFuture<Result<Written>> FakeWorld::seal(EntryId id)
{
    return answer<Written>([this, id] { return written(id); });
}

QFuture<Status> FakeWorld::sealAll()
{
    return answerStatus([] { return Status(); });
}

void FakeWorld::closeText(EntryId, QString) { }

QFuture<Result<QList<Space>>> FakeWorld::spaces()
{
    return answer<QList<Space>>([this] { return allSpaces; });
}

QFuture<Result<QList<Entry>>> FakeWorld::list(EntryQuery query)
{
    return answer<QList<Entry>>([this, query]() -> Result<QList<Entry>> {
        QList<Entry> found;
        for (const Entry& entry : allEntries) {
            if (entry.kind == query.kind && (!entry.deleted || query.withDeleted))
                found.append(entry);
        }
        return found;
    });
}

QFuture<Result<Entry>> FakeWorld::entry(EntryId id)
{
    return answer<Entry>([this, id]() -> Result<Entry> {
        if (const Entry* found = find(id))
            return *found;
        return ErrorCode::NotFound;
    });
}

QFuture<Result<Entry>> FakeWorld::member(SpaceId, PersonId)
{
    return answer<Entry>([]() -> Result<Entry> { return ErrorCode::NotFound; });
}

QFuture<Result<EntryId>> FakeWorld::resolve(QString)
{
    return answer<EntryId>([]() -> Result<EntryId> { return ErrorCode::NotFound; });
}

QFuture<Result<SpaceId>> FakeWorld::resolveSpace(QString)
{
    return answer<SpaceId>([]() -> Result<SpaceId> { return ErrorCode::NotFound; });
}

QFuture<Result<QList<EntryRow>>> FakeWorld::rows(SpaceId, QString, int, int)
{
    return answer<QList<EntryRow>>([] { return QList<EntryRow>{}; });
}

QFuture<Result<QList<HistoryItem>>> FakeWorld::history(EntryId)
{
    return answer<QList<HistoryItem>>([] { return QList<HistoryItem>{}; });
}

QFuture<Result<VaultInfo>> FakeWorld::info()
{
    return answer<VaultInfo>([] { return VaultInfo{}; });
}

QFuture<Result<QStringList>> FakeWorld::create(QString ownerName, SharedSecret secret, bool)
{
    return answer<QStringList>([this, ownerName, secret] {
        owner = ownerName;
        passphrase = secret->view().toByteArray();
        vaultThere = vaultOpen = true;
        return QStringList{};
    });
}

QFuture<Status> FakeWorld::unlock(SharedSecret secret)
{
    return answerStatus([this, secret]() -> Status {
        if (!secret->equals(passphrase))
            return ErrorCode::VaultWrongPassphrase;
        vaultOpen = true;
        return {};
    });
}

QFuture<Status> FakeWorld::unlockWithRecovery(SharedSecret)
{
    return answerStatus([] { return Status(ErrorCode::VaultWrongRecovery); });
}

QFuture<Status> FakeWorld::changePassphrase(SharedSecret, SharedSecret)
{
    return answerStatus([] { return Status(ErrorCode::Refused); });
}

QFuture<Status> FakeWorld::recover(SharedSecret, SharedSecret)
{
    return answerStatus([] { return Status(ErrorCode::VaultWrongRecovery); });
}

QFuture<Status> FakeWorld::lock()
{
    return answerStatus([this]() -> Status {
        calls.append(QStringLiteral("lock"));
        vaultOpen = false;
        m_texts.clear();
        return {};
    });
}

QFuture<Result<QString>> FakeWorld::ownerName()
{
    return answer<QString>([this]() -> Result<QString> {
        if (!vaultOpen)
            return ErrorCode::VaultLocked;
        return owner;
    });
}

Result<LinkContents> FakeWorld::inspect(const QString& text) const
{
    const qsizetype at = text.indexOf(QLatin1String("waymark:pair#"));
    if (at < 0 || !link)
        return ErrorCode::LinkInvalid;
    LinkContents found = *link;
    qsizetype end = at;
    while (end < text.size() && !text[end].isSpace())
        ++end;
    found.from = at;
    found.length = end - at;
    return found;
}

QFuture<Result<OpenInvitation>> FakeWorld::invite(SpaceId space, QString relay, Role role, bool)
{
    return answer<OpenInvitation>([this, space, relay, role]() -> Result<OpenInvitation> {
        calls.append(QStringLiteral("invite ") + relay);
        OpenInvitation made{.id = hashed(QStringLiteral("invitation"), 16),
            .link = QStringLiteral("waymark:pair#AXdzczovL3JlbGF5LmV4YW1wbGUub3JnL3EvYlQ0dW5rMm9RYz"
                                   "lXbEg3eFZrTjN5ZEZnUjZzajJhTXBFMHFaX0xpbmFfSGFkZGFk"),
            .expiresMs = clock.now + 7 * 86'400'000LL};
        PairingRow row;
        row.id = made.id;
        row.space = space;
        row.role = role;
        row.expiresMs = made.expiresMs;
        row.link = made.link;
        pairings.append(row);
        return made;
    });
}

QFuture<Result<PairingRow>> FakeWorld::accept(QString text)
{
    return answer<PairingRow>([this, text]() -> Result<PairingRow> {
        calls.append(QStringLiteral("accept ") + text);
        PairingRow row;
        row.id = hashed(QStringLiteral("asked"), 16);
        row.space = link->space;
        row.name = link->name;
        row.role = link->role;
        row.side = PairingSide::Asker;
        row.state = PairingState::Asked;
        row.expiresMs = link->expiresMs;
        pairings.append(row);
        return row;
    });
}

QFuture<Status> FakeWorld::confirm(Bytes asker)
{
    return answerStatus([this, asker]() -> Status {
        calls.append(QStringLiteral("confirm"));
        for (PairingRow& row : pairings) {
            if (row.id == asker)
                row.state = PairingState::Confirmed;
        }
        return {};
    });
}

QFuture<Status> FakeWorld::turnAway(Bytes asker)
{
    return answerStatus([this, asker]() -> Status {
        calls.append(QStringLiteral("turnAway"));
        pairings.removeIf([&](const PairingRow& row) { return row.id == asker; });
        return {};
    });
}

QFuture<Status> FakeWorld::withdraw(Bytes invitation)
{
    return answerStatus([this, invitation]() -> Status {
        pairings.removeIf([&](const PairingRow& row) { return row.id == invitation; });
        return {};
    });
}

QFuture<Result<QList<PairingRow>>> FakeWorld::list()
{
    return answer<QList<PairingRow>>([this] { return pairings; });
}

QFuture<Result<QString>> FakeWorld::safetyNumber(Bytes)
{
    return answer<QString>([] { return QString(); });
}

} // namespace Waymark::Tests

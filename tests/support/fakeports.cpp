// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeports.h"

#include "app/domain/schema.h"

#include <QTimer>

namespace Waymark::Testing {

namespace {

constexpr qint64 kNoon = 1'795'600'800'000; // 2026-11-25T10:00:00Z

template <typename Id>
Id numbered(int number)
{
    Id id;
    id.data.front() = static_cast<unsigned char>(number);
    id.data.back() = static_cast<unsigned char>(number);
    return id;
}

Status statusOf(const std::optional<Error>& failure)
{
    return failure ? Status(*failure) : Status();
}

} // namespace

FakePorts::FakePorts()
{
    const Member lina{numbered<PersonId>(0x11), QStringLiteral("Lina"), Role::Mentee, true};
    const Member tomas{numbered<PersonId>(0x22), QStringLiteral("Tomás"), Role::Mentor, false};
    Member alone = lina;
    alone.role = Role::Peer;
    allSpaces = {
        {numbered<SpaceId>(0xa1), QStringLiteral("Lina"), true, Role::Peer, {alone}},
        {numbered<SpaceId>(0xb2), QStringLiteral("Lina and Tomás"), false, Role::Mentee,
            {lina, tomas}},
    };
}

FakePorts::~FakePorts() = default;

void FakePorts::failNext(ErrorCode code, const QString& detail)
{
    m_failure = Error{code, detail};
}

std::optional<Error> FakePorts::takeFailure()
{
    return std::exchange(m_failure, std::nullopt);
}

EntryId FakePorts::addEntry(const QString& kind, const SpaceId& space, const QJsonObject& fields)
{
    Entry entry;
    entry.id = numbered<EntryId>(++m_count);
    entry.space = space;
    entry.kind = kind;
    entry.fields = fields;
    entry.by = me();
    entry.atMs = kNoon;
    all.insert(entry.id, entry);
    return entry.id;
}

QFuture<Result<VaultInfo>> FakePorts::info()
{
    if (!there)
        return readyFuture<Result<VaultInfo>>(ErrorCode::VaultMissing);
    VaultInfo info;
    info.id = numbered<VaultId>(0xee);
    info.format = 1;
    info.kdfMemoryBytes = quint64(64) * 1024 * 1024;
    info.kdfPasses = 3;
    info.slots_ = {QStringLiteral("passphrase"), QStringLiteral("recovery")};
    return readyFuture<Result<VaultInfo>>(info);
}

QFuture<Result<QStringList>> FakePorts::create(QString name, SharedSecret secret, bool floor)
{
    there = true;
    open = true;
    owner = name;
    passphrase = secret->view().toByteArray();
    floorCost = floor;
    QStringList sheet;
    for (int i = 0; i < 24; ++i)
        sheet.append(QStringLiteral("word%1").arg(i));
    return readyFuture<Result<QStringList>>(sheet);
}

QFuture<Status> FakePorts::unlock(SharedSecret secret)
{
    if (const auto failure = takeFailure())
        return readyFuture(Status(*failure));
    open = secret->equals(passphrase);
    if (open && events)
        events({QStringLiteral("unlocked"), {}});
    return readyFuture(open ? Status() : Status(ErrorCode::VaultWrongPassphrase));
}

QFuture<Status> FakePorts::unlockWithRecovery(SharedSecret secret)
{
    open = secret->equals(words);
    return readyFuture(open ? Status() : Status(ErrorCode::VaultWrongRecovery));
}

QFuture<Status> FakePorts::changePassphrase(SharedSecret current, SharedSecret replacement)
{
    if (!open)
        return readyFuture(Status(ErrorCode::VaultLocked));
    if (!current->equals(passphrase))
        return readyFuture(Status(ErrorCode::VaultWrongPassphrase));
    passphrase = replacement->view().toByteArray();
    return readyFuture(Status());
}

QFuture<Status> FakePorts::recover(SharedSecret secret, SharedSecret replacement)
{
    if (!secret->equals(words))
        return readyFuture(Status(ErrorCode::VaultWrongRecovery));
    passphrase = replacement->view().toByteArray();
    open = true;
    return readyFuture(Status());
}

QFuture<Status> FakePorts::lock()
{
    open = false;
    return readyFuture(Status());
}

QFuture<Result<QString>> FakePorts::ownerName()
{
    return readyFuture<Result<QString>>(owner);
}

QFuture<Result<SpaceId>> FakePorts::createSpace(QString name, Role role)
{
    if (const auto failure = takeFailure())
        return readyFuture<Result<SpaceId>>(*failure);
    Member member = allSpaces.first().members.first();
    member.role = role;
    const SpaceId id = numbered<SpaceId>(0xc0 + int(allSpaces.size()));
    allSpaces.append({id, name, false, role, {member}});
    return readyFuture<Result<SpaceId>>(id);
}

QFuture<Result<Written>> FakePorts::answer(Result<Written> written)
{
    if (const auto failure = takeFailure())
        return readyFuture<Result<Written>>(*failure);
    return readyFuture(std::move(written));
}

Result<Written> FakePorts::write(const EntryId& id, const QString& what)
{
    if (failWriting)
        return *failWriting;
    if (!all.contains(id))
        return ErrorCode::NotFound;
    calls.append(what);
    return Written{id, numbered<Hash>(++m_count)};
}

Status FakePorts::apply(Entry& entry, const EntryChange& change)
{
    const auto unknown = [&entry](const QString& field) {
        return !findField(entry.kind.toUtf8(), field.toUtf8());
    };
    for (auto it = change.set.begin(); it != change.set.end(); ++it) {
        if (unknown(it.key()))
            return {ErrorCode::Usage, QStringLiteral("%1: no such field").arg(it.key())};
        const bool clears
            = it.value().isNull() || (it.value().isString() && it.value().toString().isEmpty());
        if (clears)
            entry.fields.remove(it.key());
        else
            entry.fields.insert(it.key(), it.value());
    }
    for (auto it = change.add.begin(); it != change.add.end(); ++it) {
        QJsonArray items = entry.fields.value(it.key()).toArray();
        for (const QString& item : it.value())
            items.append(item);
        entry.fields.insert(it.key(), items);
    }
    for (auto it = change.remove.begin(); it != change.remove.end(); ++it) {
        QJsonArray kept;
        for (const QJsonValue& item : entry.fields.value(it.key()).toArray()) {
            if (!it.value().contains(item.toString()))
                kept.append(item);
        }
        entry.fields.insert(it.key(), kept);
    }
    return {};
}

QFuture<Result<Written>> FakePorts::add(SpaceId space, QString kind, EntryChange change)
{
    if (const auto failure = takeFailure())
        return readyFuture<Result<Written>>(*failure);
    if (!findKind(kind.toUtf8()))
        return readyFuture<Result<Written>>({ErrorCode::Usage, QStringLiteral("no such kind")});
    const EntryId id = addEntry(kind, space, {});
    if (const Status status = apply(all[id], change); !status) {
        all.remove(id);
        return readyFuture<Result<Written>>(status.error());
    }
    return answer(write(id, QStringLiteral("add ") + kind));
}

QFuture<Result<Written>> FakePorts::change(EntryId id, EntryChange change)
{
    if (const auto failure = takeFailure())
        return readyFuture<Result<Written>>(*failure);
    if (!all.contains(id))
        return readyFuture<Result<Written>>(ErrorCode::NotFound);
    Entry changed = all.value(id);
    if (changed.deleted)
        return readyFuture<Result<Written>>({ErrorCode::Refused, QStringLiteral("it is deleted")});
    if (const Status status = apply(changed, change); !status)
        return readyFuture<Result<Written>>(status.error());
    if (changed.fields == all.value(id).fields)
        return readyFuture<Result<Written>>(Written{id, std::nullopt});
    all[id] = changed;
    return answer(write(id, QStringLiteral("change")));
}

QFuture<Result<Written>> FakePorts::remove(EntryId id)
{
    if (all.contains(id))
        all[id].deleted = true;
    return answer(write(id, QStringLiteral("remove")));
}

QFuture<Result<Written>> FakePorts::restore(EntryId id)
{
    if (all.contains(id))
        all[id].deleted = false;
    return answer(write(id, QStringLiteral("restore")));
}

QFuture<Result<Written>> FakePorts::acknowledge(EntryId id)
{
    if (all.contains(id))
        all[id].acknowledged.append(me());
    return answer(write(id, QStringLiteral("acknowledge")));
}

QFuture<Result<Written>> FakePorts::move(EntryId id, ItemPlace place)
{
    using Where = ItemPlace::Where;
    static const QMap<Where, QString> names{{Where::First, QStringLiteral("first")},
        {Where::Last, QStringLiteral("last")}, {Where::Before, QStringLiteral("before")},
        {Where::After, QStringLiteral("after")}};
    return answer(write(id,
        QStringLiteral("move %1 %2")
            .arg(names.value(place.where), QString::fromLatin1(place.sibling.hex()))));
}

QFuture<Result<Written>> FakePorts::share(EntryId id, SpaceId space, QStringList)
{
    if (!all.contains(id))
        return readyFuture<Result<Written>>(ErrorCode::NotFound);
    const Entry original = all.value(id);
    return answer(write(addEntry(original.kind, space, original.fields), QStringLiteral("share")));
}

QFuture<Result<Written>> FakePorts::send(EntryId id, SpaceId space)
{
    if (!all.contains(id))
        return readyFuture<Result<Written>>(ErrorCode::NotFound);
    const Entry original = all.value(id);
    all[id].deleted = true;
    return answer(write(addEntry(original.kind, space, original.fields), QStringLiteral("send")));
}

// Nothing of the command line calls what follows up to the reading ports.

QFuture<Status> FakePorts::shareLater(EntryId, SpaceId, QStringList)
{
    return readyFuture(Status(ErrorCode::Failed));
}

QFuture<Status> FakePorts::sendLater(EntryId, SpaceId)
{
    return readyFuture(Status(ErrorCode::Failed));
}

QFuture<Status> FakePorts::look(SpaceId)
{
    calls.append(QStringLiteral("look"));
    return readyFuture<Status>({});
}

QFuture<Status> FakePorts::takeBack(EntryId)
{
    return readyFuture(Status(ErrorCode::Failed));
}

QFuture<Result<int>> FakePorts::carryOut(bool)
{
    return readyFuture<Result<int>>(ErrorCode::Failed);
}

QFuture<Result<TextView>> FakePorts::openText(EntryId, QString)
{
    return readyFuture<Result<TextView>>(ErrorCode::Failed);
}

QFuture<Result<quint64>> FakePorts::editText(EntryId, QString, quint64, QList<Utf16Edit>)
{
    return readyFuture<Result<quint64>>(ErrorCode::Failed);
}

QFuture<Result<Written>> FakePorts::seal(EntryId)
{
    return readyFuture<Result<Written>>(ErrorCode::Failed);
}

QFuture<Status> FakePorts::sealAll()
{
    return readyFuture(Status());
}

void FakePorts::closeText(EntryId, QString) { }

QFuture<Result<QList<Space>>> FakePorts::spaces()
{
    if (const auto failure = takeFailure())
        return readyFuture<Result<QList<Space>>>(*failure);
    return readyFuture<Result<QList<Space>>>(allSpaces);
}

QFuture<Result<QList<Entry>>> FakePorts::list(EntryQuery query)
{
    QList<Entry> out;
    for (const Entry& entry : qAsConst(all)) {
        if ((!query.space || entry.space == *query.space)
            && (query.kind.isEmpty() || entry.kind == query.kind)
            && (query.withDeleted || !entry.deleted))
            out.append(entry);
    }
    return readyFuture<Result<QList<Entry>>>(out);
}

QFuture<Result<Entry>> FakePorts::entry(EntryId id)
{
    if (!all.contains(id))
        return readyFuture<Result<Entry>>(ErrorCode::NotFound);
    return readyFuture<Result<Entry>>(all.value(id));
}

QFuture<Result<Entry>> FakePorts::member(SpaceId space, PersonId person)
{
    Entry out;
    out.id = EntryId{person.data};
    out.space = space;
    out.kind = QStringLiteral("member");
    return readyFuture<Result<Entry>>(out);
}

QFuture<Result<EntryId>> FakePorts::resolve(QString prefix)
{
    std::optional<EntryId> found;
    for (auto it = all.cbegin(); it != all.cend(); ++it) {
        if (!it.key().hex().startsWith(prefix.toUtf8()))
            continue;
        if (found)
            return readyFuture<Result<EntryId>>(ErrorCode::Ambiguous);
        found = it.key();
    }
    return readyFuture(found ? Result<EntryId>(*found) : Result<EntryId>(ErrorCode::NotFound));
}

QFuture<Result<SpaceId>> FakePorts::resolveSpace(QString prefix)
{
    for (const Space& space : qAsConst(allSpaces)) {
        if (space.id.hex().startsWith(prefix.toUtf8()))
            return readyFuture<Result<SpaceId>>(space.id);
    }
    return readyFuture<Result<SpaceId>>(ErrorCode::NotFound);
}

QFuture<Result<QList<EntryRow>>> FakePorts::rows(SpaceId, QString, int, int)
{
    return readyFuture<Result<QList<EntryRow>>>(QList<EntryRow>());
}

QFuture<Result<QList<HistoryItem>>> FakePorts::history(EntryId id)
{
    return readyFuture<Result<QList<HistoryItem>>>(histories.value(id));
}

QFuture<Result<SearchAnswer>> FakePorts::search(QString query, int limit)
{
    calls.append(QStringLiteral("search %1 %2").arg(query).arg(limit));
    return readyFuture<Result<SearchAnswer>>(searchAnswer);
}

QFuture<Result<QList<LogInfo>>> FakePorts::logs()
{
    return readyFuture<Result<QList<LogInfo>>>(allLogs);
}

QFuture<Result<VerifyReport>> FakePorts::verify()
{
    return readyFuture<Result<VerifyReport>>(verifyReport);
}

QFuture<Result<VerifyReport>> FakePorts::check()
{
    return readyFuture<Result<VerifyReport>>(verifyReport);
}

QFuture<Result<qint64>> FakePorts::rebuild()
{
    return readyFuture<Result<qint64>>(verifyReport.operations);
}

Result<LinkContents> FakePorts::inspect(const QString&) const
{
    return ErrorCode::LinkInvalid;
}

QFuture<Result<OpenInvitation>> FakePorts::invite(
    SpaceId space, QString relay, Role role, bool acceptFirst)
{
    if (relayIsDown)
        return readyFuture<Result<OpenInvitation>>(ErrorCode::RelayUnreachable);
    calls.append(QStringLiteral("invite %1 %2 %3 %4")
                     .arg(QString::fromLatin1(space.hex().left(2)), relay, roleName(role))
                     .arg(acceptFirst));
    return readyFuture<Result<OpenInvitation>>(
        OpenInvitation{Bytes(16, '\x77'), QStringLiteral("waymark:pair#abc"), kNoon});
}

QFuture<Result<PairingRow>> FakePorts::accept(QString link)
{
    if (!link.startsWith(QLatin1String("waymark:pair#")))
        return readyFuture<Result<PairingRow>>(ErrorCode::LinkInvalid);
    PairingRow row;
    row.id = Bytes(16, '\x55');
    row.space = allSpaces.last().id;
    row.name = QStringLiteral("Tomás");
    row.side = PairingSide::Asker;
    return readyFuture<Result<PairingRow>>(row);
}

QFuture<Status> FakePorts::confirm(Bytes asker)
{
    calls.append(QStringLiteral("confirm ") + QString::fromLatin1(asker.toHex().left(4)));
    return readyFuture(statusOf(takeFailure()));
}

QFuture<Status> FakePorts::turnAway(Bytes asker)
{
    calls.append(QStringLiteral("turnAway ") + QString::fromLatin1(asker.toHex().left(4)));
    return readyFuture(statusOf(takeFailure()));
}

QFuture<Status> FakePorts::withdraw(Bytes invitation)
{
    calls.append(QStringLiteral("withdraw ") + QString::fromLatin1(invitation.toHex().left(4)));
    return readyFuture(statusOf(takeFailure()));
}

QFuture<Result<QList<PairingRow>>> FakePorts::list()
{
    return readyFuture<Result<QList<PairingRow>>>(pairings);
}

QFuture<Result<QString>> FakePorts::safetyNumber(Bytes id)
{
    calls.append(QStringLiteral("safetyNumber ") + QString::fromLatin1(id.toHex().left(4)));
    return readyFuture<Result<QString>>(QString(60, u'7'));
}

QFuture<Result<SyncCounts>> FakeSync::syncOnce(int timeoutMs)
{
    lastTimeoutMs = timeoutMs;
    if (failure)
        return readyFuture<Result<SyncCounts>>(*failure);
    return readyFuture<Result<SyncCounts>>(counts);
}

void FakeSync::start()
{
    started = true;
    if (onStart)
        QTimer::singleShot(0, this, onStart);
}

QFuture<Result<SyncStatus>> FakeSync::status()
{
    return readyFuture<Result<SyncStatus>>(state);
}

QFuture<Status> FakeSync::tryRelay(QString)
{
    return readyFuture(Status());
}

QFuture<Result<QString>> FakeSync::relay()
{
    return readyFuture<Result<QString>>(QString());
}

QFuture<Status> FakeSync::setRelay(QString)
{
    return readyFuture(Status());
}

} // namespace Waymark::Testing

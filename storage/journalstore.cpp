// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/journalstore.h"

#include "app/crypto/sealing.h"
#include "app/domain/schema.h"
#include "app/domain/value.h"
#include "app/domain/view.h"
#include "storage/journalstore_p.h"
#include "storage/searchindex.h"
#include "storage/settings.h"

#include <QFileInfo>
#include <QJsonArray>

namespace Waymark {

namespace {

constexpr QLatin1String kOwnSetting("own device");
constexpr QLatin1String kSecretSetting("own keys");
constexpr int kUnlockMs = 700;
constexpr int kLevelBeforeLockMs = 300;

Bytes encodeOwn(const OwnDevice& own, const SpaceId& privateSpace)
{
    Cbor::Writer out;
    out.array(4).id(own.identity).bytes(own.roster).text(own.name).id(privateSpace);
    return out.take();
}

} // namespace

JournalStore::JournalStore(QString folder, Executor& database, const Clock& clock, Random& random)
    : m_folder(std::move(folder)), m_executor(database), m_clock(clock), m_random(random)
{
    qRegisterMetaType<ChangeSet>();
    qRegisterMetaType<EntryId>();
    qRegisterMetaType<QList<Utf16Edit>>();
}

JournalStore::~JournalStore() = default;

JournalTransaction JournalStore::transaction(Connection& connection)
{
    return JournalTransaction(connection, m_own, m_privateSpace, m_clock, m_random);
}

void JournalStore::tell(const JournalTransaction& journal, const QString& what, bool before) const
{
    if (!m_sink)
        return;
    if (!journal.written().isEmpty()) {
        QJsonArray names;
        for (const Hash& each : journal.written())
            names.append(QString::fromLatin1(each.hex()));
        m_sink({before ? QStringLiteral("writing") : QStringLiteral("written"),
            {{QStringLiteral("what"), what}, {QStringLiteral("operations"), names}}});
    }
    for (const JournalTransaction::Announcement& each : journal.announced())
        m_sink({before ? each.before : each.after, each.about});
}

// --- opening and closing

bool JournalStore::exists() const
{
    const auto info = Vault::info(m_folder);
    return info.ok() || info.error().code != ErrorCode::VaultMissing;
}

bool JournalStore::isOpen() const
{
    const std::lock_guard lock(m_mutex);
    return m_isOpen;
}

SpaceId JournalStore::privateSpace() const
{
    const std::lock_guard lock(m_mutex);
    return m_privateSpace;
}

PersonId JournalStore::me() const
{
    const std::lock_guard lock(m_mutex);
    return m_me;
}

QFuture<Result<VaultInfo>> JournalStore::info()
{
    return runOn(m_executor, [folder = m_folder]() -> Result<VaultInfo> {
        auto found = Vault::info(folder);
        if (!found)
            return found.error();
        VaultInfo out;
        out.directory = folder;
        out.id = found->id;
        out.format = int(found->format);
        if (found->cost) {
            out.kdfMemoryBytes = found->cost->memoryBytes;
            out.kdfPasses = found->cost->passes;
            out.slots_.append(QStringLiteral("passphrase"));
        }
        if (found->hasRecovery)
            out.slots_.append(QStringLiteral("recovery"));
        for (int i = 0; i < found->otherSlots; ++i)
            out.slots_.append(QStringLiteral("unknown"));
        return out;
    });
}

Status JournalStore::loadOwn(Connection& connection)
{
    const Error damaged{ErrorCode::VaultDatabaseDamaged, QStringLiteral("own device")};
    auto stored = setting(connection, kOwnSetting);
    if (!stored)
        return stored.error();
    auto keys = secretSetting(connection, kSecretSetting);
    if (!keys)
        return keys.error();
    if (!*stored || !*keys || (*keys)->size() != 96)
        return damaged;
    Cbor::Reader in(**stored);
    in.arrayOf(4);
    m_own.identity = in.id<SigningKey>();
    m_own.roster = in.bytes(Roster::kMaxBytes).toByteArray();
    m_own.name = in.text(1024);
    const auto home = in.id<SpaceId>();
    m_own.signing.secret = (*keys)->slice(0, 64);
    m_own.signing.publicKey = *SigningKey::fromBytes(m_own.signing.secret.view().sliced(32));
    m_own.agreement = AgreementPair::fromSecret((*keys)->slice(64, 32));
    m_own.person = personIdOf(m_own.identity);
    m_own.device = deviceIdOf(m_own.identity, {m_own.signing.publicKey, m_own.agreement.publicKey});
    if (!in.finished())
        return damaged;
    const std::lock_guard lock(m_mutex);
    m_privateSpace = home;
    m_me = m_own.person;
    m_isOpen = true;
    return {};
}

Status JournalStore::welcome(
    Connection& connection, const SigningPair& identity, const QString& name)
{
    OwnDevice own;
    own.identity = identity.publicKey;
    own.person = personIdOf(own.identity);
    own.name = name;
    own.signing = SigningPair::generate();
    own.agreement = AgreementPair::generate();
    const DeviceKeys keys{own.signing.publicKey, own.agreement.publicKey};
    own.device = deviceIdOf(own.identity, keys);
    own.roster = makeRoster(identity, std::span(&keys, 1));
    SecretBytes secrets(96);
    std::memcpy(secrets.data(), own.signing.secret.data(), 64);
    std::memcpy(secrets.data() + 64, own.agreement.secret.data(), 32);

    Transaction commit(connection);
    if (!commit.begun())
        return commit.begun();
    const Genesis genesis = makeGenesis(own, QString(), Role::Peer, true, m_clock, m_random);
    if (Status status = setSetting(connection, kOwnSetting, encodeOwn(own, genesis.space)); !status)
        return status;
    if (Status status = setSetting(connection, kSecretSetting, secrets.view()); !status)
        return status;
    JournalTransaction journal(connection, own, genesis.space, m_clock, m_random);
    auto parsed = parse(genesis.operation);
    auto facts = parsed ? readGenesis(*parsed) : Result<SpaceFacts>(parsed.error());
    if (!facts)
        return facts.error();
    auto space = journal.makeSpace(*facts);
    if (!space)
        return space.error();
    if (auto written = (*space)->writeGenesis(genesis.operation); !written)
        return written.error();
    if (Status status = journal.finish(); !status)
        return status;
    return commit.commit();
}

QFuture<Result<QStringList>> JournalStore::create(
    QString ownerName, SharedSecret passphrase, bool floorCost)
{
    auto promise = std::make_shared<QPromise<Result<QStringList>>>();
    promise->start();
    const auto give = [promise](Result<QStringList> result) {
        promise->addResult(std::move(result));
        promise->finish();
    };
    m_executor.post([this, give, name = ownerName.trimmed(), passphrase, floorCost] {
        if (name.isEmpty() || name.toUtf8().size() > 4 * kMaxNameBytes)
            return give(Error{ErrorCode::Usage, QStringLiteral("a name is expected")});
        const Vault::Options options{floorCost ? kFloorCost : measureCost(kUnlockMs), true};
        auto created = Vault::create(m_folder, *passphrase, options, m_executor, m_random,
            [this, name](Connection& connection, const SigningPair& identity) {
                return welcome(connection, identity, name);
            });
        if (!created)
            return give(created.error());
        QStringList words;
        if (created->words) {
            for (const QLatin1String word : *created->words)
                words.append(word);
        }
        const std::lock_guard lock(m_mutex);
        m_vault = std::move(created->vault);
        m_vault->database().run([this, give, words](Connection& connection) {
            const Status status = loadOwn(connection);
            give(status ? Result<QStringList>(words) : Result<QStringList>(status.error()));
            return status;
        });
    });
    return promise->future();
}

/// Opens with `open`, then reads who the owner is.
template <typename Open>
QFuture<Status> JournalStore::opening(Open open)
{
    auto promise = std::make_shared<QPromise<Status>>();
    promise->start();
    const auto give = [promise](Status status) {
        promise->addResult(std::move(status));
        promise->finish();
    };
    m_executor.post([this, give, open = std::move(open)] {
        if (isOpen())
            return give({});
        Result<std::unique_ptr<Vault>> vault = open();
        if (!vault)
            return give(vault.error());
        const std::lock_guard lock(m_mutex);
        m_vault = std::move(*vault);
        m_vault->database().run([this, give](Connection& connection) -> Status {
            Status status = loadOwn(connection);
            if (status) {
                // What a crash left unsealed is sealed first.
                status = inTransaction<Status>(connection, QStringLiteral("seal"),
                    [](JournalTransaction& journal) { return journal.sealAll(); });
            }
            if (status && m_sink)
                m_sink({QStringLiteral("unlocked"), {}});
            give(status);
            return status;
        });
    });
    return promise->future();
}

QFuture<Status> JournalStore::unlock(SharedSecret passphrase)
{
    return opening([this, passphrase] { return Vault::open(m_folder, *passphrase, m_executor); });
}

QFuture<Status> JournalStore::unlockWithRecovery(SharedSecret words)
{
    return opening([this, words] { return Vault::openWithRecovery(m_folder, *words, m_executor); });
}

QFuture<Status> JournalStore::unlockWithKey(SharedSecret vaultKey)
{
    return opening([this, vaultKey] {
        return Vault::openWithKey(m_folder, SecretBytes::copyOf(vaultKey->view()), m_executor);
    });
}

QFuture<Status> JournalStore::recover(SharedSecret words, SharedSecret newPassphrase)
{
    return opening([this, words, newPassphrase] {
        // The cost stays what this vault was made with.
        const auto found = Vault::info(m_folder);
        const PassphraseCost cost = found && found->cost
            ? std::max(*found->cost, kFloorCost,
                [](const PassphraseCost& a, const PassphraseCost& b) {
                    return a.memoryBytes * a.passes < b.memoryBytes * b.passes;
                })
            : kFloorCost;
        return Vault::recover(m_folder, *words, *newPassphrase, cost, m_executor, m_random);
    });
}

QFuture<Status> JournalStore::changePassphrase(SharedSecret current, SharedSecret replacement)
{
    return onDatabase<Status>([this, current, replacement](Connection&) -> Status {
        const auto found = Vault::info(m_folder);
        const PassphraseCost cost = found && found->cost ? *found->cost : kFloorCost;
        return m_vault->changePassphrase(*current, *replacement, cost, m_random);
    });
}

QFuture<Status> JournalStore::lock()
{
    if (!isOpen())
        return readyFuture<Status>({});
    onDatabase<Status>([this](Connection& connection) -> Status {
        const Status sealed = inTransaction<Status>(connection, QStringLiteral("seal"),
            [](JournalTransaction& journal) { return journal.sealAll(); });
        m_texts.clear();
        const Status levelled = SearchIndex(connection).level(kLevelBeforeLockMs);
        m_own = OwnDevice();
        return sealed ? levelled : sealed;
    });
    const std::lock_guard guard(m_mutex);
    m_isOpen = false;
    std::shared_ptr<Vault> vault(m_vault.release());
    auto promise = std::make_shared<QPromise<Status>>();
    promise->start();
    vault->lock().then([promise, vault](Status status) {
        promise->addResult(std::move(status));
        promise->finish();
    });
    return promise->future();
}

QFuture<Result<QString>> JournalStore::ownerName()
{
    return onDatabase<Result<QString>>(
        [this](Connection&) -> Result<QString> { return m_own.name; });
}

// --- writing

QFuture<Result<SpaceId>> JournalStore::createSpace(QString name, Role role)
{
    return writing<Result<SpaceId>>(QStringLiteral("space"),
        [this, name, role](JournalTransaction& journal) -> Result<SpaceId> {
            const QString shown = name.trimmed();
            if (shown.isEmpty() || shown.toUtf8().size() > 1024)
                return Error{ErrorCode::Usage, QStringLiteral("a name is expected")};
            const Genesis genesis
                = makeGenesis(journal.own(), shown, role, false, m_clock, m_random);
            auto parsed = parse(genesis.operation);
            auto facts = parsed ? readGenesis(*parsed) : Result<SpaceFacts>(parsed.error());
            if (!facts)
                return facts.error();
            auto space = journal.makeSpace(*facts);
            if (!space)
                return space.error();
            if (auto written = (*space)->writeGenesis(genesis.operation); !written)
                return written.error();
            return genesis.space;
        });
}

QFuture<Result<Written>> JournalStore::add(SpaceId space, QString kind, EntryChange change)
{
    return writing<Result<Written>>(QStringLiteral("add"),
        [space, kind, change](JournalTransaction& journal) -> Result<Written> {
            const Kind* known = findKind(kind.toUtf8());
            if (!known || !known->listed)
                return Error{ErrorCode::Usage, QStringLiteral("there is no kind %1").arg(kind)};
            auto work = journal.space(space);
            if (!work)
                return work.error();
            Composer composer = journal.composer(**work);
            auto id = composer.add(*known, change);
            if (!id)
                return id.error();
            auto operation = journal.write(**work, composer);
            if (!operation)
                return operation.error();
            return Written{*id, *operation};
        });
}

QFuture<Result<Written>> JournalStore::changing(QString what, EntryId id,
    std::optional<SpaceId> space,
    std::function<Status(JournalTransaction&, JournalTransaction::Found&, Composer&)> work)
{
    return writing<Result<Written>>(std::move(what),
        [id, space, work = std::move(work)](JournalTransaction& journal) -> Result<Written> {
            auto found = space ? journal.member(*space, PersonId{id.data}) : journal.find(id);
            if (!found)
                return found.error();
            if (journal.sharedAs(*found->space, *found->entry))
                return Error{ErrorCode::Refused,
                    QStringLiteral("it was shared: change the shared one instead")};
            Composer composer = journal.composer(*found->space);
            if (Status status = work(journal, *found, composer); !status)
                return status.error();
            auto operation = journal.write(*found->space, composer);
            if (!operation)
                return operation.error();
            return Written{id, *operation};
        });
}

QFuture<Result<Written>> JournalStore::change(EntryId id, EntryChange change)
{
    return changing(QStringLiteral("set"), id, change.space,
        [change](JournalTransaction& journal, JournalTransaction::Found& found,
            Composer& composer) -> Status {
            if (isDeleted(found.space->states(), *found.entry))
                return {ErrorCode::Refused, QStringLiteral("it is deleted: restore it first")};
            if (auto sealed = journal.seal(found.entry->id); !sealed)
                return sealed.error();
            return composer.change(*found.entry, change);
        });
}

QFuture<Result<Written>> JournalStore::remove(EntryId id)
{
    return changing(QStringLiteral("delete"), id, std::nullopt,
        [](JournalTransaction& journal, JournalTransaction::Found& found,
            Composer& composer) -> Status {
            if (auto sealed = journal.seal(found.entry->id); !sealed)
                return sealed.error();
            if (isDeleted(found.space->states(), *found.entry))
                return {};
            return composer.remove(*found.entry);
        });
}

QFuture<Result<Written>> JournalStore::restore(EntryId id)
{
    return changing(QStringLiteral("restore"), id, std::nullopt,
        [](JournalTransaction&, JournalTransaction::Found& found, Composer& composer) -> Status {
            StoredStates& states = found.space->states();
            if (!isDeleted(states, *found.entry))
                return {};
            const auto place = placeOf(states, *found.entry);
            EntryState* parent = place ? states.find(place->parent) : nullptr;
            if (parent && isDeleted(states, *parent))
                return {ErrorCode::Refused,
                    QStringLiteral("what it stands in is deleted: restore that first")};
            return composer.restore(*found.entry);
        });
}

QFuture<Result<Written>> JournalStore::acknowledge(EntryId id)
{
    return changing(QStringLiteral("acknowledge"), id, std::nullopt,
        [](JournalTransaction&, JournalTransaction::Found& found, Composer& composer) {
            return composer.acknowledge(*found.entry);
        });
}

QFuture<Result<Written>> JournalStore::move(EntryId id, ItemPlace place)
{
    return changing(QStringLiteral("move"), id, std::nullopt,
        [place](JournalTransaction&, JournalTransaction::Found& found, Composer& composer) {
            return composer.move(*found.entry, place);
        });
}

QFuture<Result<Written>> JournalStore::share(EntryId id, SpaceId space, QStringList only)
{
    return writing<Result<Written>>(QStringLiteral("share"),
        [id, space, only](JournalTransaction& journal) { return journal.share(id, space, only); });
}

QFuture<Result<Written>> JournalStore::send(EntryId id, SpaceId space)
{
    return writing<Result<Written>>(QStringLiteral("send"),
        [id, space](JournalTransaction& journal) { return journal.send(id, space); });
}

} // namespace Waymark

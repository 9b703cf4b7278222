// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/vault.h"

#include "app/core/log.h"
#include "app/crypto/hash.h"
#include "storage/files.h"
#include "storage/headerfile.h"
#include "storage/migrations.h"
#include "storage/vaultlock.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace Waymark {

namespace {

QString databasePath(const QString& folder)
{
    return folder + QStringLiteral("/journal.db");
}

QString makingPath(const QString& folder)
{
    return folder + QStringLiteral("/vault.making");
}

/// Whether a crash left files here of a vault that was never finished: no header can open them.
bool isUnfinished(const QString& folder)
{
    if (!QFileInfo::exists(makingPath(folder)))
        return false;
    for (const char* name : {"vault.waymark", "vault.waymark.previous", "vault.waymark.damaged"}) {
        if (QFileInfo::exists(folder + u'/' + QLatin1String(name)))
            return false;
    }
    return true;
}

/// Whether the folder holds any file that only a vault has.
bool holdsPart(const QString& folder)
{
    for (const char* name : {"vault.waymark", "vault.waymark.previous", "vault.waymark.damaged",
             "journal.db", "journal.db-wal"}) {
        if (QFileInfo::exists(folder + u'/' + QLatin1String(name)))
            return true;
    }
    return false;
}

SecretBytes randomSecret(Random& random, std::size_t size)
{
    SecretBytes out(size);
    random.fill({out.data(), out.size()});
    return out;
}

Status checkNew(const SecretBytes& passphrase, const PassphraseCost& cost)
{
    if (passphrase.isEmpty())
        return Error{ErrorCode::Usage, QStringLiteral("the passphrase is empty")};
    if (cost.memoryBytes < kFloorCost.memoryBytes || cost.passes < kFloorCost.passes)
        return Error{ErrorCode::Usage, QStringLiteral("the cost is below the floor")};
    return {};
}

/// All that can be found wrong before anybody is asked for a passphrase.
Result<Header> inspect(const QString& folder)
{
    if (!QFileInfo(folder).isDir() || !holdsPart(folder) || isUnfinished(folder))
        return ErrorCode::VaultMissing;
    Result<Header> header = HeaderFile(folder).read();
    if (!header)
        return header;
    if (const Status file = Connection::checkFile(databasePath(folder), header->databaseSalt);
        !file)
        return file.error();
    return header;
}

Status checkWritable(const QString& folder)
{
    for (const QString& path : {folder, databasePath(folder)}) {
        if (const Status writable = Files::checkWritable(path); !writable)
            return writable;
    }
    return {};
}

Result<std::unique_ptr<Connection>> openDatabase(
    const QString& folder, const Header& header, const SecretBytes& vaultKey)
{
    const SecretBytes key = databaseKey(vaultKey);
    auto connection = Connection::open(
        databasePath(folder), {key, header.databaseSalt}, Connection::Mode::Existing);
    if (!connection)
        return connection;
    if (const Status migrated = migrate(**connection); !migrated)
        return migrated.error();
    if (const Status settled = HeaderFile(folder).settle(header); !settled)
        return settled.error();
    return connection;
}

SigningPair pairOf(SecretBytes identity)
{
    Q_ASSERT(identity.size() == kIdentitySecretSize);
    SigningPair pair;
    pair.publicKey = *SigningKey::fromBytes(identity.view().last(SigningKey::kSize));
    pair.secret = std::move(identity);
    return pair;
}

/// What create() puts on disk; gone again unless it is kept.
class NewFolder
{
public:
    explicit NewFolder(QString folder) : m_folder(std::move(folder)) { }
    ~NewFolder()
    {
        if (m_kept)
            return;
        if (m_begun)
            clear();
        m_lock.reset(); // it removes its own file
        if (m_made)
            QDir().rmdir(m_folder);
    }
    NewFolder(const NewFolder&) = delete;
    NewFolder& operator=(const NewFolder&) = delete;

    Status take()
    {
        if (!QFileInfo::exists(m_folder)) {
            m_made = QDir().mkpath(m_folder);
            if (!m_made)
                return Error{ErrorCode::DiskFailed, QStringLiteral("the folder could not be made")};
            QFile::setPermissions(m_folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        }
        if (!QFileInfo(m_folder).isDir())
            return Error{ErrorCode::Usage, QStringLiteral("not a folder")};
        if (const Status writable = Files::checkWritable(m_folder); !writable)
            return writable;
        auto lock = VaultLock::take(m_folder);
        if (!lock)
            return lock.error();
        m_lock = std::move(*lock);
        if (isUnfinished(m_folder))
            clear();
        if (holdsPart(m_folder))
            return ErrorCode::VaultExists;
        m_begun = true;
        if (const Status marked = Files::write(makingPath(m_folder), {}); !marked)
            return marked;
        return Files::syncFolder(m_folder);
    }
    Status sync() const
    {
        return m_made ? Files::syncFolder(QFileInfo(m_folder).absolutePath()) : Status();
    }
    std::shared_ptr<VaultLock> keep()
    {
        m_kept = true;
        QFile::remove(makingPath(m_folder)); // beside a header it says nothing
        m_lock->keepFile();
        return std::move(m_lock);
    }

private:
    void clear() const
    {
        for (const char* name : {"vault.waymark", "vault.waymark.new", "journal.db",
                 "journal.db-wal", "journal.db-journal", "vault.making"})
            QFile::remove(m_folder + u'/' + QLatin1String(name));
    }

    QString m_folder;
    std::unique_ptr<VaultLock> m_lock;
    bool m_made = false;
    bool m_begun = false; ///< the names of a vault are this object's
    bool m_kept = false;
};

} // namespace

struct Vault::Unlocked
{
    std::shared_ptr<VaultLock> lock;
    Header header;
    SlotKey slotKey;
    SecretBytes vaultKey;
};

Vault::Vault(
    QString folder, const VaultId& id, SecretBytes vaultKey, std::unique_ptr<Database> database)
    : m_folder(std::move(folder)), m_id(id), m_vaultKey(std::move(vaultKey)),
      m_database(std::move(database))
{
}

Vault::~Vault() = default;

Result<Vault::Created> Vault::create(const QString& folder, const SecretBytes& passphrase,
    const Options& options, Executor& executor, Random& random, const Fill& fill)
{
    if (const Status sound = checkNew(passphrase, options.cost); !sound)
        return sound.error();
    Files::ignoreSizeSignal();
    NewFolder files(folder);
    if (const Status taken = files.take(); !taken)
        return taken.error();

    SecretBytes vaultKey = randomSecret(random, kVaultKeySize);
    SigningPair identity = SigningPair::fromSeed(randomSecret(random, 32));
    Header header;
    header.id = random.id<VaultId>();
    header.databaseSalt = random.bytes(kDatabaseSaltSize);
    auto slot = makePassphraseSlot(
        header.id, passphrase, options.cost, random.bytes(16), vaultKey, identity.secret);
    if (!slot)
        return slot.error();
    header.passphrase = std::move(*slot);
    std::optional<RecoveryWords> words;
    if (options.withRecovery) {
        const SecretBytes secret = randomSecret(random, kRecoverySecretSize);
        header.recovery = makeRecoverySlot(header.id, secret, vaultKey, identity.secret);
        words = recoveryWords(secret);
    }

    const SecretBytes key = databaseKey(vaultKey);
    auto connection = Connection::open(
        databasePath(folder), {key, header.databaseSalt}, Connection::Mode::Create);
    if (!connection)
        return connection.error();
    Status status = migrate(**connection);
    if (status.ok() && fill)
        status = fill(**connection, identity);
    if (status.ok())
        status = HeaderFile(folder).create(encodeHeader(header, vaultKey));
    if (status.ok())
        status = files.sync();
    if (!status)
        return status.error();
    auto database = std::make_unique<Database>(executor, std::move(*connection), files.keep());
    return Created{std::unique_ptr<Vault>(
                       new Vault(folder, header.id, std::move(vaultKey), std::move(database))),
        words, std::move(identity)};
}

Result<Vault::Info> Vault::info(const QString& folder)
{
    const Result<Header> header = inspect(folder);
    if (!header)
        return header.error();
    Info info;
    info.id = header->id;
    if (header->passphrase)
        info.cost = header->passphrase->cost;
    info.hasRecovery = header->recovery.has_value();
    info.otherSlots = int(header->otherSlots.size());
    return info;
}

template <typename MakeSlotKey>
Result<Vault::Unlocked> Vault::unlock(const QString& folder, MakeSlotKey makeSlotKey)
{
    Files::ignoreSizeSignal();
    if (!QFileInfo(folder).isDir() || !holdsPart(folder) || isUnfinished(folder))
        return ErrorCode::VaultMissing;
    auto lock = VaultLock::take(folder);
    if (!lock)
        return lock.error();
    Result<Header> header = inspect(folder);
    if (!header)
        return header.error();
    if (const Status writable = checkWritable(folder); !writable)
        return writable.error();

    const auto attempt = [&](const Header& with) -> Result<Unlocked> {
        Result<SlotKey> slotKey = makeSlotKey(with);
        if (!slotKey)
            return slotKey.error();
        Result<SecretBytes> vaultKey = openVaultKey(with, *slotKey);
        if (!vaultKey)
            return vaultKey.error();
        return Unlocked{nullptr, with, std::move(*slotKey), std::move(*vaultKey)};
    };
    Result<Unlocked> unlocked = attempt(*header);
    if (!unlocked) {
        // A crash while the header was replaced: whoever changed the passphrase may not know that
        // it had been changed.
        if (const auto previous = HeaderFile(folder).readPrevious();
            previous && previous->databaseSalt == header->databaseSalt) {
            if (Result<Unlocked> second = attempt(*previous))
                unlocked = std::move(second);
        }
    }
    if (unlocked)
        unlocked->lock = std::move(*lock);
    return unlocked;
}

Result<std::unique_ptr<Vault>> Vault::openWith(const QString& folder, Unlocked unlocked,
    Executor& executor, const std::function<Status(const Unlocked&)>& before)
{
    auto connection = openDatabase(folder, unlocked.header, unlocked.vaultKey);
    if (!connection)
        return connection.error();
    if (before) {
        if (const Status done = before(unlocked); !done)
            return done.error();
    }
    unlocked.lock->keepFile();
    auto database
        = std::make_unique<Database>(executor, std::move(*connection), std::move(unlocked.lock));
    return std::unique_ptr<Vault>(
        new Vault(folder, unlocked.header.id, std::move(unlocked.vaultKey), std::move(database)));
}

Result<std::unique_ptr<Vault>> Vault::open(
    const QString& folder, const SecretBytes& passphrase, Executor& executor)
{
    auto unlocked = unlock(folder,
        [&passphrase](const Header& header) { return passphraseSlotKey(header, passphrase); });
    if (!unlocked)
        return unlocked.error();
    return openWith(folder, std::move(*unlocked), executor);
}

namespace {

auto byWords(const SecretBytes& words)
{
    return [&words](const Header& header) -> Result<SlotKey> {
        const Result<SecretBytes> secret = recoverySecret(words.view());
        if (!secret)
            return secret.error();
        return recoverySlotKey(header, *secret);
    };
}

} // namespace

Result<std::unique_ptr<Vault>> Vault::openWithRecovery(
    const QString& folder, const SecretBytes& words, Executor& executor)
{
    auto unlocked = unlock(folder, byWords(words));
    if (!unlocked)
        return unlocked.error();
    return openWith(folder, std::move(*unlocked), executor);
}

Result<std::unique_ptr<Vault>> Vault::openWithKey(
    const QString& folder, SecretBytes vaultKey, Executor& executor)
{
    Files::ignoreSizeSignal();
    if (!QFileInfo(folder).isDir() || !holdsPart(folder))
        return ErrorCode::VaultMissing;
    auto lock = VaultLock::take(folder);
    if (!lock)
        return lock.error();
    Result<Header> header = inspect(folder);
    if (!header)
        return header.error();
    if (const Status writable = checkWritable(folder); !writable)
        return writable.error();
    if (const Status mac = checkHeaderMac(*header, vaultKey); !mac)
        return mac.error();
    return openWith(folder,
        Unlocked{
            std::move(*lock), std::move(*header), {SlotKind::Passphrase, {}}, std::move(vaultKey)},
        executor);
}

Result<std::unique_ptr<Vault>> Vault::recover(const QString& folder, const SecretBytes& words,
    const SecretBytes& newPassphrase, const PassphraseCost& cost, Executor& executor,
    Random& random)
{
    if (const Status sound = checkNew(newPassphrase, cost); !sound)
        return sound.error();
    auto unlocked = unlock(folder, byWords(words));
    if (!unlocked)
        return unlocked.error();
    const auto setPassphrase = [&](const Unlocked& with) {
        return replacePassphrase(folder, with, newPassphrase, cost, random);
    };
    return openWith(folder, std::move(*unlocked), executor, setPassphrase);
}

Status Vault::replacePassphrase(const QString& folder, const Unlocked& unlocked,
    const SecretBytes& next, const PassphraseCost& cost, Random& random)
{
    const auto identity = openIdentity(unlocked.header, unlocked.slotKey);
    if (!identity)
        return identity.error();
    Header header = unlocked.header;
    auto slot
        = makePassphraseSlot(header.id, next, cost, random.bytes(16), unlocked.vaultKey, *identity);
    if (!slot)
        return slot.error();
    header.passphrase = std::move(*slot);
    return replaceHeader(folder, header, unlocked.vaultKey,
        [&next](const Header& written) { return passphraseSlotKey(written, next); });
}

/// The new header is taken only if what opens it in future gives the same vault key.
Status Vault::replaceHeader(const QString& folder, const Header& header,
    const SecretBytes& vaultKey, const std::function<Result<SlotKey>(const Header&)>& slotKeyOf)
{
    const auto opens = [&](const Header& written) -> Status {
        const Result<SlotKey> slotKey = slotKeyOf(written);
        if (!slotKey)
            return slotKey.error();
        const Result<SecretBytes> key = openVaultKey(written, *slotKey);
        if (!key)
            return key.error();
        if (!key->equals(vaultKey.view()) || written.databaseSalt != header.databaseSalt)
            return ErrorCode::VaultHeaderTampered;
        return {};
    };
    return HeaderFile(folder).replace(encodeHeader(header, vaultKey), opens);
}

/// The header as it stands on disk, opened once more with what a person knows.
Result<Vault::Unlocked> Vault::unlockAgain(const SecretBytes& passphrase) const
{
    if (m_vaultKey.isEmpty())
        return ErrorCode::VaultLocked;
    Result<Header> header = HeaderFile(m_folder).read();
    if (!header)
        return header.error();
    Result<SlotKey> slotKey = passphraseSlotKey(*header, passphrase);
    if (!slotKey)
        return slotKey.error();
    Result<SecretBytes> key = openVaultKey(*header, *slotKey);
    if (!key)
        return key.error();
    if (!key->equals(m_vaultKey.view()))
        return Error{ErrorCode::VaultHeaderTampered,
            QStringLiteral("vault.waymark is not the one that opened this vault")};
    return Unlocked{nullptr, std::move(*header), std::move(*slotKey), std::move(*key)};
}

Status Vault::changePassphrase(
    const SecretBytes& current, const SecretBytes& next, const PassphraseCost& cost, Random& random)
{
    if (const Status sound = checkNew(next, cost); !sound)
        return sound;
    const auto unlocked = unlockAgain(current);
    if (!unlocked)
        return unlocked.error();
    return replacePassphrase(m_folder, *unlocked, next, cost, random);
}

Result<RecoveryWords> Vault::newRecoverySheet(const SecretBytes& passphrase, Random& random)
{
    const auto unlocked = unlockAgain(passphrase);
    if (!unlocked)
        return unlocked.error();
    const auto identity = openIdentity(unlocked->header, unlocked->slotKey);
    if (!identity)
        return identity.error();
    const SecretBytes secret = randomSecret(random, kRecoverySecretSize);
    Header header = unlocked->header;
    header.recovery = makeRecoverySlot(header.id, secret, unlocked->vaultKey, *identity);
    const Status replaced = replaceHeader(m_folder, header, unlocked->vaultKey,
        [&secret](const Header& written) { return recoverySlotKey(written, secret); });
    if (!replaced)
        return replaced.error();
    return recoveryWords(secret);
}

Result<SigningPair> Vault::identity(const SecretBytes& passphrase) const
{
    const auto unlocked = unlockAgain(passphrase);
    if (!unlocked)
        return unlocked.error();
    auto secret = openIdentity(unlocked->header, unlocked->slotKey);
    if (!secret)
        return secret.error();
    return pairOf(std::move(*secret));
}

Result<SigningPair> Vault::identityWithRecovery(const SecretBytes& words) const
{
    const Result<Header> header = HeaderFile(m_folder).read();
    if (!header)
        return header.error();
    const Result<SlotKey> slotKey = byWords(words)(*header);
    if (!slotKey)
        return slotKey.error();
    auto secret = openIdentity(*header, *slotKey);
    if (!secret)
        return secret.error();
    return pairOf(std::move(*secret));
}

SecretBytes Vault::subKey(const char* label) const
{
    Q_ASSERT(!m_vaultKey.isEmpty());
    return deriveKey(m_vaultKey, label);
}

QFuture<Status> Vault::lock()
{
    m_vaultKey.clear();
    return m_database->close();
}

} // namespace Waymark

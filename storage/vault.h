// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/random.h"
#include "app/crypto/mnemonic.h"
#include "app/crypto/signature.h"
#include "storage/database.h"
#include "storage/header.h"

#include <functional>

namespace Waymark {

class VaultLock;

/// An open vault: its folder is held by this process, its database runs on the executor.
///
/// The functions that take a passphrase or words derive keys and write files: they block for about
/// a second and belong on the thread pool, one at a time. None of them touches the connection of
/// an open vault. After an error of any of them the files are as they were.
///
/// Errors of opening: VaultMissing (no folder, or nothing of a vault in it), VaultHeaderMissing,
/// VaultHeaderDamaged, VaultNewer, VaultDatabaseMissing, VaultDatabaseDamaged,
/// VaultDatabaseSwapped, DiskReadOnly, VaultInUse, VaultCostRefused (all these before a key is
/// derived), VaultWrongPassphrase, VaultRecoveryForm, VaultWrongRecovery, VaultHeaderTampered,
/// CipherMissing, DiskFull, DiskFailed.
class Vault
{
public:
    /// What can be known without a key.
    struct Info
    {
        qint64 format = kHeaderFormat;
        VaultId id;
        std::optional<PassphraseCost> cost; ///< nothing without a passphrase slot
        bool hasRecovery = false;
        int otherSlots = 0; ///< of kinds this program does not know
    };
    struct Options
    {
        PassphraseCost cost = kFloorCost; ///< or measureCost(700)
        bool withRecovery = true; ///< make a recovery sheet at once
    };
    struct Created;
    /// Puts into the new database what a vault is never without.
    using Fill = std::function<Status(Connection&, const SigningPair& identity)>;

    /// Makes a vault in a folder, which is made if it is missing. VaultExists where the folder
    /// holds a part of a vault, Usage for an empty passphrase or a cost below the floor. After an
    /// error nothing is there that was not before. The header, without which nobody can read the
    /// rest, is written last, after `fill`: a vault is there whole or not at all, and what a crash
    /// left of one is taken away by the next create().
    [[nodiscard]] static Result<Created> create(const QString& folder,
        const SecretBytes& passphrase, const Options& options, Executor& executor, Random& random,
        const Fill& fill = {});
    [[nodiscard]] static Result<Info> info(const QString& folder);
    [[nodiscard]] static Result<std::unique_ptr<Vault>> open(
        const QString& folder, const SecretBytes& passphrase, Executor& executor);
    /// `words` is UTF-8 text, see readRecoveryWords().
    [[nodiscard]] static Result<std::unique_ptr<Vault>> openWithRecovery(
        const QString& folder, const SecretBytes& words, Executor& executor);
    /// With the vault key itself: for tests and repair.
    [[nodiscard]] static Result<std::unique_ptr<Vault>> openWithKey(
        const QString& folder, SecretBytes vaultKey, Executor& executor);
    /// Opens with the words and sets a new passphrase; the words stay good.
    [[nodiscard]] static Result<std::unique_ptr<Vault>> recover(const QString& folder,
        const SecretBytes& words, const SecretBytes& newPassphrase, const PassphraseCost& cost,
        Executor& executor, Random& random);

    /// Without lock(): the database is closed behind what was posted, its write-ahead log stays.
    ~Vault();
    Vault(const Vault&) = delete;
    Vault& operator=(const Vault&) = delete;

    /// VaultWrongPassphrase where `current` is not the passphrase, Usage for an empty new one.
    Status changePassphrase(const SecretBytes& current, const SecretBytes& next,
        const PassphraseCost& cost, Random& random);
    /// Makes a new recovery sheet; the words of an earlier one stop opening the vault.
    [[nodiscard]] Result<RecoveryWords> newRecoverySheet(
        const SecretBytes& passphrase, Random& random);
    /// The person's identity key, which an open vault does not hold. Let it go soon.
    [[nodiscard]] Result<SigningPair> identity(const SecretBytes& passphrase) const;
    [[nodiscard]] Result<SigningPair> identityWithRecovery(const SecretBytes& words) const;

    [[nodiscard]] const VaultId& id() const { return m_id; }
    [[nodiscard]] const QString& folder() const { return m_folder; }
    [[nodiscard]] Database& database() { return *m_database; }
    /// A key for another use ("attachments", "backups"); not after lock().
    [[nodiscard]] SecretBytes subKey(const char* label) const;

    /// Runs what was posted to the database before, closes it with its write-ahead log emptied,
    /// lets go of the folder, and wipes the keys at once. The only call of an open vault that may
    /// be made on any thread; nothing but destroying may follow.
    QFuture<Status> lock();

private:
    struct Unlocked; ///< a header with the vault key that it gave
    Vault(QString folder, const VaultId& id, SecretBytes vaultKey,
        std::unique_ptr<Database> database);
    template <typename MakeSlotKey>
    static Result<Unlocked> unlock(const QString& folder, MakeSlotKey makeSlotKey);
    /// `before` is done when the database has opened, before the vault is given out.
    static Result<std::unique_ptr<Vault>> openWith(const QString& folder, Unlocked unlocked,
        Executor& executor, const std::function<Status(const Unlocked&)>& before = {});
    static Status replacePassphrase(const QString& folder, const Unlocked& unlocked,
        const SecretBytes& next, const PassphraseCost& cost, Random& random);
    static Status replaceHeader(const QString& folder, const Header& header,
        const SecretBytes& vaultKey,
        const std::function<Result<SlotKey>(const Header&)>& slotKeyOf);
    Result<Unlocked> unlockAgain(const SecretBytes& passphrase) const;

    QString m_folder;
    VaultId m_id;
    SecretBytes m_vaultKey;
    std::unique_ptr<Database> m_database;
};

/// A new vault, open, and what exists only now.
struct Vault::Created
{
    std::unique_ptr<Vault> vault;
    std::optional<RecoveryWords> words; ///< shown once, never stored
    SigningPair identity; ///< to sign the first roster with
};

} // namespace Waymark

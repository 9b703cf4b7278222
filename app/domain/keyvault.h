// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "app/core/result.h"
#include "app/crypto/secretbytes.h"

#include <QFuture>
#include <QString>
#include <QStringList>

#include <memory>

namespace Waymark {

/// Secrets travel between threads in shared pointers, since futures copy.
using SharedSecret = std::shared_ptr<SecretBytes>;

struct VaultInfo
{
    QString directory;
    VaultId id;
    int format = 0;
    quint64 kdfMemoryBytes = 0;
    quint64 kdfPasses = 0;
    QStringList slots_; ///< kinds of the key slots: "passphrase", "recovery", or "unknown"
};

/// Opening and closing one vault. Answers come from the database thread; deriving a key takes as
/// long as the vault's cost says. While it is locked, every other port answers VaultLocked.
class KeyVault
{
public:
    virtual ~KeyVault() = default;
    /// Reads the header alone; needs no passphrase.
    virtual QFuture<Result<VaultInfo>> info() = 0;
    /// Whether any part of a vault is there, a damaged one too: then none can be made.
    [[nodiscard]] virtual bool exists() const = 0;
    [[nodiscard]] virtual bool isOpen() const = 0;
    /// The owner's name and when it was locked, for the unlock page; empty before the first vault.
    /// Makes a vault and opens it; gives the 24 recovery words. `floorCost`: the least key
    /// derivation, for tests and small machines.
    virtual QFuture<Result<QStringList>> create(
        QString ownerName, SharedSecret passphrase, bool floorCost)
        = 0;
    virtual QFuture<Status> unlock(SharedSecret passphrase) = 0;
    virtual QFuture<Status> unlockWithRecovery(SharedSecret words) = 0;
    virtual QFuture<Status> changePassphrase(SharedSecret current, SharedSecret replacement) = 0;
    /// Opens with the words and sets a new passphrase.
    virtual QFuture<Status> recover(SharedSecret words, SharedSecret newPassphrase) = 0;
    /// Seals what is typed, brings the index level for at most 300 ms, wipes keys, closes.
    virtual QFuture<Status> lock() = 0;
    virtual QFuture<Result<QString>> ownerName() = 0;
};

} // namespace Waymark

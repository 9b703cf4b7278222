// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "app/core/result.h"
#include "app/crypto/sealing.h"
#include "app/crypto/secretbytes.h"

#include <optional>
#include <vector>

namespace Waymark {

// The content of vault.waymark, as docs/FILE_FORMAT.md says it: pure functions, any thread. Only
// passphraseSlotKey() and makePassphraseSlot() take long, as long as the cost says.

constexpr qint64 kHeaderFormat = 1;
constexpr qsizetype kDatabaseSaltSize = 16;
constexpr std::size_t kVaultKeySize = 32;
constexpr std::size_t kIdentitySecretSize = 64;

enum class SlotKind { Passphrase = 1, Recovery = 2 };

/// What a slot wraps under its key, each on its own.
struct SealedSecrets
{
    Bytes vaultKey;
    Bytes identity;

    friend bool operator==(const SealedSecrets&, const SealedSecrets&) = default;
};

struct PassphraseSlot
{
    Bytes salt; ///< 16 bytes, for Argon2id
    PassphraseCost cost;
    SealedSecrets sealed;

    friend bool operator==(const PassphraseSlot&, const PassphraseSlot&) = default;
};

struct RecoverySlot
{
    SealedSecrets sealed;

    friend bool operator==(const RecoverySlot&, const RecoverySlot&) = default;
};

struct Header
{
    VaultId id;
    Bytes databaseSalt; ///< the first 16 bytes of journal.db
    std::optional<PassphraseSlot> passphrase;
    std::optional<RecoverySlot> recovery;
    std::vector<Bytes> otherSlots; ///< of kinds that this program does not know, kept as they are
    Hash mac;

    friend bool operator==(const Header&, const Header&) = default;
};

/// Reads a file's bytes. VaultHeaderDamaged: cut short, or not what its own hash says; VaultNewer:
/// a later format.
[[nodiscard]] Result<Header> decodeHeader(BytesView file);
/// The file's bytes, with a new MAC under the vault key.
[[nodiscard]] Bytes encodeHeader(const Header& header, const SecretBytes& vaultKey);

/// The key of one slot, from what a person knows.
struct SlotKey
{
    SlotKind kind;
    SecretBytes key;
};

/// VaultWrongPassphrase when there is no such slot, VaultCostRefused when its cost is beyond what
/// is tried. Whether the passphrase is right shows only in opening the slot.
[[nodiscard]] Result<SlotKey> passphraseSlotKey(
    const Header& header, const SecretBytes& passphrase);
/// VaultWrongRecovery when there is no such slot. `secret` is what the 24 words say.
[[nodiscard]] Result<SlotKey> recoverySlotKey(const Header& header, const SecretBytes& secret);

/// VaultWrongPassphrase or VaultWrongRecovery where the key does not fit; VaultHeaderTampered where
/// it fits and the slot, or the header's MAC, is not what was written.
[[nodiscard]] Result<SecretBytes> openVaultKey(const Header& header, const SlotKey& slotKey);
[[nodiscard]] Result<SecretBytes> openIdentity(const Header& header, const SlotKey& slotKey);
/// VaultHeaderTampered where the header was not written with this vault key.
Status checkHeaderMac(const Header& header, const SecretBytes& vaultKey);

/// Slots for a header with this id; `salt` is 16 fresh random bytes.
[[nodiscard]] Result<PassphraseSlot> makePassphraseSlot(const VaultId& id,
    const SecretBytes& passphrase, const PassphraseCost& cost, const Bytes& salt,
    const SecretBytes& vaultKey, const SecretBytes& identity);
[[nodiscard]] RecoverySlot makeRecoverySlot(const VaultId& id, const SecretBytes& secret,
    const SecretBytes& vaultKey, const SecretBytes& identity);

/// The key of journal.db.
[[nodiscard]] SecretBytes databaseKey(const SecretBytes& vaultKey);

} // namespace Waymark

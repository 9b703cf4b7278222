// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/header.h"

#include "app/core/cbor.h"
#include "app/crypto/hash.h"

namespace Waymark {

namespace {

constexpr qsizetype kMostBytes = 64 * 1024;
constexpr quint64 kMostSlots = 16;
constexpr qsizetype kSaltSize = 16;
constexpr qsizetype kSealedKey = qsizetype(kVaultKeySize) + kSealOverhead;
constexpr qsizetype kSealedIdentity = qsizetype(kIdentitySecretSize) + kSealOverhead;

constexpr const char* kKeyLabel = "vault key";
constexpr const char* kIdentityLabel = "identity secret";

Error damaged(const char* what)
{
    return {ErrorCode::VaultHeaderDamaged, QString::fromLatin1(what)};
}

void writeParameters(Cbor::Writer& to, const PassphraseSlot& slot)
{
    to.array(3).bytes(slot.salt);
    to.integer(qint64(slot.cost.memoryBytes)).integer(qint64(slot.cost.passes));
}

void writeParameters(Cbor::Writer& to, const RecoverySlot&)
{
    to.array(0);
}

template <typename Slot>
void writeSlot(Cbor::Writer& to, SlotKind kind, const Slot& slot)
{
    to.array(4).integer(int(kind));
    writeParameters(to, slot);
    to.bytes(slot.sealed.vaultKey).bytes(slot.sealed.identity);
}

/// What a slot's ciphertexts are bound to, beside the label of the secret: the vault, the kind and
/// the parameters.
template <typename Slot>
Bytes associated(const VaultId& id, SlotKind kind, const Slot& slot, const char* label)
{
    Cbor::Writer out;
    out.array(4).utf8(BytesView(label)).id(id).integer(int(kind));
    writeParameters(out, slot);
    return out.take();
}

void writeBody(Cbor::Writer& to, const Header& header)
{
    to.integer(kHeaderFormat).id(header.id).bytes(header.databaseSalt);
    const auto known = (header.passphrase ? 1U : 0U) + (header.recovery ? 1U : 0U);
    to.array(known + header.otherSlots.size());
    if (header.passphrase)
        writeSlot(to, SlotKind::Passphrase, *header.passphrase);
    if (header.recovery)
        writeSlot(to, SlotKind::Recovery, *header.recovery);
    for (const Bytes& slot : header.otherSlots)
        to.raw(slot);
}

/// Over the array without its last element.
Hash macOf(const Header& header, const SecretBytes& vaultKey)
{
    Cbor::Writer body;
    body.array(4);
    writeBody(body, header);
    const SecretBytes key = deriveKey(vaultKey, "header MAC");
    return keyedHash(key, "vault header", {body.data()});
}

SealedSecrets readSealed(Cbor::Reader& from)
{
    SealedSecrets sealed;
    sealed.vaultKey = from.bytes(kSealedKey).toByteArray();
    sealed.identity = from.bytes(kSealedIdentity).toByteArray();
    if (sealed.vaultKey.size() != kSealedKey || sealed.identity.size() != kSealedIdentity)
        from.fail();
    return sealed;
}

PassphraseSlot readPassphraseSlot(Cbor::Reader& from)
{
    constexpr qint64 kMost = (qint64(1) << 53) - 1;
    PassphraseSlot slot;
    from.arrayOf(3);
    slot.salt = from.bytes(kSaltSize).toByteArray();
    if (slot.salt.size() != kSaltSize)
        from.fail();
    slot.cost.memoryBytes = quint64(from.integer(0, kMost));
    slot.cost.passes = quint64(from.integer(0, kMost));
    slot.sealed = readSealed(from);
    return slot;
}

RecoverySlot readRecoverySlot(Cbor::Reader& from)
{
    from.arrayOf(0);
    return {readSealed(from)};
}

/// Slots stand in the order of their kinds, those that are unknown last.
void readSlot(Cbor::Reader& from, Header& header)
{
    Cbor::Reader ahead = from;
    const quint64 elements = ahead.array(64);
    const qint64 kind = ahead.integer(0, 0xffff);
    if (kind == qint64(SlotKind::Passphrase) || kind == qint64(SlotKind::Recovery)) {
        if (elements != 4 || header.recovery || !header.otherSlots.empty())
            return from.fail();
        if (kind == qint64(SlotKind::Recovery))
            header.recovery = readRecoverySlot(ahead);
        else if (header.passphrase)
            return from.fail();
        else
            header.passphrase = readPassphraseSlot(ahead);
        from = ahead;
        return;
    }
    if (!ahead.ok())
        return from.fail();
    header.otherSlots.push_back(from.skip().toByteArray());
}

struct SlotView
{
    const SealedSecrets& sealed;
    Bytes associated;
};

std::optional<SlotView> slotFor(const Header& header, SlotKind kind, const char* label)
{
    switch (kind) {
    case SlotKind::Passphrase:
        if (header.passphrase)
            return SlotView{
                header.passphrase->sealed, associated(header.id, kind, *header.passphrase, label)};
        break;
    case SlotKind::Recovery:
        if (header.recovery)
            return SlotView{
                header.recovery->sealed, associated(header.id, kind, *header.recovery, label)};
        break;
    }
    return std::nullopt;
}

ErrorCode wrong(SlotKind kind)
{
    switch (kind) {
    case SlotKind::Passphrase:
        return ErrorCode::VaultWrongPassphrase;
    case SlotKind::Recovery:
        break;
    }
    return ErrorCode::VaultWrongRecovery;
}

Result<SecretBytes> openSecret(
    const Header& header, const SlotKey& slotKey, const char* label, Bytes SealedSecrets::*which)
{
    const auto slot = slotFor(header, slotKey.kind, label);
    if (!slot)
        return wrong(slotKey.kind);
    Opened opened = open(slotKey.key, label, slot->associated, slot->sealed.*which);
    if (opened.plain)
        return std::move(*opened.plain);
    return opened.fault == SealFault::WrongKey
        ? Error{wrong(slotKey.kind), {}}
        : Error{ErrorCode::VaultHeaderTampered, QStringLiteral("a slot does not verify")};
}

template <typename Slot>
void sealInto(Slot& slot, const VaultId& id, SlotKind kind, const SecretBytes& slotKey,
    const SecretBytes& vaultKey, const SecretBytes& identity)
{
    slot.sealed.vaultKey
        = seal(slotKey, kKeyLabel, associated(id, kind, slot, kKeyLabel), vaultKey.view());
    slot.sealed.identity = seal(
        slotKey, kIdentityLabel, associated(id, kind, slot, kIdentityLabel), identity.view());
}

SecretBytes recoveryKey(const VaultId& id, const SecretBytes& secret)
{
    return deriveKey(secret, "recovery slot", {id.view()});
}

} // namespace

Result<Header> decodeHeader(BytesView file)
{
    constexpr qsizetype kHash = qsizetype(Hash::kSize);
    if (file.size() <= kHash || file.size() > kMostBytes)
        return damaged("vault.waymark has a wrong size");
    const BytesView content = file.chopped(kHash);
    if (blake2b(Hash::kSize, {content}) != file.last(kHash))
        return damaged("vault.waymark does not match its hash");

    Cbor::Reader reader(content);
    Header header;
    const quint64 elements = reader.array(1024);
    const qint64 format = reader.integer(1, 0xffff);
    if (reader.ok() && format > kHeaderFormat)
        return Error{ErrorCode::VaultNewer,
            QStringLiteral("vault.waymark has format %1, this program knows %2")
                .arg(format)
                .arg(kHeaderFormat)};
    header.id = reader.id<VaultId>();
    header.databaseSalt = reader.bytes(kDatabaseSaltSize).toByteArray();
    for (quint64 left = reader.array(kMostSlots); left > 0 && reader.ok(); --left)
        readSlot(reader, header);
    header.mac = reader.id<Hash>();
    if (elements != 5 || header.databaseSalt.size() != kDatabaseSaltSize || !reader.finished())
        return damaged("vault.waymark is not in its form");
    return header;
}

Bytes encodeHeader(const Header& header, const SecretBytes& vaultKey)
{
    Cbor::Writer out;
    out.array(5);
    writeBody(out, header);
    out.id(macOf(header, vaultKey));
    Bytes file = out.take();
    file += blake2b(Hash::kSize, {file});
    return file;
}

Result<SlotKey> passphraseSlotKey(const Header& header, const SecretBytes& passphrase)
{
    if (!header.passphrase)
        return ErrorCode::VaultWrongPassphrase;
    auto key = keyFromPassphrase(passphrase, header.passphrase->salt, header.passphrase->cost);
    if (!key)
        return key.error();
    return SlotKey{SlotKind::Passphrase, std::move(*key)};
}

Result<SlotKey> recoverySlotKey(const Header& header, const SecretBytes& secret)
{
    if (!header.recovery)
        return Error{ErrorCode::VaultWrongRecovery, QStringLiteral("there is no recovery sheet")};
    return SlotKey{SlotKind::Recovery, recoveryKey(header.id, secret)};
}

Result<SecretBytes> openVaultKey(const Header& header, const SlotKey& slotKey)
{
    auto key = openSecret(header, slotKey, kKeyLabel, &SealedSecrets::vaultKey);
    if (!key)
        return key;
    if (const Status mac = checkHeaderMac(header, *key); !mac)
        return mac.error();
    return key;
}

Status checkHeaderMac(const Header& header, const SecretBytes& vaultKey)
{
    if (equalBytes(macOf(header, vaultKey).view(), header.mac.view()))
        return {};
    return Error{ErrorCode::VaultHeaderTampered, QStringLiteral("vault.waymark does not verify")};
}

Result<SecretBytes> openIdentity(const Header& header, const SlotKey& slotKey)
{
    return openSecret(header, slotKey, kIdentityLabel, &SealedSecrets::identity);
}

Result<PassphraseSlot> makePassphraseSlot(const VaultId& id, const SecretBytes& passphrase,
    const PassphraseCost& cost, const Bytes& salt, const SecretBytes& vaultKey,
    const SecretBytes& identity)
{
    PassphraseSlot slot{salt, cost, {}};
    const auto key = keyFromPassphrase(passphrase, salt, cost);
    if (!key)
        return key.error();
    sealInto(slot, id, SlotKind::Passphrase, *key, vaultKey, identity);
    return slot;
}

RecoverySlot makeRecoverySlot(const VaultId& id, const SecretBytes& secret,
    const SecretBytes& vaultKey, const SecretBytes& identity)
{
    RecoverySlot slot;
    sealInto(slot, id, SlotKind::Recovery, recoveryKey(id, secret), vaultKey, identity);
    return slot;
}

SecretBytes databaseKey(const SecretBytes& vaultKey)
{
    return deriveKey(vaultKey, "database");
}

} // namespace Waymark

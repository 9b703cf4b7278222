// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/cbor.h"
#include "app/crypto/hash.h"
#include "storage/header.h"
#include "tests/storage/vaultfixture.h"

#include <QTest>

using namespace Waymark;
using namespace Waymark::Testing;

namespace {

/// Replaces the hash at the end, as somebody would who changes the file on purpose.
Bytes rehashed(const Bytes& content)
{
    return content + blake2b(32, {content});
}

} // namespace

class HeaderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void whatIsWrittenIsRead();
    void everyBitOfTheFileIsChecked();
    void aFileCutAnywhereIsDamaged();
    void aNewerFormatIsToldApart();
    void theSlotsOpenWithWhatMadeThem();
    void wrongPassphraseAndWrongWordsAreToldApart();
    void theIdentityIsWrappedApart();
    void aSlotFitsItsVaultAndItsParametersOnly();
    void aChangedHeaderWithARightHashIsTampering();
    void unknownSlotsAreKept();
    void aCostBeyondTheCeilingIsNotTried();
    void otherFormsAreRefused();

private:
    Header m_header;
    SecretBytes m_vaultKey = SecretBytes::random(kVaultKeySize);
    SecretBytes m_identity = SecretBytes::random(kIdentitySecretSize);
    SecretBytes m_recovery = SecretBytes::random(kRecoverySecretSize);
    Bytes m_file;
    std::optional<SlotKey> m_passphraseKey; // derived once, for all tests
};

void HeaderTest::initTestCase()
{
    SystemRandom random;
    m_header.id = random.id<VaultId>();
    m_header.databaseSalt = random.bytes(16);
    auto slot = makePassphraseSlot(
        m_header.id, secret("a passphrase"), kFloorCost, random.bytes(16), m_vaultKey, m_identity);
    QVERIFY(slot.ok());
    m_header.passphrase = *slot;
    m_header.recovery = makeRecoverySlot(m_header.id, m_recovery, m_vaultKey, m_identity);
    m_file = encodeHeader(m_header, m_vaultKey);
    m_header = *decodeHeader(m_file);
    auto key = passphraseSlotKey(m_header, secret("a passphrase"));
    QVERIFY(key.ok());
    m_passphraseKey = std::move(*key);
}

void HeaderTest::whatIsWrittenIsRead()
{
    const auto read = decodeHeader(m_file);
    QVERIFY(read.ok());
    QCOMPARE(encodeHeader(*read, m_vaultKey), m_file);
    QCOMPARE(read->passphrase->cost, kFloorCost);
    QVERIFY(checkHeaderMac(*read, m_vaultKey).ok());
}

void HeaderTest::everyBitOfTheFileIsChecked()
{
    for (qsizetype at = 0; at < m_file.size(); ++at)
        for (int bit = 0; bit < 8; ++bit)
            QCOMPARE(
                decodeHeader(flipped(m_file, at, bit)).error().code, ErrorCode::VaultHeaderDamaged);
}

void HeaderTest::aFileCutAnywhereIsDamaged()
{
    for (qsizetype size = 0; size < m_file.size(); ++size)
        QCOMPARE(decodeHeader(m_file.first(size)).error().code, ErrorCode::VaultHeaderDamaged);
    QCOMPARE(decodeHeader(m_file + '\0').error().code, ErrorCode::VaultHeaderDamaged);
}

void HeaderTest::aNewerFormatIsToldApart()
{
    Bytes content = m_file.chopped(32);
    QCOMPARE(content[1], '\1');
    content[1] = '\2';
    QCOMPARE(decodeHeader(rehashed(content)).error().code, ErrorCode::VaultNewer);
    // Whatever else a later format may hold.
    QCOMPARE(decodeHeader(rehashed(Cbor::Writer().array(2).integer(7).text(u"else").take()))
                 .error()
                 .code,
        ErrorCode::VaultNewer);
}

void HeaderTest::theSlotsOpenWithWhatMadeThem()
{
    QVERIFY(openVaultKey(m_header, *m_passphraseKey)->equals(m_vaultKey.view()));
    const auto byWords = recoverySlotKey(m_header, m_recovery);
    QVERIFY(openVaultKey(m_header, *byWords)->equals(m_vaultKey.view()));
}

void HeaderTest::wrongPassphraseAndWrongWordsAreToldApart()
{
    const SlotKey wrong{SlotKind::Passphrase, SecretBytes::random(32)};
    QCOMPARE(openVaultKey(m_header, wrong).error().code, ErrorCode::VaultWrongPassphrase);
    const auto otherWords = recoverySlotKey(m_header, SecretBytes::random(32));
    QCOMPARE(openVaultKey(m_header, *otherWords).error().code, ErrorCode::VaultWrongRecovery);
    Header without = m_header;
    without.recovery.reset();
    QCOMPARE(recoverySlotKey(without, m_recovery).error().code, ErrorCode::VaultWrongRecovery);
}

void HeaderTest::theIdentityIsWrappedApart()
{
    QVERIFY(openIdentity(m_header, *m_passphraseKey)->equals(m_identity.view()));
    QVERIFY(
        openIdentity(m_header, *recoverySlotKey(m_header, m_recovery))->equals(m_identity.view()));
    // One ciphertext does not stand for the other, though one key opens both.
    Header swapped = m_header;
    swapped.passphrase->sealed.identity = m_header.passphrase->sealed.vaultKey;
    QVERIFY(!openIdentity(swapped, *m_passphraseKey).ok());
}

void HeaderTest::aSlotFitsItsVaultAndItsParametersOnly()
{
    Header other = m_header;
    other.id = SystemRandom().id<VaultId>();
    QCOMPARE(openVaultKey(other, *m_passphraseKey).error().code, ErrorCode::VaultHeaderTampered);
    other = m_header;
    other.passphrase->cost.passes += 1;
    QCOMPARE(openVaultKey(other, *m_passphraseKey).error().code, ErrorCode::VaultHeaderTampered);
}

void HeaderTest::aChangedHeaderWithARightHashIsTampering()
{
    // Each bit of each part, with the hash made anew: nothing that was changed on purpose opens.
    const Bytes content = m_file.chopped(32);
    int tampered = 0;
    for (qsizetype at = 0; at < content.size(); ++at) {
        const auto read = decodeHeader(rehashed(flipped(content, at, int(at % 8))));
        if (!read)
            continue; // no longer in its form
        QVERIFY(!openVaultKey(*read, *m_passphraseKey).ok());
        ++tampered;
    }
    QVERIFY(tampered > 500);
    Header withoutSheet = m_header;
    withoutSheet.recovery.reset();
    const Bytes other = encodeHeader(withoutSheet, SecretBytes::random(32));
    QCOMPARE(openVaultKey(*decodeHeader(other), *m_passphraseKey).error().code,
        ErrorCode::VaultHeaderTampered);
}

void HeaderTest::unknownSlotsAreKept()
{
    Header header = m_header;
    header.otherSlots.push_back(Cbor::Writer().array(3).integer(3).text(u"key").null().take());
    header.otherSlots.push_back(Cbor::Writer().array(1).integer(900).take());
    const Bytes file = encodeHeader(header, m_vaultKey);
    const auto read = decodeHeader(file);
    QVERIFY(read.ok());
    QCOMPARE(read->otherSlots, header.otherSlots);
    QVERIFY(openVaultKey(*read, *m_passphraseKey).ok());
    QCOMPARE(encodeHeader(*read, m_vaultKey), file);
}

void HeaderTest::aCostBeyondTheCeilingIsNotTried()
{
    Header header = m_header;
    header.passphrase->cost.memoryBytes = kCeilingCost.memoryBytes + 1;
    QCOMPARE(passphraseSlotKey(header, secret("a passphrase")).error().code,
        ErrorCode::VaultCostRefused);
    header.passphrase->cost = {kFloorCost.memoryBytes, kCeilingCost.passes + 1};
    QCOMPARE(passphraseSlotKey(header, secret("a passphrase")).error().code,
        ErrorCode::VaultCostRefused);
}

void HeaderTest::otherFormsAreRefused()
{
    const auto slotless = [this](const Bytes& slots) {
        Cbor::Writer out;
        out.array(5).integer(1).id(m_header.id).bytes(m_header.databaseSalt).raw(slots);
        out.id(Hash{});
        return decodeHeader(rehashed(out.take()));
    };
    QVERIFY(slotless(Cbor::Writer().array(0).take()).ok());
    Cbor::Writer many;
    many.array(17);
    for (int i = 0; i < 17; ++i)
        many.array(1).integer(9);
    QCOMPARE(slotless(many.take()).error().code, ErrorCode::VaultHeaderDamaged);
    // Two of a kind, and known kinds behind unknown ones.
    const RecoverySlot& slot = *m_header.recovery;
    const auto write = [&slot](Cbor::Writer& to) {
        to.array(4).integer(2).array(0).bytes(slot.sealed.vaultKey).bytes(slot.sealed.identity);
    };
    Cbor::Writer twice;
    twice.array(2);
    write(twice);
    write(twice);
    QCOMPARE(slotless(twice.take()).error().code, ErrorCode::VaultHeaderDamaged);
    Cbor::Writer behind;
    behind.array(2).array(1).integer(9);
    write(behind);
    QCOMPARE(slotless(behind.take()).error().code, ErrorCode::VaultHeaderDamaged);
}

QTEST_GUILESS_MAIN(HeaderTest)
#include "tst_header.moc"

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crypto/hash.h"
#include "app/crypto/sealing.h"
#include "app/crypto/signature.h"

#include <QTest>

using namespace Waymark;

namespace {

Bytes hex(const char* digits)
{
    return Bytes::fromHex(digits);
}

} // namespace

class CryptoTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// RFC 7693, appendix A.
    void blake2bMeetsItsVectors()
    {
        QCOMPARE(blake2b(64, {"abc"}).toHex(),
            Bytes("ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                  "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923"));
    }

    void aLabelKeepsHashesApart()
    {
        QVERIFY(labelledHash("part", {"x"}) != labelledHash("body", {"x"}));
        QCOMPARE(labelledHash("part", {"x", "y"}), labelledHash("part", {"xy"}));
        QCOMPARE(labelledHash("part", {"x"}).bytes(), blake2b(32, {"Waymark 1 part", "x"}));
    }

    /// RFC 4231, test case 2.
    void hmacMeetsItsVector()
    {
        QCOMPARE(hmacSha512(SecretBytes::copyOf("Jefe"), "what do ya want for nothing?")
                     .view()
                     .toByteArray()
                     .toHex(),
            Bytes("164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                  "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"));
    }

    /// As HKDF without a salt asks for it: an empty key is one of zeros.
    void hmacTakesAnEmptyKey()
    {
        QVERIFY(hmacSha512({}, "message").equals(hmacSha512(SecretBytes(128), "message").view()));
    }

    /// RFC 8032, 7.1, test 1 gives the key pair of a seed.
    void ed25519MeetsItsVector()
    {
        const SigningPair pair = SigningPair::fromSeed(SecretBytes::copyOf(
            hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")));
        QCOMPARE(pair.publicKey.hex(),
            Bytes("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
    }

    /// RFC 7748, 6.1.
    void x25519MeetsItsVector()
    {
        const auto bob = AgreementPair::fromSecret(SecretBytes::copyOf(
            hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")));
        QCOMPARE(bob.publicKey.hex(),
            Bytes("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"));
        const AgreementKey alice = *AgreementKey::fromHex(
            "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
        const auto shared = agree(bob.secret, alice);
        QVERIFY(shared);
        QCOMPARE(shared->view().toByteArray().toHex(),
            Bytes("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"));
        QVERIFY(!agree(bob.secret, AgreementKey{}));
    }

    void aSignatureIsBoundToItsLabelAndEveryByte()
    {
        const SigningPair pair = SigningPair::generate();
        const Signature signature = sign(pair.secret, "op", {"header"});
        QVERIFY(verify(pair.publicKey, "op", {"header"}, signature));
        QVERIFY(!verify(pair.publicKey, "ending", {"header"}, signature));
        QVERIFY(!verify(pair.publicKey, "op", {"headeR"}, signature));
        for (std::size_t bit = 0; bit < 8 * Signature::kSize; ++bit) {
            Signature other = signature;
            other.data[bit / 8] ^= static_cast<unsigned char>(1u << (bit % 8));
            QVERIFY(!verify(pair.publicKey, "op", {"header"}, other));
        }
    }

    void whatIsSealedOpensOnlyAsItWas()
    {
        const SecretBytes key = SecretBytes::random(32);
        const Bytes sealed = seal(key, "slot", "associated", "the plain text");
        QCOMPARE(sealed.size(), 14 + kSealOverhead);
        const Opened opened = open(key, "slot", "associated", sealed);
        QVERIFY(opened.plain);
        QCOMPARE(opened.plain->view().toByteArray(), Bytes("the plain text"));
        QVERIFY(open(SecretBytes::random(32), "slot", "associated", sealed).fault
            == SealFault::WrongKey);
        QVERIFY(!open(key, "other", "associated", sealed).plain);
        QVERIFY(!open(key, "slot", "Associated", sealed).plain);
        for (qsizetype bit = 0; bit < 8 * sealed.size(); ++bit) {
            Bytes other = sealed;
            other[bit / 8] = char(other[bit / 8] ^ (1 << (bit % 8)));
            QVERIFY(!open(key, "slot", "associated", other).plain);
        }
        QVERIFY(!open(key, "slot", "associated", sealed.first(40)).plain);
    }

    void aDearCostIsRefusedBeforeItIsTried()
    {
        const SecretBytes passphrase = SecretBytes::copyOf("x");
        const Bytes salt(16, 's');
        QCOMPARE(
            keyFromPassphrase(passphrase, salt, {kCeilingCost.memoryBytes + 1, 3}).error().code,
            ErrorCode::VaultCostRefused);
        QCOMPARE(keyFromPassphrase(passphrase, salt, {kFloorCost.memoryBytes, 65}).error().code,
            ErrorCode::VaultCostRefused);
        QCOMPARE(keyFromPassphrase(passphrase, "short", kFloorCost).error().code,
            ErrorCode::VaultCostRefused);
        QCOMPARE(
            keyFromPassphrase(passphrase, salt, {1, 1}).error().code, ErrorCode::VaultCostRefused);
    }

    void hkdfFillsAnySize()
    {
        const SecretBytes key = SecretBytes::copyOf("input");
        const SecretBytes longer = hkdfSha512(key, "salt", "label", 100);
        const SecretBytes shorter = hkdfSha512(key, "salt", "label", 32);
        QVERIFY(longer.slice(0, 32).equals(shorter.view()));
        QVERIFY(!hkdfSha512(key, "salt", "other", 32).equals(shorter.view()));
    }
};

QTEST_APPLESS_MAIN(CryptoTest)
#include "tst_crypto.moc"

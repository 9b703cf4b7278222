// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crypto/mnemonic.h"

#include <QTest>

using namespace Waymark;

namespace {

Bytes joined(const RecoveryWords& words)
{
    Bytes out;
    for (const QLatin1String word : words)
        out += (out.isEmpty() ? "" : " ") + Bytes(word.data(), word.size());
    return out;
}

Bytes repeated(const char* words, int count)
{
    return Bytes(words).repeated(count);
}

} // namespace

class MnemonicTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void publishedVectors_data();
    void publishedVectors();
    void wordsAreTakenAsPeopleTypeThem();
    void aWrongWordIsNamedWithTheNearest();
    void aWrongCountOrOrderIsToldApart();
    void anotherWordFitsByChanceOnly();
    void anErrorNamesNoWord();
};

// The 256-bit vectors of https://github.com/trezor/python-mnemonic (vectors.json, MIT licence).
void MnemonicTest::publishedVectors_data()
{
    QTest::addColumn<Bytes>("entropy");
    QTest::addColumn<Bytes>("words");
    const auto add = [](const char* hex, const Bytes& words) {
        QTest::newRow(hex) << Bytes::fromHex(hex) << words;
    };
    QTest::newRow("00") << Bytes(32, '\0') << Bytes(repeated("abandon ", 23) + "art");
    QTest::newRow("7f") << Bytes(32, '\x7f')
                        << Bytes(repeated("legal winner thank year wave sausage worth useful ", 2)
                               + "legal winner thank year wave sausage worth title");
    QTest::newRow("80") << Bytes(32, '\x80')
                        << Bytes(repeated(
                                     "letter advice cage absurd amount doctor acoustic avoid ", 2)
                               + "letter advice cage absurd amount doctor acoustic bless");
    QTest::newRow("ff") << Bytes(32, '\xff') << Bytes(repeated("zoo ", 23) + "vote");
    add("68a79eaca2324873eacc50cb9c6eca8cc68ea5d936f98787c60c7ebc74e6ce7c",
        "hamster diagram private dutch cause delay private meat slide toddler razor book happy "
        "fancy gospel tennis maple dilemma loan word shrug inflict delay length");
    add("9f6a2878b2520799a44ef18bc7df394e7061a224d2c33cd015b157d746869863",
        "panda eyebrow bullet gorilla call smoke muffin taste mesh discover soft ostrich alcohol "
        "speed nation flash devote level hobby quick inner drive ghost inside");
    add("066dca1a2bb7e8a1db2832148ce9933eea0f3ac9548d793112d9a95c9407efad",
        "all hour make first leader extend hole alien behind guard gospel lava path output census "
        "museum junior mass reopen famous sing advance salt reform");
    add("f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f",
        "void come effort suffer camp survey warrior heavy shoot primary clutch crush open amazing "
        "screen patrol group space point ten exist slush involve unfold");
}

void MnemonicTest::publishedVectors()
{
    QFETCH(Bytes, entropy);
    QFETCH(Bytes, words);
    QCOMPARE(joined(recoveryWords(SecretBytes::copyOf(entropy))), words);
    const RecoveryReading read = readRecoveryWords(words);
    QVERIFY(read.secret.has_value());
    QVERIFY(read.secret->equals(entropy));
}

void MnemonicTest::wordsAreTakenAsPeopleTypeThem()
{
    const SecretBytes secret = SecretBytes::random(32);
    const RecoveryWords words = recoveryWords(secret);
    Bytes numbered = "  ";
    Bytes prefixes;
    int number = 0;
    for (const QLatin1String word : words) {
        const Bytes bytes(word.data(), word.size());
        numbered += QByteArray::number(++number) + ".\t" + bytes.toUpper() + " \r\n";
        prefixes += bytes.first(std::min<qsizetype>(bytes.size(), 4)) + ", ";
    }
    QVERIFY(readRecoveryWords(numbered).secret->equals(secret.view()));
    QVERIFY(readRecoveryWords(prefixes).secret->equals(secret.view()));
}

void MnemonicTest::aWrongWordIsNamedWithTheNearest()
{
    const auto faultOf = [](const char* third) {
        const Bytes text = "abandon Abandon " + Bytes(third) + repeated(" abandon", 20) + " art";
        return readRecoveryWords(text).fault;
    };
    for (const auto& [typed, nearest] : {std::pair("abandonn", "abandon"), {"oceen", "ocean"},
             {"zo", "zoo"}, {"Winnner", "winner"}}) {
        const RecoveryFault fault = faultOf(typed);
        QCOMPARE(fault.kind, RecoveryFault::Kind::Word);
        QCOMPARE(fault.number, 3);
        QCOMPARE(QString(fault.nearest), QString::fromLatin1(nearest));
    }
    QCOMPARE(faultOf("\xd0\x96\xf0\x9f\x8c\xb2").kind, RecoveryFault::Kind::Word);
    QCOMPARE(faultOf(Bytes(2000, 'x').constData()).kind, RecoveryFault::Kind::Word);
    // "act" is a word of its own, though others begin with it.
    QCOMPARE(faultOf("act").kind, RecoveryFault::Kind::Checksum);
}

void MnemonicTest::aWrongCountOrOrderIsToldApart()
{
    const RecoveryFault few = readRecoveryWords("abandon abandon").fault;
    QCOMPARE(few.kind, RecoveryFault::Kind::Count);
    QCOMPARE(few.number, 2);
    QCOMPARE(readRecoveryWords("").fault.kind, RecoveryFault::Kind::Count);
    QCOMPARE(readRecoveryWords(repeated("abandon ", 23) + "art art").fault.number, 25);
    QCOMPARE(readRecoveryWords(repeated("abandon ", 24)).fault.kind, RecoveryFault::Kind::Checksum);
}

void MnemonicTest::anotherWordFitsByChanceOnly()
{
    // The checksum has eight bits: of 2,047 other words in one place about 8 fit by chance.
    const Bytes good = repeated("zoo ", 23) + "vote";
    int passed = 0;
    for (int i = 0; i < 256; ++i) {
        Bytes entropy(32, '\xff');
        entropy[0] = char(i);
        Bytes words = joined(recoveryWords(SecretBytes::copyOf(entropy)));
        words = words.left(words.lastIndexOf(' ')) + " vote";
        passed += readRecoveryWords(words).secret.has_value() ? 1 : 0;
    }
    QVERIFY(passed >= 1 && passed < 8);
    QVERIFY(readRecoveryWords(good).secret.has_value());
}

void MnemonicTest::anErrorNamesNoWord()
{
    const Result<SecretBytes> read = recoverySecret("abandon oceen");
    QCOMPARE(read.error().code, ErrorCode::VaultRecoveryForm);
    QVERIFY(read.error().detail.contains(QLatin1String("word 2")));
    QVERIFY(!read.error().detail.contains(QLatin1String("oce")));
}

QTEST_GUILESS_MAIN(MnemonicTest)
#include "tst_mnemonic.moc"

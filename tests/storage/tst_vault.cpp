// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/headerfile.h"
#include "storage/settings.h"
#include "storage/vault.h"
#include "tests/storage/vaultfixture.h"

#include <QTest>

using namespace Waymark;
using namespace Waymark::Testing;

namespace {

const QLatin1String kName("word");

Status put(Vault& vault, const char* value)
{
    return vault.database()
        .run([value](Connection& c) { return setSetting(c, kName, BytesView(value)); })
        .result();
}

Bytes got(Vault& vault)
{
    return vault.database()
        .run([](Connection& c) { return setting(c, kName); })
        .result()
        .value()
        .value_or("nothing");
}

} // namespace

class VaultTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aNewVaultOpensWithPassphraseAndWords();
    void wrongPassphraseAndWordsChangeNothing();
    void theIdentityIsGivenOnlyForThePassphraseOrTheWords();
    void aChangedPassphraseTakesThePlaceOfTheOldOne();
    void aNewSheetRetiresTheOldOne();
    void aLostPassphraseIsReplacedWithTheWords();
    void infoNeedsNoKey();
    void missingFilesAreToldApart();
    void creatingNeverTouchesWhatIsThere();
    void aVaultThatWasNeverFinishedIsMadeAnew();
    void weakPassphrasesAndCostsAreRefused();
    void swappedFilesAreToldApart();
    void everyBitOfTheHeaderIsFoundBeforeAKeyIsDerived();
    void aTruncatedFileIsFound();
    void aNewerVaultIsRefused();
    void afterLockingNothingIsLeftOpen();
    void aCrashKeepsWhatWasCommitted();
    void aCrashInReplacingTheHeaderLeavesAVault_data();
    void aCrashInReplacingTheHeaderLeavesAVault();
    void aHeaderThatDoesNotOpenTheVaultIsTakenBack();
    void unknownSlotsSurviveAChangeOfPassphrase();
};

void VaultTest::aNewVaultOpensWithPassphraseAndWords()
{
    Place place;
    Vault::Created made = place.create();
    QVERIFY(put(*made.vault, "kept").ok());
    QVERIFY(made.vault->lock().result().ok());
    made.vault.reset();
    QCOMPARE(QDir(place.folder()).entryList(QDir::Files),
        QStringList({QStringLiteral("journal.db"), QStringLiteral("vault.lock"),
            QStringLiteral("vault.waymark")}));
    for (const char* name : {"journal.db", "vault.waymark", "vault.lock"})
        QCOMPARE(QFile::permissions(place.folder() + u'/' + QLatin1String(name))
                & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
            QFile::Permissions());

    auto opened = place.open();
    QVERIFY(opened.ok());
    QCOMPARE(got(**opened), Bytes("kept"));
    QVERIFY((*opened)->lock().result().ok());
    opened = Vault::openWithRecovery(place.folder(), joinedWords(*made.words), place.executor);
    QVERIFY(opened.ok());
    QCOMPARE(got(**opened), Bytes("kept"));
}

void VaultTest::wrongPassphraseAndWordsChangeNothing()
{
    Place place;
    Vault::Created made = place.create();
    QVERIFY(put(*made.vault, "kept").ok());
    const Files copy = filesOf(place.folder()); // as after a crash, with a write-ahead log
    QVERIFY(copy.count(QStringLiteral("journal.db-wal")) == 1);
    made.vault.reset();
    putFiles(place.folder(), copy);
    QFile::remove(place.folder() + QStringLiteral("/vault.lock"));
    const Files before = filesOf(place.folder());

    QCOMPARE(place.openingFails("vault", "a passphrasf"), ErrorCode::VaultWrongPassphrase);
    QCOMPARE(place.openingFails("vault", ""), ErrorCode::VaultWrongPassphrase);
    const auto withWords = [&place](const SecretBytes& words) {
        return Vault::openWithRecovery(place.folder(), words, place.executor).error().code;
    };
    QCOMPARE(withWords(joinedWords(recoveryWords(SecretBytes::random(32)))),
        ErrorCode::VaultWrongRecovery);
    QCOMPARE(withWords(secret("not words at all")), ErrorCode::VaultRecoveryForm);
    QVERIFY(!Vault::openWithKey(place.folder(), SecretBytes::random(32), place.executor).ok());
    QVERIFY(filesOf(place.folder()) == before);
}

void VaultTest::theIdentityIsGivenOnlyForThePassphraseOrTheWords()
{
    Place place;
    const Vault::Created made = place.create();
    const auto byPassphrase = made.vault->identity(secret("a passphrase"));
    QCOMPARE(byPassphrase->publicKey, made.identity.publicKey);
    QVERIFY(byPassphrase->secret.equals(made.identity.secret.view()));
    const auto byWords = made.vault->identityWithRecovery(joinedWords(*made.words));
    QVERIFY(byWords->secret.equals(made.identity.secret.view()));
    QCOMPARE(made.vault->identity(secret("another")).error().code, ErrorCode::VaultWrongPassphrase);
    const Signature signature = sign(byPassphrase->secret, "roster", {"x"});
    QVERIFY(verify(made.identity.publicKey, "roster", {"x"}, signature));
}

void VaultTest::aChangedPassphraseTakesThePlaceOfTheOldOne()
{
    Place place;
    Vault::Created made = place.create();
    const Files before = filesOf(place.folder());
    QCOMPARE(made.vault->changePassphrase(secret("wrong"), secret("new"), kFloorCost, place.random)
                 .error()
                 .code,
        ErrorCode::VaultWrongPassphrase);
    QVERIFY(filesOf(place.folder()) == before);
    QVERIFY(made.vault
                ->changePassphrase(secret("a passphrase"), secret("new"), kFloorCost, place.random)
                .ok());
    QVERIFY(made.vault->lock().result().ok());
    made.vault.reset();
    QCOMPARE(QDir(place.folder()).entryList(QDir::Files).size(), 3);
    QCOMPARE(place.openingFails(), ErrorCode::VaultWrongPassphrase);
    auto opened = place.open("vault", "new");
    QVERIFY(opened.ok());
    QVERIFY((*opened)->identity(secret("new"))->secret.equals(made.identity.secret.view()));
    QVERIFY((*opened)->lock().result().ok());
    QVERIFY(Vault::openWithRecovery(place.folder(), joinedWords(*made.words), place.executor).ok());
}

void VaultTest::aNewSheetRetiresTheOldOne()
{
    Place place;
    Vault::Created made = place.create();
    const auto words = made.vault->newRecoverySheet(secret("a passphrase"), place.random);
    QVERIFY(words.ok());
    QVERIFY(made.vault->lock().result().ok());
    made.vault.reset();
    QCOMPARE(Vault::openWithRecovery(place.folder(), joinedWords(*made.words), place.executor)
                 .error()
                 .code,
        ErrorCode::VaultWrongRecovery);
    const auto opened
        = Vault::openWithRecovery(place.folder(), joinedWords(*words), place.executor);
    QVERIFY(opened.ok());
    QVERIFY((*opened)->identityWithRecovery(joinedWords(*words)).ok());
}

void VaultTest::aLostPassphraseIsReplacedWithTheWords()
{
    Place place;
    Vault::Created made = place.create();
    QVERIFY(made.vault->lock().result().ok());
    made.vault.reset();
    const auto recovered = [&](const SecretBytes& words) {
        return Vault::recover(
            place.folder(), words, secret("new"), kFloorCost, place.executor, place.random);
    };
    const Files before = filesOf(place.folder());
    QCOMPARE(recovered(joinedWords(recoveryWords(SecretBytes::random(32)))).error().code,
        ErrorCode::VaultWrongRecovery);
    QVERIFY(filesOf(place.folder()) == before);
    auto opened = recovered(joinedWords(*made.words));
    QVERIFY(opened.ok());
    QVERIFY((*opened)->identity(secret("new")).ok());
    QVERIFY((*opened)->lock().result().ok());
    QVERIFY(place.open("vault", "new").ok());
    QCOMPARE(place.openingFails(), ErrorCode::VaultWrongPassphrase);
}

void VaultTest::infoNeedsNoKey()
{
    Place place;
    const auto made = Vault::create(
        place.folder(), secret("x"), {kFloorCost, false}, place.executor, place.random);
    QVERIFY(made.ok());
    QVERIFY(!made->words);
    const Files before = filesOf(place.folder());
    const auto info = Vault::info(place.folder());
    QVERIFY(info.ok());
    QCOMPARE(info->id, made->vault->id());
    QCOMPARE(info->cost, std::optional(kFloorCost));
    QVERIFY(!info->hasRecovery);
    QCOMPARE(info->otherSlots, 0);
    QVERIFY(filesOf(place.folder()) == before);
}

void VaultTest::missingFilesAreToldApart()
{
    Place place;
    QCOMPARE(place.openingFails(), ErrorCode::VaultMissing);
    QDir().mkpath(place.folder());
    QCOMPARE(place.openingFails(), ErrorCode::VaultMissing);
    QVERIFY(filesOf(place.folder()).empty());
    QDir(place.folder()).removeRecursively();

    QVERIFY(place.create().vault->lock().result().ok());
    const Files whole = filesOf(place.folder());
    for (const auto& [name, code] : {std::pair("vault.waymark", ErrorCode::VaultHeaderMissing),
             {"journal.db", ErrorCode::VaultDatabaseMissing}}) {
        Files part = whole;
        part.erase(QLatin1String(name));
        putFiles(place.folder(), part);
        QCOMPARE(place.openingFails(), code);
        QCOMPARE(Vault::info(place.folder()).error().code, code);
        QVERIFY(filesOf(place.folder()) == part);
    }
}

void VaultTest::creatingNeverTouchesWhatIsThere()
{
    Place place;
    QVERIFY(place.create().vault->lock().result().ok());
    const Files whole = filesOf(place.folder());
    const auto again = [&place] {
        return Vault::create(place.folder(), secret("x"), {}, place.executor, place.random)
            .error()
            .code;
    };
    QCOMPARE(again(), ErrorCode::VaultExists);
    QVERIFY(filesOf(place.folder()) == whole);
    const Files database = {{QStringLiteral("journal.db"), whole.at(QStringLiteral("journal.db"))}};
    putFiles(place.folder(), database);
    QCOMPARE(again(), ErrorCode::VaultExists);
    QVERIFY(filesOf(place.folder()) == database);
}

void VaultTest::aVaultThatWasNeverFinishedIsMadeAnew()
{
    Place place;
    Files crashed; // as the folder lay there when all was in the database, and no header yet
    Files finished;
    const auto create = [&](const char* name, Files* then) {
        return Vault::create(place.folder(name), secret("x"), {}, place.executor, place.random,
            [&](Connection&, const SigningPair&) {
                if (then)
                    *then = filesOf(place.folder(name));
                return Status();
            });
    };
    QVERIFY(create("vault", &crashed).value().vault->lock().result().ok());
    finished = filesOf(place.folder());
    QVERIFY(!finished.contains(QStringLiteral("vault.making")));
    QVERIFY(crashed.contains(QStringLiteral("vault.making")));
    QVERIFY(crashed.contains(QStringLiteral("journal.db")));

    putFiles(place.folder("again"), crashed);
    QCOMPARE(place.openingFails("again", "x"), ErrorCode::VaultMissing);
    QVERIFY(create("again", nullptr).value().vault->lock().result().ok());
    QVERIFY(place.open("again", "x").ok());

    // Beside a header, or a copy of one, the mark means nothing.
    for (const char* header : {"vault.waymark", "vault.waymark.previous"}) {
        Files marked = finished;
        marked[QStringLiteral("vault.making")] = Bytes();
        marked[QLatin1String(header)] = marked.at(QStringLiteral("vault.waymark"));
        if (qstrcmp(header, "vault.waymark") != 0)
            marked.erase(QStringLiteral("vault.waymark"));
        putFiles(place.folder("marked"), marked);
        QCOMPARE(create("marked", nullptr).error().code, ErrorCode::VaultExists);
        QVERIFY(place.open("marked", "x").ok());
    }
}

void VaultTest::weakPassphrasesAndCostsAreRefused()
{
    Place place;
    const auto making = [&place](const char* passphrase, const PassphraseCost& cost) {
        return Vault::create(
            place.folder(), secret(passphrase), {cost, true}, place.executor, place.random)
            .error()
            .code;
    };
    QCOMPARE(making("", kFloorCost), ErrorCode::Usage);
    QCOMPARE(making("x", {kFloorCost.memoryBytes - 1, 3}), ErrorCode::Usage);
    QCOMPARE(making("x", {kFloorCost.memoryBytes, 2}), ErrorCode::Usage);
    QCOMPARE(making("x", {kCeilingCost.memoryBytes * 2, 3}), ErrorCode::VaultCostRefused);
    QVERIFY(!QFile::exists(place.folder()));
}

void VaultTest::swappedFilesAreToldApart()
{
    Place place;
    QVERIFY(place.create("one").vault->lock().result().ok());
    QVERIFY(place.create("two").vault->lock().result().ok());
    Files one = filesOf(place.folder("one"));
    const Files two = filesOf(place.folder("two"));
    for (const char* name : {"vault.waymark", "journal.db"}) {
        Files mixed = one;
        mixed[QLatin1String(name)] = two.at(QLatin1String(name));
        putFiles(place.folder(), mixed);
        QCOMPARE(place.openingFails(), ErrorCode::VaultDatabaseSwapped);
        QVERIFY(filesOf(place.folder()) == mixed);
    }
}

void VaultTest::everyBitOfTheHeaderIsFoundBeforeAKeyIsDerived()
{
    Place place;
    QVERIFY(place.create().vault->lock().result().ok());
    const Files whole = filesOf(place.folder());
    const Bytes header = whole.at(QStringLiteral("vault.waymark"));
    const QString path = place.folder() + QStringLiteral("/vault.waymark");
    QVERIFY(header.size() < 1024);
    QFile file(path); // written in place: cutting it short each time would wait for the disk
    QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::Unbuffered));
    const auto write
        = [&file](qsizetype at, char byte) { return file.seek(at) && file.putChar(byte); };
    for (qsizetype at = 0; at < header.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            QVERIFY(write(at, char(header[at] ^ (1 << bit))));
            QCOMPARE(place.openingFails(), ErrorCode::VaultHeaderDamaged);
        }
        QVERIFY(write(at, header[at]));
    }
    QVERIFY(write(header.size() - 1, char(header.back() ^ 0x80)));
    QCOMPARE(place.openingFails(), ErrorCode::VaultHeaderDamaged);
    Files damaged = whole;
    damaged[QStringLiteral("vault.waymark")] = flipped(header, header.size() - 1, 7);
    QVERIFY(filesOf(place.folder()) == damaged);
}

void VaultTest::aTruncatedFileIsFound()
{
    Place place;
    QVERIFY(place.create().vault->lock().result().ok());
    const Files whole = filesOf(place.folder());
    for (const auto& [name, code] : {std::pair("vault.waymark", ErrorCode::VaultHeaderDamaged),
             {"journal.db", ErrorCode::VaultDatabaseDamaged}}) {
        const QString key = QLatin1String(name);
        const qsizetype size = whole.at(key).size();
        for (const qsizetype left : {qsizetype(0), qsizetype(10), size / 2, size - 1}) {
            Files part = whole;
            part[key] = part[key].first(left);
            putFiles(place.folder(), part);
            QCOMPARE(place.openingFails(), code);
            QVERIFY(filesOf(place.folder()) == part);
        }
    }
}

void VaultTest::aNewerVaultIsRefused()
{
    Place place;
    Vault::Created made = place.create();
    QVERIFY(made.vault->database()
                .run([](Connection& c) { return c.script("PRAGMA user_version = 1000"); })
                .result()
                .ok());
    QVERIFY(made.vault->lock().result().ok());
    made.vault.reset();
    const Files before = filesOf(place.folder());
    QCOMPARE(place.openingFails(), ErrorCode::VaultNewer);
    QVERIFY(filesOf(place.folder()) == before);
}

void VaultTest::afterLockingNothingIsLeftOpen()
{
    Place place;
    Vault::Created made = place.create();
    QCOMPARE(place.openingFails(), ErrorCode::VaultInUse);
    QVERIFY(place.open().error().detail.endsWith(QStringLiteral("/vault/vault.lock")));
    QVERIFY(made.vault->lock().result().ok());
    QCOMPARE(got(*place.open().value()), Bytes("nothing"));
    QCOMPARE(put(*made.vault, "late").error().code, ErrorCode::VaultLocked);
    QCOMPARE(made.vault->identity(secret("a passphrase")).error().code, ErrorCode::VaultLocked);
    const QStringList open = QDir(QStringLiteral("/proc/self/fd"))
                                 .entryList(QDir::NoDotAndDotDot | QDir::System | QDir::Files);
    for (const QString& number : open)
        QVERIFY(!QFile::symLinkTarget(QStringLiteral("/proc/self/fd/") + number)
                     .startsWith(place.folder()));
}

void VaultTest::aCrashKeepsWhatWasCommitted()
{
    Place place;
    Vault::Created made = place.create();
    QVERIFY(put(*made.vault, "committed").ok());
    const Files crashed = filesOf(place.folder());
    made.vault.reset();
    putFiles(place.folder(), crashed);
    auto opened = place.open();
    QVERIFY(opened.ok());
    QCOMPARE(got(**opened), Bytes("committed"));
    QCOMPARE(QFileInfo(place.folder() + QStringLiteral("/journal.db-wal")).size(), 0);
}

void VaultTest::aCrashInReplacingTheHeaderLeavesAVault_data()
{
    QTest::addColumn<QString>("passphrase");
    QTest::newRow("the old passphrase") << QStringLiteral("a passphrase");
    QTest::newRow("the new passphrase") << QStringLiteral("new");
}

void VaultTest::aCrashInReplacingTheHeaderLeavesAVault()
{
    QFETCH(QString, passphrase);
    Place place;
    Vault::Created made = place.create();
    QVERIFY(made.vault->lock().result().ok());
    const QString path = place.folder() + QStringLiteral("/vault.waymark");
    const Bytes oldHeader = readFile(path);
    // The same change as changePassphrase() makes, with a copy of the folder after each step.
    Header header = *decodeHeader(oldHeader);
    const SlotKey slotKey = *passphraseSlotKey(header, secret("a passphrase"));
    const SecretBytes vaultKey = *openVaultKey(header, slotKey);
    header.passphrase = *makePassphraseSlot(header.id, secret("new"), kFloorCost,
        place.random.bytes(16), vaultKey, *openIdentity(header, slotKey));
    std::vector<Files> states;
    const auto opens = [](const Header&) { return Status(); };
    QVERIFY(HeaderFile(place.folder())
                .replace(encodeHeader(header, vaultKey), opens,
                    [&] { states.push_back(filesOf(place.folder())); })
                .ok());
    QCOMPARE(states.size(), 4U);
    const Bytes newHeader = readFile(path);
    // A rename that did not reach the disk whole: the previous one alone, and a damaged new one.
    states.push_back(states[2]);
    states.back().erase(QStringLiteral("vault.waymark"));
    states.push_back(states[2]);
    states.back()[QStringLiteral("vault.waymark")] = flipped(newHeader, 40, 1);

    const bool isNew = passphrase == QLatin1String("new");
    for (std::size_t i = 0; i < states.size(); ++i) {
        putFiles(place.folder(), states[i]);
        auto opened = Vault::open(place.folder(), secret(qPrintable(passphrase)), place.executor);
        // The new one counts from its rename on, the old one until the previous file is gone.
        const bool expected = isNew ? i == 2 || i == 3 : i != 3;
        QCOMPARE(opened.ok(), expected);
        if (!opened) {
            QCOMPARE(opened.error().code, ErrorCode::VaultWrongPassphrase);
            QVERIFY(filesOf(place.folder()) == states[i]);
            continue;
        }
        QVERIFY((*opened)->lock().result().ok());
        QCOMPARE(readFile(path), isNew ? newHeader : oldHeader);
        QCOMPARE(QDir(place.folder()).entryList(QDir::Files).size(), i == 5 ? 4 : 3);
    }
    // What was damaged is kept.
    if (!isNew)
        QCOMPARE(readFile(path + QStringLiteral(".damaged")), flipped(newHeader, 40, 1));
}

void VaultTest::aHeaderThatDoesNotOpenTheVaultIsTakenBack()
{
    Place place;
    Vault::Created made = place.create();
    const Files before = filesOf(place.folder());
    const Header header = *decodeHeader(before.at(QStringLiteral("vault.waymark")));
    const Bytes other = encodeHeader(header, SecretBytes::random(32));
    const auto refuses = [](const Header&) { return Status(ErrorCode::VaultHeaderTampered); };
    QCOMPARE(HeaderFile(place.folder()).replace(other, refuses).error().code,
        ErrorCode::VaultHeaderTampered);
    QVERIFY(filesOf(place.folder()) == before);
}

void VaultTest::unknownSlotsSurviveAChangeOfPassphrase()
{
    Place place;
    Vault::Created made = place.create();
    const QString path = place.folder() + QStringLiteral("/vault.waymark");
    Header header = *decodeHeader(readFile(path));
    const SecretBytes vaultKey
        = *openVaultKey(header, *passphraseSlotKey(header, secret("a passphrase")));
    header.otherSlots.push_back(Bytes("\x82\x03\x01")); // [3, 1]
    writeFile(path, encodeHeader(header, vaultKey));
    QVERIFY(made.vault
                ->changePassphrase(secret("a passphrase"), secret("new"), kFloorCost, place.random)
                .ok());
    QCOMPARE(decodeHeader(readFile(path))->otherSlots, header.otherSlots);
    QCOMPARE(Vault::info(place.folder())->otherSlots, 1);
}

QTEST_GUILESS_MAIN(VaultTest)
#include "tst_vault.moc"

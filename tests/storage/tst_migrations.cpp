// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crypto/hash.h"
#include "app/crypto/sodium.h"
#include "app/domain/schema.h"
#include "app/domain/view.h"
#include "storage/journaltransaction.h"
#include "storage/migrations.h"
#include "storage/settings.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Waymark;

namespace {

// What a step's text hashes to (BLAKE2b-256). A line is added when a step is made, and its hash is
// final with the first release that has the step: vaults out there were made with this text.
const QHash<int, Bytes> kReleased = {
    {1, "0f757f052681726762d21dc7e83e0e04f2c60abc954161294c603e904e4480f8"},
    {2, "b203d23822716c5e15afcfa2ad848160126932cbfbb4c2da2d7b2c7e76afd222"},
    {3, "dc2254d34898e9cdc33184a691b894db094164756927642324f771fef555a88e"},
};

struct Fixture
{
    QTemporaryDir dir;
    SecretBytes key = SecretBytes::copyOf(Bytes(32, 'k'));

    [[nodiscard]] QString path() const { return dir.filePath(QStringLiteral("journal.db")); }
    [[nodiscard]] std::unique_ptr<Connection> open(Connection::Mode mode) const
    {
        auto made = Connection::open(path(), {key, Bytes(16, 's')}, mode);
        if (!made)
            qFatal("%s", qPrintable(made.error().detail));
        return std::move(*made);
    }
    [[nodiscard]] Bytes content(const char* suffix = "") const
    {
        QFile file(path() + QLatin1String(suffix));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : Bytes();
    }
};

Status fillTwo(Connection& connection)
{
    return connection.run("INSERT INTO two VALUES(2)");
}

Status failsAfterWriting(Connection& connection)
{
    if (const Status written = connection.run("INSERT INTO two VALUES(3)"); !written)
        return written;
    return ErrorCode::DiskFull;
}

} // namespace

class MigrationsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void releasedStepsKeepTheirText();
    void aDatabaseIsBroughtFromAnyStepToTheNewest();
    void aFailedStepLeavesTheSchemaBeforeIt();
    void aNewerSchemaIsRefusedAndNothingChanges();
    void settingsAreKept();
    void whatAStepCouldNotReadIsReadAnew();
};

void MigrationsTest::releasedStepsKeepTheirText()
{
    QCOMPARE(qsizetype(allMigrations().size()), kReleased.size());
    for (const Migration& step : allMigrations())
        QCOMPARE(blake2b(32, {BytesView(step.sql)}).toHex(), kReleased.value(step.version));
}

void MigrationsTest::aDatabaseIsBroughtFromAnyStepToTheNewest()
{
    const Fixture fixture;
    const Migration steps[]
        = {{1, "CREATE TABLE one(a)"}, {2, "CREATE TABLE two(a)", fillTwo}, {3, nullptr, fillTwo}};
    auto connection = fixture.open(Connection::Mode::Create);
    QVERIFY(migrate(*connection, std::span(steps).first(1)).ok());
    QCOMPARE(connection->oneInteger("PRAGMA user_version").value(), 1);
    QVERIFY(connection->close().ok());
    connection = fixture.open(Connection::Mode::Existing);
    QVERIFY(migrate(*connection, steps).ok());
    QVERIFY(migrate(*connection, steps).ok());
    QCOMPARE(connection->oneInteger("PRAGMA user_version").value(), 3);
    QCOMPARE(connection->oneInteger("SELECT count(*) FROM two").value(), 2);
}

void MigrationsTest::aFailedStepLeavesTheSchemaBeforeIt()
{
    const Fixture fixture;
    const Migration steps[]
        = {{1, "CREATE TABLE two(a)"}, {2, "CREATE TABLE more(a)", failsAfterWriting}};
    const auto connection = fixture.open(Connection::Mode::Create);
    QCOMPARE(migrate(*connection, steps).error().code, ErrorCode::DiskFull);
    QCOMPARE(connection->oneInteger("PRAGMA user_version").value(), 1);
    QCOMPARE(connection->oneInteger("SELECT count(*) FROM two").value(), 0);
    QVERIFY(!connection->oneInteger("SELECT count(*) FROM more").ok());
}

void MigrationsTest::aNewerSchemaIsRefusedAndNothingChanges()
{
    const Fixture fixture;
    auto connection = fixture.open(Connection::Mode::Create);
    QVERIFY(migrate(*connection).ok());
    QVERIFY(connection->script("PRAGMA user_version = 99").ok());
    connection.reset(); // with the newer version only in the write-ahead log
    const Bytes database = fixture.content();
    const Bytes wal = fixture.content("-wal");
    QVERIFY(!wal.isEmpty());

    connection = fixture.open(Connection::Mode::Existing);
    QCOMPARE(migrate(*connection).error().code, ErrorCode::VaultNewer);
    connection.reset();
    QCOMPARE(fixture.content(), database);
    QCOMPARE(fixture.content("-wal"), wal);
}

void MigrationsTest::settingsAreKept()
{
    const Fixture fixture;
    const auto connection = fixture.open(Connection::Mode::Create);
    QVERIFY(migrate(*connection).ok());
    const QLatin1String name("device");
    QVERIFY(!setting(*connection, name).value());
    QVERIFY(setSetting(*connection, name, "one").ok());
    QVERIFY(setSetting(*connection, name, "two").ok());
    QCOMPARE(setting(*connection, name).value(), Bytes("two"));
    QVERIFY(secretSetting(*connection, name).value()->equals("two"));
    QVERIFY(setSetting(*connection, name, BytesView()).ok());
    QCOMPARE(setting(*connection, name).value(), Bytes(""));
    QVERIFY(removeSetting(*connection, name).ok());
    QVERIFY(!setting(*connection, name).value());
}

void MigrationsTest::whatAStepCouldNotReadIsReadAnew()
{
    const Fixture fixture;
    const auto connection = fixture.open(Connection::Mode::Create);
    QVERIFY(migrate(*connection, allMigrations().first(2)).ok());
    const SigningPair identity = SigningPair::generate();
    OwnDevice own;
    own.identity = identity.publicKey;
    own.person = personIdOf(own.identity);
    own.signing = SigningPair::generate();
    own.agreement = AgreementPair::generate();
    const DeviceKeys keys{own.signing.publicKey, own.agreement.publicKey};
    own.device = deviceIdOf(own.identity, keys);
    own.roster = makeRoster(identity, std::span(&keys, 1));
    const SystemClock clock;
    SystemRandom random;
    const Genesis genesis = makeGenesis(own, QString(), Role::Peer, true, clock, random);
    EntryId note;
    {
        Transaction commit(*connection);
        JournalTransaction journal(*connection, own, genesis.space, clock, random);
        SpaceWork* space = journal.makeSpace(*readGenesis(*parse(genesis.operation))).value();
        QVERIFY(space->writeGenesis(genesis.operation).ok());
        Composer composer = journal.composer(*space);
        note = composer
                   .add(*findKind("note"),
                       {{{QStringLiteral("on"), QStringLiteral("me")},
                            {QStringLiteral("body"), QStringLiteral("b")}},
                           {}, {}})
                   .value();
        QVERIFY(journal.write(*space, composer).ok());
        QVERIFY(journal.finish().ok());
        QVERIFY(commit.commit().ok());
    }
    // As a version leaves it that knows less, in a form of its own.
    QVERIFY(connection->run("UPDATE entry SET state = x'00', deleted = 1").ok());
    QVERIFY(connection->run("DELETE FROM body").ok());
    QVERIFY(migrate(*connection).ok());
    JournalTransaction journal(*connection, own, genesis.space, clock, random);
    const auto found = journal.find(note);
    QVERIFY(found.ok());
    QCOMPARE(entryOf(found->space->states(), *found->entry).text(u"body"), QStringLiteral("b"));
    QVERIFY(journal.finish().ok());
}

QTEST_GUILESS_MAIN(MigrationsTest)
#include "tst_migrations.moc"

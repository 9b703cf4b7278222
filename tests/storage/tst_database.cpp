// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/ids.h"
#include "storage/database.h"
#include "storage/sqlitestatus.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

using namespace Waymark;

namespace {

/// A new database in a folder of its own, under a fixed key.
struct Fixture
{
    QTemporaryDir dir;
    SecretBytes key = SecretBytes::copyOf(Bytes(32, 'k'));
    Bytes salt = Bytes("0123456789abcdef");

    [[nodiscard]] QString path() const { return dir.filePath(QStringLiteral("journal.db")); }
    [[nodiscard]] Result<std::unique_ptr<Connection>> open(Connection::Mode mode) const
    {
        return Connection::open(path(), {key, salt}, mode);
    }
    [[nodiscard]] std::unique_ptr<Connection> create() const
    {
        auto made = open(Connection::Mode::Create);
        if (!made)
            qFatal("%s", qPrintable(made.error().detail));
        return std::move(*made);
    }
    [[nodiscard]] Bytes content() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : Bytes();
    }
    void write(const Bytes& bytes) const
    {
        QFile file(path());
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
    }
};

Bytes pragma(Connection& connection, const char* name)
{
    Statement statement = connection.statement(Bytes("PRAGMA ") + name);
    return statement.next() ? statement.utf8(0).toByteArray() : Bytes();
}

} // namespace

class DatabaseTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aFileHasTheSettingsOfItsFormat();
    void valuesComeBackAsTheyWereBound();
    void aStatementInUseIsNotSharedWithAnother();
    void theFirstErrorOfAStatementSticks();
    void anUncommittedTransactionIsRolledBack();
    void aTransactionThatTheDiskEndedIsAFailureOfTheDisk();
    void workRunsInOrderOnTheDatabaseThread();
    void afterClosingWorkIsRefused();
    void aCleanCloseLeavesOneFile();
    void aDestroyedConnectionKeepsItsLog();
    void theLogIsMovedWhenItIsLongOrIdle();
    void everyBitOfTheSaltIsChecked();
    void anotherSaltIsASwappedFile();
    void aPlainOrShortFileIsRefused();
    void aDamagedPageIsFound();
};

void DatabaseTest::aFileHasTheSettingsOfItsFormat()
{
    const Fixture fixture;
    const auto connection = fixture.create();
    const std::pair<const char*, const char*> settings[] = {{"page_size", "4096"},
        {"journal_mode", "wal"}, {"synchronous", "2"}, {"secure_delete", "1"}, {"temp_store", "2"},
        {"foreign_keys", "1"}, {"trusted_schema", "0"}, {"cache_size", "-16384"},
        {"cache_spill", "0"}, {"wal_autocheckpoint", "0"}, {"cipher_page_size", "4096"},
        {"cipher_hmac_algorithm", "HMAC_SHA512"}, {"cipher_use_hmac", "1"},
        {"cipher_memory_security", "0"}, {"cipher_plaintext_header_size", "0"}};
    for (const auto& [name, value] : settings)
        QCOMPARE(pragma(*connection, name).constData(), value);
    QVERIFY(pragma(*connection, "cipher_version").startsWith("4."));
}

void DatabaseTest::valuesComeBackAsTheyWereBound()
{
    const Fixture fixture;
    const auto connection = fixture.create();
    QVERIFY(connection->script("CREATE TABLE t(id INTEGER PRIMARY KEY, a, b, c, d, e)").ok());
    const DeviceId id = *DeviceId::fromBytes(Bytes("0123456789abcdef"));
    const QString text = QStringLiteral("Ж🌲");
    QVERIFY(connection->run(
        "INSERT INTO t(a,b,c,d,e) VALUES(?,?,?,?,?)", qint64(1) << 52, 0.1, Bytes(), text, id));
    QVERIFY(connection->run("INSERT INTO t(a,b) VALUES(?,?)", nullptr, std::optional<qint64>(7)));
    QCOMPARE(connection->lastInsertId(), 2);

    Statement all = connection->statement("SELECT a, b, c, d, e FROM t ORDER BY id");
    QVERIFY(all.next());
    QCOMPARE(all.integer(0), qint64(1) << 52);
    QCOMPARE(all.number(1), 0.1);
    QVERIFY(!all.isNull(2));
    QVERIFY(all.blob(2).isEmpty());
    QCOMPARE(all.text(3), text);
    QCOMPARE(all.id<DeviceId>(4), id);
    QVERIFY(all.next());
    QVERIFY(all.isNull(0));
    QCOMPARE(all.integer(1), 7);
    QVERIFY(!all.next());
    QVERIFY(all.ok());
}

void DatabaseTest::aStatementInUseIsNotSharedWithAnother()
{
    const Fixture fixture;
    const auto connection = fixture.create();
    QVERIFY(connection->script("CREATE TABLE t(a); INSERT INTO t VALUES(1),(2)").ok());
    Statement outer = connection->statement("SELECT a FROM t ORDER BY a");
    QVERIFY(outer.next());
    {
        Statement inner = connection->statement("SELECT a FROM t ORDER BY a");
        QVERIFY(inner.next());
        QCOMPARE(inner.integer(0), 1);
    }
    QVERIFY(outer.next());
    QCOMPARE(outer.integer(0), 2);
}

void DatabaseTest::theFirstErrorOfAStatementSticks()
{
    const Fixture fixture;
    const auto connection = fixture.create();
    Statement wrong = connection->statement("SELECT a FROM nothing");
    QVERIFY(!wrong.bind(1, 5).next());
    QVERIFY(!wrong.status().ok());

    QVERIFY(connection->script("CREATE TABLE t(a BLOB); INSERT INTO t VALUES(x'00')").ok());
    Statement shortId = connection->statement("SELECT a FROM t");
    QVERIFY(shortId.next());
    QCOMPARE(shortId.id<DeviceId>(0), DeviceId{});
    QCOMPARE(shortId.status().error().code, ErrorCode::VaultDatabaseDamaged);
}

void DatabaseTest::anUncommittedTransactionIsRolledBack()
{
    const Fixture fixture;
    const auto connection = fixture.create();
    QVERIFY(connection->script("CREATE TABLE t(a)").ok());
    {
        Transaction transaction(*connection);
        QVERIFY(transaction.begun().ok());
        QVERIFY(connection->run("INSERT INTO t VALUES(1)"));
    }
    QCOMPARE(connection->oneInteger("SELECT count(*) FROM t").value(), 0);
    {
        Transaction transaction(*connection);
        QVERIFY(connection->run("INSERT INTO t VALUES(1)"));
        QVERIFY(transaction.commit().ok());
    }
    QCOMPARE(connection->oneInteger("SELECT count(*) FROM t").value(), 1);
}

void DatabaseTest::aTransactionThatTheDiskEndedIsAFailureOfTheDisk()
{
    const Fixture fixture;
    const auto connection = fixture.create();
    QVERIFY(connection->script("CREATE TABLE t(a)").ok());
    Transaction transaction(*connection);
    QVERIFY(connection->run("INSERT INTO t VALUES(1)"));
    QVERIFY(connection->script("ROLLBACK")); // as SQLite does after some errors
    QCOMPARE(transaction.commit().error().code, ErrorCode::DiskFailed);
    QCOMPARE(errorCodeOf(SQLITE_NOMEM, nullptr), ErrorCode::DiskFailed);
}

void DatabaseTest::workRunsInOrderOnTheDatabaseThread()
{
    const Fixture fixture;
    ThreadExecutor thread(QStringLiteral("database"));
    Database database(thread, fixture.create());
    auto made = database.run([](Connection& c) { return c.script("CREATE TABLE t(a)"); });
    auto filled = database.run([](Connection& c) { return c.run("INSERT INTO t VALUES(?)", 5); });
    auto read = database.run([](Connection& c) -> Result<std::pair<qint64, QThread*>> {
        return std::pair(
            c.oneInteger("SELECT a FROM t").value().value_or(0), QThread::currentThread());
    });
    QVERIFY(made.result().ok());
    QVERIFY(filled.result().ok());
    QCOMPARE(read.result()->first, 5);
    QVERIFY(read.result()->second != QThread::currentThread());
    QVERIFY(database.close().result().ok());
}

void DatabaseTest::afterClosingWorkIsRefused()
{
    const Fixture fixture;
    InlineExecutor executor;
    Database database(executor, fixture.create());
    QVERIFY(database.close().result().ok());
    QVERIFY(database.close().result().ok());
    const Status late = database.run([](Connection&) { return Status(); }).result();
    QCOMPARE(late.error().code, ErrorCode::VaultLocked);
}

void DatabaseTest::aCleanCloseLeavesOneFile()
{
    const Fixture fixture;
    auto connection = fixture.create();
    QVERIFY(connection->script("CREATE TABLE t(a)").ok());
    QVERIFY(QFile::exists(fixture.path() + QStringLiteral("-wal")));
    QVERIFY(connection->close().ok());
    QCOMPARE(
        QDir(fixture.dir.path()).entryList(QDir::Files), QStringList{QStringLiteral("journal.db")});
    auto again = fixture.open(Connection::Mode::Existing);
    QVERIFY(again.ok());
    QVERIFY((*again)->run("INSERT INTO t VALUES(1)"));
}

void DatabaseTest::aDestroyedConnectionKeepsItsLog()
{
    const Fixture fixture;
    auto connection = fixture.create();
    QVERIFY(connection->script("CREATE TABLE t(a); INSERT INTO t VALUES(3)").ok());
    const Bytes before = fixture.content();
    connection.reset();
    QCOMPARE(fixture.content(), before);
    auto again = fixture.open(Connection::Mode::Existing);
    QVERIFY(again.ok());
    QCOMPARE((*again)->oneInteger("SELECT a FROM t").value(), 3);
}

void DatabaseTest::theLogIsMovedWhenItIsLongOrIdle()
{
    const Fixture fixture;
    InlineExecutor executor;
    Database database(executor, fixture.create());
    const auto fill = [&database](int bytes) {
        return database
            .run([bytes](
                     Connection& c) { return c.run("INSERT INTO t VALUES(?)", Bytes(bytes, 'x')); })
            .result();
    };
    const auto pages = [&database] {
        return database.run([](Connection& c) -> Result<int> { return c.walPages(); })
            .result()
            .value();
    };
    QVERIFY(
        database.run([](Connection& c) { return c.script("CREATE TABLE t(a)"); }).result().ok());
    QVERIFY(fill(100).ok());
    QVERIFY(pages() > 0);
    QVERIFY(database.idle().result().ok());
    QCOMPARE(pages(), 0);
    QVERIFY(fill(4096 * Database::kCheckpointPages).ok());
    QCOMPARE(pages(), 0);
    QVERIFY(fill(100).ok());
    QVERIFY(pages() > 0 && pages() < 20);
}

void DatabaseTest::everyBitOfTheSaltIsChecked()
{
    const Fixture fixture;
    QVERIFY(fixture.create()->close().ok());
    const Bytes good = fixture.content();
    for (int bit = 0; bit < 128; ++bit) {
        Bytes bad = good;
        bad[bit / 8] = char(bad[bit / 8] ^ (1 << (bit % 8)));
        fixture.write(bad);
        const auto opened = fixture.open(Connection::Mode::Existing);
        QVERIFY(!opened.ok());
        QCOMPARE(opened.error().code, ErrorCode::VaultDatabaseDamaged);
        QCOMPARE(fixture.content(), bad);
    }
}

void DatabaseTest::anotherSaltIsASwappedFile()
{
    const Fixture fixture;
    Fixture other;
    other.salt = Bytes("another database");
    QVERIFY(fixture.create()->close().ok());
    QVERIFY(other.create()->close().ok());
    fixture.write(other.content());
    QCOMPARE(
        fixture.open(Connection::Mode::Existing).error().code, ErrorCode::VaultDatabaseSwapped);
}

void DatabaseTest::aPlainOrShortFileIsRefused()
{
    const Fixture fixture;
    QCOMPARE(
        fixture.open(Connection::Mode::Existing).error().code, ErrorCode::VaultDatabaseMissing);
    QVERIFY(fixture.create()->close().ok());
    const Bytes good = fixture.content();
    for (const qsizetype size : {qsizetype(0), qsizetype(15), qsizetype(4000), good.size() - 1}) {
        fixture.write(good.first(size));
        QCOMPARE(
            fixture.open(Connection::Mode::Existing).error().code, ErrorCode::VaultDatabaseDamaged);
    }
    fixture.write(Bytes("SQLite format 3\0", 16) + Bytes(4080, '\0'));
    QCOMPARE(fixture.open(Connection::Mode::Existing).error().code, ErrorCode::CipherMissing);
}

void DatabaseTest::aDamagedPageIsFound()
{
    const Fixture fixture;
    auto connection = fixture.create();
    QVERIFY(connection->script("CREATE TABLE t(a)").ok());
    QVERIFY(connection->run("INSERT INTO t VALUES(?)", Bytes(20000, 'x')));
    QVERIFY(connection->close().ok());
    const Bytes good = fixture.content();

    Bytes bad = good;
    bad[20] = char(bad[20] ^ 1); // the first page is read on opening
    fixture.write(bad);
    QCOMPARE(
        fixture.open(Connection::Mode::Existing).error().code, ErrorCode::VaultDatabaseDamaged);
    QCOMPARE(fixture.content(), bad);

    bad = good;
    bad[bad.size() - 100] = char(bad[bad.size() - 100] ^ 1); // the last one by whoever reads it
    fixture.write(bad);
    auto opened = fixture.open(Connection::Mode::Existing);
    QVERIFY(opened.ok());
    Statement read = (*opened)->statement("SELECT a FROM t");
    QVERIFY(!read.next()); // never zeros in the place of what was written
    QCOMPARE(read.status().error().code, ErrorCode::VaultDatabaseDamaged);
    QCOMPARE((*opened)->checkPages().value().size(), 1U);
}

QTEST_GUILESS_MAIN(DatabaseTest)
#include "tst_database.moc"

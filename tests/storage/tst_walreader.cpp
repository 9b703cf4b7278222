// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/connection.h"
#include "storage/walreader.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <bit>

using namespace Waymark;

namespace {

constexpr qsizetype kHeader = 32;
constexpr qsizetype kFrame = 24 + 4096;

Bytes readFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    return file.readAll();
}

void writeFile(const QString& path, const Bytes& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

Bytes flipped(Bytes bytes, qsizetype at, int bit)
{
    bytes[at] = char(bytes[at] ^ (1 << bit));
    return bytes;
}

/// Copies of a database and its write-ahead log taken while it was open: `rows` committed one by
/// one, each several pages long.
struct Torn
{
    QTemporaryDir dir;
    SecretBytes key = SecretBytes::copyOf(Bytes(32, 'k'));
    Bytes salt;
    Bytes database;
    Bytes wal;
    std::vector<qint64> commits; ///< frames in the log after each row

    explicit Torn(int rows, const Bytes& salt_ = Bytes("0123456789abcdef")) : salt(salt_)
    {
        auto opened = Connection::open(path(), {key, salt}, Connection::Mode::Create);
        Connection& connection = **opened;
        check(connection.script("CREATE TABLE t(a INTEGER PRIMARY KEY, b)"));
        check(connection.checkpoint(Connection::Checkpoint::Truncate));
        for (int i = 0; i < rows; ++i) {
            check(connection.run("INSERT INTO t(b) VALUES(?)", Bytes(12'000, char('a' + i % 26))));
            commits.push_back(connection.walPages());
        }
        database = readFile(path());
        wal = readFile(walPath());
    }
    [[nodiscard]] QString path() const { return dir.filePath(QStringLiteral("journal.db")); }
    [[nodiscard]] QString walPath() const { return path() + QStringLiteral("-wal"); }
    [[nodiscard]] Result<WalReport> read(Bytes bytes) const
    {
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::ReadOnly);
        return readWal(buffer, pageMacKey(key, salt));
    }
    [[nodiscard]] Bytes frame(qint64 number) const
    {
        return wal.mid(kHeader + number * kFrame, kFrame);
    }
    /// Rows that a vault with this log shows after SQLite took it in.
    [[nodiscard]] Result<qint64> rowsWith(const Bytes& log) const
    {
        writeFile(path(), database);
        writeFile(walPath(), log);
        auto opened = Connection::open(path(), {key, salt}, Connection::Mode::Existing);
        if (!opened)
            return opened.error();
        const auto count = (*opened)->oneInteger("SELECT count(*) FROM t");
        return count ? Result<qint64>(count->value_or(0)) : Result<qint64>(count.error());
    }
    static void check(const Status& status)
    {
        if (!status)
            qFatal("%s", qPrintable(status.error().detail));
    }
};

} // namespace

class WalReaderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyFrameOfAWholeLogVerifies();
    void aLogCutAnywhereGivesTheCommitsBeforeTheCut();
    void aFlippedBitBeforeTheLastTransactionIsDamage();
    void damageChangesNoFile();
    void aFlippedBitOfTheLastTransactionIsATornEnd();
    void aLastCommitFrameWithoutItsDataIsATornEnd();
    void aCommitFrameThatWasFollowedIsDamage();
    void framesOfAnEarlierLogBehindAreNotThisOnes();
    void aBadHeaderIsDamage();
    void aLogOfAnotherVaultIsSwapped();
    void aPageWithARightChecksumAndAWrongMacIsDamage();
};

void WalReaderTest::everyFrameOfAWholeLogVerifies()
{
    const Torn torn(16);
    QVERIFY(torn.wal.size() >= 200 * 1024);
    const auto report = torn.read(torn.wal);
    QVERIFY(report.ok());
    QCOMPARE(report->verified, torn.commits.back());
    QCOMPARE(report->committed, torn.commits.back());
    QVERIFY(!report->tornEnd);
    QVERIFY(torn.read({}).ok());
    QCOMPARE(torn.rowsWith(torn.wal).value(), 16);
}

void WalReaderTest::aLogCutAnywhereGivesTheCommitsBeforeTheCut()
{
    const Torn torn(4);
    for (qsizetype size = 0; size < torn.wal.size(); size += 517) {
        const auto report = torn.read(torn.wal.first(size));
        QVERIFY(report.ok());
        qint64 rows = 0;
        while (rows < 4 && kHeader + torn.commits[std::size_t(rows)] * kFrame <= size)
            ++rows;
        QCOMPARE(report->committed, rows ? torn.commits[std::size_t(rows - 1)] : 0);
    }
    const qsizetype cut = kHeader + torn.commits[2] * kFrame - 1;
    QCOMPARE(torn.rowsWith(torn.wal.first(cut)).value(), 2);
}

void WalReaderTest::aFlippedBitBeforeTheLastTransactionIsDamage()
{
    const Torn torn(16);
    // Bytes before the commit frame that precedes the last transaction, one seeded bit each:
    // every one of the frames' headers and of one page, every ninth byte of the other pages.
    const qsizetype end = kHeader + (torn.commits[14] - 1) * kFrame;
    QRandomGenerator seeded(20260101);
    int tried = 0;
    for (qsizetype at = 0; at < end; ++at) {
        const qsizetype inFrame = at < kHeader ? 0 : (at - kHeader) % kFrame;
        const bool all = inFrame < 24 || (at >= kHeader && (at - kHeader) / kFrame == 7);
        const int bit = int(seeded.bounded(8));
        if (!all && at % 9 != 0)
            continue;
        const auto report = torn.read(flipped(torn.wal, at, bit));
        if (report.ok() || report.error().code != ErrorCode::VaultDatabaseDamaged)
            QFAIL(qPrintable(QStringLiteral("bit %1 of byte %2 was not found").arg(bit).arg(at)));
        ++tried;
    }
    QVERIFY(tried > 20'000);
}

void WalReaderTest::damageChangesNoFile()
{
    const Torn torn(6);
    const Bytes bad = flipped(torn.wal, kHeader + 3 * kFrame + 1000, 3);
    QCOMPARE(torn.rowsWith(bad).error().code, ErrorCode::VaultDatabaseDamaged);
    QCOMPARE(readFile(torn.path()), torn.database);
    QCOMPARE(readFile(torn.walPath()), bad);
    QCOMPARE(QDir(torn.dir.path()).entryList(QDir::Files).size(), 2);
}

void WalReaderTest::aFlippedBitOfTheLastTransactionIsATornEnd()
{
    const Torn torn(5);
    for (qint64 number = torn.commits[3]; number < torn.commits[4]; ++number) {
        const auto report = torn.read(flipped(torn.wal, kHeader + number * kFrame + 900, 1));
        QVERIFY(report.ok());
        QCOMPARE(report->committed, torn.commits[3]);
        QVERIFY(report->tornEnd);
    }
    QCOMPARE(torn.rowsWith(flipped(torn.wal, torn.wal.size() - 5, 0)).value(), 4);
}

void WalReaderTest::aLastCommitFrameWithoutItsDataIsATornEnd()
{
    // The file had grown and its last frame's header was written, but the frames before it were
    // not, when the power went.
    const Torn torn(5);
    Bytes wal = torn.wal;
    const qsizetype from = kHeader + torn.commits[3] * kFrame;
    const qsizetype lastFrame = kHeader + (torn.commits[4] - 1) * kFrame;
    std::fill(wal.begin() + from, wal.begin() + lastFrame, '\0');
    std::fill(wal.begin() + lastFrame + 24, wal.end(), '\0');
    const auto report = torn.read(wal);
    QVERIFY(report.ok());
    QCOMPARE(report->committed, torn.commits[3]);
    QCOMPARE(torn.rowsWith(wal).value(), 4);
}

void WalReaderTest::aCommitFrameThatWasFollowedIsDamage()
{
    const Torn torn(5);
    // The commit frame that precedes the last transaction, damaged in its data …
    const qsizetype commit = kHeader + (torn.commits[3] - 1) * kFrame;
    QCOMPARE(torn.read(flipped(torn.wal, commit + 2000, 4)).error().code,
        ErrorCode::VaultDatabaseDamaged);
    // … and in its checksum; in its salts it cannot be told from a crash.
    QCOMPARE(
        torn.read(flipped(torn.wal, commit + 17, 4)).error().code, ErrorCode::VaultDatabaseDamaged);
    QVERIFY(torn.read(flipped(torn.wal, commit + 9, 4)).ok());
    // Even when the file ends within the header's frame that followed it.
    const Bytes cut = flipped(torn.wal, commit + 2000, 4).first(commit + kFrame + 100);
    QCOMPARE(torn.read(cut).error().code, ErrorCode::VaultDatabaseDamaged);
}

void WalReaderTest::framesOfAnEarlierLogBehindAreNotThisOnes()
{
    // A log that was begun again leaves the longer earlier one behind its end.
    Torn torn(8);
    Bytes earlier = torn.wal;
    for (qint64 number = 0; number < torn.commits.back(); ++number)
        earlier[kHeader + number * kFrame + 8] = char(earlier[kHeader + number * kFrame + 8] + 1);
    const qsizetype end = kHeader + torn.commits[2] * kFrame;
    const auto whole = torn.read(torn.wal.first(end) + earlier.mid(end));
    QVERIFY(whole.ok());
    QCOMPARE(whole->committed, torn.commits[2]);
    QVERIFY(torn.read(flipped(torn.wal, end - 9, 0).first(end) + earlier.mid(end)).ok());
}

void WalReaderTest::aBadHeaderIsDamage()
{
    const Torn torn(2);
    for (qsizetype at = 0; at < kHeader; ++at)
        for (int bit = 0; bit < 8; ++bit)
            QCOMPARE(torn.read(flipped(torn.wal, at, bit)).error().code,
                ErrorCode::VaultDatabaseDamaged);
    QVERIFY(torn.read(flipped(torn.wal, 3, 3).first(kHeader)).ok());
    QVERIFY(torn.read(torn.wal.first(20)).ok());
}

void WalReaderTest::aLogOfAnotherVaultIsSwapped()
{
    const Torn torn(3);
    const Torn other(3, Bytes("another database"));
    QCOMPARE(torn.rowsWith(other.wal).error().code, ErrorCode::VaultDatabaseSwapped);
    QCOMPARE(readFile(torn.path()), torn.database);
    QCOMPARE(readFile(torn.walPath()), other.wal);
}

void WalReaderTest::aPageWithARightChecksumAndAWrongMacIsDamage()
{
    const Torn torn(3);
    const SecretBytes macKey = pageMacKey(torn.key, torn.salt);
    const Bytes page = torn.frame(0).mid(24);
    const auto number = quint32(quint8(torn.frame(0)[3]));
    QVERIFY(pageVerifies(macKey, page, number));
    QVERIFY(!pageVerifies(macKey, page, number + 1));
    QVERIFY(!pageVerifies(macKey, flipped(page, 100, 0), number));
    QVERIFY(!pageVerifies(macKey, flipped(page, 4095, 0), number));
    QVERIFY(pageVerifies(macKey, torn.database.first(4096), 1));
}

QTEST_GUILESS_MAIN(WalReaderTest)
#include "tst_walreader.moc"

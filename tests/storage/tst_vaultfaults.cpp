// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/settings.h"
#include "storage/vault.h"
#include "tests/storage/vaultfixture.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

#include <cerrno>
#include <cmath>
#include <csignal>
#include <functional>
#include <sched.h>
#include <set>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Waymark;
using namespace Waymark::Testing;

namespace {

const char* const kPlanted[] = {"marmoset-lighthouse", "quince-obelisk", "a passphrase to find"};

/// Runs `work` in a child process and gives its exit status.
int inChild(const std::function<int()>& work)
{
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(work());
    int status = 0;
    if (::waitpid(child, &status, 0) != child || !WIFEXITED(status))
        return -1;
    return WEXITSTATUS(status);
}

void limitFileSize(rlim_t bytes)
{
    const rlimit limit{bytes, RLIM_INFINITY};
    ::setrlimit(RLIMIT_FSIZE, &limit);
}

int codeOf(ErrorCode code)
{
    return 100 + int(code);
}

template <typename T>
int codeOf(const Result<T>& result)
{
    return result.ok() ? 0 : codeOf(result.error().code);
}

int codeOf(const Status& status)
{
    return status.ok() ? 0 : codeOf(status.error().code);
}

Status insert(Vault& vault, const Bytes& value)
{
    return vault.database()
        .run([&value](Connection& c) { return c.run("INSERT INTO t(b) VALUES(?)", value); })
        .result();
}

qint64 rows(Vault& vault)
{
    return vault.database()
        .run([](Connection& c) { return c.oneInteger("SELECT count(*) FROM t"); })
        .result()
        .value()
        .value_or(-1);
}

Status makeTable(Vault& vault)
{
    return vault.database()
        .run([](Connection& c) { return c.script("CREATE TABLE t(a INTEGER PRIMARY KEY, b)"); })
        .result();
}

} // namespace

/// What may befall a vault from outside: disks, processes, flipped bits, and curious readers.
class VaultFaultsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aFullDiskIsReportedAndNothingIsLost();
    void aFullDiskInCreatingLeavesNothing();
    void aFullDiskInChangingThePassphraseKeepsTheOldOne();
    void aFullDiskInOpeningLeavesTheFilesAsTheyWere();
    void aReadOnlyFolderIsReportedAndNothingChanges();
    void aReadOnlyFileSystemIsReported();
    void aSecondProcessIsRefused();
    void aKilledProcessLosesNothingThatWasCommitted();
    void everyByteOfAPageIsChecked();
    void plantedWordsAreInNoFile();
    void pageBodiesLookRandom();

private:
    std::unique_ptr<Place> m_place;
    SecretBytes m_key; ///< the vault key of "vault", which has a table t
};

void VaultFaultsTest::init()
{
    m_place = std::make_unique<Place>();
    const Vault::Created made = m_place->create();
    QVERIFY(makeTable(*made.vault).ok());
    QVERIFY(made.vault->lock().result().ok());
    const Header header
        = *decodeHeader(readFile(m_place->folder() + QStringLiteral("/vault.waymark")));
    m_key = *openVaultKey(header, *passphraseSlotKey(header, secret("a passphrase")));
}

void VaultFaultsTest::aFullDiskIsReportedAndNothingIsLost()
{
    const int code = inChild([this] {
        auto vault = Vault::openWithKey(m_place->folder(), m_key.clone(), m_place->executor);
        if (!vault || !insert(**vault, Bytes(1000, 'a')).ok())
            return 1;
        limitFileSize(64 * 1024);
        const int full = codeOf(insert(**vault, Bytes(200'000, 'b')));
        // The vault goes on: what fits is kept.
        if (!insert(**vault, Bytes(1000, 'c')).ok() || rows(**vault) != 2)
            return 2;
        limitFileSize(RLIM_INFINITY);
        if (!insert(**vault, Bytes(200'000, 'd')).ok() || !(*vault)->lock().result().ok())
            return 3;
        return full;
    });
    QCOMPARE(code, codeOf(ErrorCode::DiskFull));
    auto vault = Vault::openWithKey(m_place->folder(), m_key.clone(), m_place->executor);
    QVERIFY(vault.ok());
    QCOMPARE(rows(**vault), 3);
    QVERIFY((*vault)
                ->database()
                .run([](Connection& c) { return c.checkPages(); })
                .result()
                .value()
                .empty());
}

void VaultFaultsTest::aFullDiskInCreatingLeavesNothing()
{
    for (const rlim_t size : {0, 200, 4096, 8000}) {
        const int code = inChild([this, size] {
            limitFileSize(size);
            return codeOf(Vault::create(
                m_place->folder("new"), secret("x"), {}, m_place->executor, m_place->random));
        });
        QCOMPARE(code, codeOf(ErrorCode::DiskFull));
        QVERIFY(!QFile::exists(m_place->folder("new")));
    }
}

void VaultFaultsTest::aFullDiskInChangingThePassphraseKeepsTheOldOne()
{
    const Files before = filesOf(m_place->folder());
    for (const rlim_t size : {0, 100}) {
        const int code = inChild([this, size] {
            auto vault = m_place->open();
            if (!vault)
                return 1;
            limitFileSize(size);
            const Status changed = (*vault)->changePassphrase(
                secret("a passphrase"), secret("new"), kFloorCost, m_place->random);
            limitFileSize(RLIM_INFINITY);
            return (*vault)->lock().result().ok() ? codeOf(changed) : 2;
        });
        QCOMPARE(code, codeOf(ErrorCode::DiskFull));
        QVERIFY(filesOf(m_place->folder()) == before);
    }
}

void VaultFaultsTest::aFullDiskInOpeningLeavesTheFilesAsTheyWere()
{
    auto vault = Vault::openWithKey(m_place->folder(), m_key.clone(), m_place->executor);
    QVERIFY(vault.ok());
    for (int i = 0; i < 10; ++i)
        QVERIFY(insert(**vault, Bytes(20'000, 'x')).ok());
    const Files crashed = filesOf(m_place->folder());
    (*vault).reset();
    putFiles(m_place->folder(), crashed);
    const auto sizeOf
        = [&crashed](const char* name) { return rlim_t(crashed.at(QLatin1String(name)).size()); };
    for (const rlim_t size : {rlim_t(0), sizeOf("journal.db"), sizeOf("journal.db") + 4096}) {
        const int code = inChild([this, size] {
            limitFileSize(size);
            return codeOf(m_place->open());
        });
        QCOMPARE(code, codeOf(ErrorCode::DiskFull));
        QVERIFY(filesOf(m_place->folder()) == crashed);
    }
    vault = m_place->open();
    QVERIFY(vault.ok());
    QCOMPARE(rows(**vault), 10);
}

void VaultFaultsTest::aReadOnlyFolderIsReportedAndNothingChanges()
{
    // Permission bits do not bind root: the child works as another user, to whom the files belong.
    const uid_t nobody = 65534;
    const QString folder = m_place->folder();
    const bool root = ::geteuid() == 0;
    if (root) {
        QVERIFY(::chmod(qPrintable(QFileInfo(folder).path()), 0755) == 0);
        for (const QString& name : QDir(folder).entryList(QDir::Files))
            QVERIFY(::chown(qPrintable(folder + u'/' + name), nobody, nobody) == 0);
        QVERIFY(::chown(qPrintable(folder), nobody, nobody) == 0);
    }
    const Files before = filesOf(folder);
    const auto opening = [&](mode_t folderMode, mode_t fileMode) {
        ::chmod(qPrintable(folder), folderMode);
        ::chmod(qPrintable(folder + QStringLiteral("/journal.db")), fileMode);
        const int code = inChild([&] {
            if (root && (::setgid(nobody) != 0 || ::setuid(nobody) != 0))
                return 1;
            if (Vault::create(folder + QStringLiteral("/inner"), secret("x"), {}, m_place->executor,
                    m_place->random)
                    .ok())
                return 2;
            return codeOf(Vault::openWithKey(m_place->folder(), m_key.clone(), m_place->executor));
        });
        ::chmod(qPrintable(folder), 0700);
        ::chmod(qPrintable(folder + QStringLiteral("/journal.db")), 0600);
        return code;
    };
    QCOMPARE(opening(0500, 0400), codeOf(ErrorCode::DiskReadOnly));
    QCOMPARE(opening(0500, 0600), codeOf(ErrorCode::DiskReadOnly));
    QVERIFY(filesOf(folder) == before);
}

void VaultFaultsTest::aReadOnlyFileSystemIsReported()
{
    constexpr int kNotAllowed = 77;
    const Bytes folder = QFile::encodeName(m_place->folder());
    const Files before = filesOf(m_place->folder());
    const int code = inChild([this, &folder] {
        const unsigned long again = MS_REMOUNT | MS_BIND | MS_RDONLY;
        if (::unshare(CLONE_NEWNS) != 0
            || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0
            || ::mount(folder.constData(), folder.constData(), nullptr, MS_BIND, nullptr) != 0
            || ::mount("none", folder.constData(), nullptr, again, nullptr) != 0)
            return kNotAllowed;
        return codeOf(m_place->open());
    });
    if (code == kNotAllowed)
        QSKIP("this user may not mount a folder read-only");
    QCOMPARE(code, codeOf(ErrorCode::DiskReadOnly));
    QVERIFY(filesOf(m_place->folder()) == before);
}

void VaultFaultsTest::aSecondProcessIsRefused()
{
    auto vault = Vault::openWithKey(m_place->folder(), m_key.clone(), m_place->executor);
    QVERIFY(vault.ok());
    const auto other = [this] { return inChild([this] { return codeOf(m_place->open()); }); };
    const Files before = filesOf(m_place->folder());
    QCOMPARE(other(), codeOf(ErrorCode::VaultInUse));
    QVERIFY(filesOf(m_place->folder()) == before);
    QVERIFY((*vault)->lock().result().ok());
    QCOMPARE(other(), 0);
}

void VaultFaultsTest::aKilledProcessLosesNothingThatWasCommitted()
{
    qint64 acknowledged = 0;
    QRandomGenerator seeded(20260102);
    for (int round = 0; round < 25; ++round) {
        int channel[2];
        QVERIFY(::pipe(channel) == 0);
        const pid_t child = ::fork();
        if (child == 0) {
            auto vault = Vault::openWithKey(m_place->folder(), m_key.clone(), m_place->executor);
            if (!vault)
                ::_exit(1);
            for (int i = 0; i < 100'000; ++i) {
                if (!insert(**vault, Bytes(100 + 37 * (i % 200), 'x')).ok()
                    || ::write(channel[1], "+", 1) != 1)
                    ::_exit(2);
                if (i % 11 == 10)
                    (*vault)->database().idle().waitForFinished();
            }
            ::_exit(3);
        }
        ::close(channel[1]);
        // Killed somewhere within the commit that follows the last acknowledged one.
        const int most = 1 + int(seeded.bounded(40));
        char one = 0;
        for (int i = 0; i < most && ::read(channel[0], &one, 1) == 1; ++i)
            ++acknowledged;
        const int pause = int(seeded.bounded(300));
        QElapsedTimer timer;
        for (timer.start(); timer.nsecsElapsed() < pause * 1000;) { }
        ::kill(child, SIGKILL);
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status));
        while (::read(channel[0], &one, 1) == 1)
            ++acknowledged;
        ::close(channel[0]);
    }
    auto vault = m_place->open();
    QVERIFY(vault.ok());
    QVERIFY2(rows(**vault) >= acknowledged && rows(**vault) <= acknowledged + 25,
        qPrintable(QStringLiteral("%1 of %2").arg(rows(**vault)).arg(acknowledged)));
}

void VaultFaultsTest::everyByteOfAPageIsChecked()
{
    auto vault = Vault::openWithKey(m_place->folder(), m_key.clone(), m_place->executor);
    QVERIFY(insert(**vault, Bytes(50'000, 'x')).ok());
    QVERIFY((*vault)->lock().result().ok());
    const QString path = m_place->folder() + QStringLiteral("/journal.db");
    const Bytes good = readFile(path);
    vault = Vault::openWithKey(m_place->folder(), m_key.clone(), m_place->executor);
    QVERIFY(vault.ok());
    const auto problems = [&vault] {
        return (*vault)
            ->database()
            .run([](Connection& c) { return c.checkPages(); })
            .result()
            .value()
            .size();
    };
    QCOMPARE(problems(), 0U);
    QRandomGenerator seeded(20260103);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::Unbuffered));
    for (qsizetype i = 0; i < 4096; ++i) {
        const qsizetype at = good.size() - 4096 * 3 + i;
        const char bad = char(good[at] ^ (1 << seeded.bounded(8)));
        QVERIFY(file.seek(at) && file.putChar(bad));
        QVERIFY2(problems() == 1U, qPrintable(QString::number(i)));
        QVERIFY(file.seek(at) && file.putChar(good[at]));
    }
    QCOMPARE(problems(), 0U);
}

void VaultFaultsTest::plantedWordsAreInNoFile()
{
    // As they lie on disk while the vault is open, after a crash, and when it is closed.
    const Vault::Created made = m_place->create("planted", kPlanted[2]);
    QVERIFY(makeTable(*made.vault).ok());
    Bytes text;
    for (int i = 0; i < 200; ++i)
        text += kPlanted[0] + Bytes(" ") + kPlanted[1] + QByteArray::number(i);
    QVERIFY(insert(*made.vault, text).ok());
    QVERIFY(made.vault->database()
                .run([](Connection& c) {
                    return c.script("CREATE TABLE \"quince-obelisk\"(a);"
                                    "CREATE VIRTUAL TABLE f USING fts5(x);"
                                    "INSERT INTO f SELECT b FROM t;"
                                    "DELETE FROM t; INSERT INTO t(b) SELECT x FROM f");
                })
                .result()
                .ok());
    const auto search = [&](const Files& files) {
        QStringList found;
        for (const auto& [name, bytes] : files) {
            for (const char* word : {kPlanted[0], kPlanted[1], "marmoset", "obelisk", kPlanted[2],
                     "CREATE TABLE", "SQLite format"}) {
                if (bytes.contains(word))
                    found += name + u' ' + QLatin1String(word);
            }
            for (const QLatin1String word : *made.words) {
                if (word.size() >= 5 && bytes.contains(Bytes(word.data(), word.size())))
                    found += name + u' ' + word;
            }
        }
        return found;
    };
    const Files open = filesOf(m_place->folder("planted"));
    QVERIFY(open.count(QStringLiteral("journal.db-wal")) == 1);
    QCOMPARE(search(open), QStringList());
    QVERIFY(made.vault
                ->changePassphrase(secret(kPlanted[2]), secret("new"), kFloorCost, m_place->random)
                .ok());
    QVERIFY(made.vault->lock().result().ok());
    QCOMPARE(search(filesOf(m_place->folder("planted"))), QStringList());
}

void VaultFaultsTest::pageBodiesLookRandom()
{
    auto vault = Vault::openWithKey(m_place->folder(), m_key.clone(), m_place->executor);
    for (int i = 0; i < 40; ++i)
        QVERIFY(insert(**vault, Bytes(20'000, 'x')).ok());
    QVERIFY((*vault)->database().idle().result().ok());
    // The same pages once more, under other vectors.
    QVERIFY((*vault)
                ->database()
                .run([](Connection& c) { return c.run("UPDATE t SET b = b || 'y'"); })
                .result()
                .ok());
    const Bytes database = readFile(m_place->folder() + QStringLiteral("/journal.db"));
    const Bytes wal = readFile(m_place->folder() + QStringLiteral("/journal.db-wal"));
    const Bytes salt = database.first(16);
    QVERIFY(database.size() > 200 * 4096 && wal.size() > 200 * 4096);

    const auto check = [&salt](const Bytes& file, qsizetype from, qsizetype frame) {
        std::set<Bytes> blocks;
        for (qsizetype page = from; page + 4096 <= file.size(); page += 4096 + frame) {
            // Each copy of the first page begins with the salt, in plain.
            const bool first = file.mid(page, 16) == salt;
            const Bytes body = file.mid(page + (first ? 16 : 0), first ? 4080 : 4096);
            for (qsizetype at = 0; at < body.size(); at += 16) {
                if (!blocks.insert(body.mid(at, 16)).second)
                    return false;
            }
            std::array<int, 256> counts{};
            for (const char byte : body)
                ++counts[quint8(byte)];
            double chiSquare = 0;
            const double expected = double(body.size()) / 256;
            for (const int count : counts)
                chiSquare += (count - expected) * (count - expected) / expected;
            // Wilson and Hilferty's approximation for 255 degrees of freedom: p > 1e-9 up to 6
            // standard deviations.
            const double k = 2.0 / (9 * 255);
            if ((std::cbrt(chiSquare / 255) - (1 - k)) / std::sqrt(k) > 5.998)
                return false;
        }
        return true;
    };
    QVERIFY(check(database, 0, 0));
    QVERIFY(check(wal, 32 + 24, 24));
    QVERIFY(!check(Bytes(8192, 'x'), 0, 0));
}

QTEST_GUILESS_MAIN(VaultFaultsTest)
#include "tst_vaultfaults.moc"

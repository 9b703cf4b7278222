// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/programs.h"

#include <QFile>
#include <QSocketNotifier>

#include <pty.h>
#include <sys/ioctl.h>

using namespace Waymark::Testing;

namespace {

/// The next line of a stream, or nothing when none comes.
QByteArray nextLine(QProcess& process)
{
    while (!process.canReadLine()) {
        if (!process.waitForReadyRead(kLongMs))
            return {};
    }
    return process.readLine();
}

QString eventOf(const QByteArray& line)
{
    return QJsonDocument::fromJson(line).object().value(QLatin1String("event")).toString();
}

/// The two ends of a terminal that no person sits at.
class Terminal
{
public:
    Terminal() { m_made = ::openpty(&m_near, &m_far, nullptr, nullptr, nullptr) == 0; }
    ~Terminal()
    {
        ::close(m_near);
        ::close(m_far);
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    [[nodiscard]] bool made() const { return m_made; }
    /// In the child: this is its terminal from now on.
    void adopt() const
    {
        ::setsid();
        ::ioctl(m_far, TIOCSCTTY, 0);
    }
    void type(const QByteArray& text) const
    {
        QCOMPARE(::write(m_near, text.constData(), std::size_t(text.size())), text.size());
    }
    /// What was shown so far, once `end` is in it.
    QByteArray shownUntil(const QByteArray& end)
    {
        char bytes[256];
        while (!m_shown.contains(end)) {
            const auto count = ::read(m_near, bytes, sizeof bytes);
            if (count <= 0)
                break;
            m_shown.append(bytes, count);
        }
        return m_shown;
    }

private:
    int m_near = -1;
    int m_far = -1;
    bool m_made = false;
    QByteArray m_shown;
};

} // namespace

/// What only a process shows: streams, statuses, terminals, signals and the environment.
class CliProcessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_program = std::make_unique<Program>(m_folder->filePath(QStringLiteral("vault")));
    }

    void answersAndErrorsGoTheirOwnWays()
    {
        m_program->makeVault("Lina");
        const Ended listed = m_program->run("entry list");
        QCOMPARE(listed.status, 0);
        QCOMPARE(listed.out, QByteArray("[]\n"));
        QVERIFY(listed.err.isEmpty());
        const Ended failed = m_program->run("entry show 00");
        QCOMPARE(failed.status, 4);
        QVERIFY(failed.out.isEmpty());
        QCOMPARE(failed.errorCode(), QStringLiteral("notFound"));
        QCOMPARE(m_program->run("entry paint").status, 2);
        m_program->environment.insert(QStringLiteral("WAYMARK_PASSPHRASE"), QStringLiteral("x"));
        QCOMPARE(m_program->run("entry list").status, 3);
    }

    void withoutATerminalNothingIsAskedAndTheVaultStaysLocked()
    {
        m_program->makeVault("Lina");
        m_program->environment.remove(QStringLiteral("WAYMARK_PASSPHRASE"));
        const Ended ended = m_program->run("entry list");
        QCOMPARE(ended.status, 3);
        QCOMPARE(ended.errorCode(), QStringLiteral("vault.locked"));
    }

    void aPassphraseIsTypedWithoutBeingShown()
    {
        m_program->makeVault("Lina");
        m_program->environment.remove(QStringLiteral("WAYMARK_PASSPHRASE"));
        Terminal terminal;
        QVERIFY(terminal.made());
        QProcess process;
        m_program->prepare(process, {QStringLiteral("entry"), QStringLiteral("list")});
        process.setChildProcessModifier([&terminal] { terminal.adopt(); });
        process.start();
        QVERIFY(terminal.shownUntil("Passphrase: ").endsWith("Passphrase: "));
        // A mistyped letter is taken back.
        terminal.type(kPassphrase.toUtf8() + "x\x7f\r");
        QVERIFY(process.waitForFinished(kLongMs));
        QCOMPARE(process.exitCode(), 0);
        QVERIFY(!terminal.shownUntil("\n").contains("only a test"));
    }

    void theKeyThatInterruptsEndsThePrompt()
    {
        m_program->makeVault("Lina");
        m_program->environment.remove(QStringLiteral("WAYMARK_PASSPHRASE"));
        Terminal terminal;
        QProcess process;
        m_program->prepare(process, {QStringLiteral("entry"), QStringLiteral("list")});
        process.setChildProcessModifier([&terminal] { terminal.adopt(); });
        process.start();
        terminal.shownUntil("Passphrase: ");
        terminal.type("half\x03");
        QVERIFY(process.waitForFinished(kLongMs));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 1);
    }

    void eachLineIsAnsweredBeforeTheNextIsRead()
    {
        m_program->makeVault("Lina");
        QProcess process;
        m_program->prepare(
            process, {QStringLiteral("entry"), QStringLiteral("apply"), QStringLiteral("-")});
        process.start();
        for (int i = 1; i <= 3; ++i) {
            process.write("{\"op\":\"add\",\"kind\":\"goal\",\"fields\":{\"title\":\"t\"}}\n");
            const QJsonObject answer = QJsonDocument::fromJson(nextLine(process)).object();
            QCOMPARE(answer.value(QLatin1String("line")).toInt(), i);
            QCOMPARE(answer.value(QLatin1String("operation")).toString().size(), 64);
        }
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(kLongMs));
        QCOMPARE(process.exitCode(), 0);
    }

    void whileItWatchesTheVaultIsInUseAndItsSecretIsNowhere()
    {
        m_program->makeVault("Lina");
        QProcess process;
        m_program->prepare(process, {QStringLiteral("sync"), QStringLiteral("--watch")});
        process.start();
        QCOMPARE(eventOf(nextLine(process)), QStringLiteral("unlocked"));

        const Ended other = m_program->run("entry list");
        QCOMPARE(other.status, 1);
        QCOMPARE(other.errorCode(), QStringLiteral("vault.inUse"));

        for (const char* file : {"environ", "cmdline"}) {
            QFile shown(
                QStringLiteral("/proc/%1/%2").arg(process.processId()).arg(QLatin1String(file)));
            QVERIFY(shown.open(QIODevice::ReadOnly));
            QVERIFY(!shown.readAll().contains(kPassphrase.toUtf8()));
        }

        process.terminate();
        QVERIFY(process.waitForFinished(kLongMs));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(m_program->run("entry list").status, 0);
    }

    void standardErrorHoldsNothingButWhatIsPromised()
    {
        m_program->makeVault("Lina");
        const QString space
            = m_program->run("space create --role peer --name", {QStringLiteral("A B")}).text("id");
        const Ended ended = m_program->run(
            "pair invite --role peer --relay ws://127.0.0.1:1 --events --space", {space});
        QCOMPARE(ended.status, 6);
        for (const QByteArray& line : ended.err.trimmed().split('\n'))
            QVERIFY2(QJsonDocument::fromJson(line).isObject(), line.constData());
        QCOMPARE(ended.errorCode(), QStringLiteral("relay.unreachable"));
        QVERIFY(m_program->run("pair list").array().isEmpty());
    }

    void anAnswerOntoAFullDiskIsAFailure()
    {
        m_program->makeVault("Lina");
        QProcess process;
        m_program->prepare(process, {QStringLiteral("entry"), QStringLiteral("list")});
        process.setStandardOutputFile(QStringLiteral("/dev/full"));
        process.start();
        QVERIFY(process.waitForFinished(kLongMs));
        QCOMPARE(process.exitCode(), 1);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;
};

QTEST_GUILESS_MAIN(CliProcessTest)
#include "tst_cliprocess.moc"

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

namespace Waymark::Testing {

constexpr int kLongMs = 30'000;
inline const QString kPassphrase = QStringLiteral("only a test would say this");

/// How a process ended.
struct Ended
{
    int status = -1;
    QByteArray out;
    QByteArray err;

    [[nodiscard]] QJsonObject object() const { return QJsonDocument::fromJson(out).object(); }
    [[nodiscard]] QJsonArray array() const { return QJsonDocument::fromJson(out).array(); }
    [[nodiscard]] QString text(const char* key) const
    {
        return object().value(QLatin1String(key)).toString();
    }
    [[nodiscard]] QString errorCode() const
    {
        const QByteArray last = err.trimmed().split('\n').last();
        return QJsonDocument::fromJson(last)
            .object()[QLatin1String("error")][QLatin1String("code")]
            .toString();
    }
};

/// waymark-cli on one vault, each command a process without a terminal.
class Program
{
public:
    explicit Program(const QString& folder) : m_folder(folder)
    {
        environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("WAYMARK_PASSPHRASE"), kPassphrase);
    }

    QProcessEnvironment environment;

    void prepare(QProcess& process, const QStringList& words) const
    {
        process.setProcessEnvironment(environment);
        process.setProgram(QStringLiteral(WAYMARK_CLI));
        process.setArguments(
            words + QStringList{QStringLiteral("--vault"), m_folder, QStringLiteral("--json")});
        process.setChildProcessModifier([] { ::setsid(); });
    }
    [[nodiscard]] Ended run(const QStringList& words, const QByteArray& in = {}) const
    {
        QProcess process;
        prepare(process, words);
        process.start();
        process.write(in);
        process.closeWriteChannel();
        if (!process.waitForFinished(kLongMs))
            qFatal("%s does not end", qPrintable(words.join(u' ')));
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
    }
    /// `words` split at blanks, and then what may hold some.
    [[nodiscard]] Ended run(const char* words, const QStringList& more = {}) const
    {
        return run(QString::fromUtf8(words).split(u' ') + more);
    }
    void makeVault(const char* name) const
    {
        const Ended made = run("vault create --kdf-cost floor --name", {QString::fromUtf8(name)});
        if (made.status != 0)
            qFatal("%s", made.err.constData());
    }

private:
    QString m_folder;
};

/// waymark-relay on a port that it picks.
class RelayProgram
{
public:
    explicit RelayProgram(const QString& store) : m_store(store) { start(QStringLiteral("0")); }
    ~RelayProgram() { stop(); }
    RelayProgram(const RelayProgram&) = delete;
    RelayProgram& operator=(const RelayProgram&) = delete;

    [[nodiscard]] QString url() const { return QStringLiteral("ws://127.0.0.1:") + m_port; }
    void stop()
    {
        m_process.terminate();
        m_process.waitForFinished(kLongMs);
    }
    void startAgain() { start(m_port); }

private:
    void start(const QString& port)
    {
        m_process.start(QStringLiteral(WAYMARK_RELAY),
            {QStringLiteral("--listen"), QStringLiteral("127.0.0.1:") + port,
                QStringLiteral("--store"), m_store});
        while (!m_process.canReadLine()) {
            if (!m_process.waitForReadyRead(kLongMs))
                qFatal("the relay does not start");
        }
        m_port = QString::fromUtf8(m_process.readLine()).trimmed().section(u':', -1);
    }

    QString m_store;
    QString m_port;
    QProcess m_process;
};

} // namespace Waymark::Testing

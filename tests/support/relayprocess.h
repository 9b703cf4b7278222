// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>

namespace Waymark::Relay {

/// A waymark-relay as a process of its own.
class RelayProcess
{
public:
    RelayProcess(const QString& program, const QString& store) : m_program(program), m_store(store)
    {
    }
    ~RelayProcess() { kill(); }

    /// Starts it and waits until it listens; the port stays the same from start to start.
    bool start(const QStringList& more = {})
    {
        m_process.setProgram(m_program);
        m_process.setArguments(
            QStringList{QStringLiteral("--listen"), QStringLiteral("127.0.0.1:%1").arg(m_port),
                QStringLiteral("--store"), m_store}
            + more);
        m_process.start();
        while (!m_process.canReadLine()) {
            if (!m_process.waitForReadyRead(20'000))
                return false;
        }
        firstLine = m_process.readLine().trimmed();
        m_port = firstLine.mid(firstLine.lastIndexOf(':') + 1).toUShort();
        return m_port != 0;
    }
    /// Without any warning: SIGKILL.
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    /// SIGTERM; the exit status, or -1.
    int stop()
    {
        m_process.terminate();
        return finished();
    }
    int finished()
    {
        const bool ended = m_process.waitForFinished(20'000);
        return ended && m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    }
    [[nodiscard]] QString url() const { return QStringLiteral("ws://127.0.0.1:%1").arg(m_port); }
    [[nodiscard]] quint16 port() const { return m_port; }
    QProcess& process() { return m_process; }

    QByteArray firstLine;

private:
    QString m_program;
    QString m_store;
    quint16 m_port = 0;
    QProcess m_process;
};

} // namespace Waymark::Relay

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/commandline.h"

#include <QBuffer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace Waymark::Testing {

/// What a command line gave.
struct CommandRun
{
    int status = 0;
    QByteArray out;
    QByteArray err;

    [[nodiscard]] QJsonDocument document() const { return QJsonDocument::fromJson(out); }
    [[nodiscard]] QJsonObject object() const { return document().object(); }
    [[nodiscard]] QJsonArray array() const { return document().array(); }
    [[nodiscard]] QJsonArray lines() const { return linesOf(out); }
    /// The last line of stderr is where errors stand, after events.
    [[nodiscard]] QString errorCode() const
    {
        return linesOf(err).last()[QLatin1String("error")][QLatin1String("code")].toString();
    }
    [[nodiscard]] QString errorMessage() const
    {
        return linesOf(err).last()[QLatin1String("error")][QLatin1String("message")].toString();
    }
    [[nodiscard]] static QJsonArray linesOf(const QByteArray& bytes)
    {
        QJsonArray lines;
        for (const QByteArray& line : bytes.split('\n')) {
            if (!line.isEmpty())
                lines.append(QJsonDocument::fromJson(line).object());
        }
        return lines;
    }
};

/// Runs command lines in this process, with variables, typed answers and standard input of its own.
class CommandRunner
{
public:
    QMap<QByteArray, QByteArray> variables{{"WAYMARK_PASSPHRASE", "open sesame"}};
    QList<QByteArray> typed; ///< answers to prompts; none left is no terminal
    QStringList asked;
    QByteArray in;
    std::function<void()> interrupt;
    bool outIsBroken = false;

    [[nodiscard]] Environment environment(CommandRun& run)
    {
        m_in.close();
        m_in.setData(in);
        m_in.open(QIODevice::ReadOnly);
        Environment environment;
        environment.out = [this, &run](BytesView bytes) {
            run.out += bytes.toByteArray();
            return !outIsBroken;
        };
        environment.err = [&run](BytesView bytes) {
            run.err += bytes.toByteArray();
            return true;
        };
        environment.in = &m_in;
        environment.takeVariable = [this](const char* name) -> std::optional<SecretBytes> {
            if (!variables.contains(name))
                return std::nullopt;
            return SecretBytes::copyOf(variables.value(name));
        };
        environment.prompt = [this](const QString& question) -> Result<SecretBytes> {
            asked.append(question);
            if (typed.isEmpty())
                return ErrorCode::VaultLocked;
            return SecretBytes::copyOf(typed.takeFirst());
        };
        environment.onInterrupt
            = [this](std::function<void()> stop) { interrupt = std::move(stop); };
        return environment;
    }

    /// `ports` are made once the folder is known, as the executable does.
    template <typename WithPorts>
    CommandRun run(const QStringList& arguments, WithPorts withPorts)
    {
        CommandRun run;
        CommandLine commandLine(environment(run));
        if (const auto status = commandLine.parse(arguments))
            run.status = int(*status);
        else
            run.status = int(withPorts(commandLine));
        return run;
    }

private:
    QBuffer m_in;
};

} // namespace Waymark::Testing

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crypto/sodium.h"
#include "storage/journalstore.h"
#include "tests/support/commandrunner.h"
#include "tests/support/fakeports.h"

#include <QTemporaryDir>
#include <QTest>

namespace Waymark::Testing {

/// Command lines on a real vault of the floor's cost, each opening it anew as a process would.
class VaultCommandLine
{
public:
    CommandRunner runner;
    FakePorts pairing; ///< only its pairing is used
    FakeSync sync;

    /// A vault of `name` is there afterwards; its recovery words.
    QStringList makeVault(const char* name = "Lina")
    {
        const CommandRun made = run({QStringLiteral("vault"), QStringLiteral("create"),
            QStringLiteral("--name"), QString::fromUtf8(name), QStringLiteral("--kdf-cost"),
            QStringLiteral("floor"), QStringLiteral("--json")});
        QStringList words;
        for (const QJsonValue& word : made.object().value(QLatin1String("recovery")).toArray())
            words.append(word.toString());
        return words;
    }

    CommandRun run(const QStringList& arguments)
    {
        return runner.run(arguments + QStringList{QStringLiteral("--vault"), folder()},
            [this](CommandLine& commandLine) {
                ThreadExecutor database(QStringLiteral("database"));
                JournalStore store(commandLine.vaultDirectory(), database, m_clock, m_random);
                store.setEventSink(commandLine.eventSink());
                Ports ports{store, store, store, store, store, pairing, sync};
                return commandLine.run(ports);
            });
    }
    CommandRun json(const QStringList& arguments)
    {
        return run(arguments + QStringList{QStringLiteral("--json")});
    }
    /// `words` split at blanks.
    CommandRun json(const char* words) { return json(QString::fromUtf8(words).split(u' ')); }
    CommandRun json(const char* words, const QString& last)
    {
        return json(QString::fromUtf8(words).split(u' ') + QStringList{last});
    }
    CommandRun apply(const QByteArray& lines)
    {
        runner.in = lines;
        return json("entry apply -");
    }
    /// The id that a verb answers with.
    QString id(const QStringList& arguments) { return text(json(arguments).object(), "id"); }
    QJsonObject show(const QString& entry) { return json("entry show", entry).object(); }

    [[nodiscard]] QString folder() const { return m_folder.filePath(QStringLiteral("vault")); }
    static QString text(const QJsonObject& object, const char* key)
    {
        return object.value(QLatin1String(key)).toString();
    }

private:
    QTemporaryDir m_folder;
    SystemClock m_clock;
    SystemRandom m_random;
};

} // namespace Waymark::Testing

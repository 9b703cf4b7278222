// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commandline.h"
#include "app/commands/processenvironment.h"
#include "app/core/executor.h"
#include "app/core/process.h"
#include "app/crypto/sodium.h"
#include "storage/journalstore.h"
#include "sync/client/syncengine.h"
#include "sync/client/websockettransport.h"

#include <QCoreApplication>

using namespace Waymark;

namespace {

ExitStatus runOnVault(CommandLine& commandLine)
{
    const std::unique_ptr<Clock> ownClock = commandLine.clock();
    const Clock& clock = *ownClock;
    SystemRandom random;
    ThreadExecutor database(QStringLiteral("database"));
    JournalStore store(commandLine.vaultDirectory(), database, clock, random);
    store.setEventSink(commandLine.eventSink());
    SyncEngine engine(store, clock, random, [] { return std::make_unique<WebSocketTransport>(); });
    Ports ports{store, store, store, store, store, engine, engine};
    return commandLine.run(ports);
}

} // namespace

int main(int argc, char** argv)
{
    forbidCoreFiles();
    keepLogQuiet();
    const QCoreApplication application(argc, argv);
    CommandLine commandLine(processEnvironment());
    if (const auto done = commandLine.parse(QCoreApplication::arguments().sliced(1)))
        return int(*done);
    return int(runOnVault(commandLine));
}

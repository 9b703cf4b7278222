// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commandline.h"
#include "app/commands/processenvironment.h"
#include "app/core/clock.h"
#include "app/core/executor.h"
#include "app/crypto/sodium.h"
#include "storage/journalstore.h"
#include "sync/client/syncengine.h"
#include "sync/client/websockettransport.h"

#include <QCoreApplication>

using namespace Waymark;

int main(int argc, char* argv[])
{
    forbidCoreFiles();
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("waymark-cli"));
    CommandLine command(processEnvironment());
    if (const auto ended = command.parse(QCoreApplication::arguments()))
        return int(*ended);

    const SystemClock clock;
    SystemRandom random;
    ThreadExecutor database(QStringLiteral("database"));
    JournalStore store(command.vaultDirectory(), database, clock, random);
    store.setEventSink(command.eventSink());
    SyncEngine engine(store, clock, random, [] { return std::make_unique<WebSocketTransport>(); });
    Ports ports{store, store, store, store, store, engine, engine};
    return int(command.run(ports));
}

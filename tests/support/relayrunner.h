// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crypto/sodium.h"
#include "app/relay/sodiumproofcheck.h"
#include "sync/relayserver/server.h"
#include "sync/relayserver/sqlitestore.h"

#include <QTemporaryDir>

#include <thread>

namespace Waymark::Relay {

/// A relay in this process, on a thread of its own, with a store in a directory that is kept from
/// one start to the next.
class RelayRunner
{
public:
    Server::Options options;
    SqliteStore::Options storeOptions;

    RelayRunner()
    {
        storeOptions.directory = m_directory.path();
        storeOptions.logBytes = 1024 * 1024;
        // Clients on the thread that waits for the end cannot answer its close.
        options.stopMs = 300;
    }
    ~RelayRunner() { stop(); }

    void start()
    {
        auto store = SqliteStore::open(storeOptions, m_random);
        if (!store)
            qFatal("store: %s", qPrintable(store.error().detail));
        m_store = std::move(*store);
        auto server = Server::listen(options, *m_store, m_check, m_random, m_clock);
        if (!server)
            qFatal("listen: %s", qPrintable(server.error().detail));
        m_server = std::move(*server);
        options.port = m_server->port(); // the same after a restart
        m_thread = std::thread([this] { status = m_server->run(); });
    }
    void stop()
    {
        if (!m_thread.joinable())
            return;
        m_server->stop();
        m_thread.join();
        m_server.reset();
        m_store.reset();
    }
    [[nodiscard]] QString url() const
    {
        return QStringLiteral("ws://127.0.0.1:%1").arg(options.port);
    }
    [[nodiscard]] quint16 port() const { return options.port; }

    Status status;

private:
    QTemporaryDir m_directory;
    SystemRandom m_random;
    SystemClock m_clock;
    SodiumProofCheck m_check;
    std::unique_ptr<SqliteStore> m_store;
    std::unique_ptr<Server> m_server;
    std::thread m_thread;
};

} // namespace Waymark::Relay

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/random.h"
#include "app/core/result.h"
#include "sync/relay/limits.h"
#include "sync/relay/proofcheck.h"
#include "sync/relay/store.h"

#include <memory>
#include <vector>

namespace Waymark::Relay {

/// The relay on a socket: WebSocket, and GET /healthz and /version. One thread does the network and
/// the commits: it reads what has come in on every socket, commits that as one group, and answers
/// with one write a connection. Logs nothing about anybody.
class Server
{
public:
    struct Options
    {
        Bytes host = "127.0.0.1"; ///< a numeric address
        quint16 port = 0; ///< 0: one that is free
        /// "host:port"s under which clients come; none: the address listened on, and localhost.
        std::vector<Bytes> publicNames;
        Bytes version = "0"; ///< what GET /version says beside the protocol's
        Limits limits;
        /// Count connections from this machine too. A proxy in front is one address to the relay.
        bool countLoopback = false;
        bool stopOnSignals = false; ///< SIGTERM and SIGINT
        int handshakeMs = 10'000; ///< for the first request, and for a close to be answered
        int silenceMs = 120'000; ///< of a peer, after a ping at half of it, before it is given up
        int unreadMs = 60'000; ///< in which a peer must have taken a frame
        int stopMs = 5'000; ///< for connections to end after stop()
    };

    /// Listens at once; what connects is served by run(). What is passed must outlive the server.
    /// AddressInUse, Usage for a host that is no address, Failed.
    [[nodiscard]] static Result<std::unique_ptr<Server>> listen(const Options& options,
        RelayStore& store, const ProofCheck& check, Random& random, const Clock& clock);
    ~Server();

    [[nodiscard]] Bytes address() const; ///< "127.0.0.1:40123"
    [[nodiscard]] quint16 port() const;
    /// Serves until stopped. An error is the store's: nothing after it was answered.
    [[nodiscard]] Status run();
    /// Answers what has come in, closes every connection, and lets run() return. Any thread.
    void stop();

private:
    class Private;
    explicit Server(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace Waymark::Relay

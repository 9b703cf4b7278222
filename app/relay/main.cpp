// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/clock.h"
#include "app/crypto/sodium.h"
#include "app/relay/sodiumproofcheck.h"
#include "sync/relayserver/server.h"
#include "sync/relayserver/sqlitestore.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <string>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace Waymark;

namespace {

// The exit statuses are those of the command line everywhere.
constexpr int kFailed = 1;
constexpr int kUsage = 2;
constexpr int kNetwork = 6;
constexpr int kDamaged = 7;

struct Arguments
{
    std::string listen;
    std::string store;
    std::vector<std::string> publicNames;
    Relay::Limits limits;
    bool countLoopback = false;
    qint64 storeMebibytes = 0;
    qint64 queueMebibytes = 64;
    int timeToLiveDays = 90;
};

void addOptions(CLI::App& app, Arguments& arguments)
{
    app.set_version_flag("--version", std::string("waymark-relay ") + WAYMARK_VERSION);
    app.add_option("--listen", arguments.listen, "Address and port to listen on; port 0 picks one")
        ->required()
        ->type_name("ADDRESS:PORT");
    app.add_option("--store", arguments.store, "Directory that keeps queues and messages")
        ->required()
        ->type_name("DIR");
    app.add_option("--public-name", arguments.publicNames,
           "Name and port under which clients come; may be given several times. "
           "Default: the address listened on, and localhost")
        ->type_name("HOST:PORT");
    Relay::Limits& limits = arguments.limits;
    const auto limit = [&app](const char* name, auto& value, const char* what) {
        app.add_option(name, value, what)
            ->check(CLI::Range(1, 1'000'000'000).description(""))
            ->type_name("N")
            ->capture_default_str()
            ->group("Limits");
    };
    limit("--queue-messages", limits.queueMessages, "Messages waiting in one queue");
    limit("--queue-mebibytes", arguments.queueMebibytes, "MiB waiting in one queue");
    limit("--time-to-live-days", arguments.timeToLiveDays, "Days after which a message is deleted");
    limit("--queues-per-hour", limits.queuesPerHour, "Queues made by one address in an hour");
    limit("--connections", limits.connections, "Connections in all");
    limit("--connections-per-address", limits.connectionsPerAddress, "Connections of one address");
    limit("--connections-per-minute", limits.connectionsPerMinute,
        "Connections begun by one address in a minute");
    limit("--requests-per-second", limits.requestsPerSecond, "Requests of one address in a second");
    limit("--store-mebibytes", arguments.storeMebibytes,
        "MiB the store may take; without it, what the disk holds");
    app.add_flag("--count-loopback", arguments.countLoopback,
           "Count connections from this machine as an address too; without it they are taken for "
           "a proxy's")
        ->group("Limits");
}

bool splitAddress(const std::string& listen, Bytes& host, quint16& port)
{
    const auto colon = listen.rfind(':');
    if (colon == std::string::npos || colon == 0)
        return false;
    host = Bytes::fromStdString(listen.substr(0, colon));
    if (host.startsWith('[') && host.endsWith(']'))
        host = host.mid(1, host.size() - 2);
    bool ok = false;
    port = Bytes::fromStdString(listen.substr(colon + 1)).toUShort(&ok);
    return ok;
}

int failed(int status, const std::string& sentence)
{
    std::fprintf(stderr, "waymark-relay: %s\n", sentence.c_str());
    return status;
}

int storeFailed(const Error& error, const std::string& directory)
{
    switch (error.code) {
    case ErrorCode::RelayStoreDamaged:
        return failed(kDamaged,
            "The store in " + directory
                + " is damaged. Move it away to begin an empty one: clients make their queues "
                  "again.");
    case ErrorCode::RelayStoreNewer:
        return failed(kFailed,
            "The store in " + directory + " was made by a newer version. Use that version.");
    case ErrorCode::RelayStoreInUse:
        return failed(kFailed, "Another relay uses the store in " + directory + ".");
    case ErrorCode::DiskFull:
        return failed(kFailed, "The disk that holds " + directory + " is full.");
    case ErrorCode::DiskReadOnly:
        return failed(kFailed, "The store in " + directory + " cannot be written.");
    default:
        return failed(kFailed,
            "The store in " + directory + " cannot be opened: " + error.detail.toStdString() + ".");
    }
}

int listenFailed(const Error& error, const Arguments& arguments)
{
    switch (error.code) {
    case ErrorCode::AddressInUse:
        return failed(kNetwork, "Something else listens on " + arguments.listen + " already.");
    case ErrorCode::Usage:
        return failed(kUsage, "--listen needs a numeric address, as in 127.0.0.1:7600.");
    default:
        return failed(kNetwork,
            "Cannot listen on " + arguments.listen + ": " + error.detail.toStdString() + ".");
    }
}

/// A connection takes a descriptor; the usual soft limit is far below the hard one.
void raiseDescriptorLimit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

int serve(const Arguments& arguments)
{
    Relay::Server::Options options;
    if (!splitAddress(arguments.listen, options.host, options.port))
        return failed(kUsage, "--listen needs an address and a port, as in 127.0.0.1:7600.");
    for (const std::string& name : arguments.publicNames) {
        if (name.find(':') == std::string::npos)
            return failed(
                kUsage, "--public-name needs a name and a port, as in relay.example:443.");
        options.publicNames.push_back(Bytes::fromStdString(name));
    }
    options.version = WAYMARK_VERSION;
    options.limits = arguments.limits;
    options.limits.queueBytes = arguments.queueMebibytes * 1024 * 1024;
    options.limits.timeToLiveMs = qint64(arguments.timeToLiveDays) * 24 * 60 * 60 * 1000;
    options.countLoopback = arguments.countLoopback;
    options.stopOnSignals = true;

    SystemRandom random;
    const SystemClock clock;
    const Relay::SodiumProofCheck check;
    Relay::SqliteStore::Options storeOptions;
    storeOptions.directory = QString::fromStdString(arguments.store);
    storeOptions.maxBytes = arguments.storeMebibytes * 1024 * 1024;
    auto store = Relay::SqliteStore::open(storeOptions, random);
    if (!store)
        return storeFailed(store.error(), arguments.store);
    auto server = Relay::Server::listen(options, **store, check, random, clock);
    if (!server)
        return listenFailed(server.error(), arguments);
    std::printf("listening on ws://%s\n", (*server)->address().constData());
    std::fflush(stdout);
    if (const Status status = (*server)->run(); !status)
        return failed(kFailed,
            "The store failed: " + status.error().detail.toStdString()
                + ". Nothing that was answered is lost; start again when the disk is well.");
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    umask(S_IRWXG | S_IRWXO); // what is stored is nobody else's
    raiseDescriptorLimit();
    CLI::App app("Waymark's relay: keeps sealed messages until they are fetched.", "waymark-relay");
    Arguments arguments;
    addOptions(app, arguments);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : kUsage;
    }
    return serve(arguments);
}

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Measures a waymark-relay against Redis with its append-only file synced before each answer, both
// started here, in turns within one run. Prints one JSON array of rows.
#include "tests/bench/relay/peers.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdio>
#include <sys/epoll.h>

using namespace Waymark;
using namespace Waymark::Bench;

namespace {

using Steady = std::chrono::steady_clock;

constexpr int kSenders = 64;
constexpr int kReceivers = 8;
constexpr int kToFetch = 8'000; ///< messages a receiver
constexpr qsizetype kBodyBytes = 1024;

double secondsSince(Steady::time_point start)
{
    return std::chrono::duration<double>(Steady::now() - start).count();
}

/// Every peer's link in one epoll set.
class Watch
{
public:
    explicit Watch(const std::vector<std::unique_ptr<Peer>>& peers) : m_epoll(::epoll_create1(0))
    {
        for (std::size_t i = 0; i < peers.size(); ++i) {
            epoll_event event{};
            event.events = EPOLLIN;
            event.data.u64 = i;
            ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, peers[i]->link.fd(), &event);
        }
    }
    ~Watch() { ::close(m_epoll); }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    template <typename Ready>
    void wait(Ready ready)
    {
        epoll_event events[kSenders];
        const int count = ::epoll_wait(m_epoll, events, kSenders, 1000);
        for (int i = 0; i < count; ++i)
            ready(std::size_t(events[i].data.u64));
    }

private:
    int m_epoll;
};

struct Sends
{
    double perSecond = 0;
    double p50Us = 0;
    double p99Us = 0;
};

/// Each of `senders` has one send under way at any time.
Sends measureSends(Store& store, int senders, double seconds)
{
    std::vector<std::unique_ptr<Peer>> peers;
    for (int i = 0; i < senders; ++i)
        peers.push_back(store.connect());
    Watch watch(peers);
    const Bytes body(kBodyBytes, 'm');
    std::vector<Steady::time_point> since(peers.size());
    std::vector<double> latencies;
    const auto start = Steady::now();
    const auto send = [&](std::size_t i) {
        since[i] = Steady::now();
        peers[i]->send(body);
    };
    for (std::size_t i = 0; i < peers.size(); ++i)
        send(i);
    while (secondsSince(start) < seconds) {
        watch.wait([&](std::size_t i) {
            peers[i]->link.fill();
            if (peers[i]->take().sent == 0)
                return;
            latencies.push_back(secondsSince(since[i]) * 1e6);
            send(i);
        });
    }
    const double took = secondsSince(start);
    std::sort(latencies.begin(), latencies.end());
    const auto at = [&latencies](double part) {
        return latencies[std::size_t(part * double(latencies.size() - 1))];
    };
    return {double(latencies.size()) / took, at(0.5), at(0.99)};
}

/// Messages a second that are fetched and whose deletion is durable, and the server's processor
/// time.
double measureFetch(Store& store, double& processorSeconds)
{
    std::vector<std::unique_ptr<Peer>> peers;
    const Bytes body(kBodyBytes, 'm');
    for (int i = 0; i < kReceivers; ++i)
        peers.push_back(store.connect());
    // In turns, as messages come in from many people: no queue lies in one piece on the disk.
    for (int i = 0; i < kToFetch; ++i) {
        for (const auto& peer : peers)
            peer->send(body);
        for (const auto& peer : peers) {
            while (peer->take().sent == 0)
                peer->link.waitAndFill();
        }
    }
    store.awaitQuiet();
    Watch watch(peers);
    const double before = store.processorSeconds();
    const auto start = Steady::now();
    for (const auto& peer : peers)
        peer->fetch();
    int done = 0;
    while (done < kReceivers * kToFetch) {
        watch.wait([&](std::size_t i) {
            peers[i]->link.flush();
            peers[i]->link.fill();
            done += peers[i]->take().acknowledged;
        });
    }
    const double took = secondsSince(start);
    processorSeconds = store.processorSeconds() - before;
    return done / took;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

/// What one store reached, round by round.
struct Figures
{
    std::vector<double> sends, p99Us, oneP50Us, fetch;
    double sendCpuUs = 0; ///< of the server, a message, in the last round
    double fetchCpuUs = 0;

    void measure(Store& store, double seconds)
    {
        double before = store.processorSeconds();
        const Sends many = measureSends(store, kSenders, seconds);
        sendCpuUs = (store.processorSeconds() - before) * 1e6 / (many.perSecond * seconds);
        sends.push_back(many.perSecond);
        p99Us.push_back(many.p99Us);
        store.awaitQuiet();
        oneP50Us.push_back(measureSends(store, 1, seconds).p50Us);
        store.awaitQuiet();
        fetch.push_back(measureFetch(store, before));
        fetchCpuUs = before * 1e6 / (kReceivers * kToFetch);
        store.awaitQuiet();
    }
};

QJsonObject row(const char* name, const char* unit, const std::vector<double>& ours,
    const std::vector<double>& theirs, double target, bool atLeast)
{
    const double value = median(ours);
    const double reference = median(theirs);
    const double ratio = value / reference;
    const bool met = atLeast ? ratio >= target : ratio <= target;
    const QString sign = atLeast ? QStringLiteral("≥ %1×") : QStringLiteral("≤ %1×");
    return {{QStringLiteral("name"), QLatin1String(name)}, {QStringLiteral("value"), value},
        {QStringLiteral("unit"), QLatin1String(unit)},
        {QStringLiteral("reference"), QStringLiteral("Redis, AOF always")},
        {QStringLiteral("referenceValue"), reference}, {QStringLiteral("ratio"), ratio},
        {QStringLiteral("target"), sign.arg(target)}, {QStringLiteral("met"), met}};
}

} // namespace

int main(int argc, char** argv)
{
    CLI::App app("Measures waymark-relay against Redis.", "bench_relay");
    std::string relay = WAYMARK_RELAY;
    std::string redis = "redis-server";
    std::string directory = ".";
    int rounds = 6;
    double seconds = 2;
    app.add_option("--relay", relay, "The relay's program")->capture_default_str();
    app.add_option("--redis", redis, "Redis's program")->capture_default_str();
    app.add_option("--dir", directory, "Where both keep their files, on a real disk");
    app.add_option("--rounds", rounds)->capture_default_str()->check(CLI::Range(1, 100));
    app.add_option("--seconds", seconds, "Of each measurement")->capture_default_str();
    CLI11_PARSE(app, argc, argv);

    QTemporaryDir files(
        QDir(QString::fromStdString(directory)).filePath(QStringLiteral("bench-XXXXXX")));
    const QDir root(files.path());
    root.mkpath(QStringLiteral("relay"));
    root.mkpath(QStringLiteral("redis"));
    RelayStoreUnderTest ours(QString::fromStdString(relay), root.filePath(QStringLiteral("relay")));
    RedisUnderTest theirs(QString::fromStdString(redis), root.filePath(QStringLiteral("redis")));
    Figures our;
    Figures their;
    for (int round = 0; round < rounds; ++round) {
        our.measure(ours, seconds);
        their.measure(theirs, seconds);
        std::fprintf(stderr,
            "round %d: sends/s %.0f %.0f, p99 us %.0f %.0f, one p50 us %.0f %.0f, fetch/s %.0f "
            "%.0f; processor us a send %.1f %.1f, a fetch %.2f %.2f\n",
            round + 1, our.sends.back(), their.sends.back(), our.p99Us.back(), their.p99Us.back(),
            our.oneP50Us.back(), their.oneP50Us.back(), our.fetch.back(), their.fetch.back(),
            our.sendCpuUs, their.sendCpuUs, our.fetchCpuUs, their.fetchCpuUs);
    }
    const QJsonArray rows{
        row("relay: durable sends of 1 KiB, 64 senders", "messages/s", our.sends, their.sends, 1.1,
            /*atLeast=*/true),
        row("relay: send to durable, one sender, p50", "us", our.oneP50Us, their.oneP50Us, 0.8,
            /*atLeast=*/false),
        row("relay: send to durable, 64 senders, p99", "us", our.p99Us, their.p99Us, 0.8,
            /*atLeast=*/false),
        row("relay: fetch and durable acknowledgement by 100", "messages/s", our.fetch, their.fetch,
            2, /*atLeast=*/true)};
    std::fputs(QJsonDocument(rows).toJson(QJsonDocument::Indented).constData(), stdout);
    return 0;
}

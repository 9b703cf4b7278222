// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/relay/addresses.h"

#include <cmath>

namespace Waymark::Relay {

namespace {

constexpr qint64 kSecondMs = 1000;
constexpr qint64 kMinuteMs = 60 * kSecondMs;
constexpr qint64 kHourMs = 60 * kMinuteMs;
constexpr double kBurstSeconds = 4;

} // namespace

void Addresses::Bucket::refill(double perMs, qint64 nowMs)
{
    // A clock that was set back must not fill the bucket later than it would have been.
    if (nowMs > atMs)
        spent = std::max(0.0, spent - double(nowMs - atMs) * perMs);
    atMs = nowMs;
}

qint64 Addresses::Bucket::take(double capacity, double perMs, qint64 nowMs)
{
    refill(perMs, nowMs);
    if (spent + 1 <= capacity) {
        spent += 1;
        return 0;
    }
    return std::max<qint64>(1, qint64(std::ceil((spent + 1 - capacity) / perMs)));
}

Addresses::Record* Addresses::record(const Bytes& address)
{
    const auto found = m_records.find(address);
    if (found != m_records.end())
        return &found->second;
    if (m_records.size() >= std::size_t(m_limits.addresses))
        return nullptr;
    return &m_records[address];
}

qint64 Addresses::takeConnection(const Bytes& address, qint64 nowMs)
{
    if (address.isEmpty())
        return 0;
    Record* const found = record(address);
    if (!found || found->connections >= m_limits.connectionsPerAddress)
        return kMinuteMs;
    const double perMs = double(m_limits.connectionsPerMinute) / kMinuteMs;
    const qint64 wait = found->begun.take(m_limits.connectionsPerMinute, perMs, nowMs);
    if (wait == 0)
        ++found->connections;
    return wait;
}

qint64 Addresses::takeQueue(const Bytes& address, qint64 nowMs)
{
    if (address.isEmpty())
        return 0;
    Record* const found = record(address);
    const double perMs = double(m_limits.queuesPerHour) / kHourMs;
    return found ? found->queues.take(m_limits.queuesPerHour, perMs, nowMs) : kMinuteMs;
}

qint64 Addresses::takeRequest(const Bytes& address, qint64 nowMs)
{
    if (address.isEmpty())
        return 0;
    Record* const found = record(address);
    const double perMs = double(m_limits.requestsPerSecond) / kSecondMs;
    const double capacity = m_limits.requestsPerSecond * kBurstSeconds;
    return found ? found->requests.take(capacity, perMs, nowMs) : kMinuteMs;
}

void Addresses::releaseConnection(const Bytes& address)
{
    const auto found = m_records.find(address);
    if (found != m_records.end() && found->second.connections > 0)
        --found->second.connections;
}

void Addresses::forgetIdle(qint64 nowMs)
{
    for (auto item = m_records.begin(); item != m_records.end();) {
        Record& found = item->second;
        found.begun.refill(double(m_limits.connectionsPerMinute) / kMinuteMs, nowMs);
        found.queues.refill(double(m_limits.queuesPerHour) / kHourMs, nowMs);
        found.requests.refill(double(m_limits.requestsPerSecond) / kSecondMs, nowMs);
        const bool idle = found.connections == 0 && found.begun.spent <= 0
            && found.queues.spent <= 0 && found.requests.spent <= 0;
        item = idle ? m_records.erase(item) : std::next(item);
    }
}

} // namespace Waymark::Relay

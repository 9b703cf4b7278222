// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/bytes.h"
#include "sync/relay/limits.h"

#include <map>

namespace Waymark::Relay {

/// What the limits by address need to know, in memory only and forgotten as soon as it is spent. An
/// empty address is not counted: a proxy on the same machine speaks for many.
class Addresses
{
public:
    explicit Addresses(const Limits& limits) : m_limits(limits) { }

    /// Each takes one of what the address has left and gives 0, or takes nothing and gives the
    /// milliseconds after which it is worth trying again.
    [[nodiscard]] qint64 takeConnection(const Bytes& address, qint64 nowMs);
    [[nodiscard]] qint64 takeQueue(const Bytes& address, qint64 nowMs);
    [[nodiscard]] qint64 takeRequest(const Bytes& address, qint64 nowMs);
    /// Ends a connection that was taken.
    void releaseConnection(const Bytes& address);
    /// Forgets addresses that have everything left.
    void forgetIdle(qint64 nowMs);
    [[nodiscard]] std::size_t size() const { return m_records.size(); }

private:
    /// A bucket that holds `capacity` and fills by `perMs`.
    struct Bucket
    {
        double spent = 0;
        qint64 atMs = 0;

        void refill(double perMs, qint64 nowMs);
        qint64 take(double capacity, double perMs, qint64 nowMs);
    };
    struct Record
    {
        int connections = 0;
        Bucket begun;
        Bucket queues;
        Bucket requests;
    };
    Record* record(const Bytes& address);

    Limits m_limits;
    std::map<Bytes, Record> m_records;
};

} // namespace Waymark::Relay

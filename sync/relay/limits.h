// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace Waymark::Relay {

/// What an operator may choose. Every limit has its own refusal on the wire.
struct Limits
{
    qint64 queueMessages = 10'000; ///< waiting in one queue
    qint64 queueBytes = 64LL * 1024 * 1024; ///< of bodies waiting in one queue
    qint64 timeToLiveMs = 90LL * 24 * 60 * 60 * 1000; ///< of a message

    int queuesPerHour = 300; ///< made by one address
    int connectionsPerAddress = 512;
    int connectionsPerMinute = 600; ///< begun by one address
    int requestsPerSecond = 5'000; ///< of one address, with four seconds' worth at once
    int connections = 20'000; ///< in all
    int addresses = 100'000; ///< remembered at one time

    int keysPerConnection = 4'096;
    int subscriptionsPerConnection = 2'048;
    int wrongProofs = 8; ///< after which the connection ends

    /// What waits to be written to one connection before its requests are left unread, and what all
    /// connections together may hold before each is cut down to a sixteenth of that.
    qsizetype outputBytes = 256 * 1024;
    qsizetype totalOutputBytes = 512LL * 1024 * 1024;
    /// A group of requests that is committed together is closed at either.
    qsizetype groupBytes = 8 * 1024 * 1024;
    int groupRequests = 8'192;
};

} // namespace Waymark::Relay

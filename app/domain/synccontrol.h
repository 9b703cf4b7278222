// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"
#include "app/domain/entry.h"

#include <QFuture>
#include <QJsonObject>
#include <QObject>

#include <functional>

namespace Waymark {

struct SyncCounts
{
    int sent = 0; ///< messages the relay took
    int received = 0; ///< messages taken in
};

struct PeerStatus
{
    QString name;
    SpaceId space;
    bool received = false; ///< it has all we wrote
    QString problem; ///< a broken session or a stopped log, in words for scripts; else empty
};

enum class ConnectionState { NoRelay, Offline, Connecting, Online };

struct SyncStatus
{
    int outbox = 0; ///< operations that no receipt covers
    int unsent = 0; ///< operations that the relay does not have
    QList<PeerStatus> peers;
    ConnectionState connection = ConnectionState::NoRelay;
};

/// Moments that scripts and tests follow (`--events`). Called on the database thread, the first of
/// each pair before, the second after the commit.
struct SyncEvent
{
    QString name; ///< writing, written, sending, sent, receiving, received, pairing, paired
    QJsonObject about;
};
using EventSink = std::function<void(const SyncEvent&)>;

/// Connecting, sending and taking in. Lives on the thread of its owner, which has an event loop.
class SyncControl : public QObject
{
    Q_OBJECT

public:
    /// Connects, sends what waits, takes what is there, sends what the taken calls for, ends.
    virtual QFuture<Result<SyncCounts>> syncOnce(int timeoutMs) = 0;
    /// Stays connected, with back-off, until stop().
    virtual void start() = 0;
    virtual void stop() = 0;
    /// Tries again at once: the person acted, the network changed, the machine woke up.
    virtual void hurry() = 0;
    virtual QFuture<Result<SyncStatus>> status() = 0;
    /// Whether a relay answers at this address.
    virtual QFuture<Status> tryRelay(QString relay) = 0;
    /// The relay's address for new invitations; empty where none was given.
    virtual QFuture<Result<QString>> relay() = 0;
    virtual QFuture<Status> setRelay(QString relay) = 0;

Q_SIGNALS:
    void statusChanged(const Waymark::SyncStatus& status);
    void pairingsChanged();
};

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "app/crypto/signature.h"
#include "app/crypto/sodium.h"
#include "tests/bench/relay/link.h"

#include <QProcess>

#include <memory>
#include <random>
#include <vector>

namespace Waymark::Bench {

/// What an answer turned out to be.
struct Answers
{
    int sent = 0; ///< sends that are durable
    int fetched = 0; ///< messages that came
    int acknowledged = 0; ///< messages whose deletion is durable
};

/// One sender or receiver, connected to a store with a queue of its own.
class Peer
{
public:
    virtual ~Peer() = default;
    /// Asks to store `body`; answered by one `sent`.
    virtual void send(const Bytes& body) = 0;
    /// Begins to fetch; messages are acknowledged by the hundred as they come.
    virtual void fetch() = 0;
    /// Takes apart what has been read.
    virtual Answers take() = 0;

    Link link;
};

/// A server under measurement, started in a directory of its own.
class Store
{
public:
    virtual ~Store();
    [[nodiscard]] virtual std::unique_ptr<Peer> connect() = 0;
    /// Waits until it has nothing left to do, so that it does not disturb what is measured next.
    void awaitQuiet() const;
    /// Processor time it has used, which other work on the machine does not change.
    [[nodiscard]] double processorSeconds() const;

protected:
    void start(const QString& program, const QStringList& arguments);
    QProcess m_process;
    quint16 m_port = 0;
};

class RelayStoreUnderTest final : public Store
{
public:
    RelayStoreUnderTest(const QString& program, const QString& directory);
    [[nodiscard]] std::unique_ptr<Peer> connect() override;
};

/// Redis that syncs its append-only file before it answers. A queue is a list: RPUSH, LRANGE,
/// LTRIM.
class RedisUnderTest final : public Store
{
public:
    RedisUnderTest(const QString& program, const QString& directory);
    [[nodiscard]] std::unique_ptr<Peer> connect() override;

private:
    int m_lists = 0;
};

constexpr int kByTheHundred = 100;
constexpr int kWindow = 256;

} // namespace Waymark::Bench

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crypto/sodium.h"
#include "sync/relay/relay.h"
#include "tests/support/memoryrelaystore.h"
#include "tests/support/relayclient.h"
#include "tests/support/seededrandom.h"

namespace Waymark::Relay {

const Bytes kHost = "relay.example:7600";
constexpr qint64 kStart = 1'800'000'000'000;

/// A relay with its clients, driven by hand: what each client was sent, in order.
struct World
{
    explicit World(const Limits& limits = {})
        : relay(store, check, random, limits, {kHost, "localhost:7600"})
    {
    }

    ConnectionId connect(const Bytes& address = {})
    {
        const ConnectionId id = ++last;
        relay.connected(id, address, now);
        settle();
        return id;
    }
    template <typename... Messages>
    void say(ConnectionId from, const Messages&... messages)
    {
        Bytes frame;
        (Wire::append(frame, Wire::ClientMessage(messages)), ...);
        relay.received(from, frame, now);
    }
    /// Commits, and has every client read what it was sent.
    void settle(bool reads = true)
    {
        do {
            status = relay.commit(now);
        } while (take(reads));
    }
    /// Takes the effects; true where something was read.
    bool take(bool reads)
    {
        bool written = false;
        for (Effect& effect : relay.takeEffects()) {
            if (auto* const frame = std::get_if<SendFrame>(&effect)) {
                frames.push_back(std::make_unique<Bytes>(frame->frame));
                const auto messages = Wire::decodeFromRelay(*frames.back());
                if (!messages)
                    qFatal("a frame that no relay sends");
                for (const Wire::RelayMessage& message : *messages)
                    inbox[frame->connection].push_back(message);
                if (reads)
                    relay.written(frame->connection, frame->frame.size());
                written = written || reads;
            } else if (const auto* const close = std::get_if<CloseConnection>(&effect)) {
                closed[close->connection] = close->reason;
            } else if (const auto* const reading = std::get_if<SetReading>(&effect)) {
                unread[reading->connection] = !reading->on;
            }
        }
        return written;
    }

    template <typename Message>
    std::vector<Message> all(ConnectionId of)
    {
        std::vector<Message> out;
        for (const Wire::RelayMessage& message : inbox[of]) {
            if (const auto* const found = std::get_if<Message>(&message))
                out.push_back(*found);
        }
        return out;
    }
    Wire::Nonce nonce(ConnectionId of) { return all<Wire::Hello>(of).at(0).nonce; }
    bool isDone(ConnectionId of, Wire::RequestNumber request)
    {
        for (const Wire::Done& done : all<Wire::Done>(of)) {
            if (done.request == request)
                return true;
        }
        return false;
    }
    std::optional<Wire::Refusal> refusal(
        ConnectionId of, std::optional<Wire::RequestNumber> request)
    {
        for (const Wire::Refused& refused : all<Wire::Refused>(of)) {
            if (refused.request == request)
                return refused.why;
        }
        return std::nullopt;
    }
    std::vector<Bytes> bodies(ConnectionId of)
    {
        std::vector<Bytes> out;
        for (const Wire::Push& push : all<Wire::Push>(of)) {
            for (const Wire::Pushed& pushed : push.messages)
                out.push_back(pushed.body.toByteArray());
        }
        return out;
    }

    ConnectionId receiver(const TestQueue& queue, bool create = true)
    {
        const ConnectionId id = connect();
        say(id, proofOf(1001, Wire::Purpose::Receive, queue.receive, kHost, nonce(id)));
        if (create)
            say(id, Wire::Create{1002, queue.receiveKey(), queue.sendKey()});
        settle();
        return id;
    }
    ConnectionId sender(const TestQueue& queue)
    {
        const ConnectionId id = connect();
        say(id, proofOf(1001, Wire::Purpose::Send, queue.send, kHost, nonce(id)));
        settle();
        return id;
    }
    /// Sends bodies "0…", "1…" on, as requests 5000, 5001 on.
    void sendMany(ConnectionId from, const TestQueue& queue, int count, qsizetype size = 10)
    {
        for (int i = 0; i < count; ++i) {
            const Bytes body = Bytes::number(sent).leftJustified(size, '.');
            say(from, Wire::Send{5000 + sent, queue.sendId(), messageId(quint64(sent)), body});
            ++sent;
        }
        settle();
    }

    MemoryRelayStore store;
    SodiumProofCheck check;
    SeededRandom random{7};
    Relay relay;
    Status status;
    qint64 now = kStart;
    ConnectionId last = 0;
    int sent = 0;
    std::vector<std::unique_ptr<Bytes>> frames; ///< that the messages' views point into
    std::map<ConnectionId, std::vector<Wire::RelayMessage>> inbox;
    std::map<ConnectionId, CloseReason> closed;
    std::map<ConnectionId, bool> unread;
};

} // namespace Waymark::Relay

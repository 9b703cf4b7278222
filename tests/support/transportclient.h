// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/client/websockettransport.h"

#include <QTest>

namespace Waymark {

/// Runs the event loop until `holds` does.
template <typename Holds>
void awaitThat(Holds holds)
{
    if (!QTest::qWaitFor(holds, 20'000))
        qFatal("it never came to be");
}

/// A WebSocketTransport and what came over it. Waits by running the event loop.
class TransportClient final : public Transport::Listener
{
public:
    using Answered = Transport::Answered;

    explicit TransportClient(const WebSocketTransport::Timeouts& timeouts = {})
        : transport(timeouts)
    {
        transport.setListener(this);
    }

    /// Makes a request and waits for its answer.
    RelayAnswer wait(const std::function<void(Answered)>& request)
    {
        std::optional<RelayAnswer> answer;
        request([&answer](const RelayAnswer& found) { answer = found; });
        awaitThat([&answer] { return answer.has_value(); });
        return *answer;
    }
    RelayAnswer open(const QString& url)
    {
        lostWith.reset();
        return wait(
            [&](Answered a) { transport.open(RelayUrl::parse(url).value(), std::move(a)); });
    }
    RelayAnswer create(const SigningPair& receive, const SigningPair& send)
    {
        return wait(
            [&](Answered a) { transport.createQueue(receive, send.publicKey, std::move(a)); });
    }
    RelayAnswer send(
        const QueueId& queue, const SigningPair& key, const MessageId& id, const Bytes& body)
    {
        return wait([&](Answered a) { transport.send(queue, key, id, body, std::move(a)); });
    }
    RelayAnswer subscribe(const SigningPair& receive, int window = Wire::kDefaultWindow)
    {
        return wait([&](Answered a) { transport.subscribe(receive, window, std::move(a)); });
    }
    RelayAnswer acknowledge(const SigningPair& receive, qint64 upTo)
    {
        return wait([&](Answered a) { transport.acknowledge(receive, upTo, std::move(a)); });
    }
    RelayAnswer drop(const SigningPair& receive)
    {
        return wait([&](Answered a) { transport.dropQueue(receive, std::move(a)); });
    }

    void pushed(const QueueId& queue, qint64 first, std::vector<RelayMessage> messages) override
    {
        lastNumber[queue] = first + qint64(messages.size()) - 1;
        for (RelayMessage& message : messages)
            received[queue].push_back(std::move(message));
    }
    void drained(const QueueId& queue, qint64 upTo) override { drainedUpTo[queue] = upTo; }
    void ended(const QueueId& queue) override { endedQueues.insert(queue); }
    void lost(const RelayAnswer& why) override { lostWith = why; }

    WebSocketTransport transport;
    std::map<QueueId, std::vector<RelayMessage>> received;
    std::map<QueueId, qint64> lastNumber;
    std::map<QueueId, qint64> drainedUpTo;
    std::set<QueueId> endedQueues;
    std::optional<RelayAnswer> lostWith;
};

inline ErrorCode codeOf(const RelayAnswer& answer)
{
    return answer.status.ok() ? ErrorCode::Failed : answer.status.error().code;
}

} // namespace Waymark

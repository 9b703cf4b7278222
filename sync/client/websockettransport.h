// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/client/transport.h"
#include "sync/protocol/messages.h"

#include <QObject>
#include <QTimer>
#include <QWebSocket>

#include <map>
#include <memory>
#include <optional>
#include <set>

namespace Waymark {

/// Transport over a QWebSocket. Lives on its owner's thread, which needs an event loop. Requests
/// made in one turn of the loop leave in as few frames as they fit into.
class WebSocketTransport final : public QObject, public Transport
{
public:
    struct Timeouts
    {
        int openMs = 15'000;
        int answerMs = 60'000; ///< of one request
        int silenceMs = 60'000; ///< of the relay, after a ping at half of it
    };

    WebSocketTransport() : WebSocketTransport(Timeouts{}) { }
    explicit WebSocketTransport(const Timeouts& timeouts, QObject* parent = nullptr);
    ~WebSocketTransport() override;

    void setListener(Listener* listener) override { m_listener = listener; }
    void open(const RelayUrl& url, Answered answered) override;
    void close() override;
    [[nodiscard]] bool isOpen() const override { return m_nonce.has_value(); }
    void createQueue(
        const SigningPair& receive, const SigningKey& sendKey, Answered answered) override;
    void send(const QueueId& queue, const SigningPair& key, const MessageId& id, const Bytes& body,
        Answered answered) override;
    void subscribe(const SigningPair& receive, int window, Answered answered) override;
    void acknowledge(const SigningPair& receive, qint64 upTo, Answered answered) override;
    void dropQueue(const SigningPair& receive, Answered answered) override;

private:
    struct Request
    {
        Answered answered;
        qint64 madeMs = 0;
        std::optional<std::pair<Wire::Purpose, SigningKey>> proves; ///< ours, not the caller's
    };

    void prove(Wire::Purpose purpose, const SigningPair& key);
    template <typename Message>
    void request(Message message, Answered answered);
    void answerLater(Answered answered, RelayAnswer answer);
    void put(const Bytes& encoded);
    void flush();
    void received(const Bytes& frame);
    void handle(const Wire::Hello& message);
    void handle(const Wire::Done& message);
    void handle(const Wire::Refused& message);
    void handle(const Wire::Push& message);
    void handle(const Wire::Drained& message);
    void handle(const Wire::Ended& message);
    void answered(Wire::RequestNumber number, const RelayAnswer& answer);
    void look();
    void fail(const RelayAnswer& why);
    void discard(bool goodbye);
    void answerAll(const RelayAnswer& answer);

    Timeouts m_timeouts;
    Listener* m_listener = nullptr;
    std::unique_ptr<QWebSocket> m_socket;
    RelayUrl m_url;
    Answered m_opening;
    std::optional<Wire::Nonce> m_nonce; ///< of this connection, once the relay said it
    std::set<std::pair<Wire::Purpose, SigningKey>> m_proven;
    std::map<Wire::RequestNumber, Request> m_requests;
    Wire::RequestNumber m_lastNumber = 0;
    Bytes m_frame; ///< requests of this turn of the loop
    bool m_flushing = false;
    QTimer m_look; ///< for what takes too long
    qint64 m_openedMs = 0;
    qint64 m_heardMs = 0;
    bool m_pinged = false;
    quint64 m_generation = 0; ///< of connections; a handler that finds it changed stops
};

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/websockettransport.h"

#include "app/crypto/identity.h"

#include <QPointer>
#include <QUrl>

#include <chrono>

namespace Waymark {

namespace {

/// Time that no clock change moves.
qint64 steadyMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

constexpr int kLooksPerTimeout = 8;
constexpr int kLeastLookMs = 20;

ErrorCode codeOf(Wire::Refusal why)
{
    switch (why) {
    case Wire::Refusal::Malformed:
        return ErrorCode::RelayProtocol;
    case Wire::Refusal::NotProven:
    case Wire::Refusal::WrongProof:
    case Wire::Refusal::UnknownName:
        return ErrorCode::RelayNotAuthorized;
    case Wire::Refusal::QueueMissing:
        return ErrorCode::RelayQueueMissing;
    case Wire::Refusal::QueueFullMessages:
    case Wire::Refusal::QueueFullBytes:
        return ErrorCode::RelayQueueFull;
    case Wire::Refusal::BodyTooLarge:
        return ErrorCode::RelayTooLarge;
    case Wire::Refusal::TooManyQueues:
    case Wire::Refusal::TooManyConnections:
    case Wire::Refusal::TooManyRequests:
        return ErrorCode::RelayRateLimited;
    case Wire::Refusal::StoreFull:
        return ErrorCode::RelayStorageFull;
    case Wire::Refusal::Stopping:
        return ErrorCode::RelayUnreachable;
    case Wire::Refusal::QueueTaken:
    case Wire::Refusal::BeyondPushed:
    case Wire::Refusal::TooManyKeys:
    case Wire::Refusal::TooManySubscriptions:
        return ErrorCode::RelayRefused;
    }
    return ErrorCode::RelayRefused; // a code of a later relay
}

RelayAnswer failure(ErrorCode code, const QString& detail = {})
{
    return {Status(code, detail), 0};
}

Wire::Key wireKey(const SigningKey& key)
{
    return Wire::Key{key.data};
}

} // namespace

WebSocketTransport::WebSocketTransport(const Timeouts& timeouts, QObject* parent)
    : QObject(parent), m_timeouts(timeouts)
{
    const int shortest = std::min({m_timeouts.openMs, m_timeouts.answerMs, m_timeouts.silenceMs});
    m_look.setInterval(std::max(kLeastLookMs, shortest / kLooksPerTimeout));
    connect(&m_look, &QTimer::timeout, this, [this] { look(); });
}

WebSocketTransport::~WebSocketTransport()
{
    // Nobody is told: who destroys a transport does not wait for its answers.
    discard(/*goodbye=*/true);
}

void WebSocketTransport::open(const RelayUrl& url, Answered answered)
{
    close();
    m_url = url;
    m_opening = std::move(answered);
    m_openedMs = m_heardMs = steadyMs();
    m_socket = std::make_unique<QWebSocket>();
    m_socket->setMaxAllowedIncomingFrameSize(quint64(Wire::kMaxFrame));
    m_socket->setMaxAllowedIncomingMessageSize(quint64(Wire::kMaxFrame));
    connect(m_socket.get(), &QWebSocket::binaryMessageReceived, this,
        [this](const QByteArray& frame) { received(frame); });
    connect(m_socket.get(), &QWebSocket::textMessageReceived, this,
        [this] { fail(failure(ErrorCode::RelayProtocol, QStringLiteral("a text frame"))); });
    connect(m_socket.get(), &QWebSocket::pong, this, [this] {
        m_heardMs = steadyMs();
        m_pinged = false;
    });
    connect(m_socket.get(), &QWebSocket::disconnected, this, [this] {
        fail(failure(ErrorCode::RelayUnreachable, QStringLiteral("the connection ended")));
    });
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    constexpr auto errorSignal = &QWebSocket::errorOccurred;
#else
    constexpr auto errorSignal = qOverload<QAbstractSocket::SocketError>(&QWebSocket::error);
#endif
    connect(m_socket.get(), errorSignal, this, [this](QAbstractSocket::SocketError error) {
        fail(failure(ErrorCode::RelayUnreachable, QStringLiteral("socket error %1").arg(error)));
    });
    m_look.start();
    m_socket->open(QUrl(url.text()));
}

void WebSocketTransport::close()
{
    if (!m_socket)
        return;
    flush();
    discard(/*goodbye=*/true);
    answerAll(failure(ErrorCode::Cancelled));
}

/// Lets the connection go, with a word of goodbye or without. The socket may be the one whose
/// signal is being handled, so it is freed by the event loop.
void WebSocketTransport::discard(bool goodbye)
{
    ++m_generation;
    m_look.stop();
    m_nonce.reset();
    m_proven.clear();
    m_frame.clear();
    m_pinged = false;
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    if (goodbye)
        m_socket->close(QWebSocketProtocol::CloseCodeNormal);
    else
        m_socket->abort();
    m_socket.release()->deleteLater();
}

void WebSocketTransport::answerAll(const RelayAnswer& answer)
{
    const auto requests = std::exchange(m_requests, {});
    const auto opening = std::exchange(m_opening, {});
    if (opening)
        answerLater(opening, answer);
    for (const auto& [number, request] : requests) {
        if (request.answered)
            answerLater(request.answered, answer);
    }
}

void WebSocketTransport::answerLater(Answered answered, RelayAnswer answer)
{
    QMetaObject::invokeMethod(
        this,
        [answered = std::move(answered), answer = std::move(answer)] {
            if (answered)
                answered(answer);
        },
        Qt::QueuedConnection);
}

void WebSocketTransport::fail(const RelayAnswer& why)
{
    if (!m_socket)
        return;
    const bool wasOpening = bool(m_opening);
    discard(/*goodbye=*/false);
    answerAll(why);
    // Behind the answers, which are on their way through the loop.
    if (!wasOpening) {
        answerLater(
            [this](const RelayAnswer& answer) {
                if (m_listener)
                    m_listener->lost(answer);
            },
            why);
    }
}

/// Looks for what has taken too long.
void WebSocketTransport::look()
{
    const qint64 now = steadyMs();
    if (!m_nonce) {
        if (now - m_openedMs >= m_timeouts.openMs)
            fail(failure(ErrorCode::Timeout, QStringLiteral("the relay did not greet")));
        return;
    }
    // Requests are made in the order of their numbers.
    if (!m_requests.empty() && now - m_requests.begin()->second.madeMs >= m_timeouts.answerMs) {
        fail(failure(ErrorCode::Timeout, QStringLiteral("a request was not answered")));
        return;
    }
    if (now - m_heardMs >= m_timeouts.silenceMs) {
        fail(failure(ErrorCode::Timeout, QStringLiteral("the relay went silent")));
    } else if (now - m_heardMs >= m_timeouts.silenceMs / 2 && !std::exchange(m_pinged, true)) {
        m_socket->ping();
    }
}

void WebSocketTransport::prove(Wire::Purpose purpose, const SigningPair& key)
{
    if (!m_nonce || !m_proven.insert({purpose, key.publicKey}).second)
        return;
    const Bytes& host = m_url.hostAndPort();
    const Signature proof
        = sign(key.secret, Wire::kProofLabel, {Wire::proofBytes(purpose, host, *m_nonce)});
    Wire::Prove message{0, purpose, wireKey(key.publicKey), host, Wire::Proof{proof.data}};
    request(message, {});
    // A refusal answers only this; the requests behind it are refused as not proven.
    m_requests[m_lastNumber].proves = std::pair(purpose, key.publicKey);
}

template <typename Message>
void WebSocketTransport::request(Message message, Answered answered)
{
    if (!m_nonce) {
        answerLater(std::move(answered), failure(ErrorCode::RelayUnreachable));
        return;
    }
    message.request = ++m_lastNumber;
    m_requests[m_lastNumber] = {std::move(answered), steadyMs(), {}};
    Bytes encoded;
    Wire::append(encoded, Wire::ClientMessage(message));
    put(encoded);
}

void WebSocketTransport::put(const Bytes& encoded)
{
    if (m_frame.size() + encoded.size() > Wire::kMaxFrame)
        flush();
    m_frame += encoded;
    if (!std::exchange(m_flushing, true)) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_flushing = false;
                flush();
            },
            Qt::QueuedConnection);
    }
}

void WebSocketTransport::flush()
{
    if (m_socket && !m_frame.isEmpty())
        m_socket->sendBinaryMessage(std::exchange(m_frame, {}));
}

void WebSocketTransport::createQueue(
    const SigningPair& receive, const SigningKey& sendKey, Answered answered)
{
    prove(Wire::Purpose::Receive, receive);
    request(Wire::Create{0, wireKey(receive.publicKey), wireKey(sendKey)}, std::move(answered));
}

void WebSocketTransport::send(const QueueId& queue, const SigningPair& key, const MessageId& id,
    const Bytes& body, Answered answered)
{
    if (body.size() > Wire::kMaxBody) {
        answerLater(std::move(answered), failure(ErrorCode::RelayTooLarge));
        return;
    }
    prove(Wire::Purpose::Send, key);
    request(Wire::Send{0, queue, id, body}, std::move(answered));
}

void WebSocketTransport::subscribe(const SigningPair& receive, int window, Answered answered)
{
    prove(Wire::Purpose::Receive, receive);
    request(Wire::Subscribe{0, receiveIdOf(receive.publicKey), window}, std::move(answered));
}

void WebSocketTransport::acknowledge(const SigningPair& receive, qint64 upTo, Answered answered)
{
    prove(Wire::Purpose::Receive, receive);
    request(Wire::Ack{0, receiveIdOf(receive.publicKey), upTo}, std::move(answered));
}

void WebSocketTransport::dropQueue(const SigningPair& receive, Answered answered)
{
    prove(Wire::Purpose::Receive, receive);
    request(Wire::Drop{0, receiveIdOf(receive.publicKey)}, std::move(answered));
}

void WebSocketTransport::received(const Bytes& frame)
{
    m_heardMs = steadyMs();
    m_pinged = false;
    const auto messages = Wire::decodeFromRelay(frame);
    if (!messages) {
        fail(failure(ErrorCode::RelayProtocol, QStringLiteral("a frame that is no message")));
        return;
    }
    // A call out may close this connection, or destroy this object.
    const QPointer<QObject> self(this);
    const quint64 generation = m_generation;
    for (const Wire::RelayMessage& message : *messages) {
        std::visit([this](const auto& m) { handle(m); }, message);
        if (!self || generation != m_generation)
            return;
    }
}

void WebSocketTransport::handle(const Wire::Hello& message)
{
    const auto& versions = message.versions;
    const bool known
        = std::find(versions.begin(), versions.end(), Wire::kVersion) != versions.end();
    if (m_nonce || !known) {
        fail(failure(ErrorCode::RelayProtocol,
            m_nonce ? QStringLiteral("greeted twice")
                    : QStringLiteral("the relay speaks other versions only")));
        return;
    }
    m_nonce = message.nonce;
    const auto opening = std::exchange(m_opening, {});
    if (opening)
        opening({});
}

void WebSocketTransport::handle(const Wire::Done& message)
{
    answered(message.request, {});
}

void WebSocketTransport::handle(const Wire::Refused& message)
{
    const RelayAnswer answer{
        Status(codeOf(message.why), QStringLiteral("refusal %1").arg(int(message.why))),
        message.retryAfterMs};
    if (message.request)
        answered(*message.request, answer);
    else
        fail(answer);
}

void WebSocketTransport::handle(const Wire::Push& message)
{
    std::vector<RelayMessage> messages;
    messages.reserve(message.messages.size());
    for (const Wire::Pushed& pushed : message.messages)
        messages.push_back({pushed.id, pushed.body.toByteArray()});
    if (m_listener)
        m_listener->pushed(message.queue, message.first, std::move(messages));
}

void WebSocketTransport::handle(const Wire::Drained& message)
{
    if (m_listener)
        m_listener->drained(message.queue, message.upTo);
}

void WebSocketTransport::handle(const Wire::Ended& message)
{
    if (m_listener)
        m_listener->ended(message.queue);
}

void WebSocketTransport::answered(Wire::RequestNumber number, const RelayAnswer& answer)
{
    const auto found = m_requests.find(number);
    if (found == m_requests.end()) {
        fail(failure(ErrorCode::RelayProtocol, QStringLiteral("an answer to nothing")));
        return;
    }
    const Request request = std::move(found->second);
    m_requests.erase(found);
    // What was refused for a while may be proven again with the next use.
    if (request.proves && !answer.status)
        m_proven.erase(*request.proves);
    if (request.answered)
        request.answered(answer);
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The one file that includes Beast, which takes long to compile.
#include "sync/relayserver/server.h"

#include "app/core/log.h"
#include "sync/relay/relay.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>

#include <chrono>
#include <deque>
#include <unordered_map>

namespace Waymark::Relay {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using boost::system::error_code;
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
    asio::wait_traits<std::chrono::steady_clock>, Executor>;
using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t kMaxHeader = 8 * 1024;
constexpr std::size_t kKeptBuffer = 4 * 1024; ///< of an idle connection
constexpr int kMaxHandlers = 16'384; ///< run before a group is committed
constexpr std::size_t kSpareSockets = 256; ///< beyond the limit, to tell them so
constexpr int kHandshakesPerAddress = 64;
constexpr auto kSweepEvery = std::chrono::seconds(1);
constexpr auto kAcceptPause = milliseconds(100);
constexpr auto kIdle = milliseconds(20); ///< without an event before housekeeping is done

websocket::close_code closeCode(CloseReason reason)
{
    switch (reason) {
    case CloseReason::Malformed:
        return websocket::close_code::protocol_error;
    case CloseReason::Refused:
        return websocket::close_code::policy_error;
    case CloseReason::TryLater:
        return websocket::close_code::try_again_later;
    case CloseReason::GoingAway:
        return websocket::close_code::going_away;
    }
    return websocket::close_code::internal_error;
}

Bytes hostAndPort(const asio::ip::tcp::endpoint& endpoint)
{
    const Bytes host = Bytes::fromStdString(endpoint.address().to_string());
    const Bytes port = Bytes::number(endpoint.port());
    return endpoint.address().is_v6() ? "[" + host + "]:" + port : host + ":" + port;
}

/// What is counted as one address: an IPv4 address, or an IPv6 network of 64 bits.
Bytes countedAddress(const asio::ip::address& address, bool countLoopback)
{
    asio::ip::address plain = address;
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        plain = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    if (plain.is_loopback() && !countLoopback)
        return {};
    if (plain.is_v4()) {
        const auto bytes = plain.to_v4().to_bytes();
        return Bytes(reinterpret_cast<const char*>(bytes.data()), 4);
    }
    const auto bytes = plain.to_v6().to_bytes();
    return Bytes(reinterpret_cast<const char*>(bytes.data()), 8);
}

} // namespace

/// Sockets, the loop, and what the relay's effects do to them.
class Server::Private
{
public:
    class Connection;
    using ConnectionPointer = std::shared_ptr<Connection>;

    Private(const Options& options, RelayStore& store, const ProofCheck& check, Random& random,
        const Clock& clock)
        : m_options(options), m_store(store), m_check(check), m_random(random), m_clock(clock)
    {
    }

    Status listen();
    Status run();
    void stop();

    [[nodiscard]] const Options& options() const { return m_options; }
    [[nodiscard]] Relay& relay() { return *m_relay; }
    [[nodiscard]] qint64 nowMs() const { return m_clock.nowMs(); }
    [[nodiscard]] bool serving() const { return !m_stopping && !m_relay->storeFull(nowMs()); }
    void forget(ConnectionId id) { m_connections.erase(id); }
    void handshakeEnded(const Bytes& address);

    asio::io_context io{1};
    asio::ip::tcp::endpoint endpoint;

private:
    void accept();
    void accepted(Socket socket);
    void sweep();
    void waitForSignal();
    Status loop();
    void apply(std::vector<Effect> effects);
    bool drained() const;

    Options m_options;
    RelayStore& m_store;
    const ProofCheck& m_check;
    Random& m_random;
    const Clock& m_clock;
    std::unique_ptr<Relay> m_relay;
    Acceptor m_acceptor{io.get_executor()};
    Timer m_sweep{io.get_executor()};
    Timer m_acceptPause{io.get_executor()};
    asio::signal_set m_signals{io};
    std::unordered_map<ConnectionId, ConnectionPointer> m_connections;
    std::unordered_map<std::string, int> m_handshakes;
    ConnectionId m_nextConnection = 1;
    bool m_stopping = false;
    Steady::time_point m_stopAt;
};

/// One socket: first a request, then a WebSocket. Handlers keep it alive; it leaves the server's
/// list when it is over.
class Server::Private::Connection : public std::enable_shared_from_this<Connection>
{
public:
    Connection(Private& server, ConnectionId id, Bytes address, Socket socket)
        : m_server(server), m_id(id), m_address(std::move(address)), m_stream(std::move(socket)),
          m_deadline(Steady::now() + milliseconds(server.options().handshakeMs))
    {
    }

    void start();
    void send(Bytes frame);
    void setReading(bool on);
    void close(CloseReason reason);
    void abort();
    void sweep(Steady::time_point now);

private:
    using Parser = http::request_parser<http::empty_body>;
    void requested(error_code error);
    void respond(http::status status, std::string body, bool json);
    void upgrade();
    void read();
    void received(error_code error);
    void write();
    void wrote(error_code error);
    void closeNow();

    Private& m_server;
    ConnectionId m_id;
    Bytes m_address;
    websocket::stream<Socket> m_stream;
    beast::flat_buffer m_in;
    std::unique_ptr<Parser> m_parser; ///< until the first request was read
    std::deque<Bytes> m_out;
    std::optional<CloseReason> m_close;
    std::optional<Steady::time_point> m_deadline;
    bool m_open = false; ///< it is a WebSocket that the relay knows
    bool m_wantReading = true;
    bool m_reading = false;
    bool m_writing = false;
    bool m_over = false;
};

void Server::Private::Connection::start()
{
    m_parser = std::make_unique<Parser>();
    m_parser->header_limit(kMaxHeader);
    m_parser->body_limit(0);
    http::async_read(m_stream.next_layer(), m_in, *m_parser,
        [self = shared_from_this()](error_code error, std::size_t) { self->requested(error); });
}

void Server::Private::Connection::requested(error_code error)
{
    if (m_over)
        return;
    if (error) {
        abort();
        return;
    }
    const auto& request = m_parser->get();
    const auto target = request.target();
    if (websocket::is_upgrade(request)) {
        if (target == "/")
            upgrade();
        else
            respond(http::status::not_found, "not found\n", /*json=*/false);
        return;
    }
    const bool get = request.method() == http::verb::get || request.method() == http::verb::head;
    if (!get)
        respond(http::status::method_not_allowed, "method not allowed\n", /*json=*/false);
    else if (target == "/healthz" && m_server.serving())
        respond(http::status::ok, "ok\n", /*json=*/false);
    else if (target == "/healthz")
        respond(http::status::service_unavailable, "refusing new messages\n", /*json=*/false);
    else if (target == "/version")
        respond(http::status::ok,
            "{\"version\":\"" + m_server.options().version.toStdString() + "\",\"protocol\":["
                + std::to_string(Wire::kVersion) + "]}\n",
            /*json=*/true);
    else if (target == "/")
        respond(http::status::upgrade_required, "a WebSocket is spoken here\n", /*json=*/false);
    else
        respond(http::status::not_found, "not found\n", /*json=*/false);
}

void Server::Private::Connection::respond(http::status status, std::string body, bool json)
{
    auto response = std::make_shared<http::response<http::string_body>>(status, 11);
    response->set(http::field::content_type, json ? "application/json" : "text/plain");
    response->set(http::field::cache_control, "no-store");
    if (status == http::status::upgrade_required)
        response->set(http::field::upgrade, "websocket");
    response->keep_alive(false);
    response->content_length(body.size());
    if (m_parser->get().method() != http::verb::head)
        response->body() = std::move(body);
    http::async_write(m_stream.next_layer(), *response,
        [self = shared_from_this(), response](error_code, std::size_t) {
            error_code ignored;
            self->m_stream.next_layer().shutdown(Socket::shutdown_send, ignored);
            self->abort();
        });
}

void Server::Private::Connection::upgrade()
{
    websocket::stream_base::timeout timeout;
    timeout.handshake_timeout = milliseconds(m_server.options().handshakeMs);
    timeout.idle_timeout = milliseconds(m_server.options().silenceMs);
    timeout.keep_alive_pings = true;
    m_stream.set_option(timeout);
    m_stream.read_message_max(std::size_t(Wire::kMaxFrame));
    m_stream.binary(true);
    m_stream.auto_fragment(false);
    m_stream.async_accept(m_parser->get(), [self = shared_from_this()](error_code error) {
        self->m_parser.reset();
        if (self->m_over)
            return;
        if (error) {
            self->abort();
            return;
        }
        self->m_deadline.reset();
        self->m_open = true;
        self->m_server.handshakeEnded(self->m_address);
        self->m_server.relay().connected(self->m_id, self->m_address, self->m_server.nowMs());
        self->read();
    });
}

void Server::Private::Connection::read()
{
    if (m_over || m_reading || !m_wantReading)
        return;
    m_reading = true;
    m_stream.async_read(m_in,
        [self = shared_from_this()](error_code error, std::size_t) { self->received(error); });
}

void Server::Private::Connection::received(error_code error)
{
    m_reading = false;
    if (m_over)
        return;
    if (error) {
        // Too large a frame is answered by Beast with the code for that.
        abort();
        return;
    }
    if (m_stream.got_binary()) {
        const auto data = m_in.cdata();
        m_server.relay().received(m_id,
            BytesView(static_cast<const char*>(data.data()), qsizetype(data.size())),
            m_server.nowMs());
    } else {
        m_server.relay().notBinary(m_id);
    }
    m_in.consume(m_in.size());
    if (m_in.capacity() > kKeptBuffer)
        m_in.shrink_to_fit();
    read();
}

void Server::Private::Connection::setReading(bool on)
{
    m_wantReading = on;
    read();
}

void Server::Private::Connection::send(Bytes frame)
{
    m_out.push_back(std::move(frame));
    write();
}

void Server::Private::Connection::write()
{
    if (m_over || m_writing)
        return;
    if (m_out.empty()) {
        if (m_close)
            closeNow();
        return;
    }
    m_writing = true;
    m_deadline = Steady::now() + milliseconds(m_server.options().unreadMs);
    const Bytes& frame = m_out.front();
    m_stream.async_write(asio::buffer(frame.constData(), std::size_t(frame.size())),
        [self = shared_from_this()](error_code error, std::size_t) { self->wrote(error); });
}

void Server::Private::Connection::wrote(error_code error)
{
    m_writing = false;
    if (m_over)
        return;
    if (error) {
        abort();
        return;
    }
    m_deadline.reset();
    m_server.relay().written(m_id, m_out.front().size());
    m_out.pop_front();
    write();
}

void Server::Private::Connection::close(CloseReason reason)
{
    m_close = reason;
    m_wantReading = true; // the peer's close has to be read
    read();
    write();
}

void Server::Private::Connection::closeNow()
{
    m_deadline = Steady::now() + milliseconds(m_server.options().handshakeMs);
    m_writing = true;
    m_stream.async_close(
        closeCode(*m_close), [self = shared_from_this()](error_code) { self->abort(); });
}

void Server::Private::Connection::abort()
{
    if (std::exchange(m_over, true))
        return;
    error_code ignored;
    m_stream.next_layer().close(ignored);
    if (m_open)
        m_server.relay().disconnected(m_id);
    else
        m_server.handshakeEnded(m_address);
    m_server.forget(m_id);
}

void Server::Private::Connection::sweep(Steady::time_point now)
{
    if (m_deadline && now >= *m_deadline)
        abort();
}

Status Server::Private::listen()
{
    error_code error;
    const auto address = asio::ip::make_address(m_options.host.toStdString(), error);
    if (error)
        return Error{ErrorCode::Usage, QStringLiteral("no numeric address")};
    endpoint = {address, m_options.port};
    m_acceptor.open(endpoint.protocol(), error);
    if (!error)
        m_acceptor.set_option(Acceptor::reuse_address(true), error);
    if (!error)
        m_acceptor.bind(endpoint, error);
    if (!error)
        m_acceptor.listen(Acceptor::max_listen_connections, error);
    if (!error)
        endpoint = m_acceptor.local_endpoint(error);
    if (error) {
        const bool used = error == asio::error::address_in_use;
        return Error{used ? ErrorCode::AddressInUse : ErrorCode::Failed,
            QString::fromStdString(error.message())};
    }
    std::vector<Bytes> names;
    for (const Bytes& name : m_options.publicNames)
        names.push_back(name.toLower());
    if (names.empty())
        names = {hostAndPort(endpoint), "localhost:" + Bytes::number(endpoint.port())};
    m_relay = std::make_unique<Relay>(m_store, m_check, m_random, m_options.limits, names);
    return {};
}

void Server::Private::accept()
{
    m_acceptor.async_accept([this](error_code error, Socket socket) {
        if (!m_acceptor.is_open())
            return;
        if (!error) {
            accepted(std::move(socket));
            accept();
            return;
        }
        // Out of descriptors, most likely: trying again at once would only spin.
        m_acceptPause.expires_after(kAcceptPause);
        m_acceptPause.async_wait([this](error_code) {
            if (m_acceptor.is_open())
                accept();
        });
    });
}

void Server::Private::accepted(Socket socket)
{
    error_code error;
    const auto peer = socket.remote_endpoint(error);
    if (error || m_connections.size() >= std::size_t(m_options.limits.connections) + kSpareSockets)
        return;
    Bytes address = countedAddress(peer.address(), m_options.countLoopback);
    if (!address.isEmpty() && ++m_handshakes[address.toStdString()] > kHandshakesPerAddress) {
        handshakeEnded(address);
        return;
    }
    socket.set_option(asio::ip::tcp::no_delay(true), error);
    const ConnectionId id = m_nextConnection++;
    const auto connection
        = std::make_shared<Connection>(*this, id, std::move(address), std::move(socket));
    m_connections[id] = connection;
    connection->start();
}

void Server::Private::handshakeEnded(const Bytes& address)
{
    const auto found = m_handshakes.find(address.toStdString());
    if (found != m_handshakes.end() && --found->second <= 0)
        m_handshakes.erase(found);
}

void Server::Private::sweep()
{
    const auto now = Steady::now();
    std::vector<ConnectionPointer> all;
    all.reserve(m_connections.size());
    for (const auto& [id, connection] : m_connections)
        all.push_back(connection);
    for (const ConnectionPointer& connection : all)
        connection->sweep(now);
    m_relay->tick(nowMs());
    m_sweep.expires_after(std::min<Steady::duration>(
        kSweepEvery, milliseconds(std::min(m_options.handshakeMs, m_options.unreadMs))));
    m_sweep.async_wait([this](error_code error) {
        if (!error)
            sweep();
    });
}

void Server::Private::waitForSignal()
{
    m_signals.async_wait([this](error_code error, int) {
        if (error)
            return;
        if (m_stopping)
            m_stopAt = Steady::now(); // asked twice
        stop();
        waitForSignal();
    });
}

void Server::Private::stop()
{
    if (std::exchange(m_stopping, true))
        return;
    m_stopAt = Steady::now() + milliseconds(m_options.stopMs);
    error_code ignored;
    m_acceptor.close(ignored);
    m_acceptPause.cancel();
    m_relay->stop();
}

bool Server::Private::drained() const
{
    return m_stopping && (m_relay->connections() == 0 || Steady::now() >= m_stopAt);
}

void Server::Private::apply(std::vector<Effect> effects)
{
    for (Effect& effect : effects) {
        const ConnectionId id = std::visit([](const auto& e) { return e.connection; }, effect);
        const auto found = m_connections.find(id);
        if (found == m_connections.end())
            continue;
        const ConnectionPointer connection = found->second;
        if (auto* const frame = std::get_if<SendFrame>(&effect))
            connection->send(std::move(frame->frame));
        else if (const auto* const close = std::get_if<CloseConnection>(&effect))
            connection->close(close->reason);
        else if (const auto* const reading = std::get_if<SetReading>(&effect))
            connection->setReading(reading->on);
    }
}

Status Server::Private::loop()
{
    bool untidy = true;
    while (!drained()) {
        // Wait for one event, then take all that is there: they share one sync.
        const std::size_t first = untidy ? io.run_one_for(kIdle) : io.run_one();
        for (int i = 0; i < kMaxHandlers && !m_relay->groupFull() && io.poll_one() > 0; ++i) { }
        if (const Status status = m_relay->commit(nowMs()); !status)
            return status;
        apply(m_relay->takeEffects());
        if (first > 0) {
            untidy = true;
            continue;
        }
        const Result<bool> more = m_store.tidy(nowMs());
        if (!more)
            return more.error();
        untidy = *more;
    }
    return {};
}

Status Server::Private::run()
{
    if (m_options.stopOnSignals) {
        error_code ignored;
        m_signals.add(SIGTERM, ignored);
        m_signals.add(SIGINT, ignored);
        waitForSignal();
    }
    accept();
    sweep();
    Status status;
    try {
        status = loop();
    } catch (const std::exception&) {
        status = Error{ErrorCode::Failed, QStringLiteral("the network library gave up")};
    }
    if (!status)
        qCCritical(logRelay) << "the store failed:" << codeName(status.error().code);
    std::vector<ConnectionPointer> rest;
    for (const auto& [id, connection] : m_connections)
        rest.push_back(connection);
    for (const ConnectionPointer& connection : rest)
        connection->abort();
    return status;
}

Server::Server(std::unique_ptr<Private> own) : d(std::move(own)) { }

Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::listen(const Options& options, RelayStore& store,
    const ProofCheck& check, Random& random, const Clock& clock)
{
    auto own = std::make_unique<Private>(options, store, check, random, clock);
    if (const Status status = own->listen(); !status)
        return status.error();
    return std::unique_ptr<Server>(new Server(std::move(own)));
}

Bytes Server::address() const
{
    return hostAndPort(d->endpoint);
}

quint16 Server::port() const
{
    return d->endpoint.port();
}

Status Server::run()
{
    return d->run();
}

void Server::stop()
{
    asio::post(d->io, [this] { d->stop(); });
}

} // namespace Waymark::Relay

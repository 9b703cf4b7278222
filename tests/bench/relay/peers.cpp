// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/relay/peers.h"

#include "app/relay/sodiumproofcheck.h"
#include "sync/protocol/messages.h"

#include <QFile>
#include <QtEndian>

#include <csignal>
#include <sys/prctl.h>

namespace Waymark::Bench {

namespace {

/// A masked binary frame, as browsers and Qt send them.
Bytes frameOf(const Bytes& payload)
{
    static std::minstd_rand random;
    Bytes out;
    out.reserve(payload.size() + 14);
    out.append(char(0x82));
    if (payload.size() < 126) {
        out.append(char(0x80 | payload.size()));
    } else if (payload.size() <= 0xffff) {
        const quint16 size = qToBigEndian(quint16(payload.size()));
        out.append(char(0x80 | 126)).append(reinterpret_cast<const char*>(&size), sizeof size);
    } else {
        const quint64 size = qToBigEndian(quint64(payload.size()));
        out.append(char(0x80 | 127)).append(reinterpret_cast<const char*>(&size), sizeof size);
    }
    const quint32 mask = quint32(random());
    char key[4];
    std::memcpy(key, &mask, sizeof key);
    out.append(key, sizeof key);
    const qsizetype start = out.size();
    out.append(payload);
    char* const data = out.data() + start;
    for (qsizetype i = 0; i < payload.size(); ++i)
        data[i] = char(data[i] ^ key[i & 3]);
    return out;
}

class RelayPeer final : public Peer
{
public:
    explicit RelayPeer(quint16 port)
    {
        link.connectTo(port);
        link.write("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                   "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                   "Sec-WebSocket-Version: 13\r\n\r\n");
        while (!link.in.contains("\r\n\r\n"))
            link.waitAndFill();
        link.in.remove(0, link.in.indexOf("\r\n\r\n") + 4);
        for (take(); m_nonce.isZero(); take())
            link.waitAndFill();
        const Bytes host = "localhost:" + Bytes::number(port);
        const auto proof = [&](Wire::Purpose purpose, const SigningPair& key) {
            const Signature made
                = sign(key.secret, Wire::kProofLabel, {Wire::proofBytes(purpose, host, m_nonce)});
            return Wire::Prove{
                ++m_request, purpose, Wire::Key{key.publicKey.data}, host, Wire::Proof{made.data}};
        };
        say(proof(Wire::Purpose::Receive, m_receive));
        say(proof(Wire::Purpose::Send, m_send));
        say(Wire::Create{
            ++m_request, Wire::Key{m_receive.publicKey.data}, Wire::Key{m_send.publicKey.data}});
        for (int done = 0; done < 3;) {
            link.waitAndFill();
            done += take().sent;
        }
    }
    void send(const Bytes& body) override
    {
        MessageId id;
        const quint64 words[2]{m_random(), m_random()};
        std::memcpy(id.data.data(), words, sizeof words);
        Bytes message;
        Wire::append(message, Wire::Send{++m_request, m_sendId, id, body});
        link.write(frameOf(message));
    }
    void fetch() override
    {
        m_fetching = true;
        say(Wire::Subscribe{++m_request, m_receiveId, kWindow});
    }
    Answers take() override
    {
        Answers out;
        for (;;) {
            const auto* const head = reinterpret_cast<const unsigned char*>(link.in.constData());
            if (link.in.size() < 2)
                return out;
            qsizetype size = head[1] & 0x7f;
            qsizetype start = 2;
            if (size == 126) {
                if (link.in.size() < 4)
                    return out;
                size = qFromBigEndian<quint16>(head + 2);
                start = 4;
            } else if (size == 127) {
                if (link.in.size() < 10)
                    return out;
                size = qsizetype(qFromBigEndian<quint64>(head + 2));
                start = 10;
            }
            if (link.in.size() < start + size)
                return out;
            takeFrame(BytesView(link.in).sliced(start, size), out);
            link.in.remove(0, start + size);
        }
    }

private:
    void say(const Wire::ClientMessage& message)
    {
        Bytes encoded;
        Wire::append(encoded, message);
        link.write(frameOf(encoded));
    }
    void takeFrame(BytesView frame, Answers& out)
    {
        const auto messages = Wire::decodeFromRelay(frame);
        if (!messages)
            qFatal("not what a relay says");
        for (const Wire::RelayMessage& message : *messages) {
            if (const auto* const done = std::get_if<Wire::Done>(&message)) {
                const auto found = m_acks.find(done->request);
                if (found != m_acks.end()) {
                    out.acknowledged += found->second;
                    m_acks.erase(found);
                } else if (!m_fetching) {
                    ++out.sent;
                }
            } else if (const auto* const push = std::get_if<Wire::Push>(&message)) {
                out.fetched += int(push->messages.size());
                m_last = push->first + qint64(push->messages.size()) - 1;
                while (m_last - m_acked >= kByTheHundred)
                    acknowledge(m_acked + kByTheHundred);
            } else if (const auto* const hello = std::get_if<Wire::Hello>(&message)) {
                m_nonce = hello->nonce;
            } else if (std::holds_alternative<Wire::Drained>(message)) {
                if (m_last > m_acked)
                    acknowledge(m_last);
            } else if (const auto* const refused = std::get_if<Wire::Refused>(&message)) {
                qFatal("the relay refused: %d", int(refused->why));
            }
        }
    }
    void acknowledge(qint64 upTo)
    {
        m_acks[++m_request] = int(upTo - m_acked);
        m_acked = upTo;
        say(Wire::Ack{m_request, m_receiveId, upTo});
    }

    SigningPair m_receive = SigningPair::generate();
    SigningPair m_send = SigningPair::generate();
    QueueId m_receiveId = Relay::SodiumProofCheck().receiveId(Wire::Key{m_receive.publicKey.data});
    QueueId m_sendId = Relay::SodiumProofCheck().sendId(
        Wire::Key{m_receive.publicKey.data}, Wire::Key{m_send.publicKey.data});
    Wire::Nonce m_nonce;
    Wire::RequestNumber m_request = 0;
    std::mt19937_64 m_random{std::random_device{}()};
    std::map<Wire::RequestNumber, int> m_acks;
    qint64 m_last = 0;
    qint64 m_acked = 0;
    bool m_fetching = false;
};

class RedisPeer final : public Peer
{
public:
    RedisPeer(quint16 port, int list) : m_list("list:" + Bytes::number(list))
    {
        link.connectTo(port);
    }
    void send(const Bytes& body) override { link.write(command({"RPUSH", m_list, body})); }
    void fetch() override
    {
        m_fetching = true;
        link.write(nextHundred());
    }
    Answers take() override
    {
        Answers out;
        qsizetype at = 0;
        while (takeReply(at, out)) { }
        link.in.remove(0, at);
        return out;
    }

private:
    static Bytes command(const std::vector<Bytes>& words)
    {
        Bytes out = "*" + Bytes::number(qsizetype(words.size())) + "\r\n";
        for (const Bytes& word : words)
            out += "$" + Bytes::number(word.size()) + "\r\n" + word + "\r\n";
        return out;
    }
    Bytes nextHundred() const { return command({"LRANGE", m_list, "0", "99"}); }
    /// One whole reply from `at` on, which moves behind it; false when it is not all there yet.
    bool takeReply(qsizetype& at, Answers& out)
    {
        qsizetype next = at;
        const auto line = lineAt(next);
        if (!line)
            return false;
        switch (line->front()) {
        case ':': // of RPUSH
            ++out.sent;
            break;
        case '+': // of LTRIM
            out.acknowledged += m_trimmed.front();
            m_trimmed.erase(m_trimmed.begin());
            break;
        case '*': {
            const int count = line->mid(1).toInt();
            for (int i = 0; i < count; ++i) {
                const auto size = lineAt(next);
                if (!size || link.in.size() < next + size->mid(1).toInt() + 2)
                    return false;
                next += size->mid(1).toInt() + 2;
            }
            out.fetched += count;
            if (count > 0) {
                // What was taken is acknowledged, and the next is asked for, in one write.
                m_trimmed.push_back(count);
                link.write(command({"LTRIM", m_list, Bytes::number(count), "-1"}) + nextHundred());
            }
            break;
        }
        default:
            qFatal("Redis said: %s", line->constData());
        }
        at = next;
        return true;
    }
    std::optional<Bytes> lineAt(qsizetype& at) const
    {
        const qsizetype end = link.in.indexOf("\r\n", at);
        if (end < 0)
            return std::nullopt;
        const Bytes line = link.in.mid(at, end - at);
        at = end + 2;
        return line;
    }

    Bytes m_list;
    std::vector<int> m_trimmed;
    bool m_fetching = false;
};

quint16 freePort()
{
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    if (::bind(fd, plain, size) != 0 || ::getsockname(fd, plain, &size) != 0)
        qFatal("no free port");
    ::close(fd);
    return ntohs(address.sin_port);
}

} // namespace

Store::~Store()
{
    m_process.terminate();
    m_process.waitForFinished();
}

void Store::start(const QString& program, const QStringList& arguments)
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    // However the measuring ends, the server ends with it.
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process.start(program, arguments);
    if (!m_process.waitForStarted())
        qFatal("cannot start %s", qPrintable(program));
}

double Store::processorSeconds() const
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(m_process.processId()));
    if (!file.open(QFile::ReadOnly))
        return 0;
    const QList<Bytes> fields = file.readAll().split(' ');
    const double ticks = fields.value(13).toDouble() + fields.value(14).toDouble();
    return ticks / double(::sysconf(_SC_CLK_TCK));
}

void Store::awaitQuiet() const
{
    constexpr double kQuiet = 0.011;
    for (int i = 0; i < 100; ++i) {
        const double before = processorSeconds();
        ::usleep(300'000);
        if (processorSeconds() - before < kQuiet)
            return;
    }
}

RelayStoreUnderTest::RelayStoreUnderTest(const QString& program, const QString& directory)
{
    start(program,
        {QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"), QStringLiteral("--store"),
            directory,
            // One sender fills a queue of the usual size within a measurement.
            QStringLiteral("--queue-messages"), QStringLiteral("100000000"),
            QStringLiteral("--queue-mebibytes"), QStringLiteral("100000")});
    if (!m_process.waitForReadyRead())
        qFatal("the relay does not start");
    const Bytes line = m_process.readLine().trimmed();
    m_port = line.mid(line.lastIndexOf(':') + 1).toUShort();
}

std::unique_ptr<Peer> RelayStoreUnderTest::connect()
{
    return std::make_unique<RelayPeer>(m_port);
}

RedisUnderTest::RedisUnderTest(const QString& program, const QString& directory)
{
    m_port = freePort();
    start(program,
        {QStringLiteral("--bind"), QStringLiteral("127.0.0.1"), QStringLiteral("--port"),
            QString::number(m_port), QStringLiteral("--dir"), directory,
            QStringLiteral("--appendonly"), QStringLiteral("yes"), QStringLiteral("--appendfsync"),
            QStringLiteral("always"), QStringLiteral("--save"), QString(),
            QStringLiteral("--auto-aof-rewrite-percentage"), QStringLiteral("0")});
    Bytes said;
    while (!said.contains("eady to accept connections")) {
        if (!m_process.waitForReadyRead())
            qFatal("Redis does not start: %s", said.constData());
        said += m_process.readAll();
    }
}

std::unique_ptr<Peer> RedisUnderTest::connect()
{
    return std::make_unique<RedisPeer>(m_port, ++m_lists);
}

} // namespace Waymark::Bench

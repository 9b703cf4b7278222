// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/bytes.h"

#include <arpa/inet.h>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Waymark::Bench {

/// One TCP connection of the load program, with what is still to be written and what is still to be
/// read.
class Link
{
public:
    Link() = default;
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;
    ~Link()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }

    void connectTo(quint16 port)
    {
        m_fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const auto* const plain = reinterpret_cast<const sockaddr*>(&address);
        if (m_fd < 0 || ::connect(m_fd, plain, sizeof address) != 0)
            qFatal("cannot connect to port %d", int(port));
        const int on = 1;
        ::setsockopt(m_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    void write(const Bytes& data)
    {
        m_out += data;
        flush();
    }
    /// Writes what the socket takes; true once nothing is left.
    bool flush()
    {
        while (!m_out.isEmpty()) {
            const auto size = std::size_t(m_out.size());
            const ssize_t written
                = ::send(m_fd, m_out.constData(), size, MSG_DONTWAIT | MSG_NOSIGNAL);
            if (written < 0 && (errno == EAGAIN || errno == EINTR))
                return false;
            if (written < 0)
                qFatal("the peer went away");
            m_out.remove(0, qsizetype(written));
        }
        return true;
    }
    /// Reads what is there, without waiting.
    void fill()
    {
        char buffer[128 * 1024];
        const ssize_t size = ::recv(m_fd, buffer, sizeof buffer, MSG_DONTWAIT);
        if (size > 0)
            in.append(buffer, qsizetype(size));
        else if (size == 0 || (errno != EAGAIN && errno != EINTR))
            qFatal("the peer went away");
    }
    void waitAndFill()
    {
        pollfd wanted{m_fd, short(m_out.isEmpty() ? POLLIN : POLLIN | POLLOUT), 0};
        if (::poll(&wanted, 1, 30'000) <= 0)
            qFatal("the peer does not answer");
        flush();
        if (wanted.revents & POLLIN)
            fill();
    }
    [[nodiscard]] int fd() const { return m_fd; }
    [[nodiscard]] bool hasOutput() const { return !m_out.isEmpty(); }

    Bytes in;

private:
    int m_fd = -1;
    Bytes m_out;
};

} // namespace Waymark::Bench

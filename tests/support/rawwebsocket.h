// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/bytes.h"

#include <QTcpSocket>
#include <QTest>
#include <QtEndian>

namespace Waymark {

/// A WebSocket client that does nothing by itself: it answers no ping and reads only when told to.
class RawWebSocket
{
public:
    bool open(quint16 port)
    {
        socket.connectToHost(QStringLiteral("127.0.0.1"), port);
        if (!socket.waitForConnected())
            return false;
        socket.write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                     "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                     "Sec-WebSocket-Version: 13\r\n\r\n");
        Bytes head;
        while (!head.contains("\r\n\r\n")) {
            if (socket.bytesAvailable() == 0 && !socket.waitForReadyRead())
                return false;
            head += socket.read(1);
        }
        return head.startsWith("HTTP/1.1 101");
    }
    /// A binary frame of at most 65,535 bytes, masked with zeros.
    void write(const Bytes& payload)
    {
        Bytes frame;
        frame.append(char(0x82));
        if (payload.size() < 126) {
            frame.append(char(0x80 | payload.size()));
        } else {
            const quint16 size = qToBigEndian(quint16(payload.size()));
            frame.append(char(0x80 | 126));
            frame.append(reinterpret_cast<const char*>(&size), sizeof size);
        }
        frame.append(4, '\0');
        socket.write(frame + payload);
    }
    /// The payload of the next frame; nothing once the connection ended.
    Bytes read()
    {
        const Bytes head = take(2);
        if (head.size() < 2)
            return {};
        qsizetype size = head[1] & 0x7f;
        if (size == 126)
            size = qFromBigEndian<quint16>(take(2).constData());
        else if (size == 127)
            size = qsizetype(qFromBigEndian<quint64>(take(8).constData()));
        return take(size);
    }

    QTcpSocket socket;

private:
    Bytes take(qsizetype size)
    {
        Bytes out;
        while (out.size() < size) {
            if (socket.bytesAvailable() == 0 && !socket.waitForReadyRead(20'000))
                return {};
            out += socket.read(size - out.size());
        }
        return out;
    }
};

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/onewindow.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QLocalSocket>
#include <QStandardPaths>

namespace Waymark {

namespace {

constexpr int kAnswerMs = 2000;

} // namespace

OneWindow::OneWindow(const QString& vaultFolder)
{
    // By the folder itself, however it was named; it may not be there yet.
    const QFileInfo folder(vaultFolder);
    const QString canonical
        = folder.exists() ? folder.canonicalFilePath() : folder.absoluteFilePath();
    const QByteArray hash
        = QCryptographicHash::hash(QDir::cleanPath(canonical).toUtf8(), QCryptographicHash::Sha256);
    m_name = QStringLiteral("waymark-") + QString::fromLatin1(hash.toHex().first(24));
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket* socket = m_server.nextPendingConnection()) {
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
            socket->disconnectFromServer();
            Q_EMIT wanted();
        }
    });
}

bool OneWindow::isElsewhere()
{
    QLocalSocket socket;
    socket.connectToServer(m_name);
    if (socket.waitForConnected(kAnswerMs)) {
        socket.waitForDisconnected(kAnswerMs);
        return true;
    }
    // What a process that ended badly left behind answers nobody.
    QLocalServer::removeServer(m_name);
    m_server.listen(m_name);
    return false;
}

} // namespace Waymark

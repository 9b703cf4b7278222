// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/qml/refusingnetwork.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTimer>

namespace Waymark {

namespace {

class RefusedReply final : public QNetworkReply
{
public:
    RefusedReply(
        const QNetworkRequest& request, QNetworkAccessManager::Operation operation, QObject* parent)
        : QNetworkReply(parent)
    {
        setRequest(request);
        setUrl(request.url());
        setOperation(operation);
        setError(ContentAccessDenied, QStringLiteral("refused"));
        QTimer::singleShot(0, this, [this] {
            setFinished(true);
            Q_EMIT errorOccurred(ContentAccessDenied);
            Q_EMIT finished();
        });
    }
    void abort() override { }

protected:
    qint64 readData(char*, qint64) override { return -1; }
};

class RefusingManager final : public QNetworkAccessManager
{
public:
    using QNetworkAccessManager::QNetworkAccessManager;

protected:
    QNetworkReply* createRequest(
        Operation operation, const QNetworkRequest& request, QIODevice*) override
    {
        return new RefusedReply(request, operation, this);
    }
};

} // namespace

QNetworkAccessManager* RefusingNetworkFactory::create(QObject* parent)
{
    return new RefusingManager(parent);
}

} // namespace Waymark

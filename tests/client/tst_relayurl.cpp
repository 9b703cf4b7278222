// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/relayurl.h"

#include <QTest>

using namespace Waymark;

class TestRelayUrl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goodAddressesAreTaken_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("host");
        QTest::newRow("name") << QStringLiteral("ws://relay.example:7600")
                              << QByteArray("relay.example:7600");
        QTest::newRow("slash") << QStringLiteral(" ws://relay.example:7600/ ")
                               << QByteArray("relay.example:7600");
        QTest::newRow("case") << QStringLiteral("WS://Relay.Example:7600")
                              << QByteArray("relay.example:7600");
        QTest::newRow("address") << QStringLiteral("ws://127.0.0.1:80")
                                 << QByteArray("127.0.0.1:80");
        QTest::newRow("v6") << QStringLiteral("ws://[::1]:7600") << QByteArray("[::1]:7600");
        QTest::newRow("umlaut") << QStringLiteral("ws://bücher.example:1")
                                << QByteArray("xn--bcher-kva.example:1");
    }
    void goodAddressesAreTaken()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, host);
        const auto url = RelayUrl::parse(text);
        QVERIFY(url.ok());
        QCOMPARE(url->hostAndPort(), host);
        QVERIFY(RelayUrl::parse(url->text()).value() == *url);
    }

    void othersAreRefusedWithAReason_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("why");
        const auto row = [](const char* text, const char* why) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(why);
        };
        row("", "no address");
        row("relay.example", "ws://");
        row("http://relay.example:1", "ws://");
        row("wss://relay.example:1", "wss://");
        row("ws://relay.example", "port");
        row("ws://relay.example:0", "port");
        row("ws://relay.example:70000", "no address");
        row("ws://:80", "host");
        row("ws://a b:80", "no address");
        row("ws://me@relay.example:1", "nothing more");
        row("ws://relay.example:1/path", "nothing more");
        row("ws://relay.example:1?x", "nothing more");
        row("ws://relay.example:1#x", "nothing more");
    }
    void othersAreRefusedWithAReason()
    {
        QFETCH(QString, text);
        QFETCH(QString, why);
        const auto url = RelayUrl::parse(text);
        QVERIFY(!url.ok());
        QCOMPARE(url.error().code, ErrorCode::Usage);
        QVERIFY2(url.error().detail.contains(why), qPrintable(url.error().detail));
    }

    void anEndlessTextIsRefused()
    {
        QVERIFY(!RelayUrl::parse(QStringLiteral("ws://") + QString(100'000, u'a')).ok());
    }
};

QTEST_GUILESS_MAIN(TestRelayUrl)
#include "tst_relayurl.moc"

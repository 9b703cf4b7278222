// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/handshake/link.h"

#include <QTest>

using namespace Waymark;

namespace {

constexpr qint64 kNow = 1'700'000'000'000;

Link sample(qint64 expiresMs = kNow + Link::kLifetimeMs)
{
    return {QStringLiteral("wss://relay.example:8443/?token=x"), {},
        *QueueId::fromBytes(Bytes(24, 'q')), *AgreementKey::fromBytes(Bytes(32, 'k')),
        QStringLiteral("Amélie Łukasz"), QStringLiteral("mentee"),
        *SpaceId::fromBytes(Bytes(16, 's')), SecretBytes::copyOf("0123456789abcdef"), expiresMs};
}

bool found(const QString& text)
{
    const auto link = findLink(text, kNow);
    return link.ok() && encodeLink(*link) == encodeLink(sample());
}

/// The text broken into lines of `width`, each ended by `end` and begun by `begin`.
QString wrapped(const QString& text, qsizetype width, const QString& end, const QString& begin)
{
    QStringList lines;
    for (qsizetype at = 0; at < text.size(); at += width)
        lines.append(text.mid(at, width));
    return lines.join(end + begin);
}

} // namespace

class LinkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLinkIsReadAsItWasMade()
    {
        Link link = sample();
        link.certificatePin = Bytes(32, 'p');
        const auto read = decodeLink(encodeLink(link));
        QVERIFY(read.ok());
        QCOMPARE(encodeLink(*read), encodeLink(link));
        QCOMPARE(read->relayUrl, link.relayUrl);
        QCOMPARE(read->certificatePin, link.certificatePin);
        QCOMPARE(read->queue, link.queue);
        QCOMPARE(read->device, link.device);
        QCOMPARE(read->name, link.name);
        QCOMPARE(read->role, link.role);
        QCOMPARE(read->space, link.space);
        QVERIFY(read->secret.equals(link.secret.view()));
        QCOMPARE(read->expiresMs, link.expiresMs);
        QVERIFY(linkText(link).startsWith(QLatin1String("waymark:pair#")));
        QVERIFY(found(linkText(sample())));
    }

    void whatTheSecretGivesDependsOnItAlone()
    {
        Link link = sample();
        QCOMPARE(link.psk().size(), std::size_t(32));
        QVERIFY(link.psk().equals(sample().psk().view()));
        QCOMPARE(link.sendPair().publicKey, sample().sendPair().publicKey);
        QVERIFY(!link.psk().equals(link.sendPair().secret.slice(0, 32).view()));
        link.secret = SecretBytes::copyOf("0123456789abcdeF");
        QVERIFY(!link.psk().equals(sample().psk().view()));
        QVERIFY(link.sendPair().publicKey != sample().sendPair().publicKey);
    }

    void aLinkIsFoundInMail_data()
    {
        QTest::addColumn<QString>("text");
        const QString link = linkText(sample());
        const QString nl = QStringLiteral("\n");
        QTest::newRow("alone") << link;
        QTest::newRow("blanks around") << QStringLiteral("  \t%1 \r\n").arg(link);
        QTest::newRow("in a sentence")
            << QStringLiteral("Hi Lina, open %1 and then tell me. Willow").arg(link);
        QTest::newRow("full stop") << QStringLiteral("It is %1. See you!").arg(link);
        QTest::newRow("angle brackets") << QStringLiteral("Your link: <%1>").arg(link);
        QTest::newRow("quotation marks") << QStringLiteral("“%1”, she wrote").arg(link);
        QTest::newRow("html") << QStringLiteral("<a href=\"%1\">join</a>").arg(link);
        QTest::newRow("next line of prose") << link + QStringLiteral("\nSee you\nLina");
        QTest::newRow("signature below") << link + QStringLiteral("\n-- \nLina");
        QTest::newRow("wrapped at 76") << wrapped(link, 76, QStringLiteral("\r\n"), {});
        QTest::newRow("wrapped within the prefix") << wrapped(link, 9, nl, {});
        QTest::newRow("format flowed") << wrapped(link, 70, QStringLiteral(" \n"), {});
        QTest::newRow("quoted") << QStringLiteral("On Monday Willow wrote:\n> Hi\n> ")
                + wrapped(link, 60, nl, QStringLiteral("> "))
                + QStringLiteral("\n> Bye\n\nThanks!");
        QTest::newRow("quoted twice")
            << QStringLiteral(">> ") + wrapped(link, 50, nl, QStringLiteral(">> "));
        QTest::newRow("quoted with blanks")
            << QStringLiteral("> > ") + wrapped(link, 50, nl, QStringLiteral("> > "));
        QTest::newRow("quoted with bars")
            << QStringLiteral("| ") + wrapped(link, 50, nl, QStringLiteral("| "));
        QTest::newRow("indented") << QStringLiteral("    ")
                + wrapped(link, 50, nl, QStringLiteral("    "));
        QTest::newRow("quoted-printable") << wrapped(link, 75, QStringLiteral("=\r\n"), {});
        QTest::newRow("soft hyphens") << wrapped(link, 20, QStringLiteral("\u00ad"), {});
        QTest::newRow("zero-width spaces") << wrapped(link, 20, QStringLiteral("\u200b"), {});
        QTest::newRow("escaped") << QString(link).replace(u'#', QLatin1String("%23"));
        QTest::newRow("capital scheme")
            << QString(link).replace(QLatin1String("waymark"), QLatin1String("Waymark"));
        QTest::newRow("word before") << QStringLiteral("www.example.org waymark: %1").arg(link);
        QTest::newRow("after an expired one") << linkText(sample(kNow)) + nl + link;
        QTest::newRow("after a cut one") << link.chopped(40) + nl + nl + link;
        QTest::newRow("twice") << link + nl + link;
    }

    void aLinkIsFoundInMail()
    {
        QFETCH(QString, text);
        QVERIFY(found(text));
    }

    void aDamagedLinkIsInvalid()
    {
        const QString link = linkText(sample());
        const auto code = [](const QString& text) { return findLink(text, kNow).error().code; };
        QCOMPARE(code({}), ErrorCode::LinkInvalid);
        QCOMPARE(code(QStringLiteral("no link at all")), ErrorCode::LinkInvalid);
        QCOMPARE(code(QStringLiteral("waymark:pair#")), ErrorCode::LinkInvalid);
        QCOMPARE(
            code(QStringLiteral("https://example.org/#") + link.mid(13)), ErrorCode::LinkInvalid);
        for (qsizetype size = 13; size < link.size(); ++size)
            QCOMPARE(code(link.first(size)), ErrorCode::LinkInvalid);
        QCOMPARE(code(link + u'A'), ErrorCode::LinkInvalid);
        for (qsizetype i = 13; i < link.size(); i += 7)
            QCOMPARE(code(QString(link).remove(i, 1)), ErrorCode::LinkInvalid);
        // A piece is missing and prose stands in its place.
        QCOMPARE(
            code(link.chopped(3) + QStringLiteral("\nThanks and see you")), ErrorCode::LinkInvalid);
    }

    void anExpiredLinkIsToldApart()
    {
        const QString link = linkText(sample(kNow));
        QCOMPARE(findLink(link, kNow).error().code, ErrorCode::LinkExpired);
        QVERIFY(findLink(link, kNow - 1).ok());
        QVERIFY(decodeLink(encodeLink(sample(kNow))).ok());
    }

    void fieldsBeyondTheirBoundsAreInvalid()
    {
        const auto refused = [](auto change) {
            Link link = sample();
            change(link);
            const auto read = decodeLink(encodeLink(link));
            return !read.ok() && read.error().code == ErrorCode::LinkInvalid;
        };
        QVERIFY(!refused([](Link&) {}));
        QVERIFY(refused([](Link& link) { link.relayUrl = QStringLiteral("https://x"); }));
        QVERIFY(refused([](Link& link) { link.relayUrl = QStringLiteral("ws://"); }));
        QVERIFY(refused([](Link& link) { link.relayUrl = QStringLiteral("ws://a b"); }));
        QVERIFY(refused([](Link& link) { link.relayUrl = QStringLiteral("ws://me:pw@host"); }));
        QVERIFY(refused(
            [](Link& link) { link.relayUrl = QStringLiteral("ws://h/") + QString(255, u'x'); }));
        QVERIFY(refused([](Link& link) { link.certificatePin = Bytes(31, 'p'); }));
        QVERIFY(refused([](Link& link) { link.name.clear(); }));
        QVERIFY(refused([](Link& link) { link.name = QStringLiteral("  "); }));
        QVERIFY(refused([](Link& link) { link.name = QString(129, u'x'); }));
        QVERIFY(refused([](Link& link) { link.name = QStringLiteral("two\nlines"); }));
        QVERIFY(refused([](Link& link) { link.role.clear(); }));
        QVERIFY(refused([](Link& link) { link.role = QString(33, u'x'); }));
        QVERIFY(refused([](Link& link) { link.role = QStringLiteral("Mentor"); }));
        QVERIFY(refused([](Link& link) { link.secret = SecretBytes::copyOf("short"); }));
        QVERIFY(refused([](Link& link) { link.expiresMs = -1; }));
        QVERIFY(!refused([](Link& link) { link.name = QString(128, u'x'); }));
        QVERIFY(
            !refused([](Link& link) { link.relayUrl = QStringLiteral("ws://127.0.0.1:9000"); }));
    }

    void aHugePasteIsReadQuickly()
    {
        const QString prefixes = QStringLiteral("waymark:pair#").repeated(200'000);
        QVERIFY(!findLink(prefixes, kNow).ok());
        QVERIFY(!findLink(QString(3'000'000, u'w'), kNow).ok());
        QVERIFY(found(QString(900'000, u' ') + linkText(sample())));
    }
};

QTEST_GUILESS_MAIN(LinkTest)
#include "tst_link.moc"

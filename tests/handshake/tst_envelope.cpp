// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/cbor.h"
#include "sync/handshake/envelope.h"

#include <QTest>

#include <zstd.h>

#include <array>
#include <random>

using namespace Waymark;

namespace {

/// Bytes that do not compress.
Bytes noise(qsizetype size)
{
    std::mt19937 random(unsigned(size) + 1);
    Bytes out(size, '\0');
    for (char& byte : out)
        byte = char(random());
    return out;
}

Bytes framed(char packing, const Bytes& body, qsizetype padTo)
{
    Bytes out(1, packing);
    out.append(char(body.size() >> 16)).append(char(body.size() >> 8)).append(char(body.size()));
    return (out + body).leftJustified(padTo, '\0');
}

Bytes zstd(const Bytes& plain, bool tellsSize = true)
{
    ZSTD_CCtx* context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, tellsSize ? 1 : 0);
    Bytes out(qsizetype(ZSTD_compressBound(std::size_t(plain.size()))), '\0');
    out.truncate(qsizetype(ZSTD_compress2(context, out.data(), std::size_t(out.size()),
        plain.constData(), std::size_t(plain.size()))));
    ZSTD_freeCCtx(context);
    return out;
}

LogReceipt receipt(char first, qsizetype nameSize, quint64 seq)
{
    return {Bytes(nameSize, first), seq, *Hash::fromBytes(Bytes(32, first))};
}

bool readsBack(const SessionMessage& message)
{
    const auto read = decodeMessage(encodeMessage(message));
    return read.ok() && *read == message;
}

} // namespace

class EnvelopeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contentOfAnySizeComesBack()
    {
        for (const qsizetype size : {0, 1, 251, 252, 253, 511, 512, 513, 1020, 1021, 4092, 4093,
                 16380, 16381, 65531, 65532}) {
            for (const Bytes& content : {noise(size), Bytes(size, 'a')}) {
                const auto wrapped = wrapContent(content);
                QVERIFY(wrapped.ok());
                QCOMPARE(unwrapContent(*wrapped).value(), content);
            }
        }
    }

    void fiveSizesLeaveAndNoOther()
    {
        QCOMPARE(wrapContent({}).value().size(), 256);
        QCOMPARE(wrapContent(noise(252)).value().size(), 256);
        QCOMPARE(wrapContent(noise(253)).value().size(), 1024);
        QCOMPARE(wrapContent(noise(1021)).value().size(), 4096);
        QCOMPARE(wrapContent(noise(4093)).value().size(), 16384);
        QCOMPARE(wrapContent(noise(16381)).value().size(), 65536);
        QCOMPARE(wrapContent(noise(kMaxAlwaysFits)).value().size(), 65536);
        QCOMPARE(wrapContent(noise(kMaxAlwaysFits + 1)).error().code, ErrorCode::TooLarge);
        for (const qsizetype size : {0, 1, 255, 257, 1023, 65535, 65537})
            QVERIFY(!unwrapContent(Bytes(size, '\0')).ok());
    }

    void longContentIsPackedShortIsNot()
    {
        QCOMPARE(wrapContent(Bytes(512, 'a')).value().size(), 1024);
        QCOMPARE(wrapContent(Bytes(513, 'a')).value().size(), 256);
        QCOMPARE(wrapContent(Bytes(kMaxUnpacked, 'a')).value().size(), 256);
        QCOMPARE(wrapContent(Bytes(kMaxUnpacked + 1, 'a')).error().code, ErrorCode::TooLarge);
    }

    void whatWouldUnpackToTooMuchIsNeverUnpacked()
    {
        QVERIFY(unwrapContent(framed(1, zstd(Bytes(kMaxUnpacked, 'a')), 256)).ok());
        const Bytes bomb = zstd(Bytes(64 * kMaxUnpacked, 'a'));
        const auto padded = framed(1, bomb, bomb.size() <= 252 ? 256 : 16384);
        QCOMPARE(unwrapContent(padded).error().code, ErrorCode::MessageMalformed);
        QVERIFY(!unwrapContent(framed(1, zstd(Bytes(kMaxUnpacked + 1, 'a')), 256)).ok());
        QVERIFY(!unwrapContent(framed(1, zstd(Bytes(600, 'a'), /*tellsSize=*/false), 256)).ok());
    }

    void aFrameThatIsNotWhatItSaysIsRefused()
    {
        const Bytes good = zstd(Bytes(600, 'a'));
        QVERIFY(unwrapContent(framed(1, good, 256)).ok());
        QVERIFY(!unwrapContent(framed(1, good + good, 256)).ok());
        QVERIFY(!unwrapContent(framed(1, good + 'x', 256)).ok());
        QVERIFY(!unwrapContent(framed(1, good.chopped(1), 256)).ok());
        QVERIFY(!unwrapContent(framed(1, {}, 256)).ok());
        QVERIFY(!unwrapContent(framed(2, good, 256)).ok());
        for (qsizetype i = 0; i < good.size(); ++i) {
            Bytes bad = good;
            bad[i] = char(bad[i] ^ 0x10);
            const auto read = unwrapContent(framed(1, bad, 256)); // no crash, no excess
            QVERIFY(!read.ok() || read->size() <= kMaxUnpacked);
        }
    }

    void paddingMustBeZeroAndLengthsTrue()
    {
        Bytes padded = wrapContent("content").value();
        padded[255] = 1;
        QVERIFY(!unwrapContent(padded).ok());
        Bytes longer = framed(0, Bytes(252, 'x'), 256);
        QVERIFY(unwrapContent(longer).ok());
        longer[3] = char(253);
        QVERIFY(!unwrapContent(longer).ok());
    }

    void everyKindIsReadAsItWasMade()
    {
        const Hash hash = *Hash::fromBytes(Bytes(32, 'h'));
        QVERIFY(readsBack(OpsMessage{}));
        QVERIFY(readsBack(OpsMessage{{"one", "two", Bytes(100'000, 'x')}}));
        QVERIFY(readsBack(PartMessage{hash, 0, 1, "x"}));
        QVERIFY(readsBack(PartMessage{hash, 1023, 1024, Bytes(60'000, 'x')}));
        QVERIFY(readsBack(HaveMessage{}));
        QVERIFY(readsBack(HaveMessage{
            {receipt('a', 16, 1), receipt('a', 48, 2), receipt('b', 16, 9'007'199'254'740'991)}, 7,
            123456}));
        QVERIFY(readsBack(PingMessage{}));
    }

    void anUnknownKindIsKnownAsSuch()
    {
        const auto read = decodeMessage(Cbor::Writer().array(3).integer(99).null().map(0).take());
        QVERIFY(read.ok());
        QCOMPARE(std::get<OtherMessage>(*read).kind, qint64(99));
        for (const qint64 kind : {0, 4, 5, 7})
            QVERIFY(std::holds_alternative<OtherMessage>(
                decodeMessage(Cbor::Writer().array(1).integer(kind).take()).value()));
    }

    void whatIsNotInFormIsRefused()
    {
        const auto refused = [](const Bytes& content) {
            const auto read = decodeMessage(content);
            return !read.ok() && read.error().code == ErrorCode::MessageMalformed;
        };
        const Hash hash;
        QVERIFY(refused({}));
        QVERIFY(refused(Cbor::Writer().array(0).take()));
        QVERIFY(refused(Cbor::Writer().array(1).text(u"ops").take()));
        QVERIFY(refused(Cbor::Writer().array(1).integer(1).take()));
        QVERIFY(refused(Cbor::Writer().array(2).integer(6).null().take())); // a ping with more
        QVERIFY(refused(encodeMessage(PingMessage{}) + '\0'));
        QVERIFY(refused(encodeMessage(PartMessage{hash, 1, 1, "x"})));
        QVERIFY(refused(encodeMessage(PartMessage{hash, 0, 1025, "x"})));
        QVERIFY(refused(encodeMessage(PartMessage{hash, 0, 1, {}})));
        QVERIFY(refused(encodeMessage(HaveMessage{{receipt('a', 17, 1)}, 1, 0})));
        QVERIFY(refused(encodeMessage(HaveMessage{{receipt('a', 16, 0)}, 1, 0})));
        QVERIFY(
            refused(encodeMessage(HaveMessage{{receipt('a', 16, 1), receipt('a', 16, 2)}, 1, 0})));
        QVERIFY(
            refused(encodeMessage(HaveMessage{{receipt('b', 16, 1), receipt('a', 16, 2)}, 1, 0})));
        const Bytes good = encodeMessage(HaveMessage{{receipt('a', 16, 1)}, 1, 5});
        for (qsizetype size = 0; size < good.size(); ++size)
            QVERIFY(refused(good.first(size)));
    }

    /// Whatever a partner makes up: an answer, within bounds, and what is read is what was sent.
    void randomlyChangedContentIsReadOrRefused()
    {
        const unsigned seed = qEnvironmentVariableIntValue("WAYMARK_SEED")
            ? unsigned(qEnvironmentVariableIntValue("WAYMARK_SEED"))
            : std::random_device{}();
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        const Hash hash = *Hash::fromBytes(Bytes(32, 'h'));
        const std::array samples{encodeMessage(OpsMessage{{"one", "two", "three"}}),
            encodeMessage(PartMessage{hash, 3, 9, "piece"}),
            encodeMessage(HaveMessage{{receipt('a', 16, 1), receipt('b', 48, 2)}, 7, 99}),
            encodeMessage(PingMessage{})};
        int read = 0;
        for (int i = 0; i < 50'000; ++i) {
            Bytes content = samples[random() % samples.size()];
            for (unsigned changes = 1 + random() % 3; changes > 0 && !content.isEmpty();
                 --changes) {
                const auto at = qsizetype(random() % std::size_t(content.size()));
                if (random() % 4 == 0)
                    content.remove(at, qsizetype(1 + random() % 4));
                else if (random() % 4 == 0)
                    content.insert(at, char(random()));
                else
                    content[at] = char(random());
            }
            const auto message = decodeMessage(content);
            if (!message.ok())
                continue;
            ++read;
            if (!std::holds_alternative<OtherMessage>(*message))
                QCOMPARE(encodeMessage(*message), content);
        }
        QVERIFY(read > 0);
    }

    void countsAreBounded()
    {
        OpsMessage ops;
        ops.operations.assign(OpsMessage::kMaxOperations, "x");
        QVERIFY(decodeMessage(encodeMessage(ops)).ok());
        ops.operations.push_back("x");
        QVERIFY(!decodeMessage(encodeMessage(ops)).ok());
        HaveMessage have;
        for (quint64 i = 0; i <= HaveMessage::kMaxLogs; ++i)
            have.logs.push_back({Bytes::number(i).rightJustified(16, '0'), 1, {}});
        QVERIFY(!decodeMessage(encodeMessage(have)).ok());
        have.logs.pop_back();
        QVERIFY(decodeMessage(encodeMessage(have)).ok());
    }
};

QTEST_GUILESS_MAIN(EnvelopeTest)
#include "tst_envelope.moc"

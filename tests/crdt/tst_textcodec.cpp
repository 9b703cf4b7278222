// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/crdt/textchange.h"

#include <QTest>

#include <random>

using namespace Waymark;

namespace {

LogName logOf(int number)
{
    DeviceId device;
    device.data.fill(static_cast<unsigned char>(number));
    return LogName(device);
}

const LogName kOwn = logOf(0x11);
const LogName kOther = logOf(0x22);

QByteArray hexOf(const QByteArray& bytes)
{
    return bytes.toHex();
}

} // namespace

class TextCodecTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytesAreAsWrittenDown_data()
    {
        QTest::addColumn<TextChange>("change");
        QTest::addColumn<QByteArray>("hex");
        const QByteArray other = QByteArray(16, '\x22').toHex();
        QTest::newRow("first words") << TextChange{{TextInsert{{}, 0, U"Hi"}}}
                                     << QByteArray("00"
                                                   "04"
                                                   "00"
                                                   "02"
                                                   "4869");
        QTest::newRow("typing on")
            << TextChange{{TextInsert{{ElementId{kOwn, 299}, Side::Right}, 300, U"é"}}}
            << QByteArray("00"
                          "0c"
                          "ac02"
                          "00"
                          "02"
                          "c3a9");
        QTest::newRow("before another's character")
            << TextChange{{TextInsert{{ElementId{kOther, 5}, Side::Left}, 0, U"x"}}}
            << QByteArray("0110" + other
                   + "10"
                     "00"
                     "05"
                     "01"
                     "78");
        QTest::newRow("deletion of three ranges")
            << TextChange{{TextDelete{{{kOwn, 2, 3}, {kOwn, 7, 1}, {kOther, 9, 2}}}}}
            << QByteArray("0110" + other
                   + "0d"
                     "000202"
                     "000100"
                     "010901");
        QTest::newRow("undo of a deletion") << TextChange{{TextUndelete{{Hash{}, 1, 2}}}}
                                            << QByteArray("0002" + QByteArray(64, '0') + "0102");
    }
    void bytesAreAsWrittenDown()
    {
        QFETCH(TextChange, change);
        QFETCH(QByteArray, hex);
        QCOMPARE(hexOf(encode(change, kOwn)), hex);
        const auto decoded = decodeTextChange(QByteArray::fromHex(hex), kOwn);
        QVERIFY(decoded);
        QCOMPARE(*decoded, change);
    }

    void otherFormsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("hex");
        const QByteArray other = QByteArray(16, '\x22').toHex();
        const QByteArray own = QByteArray(16, '\x11').toHex();
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no step") << QByteArray("00");
        QTest::newRow("unused table entry") << "0110" + other + "0400024869";
        QTest::newRow("own log in the table") << "0110" + own + "1000050178";
        QTest::newRow("table entry twice")
            << "0210" + other + "10" + other + "1000050178" + "1800050178";
        QTest::newRow("table not sorted")
            << "0210" + QByteArray(16, '\x33').toHex() + "10" + other + "0d000202010901020901";
        QTest::newRow("number longer than needed") << QByteArray("00840000024869");
        QTest::newRow("left of the root") << QByteArray("0000000178");
        QTest::newRow("no text") << QByteArray("00040000");
        QTest::newRow("half a pair in UTF-8") << QByteArray("00040003eda0bd");
        QTest::newRow("overlong UTF-8") << QByteArray("00040002c1a9");
        QTest::newRow("own parent not before") << QByteArray("000c00000178");
        QTest::newRow("unknown kind") << QByteArray("0003");
        QTest::newRow("deletion of nothing") << QByteArray("0001");
        QTest::newRow("ranges of a later log first") << "0110" + other + "09010901000202";
        QTest::newRow("reference beyond the table") << QByteArray("0005010901");
        QTest::newRow("undo with rest") << QByteArray("0006" + QByteArray(64, '0') + "0102");
        QTest::newRow("part beyond an operation's")
            << QByteArray("0002" + QByteArray(64, '0') + "e80702");
        QTest::newRow("behind the end") << QByteArray("000400024869ff");
    }
    void otherFormsAreRefused()
    {
        QFETCH(QByteArray, hex);
        const auto decoded = decodeTextChange(QByteArray::fromHex(hex), kOwn);
        QVERIFY(!decoded);
        QCOMPARE(decoded.error().code, ErrorCode::OperationDamaged);
    }

    void damagedChangesAreRefusedOrCanonical()
    {
        Hash hash;
        hash.data.fill(0xab);
        const TextChange change{{TextInsert{{ElementId{kOther, 300}, Side::Left}, 7, U"aé😀"},
            TextDelete{{{kOwn, 0, 2}, {kOwn, 5, 1}, {kOther, 70'000, 200}}},
            TextUndelete{{hash, 3, 200}}, TextInsert{{ElementId{kOwn, 2}, Side::Right}, 10, U"z"}}};
        const Bytes bytes = encode(change, kOwn);
        for (qsizetype i = 0; i < bytes.size() * 8; ++i) {
            Bytes flipped = bytes;
            flipped[i / 8] = char(flipped[i / 8] ^ (1 << (i % 8)));
            if (const auto decoded = decodeTextChange(flipped, kOwn))
                QCOMPARE(encode(*decoded, kOwn), flipped);
            if (const auto decoded = decodeTextChange(bytes.first(i / 8), kOwn))
                QCOMPARE(encode(*decoded, kOwn), bytes.first(i / 8));
        }
        std::mt19937 random(1);
        for (int round = 0; round < 200'000; ++round) {
            Bytes any(qsizetype(random() % 24), '\0');
            for (char& c : any)
                c = char(random() % (random() % 2 == 0 ? 256 : 8));
            if (const auto decoded = decodeTextChange(any, kOwn))
                QCOMPARE(encode(*decoded, kOwn), any);
        }
    }

    void fewBytesDoNotNameTheSameOverAndOver()
    {
        const ElementRange half{kOwn, 0, kMaxTextCharacters / 2};
        TextChange change{{TextDelete{{half}}, TextDelete{{half}}}};
        QVERIFY(decodeTextChange(encode(change, kOwn), kOwn).ok());
        change.steps.emplace_back(TextDelete{{{kOwn, 0, 1}}});
        QVERIFY(!decodeTextChange(encode(change, kOwn), kOwn).ok());
        change = {{TextDelete{{{kOwn, 0, (quint64(1) << 53) - 1}}}}};
        QVERIFY(!decodeTextChange(encode(change, kOwn), kOwn).ok());
        change = {{TextUndelete{{Hash(), 0, 0}}, TextUndelete{{Hash(), 0, 1}}}};
        QVERIFY(decodeTextChange(encode(change, kOwn), kOwn).ok());
        change.steps.emplace_back(TextUndelete{{Hash(), 0, 0}});
        QVERIFY(!decodeTextChange(encode(change, kOwn), kOwn).ok());
    }

    void deletionsAreWrittenInOneForm()
    {
        std::vector<ElementRange> ranges{
            {kOther, 3, 2}, {kOwn, 5, 2}, {kOther, 5, 1}, {kOwn, 4, 2}, {kOwn, 9, 0}};
        normalizeRanges(ranges, kOwn);
        QCOMPARE(ranges, (std::vector<ElementRange>{{kOwn, 4, 3}, {kOther, 3, 3}}));
    }
};

QTEST_GUILESS_MAIN(TextCodecTest)
#include "tst_textcodec.moc"

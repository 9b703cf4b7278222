// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/cbor.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace Waymark;

class CborTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Examples of RFC 8949, appendix A.
    void integersHaveTheirShortestForm_data()
    {
        QTest::addColumn<qint64>("value");
        QTest::addColumn<QByteArray>("hex");
        QTest::newRow("0") << qint64(0) << QByteArray("00");
        QTest::newRow("23") << qint64(23) << QByteArray("17");
        QTest::newRow("24") << qint64(24) << QByteArray("1818");
        QTest::newRow("1000") << qint64(1000) << QByteArray("1903e8");
        QTest::newRow("1000000") << qint64(1000000) << QByteArray("1a000f4240");
        QTest::newRow("10^12") << qint64(1000000000000) << QByteArray("1b000000e8d4a51000");
        QTest::newRow("-1") << qint64(-1) << QByteArray("20");
        QTest::newRow("-1000") << qint64(-1000) << QByteArray("3903e7");
    }
    void integersHaveTheirShortestForm()
    {
        QFETCH(qint64, value);
        QFETCH(QByteArray, hex);
        Cbor::Writer writer;
        writer.integer(value);
        QCOMPARE(writer.data().toHex(), hex);
        Cbor::Reader reader(writer.data());
        QCOMPARE(
            reader.integer(std::numeric_limits<qint64>::min(), std::numeric_limits<qint64>::max()),
            value);
        QVERIFY(reader.finished());
    }

    void floatsHaveTheirShortestForm_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QByteArray>("hex");
        QTest::newRow("0.0") << 0.0 << QByteArray("f90000");
        QTest::newRow("1.5") << 1.5 << QByteArray("f93e00");
        QTest::newRow("65504") << 65504.0 << QByteArray("f97bff");
        QTest::newRow("100000.0") << 100000.0 << QByteArray("fa47c35000");
        QTest::newRow("3.4e38") << 3.4028234663852886e+38 << QByteArray("fa7f7fffff");
        QTest::newRow("1.1") << 1.1 << QByteArray("fb3ff199999999999a");
        QTest::newRow("infinity") << std::numeric_limits<double>::infinity()
                                  << QByteArray("f97c00");
    }
    void floatsHaveTheirShortestForm()
    {
        QFETCH(double, value);
        QFETCH(QByteArray, hex);
        Cbor::Writer writer;
        writer.number(value);
        QCOMPARE(writer.data().toHex(), hex);
        Cbor::Reader reader(writer.data());
        QCOMPARE(reader.number(), value);
        QVERIFY(reader.finished());
    }

    void otherFormsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::newRow("long integer") << QByteArray("1817");
        QTest::newRow("long 16") << QByteArray("1900ff");
        QTest::newRow("long 64") << QByteArray("1b00000000ffffffff");
        QTest::newRow("double that is a half") << QByteArray("fb3ff8000000000000");
        QTest::newRow("single that is a half") << QByteArray("fa3fc00000");
        QTest::newRow("indefinite array") << QByteArray("9f01ff");
        QTest::newRow("tag") << QByteArray("c001");
        QTest::newRow("undefined") << QByteArray("f7");
        QTest::newRow("map out of order") << QByteArray("a201000000");
        QTest::newRow("map with a key twice") << QByteArray("a200000000");
        QTest::newRow("cut array") << QByteArray("8201");
        QTest::newRow("cut text") << QByteArray("6261");
        QTest::newRow("bad UTF-8") << QByteArray("61ff");
        QTest::newRow("surrogate in UTF-8") << QByteArray("63eda080");
        QTest::newRow("array that announces too much") << QByteArray("9bffffffffffffffff");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("too deep") << QByteArray("81").repeated(40) + QByteArray("00");
    }
    void otherFormsAreRefused()
    {
        QFETCH(QByteArray, hex);
        const QByteArray bytes = QByteArray::fromHex(hex);
        Cbor::Reader reader(bytes);
        reader.skip();
        QVERIFY(!reader.ok());
    }

    void aFaultSticks()
    {
        Cbor::Writer writer;
        writer.array(2).integer(5).utf8("hello");
        Cbor::Reader reader(writer.data());
        reader.arrayOf(2);
        QCOMPARE(reader.integer(0, 4), 0);
        QVERIFY(!reader.ok());
        QVERIFY(reader.utf8(100).isEmpty());
        QVERIFY(!reader.finished());
    }

    void whatIsWrittenIsRead()
    {
        Cbor::Writer writer;
        writer.map(2).utf8("a").array(3).null().boolean(true).bytes("xy").utf8("bb").number(2.25);
        Cbor::Reader reader(writer.data());
        const BytesView whole = reader.skip();
        QVERIFY(reader.finished());
        QCOMPARE(whole.toByteArray(), writer.data());
    }
};

QTEST_APPLESS_MAIN(CborTest)
#include "tst_cbor.moc"

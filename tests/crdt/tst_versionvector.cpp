// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/crdt/authorpast.h"
#include "sync/crdt/versionvector.h"

#include <QTest>

using namespace Waymark;

namespace {

LogName logOf(unsigned char number)
{
    DeviceId device;
    device.data[0] = number;
    return LogName(device);
}

LogName branchOf(unsigned char number, unsigned char branch)
{
    DeviceId device;
    device.data[0] = number;
    Hash hash;
    hash.data[0] = branch;
    return {device, hash};
}

} // namespace

class VersionVectorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesGoByBytesAPrefixFirst()
    {
        QVERIFY(LogName() < logOf(0));
        QVERIFY(logOf(1) < branchOf(1, 0));
        QVERIFY(branchOf(1, 0) < branchOf(1, 200));
        QVERIFY(branchOf(1, 255) < logOf(2));
        QVERIFY(logOf(127) < logOf(128));
        QVERIFY(!LogName::fromBytes(QByteArray(17, 'x')));
        QCOMPARE(branchOf(5, 1).device(), logOf(5).device());
    }
    void itOnlyRises()
    {
        VersionVector vector;
        QVERIFY(vector.covers(logOf(1), 0));
        vector.raise(logOf(1), 5);
        vector.raise(logOf(1), 3);
        vector.raise(logOf(2), 0);
        QCOMPARE(vector.items().size(), std::size_t(1));
        QVERIFY(vector.covers(logOf(1), 5));
        QVERIFY(!vector.covers(logOf(1), 6));
        QVERIFY(!vector.covers(logOf(2), 1));
    }
    void mergingTakesTheGreaterOfEach()
    {
        VersionVector a;
        a.raise(logOf(3), 3);
        a.raise(logOf(1), 9);
        VersionVector b;
        b.raise(logOf(2), 2);
        b.raise(logOf(3), 7);
        VersionVector merged = a;
        merged.merge(b);
        QVERIFY(merged.covers(a) && merged.covers(b));
        QVERIFY(!a.covers(b) && !b.covers(a));
        QCOMPARE(merged.seq(logOf(1)), quint64(9));
        QCOMPARE(merged.seq(logOf(3)), quint64(7));
        VersionVector other = b;
        other.merge(a);
        QCOMPARE(other, merged);
    }
    void bytesHaveOneForm()
    {
        VersionVector vector;
        vector.raise(logOf(9), 300);
        vector.raise(branchOf(1, 2), 1);
        vector.raise(logOf(1), 24);
        const Bytes bytes = vector.encode();
        QCOMPARE(*VersionVector::decode(bytes), vector);
        for (qsizetype size = 0; size < bytes.size(); ++size)
            QVERIFY(!VersionVector::decode(bytes.first(size)));
        for (qsizetype i = 0; i < bytes.size() * 8; ++i) {
            Bytes flipped = bytes;
            flipped[i / 8] = char(flipped[i / 8] ^ (1 << (i % 8)));
            if (const auto decoded = VersionVector::decode(flipped))
                QCOMPARE(decoded->encode(), flipped);
        }
    }
    void aPastOfOperationsBecomesOneOfElements()
    {
        InsertionCounts counts;
        counts.note(logOf(1), 2, 10);
        counts.note(logOf(1), 5, 14);
        VersionVector version;
        version.raise(logOf(1), 4);
        QCOMPARE(counts.past(version).knownCount(logOf(1)), quint64(10));
        QCOMPARE(counts.past(version).knownCount(logOf(2)), quint64(0));
        QCOMPARE(counts.countAt(logOf(1), 1), quint64(0));
        QCOMPARE(counts.countAt(logOf(1), 5), quint64(14));
    }
};

QTEST_GUILESS_MAIN(VersionVectorTest)
#include "tst_versionvector.moc"

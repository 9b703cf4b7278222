// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/handshake/safetynumber.h"

#include <QTest>

using namespace Waymark;

namespace {

SigningKey counting()
{
    SigningKey out;
    for (std::size_t i = 0; i < SigningKey::kSize; ++i)
        out.data[i] = static_cast<unsigned char>(i);
    return out;
}

const SigningKey kOther = *SigningKey::fromBytes(Bytes(32, '\x11'));

} // namespace

class SafetyNumberTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Computed by other means, in Python:
    ///   import hashlib
    ///   def digits(key):
    ///       for _ in range(5200): key = hashlib.blake2b(key).digest()
    ///       return ''.join('%05d' % (int.from_bytes(key[i:i+5], 'big') % 100000)
    ///                      for i in range(0, 30, 5))
    ///   print(''.join(sorted([digits(bytes(range(32))), digits(b'\x11' * 32)])))
    void itIsTheNumberThatPythonComputes()
    {
        QCOMPARE(safetyNumber(counting(), kOther),
            QStringLiteral("852242719485147653791944735073929599196315114445079335075870"));
    }

    void bothSeeTheSame()
    {
        QCOMPARE(safetyNumber(counting(), kOther), safetyNumber(kOther, counting()));
    }

    void anotherKeyGivesAnother()
    {
        SigningKey changed = counting();
        changed.data[31] ^= 1;
        QVERIFY(safetyNumber(changed, kOther) != safetyNumber(counting(), kOther));
        QCOMPARE(safetyNumber(changed, kOther).size(), 60);
    }
};

QTEST_GUILESS_MAIN(SafetyNumberTest)
#include "tst_safetynumber.moc"

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/handshake/noise.h"

#include <QTest>

using namespace Waymark;
using Noise::Handshake;
using Noise::Keys;
using Noise::Role;

namespace {

AgreementPair agreementPair(char seed)
{
    return AgreementPair::fromSecret(SecretBytes::copyOf(Bytes(32, seed)));
}

std::vector<SecretBytes> psk(char byte)
{
    std::vector<SecretBytes> out;
    out.push_back(SecretBytes::copyOf(Bytes(32, byte)));
    return out;
}

Handshake initiator(BytesView prologue, char pskByte)
{
    return Handshake::begin(*Noise::patternNamed("IKpsk1"), Role::Initiator, prologue,
        Keys{agreementPair(1), {}, agreementPair(2).publicKey, psk(pskByte)})
        .value();
}

Handshake responder(BytesView prologue, char pskByte, char key = 2)
{
    return Handshake::begin(*Noise::patternNamed("IKpsk1"), Role::Responder, prologue,
        Keys{agreementPair(key), {}, {}, psk(pskByte)})
        .value();
}

} // namespace

class NoiseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothSidesEndWithTheSameSecrets()
    {
        Handshake asking = initiator("p", 7);
        Handshake answering = responder("p", 7);
        const auto first = answering.read(asking.write("hello").value());
        QVERIFY(first.ok());
        QVERIFY(first->equals("hello"));
        QCOMPARE(*answering.remote(), agreementPair(1).publicKey);
        const auto second = asking.read(answering.write("welcome").value());
        QVERIFY(second.ok());
        QVERIFY(second->equals("welcome"));
        QVERIFY(asking.isFinished() && answering.isFinished());
        QCOMPARE(asking.hash(), answering.hash());
        QVERIFY(asking.split().first.equals(answering.split().first.view()));
        QVERIFY(asking.split().second.equals(answering.split().second.view()));
        QVERIFY(!asking.split().first.equals(asking.split().second.view()));
    }

    void anotherPrologueSecretOrKeyIsRefused()
    {
        const Bytes message = initiator("p", 7).write("hello").value();
        QVERIFY(responder("p", 7).read(message).ok());
        QVERIFY(!responder("q", 7).read(message).ok());
        QVERIFY(!responder("p", 8).read(message).ok());
        QVERIFY(!responder("p", 7, 3).read(message).ok());
    }

    void everyChangedOrMissingByteIsRefused()
    {
        const Bytes message = initiator("p", 7).write("hello").value();
        for (qsizetype i = 0; i < message.size(); ++i) {
            Bytes bad = message;
            bad[i] = char(bad[i] ^ 1);
            QVERIFY(!responder("p", 7).read(bad).ok());
            QVERIFY(!responder("p", 7).read(message.first(i)).ok());
        }
    }

    void aFailedReadEndsTheHandshake()
    {
        const Bytes message = initiator("p", 7).write("hello").value();
        Handshake answering = responder("p", 7);
        QCOMPARE(answering.read("short").error().code, ErrorCode::HandshakeFailed);
        QVERIFY(!answering.read(message).ok());
        QVERIFY(!answering.write("x").ok());
    }

    void nobodySpeaksOutOfTurn()
    {
        Handshake asking = initiator("p", 7);
        QVERIFY(!asking.read("x").ok());
        const Bytes message = asking.write("hello").value();
        QVERIFY(!asking.write("again").ok());
        QVERIFY(!responder("p", 7).write("x").ok());
        Handshake answering = responder("p", 7);
        QVERIFY(answering.read(message).ok());
        QVERIFY(!answering.read(message).ok());
    }

    void aKeyOfLowOrderIsRefused()
    {
        Bytes message = initiator("p", 7).write("hello").value();
        message.replace(0, 32, Bytes(32, '\0'));
        QVERIFY(!responder("p", 7).read(message).ok());
    }

    void missingOrUnneededKeysAreRefused()
    {
        const auto pattern = *Noise::patternNamed("IKpsk1");
        const auto begins = [&](Role role, Keys keys) {
            return Handshake::begin(pattern, role, {}, std::move(keys)).ok();
        };
        QVERIFY(!begins(Role::Initiator, Keys{{}, {}, agreementPair(2).publicKey, psk(7)}));
        QVERIFY(!begins(Role::Initiator, Keys{agreementPair(1), {}, {}, psk(7)}));
        QVERIFY(!begins(Role::Responder, Keys{agreementPair(2), {}, {}, {}}));
        QVERIFY(!begins(Role::Responder, Keys{{}, {}, {}, psk(7)}));
    }

    void messagesKeepTheSizeOfTheSpecification()
    {
        Handshake asking = initiator("p", 7);
        const Bytes largest(Noise::kMaxMessage - 32 - 48 - 16, 'x');
        QCOMPARE(initiator("p", 7).write(largest).value().size(), Noise::kMaxMessage);
        QCOMPARE(asking.write(largest + 'x').error().code, ErrorCode::TooLarge);
    }

    void otherNamesAreNoPatterns()
    {
        for (const char* name : {"", "NNN", "IKpsk", "IKpsk3", "IKpsk1+", "IKfallback", "psk0"})
            QVERIFY(!Noise::patternNamed(name));
        QVERIFY(Noise::patternNamed("XXpsk0+psk3"));
        QCOMPARE(Noise::patternNamed("XXpsk0+psk3")->pskCount(), std::size_t(2));
    }
};

QTEST_GUILESS_MAIN(NoiseTest)
#include "tst_noise.moc"

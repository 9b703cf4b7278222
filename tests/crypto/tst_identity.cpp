// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/cbor.h"
#include "app/crypto/hash.h"
#include "app/crypto/identity.h"

#include <QTest>

using namespace Waymark;

namespace {

SigningPair signer(char seed)
{
    return SigningPair::fromSeed(SecretBytes::copyOf(Bytes(32, seed)));
}

DeviceKeys device(char seed)
{
    return {signer(seed).publicKey,
        AgreementPair::fromSecret(SecretBytes::copyOf(Bytes(32, char(seed ^ 0x55)))).publicKey};
}

RosterDevice listed(const SigningPair& identity, char seed, DeviceState state)
{
    return {deviceIdOf(identity.publicKey, device(seed)), device(seed), state, {}};
}

} // namespace

class IdentityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void idsAreTheFirstBytesOfLabelledHashes()
    {
        const SigningKey identity = signer(1).publicKey;
        const DeviceKeys keys = device(2);
        QCOMPARE(personIdOf(identity).bytes(),
            blake2b(32, {"Waymark 1 person", identity.view()}).first(16));
        QCOMPARE(deviceIdOf(identity, keys).bytes(),
            blake2b(32,
                {"Waymark 1 device", identity.view(), keys.signing.view(), keys.agreement.view()})
                .first(16));
        QCOMPARE(receiveIdOf(identity).bytes(),
            blake2b(32, {"Waymark 1 receive", identity.view()}).first(24));
        QCOMPARE(sendIdOf(identity, keys.signing).bytes(),
            blake2b(32, {"Waymark 1 send", identity.view(), keys.signing.view()}).first(24));
    }

    void aDeviceIdBelongsToOnePerson()
    {
        QVERIFY(deviceIdOf(signer(1).publicKey, device(3))
            != deviceIdOf(signer(2).publicKey, device(3)));
    }

    void aRosterIsReadAsItWasMade()
    {
        const SigningPair identity = signer(1);
        const std::array devices{device(2), device(3)};
        const auto roster = readRoster(makeRoster(identity, devices), identity.publicKey);
        QVERIFY(roster.ok());
        QCOMPARE(roster->version, quint64(1));
        QVERIFY(roster->previous.empty());
        QCOMPARE(roster->devices.size(), std::size_t(2));
        QVERIFY(roster->devices[0].keys == devices[0]);
        QVERIFY(roster->devices[0].state == DeviceState::Live);
        QCOMPARE(roster->devices[0].id, deviceIdOf(identity.publicKey, devices[0]));
        QCOMPARE(roster->find(roster->devices[1].id), &roster->devices[1]);
        QCOMPARE(roster->liveWith(devices[1].agreement), &roster->devices[1]);
        QVERIFY(!roster->liveWith(device(4).agreement));
    }

    void equalRostersHaveEqualBytes()
    {
        const std::array devices{device(2)};
        QCOMPARE(makeRoster(signer(1), devices), makeRoster(signer(1), devices));
    }

    void everyChangedBitIsRefused()
    {
        const SigningPair identity = signer(1);
        const Bytes good = makeRoster(identity, std::array{device(2)});
        for (qsizetype bit = 0; bit < good.size() * 8; ++bit) {
            Bytes bad = good;
            bad[bit / 8] = char(bad[bit / 8] ^ (1 << (bit % 8)));
            QVERIFY(!readRoster(bad, identity.publicKey).ok());
        }
        for (qsizetype size = 0; size < good.size(); ++size)
            QVERIFY(!readRoster(good.first(size), identity.publicKey).ok());
        QVERIFY(!readRoster(good + '\0', identity.publicKey).ok());
    }

    void anotherPersonsRosterIsRefused()
    {
        const Bytes roster = makeRoster(signer(1), std::array{device(2)});
        QVERIFY(!readRoster(roster, signer(9).publicKey).ok());
    }

    void aRetiredDeviceIsNotFoundAsLive()
    {
        const SigningPair identity = signer(1);
        Roster roster;
        roster.version = 2;
        roster.previous = {rosterHash("first")};
        roster.devices = {listed(identity, 2, DeviceState::Live),
            listed(identity, 3, DeviceState::Retired), listed(identity, 4, DeviceState::Revoked)};
        const auto read = readRoster(signRoster(identity, roster), identity.publicKey);
        QVERIFY(read.ok());
        QVERIFY(*read == roster);
        QVERIFY(read->liveWith(device(2).agreement));
        QVERIFY(!read->liveWith(device(3).agreement));
        QVERIFY(!read->liveWith(device(4).agreement));
    }

    void whatANewerVersionAddsIsKept()
    {
        const SigningPair identity = signer(1);
        Roster roster;
        roster.devices = {listed(identity, 2, DeviceState::Live)};
        roster.devices[0].unknown.emplace(7, Cbor::Writer().text(u"new").take());
        roster.unknown.emplace(30, Cbor::Writer().array(1).null().take());
        const Bytes bytes = signRoster(identity, roster);
        const auto read = readRoster(bytes, identity.publicKey);
        QVERIFY(read.ok());
        QVERIFY(*read == roster);
        QCOMPARE(signRoster(identity, *read), bytes);
    }

    void theBoundsHold()
    {
        const SigningPair identity = signer(1);
        Roster roster;
        for (int i = 0; i < Roster::kMaxLive; ++i)
            roster.devices.push_back(listed(identity, char(10 + i), DeviceState::Live));
        QVERIFY(readRoster(signRoster(identity, roster), identity.publicKey).ok());
        roster.devices.push_back(listed(identity, char(40), DeviceState::Live));
        const auto tooMany = readRoster(signRoster(identity, roster), identity.publicKey);
        QVERIFY(!tooMany.ok());
        QCOMPARE(tooMany.error().code, ErrorCode::TooLarge);

        roster.devices.resize(1);
        for (int i = 0; i < Roster::kMaxPast; ++i)
            roster.devices.push_back(listed(identity, char(50 + i), DeviceState::Retired));
        QVERIFY(readRoster(signRoster(identity, roster), identity.publicKey).ok());
        roster.devices.push_back(listed(identity, char(120), DeviceState::Retired));
        QVERIFY(!readRoster(signRoster(identity, roster), identity.publicKey).ok());

        roster.devices.resize(1);
        roster.unknown.emplace(9, Cbor::Writer().bytes(Bytes(Roster::kMaxBytes, 'x')).take());
        QVERIFY(!readRoster(signRoster(identity, roster), identity.publicKey).ok());
    }

    void aRosterOfWrongContentIsRefusedThoughSigned()
    {
        const SigningPair identity = signer(1);
        const RosterDevice first = listed(identity, 2, DeviceState::Live);
        const auto refused = [&](const Roster& roster) {
            return !readRoster(signRoster(identity, roster), identity.publicKey).ok();
        };
        QVERIFY(refused({1, {}, {}, {}})); // no device
        QVERIFY(refused({1, {}, {first, first}, {}})); // one twice
        QVERIFY(refused({1, {rosterHash("x")}, {first}, {}})); // a first version with a past
        QVERIFY(refused({2, {}, {first}, {}})); // a later one without
        QVERIFY(refused({0, {}, {first}, {}}));
        const Hash hash = rosterHash("x");
        QVERIFY(refused({3, {hash, hash}, {first}, {}}));
        QVERIFY(!refused({2, {hash}, {first}, {}}));
    }
};

QTEST_GUILESS_MAIN(IdentityTest)
#include "tst_identity.moc"

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/handshake/pairing.h"
#include "sync/handshake/pairingpayload.h"
#include "sync/handshake/safetynumber.h"
#include "sync/handshake/wire.h"

#include <QTest>

using namespace Waymark;

namespace {

constexpr qint64 kNow = 1'700'000'000'000;
const Bytes kGenesis("the first operation of the space");
const SpaceId kSpace = *SpaceId::fromBytes(Bytes(16, 's'));

/// A person with one device.
struct Person
{
    SigningPair identity = SigningPair::generate();
    SigningPair signing = SigningPair::generate();
    AgreementPair agreement = AgreementPair::generate();
    QString name;
    Bytes roster;

    explicit Person(QString called) : name(std::move(called))
    {
        roster
            = makeRoster(identity, std::array{DeviceKeys{signing.publicKey, agreement.publicKey}});
    }
    [[nodiscard]] PairingSelf self() const { return {identity.publicKey, roster, name, agreement}; }
    [[nodiscard]] DeviceId device() const
    {
        return deviceIdOf(identity.publicKey, {signing.publicKey, agreement.publicKey});
    }
};

PairingInvitation invite(const Person& inviter)
{
    return makeInvitation({QStringLiteral("ws://127.0.0.1:9000"), kSpace, QStringLiteral("mentee")},
        inviter.self(), kNow)
        .value();
}

/// The link as it comes out of a mail.
Link mailed(const PairingInvitation& invitation)
{
    return findLink(QStringLiteral("Join me: ") + linkText(invitation.link), kNow).value();
}

// As after a kill between two steps.
template <typename State>
State restored(const State& state)
{
    const Bytes saved = state.encode();
    State out = State::decode(saved).value();
    if (out.encode() != saved)
        qFatal("a state is not restored as it was saved");
    return out;
}

Bytes flipped(const Bytes& message, qsizetype bit)
{
    Bytes out = message;
    out[bit / 8] = char(out[bit / 8] ^ (1 << (bit % 8)));
    return out;
}

/// One bit of every byte, and every bit of the keys at the beginning.
std::vector<qsizetype> bitsOf(const Bytes& message)
{
    std::vector<qsizetype> out;
    for (qsizetype bit = 0; bit < 90 * 8; ++bit)
        out.push_back(bit);
    for (qsizetype byte = 90; byte < message.size(); ++byte)
        out.push_back(byte * 8 + byte % 8);
    return out;
}

} // namespace

class PairingTest : public QObject
{
    Q_OBJECT

private:
    Person willow{QStringLiteral("Willow")};
    Person lina{QStringLiteral("Lina Østergård")};
    Person eve{QStringLiteral("Eve")};

private Q_SLOTS:
    void twoPeoplePairThoughEveryStepIsInterrupted()
    {
        const PairingInvitation invitation = restored(invite(willow));
        QCOMPARE(invitation.link.queue, invitation.queue.sendId());
        const Link link = mailed(invitation);
        QCOMPARE(link.sendPair().publicKey, invitation.queue.send.publicKey);

        const Asking asking = restored(askByLink(link, lina.self(), kNow).value());
        QVERIFY(wireKindOf(asking.message) == WireKind::PairingRequest);

        const PairingParty asker = readRequest(invitation, willow.self(), asking.message).value();
        QCOMPARE(asker.person, personIdOf(lina.identity.publicKey));
        QCOMPARE(asker.identity, lina.identity.publicKey);
        QCOMPARE(asker.device, lina.device());
        QCOMPARE(asker.name, lina.name);
        QCOMPARE(asker.rosterBytes, lina.roster);
        QCOMPARE(asker.sendTo.queue, asking.queue.sendId());
        QCOMPARE(asker.sendTo.sendPair().publicKey, asking.queue.send.publicKey);

        const PairingAnswer answer
            = restored(letIn(invitation, willow.self(), asking.message, kGenesis).value());
        QVERIFY(wireKindOf(answer.message) == WireKind::PairingAnswer);

        const Accepted accepted = readAnswer(asking, lina.self(), answer.message).value();
        QCOMPARE(accepted.inviter.person, personIdOf(willow.identity.publicKey));
        QCOMPARE(accepted.inviter.device, willow.device());
        QCOMPARE(accepted.inviter.name, willow.name);
        QCOMPARE(accepted.inviter.sendTo.queue, answer.queue.sendId());
        QVERIFY(accepted.inviter.sendTo.queue != invitation.queue.sendId());
        QCOMPARE(accepted.role, QStringLiteral("mentee"));
        QCOMPARE(accepted.genesis, kGenesis);

        auto first = ratchetSend(restored(accepted.session), "hello").value();
        QVERIFY(wireKindOf(first.message) == WireKind::Session);
        auto heard = ratchetReceive(restored(answer.session), first.message, kNow).value();
        QVERIFY(heard.plain.equals("hello"));
        auto reply = ratchetSend(heard.state, "welcome").value();
        QVERIFY(ratchetReceive(first.state, reply.message, kNow).value().plain.equals("welcome"));
        QVERIFY(first.state.renewal.equals(heard.state.renewal.view()));
        QCOMPARE(safetyNumber(asker.identity, willow.identity.publicKey),
            safetyNumber(accepted.inviter.identity, lina.identity.publicKey));
    }

    void aRepeatedRequestAndAnswerAreTheSameBytes()
    {
        const PairingInvitation invitation = invite(willow);
        const Asking asking = askByLink(mailed(invitation), lina.self(), kNow).value();
        QCOMPARE(restored(asking).message, asking.message);
        const PairingAnswer answer
            = letIn(invitation, willow.self(), asking.message, kGenesis).value();
        QCOMPARE(restored(answer).message, answer.message);
        QVERIFY(readAnswer(asking, lina.self(), answer.message).ok());
        QVERIFY(readAnswer(asking, lina.self(), answer.message).ok());
    }

    void whoIsTurnedAwayLearnsThatTheLinkIsUsed()
    {
        const PairingInvitation invitation = invite(willow);
        const Asking first = askByLink(mailed(invitation), lina.self(), kNow).value();
        const Asking second = askByLink(mailed(invitation), eve.self(), kNow).value();
        QCOMPARE(readRequest(invitation, willow.self(), second.message).value().name, eve.name);
        const Bytes used = answerUsed(invitation, willow.self(), second.message).value();
        QCOMPARE(readAnswer(second, eve.self(), used).error().code, ErrorCode::LinkUsed);
        // It is of no use to anybody else, and does not show from its length.
        QCOMPARE(readAnswer(first, lina.self(), used).error().code, ErrorCode::HandshakeFailed);
        const PairingAnswer answer
            = letIn(invitation, willow.self(), first.message, kGenesis).value();
        QCOMPARE(used.size(), answer.message.size());
    }

    void anExpiredLinkEndsTheAskingNotTheRequest()
    {
        const PairingInvitation invitation = invite(willow);
        const Link link = mailed(invitation);
        const qint64 last = kNow + Link::kLifetimeMs - 1;
        const Asking asking = askByLink(link, lina.self(), last).value();
        QCOMPARE(askByLink(link, lina.self(), last + 1).error().code, ErrorCode::LinkExpired);
        QVERIFY(letIn(invitation, willow.self(), asking.message, kGenesis).ok());
    }

    void withoutTheSecretNobodyAsks()
    {
        const PairingInvitation invitation = invite(willow);
        Link guessed = invitation.link.clone();
        guessed.secret = SecretBytes::random(Link::kSecretSize);
        const Asking asking = askByLink(guessed, eve.self(), kNow).value();
        QCOMPARE(readRequest(invitation, willow.self(), asking.message).error().code,
            ErrorCode::HandshakeFailed);
    }

    void everyFieldOfTheLinkIsBound()
    {
        const PairingInvitation invitation = invite(willow);
        const auto refused = [&](auto change) {
            Link link = invitation.link.clone();
            change(link);
            const Asking asking = askByLink(link, lina.self(), kNow).value();
            return readRequest(invitation, willow.self(), asking.message).error().code
                == ErrorCode::HandshakeFailed;
        };
        QVERIFY(refused([&](Link& link) { link.device = eve.agreement.publicKey; }));
        QVERIFY(refused([](Link& link) { link.role = QStringLiteral("mentor"); }));
        QVERIFY(refused([](Link& link) { link.name = QStringLiteral("Somebody"); }));
        QVERIFY(refused([](Link& link) { link.space.data[0] ^= 1; }));
        QVERIFY(refused([](Link& link) { link.queue.data[0] ^= 1; }));
        QVERIFY(refused([](Link& link) { link.expiresMs += 1; }));
        QVERIFY(refused([](Link& link) { link.relayUrl = QStringLiteral("ws://elsewhere"); }));
    }

    void anotherInvitationDoesNotReadTheRequest()
    {
        const PairingInvitation invitation = invite(willow);
        const Asking asking = askByLink(mailed(invitation), lina.self(), kNow).value();
        QVERIFY(!readRequest(invite(willow), willow.self(), asking.message).ok());
        QVERIFY(!readRequest(invitation, eve.self(), asking.message).ok());
    }

    void aForgedAnswerIsDroppedAndTheAskingGoesOn()
    {
        const PairingInvitation invitation = invite(willow);
        const Link link = mailed(invitation);
        const Asking asking = askByLink(link, lina.self(), kNow).value();
        // Eve holds the link, but not the inviter's key: she can't even read the request.
        const PairingInvitation pretended{link.clone(), QueueKeys::generate()};
        QVERIFY(!letIn(pretended, eve.self(), asking.message, kGenesis).ok());
        for (const Bytes& rubbish : {Bytes(), Bytes(1, '\2'), Bytes(5000, '\2'), asking.message})
            QCOMPARE(
                readAnswer(asking, lina.self(), rubbish).error().code, ErrorCode::HandshakeFailed);
        const PairingAnswer answer
            = letIn(invitation, willow.self(), asking.message, kGenesis).value();
        QVERIFY(readAnswer(asking, lina.self(), answer.message).ok());
        // An answer to an earlier asking of the same person is not one to this.
        const Asking again = askByLink(link, lina.self(), kNow).value();
        QVERIFY(!readAnswer(again, lina.self(), answer.message).ok());
    }

    void everyChangedBitOfARequestIsDetected()
    {
        const PairingInvitation invitation = invite(willow);
        const Asking asking = askByLink(mailed(invitation), lina.self(), kNow).value();
        for (const qsizetype bit : bitsOf(asking.message))
            QVERIFY(!readRequest(invitation, willow.self(), flipped(asking.message, bit)).ok());
        for (const qsizetype size : {0, 1, 32, 33, 81, 97, 4000})
            QVERIFY(!readRequest(invitation, willow.self(), asking.message.first(size)).ok());
        QVERIFY(!readRequest(invitation, willow.self(), asking.message + '\0').ok());
    }

    void everyChangedBitOfAnAnswerIsDetected()
    {
        const PairingInvitation invitation = invite(willow);
        const Asking asking = askByLink(mailed(invitation), lina.self(), kNow).value();
        const Bytes answer
            = letIn(invitation, willow.self(), asking.message, kGenesis).value().message;
        for (const qsizetype bit : bitsOf(answer))
            QVERIFY(!readAnswer(asking, lina.self(), flipped(answer, bit)).ok());
        for (const qsizetype size : {0, 1, 32, 33, 49, 4000})
            QVERIFY(!readAnswer(asking, lina.self(), answer.first(size)).ok());
        QVERIFY(!readAnswer(asking, lina.self(), answer + '\0').ok());
    }

    void aDeviceTheRosterDoesNotListIsRefused()
    {
        // Eve's handshake carries Lina's identity and roster, which are no secrets.
        PairingPayload payload;
        payload.identity = lina.identity.publicKey;
        payload.roster = lina.roster;
        payload.name = lina.name;
        QVERIFY(provenParty(std::move(payload), lina.agreement.publicKey).ok());
        PairingPayload borrowed;
        borrowed.identity = lina.identity.publicKey;
        borrowed.roster = lina.roster;
        QCOMPARE(provenParty(std::move(borrowed), eve.agreement.publicKey).error().code,
            ErrorCode::PairingRefused);
        PairingPayload mixed;
        mixed.identity = lina.identity.publicKey;
        mixed.roster = eve.roster; // under another's identity
        QCOMPARE(provenParty(std::move(mixed), eve.agreement.publicKey).error().code,
            ErrorCode::PairingRefused);
    }

    void aRetiredDeviceIsRefused()
    {
        Roster roster = readRoster(lina.roster, lina.identity.publicKey).value();
        roster.devices[0].state = DeviceState::Retired;
        PairingPayload payload;
        payload.identity = lina.identity.publicKey;
        payload.roster = signRoster(lina.identity, roster);
        QVERIFY(!provenParty(std::move(payload), lina.agreement.publicKey).ok());
    }

    void oneWhoseOwnKeysDoNotFitBeginsNothing()
    {
        const PairingInvitation invitation = invite(willow);
        const PairingSelf wrong{lina.identity.publicKey, lina.roster, lina.name, eve.agreement};
        QCOMPARE(askByLink(invitation.link, wrong, kNow).error().code, ErrorCode::Usage);
        const PairingSelf nameless{lina.identity.publicKey, lina.roster, QString(), lina.agreement};
        QCOMPARE(askByLink(invitation.link, nameless, kNow).error().code, ErrorCode::Usage);
        const Asking asking = askByLink(invitation.link, lina.self(), kNow).value();
        QCOMPARE(readAnswer(asking, eve.self(), "x").error().code, ErrorCode::Usage);
    }

    void nobodyPairsWithThemselves()
    {
        const PairingInvitation invitation = invite(willow);
        QCOMPARE(askByLink(invitation.link, willow.self(), kNow).error().code,
            ErrorCode::PairingRefused);
        // Nor with another device of their own.
        Person second = Person(willow.name);
        second.identity = willow.identity.clone();
        second.roster = makeRoster(second.identity,
            std::array{DeviceKeys{second.signing.publicKey, second.agreement.publicKey}});
        const Asking asking = askByLink(invitation.link, second.self(), kNow).value();
        QCOMPARE(readRequest(invitation, willow.self(), asking.message).error().code,
            ErrorCode::PairingRefused);
    }

    void fieldsThatDoNotFitAreRefusedBeforeTheyAreSent()
    {
        const auto offered = [&](const char* relay, const char* role) {
            return makeInvitation(
                {QLatin1String(relay), kSpace, QLatin1String(role)}, willow.self(), kNow)
                .ok();
        };
        QVERIFY(offered("wss://relay.example", "peer"));
        QVERIFY(!offered("ftp://relay.example", "peer"));
        QVERIFY(!offered("wss://relay.example", "no role"));
        const PairingInvitation invitation = invite(willow);
        const Asking asking = askByLink(mailed(invitation), lina.self(), kNow).value();
        const auto tooLong
            = letIn(invitation, willow.self(), asking.message, Bytes(kMaxGenesis + 1, 'g'));
        QCOMPARE(tooLong.error().code, ErrorCode::TooLarge);
        const auto longest
            = letIn(invitation, willow.self(), asking.message, Bytes(kMaxGenesis, 'g'));
        QCOMPARE(
            readAnswer(asking, lina.self(), longest->message).value().genesis.size(), kMaxGenesis);
    }

    void payloadsThatAreNotInFormAreRefused()
    {
        const auto padded = [](const Bytes& fields) {
            Bytes out(4, '\0');
            out[2] = char(fields.size() >> 8);
            out[3] = char(fields.size());
            return (out + fields).leftJustified(4096, '\0');
        };
        const Bytes used = Cbor::Writer().map(1).integer(0).boolean(true).take();
        QVERIFY(decodePayload(padded(used)));
        QVERIFY(!decodePayload(padded(used).chopped(1)));
        QVERIFY(!decodePayload(padded(used + '\0')));
        Bytes tail = padded(used);
        tail[4095] = 1;
        QVERIFY(!decodePayload(tail));
        QVERIFY(!decodePayload(Bytes(4096, '\xff')));
        QVERIFY(!decodePayload({}));
        QVERIFY(!decodePayload(padded(Cbor::Writer().map(0).take())));
        QVERIFY(!decodePayload(padded(Cbor::Writer().map(1).integer(0).boolean(false).take())));
        QVERIFY(!decodePayload(
            padded(Cbor::Writer().map(1).integer(1).id(lina.identity.publicKey).take())));
        // What a later version adds is passed over.
        QVERIFY(decodePayload(
            padded(Cbor::Writer().map(2).integer(0).boolean(true).integer(40).null().take())));
    }

    void aSavedStepThatIsCutIsRefused()
    {
        const PairingInvitation invitation = invite(willow);
        const Asking asking = askByLink(mailed(invitation), lina.self(), kNow).value();
        const Bytes first = invitation.encode();
        for (qsizetype size = 0; size < first.size(); ++size)
            QVERIFY(!PairingInvitation::decode(first.first(size)).ok());
        const Bytes second = asking.encode();
        for (qsizetype size = 0; size < second.size(); size += 97)
            QVERIFY(!Asking::decode(second.first(size)).ok());
        const Bytes third
            = letIn(invitation, willow.self(), asking.message, kGenesis).value().encode();
        for (qsizetype size = 0; size < third.size(); size += 97)
            QVERIFY(!PairingAnswer::decode(third.first(size)).ok());
    }
};

QTEST_GUILESS_MAIN(PairingTest)
#include "tst_pairing.moc"

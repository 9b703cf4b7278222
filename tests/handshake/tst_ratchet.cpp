// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/handshake/ratchet.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <random>
#include <set>

using namespace Waymark;

namespace {

constexpr qint64 kDayMs = qint64(24) * 60 * 60 * 1000;

struct Ends
{
    RatchetState asker; ///< may send first
    RatchetState inviter;
};

Ends freshSession()
{
    const auto pattern = *Noise::patternNamed("NN");
    auto first = Noise::Handshake::begin(pattern, Noise::Role::Initiator, {}, {}).value();
    auto second = Noise::Handshake::begin(pattern, Noise::Role::Responder, {}, {}).value();
    (void)second.read(first.write({}).value());
    AgreementPair key = AgreementPair::generate();
    const AgreementKey publicKey = key.publicKey;
    (void)first.read(second.write({}).value());
    return {beginRatchet(first, publicKey).value(), beginRatchet(second, std::move(key))};
}

/// Sends, keeps the new state as the vault would, and gives the message.
Bytes send(RatchetState& from, BytesView plain)
{
    auto sent = ratchetSend(from, plain).value();
    from = RatchetState::decode(sent.state.encode()).value();
    return sent.message;
}

/// What the message says, or nothing; the state moves on only when it could be read.
std::optional<Bytes> take(RatchetState& to, BytesView message, qint64 nowMs = 0)
{
    auto received = ratchetReceive(to, message, nowMs);
    if (!received) {
        Q_ASSERT(received.error().code == ErrorCode::MessageUndecryptable);
        return std::nullopt;
    }
    to = RatchetState::decode(received->state.encode()).value();
    return received->plain.view().toByteArray();
}

Bytes numbered(int i)
{
    return "message " + Bytes::number(i);
}

} // namespace

class RatchetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messagesArriveBothWays()
    {
        Ends ends = freshSession();
        for (int i = 0; i < 20; ++i) {
            QCOMPARE(take(ends.inviter, send(ends.asker, numbered(i))), numbered(i));
            QCOMPARE(take(ends.asker, send(ends.inviter, numbered(-i))), numbered(-i));
        }
        QCOMPARE(ends.asker.lastSent, quint64(20));
        QCOMPARE(ends.inviter.highestReceived, quint64(20));
    }

    void theInviterWaitsForTheFirstMessage()
    {
        Ends ends = freshSession();
        QVERIFY(!ends.inviter.canSend());
        QVERIFY(!ratchetSend(ends.inviter, "early").ok());
        QVERIFY(take(ends.inviter, send(ends.asker, "first")));
        QVERIFY(ends.inviter.canSend());
    }

    void everyMessageHasTheSameOverheadAndNoneIsAlike()
    {
        Ends ends = freshSession();
        const Bytes first = send(ends.asker, Bytes(256, 'x'));
        const Bytes second = send(ends.asker, Bytes(256, 'x'));
        QCOMPARE(first.size(), RatchetState::kOverhead + 256);
        QCOMPARE(second.size(), first.size());
        int alike = 0;
        for (qsizetype i = 1; i < first.size(); ++i)
            alike += first[i] == second[i] ? 1 : 0;
        QVERIFY(alike < 20); // about 1 byte of 256 by chance
    }

    void aStepThatWasNotSavedNeverHappened()
    {
        Ends ends = freshSession();
        const Bytes message = send(ends.asker, "once");
        QVERIFY(ratchetReceive(ends.inviter, message, 0).ok()); // its state is dropped
        QCOMPARE(take(ends.inviter, message), Bytes("once"));
    }

    void aStateIsRestoredToTheSameBytes()
    {
        Ends ends = freshSession();
        (void)send(ends.asker, "lost");
        QVERIFY(take(ends.inviter, send(ends.asker, "kept"), 5));
        const Bytes saved = ends.inviter.encode();
        QCOMPARE(RatchetState::decode(saved).value().encode(), saved);
        for (qsizetype size = 0; size < saved.size(); ++size)
            QVERIFY(!RatchetState::decode(saved.first(size)).ok());
        QVERIFY(!RatchetState::decode(saved + '\0').ok());
    }

    void anyChangedByteIsDetected()
    {
        Ends ends = freshSession();
        QVERIFY(take(ends.inviter, send(ends.asker, "a")));
        QVERIFY(take(ends.asker, send(ends.inviter, "b")));
        const Bytes overtaken = send(ends.asker, "skipped");
        QVERIFY(take(ends.inviter, send(ends.asker, "c")));
        const Bytes next = send(ends.asker, "in order");
        QVERIFY(take(ends.asker, send(ends.inviter, "turn")));
        const Bytes turned = send(ends.asker, "first of a chain");
        for (const Bytes& good : {overtaken, next, turned}) {
            for (qsizetype i = 0; i < good.size(); ++i) {
                Bytes bad = good;
                bad[i] = char(bad[i] ^ (1 << (i % 8)));
                QVERIFY(!ratchetReceive(ends.inviter, bad, 0).ok());
            }
            for (qsizetype size = 0; size < good.size(); ++size)
                QVERIFY(!ratchetReceive(ends.inviter, good.first(size), 0).ok());
            QVERIFY(ratchetReceive(ends.inviter, good, 0).ok());
        }
    }

    void aHeaderAndABodyOfTwoMessagesDoNotFit()
    {
        Ends ends = freshSession();
        const Bytes first = send(ends.asker, "first");
        const Bytes second = send(ends.asker, "other");
        const qsizetype cut = 1 + RatchetState::kHeaderSize + 72;
        QVERIFY(!take(ends.inviter, first.first(cut) + second.sliced(cut)));
        QVERIFY(!take(ends.inviter, second.first(cut) + first.sliced(cut)));
        QVERIFY(take(ends.inviter, first) && take(ends.inviter, second));
    }

    void whatWasTakenIsNotTakenAgain()
    {
        Ends ends = freshSession();
        const Bytes late = send(ends.asker, "late");
        const Bytes early = send(ends.asker, "early");
        QVERIFY(take(ends.inviter, early));
        QVERIFY(!take(ends.inviter, early));
        QVERIFY(take(ends.inviter, late));
        QVERIFY(!take(ends.inviter, late));
    }

    void otherBytesUnderAUsedNumberAreRefused()
    {
        Ends ends = freshSession();
        const RatchetState before = ends.asker.clone();
        QVERIFY(take(ends.inviter, send(ends.asker, "one")));
        RatchetState rolledBack = before.clone(); // the sender's vault was restored
        QVERIFY(!take(ends.inviter, send(rolledBack, "two")));
    }

    void nobodyReadsTheirOwnOrAnothersSession()
    {
        Ends ends = freshSession();
        Ends other = freshSession();
        const Bytes message = send(ends.asker, "hello");
        QVERIFY(!take(ends.asker, message));
        QVERIFY(!take(other.inviter, message));
    }

    /// A stolen state opens nothing that was read before it was stolen.
    void aStolenStateDoesNotReadThePast()
    {
        Ends ends = freshSession();
        const Bytes past = send(ends.asker, "past");
        QVERIFY(take(ends.inviter, past));
        RatchetState stolen = ends.inviter.clone();
        QVERIFY(!take(stolen, past));
    }

    /// A thief who takes in every message that follows reads along only until the one they stole
    /// from has spoken with a new key.
    void aStolenStateIsOfNoUseOnceItsOwnerHasTurned()
    {
        Ends ends = freshSession();
        QVERIFY(take(ends.inviter, send(ends.asker, "first")));
        RatchetState stolen = ends.inviter.clone();
        QVERIFY(take(ends.asker, send(ends.inviter, "answer")));
        const Bytes soon = send(ends.asker, "soon");
        QVERIFY(take(stolen, soon));
        QVERIFY(take(ends.inviter, soon));
        for (int i = 0; i < 3; ++i) {
            QVERIFY(take(ends.asker, send(ends.inviter, "turned")));
            const Bytes later = send(ends.asker, "later");
            QVERIFY(!take(stolen, later));
            QVERIFY(take(ends.inviter, later));
        }
    }

    void twoThousandMayBeMissingAndNoMore()
    {
        Ends ends = freshSession();
        for (quint64 i = 0; i < RatchetState::kMaxSkip; ++i)
            ends.asker = ratchetSend(ends.asker, "lost").value().state;
        RatchetState further = ends.asker.clone();
        QCOMPARE(take(ends.inviter, send(ends.asker, "there")), Bytes("there"));
        QCOMPARE(ends.inviter.skipped.size(), std::size_t(RatchetState::kMaxSkip));

        Ends others = freshSession();
        for (quint64 i = 0; i <= RatchetState::kMaxSkip; ++i)
            others.asker = ratchetSend(others.asker, "lost").value().state;
        QVERIFY(!take(others.inviter, send(others.asker, "too far")));
    }

    void tenThousandKeysAreKeptTheOldestGoFirst()
    {
        SkippedKeys keys;
        const auto key
            = [](int i) { return SecretBytes::copyOf(Bytes::number(i).leftJustified(32)); };
        for (int i = 0; i < int(SkippedKeys::kMax) + 5; ++i)
            keys.add(key(i / 2000).view(), quint32(i), key(i).view(), i);
        QCOMPARE(keys.size(), SkippedKeys::kMax);
        QCOMPARE(keys.number(0), quint32(5));
        QVERIFY(keys.messageKey(0).equals(key(5).view()));
        SecretBytes header(32);
        keys.copyHeaderKey(keys.size() - 1, header);
        QVERIFY(header.equals(key(5).view()));
        QCOMPARE(keys.find(0, 1999), std::size_t(1994));
        QCOMPARE(keys.find(0, 2000), keys.size());
        keys.remove(1);
        QCOMPARE(keys.number(1), quint32(7));
        QVERIFY(keys.messageKey(1).equals(key(7).view()));

        Cbor::Writer out;
        keys.write(out);
        Cbor::Reader in(out.data());
        Cbor::Writer again;
        SkippedKeys::read(in).write(again);
        QVERIFY(in.finished());
        QCOMPARE(again.data(), out.data());

        keys.makeRoom(1);
        QCOMPARE(keys.size(), SkippedKeys::kMax - 1);
        keys.makeRoom(100);
        QCOMPARE(keys.size(), SkippedKeys::kMax - 100);
        QCOMPARE(keys.number(0), quint32(105));
    }

    void aKeyIsKeptForSixtyDays()
    {
        Ends ends = freshSession();
        const Bytes first = send(ends.asker, "first");
        const Bytes second = send(ends.asker, "second");
        QVERIFY(take(ends.inviter, send(ends.asker, "third"), 1000));
        QCOMPARE(take(ends.inviter, first, 1000 + 60 * kDayMs), Bytes("first"));
        QVERIFY(!take(ends.inviter, second, 1001 + 60 * kDayMs));
        QVERIFY(take(ends.inviter, send(ends.asker, "fourth"), 1001 + 60 * kDayMs));
        QCOMPARE(ends.inviter.skipped.size(), std::size_t(0));
    }

    void aLongRunOneWayIsRead()
    {
        Ends ends = freshSession();
        for (int i = 0; i < 3'000; ++i) {
            auto sent = ratchetSend(ends.asker, numbered(i)).value();
            ends.asker = std::move(sent.state);
            auto received = ratchetReceive(ends.inviter, sent.message, 0);
            QVERIFY(received.ok());
            QVERIFY(received->plain.equals(numbered(i)));
            ends.inviter = std::move(received->state);
        }
        QCOMPARE(take(ends.asker, send(ends.inviter, "heard")), Bytes("heard"));
    }

    void messagesAreBounded()
    {
        Ends ends = freshSession();
        QVERIFY(take(ends.inviter, send(ends.asker, Bytes(RatchetState::kMaxPlain, 'x'))));
        QCOMPARE(ratchetSend(ends.asker, Bytes(RatchetState::kMaxPlain + 1, 'x')).error().code,
            ErrorCode::TooLarge);
    }

    /// Both send at random; messages are lost, repeated and overtaken; either side falls back to
    /// its saved state, as after a crash before the commit. Each message is read once at most, as
    /// it was written, and each that arrives at all is read.
    void anyScheduleIsReadOnceAndRight()
    {
        const unsigned seed = qEnvironmentVariableIntValue("WAYMARK_SEED")
            ? unsigned(qEnvironmentVariableIntValue("WAYMARK_SEED"))
            : std::random_device{}();
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        for (int run = 0; run < 30; ++run) {
            Ends ends = freshSession();
            std::array<RatchetState*, 2> sides{&ends.asker, &ends.inviter};
            std::array<std::vector<std::pair<Bytes, Bytes>>, 2> inFlight; // to side: message, plain
            std::array<std::set<Bytes>, 2> taken;
            const unsigned lossPercent = random() % 40;
            for (int step = 0; step < 300; ++step) {
                const std::size_t side = random() % 2;
                auto& line = inFlight[side];
                if (random() % 2 == 0) {
                    if (!sides[side]->canSend())
                        continue;
                    const Bytes plain = Bytes::number(run) + '/' + Bytes::number(step);
                    if (random() % 10 == 0)
                        (void)ratchetSend(*sides[side], "never committed");
                    const Bytes message = send(*sides[side], plain);
                    if (random() % 100 >= lossPercent)
                        inFlight[1 - side].emplace_back(message, plain);
                } else if (!line.empty()) {
                    const std::size_t at = random() % std::min<std::size_t>(line.size(), 7);
                    const auto [message, plain] = line[at];
                    if (random() % 5 != 0) // else it comes again
                        line.erase(line.begin() + qsizetype(at));
                    const auto read = take(*sides[side], message);
                    const bool isNew = taken[side].insert(message).second;
                    QCOMPARE(read.has_value(), isNew);
                    if (isNew)
                        QCOMPARE(*read, plain);
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(RatchetTest)
#include "tst_ratchet.moc"

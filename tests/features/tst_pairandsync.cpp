// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/person.h"
#include "tests/support/relayprocess.h"

#include <QSignalSpy>

using namespace Waymark;

namespace {

QString program()
{
    return QCoreApplication::applicationDirPath() + QStringLiteral("/../bin/waymark-relay");
}

QStringList titles(Person& person, const SpaceId& space)
{
    EntryQuery query;
    query.space = space;
    QStringList out;
    for (const Entry& entry : valueOf(person.store.list(query)))
        out.append(entry.text(u"title") + entry.text(u"body"));
    out.sort();
    return out;
}

QList<PairingRow> rows(Person& person)
{
    return valueOf(person.engine.list());
}

} // namespace

/// Two people with real vaults and a relay in a process of its own.
class PairAndSyncTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_relay = std::make_unique<Relay::RelayProcess>(
            program(), m_folder->filePath(QStringLiteral("relay")));
        QVERIFY(m_relay->start());
    }

    void fourTurnsPairAndTwoBringBothLevel()
    {
        Person lina(QStringLiteral("Lina"), 1);
        Person tomas(QStringLiteral("Tomás"), 2);
        const SpaceId space = pairUpByLink(lina, tomas);
        QCOMPARE(rows(lina).last().state, PairingState::Paired);
        QCOMPARE(rows(tomas).last().state, PairingState::Paired);
        const auto number = awaited(lina.engine.safetyNumber(space.bytes()));
        QVERIFY(number.ok());
        QCOMPARE(number.value(), awaited(tomas.engine.safetyNumber(space.bytes())).value());

        lina.add(space, "goal", {{QStringLiteral("title"), QStringLiteral("From Lina")}});
        tomas.add(space, "message", {{QStringLiteral("body"), QStringLiteral("From Tomás")}});
        QCOMPARE(valueOf(lina.engine.status()).unsent, 1);
        for (int turn = 0; turn < 2; ++turn) {
            QVERIFY(lina.sync().ok());
            QVERIFY(tomas.sync().ok());
        }
        QCOMPARE(titles(lina, space), titles(tomas, space));
        QCOMPARE(titles(lina, space).size(), 2);
        QVERIFY(lina.sync().ok());
        for (Person* person : {&lina, &tomas}) {
            const SyncStatus status = valueOf(person->engine.status());
            QCOMPARE(status.outbox, 0);
            QCOMPARE(status.unsent, 0);
            QVERIFY(status.peers.front().received);
            QVERIFY(valueOf(person->store.verify()).problems.isEmpty());
        }
    }

    void whoIsNotLetInYetCannotWriteThere()
    {
        Person lina(QStringLiteral("Lina"), 1);
        Person tomas(QStringLiteral("Tomás"), 2);
        const SpaceId space = valueOf(lina.store.createSpace(QStringLiteral("S"), Role::Mentee));
        const auto invitation
            = awaited(lina.engine.invite(space, m_relay->url(), Role::Mentor, false));
        QVERIFY(invitation.ok());
        const auto seen = tomas.engine.inspect(
            QStringLiteral("Dear T,\n> ") + invitation->link + QStringLiteral(" .\nL."));
        QVERIFY(seen.ok());
        QCOMPARE(seen->name, QStringLiteral("Lina"));
        QCOMPARE(seen->role, Role::Mentor);
        QVERIFY(awaited(tomas.engine.accept(invitation->link)).ok());
        const auto early = tomas.store
                               .add(space, QStringLiteral("message"),
                                   {{{QStringLiteral("body"), QStringLiteral("x")}}, {}, {}})
                               .result();
        QCOMPARE(early.error().code, ErrorCode::Refused);
        // What waits goes by itself once one is let in.
        const EntryId draft = tomas.add(tomas.store.privateSpace(), "message",
            {{QStringLiteral("body"), QStringLiteral("Hello")}});
        succeed(tomas.store.sendLater(draft, space));
        QVERIFY(tomas.sync().ok());
        QVERIFY(lina.sync().ok());
        const QList<PairingRow> asked = rows(lina);
        QCOMPARE(asked.size(), 2);
        QCOMPARE(asked[1].name, QStringLiteral("Tomás"));
        QCOMPARE(asked[1].state, PairingState::Asked);
        QCOMPARE(valueOf(tomas.store.carryOut(true)), 0);
        QVERIFY(awaited(lina.engine.confirm(asked[1].id)).ok());
        for (int turn = 0; turn < 2; ++turn) {
            QVERIFY(lina.sync().ok());
            QVERIFY(tomas.sync().ok());
        }
        QCOMPARE(valueOf(tomas.store.carryOut(true)), 1);
        QVERIFY(tomas.sync().ok());
        QVERIFY(lina.sync().ok());
        QCOMPARE(titles(lina, space), QStringList{QStringLiteral("Hello")});
    }

    void anotherAskerIsToldThatTheLinkIsUsed()
    {
        Person lina(QStringLiteral("Lina"), 1);
        Person tomas(QStringLiteral("Tomás"), 2);
        Person eve(QStringLiteral("Eve"), 3);
        const SpaceId space = valueOf(lina.store.createSpace(QStringLiteral("S"), Role::Mentee));
        const auto invitation
            = awaited(lina.engine.invite(space, m_relay->url(), Role::Mentor, false));
        QVERIFY(invitation.ok());
        for (Person* each : {&eve, &tomas}) {
            QVERIFY(awaited(each->engine.accept(invitation->link)).ok());
            QVERIFY(each->sync().ok());
        }
        QVERIFY(lina.sync().ok());
        QCOMPARE(rows(lina).size(), 3);
        for (const PairingRow& row : rows(lina)) {
            if (row.name == QStringLiteral("Tomás"))
                QVERIFY(awaited(lina.engine.confirm(row.id)).ok());
        }
        QVERIFY(lina.sync().ok());
        QVERIFY(eve.sync().ok());
        QVERIFY(tomas.sync().ok());
        QCOMPARE(rows(eve).last().state, PairingState::Used);
        QCOMPARE(rows(tomas).last().state, PairingState::Paired);
        // And the space is full: nobody else can be invited.
        const auto again = awaited(lina.engine.invite(space, m_relay->url(), Role::Mentor, false));
        QCOMPARE(again.error().code, ErrorCode::Refused);
    }

    void anUnreachableRelayKeepsNothing()
    {
        Person lina(QStringLiteral("Lina"), 1);
        const SpaceId space = valueOf(lina.store.createSpace(QStringLiteral("S"), Role::Mentee));
        m_relay->kill();
        const auto invitation
            = awaited(lina.engine.invite(space, m_relay->url(), Role::Mentor, false));
        QCOMPARE(invitation.error().code, ErrorCode::RelayUnreachable);
        QVERIFY(rows(lina).isEmpty());
    }

    void longTextsAndLargeOperationsArrive()
    {
        Person lina(QStringLiteral("Lina"), 1);
        Person tomas(QStringLiteral("Tomás"), 2);
        const SpaceId space = pairUpByLink(lina, tomas);
        SeededRandom random(7);
        QString large; // does not compress
        while (large.size() < 300'000)
            large += QString::fromLatin1(random.bytes(300).toBase64()) + QLatin1Char('\n');
        const EntryId session = lina.add(space, "session", {{QStringLiteral("notes"), large}});
        for (int i = 0; i < 60; ++i)
            lina.add(space, "message", {{QStringLiteral("body"), large.left(20'000)}});
        for (int turn = 0; turn < 2; ++turn) {
            QVERIFY(lina.sync().ok());
            QVERIFY(tomas.sync().ok());
        }
        QVERIFY(lina.sync().ok());
        QCOMPARE(tomas.entry(session).text(u"notes"), large);
        QCOMPARE(titles(tomas, space), titles(lina, space));
        QCOMPARE(valueOf(lina.engine.status()).outbox, 0);
        QCOMPARE(lina.entry(session).delivery, Delivery::Received);
    }

    void aKilledRelayLosesNothing()
    {
        Person lina(QStringLiteral("Lina"), 1);
        Person tomas(QStringLiteral("Tomás"), 2);
        const SpaceId space = pairUpByLink(lina, tomas);
        lina.add(space, "goal", {{QStringLiteral("title"), QStringLiteral("One")}});
        QVERIFY(lina.sync().ok());
        m_relay->kill();
        lina.add(space, "goal", {{QStringLiteral("title"), QStringLiteral("Two")}});
        QCOMPARE(lina.sync().error().code, ErrorCode::RelayUnreachable);
        QCOMPARE(valueOf(lina.engine.status()).unsent, 1);
        QVERIFY(m_relay->start());
        QVERIFY(tomas.sync().ok());
        QVERIFY(lina.sync().ok());
        QVERIFY(tomas.sync().ok());
        QCOMPARE(titles(tomas, space).size(), 2);
    }

    void aRelayThatLostItsDiskIsRepaired()
    {
        Person lina(QStringLiteral("Lina"), 1);
        Person tomas(QStringLiteral("Tomás"), 2);
        const SpaceId space = pairUpByLink(lina, tomas);
        lina.add(space, "goal", {{QStringLiteral("title"), QStringLiteral("Lost on the way")}});
        QVERIFY(lina.sync().ok());
        m_relay->kill();
        QVERIFY(QDir(m_folder->filePath(QStringLiteral("relay"))).removeRecursively());
        QVERIFY(m_relay->start());
        QVERIFY(tomas.sync().ok()); // makes its queue again
        lina.add(space, "goal", {{QStringLiteral("title"), QStringLiteral("After")}});
        for (int turn = 0; turn < 3; ++turn) {
            QVERIFY(lina.sync().ok());
            QVERIFY(tomas.sync().ok());
        }
        QCOMPARE(titles(tomas, space).size(), 2);
        QCOMPARE(titles(lina, space), titles(tomas, space));
    }

    void whoStaysConnectedGetsItAtOnce()
    {
        Person lina(QStringLiteral("Lina"), 1);
        Person tomas(QStringLiteral("Tomás"), 2);
        const SpaceId space = pairUpByLink(lina, tomas);
        lina.clock.now += 60'000;
        tomas.clock.now += 60'000;
        lina.engine.start();
        tomas.engine.start();
        lina.add(space, "goal", {{QStringLiteral("title"), QStringLiteral("Live")}});
        lina.engine.changed();
        QTRY_COMPARE_WITH_TIMEOUT(titles(tomas, space).size(), 1, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(valueOf(lina.engine.status()).outbox, 0, 10'000);
        // The relay goes away and comes back.
        QSignalSpy status(&lina.engine, &SyncControl::statusChanged);
        m_relay->kill();
        lina.add(space, "goal", {{QStringLiteral("title"), QStringLiteral("Meanwhile")}});
        lina.engine.changed();
        QTRY_VERIFY_WITH_TIMEOUT(
            valueOf(lina.engine.status()).connection != ConnectionState::Online, 10'000);
        QVERIFY(m_relay->start());
        lina.engine.hurry();
        tomas.engine.hurry();
        QTRY_COMPARE_WITH_TIMEOUT(titles(tomas, space).size(), 2, 20'000);
        lina.engine.stop();
        tomas.engine.stop();
    }

private:
    SpaceId pairUpByLink(Person& inviter, Person& asker)
    {
        const SpaceId space
            = valueOf(inviter.store.createSpace(QStringLiteral("Together"), Role::Mentee));
        const auto invitation
            = awaited(inviter.engine.invite(space, m_relay->url(), Role::Mentor, true));
        if (!invitation)
            qFatal("invite: %s %s", codeName(invitation.error().code),
                qPrintable(invitation.error().detail));
        if (!awaited(asker.engine.accept(invitation->link)))
            qFatal("accept");
        for (int turn = 0; turn < 4; ++turn) {
            for (Person* each : {&inviter, &asker}) {
                const auto synced = each->sync();
                if (!synced)
                    qFatal("sync: %s %s", codeName(synced.error().code),
                        qPrintable(synced.error().detail));
            }
        }
        return space;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Relay::RelayProcess> m_relay;
};

QTEST_GUILESS_MAIN(PairAndSyncTest)
#include "tst_pairandsync.moc"

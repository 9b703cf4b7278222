// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/commands/fakecommandline.h"

#include <QTemporaryFile>
#include <QTest>

using namespace Waymark;
using namespace Waymark::Testing;

namespace {

QStringList keysOf(const QJsonObject& object)
{
    return object.keys(); // sorted by name
}

QStringList list(const char* words)
{
    return QString::fromLatin1(words).split(u' ');
}

QString string(const QJsonObject& object, const char* name)
{
    return object.value(QLatin1String(name)).toString();
}

} // namespace

class AnswersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aVaultIsMadeWithItsSheet()
    {
        FakeCommandLine line;
        line.vault.there = false;
        line.runner.variables["WAYMARK_PASSPHRASE"] = "chosen";
        const CommandRun run = line.json("vault create --name Lina --kdf-cost floor");
        QCOMPARE(run.status, 0);
        QCOMPARE(keysOf(run.object()), list("recovery vault"));
        QCOMPARE(run.object().value(QLatin1String("recovery")).toArray().size(), 24);
        QCOMPARE(line.vault.owner, QStringLiteral("Lina"));
        QCOMPARE(line.vault.passphrase, QByteArray("chosen"));
        QVERIFY(line.vault.floorCost);
        QVERIFY(!line.vault.open);
    }

    void aVaultIsNotMadeTwice()
    {
        FakeCommandLine line;
        const CommandRun run = line.json("vault create --name Lina");
        QCOMPARE(run.status, 1);
        QCOMPARE(run.errorCode(), QStringLiteral("vault.exists"));
    }

    void aMissingVaultIsNotFoundBeforeAnythingIsAsked()
    {
        FakeCommandLine line;
        line.vault.there = false;
        line.runner.variables.clear();
        for (const char* words :
            {"entry list", "vault info", "vault passphrase", "vault recover"}) {
            const CommandRun run = line.json(words);
            QCOMPARE(run.status, 4);
            QCOMPARE(run.errorCode(), QStringLiteral("vault.missing"));
        }
        QVERIFY(line.runner.asked.isEmpty());
    }

    void aWrongPassphraseIsStatusThree()
    {
        FakeCommandLine line;
        line.runner.variables["WAYMARK_PASSPHRASE"] = "guess";
        const CommandRun run = line.json("entry list");
        QCOMPARE(run.status, 3);
        QCOMPARE(run.errorCode(), QStringLiteral("vault.wrongPassphrase"));
    }

    void withoutPassphraseAndTerminalItStaysLocked()
    {
        FakeCommandLine line;
        line.runner.variables.clear();
        const CommandRun run = line.json("entry list");
        QCOMPARE(run.status, 3);
        QCOMPARE(run.errorCode(), QStringLiteral("vault.locked"));
    }

    void aPassphraseIsAskedForOnlyWhenNothingElseGivesIt()
    {
        FakeCommandLine line;
        line.runner.typed = {"open sesame"};
        QCOMPARE(line.json("entry list").status, 0);
        QVERIFY(line.runner.asked.isEmpty());
        line.runner.variables.clear();
        QCOMPARE(line.json("entry list").status, 0);
        QCOMPARE(line.runner.asked.size(), 1);
    }

    void aFileGoesBeforeTheVariableAndItsLineEndIsNotTaken()
    {
        FakeCommandLine line;
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("open sesame\r\n");
        file.close();
        line.runner.variables["WAYMARK_PASSPHRASE"] = "guess";
        QCOMPARE(line.json({QStringLiteral("entry"), QStringLiteral("list"),
                               QStringLiteral("--passphrase-file"), file.fileName()})
                     .status,
            0);
    }

    void theNewPassphraseIsAskedForTwice()
    {
        FakeCommandLine line;
        line.runner.typed = {"new one", "new won"};
        QCOMPARE(line.json("vault passphrase").status, 2);
        QCOMPARE(line.vault.passphrase, QByteArray("open sesame"));
        line.runner.typed = {"new one", "new one"};
        QCOMPARE(line.json("vault passphrase").status, 0);
        QCOMPARE(line.vault.passphrase, QByteArray("new one"));
    }

    void theSheetGivesANewPassphrase()
    {
        FakeCommandLine line;
        line.runner.variables
            = {{"WAYMARK_RECOVERY", "right words"}, {"WAYMARK_NEW_PASSPHRASE", "again"}};
        QCOMPARE(line.json("vault recover").status, 0);
        QCOMPARE(line.vault.passphrase, QByteArray("again"));
        line.runner.variables["WAYMARK_RECOVERY"] = "wrong words";
        const CommandRun run = line.json("vault recover");
        QCOMPARE(run.status, 3);
        QCOMPARE(run.errorCode(), QStringLiteral("vault.wrongRecovery"));
    }

    void theVaultIsLockedAgainAfterEveryCommand()
    {
        FakeCommandLine line;
        QCOMPARE(line.json("entry list").status, 0);
        QVERIFY(!line.vault.open);
        QCOMPARE(line.json("entry show 77").status, 4);
        QVERIFY(!line.vault.open);
    }

    void problemsOfAVerificationAreListedAndStatusSeven()
    {
        FakeCommandLine line;
        line.vault.verifyReport = {12, 3, {}};
        CommandRun run = line.json("vault verify");
        QCOMPARE(run.status, 0);
        QCOMPARE(
            run.out, QByteArray("{\"operations\":12,\"problems\":[],\"signaturesChecked\":3}\n"));
        line.vault.verifyReport.problems = {QStringLiteral("page 7 does not verify")};
        for (const char* verb : {"vault verify", "log check"}) {
            run = line.json(verb);
            QCOMPARE(run.status, 7);
            QCOMPARE(run.object().value(QLatin1String("problems")).toArray().size(), 1);
        }
    }

    void spacesAreListedWithTheirMembers()
    {
        FakeCommandLine line;
        const CommandRun run = line.json("space list");
        QCOMPARE(run.array().size(), 2);
        const QJsonObject space = run.array().at(1).toObject();
        QCOMPARE(keysOf(space), list("id members name private role"));
        QCOMPARE(space.value(QLatin1String("private")), QJsonValue(false));
        QCOMPARE(string(space, "role"), QStringLiteral("mentee"));
        const QJsonObject member = space.value(QLatin1String("members")).toArray().at(0).toObject();
        QCOMPARE(keysOf(member), list("id me name role"));
        QCOMPARE(member.value(QLatin1String("me")), QJsonValue(true));
        QCOMPARE(run.array().at(0).toObject().value(QLatin1String("private")), QJsonValue(true));
        QCOMPARE(line.json("space show b2").object(), space);
        QCOMPARE(line.json("space show 99").status, 4);
        QCOMPARE(keysOf(line.json("space create --name N --role peer").object()), list("id"));
    }

    void invitationsAreMadeAndListed()
    {
        FakeCommandLine line;
        const CommandRun made = line.json(
            "pair invite --space b2 --relay ws://127.0.0.1:1 --role mentor --accept-first");
        QCOMPARE(keysOf(made.object()), list("id link"));
        QCOMPARE(
            line.vault.calls, QStringList{QStringLiteral("invite b2 ws://127.0.0.1:1 mentor 1")});
        QCOMPARE(keysOf(line.json("pair accept waymark:pair#abc").object()), list("id space"));
        QCOMPARE(line.json("pair accept nonsense").status, 2);
        line.vault.relayIsDown = true;
        const CommandRun failed
            = line.json("pair invite --space b2 --relay ws://127.0.0.1:1 --role mentor");
        QCOMPARE(failed.status, 6);
        QVERIFY(failed.out.isEmpty());
    }

    void stepsOfAPairingNameTheirRow()
    {
        FakeCommandLine line;
        PairingRow invitation;
        invitation.id = Bytes(16, '\x77');
        invitation.space = line.shared();
        PairingRow asker = invitation;
        asker.id = Bytes(16, '\x99');
        asker.of = invitation.id;
        asker.name = QStringLiteral("Tomás");
        asker.state = PairingState::Asked;
        line.vault.pairings = {invitation, asker};
        const QJsonArray rows = line.json("pair list").array();
        QCOMPARE(rows.size(), 2);
        QCOMPARE(keysOf(rows.at(1).toObject()), list("id name of role side space state"));
        QVERIFY(rows.at(0).toObject().value(QLatin1String("of")).isNull());
        QCOMPARE(string(rows.at(1).toObject(), "of"), QStringLiteral("77").repeated(16));
        QCOMPARE(string(rows.at(1).toObject(), "state"), QStringLiteral("asked"));
        QCOMPARE(string(rows.at(1).toObject(), "side"), QStringLiteral("inviter"));

        QCOMPARE(line.json("pair confirm 99").status, 0);
        QCOMPARE(line.json("pair turn-away 9").status, 0);
        QCOMPARE(line.json("pair withdraw 7777").status, 0);
        QCOMPARE(line.json("pair confirm 12").status, 4);
        QCOMPARE(line.vault.calls,
            (QStringList{QStringLiteral("confirm 9999"), QStringLiteral("turnAway 9999"),
                QStringLiteral("withdraw 7777")}));
    }

    void theSafetyNumberIsOfAPairingOrASpace()
    {
        FakeCommandLine line;
        PairingRow row;
        row.id = Bytes(16, '\x77');
        line.vault.pairings = {row};
        QCOMPARE(string(line.json("pair safety-number 77").object(), "number"), QString(60, u'7'));
        QCOMPARE(line.json("pair safety-number b2").status, 0);
        QCOMPARE(line.json("pair safety-number 12").status, 4);
        QCOMPARE(line.vault.calls,
            (QStringList{
                QStringLiteral("safetyNumber 7777"), QStringLiteral("safetyNumber b200")}));
    }

    void entriesAreListedAndShown()
    {
        FakeCommandLine line;
        const EntryId id = line.vault.addEntry(QStringLiteral("goal"), line.shared(),
            {{QStringLiteral("title"), QStringLiteral("Lead a review")}});
        Entry& goal = line.vault.all[id];
        goal.acknowledged = {line.vault.allSpaces.at(1).members.at(1).id};
        goal.conflicts[QStringLiteral("title")]
            = {{QStringLiteral("Lead a review"), goal.by, goal.atMs}};
        const QJsonObject listed = line.json("entry list").array().at(0).toObject();
        QCOMPARE(keysOf(listed), list("acknowledged at by deleted fields id kind space"));
        QCOMPARE(string(listed, "at"), QStringLiteral("2026-11-25T10:00:00.000Z"));
        QCOMPARE(string(listed, "id"), line.hex(id));
        QCOMPARE(listed.value(QLatin1String("acknowledged")).toArray().size(), 1);
        QJsonObject shown = line.json("entry show 01").object();
        const QJsonObject kept
            = shown[QLatin1String("conflicts")][QLatin1String("title")][0].toObject();
        QCOMPARE(keysOf(kept), list("value when who"));
        shown.remove(QStringLiteral("conflicts"));
        QCOMPARE(shown, listed);
    }

    void listsAreNarrowed()
    {
        FakeCommandLine line;
        line.vault.addEntry(QStringLiteral("goal"), line.shared(), {});
        line.vault.addEntry(QStringLiteral("message"), line.vault.privateSpace(), {});
        QCOMPARE(line.json("entry delete 01").status, 0);
        QCOMPARE(line.json("entry list").array().size(), 1);
        QCOMPARE(line.json("entry list --deleted").array().size(), 2);
        QCOMPARE(line.json("entry list --deleted --kind goal").array().size(), 1);
        QCOMPARE(line.json("entry list --space a1").array().size(), 1);
        QCOMPARE(line.json("entry list --space 12").status, 4);
    }

    void changesAnswerWithIdAndOperation()
    {
        FakeCommandLine line;
        const QJsonObject added = line.json("entry add goal --space b2 --set title=A").object();
        QCOMPARE(keysOf(added), list("id"));
        const QString id = string(added, "id");
        QCOMPARE(line.vault.all.first().space, line.shared());
        const QJsonObject set = line.json({QStringLiteral("entry"), QStringLiteral("set"), id,
                                              QStringLiteral("--set"), QStringLiteral("title=B")})
                                    .object();
        QCOMPARE(keysOf(set), list("id operation"));
        QCOMPARE(string(set, "operation").size(), 64);
        const QJsonObject same = line.json({QStringLiteral("entry"), QStringLiteral("set"), id,
                                               QStringLiteral("--set"), QStringLiteral("title=B")})
                                     .object();
        QVERIFY(same.value(QLatin1String("operation")).isNull());
        QCOMPARE(
            keysOf(line.json({QStringLiteral("entry"), QStringLiteral("delete"), id}).object()),
            list("id operation"));
        const CommandRun refused = line.json({QStringLiteral("entry"), QStringLiteral("set"), id,
            QStringLiteral("--set"), QStringLiteral("title=C")});
        QCOMPARE(refused.status, 5);
        QCOMPARE(refused.errorCode(), QStringLiteral("refused"));
        QCOMPARE(
            keysOf(line.json({QStringLiteral("entry"), QStringLiteral("restore"), id}).object()),
            list("id operation"));
        QCOMPARE(
            keysOf(
                line.json({QStringLiteral("entry"), QStringLiteral("acknowledge"), id}).object()),
            list("id"));
    }

    void whatIsSharedOrSentAnswersWithTheNewEntry()
    {
        FakeCommandLine line;
        const EntryId draft
            = line.vault.addEntry(QStringLiteral("message"), line.vault.privateSpace(), {});
        for (const char* verb : {"entry share 01 --space b2", "entry send 01 --space b2"}) {
            const QJsonObject answer = line.json(verb).object();
            QCOMPARE(keysOf(answer), list("id"));
            QVERIFY(string(answer, "id") != line.hex(draft));
        }
    }

    void anItemIsMoved()
    {
        FakeCommandLine line;
        line.vault.addEntry(QStringLiteral("action"), line.shared(), {});
        line.vault.addEntry(QStringLiteral("action"), line.shared(), {});
        for (const char* words : {"entry move 01 --after 02", "entry move 01 --first"})
            QCOMPARE(line.json(words).status, 0);
        QVERIFY(line.vault.calls.at(0).startsWith(QLatin1String("move after 02")));
        QVERIFY(line.vault.calls.at(1).startsWith(QLatin1String("move first 00")));
    }

    void anIdThatFitsTwoIsUsage()
    {
        FakeCommandLine line;
        line.vault.addEntry(QStringLiteral("goal"), line.shared(), {});
        line.vault.addEntry(QStringLiteral("goal"), line.shared(), {});
        const CommandRun run = line.json("entry show 0");
        QCOMPARE(run.status, 2);
        QCOMPARE(run.errorCode(), QStringLiteral("ambiguous"));
    }

    void historiesStandAfterEachOther()
    {
        FakeCommandLine line;
        for (int i = 0; i < 2; ++i) {
            const EntryId id = line.vault.addEntry(QStringLiteral("goal"), line.shared(), {});
            line.vault.histories[id] = {{Hash(), line.vault.me(), 0, QStringLiteral("title"),
                QStringLiteral("write"), QString::number(i)}};
        }
        const QJsonArray rows = line.json("entry history 02 01").array();
        QCOMPARE(keysOf(rows.at(0).toObject()), list("change field operation value when who"));
        QCOMPARE(string(rows.at(0).toObject(), "value"), QStringLiteral("1"));
        QCOMPARE(string(rows.at(1).toObject(), "value"), QStringLiteral("0"));
    }

    void searchTakesAQueryAndALimit()
    {
        FakeCommandLine line;
        line.vault.searchAnswer.hits = {{EntryId(), QStringLiteral("goal"), QStringLiteral("s")}};
        const CommandRun run = line.json({QStringLiteral("search"), QStringLiteral("design rev"),
            QStringLiteral("--limit"), QStringLiteral("5")});
        QCOMPARE(keysOf(run.array().at(0).toObject()), list("id kind snippet"));
        QCOMPARE(line.vault.calls, QStringList{QStringLiteral("search design rev 5")});
    }

    void syncAnswersWithItsCounts()
    {
        FakeCommandLine line;
        line.sync.counts = {3, 4};
        CommandRun run = line.json("sync --once --timeout 7");
        QCOMPARE(run.out, QByteArray("{\"received\":4,\"sent\":3}\n"));
        QCOMPARE(line.sync.lastTimeoutMs, 7000);
        line.sync.failure = Error{ErrorCode::RelayUnreachable, {}};
        run = line.json("sync --once");
        QCOMPARE(run.status, 6);
        QCOMPARE(run.errorCode(), QStringLiteral("relay.unreachable"));
    }

    void watchingGivesALineAnEventUntilInterrupted()
    {
        FakeCommandLine line;
        line.sync.onStart = [&line] {
            line.vault.events({QStringLiteral("receiving"), {{QStringLiteral("messages"), 2}}});
            line.vault.events({QStringLiteral("received"), {{QStringLiteral("messages"), 2}}});
            line.runner.interrupt();
        };
        const CommandRun run = line.json("sync --watch");
        QCOMPARE(run.status, 0);
        QCOMPARE(run.lines().size(), 3);
        QCOMPARE(string(run.lines().at(0).toObject(), "event"), QStringLiteral("unlocked"));
        QCOMPARE(run.lines().at(1).toObject(),
            (QJsonObject{{QStringLiteral("event"), QStringLiteral("receiving")},
                {QStringLiteral("messages"), 2}}));
        QVERIFY(line.sync.stopped);
        QVERIFY(run.err.isEmpty());
    }

    void eventsStandOnStderrWhenAskedFor()
    {
        FakeCommandLine line;
        CommandRun run = line.json("entry list --events");
        QCOMPARE(run.err, QByteArray("{\"event\":\"unlocked\"}\n"));
        run = line.json("entry list");
        QVERIFY(run.err.isEmpty());
    }

    void statusSaysWhatWaits()
    {
        FakeCommandLine line;
        line.sync.state.outbox = 5;
        line.sync.state.unsent = 2;
        line.sync.state.peers
            = {{QStringLiteral("Tomás"), line.shared(), false, QStringLiteral("broken")}};
        const QJsonObject status = line.json("status").object();
        QCOMPARE(keysOf(status), list("outbox peers unsent"));
        const QJsonObject peer = status.value(QLatin1String("peers")).toArray().at(0).toObject();
        QCOMPARE(keysOf(peer), list("name problem received space"));
    }

    void anAnswerThatCannotBeWrittenIsAFailure()
    {
        FakeCommandLine line;
        line.runner.outIsBroken = true;
        const CommandRun run = line.json("entry list");
        QCOMPARE(run.status, 1);
        QCOMPARE(run.errorCode(), QStringLiteral("disk.failed"));
    }

    void whatOthersWroteCannotDriveTheTerminal()
    {
        FakeCommandLine line;
        line.vault.addEntry(QStringLiteral("goal"), line.shared(),
            {{QStringLiteral("title"), QStringLiteral("a\x1b]0;x\x07 b")}});
        for (const char* words : {"entry list", "entry show 01"}) {
            const CommandRun run = line.run(QString::fromLatin1(words).split(u' '));
            QCOMPARE(run.status, 0);
            QVERIFY(!run.out.contains('\x1b'));
            QVERIFY(run.out.contains("\xef\xbf\xbd]0;x"));
        }
    }

    void everyReadingVerbHasATextForPeople()
    {
        FakeCommandLine line;
        line.vault.addEntry(QStringLiteral("goal"), line.shared(),
            {{QStringLiteral("title"), QStringLiteral("Lead a review")}});
        line.vault.allLogs.append(LogInfo());
        line.sync.state.peers = {{QStringLiteral("Tomás"), line.shared(), true, {}}};
        for (const char* words : {"vault info", "vault verify", "space list", "entry list",
                 "entry show 01", "status", "log show", "log check", "sync --once"}) {
            const CommandRun run = line.run(QString::fromLatin1(words).split(u' '));
            QCOMPARE(run.status, 0);
            QVERIFY2(
                !run.out.isEmpty() && !run.out.startsWith('{') && !run.out.startsWith('['), words);
            QVERIFY2(run.err.isEmpty(), run.err.constData());
        }
        const CommandRun failed = line.run(QString::fromLatin1("entry show 99").split(u' '));
        QVERIFY(failed.err.startsWith("waymark-cli: "));
    }
};

QTEST_GUILESS_MAIN(AnswersTest)
#include "tst_answers.moc"

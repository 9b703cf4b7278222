// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/scenes.h"
#include "ui/viewmodels/app.h"
#include "ui/viewmodels/textedits.h"

#include <QLocale>
#include <QTest>

using namespace Waymark;
using namespace Waymark::Tests;

namespace {

Passphrase& typed(Passphrase* field, const char* text)
{
    field->set(QString::fromUtf8(text));
    return *field;
}

constexpr auto kPassphrase = "walnut ferry under quiet snow";

} // namespace

class TestViewModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }

    void aFirstRunAloneEndsWithTheNoteAsAPrivateGoal()
    {
        FakeWorld world;
        world.vaultThere = false;
        App app(world.ports());
        QCOMPARE(app.stage(), App::First);
        app.firstRun()->startAlone();
        app.firstRun()->setName(QStringLiteral("Lina Haddad"));
        typed(app.firstRun()->passphrase(), kPassphrase);
        app.firstRun()->make();
        world.settle();
        QCOMPARE(app.firstRun()->step(), FirstRun::FirstNote);
        QVERIFY(app.firstRun()->passphrase()->isEmpty());
        app.firstRun()->keepNote(QStringLiteral("I want to say what I think\nbecause it matters"));
        world.settle();
        QCOMPARE(app.stage(), App::Open);
        QCOMPARE(app.goal()->title(), QStringLiteral("I want to say what I think"));
        QCOMPARE(app.goal()->why()->text(), QStringLiteral("because it matters"));
        QVERIFY(app.goal()->isOnlyMine());
    }

    void aJournalIsNotMadeWithoutNameOrWithAGuessablePassphrase()
    {
        FakeWorld world;
        world.vaultThere = false;
        App app(world.ports());
        app.firstRun()->startAlone();
        app.firstRun()->make();
        QVERIFY(!app.firstRun()->problem().isEmpty());
        app.firstRun()->setName(QStringLiteral("Lina"));
        typed(app.firstRun()->passphrase(), "password1234");
        app.firstRun()->make();
        world.settle();
        QVERIFY(!app.firstRun()->problem().isEmpty());
        QVERIFY(!world.vaultThere);
    }

    void anInvitationIsReadBeforeAnythingIsAskedAndAcceptedAfterTheJournalIsMade()
    {
        FakeWorld world;
        world.vaultThere = false;
        addLink(world);
        App app(world.ports());
        app.firstRun()->haveInvitation();
        app.firstRun()->look(QStringLiteral("Dear Tomás,\n> waymark:pair#abc\nLina"));
        QVERIFY(app.firstRun()->isFound());
        QCOMPARE(app.firstRun()->inviter(), QStringLiteral("Lina Haddad"));
        QCOMPARE(app.firstRun()->role(), QStringLiteral("mentor"));
        app.firstRun()->goOn();
        app.firstRun()->setName(QStringLiteral("Tomás"));
        typed(app.firstRun()->passphrase(), kPassphrase);
        app.firstRun()->make();
        world.settle();
        QVERIFY(world.calls.contains(QStringLiteral("accept waymark:pair#abc")));
        app.firstRun()->notNow();
        world.settle();
        QCOMPARE(app.door()->waiting()->count(), 1);
        QCOMPARE(app.people()->line(), QStringLiteral("Not let in yet"));
        // Who waits can write meanwhile: it rests until they are let in.
        app.writeLine();
        world.settle();
        app.composer()->text()->edit({{0, 0, QStringLiteral("Hello")}});
        world.settle();
        QVERIFY(app.composer()->send());
        world.settle();
        QCOMPARE(app.feedback()->list()->count(), 1);
        world.clock.now += 60'000;
        Q_EMIT app.desk().ticked();
        QCOMPARE(app.feedback()->list()->at(0).value(QStringLiteral("rowLine")).toString(),
            QStringLiteral("Goes when you are let in"));
    }

    void aTextWithoutAnInvitationSaysWhatToDo()
    {
        FakeWorld world;
        App app(world.ports());
        app.firstRun()->look(QStringLiteral("Dear Tomás"));
        QVERIFY(!app.firstRun()->isFound());
        QVERIFY(!app.firstRun()->foundProblem().isEmpty());
    }

    void aWrongPassphraseSpeaksAndARightOneOpens()
    {
        FakeWorld world;
        fill(world, Fill::Typical);
        world.vaultOpen = false;
        App app(world.ports());
        QCOMPARE(app.stage(), App::Locked);
        typed(app.unlock()->passphrase(), "wrong");
        app.unlock()->open();
        world.settle();
        QVERIFY(!app.unlock()->problem().isEmpty());
        QCOMPARE(app.stage(), App::Locked);
        typed(app.unlock()->passphrase(), kPassphrase);
        app.unlock()->open();
        world.settle();
        QCOMPARE(app.stage(), App::Open);
        QCOMPARE(app.people()->name(), QStringLiteral("Tomás Okafor"));
        QVERIFY(app.goals()->list()->count() > 0);
    }

    void lockingForgetsWhatWasReadAndUnlockingComesBackToTheSameWord()
    {
        FakeWorld world;
        App app(opened(world));
        unlock(app, world);
        app.openGoal(FakeWorld::hex(QStringLiteral("lisbon")));
        world.settle();
        app.goal()->why()->edit({{0, 0, QStringLiteral("Because of the sea")}});
        app.goal()->why()->caret = 7;
        app.lock();
        world.settle();
        QCOMPARE(app.stage(), App::Locked);
        QVERIFY(!world.vaultOpen);
        QCOMPARE(app.unlock()->title(), QStringLiteral("Lina's journal"));
        QCOMPARE(app.goals()->list()->count(), 0);
        QVERIFY(app.goal()->title().isEmpty());
        QVERIFY(app.goal()->why()->text().isEmpty());
        unlock(app, world);
        QCOMPARE(app.goal()->title(), QStringLiteral("Decide about the Lisbon offer"));
        QCOMPARE(app.goal()->why()->text(), QStringLiteral("Because of the sea"));
        QCOMPARE(app.goal()->why()->caret, 7);
    }

    void aDraftIsThereAgainAfterUnlock()
    {
        FakeWorld world;
        App app(opened(world));
        unlock(app, world);
        app.openGoal(FakeWorld::hex(QStringLiteral("review")));
        world.settle();
        app.writeFeedback();
        QCOMPARE(app.page(), App::Write);
        app.composer()->text()->edit({{0, 0, QStringLiteral("Half a sen")}});
        world.settle();
        app.composer()->setTone(QStringLiteral("curious"));
        world.settle();
        app.lock();
        world.settle();
        unlock(app, world);
        QCOMPARE(app.page(), App::Write);
        QCOMPARE(app.composer()->text()->text(), QStringLiteral("Half a sen"));
        QCOMPARE(app.composer()->tone(), QStringLiteral("curious"));
    }

    void feedbackRestsCanBeTakenBackAndThenGoes()
    {
        FakeWorld world;
        App app(opened(world));
        unlock(app, world);
        app.openGoal(FakeWorld::hex(QStringLiteral("lisbon")));
        world.settle();
        app.writeFeedback();
        QCOMPARE(app.page(), App::Goals); // nobody reads a private goal
        app.openGoal(FakeWorld::hex(QStringLiteral("review")));
        world.settle();
        app.writeFeedback();
        QVERIFY(!app.composer()->send()); // nothing is written yet
        app.composer()->text()->edit({{0, 0, QStringLiteral("Well done")}});
        QVERIFY(app.composer()->send());
        world.settle();
        QCOMPARE(app.page(), App::Feedback);
        QVERIFY(app.thread()->isShown());
        QVERIFY(app.notice()->isUndoable());
        QVERIFY(app.notice()->text().contains(QLatin1String("10 s")));
        app.notice()->undo();
        world.settle();
        QVERIFY(!app.thread()->isShown());
        app.openGoal(FakeWorld::hex(QStringLiteral("review")));
        app.writeFeedback();
        world.settle();
        QCOMPARE(app.composer()->text()->text(), QStringLiteral("Well done"));
        QVERIFY(app.composer()->send());
        world.settle();
        world.clock.now += 11'000;
        QTRY_VERIFY_WITH_TIMEOUT(sentBody(world) == QStringLiteral("Well done"), 5000);
        world.settle();
        QVERIFY(app.thread()->isShown()); // the page follows what has gone
        QCOMPARE(app.thread()->title(), QStringLiteral("Lead a design review on my own"));
    }

    void aGoalIsMadeByQuestionsAndItsMarksMove()
    {
        FakeWorld world;
        fill(world, Fill::Empty);
        App app(opened(world));
        unlock(app, world);
        app.newGoal();
        QCOMPARE(app.goal()->question(), GoalView::What);
        app.goal()->setTitle(QStringLiteral("Teach"));
        world.settle();
        QCOMPARE(app.goal()->question(), GoalView::Why);
        QVERIFY(app.goal()->why()->isReady());
        QVERIFY(!app.goal()->setDue(QStringLiteral("soon")));
        QVERIFY(app.goal()->setDue(QStringLiteral("30 January")));
        app.goal()->addMark(QStringLiteral("one"));
        app.goal()->addMark(QStringLiteral("two"));
        world.settle();
        QCOMPARE(app.goal()->due(), QStringLiteral("2027-01-30"));
        QCOMPARE(titles(app), (QStringList{QStringLiteral("one"), QStringLiteral("two")}));
        const QString second = app.goal()->marks()->at(1).value(QStringLiteral("key")).toString();
        app.goal()->moveMark(second, -1);
        world.settle();
        QCOMPARE(titles(app), (QStringList{QStringLiteral("two"), QStringLiteral("one")}));
        app.goal()->setMarkDone(second, true);
        world.settle();
        QCOMPARE(app.goal()->passedText(), QStringLiteral("1 of 2 passed"));
    }

    void sharingFollowsTheGoalIntoTheSharedSpace()
    {
        FakeWorld world;
        App app(opened(world));
        unlock(app, world);
        app.openGoal(FakeWorld::hex(QStringLiteral("teach")));
        world.settle();
        app.goal()->share(app.people()->current());
        world.settle();
        QVERIFY(app.goal()->isResting());
        QVERIFY(!app.goal()->mayChange());
        world.clock.now += 11'000;
        QTRY_VERIFY_WITH_TIMEOUT(!app.goal()->isResting(), 5000);
        QVERIFY(!app.goal()->isOnlyMine());
        QCOMPARE(app.goal()->marks()->count(), 2);
    }

    void aSuggestedMarkIsNotCountedUntilItIsTakenOn()
    {
        FakeWorld world;
        fill(world, Fill::Typical);
        App app(opened(world));
        unlock(app, world);
        app.openGoal(FakeWorld::hex(QStringLiteral("review")));
        world.settle();
        const auto role = [&](int row, const char* name) {
            return app.goal()->marks()->at(row).value(QString::fromLatin1(name));
        };
        const auto counted = [&] {
            const QString key = FakeWorld::hex(QStringLiteral("review"));
            const int row = app.goals()->list()->indexOfId(key);
            return app.goals()->list()->at(row).value(QStringLiteral("rowLine")).toString();
        };
        QVERIFY(counted().startsWith(QStringLiteral("2 of 5 passed")));
        const QString third = role(2, "key").toString();
        QVERIFY(role(2, "next").toBool());
        world.find(FakeWorld::entryId(QStringLiteral("m3")))
            ->fields.insert(QStringLiteral("proposed"), true);
        app.desk().reread();
        world.settle();
        QVERIFY(role(2, "suggested").toBool());
        QVERIFY(role(3, "next").toBool());
        QVERIFY(counted().startsWith(QStringLiteral("2 of 4 passed")));
        app.goal()->takeMarkOn(third);
        world.settle();
        QVERIFY(!role(2, "suggested").toBool());
        QVERIFY(counted().startsWith(QStringLiteral("2 of 5 passed")));
    }

    void aPausedGoalStandsInAGroupOfItsOwn()
    {
        FakeWorld world;
        fill(world, Fill::Typical);
        App app(opened(world));
        unlock(app, world);
        app.openGoal(FakeWorld::hex(QStringLiteral("review")));
        world.settle();
        app.goal()->setStatus(QStringLiteral("paused"));
        world.settle();
        QCOMPARE(app.goal()->statusText(), QStringLiteral("Paused"));
        bool found = false;
        for (int i = 0; i < app.goals()->list()->count(); ++i) {
            const QVariantMap row = app.goals()->list()->at(i);
            if (row.value(QStringLiteral("key")) != FakeWorld::hex(QStringLiteral("review")))
                continue;
            found = true;
            QCOMPARE(row.value(QStringLiteral("group")).toString(), QStringLiteral("Paused"));
            QVERIFY(row.value(QStringLiteral("paused")).toBool());
        }
        QVERIFY(found);
    }

    void anAskerIsLetInOnlyAfterTenSeconds()
    {
        FakeWorld world;
        fill(world, Fill::Empty);
        addAsker(world, true);
        App app(opened(world));
        unlock(app, world);
        QCOMPARE(app.door()->askers()->count(), 1);
        QVERIFY(app.door()->askers()->at(0).value(QStringLiteral("expected")).toBool());
        const QString key = app.door()->askers()->at(0).value(QStringLiteral("key")).toString();
        app.door()->letIn(key);
        app.door()->undo(key);
        world.clock.now += 11'000;
        app.door()->finish(); // what still rested would be done now
        QVERIFY(!world.calls.contains(QStringLiteral("confirm")));
        app.door()->letIn(key);
        world.clock.now += 11'000;
        QTRY_VERIFY_WITH_TIMEOUT(world.calls.contains(QStringLiteral("confirm")), 5000);
    }

    void anUnexpectedNameIsToldApart()
    {
        FakeWorld world;
        fill(world, Fill::Empty);
        addAsker(world, false);
        App app(opened(world));
        unlock(app, world);
        QVERIFY(!app.door()->askers()->at(0).value(QStringLiteral("expected")).toBool());
    }

    void anInvitationNeedsANameAndARelayAndGivesAWholeMessage()
    {
        FakeWorld world;
        fill(world, Fill::Empty);
        App app(opened(world));
        unlock(app, world);
        app.showInvite();
        app.inviting()->make();
        QVERIFY(!app.inviting()->problem().isEmpty());
        app.inviting()->setForWhom(QStringLiteral("Hana"));
        app.inviting()->setRelay(QStringLiteral("relay.example.org"));
        app.inviting()->tryRelay();
        world.settle();
        QVERIFY(app.inviting()->isRelayWell());
        QCOMPARE(world.relayAddress, QStringLiteral("wss://relay.example.org"));
        app.inviting()->make();
        world.settle();
        const QString message = app.inviting()->message();
        for (const QString& part : {QStringLiteral("Hana"), QStringLiteral("I have an invitation"),
                 QStringLiteral("paste this whole message"), app.inviting()->link(),
                 QStringLiteral("Wednesday 2 December"), QStringLiteral("Lina Haddad")})
            QVERIFY2(message.contains(part), qPrintable(part));
        QCOMPARE(app.inviting()->open()->count(), 1);
    }

    void aFailureIsToldInASentence()
    {
        FakeWorld world;
        App app(opened(world));
        unlock(app, world);
        app.openGoal(FakeWorld::hex(QStringLiteral("lisbon")));
        world.settle();
        world.nextError = Error{ErrorCode::DiskFull, {}};
        app.goal()->setMeasure(QStringLiteral("a signed letter"));
        world.settle();
        QVERIFY(app.notice()->problem().contains(QLatin1String("disk is full")));
    }

    void theConnectionSignSaysWhatWaits()
    {
        FakeWorld world;
        App app(opened(world));
        unlock(app, world);
        QCOMPARE(app.sign()->text(), QStringLiteral("All caught up"));
        world.status.outbox = 3;
        world.status.unsent = 3;
        world.status.connection = ConnectionState::Offline;
        world.tellStatus();
        world.settle();
        QCOMPARE(app.sign()->text(), QStringLiteral("3 changes waiting, saved here"));
        QVERIFY(app.sign()->isOffline());
        app.sign()->tryNow();
        QVERIFY(world.calls.contains(QStringLiteral("hurry")));
    }

    void errorsOfEveryCodeHaveASentence()
    {
        for (int code = 0; code <= int(ErrorCode::Timeout); ++code) {
            const QString said = sentence({ErrorCode(code), {}});
            QVERIFY2(said.endsWith(u'.'), codeName(ErrorCode(code)));
        }
    }

    void passphrasesAreJudgedByWhatAGuesserTriesFirst()
    {
        const auto bits
            = [](const char* text) { return Passphrase::guessBits(QString::fromUtf8(text)); };
        for (const char* weak :
            {"", "password", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "12345678901234",
                "snow snow snow snow snow snow", "Tomás 2026", "qwerty qwerty", "correct horse"})
            QVERIFY2(bits(weak) < Passphrase::kEnoughBits, weak);
        for (const char* strong :
            {kPassphrase, "g7#kQ2!vZ9$xLm4@pT", "marble lantern orbit sedge tunic"})
            QVERIFY2(bits(strong) >= Passphrase::kEnoughBits, strong);
    }

    void namesCannotSteerTheSentencesTheyStandIn()
    {
        QCOMPARE(inSentence(QStringLiteral("a\u202Eb\nc\u2066")), QStringLiteral("ab c"));
        QCOMPARE(initials(QStringLiteral("Lina Haddad")), QStringLiteral("LH"));
        QCOMPARE(initials(QStringLiteral("Mei")), QStringLiteral("M"));
    }

private:
    static PagePorts opened(FakeWorld& world)
    {
        if (world.allSpaces.size() == 1 && world.allEntries.isEmpty() && world.pairings.isEmpty()
            && !world.vaultOpen)
            fill(world, Fill::Typical);
        world.vaultOpen = false;
        return world.ports();
    }
    static void unlock(App& app, FakeWorld& world)
    {
        typed(app.unlock()->passphrase(), kPassphrase);
        app.unlock()->open();
        world.settle();
        QCOMPARE(app.stage(), App::Open);
    }
    static QStringList titles(App& app)
    {
        QStringList out;
        for (int i = 0; i < app.goal()->marks()->count(); ++i)
            out.append(app.goal()->marks()->at(i).value(QStringLiteral("title")).toString());
        return out;
    }
    static QString sentBody(FakeWorld& world)
    {
        for (const Entry& entry : world.allEntries) {
            if (entry.kind == QLatin1String("feedback") && entry.by == world.myself
                && entry.space != world.privateId)
                return entry.text(u"body");
        }
        return {};
    }
};

QTEST_GUILESS_MAIN(TestViewModels)
#include "tst_viewmodels.moc"

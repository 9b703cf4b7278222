// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/verbs.h"
#include "tests/commands/fakecommandline.h"

#include <QTest>

using namespace Waymark;
using namespace Waymark::Testing;

namespace {

constexpr int kUsage = int(ExitStatus::Usage);

} // namespace

class ArgumentsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void helpOfEveryVerbHasItsOptionsAndExamples()
    {
        for (const Verb& verb : allVerbs()) {
            FakeCommandLine line;
            const CommandRun run = line.run(
                QString::fromLatin1(verb.name).split(u' ') + QStringList{QStringLiteral("--help")});
            QCOMPARE(run.status, 0);
            const QStringList examples = QString::fromUtf8(verb.examples).split(u'\n');
            for (const QString& example : examples)
                QVERIFY2(run.out.contains("waymark-cli " + example.toUtf8()), verb.name);
            for (const Option& option : verb.options)
                QVERIFY2(QString::fromUtf8(run.out).contains(QString::fromUtf8(option.help)),
                    option.name);
        }
    }

    void everyExampleCanBeRead()
    {
        for (const Verb& verb : allVerbs()) {
            for (const QString& example : QString::fromUtf8(verb.examples).split(u'\n')) {
                QStringList words;
                bool quoted = false;
                words.append(QString());
                for (const QChar c : example) {
                    if (c == u'\'')
                        quoted = !quoted;
                    else if (c == u' ' && !quoted)
                        words.append(QString());
                    else
                        words.last() += c;
                }
                const auto parsed = parseArguments(words);
                QVERIFY2(parsed.ok(), qPrintable(example));
                QCOMPARE(std::get<Arguments>(*parsed).verb, &verb);
            }
        }
    }

    void helpAndVersionNeedNoVault()
    {
        CommandRunner runner;
        const auto never = [](CommandLine&) { return ExitStatus::Failed; };
        CommandRun run = runner.run({QStringLiteral("--help")}, never);
        QCOMPARE(run.status, 0);
        QVERIFY(run.out.contains("7 damaged"));
        run = runner.run({QStringLiteral("--version")}, never);
        QCOMPARE(run.status, 0);
        QVERIFY(run.out.startsWith("waymark-cli 0."));
    }

    void whatIsMissingOrUnknownIsUsage_data()
    {
        QTest::addColumn<QString>("words");
        QTest::newRow("no verb") << QStringLiteral("--json");
        QTest::newRow("half a verb") << QStringLiteral("entry");
        QTest::newRow("an unknown verb") << QStringLiteral("entry paint");
        QTest::newRow("an unknown option") << QStringLiteral("entry list --colour");
        QTest::newRow("a positional missing") << QStringLiteral("entry show");
        QTest::newRow("an option missing") << QStringLiteral("space create --name N");
        QTest::newRow("an option twice") << QStringLiteral("entry list --kind goal --kind action");
        QTest::newRow("one positional too many") << QStringLiteral("entry show 01 02");
        QTest::newRow("two ways to sync") << QStringLiteral("sync --once --watch");
        QTest::newRow("no way to sync") << QStringLiteral("sync");
        QTest::newRow("no number") << QStringLiteral("search word --limit many");
        QTest::newRow("a number below") << QStringLiteral("search word --limit 0");
        QTest::newRow("an unknown role") << QStringLiteral("space create --name N --role king");
        QTest::newRow("an unknown cost") << QStringLiteral("vault create --name N --kdf-cost low");
        QTest::newRow("no place") << QStringLiteral("entry move 01");
        QTest::newRow("two places") << QStringLiteral("entry move 01 --first --last");
        QTest::newRow("nothing to set") << QStringLiteral("entry set 01");
        QTest::newRow("no assignment") << QStringLiteral("entry set 01 --set title --add x");
        QTest::newRow("one field twice") << QStringLiteral("entry set 01 --set title=A title=B");
    }
    void whatIsMissingOrUnknownIsUsage()
    {
        QFETCH(QString, words);
        FakeCommandLine line;
        line.vault.addEntry(QStringLiteral("goal"), line.shared(), {});
        const CommandRun run = line.json(words.toUtf8().constData());
        QCOMPARE(run.status, kUsage);
        QCOMPARE(run.errorCode(), QStringLiteral("usage"));
        QVERIFY(!run.errorMessage().isEmpty());
        QVERIFY(run.out.isEmpty());
        QVERIFY(line.vault.calls.isEmpty());
    }

    void theVaultMustBeNamed()
    {
        CommandRunner runner;
        const CommandRun run = runner.run({QStringLiteral("status"), QStringLiteral("--json")},
            [](CommandLine&) { return ExitStatus::Ok; });
        QCOMPARE(run.status, kUsage);
        QVERIFY(run.errorMessage().contains(QLatin1String("--vault")));
    }

    void commonOptionsMayStandAnywhere()
    {
        FakeCommandLine line;
        const CommandRun before
            = line.run({QStringLiteral("--json"), QStringLiteral("space"), QStringLiteral("list")});
        const CommandRun between
            = line.run({QStringLiteral("space"), QStringLiteral("--json"), QStringLiteral("list")});
        const CommandRun after = line.json("space list");
        QCOMPARE(before.status, 0);
        QCOMPARE(before.array().size(), 2);
        QCOMPARE(between.out, before.out);
        QCOMPARE(after.out, before.out);
    }

    void theIdMayStandAfterTheValues()
    {
        FakeCommandLine line;
        const EntryId id = line.vault.addEntry(QStringLiteral("goal"), line.shared(), {});
        const QString hex = line.hex(id);
        const CommandRun run
            = line.json({QStringLiteral("entry"), QStringLiteral("set"), QStringLiteral("--set"),
                QStringLiteral("title=Two words"), QStringLiteral("measure=x=y"), hex});
        QCOMPARE(run.status, 0);
        QCOMPARE(line.vault.all[id].text(u"title"), QStringLiteral("Two words"));
        QCOMPARE(line.vault.all[id].text(u"measure"), QStringLiteral("x=y"));
    }

    void valuesBecomeTheTypeOfTheirField_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("assignment");
        QTest::addColumn<QJsonValue>("value");
        const auto row = [](const char* kind, const char* assignment, const QJsonValue& value) {
            QTest::newRow(assignment)
                << QString::fromLatin1(kind) << QString::fromUtf8(assignment) << value;
        };
        row("goal", "title=12", QStringLiteral("12"));
        row("goal", "progress=40", 40);
        row("goal", "target=2.5", 2.5);
        row("goal", "progress=half", QStringLiteral("half"));
        row("goal", R"(tags=["a","b"])", QJsonArray{QStringLiteral("a"), QStringLiteral("b")});
        row("goal", "why=[not an array]", QStringLiteral("[not an array]"));
        row("milestone", "done=true", true);
        row("milestone", "done=perhaps", QStringLiteral("perhaps"));
        row("reflection", "mood=5", 5);
        row("session", R"(agenda=["x"])", QJsonArray{QStringLiteral("x")});
        row("goal", "due=2026-12-19", QStringLiteral("2026-12-19"));
    }
    void valuesBecomeTheTypeOfTheirField()
    {
        QFETCH(QString, kind);
        QFETCH(QString, assignment);
        QFETCH(QJsonValue, value);
        FakeCommandLine line;
        const CommandRun run = line.json({QStringLiteral("entry"), QStringLiteral("add"), kind,
            QStringLiteral("--set"), assignment});
        QCOMPARE(run.status, 0);
        const QString field = assignment.left(assignment.indexOf(u'='));
        QCOMPARE(line.vault.all.first().fields.value(field), value);
    }

    void anEmptyValueClears()
    {
        FakeCommandLine line;
        const EntryId id = line.vault.addEntry(QStringLiteral("goal"), line.shared(),
            {{QStringLiteral("due"), QStringLiteral("2026-12-19")}});
        QCOMPARE(line.json("entry set 01 --set due=").status, 0);
        QVERIFY(line.vault.all[id].fields.isEmpty());
    }

    void aSetIsNoPlainString()
    {
        FakeCommandLine line;
        const CommandRun run = line.json("entry add goal --set tags=review");
        QCOMPARE(run.status, kUsage);
        QVERIFY(run.errorMessage().contains(QLatin1String("--add tags")));
    }

    void itemsAreAddedAndRemoved()
    {
        FakeCommandLine line;
        const EntryId id = line.vault.addEntry(QStringLiteral("session"), line.shared(),
            {{QStringLiteral("agenda"), QJsonArray{QStringLiteral("a"), QStringLiteral("b")}}});
        QCOMPARE(line.json("entry set 01 --add agenda=c agenda=d --remove agenda=a").status, 0);
        QCOMPARE(line.vault.all[id].fields.value(QLatin1String("agenda")).toArray(),
            (QJsonArray{QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d")}));
    }

    void aTextIsTakenFromAFileAsItIs()
    {
        FakeCommandLine line;
        line.runner.in = "First line\nsecond – line\n";
        QCOMPARE(line.json("entry add message --set-file body=-").status, 0);
        QCOMPARE(
            line.vault.all.first().text(u"body"), QStringLiteral("First line\nsecond – line\n"));
        line.runner.in = "A title\n";
        QCOMPARE(line.json("entry add goal --set-file title=-").status, 0);
        QCOMPARE(line.vault.all.last().text(u"title"), QStringLiteral("A title"));
        line.runner.in = "\xff\xfe";
        QCOMPARE(line.json("entry add goal --set-file title=-").status, kUsage);
        QCOMPARE(line.json("entry add goal --set-file title=/no/such/file").status, kUsage);
    }
};

QTEST_GUILESS_MAIN(ArgumentsTest)
#include "tst_arguments.moc"

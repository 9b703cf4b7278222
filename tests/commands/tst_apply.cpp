// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/commands/fakecommandline.h"

#include <QTest>

using namespace Waymark;
using namespace Waymark::Testing;

namespace {

QString idAt(const CommandRun& run, int line)
{
    return run.lines().at(line)[QLatin1String("id")].toString();
}

QString errorAt(const CommandRun& run, int line)
{
    return run.lines().at(line)[QLatin1String("error")][QLatin1String("code")].toString();
}

CommandRun apply(FakeCommandLine& line, const QByteArray& lines)
{
    line.runner.in = lines;
    return line.json("entry apply -");
}

} // namespace

class ApplyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachLineIsOneChangeAndOneAnswer()
    {
        FakeCommandLine line;
        const CommandRun run = apply(line,
            R"({"op":"add","kind":"goal","space":"b2","fields":{"title":"A","progress":10}})"
            "\n\n"
            R"({"op":"add","kind":"reflection","fields":{"body":"B"}})");
        QCOMPARE(run.status, 0);
        QCOMPARE(run.lines().size(), 2);
        QCOMPARE(run.lines().at(0).toObject().keys(),
            (QStringList{
                QStringLiteral("id"), QStringLiteral("line"), QStringLiteral("operation")}));
        QCOMPARE(run.lines().at(1)[QLatin1String("line")].toInt(), 3);
        QCOMPARE(line.vault.all.first().fields.value(QLatin1String("progress")).toInt(), 10);
        QCOMPARE(line.vault.all.last().space, line.vault.privateSpace());
    }

    void laterLinesNameWhatEarlierOnesMade()
    {
        FakeCommandLine line;
        const CommandRun run = apply(line, R"({"op":"add","as":"g","kind":"goal","space":"b2"}
{"op":"add","as":"m1","kind":"milestone","space":"b2","fields":{"in":"@g"}}
{"op":"add","as":"m2","kind":"milestone","space":"b2","fields":{"in":"@g","title":"@g"}}
{"op":"move","id":"@m2","before":"@m1"}
{"op":"move","id":"@m2","to":"last"}
{"op":"set","id":"@g","fields":{"owner":"Tomás"}}
{"op":"delete","id":"@m1"}
{"op":"restore","id":"@m1"}
{"op":"acknowledge","id":"@g"}
)");
        QCOMPARE(run.status, 0);
        const Entry& last = line.vault.all.last();
        QCOMPARE(last.text(u"in"), idAt(run, 0));
        QCOMPARE(last.text(u"title"), QStringLiteral("@g"));
        QVERIFY(line.vault.calls.contains(QStringLiteral("move before %1").arg(idAt(run, 1))));
        QVERIFY(line.vault.calls.contains(QStringLiteral("move last %1").arg(QString(32, u'0'))));
        QVERIFY(line.vault.calls.endsWith(QStringLiteral("acknowledge")));
    }

    void whatIsSharedAndSentCanBeNamed()
    {
        FakeCommandLine line;
        const CommandRun run = apply(line, R"({"op":"add","as":"own","kind":"goal"}
{"op":"share","as":"theirs","id":"@own","space":"b2"}
{"op":"set","id":"@theirs","fields":{"title":"T"}}
{"op":"add","as":"draft","kind":"message","fields":{"body":"x"}}
{"op":"send","as":"sent","id":"@draft","space":"b2"}
{"op":"acknowledge","id":"@sent"}
)");
        QCOMPARE(run.status, 0);
        QCOMPARE(idAt(run, 2), idAt(run, 1));
        QVERIFY(idAt(run, 1) != idAt(run, 0));
        QCOMPARE(idAt(run, 5), idAt(run, 4));
    }

    void aRefusedLineIsLeftOutAndTheOthersGoOn()
    {
        FakeCommandLine line;
        const CommandRun run = apply(line, R"({"op":"add","as":"g","kind":"goal","space":"b2"}
{"op":"delete","id":"@g"}
{"op":"set","id":"@g","fields":{"title":"late"}}
{"op":"set","id":"@nobody","fields":{"title":"x"}}
{"op":"add","kind":"goal","fields":{"colour":"blue"}}
no json
{"op":"add","kind":"goal","fields":{"title":"still"}}
)");
        QCOMPARE(run.status, 5);
        QCOMPARE(run.lines().size(), 7);
        QCOMPARE(errorAt(run, 2), QStringLiteral("refused"));
        QCOMPARE(run.lines().at(2)[QLatin1String("line")].toInt(), 3);
        QVERIFY(!run.lines()
                     .at(2)[QLatin1String("error")][QLatin1String("message")]
                     .toString()
                     .isEmpty());
        QCOMPARE(errorAt(run, 3), QStringLiteral("notFound"));
        QCOMPARE(errorAt(run, 4), QStringLiteral("usage"));
        QCOMPARE(errorAt(run, 5), QStringLiteral("usage"));
        QCOMPARE(errorAt(run, 6), QString());
        QCOMPARE(run.errorCode(), QStringLiteral("refused"));
    }

    void aFailureOfTheVaultEndsTheRun()
    {
        FakeCommandLine line;
        line.runner.in = R"({"op":"add","kind":"goal","fields":{"title":"1"}}
{"op":"add","kind":"goal","fields":{"title":"2"}}
)";
        line.vault.failWriting = ErrorCode::DiskFull;
        const CommandRun run = line.json("entry apply -");
        QCOMPARE(run.status, 1);
        QCOMPARE(run.lines().size(), 1);
        QCOMPARE(errorAt(run, 0), QStringLiteral("disk.full"));
        QCOMPARE(run.errorCode(), QStringLiteral("disk.full"));
    }

    void setsAndListsTakeArraysOfStrings()
    {
        FakeCommandLine line;
        CommandRun run = apply(line, R"({"op":"add","as":"g","kind":"goal","fields":{"tags":["a"]}}
{"op":"set","id":"@g","add":{"tags":["b","c"]},"remove":{"tags":["a"]}}
)");
        QCOMPARE(run.status, 0);
        QCOMPARE(line.vault.all.first().fields.value(QLatin1String("tags")).toArray(),
            (QJsonArray{QStringLiteral("b"), QStringLiteral("c")}));
        run = apply(line, R"({"op":"set","id":"01","add":{"tags":"b"}}
{"op":"set","id":"01","add":{"tags":[1]}}
{"op":"set","id":"01","fields":[]}
)");
        QCOMPARE(run.status, 5);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(errorAt(run, i), QStringLiteral("usage"));
    }

    void whatALineCannotMeanIsSaid_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("unknown op") << QByteArray(R"({"op":"paint","id":"01"})");
        QTest::newRow("no op") << QByteArray(R"({"id":"01"})");
        QTest::newRow("key of another op")
            << QByteArray(R"({"op":"delete","id":"01","fields":{}})");
        QTest::newRow("unknown key") << QByteArray(R"({"op":"set","id":"01","field":{}})");
        QTest::newRow("no id") << QByteArray(R"({"op":"set","fields":{}})");
        QTest::newRow("no kind") << QByteArray(R"({"op":"add"})");
        QTest::newRow("no space") << QByteArray(R"({"op":"share","id":"01"})");
        QTest::newRow("two places")
            << QByteArray(R"({"op":"move","id":"01","to":"first","after":"01"})");
        QTest::newRow("no such place") << QByteArray(R"({"op":"move","id":"01","to":"middle"})");
        QTest::newRow("an array") << QByteArray(R"([1])");
    }
    void whatALineCannotMeanIsSaid()
    {
        QFETCH(QByteArray, text);
        FakeCommandLine line;
        line.vault.addEntry(QStringLiteral("action"), line.shared(), {});
        const CommandRun run = apply(line, text + '\n');
        QCOMPARE(run.status, 5);
        QCOMPARE(errorAt(run, 0), QStringLiteral("usage"));
        QVERIFY(line.vault.calls.isEmpty());
    }

    void aNameIsGivenOnce()
    {
        FakeCommandLine line;
        const CommandRun run = apply(line, R"({"op":"add","as":"g","kind":"goal"}
{"op":"add","as":"g","kind":"goal"}
)");
        QCOMPARE(run.status, 5);
        QCOMPARE(line.vault.all.size(), 1);
    }

    void aMissingFileIsUsage()
    {
        FakeCommandLine line;
        QCOMPARE(line.json("entry apply /no/such/file").status, 2);
    }

    void peopleReadPlainLines()
    {
        FakeCommandLine line;
        line.runner.in = "{\"op\":\"add\",\"kind\":\"goal\"}\nnonsense\n";
        const CommandRun run
            = line.run({QStringLiteral("entry"), QStringLiteral("apply"), QStringLiteral("-")});
        QCOMPARE(run.status, 5);
        QVERIFY(run.out.startsWith("1: 01"));
        QVERIFY(run.out.contains("\n2: No JSON") || run.out.contains("\n2: no JSON"));
    }
};

QTEST_GUILESS_MAIN(ApplyTest)
#include "tst_apply.moc"

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/commands/vaultcommandline.h"

using namespace Waymark;
using namespace Waymark::Testing;

namespace {

QString text(const QJsonObject& object, const char* key)
{
    return VaultCommandLine::text(object, key);
}

QString field(const QJsonObject& entry, const char* name)
{
    return entry[QLatin1String("fields")][QLatin1String(name)].toString();
}

QString errorAt(const CommandRun& run, int line)
{
    return run.lines().at(line)[QLatin1String("error")][QLatin1String("code")].toString();
}

QStringList titles(const QJsonArray& entries)
{
    QStringList out;
    for (const QJsonValue& entry : entries)
        out.append(field(entry.toObject(), "title"));
    return out;
}

} // namespace

/// Every verb but those of pairing and sync, on a real vault.
class RealVaultTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aVaultIsMadeOpenedAndRecovered()
    {
        VaultCommandLine line;
        QCOMPARE(line.json("vault info").status, 4);
        QCOMPARE(line.json("entry list").status, 4);
        const QStringList words = line.makeVault();
        QCOMPARE(words.size(), 24);
        QCOMPARE(line.json("vault create --name Other").status, 1);

        const QJsonObject info = line.json("vault info").object();
        QCOMPARE(text(info, "vault").size(), 32);
        QCOMPARE(info[QLatin1String("kdf")][QLatin1String("memory")].toInt(), 64 * 1024 * 1024);
        QCOMPARE(info[QLatin1String("kdf")][QLatin1String("passes")].toInt(), 3);

        line.runner.variables["WAYMARK_NEW_PASSPHRASE"] = "second";
        QCOMPARE(line.json("vault passphrase").status, 0);
        CommandRun run = line.json("status");
        QCOMPARE(run.status, 3);
        QCOMPARE(run.errorCode(), QStringLiteral("vault.wrongPassphrase"));
        line.runner.variables["WAYMARK_PASSPHRASE"] = "second";
        QCOMPARE(line.json("status").status, 0);

        line.runner.variables["WAYMARK_NEW_PASSPHRASE"] = "third";
        line.runner.variables["WAYMARK_RECOVERY"] = words.join(u' ').toUtf8();
        QCOMPARE(line.json("vault recover").status, 0);
        line.runner.variables["WAYMARK_PASSPHRASE"] = "third";
        QCOMPARE(line.json("status").status, 0);
        line.runner.variables["WAYMARK_RECOVERY"] = "only three words";
        run = line.json("vault recover");
        QCOMPARE(run.status, 3);
        QCOMPARE(run.errorCode(), QStringLiteral("vault.recoveryForm"));
    }

    void aVaultThatIsOpenElsewhereIsInUse()
    {
        VaultCommandLine line;
        line.makeVault();
        SystemClock clock;
        SystemRandom random;
        ThreadExecutor database(QStringLiteral("other"));
        JournalStore other(line.folder(), database, clock, random);
        const auto passphrase
            = std::make_shared<SecretBytes>(SecretBytes::copyOf(BytesView("open sesame")));
        QVERIFY(other.unlock(passphrase).result().ok());
        const CommandRun run = line.json("entry list");
        QCOMPARE(run.status, 1);
        QCOMPARE(run.errorCode(), QStringLiteral("vault.inUse"));
        QVERIFY(other.lock().result().ok());
    }

    void aDamagedKeyFileIsStatusSevenBeforeAnythingIsAsked()
    {
        VaultCommandLine line;
        line.makeVault();
        QFile header(line.folder() + QStringLiteral("/vault.waymark"));
        QVERIFY(header.open(QIODevice::ReadWrite));
        QVERIFY(header.seek(header.size() / 2));
        char byte = 0;
        QVERIFY(header.peek(&byte, 1) == 1);
        byte = char(byte ^ 1);
        QVERIFY(header.write(&byte, 1) == 1);
        header.close();
        line.runner.variables.clear();
        for (const char* words : {"vault info", "entry list", "vault passphrase"}) {
            const CommandRun run = line.json(words);
            QCOMPARE(run.status, 7);
            QCOMPARE(run.errorCode(), QStringLiteral("vault.headerDamaged"));
        }
        QVERIFY(line.runner.asked.isEmpty());
    }

    void everyKindGivesTheTypesBackThatItWasGiven()
    {
        VaultCommandLine line;
        line.makeVault();
        const QByteArray lines
            = R"({"op":"add","as":"goal","kind":"goal","fields":{"title":"T","why":"w\n","measure":"m","start":0,"target":2.5,"due":"2026-12-19","status":"active","progress":40,"tags":["a","b"]}}
{"op":"add","as":"session","kind":"session","fields":{"title":"S","begins":"2026-12-02T18:00:00+03:00","ends":"2026-12-02T19:00:00+03:00","zone":"Asia/Amman","place":"p","link":"tel:+353-1-555-0100","agenda":["one","two","one"],"notes":"n"}}
{"op":"add","kind":"reflection","fields":{"title":"R","body":"b","mood":4}}
{"op":"add","kind":"message","fields":{"body":"b"}}
{"op":"add","kind":"feedback","fields":{"body":"b","tone":"curious"}}
{"op":"add","kind":"milestone","fields":{"title":"M","done":true,"due":"2026-12-01","in":"@goal"}}
{"op":"add","kind":"action","fields":{"title":"A","done":false,"assignee":"me","in":"@session"}}
)";
        const CommandRun run = line.apply(lines);
        QVERIFY2(run.status == 0, run.out + run.err);
        const QJsonArray written = CommandRun::linesOf(lines);
        for (int i = 0; i < int(written.size()); ++i) {
            const QString id = run.lines().at(i)[QLatin1String("id")].toString();
            QJsonObject shown = line.show(id.left(12)).value(QLatin1String("fields")).toObject();
            QJsonObject given = written.at(i)[QLatin1String("fields")].toObject();
            for (const char* name : {"in", "assignee"}) {
                QCOMPARE(shown.contains(QLatin1String(name)), given.contains(QLatin1String(name)));
                QVERIFY(!given.contains(QLatin1String(name)) || text(shown, name).size() == 32);
                shown.remove(QLatin1String(name));
                given.remove(QLatin1String(name));
            }
            QCOMPARE(shown, given);
        }
        QCOMPARE(line.json("entry list").array().size(), 7);
        QCOMPARE(line.json("entry list --kind goal").array().size(), 1);
    }

    void whatAValueMayNotBeIsUsage_data()
    {
        QTest::addColumn<QString>("words");
        for (const char* words : {"goal --set colour=blue", "goal --set progress=101",
                 "goal --set progress=half", "goal --set due=tomorrow", "goal --set status=maybe",
                 "session --set begins=2026-12-02T18:00:00", "session --set zone=Mars/Base",
                 "reflection --set mood=6", "action --set done=yes", "feedback --set tone=loud",
                 "painting --set title=x", "space --set name=x", "goal --set shared=x"})
            QTest::newRow(words) << QString::fromLatin1(words);
    }
    void whatAValueMayNotBeIsUsage()
    {
        QFETCH(QString, words);
        static VaultCommandLine line;
        if (!QFileInfo::exists(line.folder()))
            line.makeVault();
        const CommandRun run = line.json(
            QStringList{QStringLiteral("entry"), QStringLiteral("add")} + words.split(u' '));
        QCOMPARE(run.status, 2);
        QCOMPARE(run.errorCode(), QStringLiteral("usage"));
        QVERIFY(run.errorMessage().size() > 10);
        QVERIFY(line.json("entry list").array().isEmpty());
    }

    void changesSayWhetherTheyWrote()
    {
        VaultCommandLine line;
        line.makeVault();
        const QString id = line.id({QStringLiteral("entry"), QStringLiteral("add"),
            QStringLiteral("goal"), QStringLiteral("--set"), QStringLiteral("title=A"),
            QStringLiteral(R"(tags=["x"])"), QStringLiteral("due=2026-12-19")});
        const QString brief = id.left(6);
        QJsonObject answer = line.json("entry set --set title=B", brief).object();
        QCOMPARE(text(answer, "id"), id);
        QCOMPARE(text(answer, "operation").size(), 64);
        answer = line.json("entry set --set title=B", brief).object();
        QVERIFY(answer.value(QLatin1String("operation")).isNull());
        line.json("entry set --add tags=y --remove tags=x --set due=", brief);
        const QJsonObject entry = line.show(brief);
        QCOMPARE(entry[QLatin1String("fields")],
            (QJsonObject{{QStringLiteral("title"), QStringLiteral("B")},
                {QStringLiteral("tags"), QJsonArray{QStringLiteral("y")}}}));
        QCOMPARE(entry.value(QLatin1String("conflicts")).toObject(), QJsonObject());
        QCOMPARE(entry.value(QLatin1String("deleted")), QJsonValue(false));
    }

    void whatTheRulesForbidIsRefused()
    {
        VaultCommandLine line;
        line.makeVault();
        const CommandRun run
            = line.apply(R"({"op":"add","as":"m","kind":"message","fields":{"body":"x"}}
{"op":"acknowledge","id":"@m"}
{"op":"delete","id":"@m"}
{"op":"set","id":"@m","fields":{"body":"y"}}
{"op":"restore","id":"@m"}
{"op":"set","id":"@m","fields":{"body":"y"}}
{"op":"add","kind":"note","fields":{}}
{"op":"set","id":"00000000000000000000000000000001","fields":{}}
)");
        QCOMPARE(run.status, 5);
        QCOMPARE(errorAt(run, 1), QStringLiteral("refused"));
        QCOMPARE(errorAt(run, 3), QStringLiteral("refused"));
        QCOMPARE(errorAt(run, 5), QString());
        QCOMPARE(errorAt(run, 6), QStringLiteral("usage"));
        QCOMPARE(errorAt(run, 7), QStringLiteral("notFound"));
    }

    void itemsStandInTheirOrder()
    {
        VaultCommandLine line;
        line.makeVault();
        QCOMPARE(line.apply(R"({"op":"add","as":"g","kind":"goal","fields":{"title":"g"}}
{"op":"add","as":"1","kind":"milestone","fields":{"title":"1","in":"@g"}}
{"op":"add","as":"2","kind":"milestone","fields":{"title":"2","in":"@g"}}
{"op":"add","as":"3","kind":"milestone","fields":{"title":"3","in":"@g"}}
{"op":"move","id":"@3","to":"first"}
{"op":"move","id":"@1","after":"@2"}
)")
                     .status,
            0);
        const QJsonArray items = line.json("entry list --kind milestone").array();
        QCOMPARE(titles(items),
            (QStringList{QStringLiteral("3"), QStringLiteral("2"), QStringLiteral("1")}));
        const QString last = text(items.at(2).toObject(), "id");
        QCOMPARE(line.json("entry move --first", last).status, 0);
        QCOMPARE(titles(line.json("entry list --kind milestone").array()),
            (QStringList{QStringLiteral("1"), QStringLiteral("3"), QStringLiteral("2")}));
    }

    void aGoalIsSharedWithItsMilestonesAndADraftIsSent()
    {
        VaultCommandLine line;
        line.makeVault();
        const QString space
            = line.id({QStringLiteral("space"), QStringLiteral("create"), QStringLiteral("--name"),
                QStringLiteral("Together"), QStringLiteral("--role"), QStringLiteral("mentee")});
        QByteArray lines = R"({"op":"add","as":"g","kind":"goal","fields":{"title":"g"}}
{"op":"add","kind":"milestone","fields":{"title":"m","in":"@g"}}
{"op":"share","as":"s","id":"@g","space":"SPACE"}
{"op":"add","as":"d","kind":"message","fields":{"body":"draft","on":"@g"}}
{"op":"send","as":"sent","id":"@d","space":"SPACE"}
{"op":"set","id":"@s","fields":{"title":"open"}}
{"op":"set","id":"@g","fields":{"title":"closed"}}
)";
        const CommandRun done = line.apply(lines.replace("SPACE", space.left(8).toLatin1()));
        QCOMPARE(done.status, 5);
        for (int i = 0; i < 6; ++i)
            QVERIFY2(errorAt(done, i).isEmpty(), done.out);
        QCOMPARE(errorAt(done, 6), QStringLiteral("refused"));
        const QJsonArray shared = line.json("entry list --space", space).array();
        QCOMPARE(shared.size(), 3);
        const QString goal = done.lines().at(2)[QLatin1String("id")].toString();
        for (const QJsonValue& entry : shared) {
            const QJsonObject object = entry.toObject();
            if (text(object, "kind") == QLatin1String("milestone"))
                QCOMPARE(field(object, "in"), goal);
            if (text(object, "kind") == QLatin1String("message"))
                QCOMPARE(field(object, "on"), goal);
        }
    }

    void everyAcknowledgedOperationStandsInTheHistory()
    {
        VaultCommandLine line;
        line.makeVault();
        const CommandRun run
            = line.apply(R"({"op":"add","as":"g","kind":"goal","fields":{"title":"A","why":"one"}}
{"op":"set","id":"@g","fields":{"why":"one two"}}
{"op":"set","id":"@g","fields":{"why":"zero one two"},"add":{"tags":["t"]}}
{"op":"delete","id":"@g"}
{"op":"restore","id":"@g"}
)");
        QCOMPARE(run.status, 0);
        const QString id = run.lines().at(0)[QLatin1String("id")].toString();
        const QJsonArray rows = line.json("entry history", id).array();
        QStringList whys;
        QStringList changes;
        QSet<QString> operations;
        for (const QJsonValue& row : rows) {
            operations.insert(text(row.toObject(), "operation"));
            changes.append(text(row.toObject(), "change"));
            if (text(row.toObject(), "field") == QLatin1String("why"))
                whys.append(text(row.toObject(), "value"));
        }
        for (const QJsonValue& each : run.lines())
            QVERIFY(operations.contains(text(each.toObject(), "operation")));
        QCOMPARE(whys,
            (QStringList{
                QStringLiteral("one"), QStringLiteral("one two"), QStringLiteral("zero one two")}));
        QCOMPARE(changes.first(), QStringLiteral("create"));
        for (const char* change : {"write", "add", "edit", "delete", "restore"})
            QVERIFY2(changes.contains(QLatin1String(change)), change);
    }

    void whatWasWrittenIsFoundVerifiedAndRebuilt()
    {
        VaultCommandLine line;
        line.makeVault();
        QCOMPARE(line.json({QStringLiteral("entry"), QStringLiteral("add"),
                               QStringLiteral("reflection"), QStringLiteral("--set"),
                               QStringLiteral("body=The lighthouse stood still")})
                     .status,
            0);
        const QJsonArray hits = line.json("search lightho").array();
        QCOMPARE(hits.size(), 1);
        QVERIFY(text(hits.at(0).toObject(), "snippet").contains(QLatin1String("lighthouse")));
        QCOMPARE(line.json("search absent").array().size(), 0);
        const CommandRun report = line.json("vault verify");
        QCOMPARE(report.status, 0);
        QVERIFY(report.object().value(QLatin1String("operations")).toInt() >= 2);
        const QJsonArray before = line.json("entry list").array();
        QCOMPARE(line.json("vault rebuild").object().value(QLatin1String("operations")),
            report.object().value(QLatin1String("operations")));
        QCOMPARE(line.json("entry list").array(), before);
        QCOMPARE(line.json("log check").status, 0);
        const QJsonObject log = line.json("log show").array().at(0).toObject();
        QCOMPARE(
            log.value(QLatin1String("seq")), report.object().value(QLatin1String("operations")));
        QVERIFY(log.value(QLatin1String("stopped")).isNull());
    }

    void everyWriteIsAnnouncedAndConfirmed()
    {
        VaultCommandLine line;
        line.makeVault();
        const CommandRun run = line.json("entry add goal --set title=A --events");
        QVERIFY2(run.status == 0, run.err);
        QStringList names;
        for (const QJsonValue& event : CommandRun::linesOf(run.err))
            names.append(text(event.toObject(), "event"));
        QCOMPARE(names,
            (QStringList{
                QStringLiteral("unlocked"), QStringLiteral("writing"), QStringLiteral("written")}));
    }

    void shortenedIdsMustFitOne()
    {
        VaultCommandLine line;
        line.makeVault();
        QByteArray lines;
        for (int i = 0; i < 20; ++i) // two of twenty begin with the same of sixteen digits
            lines += "{\"op\":\"add\",\"kind\":\"goal\",\"fields\":{\"title\":\"t\"}}\n";
        const CommandRun run = line.apply(lines);
        QMap<QString, QStringList> byFirst;
        for (const QJsonValue& each : run.lines()) {
            const QString id = text(each.toObject(), "id");
            byFirst[id.left(1)].append(id);
        }
        for (auto it = byFirst.cbegin(); it != byFirst.cend(); ++it) {
            if (it.value().size() < 2)
                continue;
            const CommandRun shown = line.json("entry show", it.key());
            QCOMPARE(shown.status, 2);
            QCOMPARE(shown.errorCode(), QStringLiteral("ambiguous"));
            QCOMPARE(
                text(line.show(it.value().first().left(20).toUpper()), "id"), it.value().first());
            return;
        }
        QFAIL("twenty ids with sixteen first digits, all different");
    }
};

QTEST_GUILESS_MAIN(RealVaultTest)
#include "tst_realvault.moc"

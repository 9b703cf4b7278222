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

QJsonObject fieldsOf(const QJsonObject& entry)
{
    return entry.value(QLatin1String("fields")).toObject();
}

QString idAt(const CommandRun& run, int line)
{
    return run.lines().at(line)[QLatin1String("id")].toString();
}

QString spaceIn(VaultCommandLine& line, const char* role = "mentee")
{
    return line.id({QStringLiteral("space"), QStringLiteral("create"), QStringLiteral("--name"),
        QStringLiteral("Together"), QStringLiteral("--role"), QString::fromLatin1(role)});
}

QStringList wordsOf(const QString& words)
{
    return words.split(u' ');
}

} // namespace

/// The fields and kinds that the app's pages need, on a real vault.
class KindsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFieldGivesTheTypesBackThatItWasGiven()
    {
        VaultCommandLine line;
        line.makeVault();
        const QByteArray lines
            = R"({"op":"add","as":"s","kind":"session","fields":{"title":"S","series":"fridays","held":"held","lasted":52,"decisions":["one","two"],"template":"first"}}
{"op":"add","as":"g","kind":"goal","fields":{"title":"G","target":10,"now":2.5,"status":"paused","welcome":"on","welcomeOn":["measure","marks"],"from":"@s","template":"smart","text.smart.limits":"Time","value.smart.review":"2027-01-30"}}
{"op":"add","kind":"milestone","fields":{"title":"M","in":"@g","from":"@s","proposed":true}}
{"op":"add","as":"m","kind":"message","fields":{"body":"How is this?","on":"@g","quote":"Time","ask":"feedback","due":"2026-12-01","wants":["detail","direction"],"stage":"rough","notOn":"the title"}}
{"op":"add","as":"meant","kind":"message","fields":{"body":"Is this how you meant it?","on":"@g","quote":"Time","ask":"meant"}}
{"op":"add","kind":"message","fields":{"body":"Partly","replyTo":"@meant","reply":"partly"}}
{"op":"add","kind":"message","fields":{"body":"No need","noAnswer":true}}
{"op":"add","kind":"feedback","fields":{"body":"Well done","noAnswer":true}}
{"op":"add","kind":"reflection","fields":{"body":"b","day":"2026-11-24","template":"weekly","text.weekly.moved":"The retry design","value.weekly.energy":4,"value.weekly.done":true}}
{"op":"add","kind":"reaction","fields":{"on":"@m","quote":"How","sign":"moved"}}
{"op":"add","kind":"checkin","fields":{"on":"@s","useful":5,"next":"Ask first","template":"first","text.first.more":"x"}}
{"op":"add","kind":"note","fields":{"on":"@s","body":"He looked tired"}}
)";
        const CommandRun run = line.apply(lines);
        QVERIFY2(run.status == 0, run.out + run.err);
        const QJsonArray written = CommandRun::linesOf(lines);
        for (int i = 0; i < int(written.size()); ++i) {
            QJsonObject shown = fieldsOf(line.show(idAt(run, i)));
            QJsonObject given = fieldsOf(written.at(i).toObject());
            for (const char* name : {"in", "on", "from", "replyTo"}) {
                QCOMPARE(shown.contains(QLatin1String(name)), given.contains(QLatin1String(name)));
                QVERIFY(!given.contains(QLatin1String(name)) || text(shown, name).size() == 32);
                shown.remove(QLatin1String(name));
                given.remove(QLatin1String(name));
            }
            QCOMPARE(shown, given);
        }
        const QJsonArray before = line.json("entry list").array();
        QCOMPARE(before.size(), written.size());
        QCOMPARE(line.json("vault verify").status, 0);
        QCOMPARE(line.json("vault rebuild").status, 0);
        QCOMPARE(line.json("entry list").array(), before);
    }

    void whatDoesNotGoTogetherIsUsage_data()
    {
        QTest::addColumn<QString>("words");
        for (const char* words :
            {"add message body=x due=2026-12-01", "add message body=x stage=rough",
                "add message body=x notOn=y", "add message body=x ask=question stage=rough",
                "add message body=x ask=simpler", "add message body=x ask=meant on=@goal",
                "add message body=x reply=yes", "add message body=x reply=yes replyTo=@message",
                "add message body=x ask=question noAnswer=true", "add message body=x ask=loud",
                "add message body=x wants=[\"praise\"]", "add message ask=question",
                "set @message stage=rough", "set @asked ask=question", "set @asked noAnswer=true",
                "add goal now=3", "add goal welcomeOn=[\"title\"]",
                "add goal welcome=all welcomeOn=[\"title\"]",
                "add goal welcome=on welcomeOn=[\"colour\"]", "add goal status=resting",
                "add session lasted=50", "add session held=missed lasted=50",
                "add session held=held lasted=0", "set @held held=missed",
                "add reaction sign=moved", "add reaction on=@message",
                "add reaction on=@message sign=love", "add checkin useful=5",
                "add checkin on=@held useful=6", "add note body=x", "add note on=@goal",
                "add reflection day=yesterday", "add reflection copies=[]",
                "add reflection text.weekly=x", "add message body=x text.weekly.moved=y",
                "add milestone proposed=maybe"})
            QTest::newRow(words) << QString::fromLatin1(words);
    }
    void whatDoesNotGoTogetherIsUsage()
    {
        QFETCH(QString, words);
        static VaultCommandLine line;
        static QMap<QString, QString> names;
        if (names.isEmpty()) {
            line.makeVault();
            const CommandRun made = line.apply(R"({"op":"add","kind":"goal","fields":{"title":"g"}}
{"op":"add","kind":"message","fields":{"body":"m"}}
{"op":"add","kind":"message","fields":{"body":"m","ask":"feedback","stage":"nearly"}}
{"op":"add","kind":"session","fields":{"title":"s","held":"held","lasted":50}}
)");
            int i = 0;
            for (const char* name : {"@goal", "@message", "@asked", "@held"})
                names.insert(QString::fromLatin1(name), idAt(made, i++));
        }
        const QJsonArray before = line.json("entry list").array();
        for (auto it = names.cbegin(); it != names.cend(); ++it)
            words.replace(it.key(), it.value());
        QStringList arguments = wordsOf(words);
        arguments.prepend(QStringLiteral("entry"));
        arguments.insert(3, QStringLiteral("--set"));
        const CommandRun run = line.json(arguments);
        QCOMPARE(run.status, 2);
        QCOMPARE(run.errorCode(), QStringLiteral("usage"));
        QVERIFY(run.errorMessage().size() > 10);
        QCOMPARE(line.json("entry list").array(), before);
    }

    void whatWentTogetherIsClearedTogether()
    {
        VaultCommandLine line;
        line.makeVault();
        const CommandRun run = line.apply(
            R"({"op":"add","as":"s","kind":"session","fields":{"held":"held","lasted":50}}
{"op":"set","id":"@s","fields":{"held":"missed","lasted":null}}
{"op":"add","as":"m","kind":"message","fields":{"body":"b","ask":"feedback","wants":["detail"]}}
{"op":"set","id":"@m","fields":{"ask":"question"},"remove":{"wants":["detail"]}}
)");
        QVERIFY2(run.status == 0, run.out);
        QCOMPARE(fieldsOf(line.show(idAt(run, 0))),
            (QJsonObject{{QStringLiteral("held"), QStringLiteral("missed")}}));
        QCOMPARE(text(fieldsOf(line.show(idAt(run, 2))), "ask"), QStringLiteral("question"));
    }

    void aSpaceHasSettings()
    {
        VaultCommandLine line;
        line.makeVault();
        const QString space = spaceIn(line);
        const QJsonObject answer
            = line.json("entry set --set replyDays=3 meetDays=14", space.left(10)).object();
        QCOMPARE(text(answer, "id"), space);
        QCOMPARE(text(answer, "operation").size(), 64);
        const QJsonObject shown = line.show(space.left(10));
        QCOMPARE(text(shown, "id"), space);
        QCOMPARE(text(shown, "kind"), QStringLiteral("space"));
        QCOMPARE(fieldsOf(shown),
            (QJsonObject{{QStringLiteral("name"), QStringLiteral("Together")},
                {QStringLiteral("replyDays"), 3}, {QStringLiteral("meetDays"), 14}}));
        QByteArray again = R"({"op":"set","id":"SPACE","fields":{"replyDays":4}})";
        const CommandRun applied = line.apply(again.replace("SPACE", space.toLatin1()));
        QCOMPARE(idAt(applied, 0), space);
        QCOMPARE(fieldsOf(line.show(space)).value(QLatin1String("replyDays")).toInt(), 4);
        QCOMPARE(line.json("entry set --set replyDays=0", space).status, 2);
        QCOMPARE(line.json("entry set --set size=open", space).status, 2);
        QCOMPARE(line.json("entry delete", space).status, 4);
        QVERIFY(line.json("entry list").array().isEmpty());
        QStringList changes;
        for (const QJsonValue& row : line.json("entry history", space).array())
            changes.append(text(row.toObject(), "field"));
        QCOMPARE(changes.count(QStringLiteral("replyDays")), 2);
        QCOMPARE(line.json("space show", space).object().value(QLatin1String("name")).toString(),
            QStringLiteral("Together"));
    }

    void oneSaysOfOneselfWhatOnesPartnersNeed()
    {
        VaultCommandLine line;
        line.makeVault();
        const QString space = spaceIn(line);
        const QStringList set = wordsOf(QStringLiteral("entry set me --space ") + space.left(8)
            + QStringLiteral(" --set zone=Asia/Amman hours=09:00-21:00 city=Amman "
                             "away=[\"2026-12-24\",\"2027-01-03\"] --add languages=en "
                             "languages=ar days=mon days=sun"));
        const CommandRun run = line.json(set);
        QVERIFY2(run.status == 0, run.err);
        const QJsonObject expected{{QStringLiteral("name"), QStringLiteral("Lina")},
            {QStringLiteral("zone"), QStringLiteral("Asia/Amman")},
            {QStringLiteral("city"), QStringLiteral("Amman")},
            {QStringLiteral("hours"), QStringLiteral("09:00-21:00")},
            {QStringLiteral("away"),
                QJsonArray{QStringLiteral("2026-12-24"), QStringLiteral("2027-01-03")}},
            {QStringLiteral("languages"), QJsonArray{QStringLiteral("ar"), QStringLiteral("en")}},
            {QStringLiteral("days"), QJsonArray{QStringLiteral("mon"), QStringLiteral("sun")}}};
        const QStringList show = wordsOf(QStringLiteral("entry show me --space ") + space.left(8));
        QCOMPARE(fieldsOf(line.json(show).object()), expected);
        QCOMPARE(text(line.json(show).object(), "id"), text(run.object(), "id"));
        // The private page is another one.
        QCOMPARE(fieldsOf(line.show(QStringLiteral("me"))).size(), 1);
        QByteArray lines = R"({"op":"set","id":"me","fields":{"zone":"Europe/Oslo"}}
{"op":"set","id":"me","space":"SPACE","fields":{"away":""},"remove":{"days":["mon"]}}
{"op":"set","id":"me","space":"SPACE","fields":{"days":["someday"]}}
{"op":"set","id":"me","space":"SPACE","fields":{"languages":["de_DE"]}}
{"op":"set","id":"me","space":"SPACE","add":{"days":["monday"]}}
)";
        const CommandRun applied = line.apply(lines.replace("SPACE", space.toLatin1()));
        QCOMPARE(applied.status, 5);
        for (int i = 0; i < 5; ++i)
            QCOMPARE(applied.lines().at(i).toObject().contains(QLatin1String("error")), i >= 2);
        QCOMPARE(
            text(fieldsOf(line.show(QStringLiteral("me"))), "zone"), QStringLiteral("Europe/Oslo"));
        const QJsonObject page = fieldsOf(line.json(show).object());
        QVERIFY(!page.contains(QLatin1String("away")));
        QCOMPARE(page.value(QLatin1String("days")).toArray(), QJsonArray{QStringLiteral("sun")});
        // By the person's id as well; a space goes with members alone.
        const QString me = text(run.object(), "id");
        QCOMPARE(fieldsOf(line.json(QStringList{QStringLiteral("entry"), QStringLiteral("show"),
                                        me.left(8), QStringLiteral("--space"), space})
                              .object()),
            page);
        QCOMPARE(line.json("entry show me --space 00").status, 4);
    }

    void aNoteStaysWithItsWriter()
    {
        VaultCommandLine line;
        line.makeVault();
        const QString space = spaceIn(line);
        QByteArray lines = R"({"op":"add","as":"g","kind":"goal","fields":{"title":"g"}}
{"op":"add","as":"n","kind":"note","fields":{"on":"@g","body":"Ask about his mother"}}
{"op":"share","id":"@n","space":"SPACE"}
{"op":"add","kind":"note","space":"SPACE","fields":{"on":"me","body":"x"}}
{"op":"add","kind":"note","fields":{"on":"me","body":"On myself"}}
{"op":"add","kind":"note","fields":{"on":"Nobody","body":"x"}}
{"op":"share","as":"s","id":"@g","space":"SPACE"}
)";
        const CommandRun run = line.apply(lines.replace("SPACE", space.toLatin1()));
        const auto code = [&](int i) {
            return run.lines().at(i)[QLatin1String("error")][QLatin1String("code")].toString();
        };
        QCOMPARE(code(2), QStringLiteral("refused"));
        QCOMPARE(code(3), QStringLiteral("refused"));
        QCOMPARE(code(4), QString());
        QCOMPARE(code(5), QStringLiteral("notFound"));
        // It is beside what its goal became.
        QCOMPARE(text(fieldsOf(line.show(idAt(run, 1))), "on"), idAt(run, 6));
        QCOMPARE(line.json("search mother").array().size(), 1);
    }

    void aReflectionKnowsItsCopies()
    {
        VaultCommandLine line;
        line.makeVault();
        const QString space = spaceIn(line);
        QByteArray lines
            = R"({"op":"add","as":"r","kind":"reflection","fields":{"body":"b","day":"2026-11-24"}}
{"op":"share","as":"c","id":"@r","space":"SPACE"}
)";
        const CommandRun run = line.apply(lines.replace("SPACE", space.toLatin1()));
        QCOMPARE(run.status, 0);
        const QString copy = idAt(run, 1);
        QCOMPARE(fieldsOf(line.show(idAt(run, 0))).value(QLatin1String("copies")).toArray(),
            (QJsonArray{QJsonArray{space, copy}}));
        QCOMPARE(fieldsOf(line.show(copy)),
            (QJsonObject{{QStringLiteral("body"), QStringLiteral("b")},
                {QStringLiteral("day"), QStringLiteral("2026-11-24")}}));
        QCOMPARE(line.json("entry set --set day=", idAt(run, 0)).status, 0);
    }

    void searchReadsAnswersAndPassesLabelsOver()
    {
        VaultCommandLine line;
        line.makeVault();
        QCOMPARE(
            line.apply(
                    R"({"op":"add","kind":"session","fields":{"title":"S","series":"lighthouse","decisions":["Keep the harbour"]}}
{"op":"add","kind":"reflection","fields":{"template":"weekly","text.weekly.moved":"The ferry came"}}
{"op":"add","kind":"message","fields":{"body":"b","ask":"feedback","notOn":"the anchor"}}
)")
                .status,
            0);
        for (const char* word : {"harbour", "ferry", "anchor"})
            QCOMPARE(line.json(QStringList{QStringLiteral("search"), QLatin1String(word)})
                         .array()
                         .size(),
                1);
        for (const char* word : {"lighthouse", "weekly"})
            QVERIFY(line.json(QStringList{QStringLiteral("search"), QLatin1String(word)})
                        .array()
                        .isEmpty());
    }

    void anAnswerMergesAndHasAHistory()
    {
        VaultCommandLine line;
        line.makeVault();
        const CommandRun run = line.apply(
            R"({"op":"add","as":"r","kind":"reflection","fields":{"text.weekly.moved":"one"}}
{"op":"set","id":"@r","fields":{"text.weekly.moved":"one two","value.weekly.energy":3}}
{"op":"set","id":"@r","fields":{"text.weekly.moved":"","value.weekly.energy":null}}
)");
        QVERIFY2(run.status == 0, run.out);
        QStringList moved;
        QJsonArray energy;
        for (const QJsonValue& row : line.json("entry history", idAt(run, 0)).array()) {
            const QString field = text(row.toObject(), "field");
            if (field == QLatin1String("text.weekly.moved"))
                moved.append(text(row.toObject(), "value"));
            if (field == QLatin1String("value.weekly.energy"))
                energy.append(row[QLatin1String("value")]);
        }
        QCOMPARE(moved, (QStringList{QStringLiteral("one"), QStringLiteral("one two"), QString()}));
        QCOMPARE(energy, (QJsonArray{3, QJsonValue::Null}));
        QCOMPARE(fieldsOf(line.show(idAt(run, 0))), QJsonObject());
        QCOMPARE(line.json("entry set --set value.weekly.energy=4", idAt(run, 0)).status, 0);
        QCOMPARE(
            fieldsOf(line.show(idAt(run, 0))).value(QLatin1String("value.weekly.energy")).toInt(),
            4);
    }

    void aLineOfTheAgendaHasFields()
    {
        VaultCommandLine line;
        line.makeVault();
        const CommandRun made = line.apply(
            R"({"op":"add","as":"g","kind":"goal","fields":{"title":"g"}}
{"op":"add","as":"s","kind":"session","fields":{"title":"S","agenda":["News","The goal","News"],"decisions":["One"]}}
{"op":"set","id":"@s","line":"The goal","fields":{"about":"@g","owner":"me","minutes":20}}
{"op":"set","id":"@s","line":"The goal","fields":{"minutes":20}}
{"op":"set","id":"@s","line":"Nobody wrote this","fields":{"minutes":20}}
{"op":"set","id":"@s","line":"News","fields":{"colour":"red"}}
{"op":"set","id":"@s","line":"One","fields":{"minutes":5}}
{"op":"set","id":"@g","line":"g","fields":{"minutes":5}}
{"op":"set","id":"@s","line":"News","add":{"minutes":["5"]}}
)");
        QCOMPARE(made.status, 5);
        const QString session = idAt(made, 1);
        QVERIFY(made.lines().at(3)[QLatin1String("operation")].isNull());
        const QStringList codes{QStringLiteral("notFound"), QStringLiteral("usage"),
            QStringLiteral("notFound"), QStringLiteral("usage"), QStringLiteral("usage")};
        for (int i = 0; i < int(codes.size()); ++i)
            QCOMPARE(
                made.lines().at(4 + i)[QLatin1String("error")][QLatin1String("code")].toString(),
                codes[i]);
        QJsonObject shown = line.show(session);
        QCOMPARE(fieldsOf(shown).value(QLatin1String("agenda")).toArray(),
            (QJsonArray{
                QStringLiteral("News"), QStringLiteral("The goal"), QStringLiteral("News")}));
        QJsonArray lines = shown.value(QLatin1String("lines")).toArray();
        QCOMPARE(lines.size(), 3);
        QJsonObject goal = lines.at(1).toObject();
        const QString name = text(goal, "id");
        goal.remove(QLatin1String("id"));
        QCOMPARE(text(goal, "owner").size(), 32);
        goal.remove(QLatin1String("owner"));
        QCOMPARE(goal,
            (QJsonObject{{QStringLiteral("value"), QStringLiteral("The goal")},
                {QStringLiteral("about"), idAt(made, 0)}, {QStringLiteral("minutes"), 20}}));
        // By its id, shortened, and by the command line; of equal words the first is meant.
        QCOMPARE(line.json(wordsOf(QStringLiteral("entry set %1 --line %2 --set minutes= done=true")
                                       .arg(session, name.left(6))))
                     .status,
            0);
        QCOMPARE(
            line.json(wordsOf(
                          QStringLiteral("entry set %1 --line News --set minutes=5").arg(session)))
                .status,
            0);
        lines = line.show(session).value(QLatin1String("lines")).toArray();
        QCOMPARE(lines.at(0)[QLatin1String("minutes")].toInt(), 5);
        QVERIFY(lines.at(1)[QLatin1String("done")].toBool());
        QVERIFY(!lines.at(1).toObject().contains(QLatin1String("minutes")));
        QVERIFY(!lines.at(2).toObject().contains(QLatin1String("minutes")));
        // Fields stay with their line when the list is set anew.
        QCOMPARE(line
                     .json(QStringList{QStringLiteral("entry"), QStringLiteral("set"), session,
                         QStringLiteral("--set"), QStringLiteral("agenda=[\"The goal\",\"News\"]")})
                     .status,
            0);
        lines = line.show(session).value(QLatin1String("lines")).toArray();
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines.at(0)[QLatin1String("done")].toBool());
        QJsonArray written;
        for (const QJsonValue& row : line.json("entry history", session).array()) {
            if (text(row.toObject(), "change") == QLatin1String("write")
                && text(row.toObject(), "field") == QLatin1String("agenda"))
                written.append(row[QLatin1String("value")]);
        }
        QCOMPARE(written.size(), 6);
        QVERIFY(written.contains(QJsonObject{
            {QStringLiteral("value"), QStringLiteral("News")}, {QStringLiteral("minutes"), 5}}));
        QCOMPARE(line.json("vault verify").status, 0);
        QVERIFY(!line.show(idAt(made, 0)).contains(QLatin1String("lines")));
    }

    void tickingACarriedLineTicksTheLineItCameFrom()
    {
        VaultCommandLine line;
        line.makeVault();
        const CommandRun made = line.apply(
            R"({"op":"add","as":"1","kind":"session","fields":{"agenda":["Point","Other"]}}
{"op":"add","as":"2","kind":"session","fields":{"agenda":["Point"]}}
{"op":"add","as":"3","kind":"session","fields":{"agenda":["Point","Other"]}}
{"op":"add","as":"gone","kind":"session","fields":{"agenda":["Other"]}}
{"op":"set","id":"@2","line":"Point","fields":{"from":"@1"}}
{"op":"set","id":"@3","line":"Other","fields":{"from":"@gone"}}
{"op":"delete","id":"@gone"}
{"op":"set","id":"@3","line":"Point","fields":{"from":"@2","done":true}}
{"op":"set","id":"@3","line":"Other","fields":{"done":true}}
)");
        QVERIFY2(made.status == 0, made.out);
        const auto done = [&](int session, int index) {
            return line.show(idAt(made, session))
                .value(QLatin1String("lines"))
                .toArray()
                .at(index)[QLatin1String("done")]
                .toBool();
        };
        QVERIFY(done(0, 0) && done(1, 0) && done(2, 0) && done(2, 1));
        QVERIFY(!done(0, 1));
        // What is deleted stays so.
        QVERIFY(line.show(idAt(made, 3)).value(QLatin1String("deleted")).toBool());
        QVERIFY(!done(3, 0));
    }

    void twoLinesAboutOneThingShowOnce()
    {
        VaultCommandLine line;
        line.makeVault();
        const CommandRun made = line.apply(
            R"({"op":"add","as":"g","kind":"goal","fields":{"title":"g"}}
{"op":"add","as":"s","kind":"session","fields":{"agenda":["The goal","Your goal","Else"]}}
{"op":"set","id":"@s","line":"The goal","fields":{"about":"@g"}}
{"op":"set","id":"@s","line":"Your goal","fields":{"about":"@g"}}
{"op":"set","id":"@s","fields":{"agenda":["The goal","Else"]}}
)");
        QVERIFY2(made.status == 0, made.out);
        QVERIFY(made.lines().at(4)[QLatin1String("operation")].isNull());
        const QJsonObject shown = line.show(idAt(made, 1));
        QCOMPARE(shown.value(QLatin1String("lines")).toArray().size(), 2);
        QCOMPARE(fieldsOf(shown).value(QLatin1String("agenda")).toArray(),
            (QJsonArray{QStringLiteral("The goal"), QStringLiteral("Else")}));
    }

    void aDraftGoesToTheSpaceItIsFor()
    {
        VaultCommandLine line;
        line.makeVault();
        const QString space = spaceIn(line);
        const QString other = spaceIn(line);
        QByteArray lines
            = R"({"op":"add","as":"d","kind":"message","fields":{"body":"b","for":"SPACE"}}
{"op":"send","id":"@d","space":"OTHER"}
{"op":"send","as":"m","id":"@d","space":"SPACE"}
{"op":"add","kind":"message","space":"SPACE","fields":{"body":"b","for":"SPACE"}}
{"op":"add","as":"free","kind":"feedback","fields":{"body":"b"}}
{"op":"send","id":"@free","space":"OTHER"}
)";
        const CommandRun run = line.apply(
            lines.replace("SPACE", space.left(9).toLatin1()).replace("OTHER", other.toLatin1()));
        const QStringList codes{QString(), QStringLiteral("usage"), QString(),
            QStringLiteral("usage"), QString(), QString()};
        for (int i = 0; i < int(codes.size()); ++i)
            QCOMPARE(run.lines().at(i)[QLatin1String("error")][QLatin1String("code")].toString(),
                codes[i]);
        QCOMPARE(text(fieldsOf(line.show(idAt(run, 0))), "for"), space);
        QCOMPARE(fieldsOf(line.show(idAt(run, 2))),
            (QJsonObject{{QStringLiteral("body"), QStringLiteral("b")}}));
    }

    void someFieldsOfWhatIsCopiedAreShared()
    {
        VaultCommandLine line;
        line.makeVault();
        const QString space = spaceIn(line);
        QByteArray lines
            = R"({"op":"add","as":"r","kind":"reflection","fields":{"title":"T","body":"b","mood":3,"template":"weekly","text.weekly.moved":"m","text.weekly.stuck":"s"}}
{"op":"share","as":"c","id":"@r","space":"SPACE","only":["title","text.weekly.moved"]}
{"op":"add","as":"s","kind":"session","space":"SPACE","fields":{"title":"S"}}
{"op":"add","as":"k","kind":"checkin","fields":{"on":"@s","useful":4,"next":"n"}}
{"op":"share","as":"kc","id":"@k","space":"SPACE","only":["next"]}
{"op":"add","as":"g","kind":"goal","fields":{"title":"g"}}
{"op":"share","id":"@g","space":"SPACE","only":["title"]}
{"op":"share","id":"@r","space":"SPACE","only":["colour"]}
{"op":"share","id":"@r","space":"SPACE","only":[]}
{"op":"share","id":"@r","space":"SPACE","only":["copies"]}
)";
        const CommandRun run = line.apply(lines.replace("SPACE", space.toLatin1()));
        for (int i = 0; i < 10; ++i)
            QCOMPARE(run.lines().at(i)[QLatin1String("error")][QLatin1String("code")].toString(),
                i < 6 ? QString() : QStringLiteral("usage"));
        QCOMPARE(fieldsOf(line.show(idAt(run, 1))),
            (QJsonObject{{QStringLiteral("title"), QStringLiteral("T")},
                {QStringLiteral("template"), QStringLiteral("weekly")},
                {QStringLiteral("text.weekly.moved"), QStringLiteral("m")}}));
        QCOMPARE(fieldsOf(line.show(idAt(run, 4))),
            (QJsonObject{{QStringLiteral("on"), idAt(run, 2)},
                {QStringLiteral("next"), QStringLiteral("n")}}));
        const QJsonObject answer = line.json(wordsOf(QStringLiteral("entry share %1 --space %2 "
                                                                    "--only body,mood --only title")
                                                         .arg(idAt(run, 0), space)))
                                       .object();
        QCOMPARE(fieldsOf(line.show(text(answer, "id"))).keys(),
            (QStringList{QStringLiteral("body"), QStringLiteral("mood"), QStringLiteral("template"),
                QStringLiteral("title")}));
        QCOMPARE(
            fieldsOf(line.show(idAt(run, 0))).value(QLatin1String("copies")).toArray().size(), 2);
    }

    void lookingIsKeptHereAlone()
    {
        VaultCommandLine line;
        line.makeVault();
        const QString space = spaceIn(line);
        const QJsonValue before
            = line.json("vault verify").object().value(QLatin1String("operations"));
        QCOMPARE(text(line.json("space look", space.left(8)).object(), "id"), space);
        QByteArray lines = R"({"op":"look","space":"SPACE"}
{"op":"look","space":"00"}
{"op":"look"}
)";
        const CommandRun run = line.apply(lines.replace("SPACE", space.toLatin1()));
        QCOMPARE(idAt(run, 0), space);
        QVERIFY(run.lines().at(0)[QLatin1String("operation")].isNull());
        QVERIFY(run.lines().at(1).toObject().contains(QLatin1String("error")));
        QVERIFY(run.lines().at(2).toObject().contains(QLatin1String("error")));
        QCOMPARE(line.json("vault verify").object().value(QLatin1String("operations")), before);
    }
};

QTEST_GUILESS_MAIN(KindsTest)
#include "tst_kinds.moc"

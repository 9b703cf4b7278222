// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/schema.h"
#include "app/domain/view.h"
#include "tests/support/journalbench.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>

using namespace Waymark;

namespace {

QJsonObject fields(std::initializer_list<std::pair<QString, QJsonValue>> list)
{
    return QJsonObject(list);
}

QString hex(const EntryId& id)
{
    return QString::fromLatin1(id.hex());
}

} // namespace

class JournalTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsReadAgain()
    {
        TestJournal lina(QStringLiteral("Lina"));
        const EntryId goal = lina.add(lina.store.privateSpace(), "goal",
            fields({{QStringLiteral("title"), QStringLiteral("Lead a design review")},
                {QStringLiteral("why"), QStringLiteral("Because.")},
                {QStringLiteral("progress"), 30}, {QStringLiteral("target"), 2.5},
                {QStringLiteral("due"), QStringLiteral("2026-12-18")},
                {QStringLiteral("status"), QStringLiteral("active")},
                {QStringLiteral("owner"), QStringLiteral("me")},
                {QStringLiteral("tags"), QJsonArray{QStringLiteral("b"), QStringLiteral("a")}}}));
        const Entry entry = lina.entry(goal);
        QCOMPARE(entry.text(u"title"), QStringLiteral("Lead a design review"));
        QCOMPARE(entry.text(u"why"), QStringLiteral("Because."));
        QCOMPARE(entry.fields.value(QStringLiteral("progress")).toInt(), 30);
        QCOMPARE(entry.fields.value(QStringLiteral("target")).toDouble(), 2.5);
        QCOMPARE(entry.fields.value(QStringLiteral("tags")).toArray(),
            (QJsonArray{QStringLiteral("a"), QStringLiteral("b")}));
        QCOMPARE(entry.text(u"owner"), QString::fromLatin1(lina.store.me().hex()));
        QVERIFY(lina.set(goal, fields({{QStringLiteral("due"), QString()}})));
        QVERIFY(!lina.entry(goal).fields.contains(QStringLiteral("due")));
        // What a field shows already writes nothing.
        const auto again
            = lina.store.change(goal, {fields({{QStringLiteral("progress"), 30}}), {}, {}})
                  .result();
        QVERIFY(again.ok() && !again->operation);
        verifyClean(lina);
    }

    void aWrongValueIsRefusedAndChangesNothing_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("progress") << QStringLiteral("progress") << QJsonValue(101);
        QTest::newRow("date") << QStringLiteral("due") << QJsonValue(QStringLiteral("soon"));
        QTest::newRow("status") << QStringLiteral("status") << QJsonValue(QStringLiteral("great"));
        QTest::newRow("tags") << QStringLiteral("tags") << QJsonValue(3);
        QTest::newRow("unknown") << QStringLiteral("colour") << QJsonValue(QStringLiteral("red"));
        QTest::newRow("internal") << QStringLiteral("shared") << QJsonValue(QStringLiteral("x"));
    }
    void aWrongValueIsRefusedAndChangesNothing()
    {
        QFETCH(QString, field);
        QFETCH(QJsonValue, value);
        TestJournal lina(QStringLiteral("Lina"));
        const auto written = lina.store
                                 .add(lina.store.privateSpace(), QStringLiteral("goal"),
                                     {QJsonObject{{field, value}}, {}, {}})
                                 .result();
        QVERIFY(!written.ok());
        QCOMPARE(written.error().code, ErrorCode::Usage);
        QVERIFY(shared(lina, lina.store.privateSpace()).isEmpty());
    }

    void anAgendaIsAnOrderedList()
    {
        TestJournal lina(QStringLiteral("Lina"));
        const auto lines = [](std::initializer_list<const char*> texts) {
            QJsonArray out;
            for (const char* text : texts)
                out.append(QLatin1String(text));
            return out;
        };
        const EntryId session = lina.add(lina.store.privateSpace(), "session",
            {{QStringLiteral("agenda"), lines({"one", "two", "three"})}});
        QCOMPARE(lina.field(session, "agenda").toArray(), lines({"one", "two", "three"}));
        QVERIFY(
            lina.set(session, {{QStringLiteral("agenda"), lines({"three", "one", "new", "two"})}}));
        QCOMPARE(lina.field(session, "agenda").toArray(), lines({"three", "one", "new", "two"}));
        EntryChange change;
        change.add[QStringLiteral("agenda")] = {QStringLiteral("last")};
        change.remove[QStringLiteral("agenda")] = {QStringLiteral("one")};
        QVERIFY(lina.store.change(session, change).result().ok());
        QCOMPARE(lina.field(session, "agenda").toArray(), lines({"three", "new", "two", "last"}));
        verifyClean(lina);
    }

    void milestonesStandInTheirOrder()
    {
        TestJournal lina(QStringLiteral("Lina"));
        const SpaceId space = lina.store.privateSpace();
        const EntryId goal
            = lina.add(space, "goal", {{QStringLiteral("title"), QStringLiteral("G")}});
        QList<EntryId> marks;
        for (const char* title : {"a", "b", "c"})
            marks.append(lina.add(space, "milestone",
                {{QStringLiteral("title"), QLatin1String(title)},
                    {QStringLiteral("in"), hex(goal)}}));
        const auto titles = [&] {
            QString out;
            EntryQuery query;
            query.kind = QStringLiteral("milestone");
            for (const Entry& entry : valueOf(lina.store.list(query)))
                out += entry.text(u"title");
            return out;
        };
        QCOMPARE(titles(), QStringLiteral("abc"));
        QVERIFY(lina.store.move(marks[2], {ItemPlace::Where::First, {}}).result().ok());
        QCOMPARE(titles(), QStringLiteral("cab"));
        QVERIFY(lina.store.move(marks[0], {ItemPlace::Where::After, marks[1]}).result().ok());
        QCOMPARE(titles(), QStringLiteral("cba"));
        QVERIFY(lina.store.move(marks[0], {ItemPlace::Where::Before, marks[2]}).result().ok());
        QCOMPARE(titles(), QStringLiteral("acb"));
        // A deleted goal takes its milestones with it, and back.
        QVERIFY(lina.store.remove(goal).result().ok());
        QCOMPARE(titles(), QString());
        QVERIFY(lina.store.restore(goal).result().ok());
        QCOMPARE(titles(), QStringLiteral("acb"));
        verifyClean(lina);
    }

    void twoJournalsBecomeEqual()
    {
        TestJournal lina(QStringLiteral("Lina"), 1);
        TestJournal tomas(QStringLiteral("Tomás"), 2);
        const SpaceId space = pairUp(lina, tomas, Role::Mentee, Role::Mentor);
        const EntryId goal = lina.add(space, "goal",
            {{QStringLiteral("title"), QStringLiteral("Lead")},
                {QStringLiteral("why"), QStringLiteral("One.")}});
        level(lina, tomas, space);
        const EntryId feedback = tomas.add(space, "feedback",
            {{QStringLiteral("on"), hex(goal)},
                {QStringLiteral("body"), QStringLiteral("Well done.")},
                {QStringLiteral("tone"), QStringLiteral("celebrating")}});
        const EntryId session = lina.add(
            space, "session", {{QStringLiteral("notes"), QStringLiteral("From Lina.\n")}});
        level(lina, tomas, space);
        // Both write in one text, and both set one date.
        QVERIFY(lina.set(session,
            {{QStringLiteral("notes"), QStringLiteral("From Lina. More.\n")},
                {QStringLiteral("place"), QStringLiteral("here")}}));
        QVERIFY(tomas.set(session,
            {{QStringLiteral("notes"), QStringLiteral("From Lina.\nFrom Tomás.\n")},
                {QStringLiteral("place"), QStringLiteral("there")}}));
        QVERIFY(lina.store.acknowledge(feedback).result().ok());
        level(lina, tomas, space);
        QCOMPARE(shared(lina, space), shared(tomas, space));
        QCOMPARE(
            lina.entry(session).text(u"notes"), QStringLiteral("From Lina. More.\nFrom Tomás.\n"));
        QCOMPARE(tomas.entry(session).conflicts.value(QStringLiteral("place")).size(), 2);
        QCOMPARE(tomas.entry(feedback).acknowledged, QList<PersonId>{lina.store.me()});
        // Settling is a write that knows both.
        QVERIFY(tomas.set(session, {{QStringLiteral("place"), QStringLiteral("here")}}));
        level(lina, tomas, space);
        QVERIFY(lina.entry(session).conflicts.isEmpty());
        verifyClean(lina);
        verifyClean(tomas);
    }

    void rolesAreKept()
    {
        TestJournal lina(QStringLiteral("Lina"), 1);
        TestJournal tomas(QStringLiteral("Tomás"), 2);
        const SpaceId space = pairUp(lina, tomas, Role::Mentee, Role::Mentor);
        level(lina, tomas, space);
        const EntryId goal
            = lina.add(space, "goal", {{QStringLiteral("title"), QStringLiteral("Mine")}});
        const EntryId message
            = lina.add(space, "message", {{QStringLiteral("body"), QStringLiteral("Hello")}});
        level(lina, tomas, space);
        const auto refused = [](const Status& status) {
            return !status && status.error().code == ErrorCode::Refused;
        };
        QVERIFY(refused(tomas.set(goal, {{QStringLiteral("title"), QStringLiteral("His")}})));
        QVERIFY(refused(tomas.set(message, {{QStringLiteral("body"), QStringLiteral("Bye")}})));
        QVERIFY(!tomas.store.remove(message).result().ok());
        QVERIFY(!lina.store.acknowledge(message).result().ok());
        QVERIFY(!tomas.store
                     .add(space, QStringLiteral("goal"),
                         {{{QStringLiteral("title"), QStringLiteral("For you")}}, {}, {}})
                     .result()
                     .ok());
        const EntryId proposed = tomas.add(space, "goal",
            {{QStringLiteral("title"), QStringLiteral("For you")},
                {QStringLiteral("status"), QStringLiteral("proposed")}});
        QVERIFY(
            tomas.set(proposed, {{QStringLiteral("title"), QStringLiteral("For you, perhaps")}}));
        QVERIFY(refused(tomas.set(proposed, {{QStringLiteral("status"), QStringLiteral("open")}})));
        level(lina, tomas, space);
        QVERIFY(refused(lina.set(proposed, {{QStringLiteral("title"), QStringLiteral("Mine")}})));
        QVERIFY(lina.set(proposed, {{QStringLiteral("status"), QStringLiteral("open")}}));
        QVERIFY(lina.set(proposed, {{QStringLiteral("title"), QStringLiteral("Mine")}}));
        level(lina, tomas, space);
        QVERIFY(refused(tomas.set(proposed, {{QStringLiteral("title"), QStringLiteral("His")}})));
        QCOMPARE(shared(lina, space), shared(tomas, space));
        verifyClean(tomas);
    }

    void anEditThatDidNotKnowOfADeletionBringsTheEntryBack()
    {
        TestJournal lina(QStringLiteral("Lina"), 1);
        TestJournal tomas(QStringLiteral("Tomás"), 2);
        const SpaceId space = pairUp(lina, tomas, Role::Peer, Role::Peer);
        const EntryId goal
            = lina.add(space, "goal", {{QStringLiteral("title"), QStringLiteral("G")}});
        level(lina, tomas, space);
        const EntryId mark = lina.add(space, "milestone",
            {{QStringLiteral("title"), QStringLiteral("M")}, {QStringLiteral("in"), hex(goal)}});
        level(lina, tomas, space);
        QVERIFY(lina.store.remove(goal).result().ok());
        QVERIFY(tomas.set(mark, {{QStringLiteral("done"), true}}));
        QVERIFY(lina.entry(goal).deleted);
        QVERIFY(lina.entry(mark).deleted);
        level(lina, tomas, space);
        QVERIFY(!lina.entry(goal).deleted);
        QVERIFY(!tomas.entry(goal).deleted);
        QCOMPARE(shared(lina, space), shared(tomas, space));
        verifyClean(lina);
    }

    void aDamagedVaultIsNotTakenForNone()
    {
        TestJournal lina(QStringLiteral("Lina"), 1);
        QVERIFY(lina.store.lock().result().ok());
        QFile header(lina.folder.filePath(QStringLiteral("vault/vault.waymark")));
        QVERIFY(header.resize(header.size() / 2));
        QVERIFY(lina.store.exists());
        QVERIFY(header.remove());
        QVERIFY(lina.store.exists());
        QVERIFY(QDir(lina.folder.filePath(QStringLiteral("vault"))).removeRecursively());
        QVERIFY(!lina.store.exists());
    }

    void aValueOfAnotherFormIsUsage()
    {
        TestJournal lina(QStringLiteral("Lina"), 1);
        const SpaceId home = lina.store.privateSpace();
        const EntryId goal
            = lina.add(home, "goal", {{QStringLiteral("title"), QStringLiteral("G")}});
        for (const Kind* kind : allKinds()) {
            if (!kind->listed)
                continue;
            QJsonObject first;
            for (const char* name : kind->required) {
                const auto field = kind->find(name);
                first.insert(QLatin1String(name),
                    namesEntry(field->type) ? hex(goal)
                        : field->type == ValueType::Word
                        ? QString(QLatin1String(field->words.front()))
                        : QStringLiteral("words"));
            }
            if (kind->required.empty())
                first.insert(QStringLiteral("title"), QStringLiteral("words"));
            if (kind->item)
                first.insert(QStringLiteral("in"), hex(goal));
            const EntryId id = lina.add(home, kind->name, first);
            const QJsonObject before = lina.entry(id).fields;
            for (const Field& field : kind->fields) {
                if (!field.isSettable())
                    continue;
                for (const QJsonValue& wrong : {QJsonValue(QJsonObject{{QStringLiteral("x"), 1}}),
                         QJsonValue(QJsonArray{QJsonArray{QStringLiteral("x")}})}) {
                    EntryChange change;
                    change.set.insert(QLatin1String(field.name), wrong);
                    const auto result = lina.store.change(id, change).result();
                    QVERIFY2(!result.ok() && result.error().code == ErrorCode::Usage, field.name);
                }
            }
            QCOMPARE(lina.entry(id).fields, before);
        }
    }

    void sharingMovesAGoalWithItsMilestones()
    {
        TestJournal lina(QStringLiteral("Lina"), 1);
        TestJournal tomas(QStringLiteral("Tomás"), 2);
        const SpaceId space = pairUp(lina, tomas, Role::Mentee, Role::Mentor);
        const SpaceId home = lina.store.privateSpace();
        const EntryId goal = lina.add(home, "goal",
            {{QStringLiteral("title"), QStringLiteral("G")},
                {QStringLiteral("why"), QStringLiteral("Why")}});
        for (const char* title : {"a", "b"})
            lina.add(home, "milestone",
                {{QStringLiteral("title"), QLatin1String(title)},
                    {QStringLiteral("in"), hex(goal)}});
        const EntryId draft = lina.add(home, "message",
            {{QStringLiteral("on"), hex(goal)}, {QStringLiteral("body"), QStringLiteral("Look")}});
        // A message about something that is only hers cannot go.
        const auto early = lina.store.send(draft, space).result();
        QVERIFY(!early.ok() && early.error().code == ErrorCode::Refused);
        const EntryId there = valueOf(lina.store.share(goal, space)).id;
        QCOMPARE(lina.entry(goal).sharedAs, std::optional(there));
        QVERIFY(!lina.set(goal, {{QStringLiteral("title"), QStringLiteral("X")}}));
        const EntryId sent = valueOf(lina.store.send(draft, space)).id;
        QVERIFY(lina.entry(draft).deleted);
        level(lina, tomas, space);
        QCOMPARE(tomas.entry(sent).text(u"on"), hex(there));
        QCOMPARE(tomas.entry(there).text(u"why"), QStringLiteral("Why"));
        EntryQuery query;
        query.kind = QStringLiteral("milestone");
        query.space = space;
        QCOMPARE(valueOf(tomas.store.list(query)).size(), 2);
        verifyClean(lina);
        verifyClean(tomas);
    }

    void whatWaitsToBeSentCanBeTakenBack()
    {
        TestJournal lina(QStringLiteral("Lina"), 1);
        TestJournal tomas(QStringLiteral("Tomás"), 2);
        const SpaceId space = pairUp(lina, tomas, Role::Mentee, Role::Mentor);
        const EntryId draft = lina.add(lina.store.privateSpace(), "message",
            {{QStringLiteral("body"), QStringLiteral("Look")}});
        QVERIFY(lina.store.sendLater(draft, space).result());
        QVERIFY(lina.entry(draft).waiting);
        QCOMPARE(valueOf(lina.store.carryOut(false)), 0);
        QVERIFY(lina.store.takeBack(draft).result());
        lina.clock.now += 60'000;
        QCOMPARE(valueOf(lina.store.carryOut(false)), 0);
        QVERIFY(lina.store.sendLater(draft, space).result());
        lina.clock.now += 10'001;
        QCOMPARE(valueOf(lina.store.carryOut(false)), 1);
        QVERIFY(lina.entry(draft).deleted);
        QCOMPARE(shared(lina, space).size(), 1);
    }

    void historyTellsWhatEachWriterHad()
    {
        TestJournal lina(QStringLiteral("Lina"), 1);
        TestJournal tomas(QStringLiteral("Tomás"), 2);
        const SpaceId space = pairUp(lina, tomas, Role::Peer, Role::Peer);
        const EntryId session
            = lina.add(space, "session", {{QStringLiteral("notes"), QStringLiteral("A.")}});
        level(lina, tomas, space);
        QVERIFY(lina.set(session, {{QStringLiteral("notes"), QStringLiteral("A. Lina.")}}));
        QVERIFY(tomas.set(session, {{QStringLiteral("notes"), QStringLiteral("A. Tomás.")}}));
        level(lina, tomas, space);
        for (TestJournal* journal : {&lina, &tomas}) {
            QStringList texts;
            for (const HistoryItem& item : valueOf(journal->store.history(session))) {
                if (item.change == QStringLiteral("edit"))
                    texts.append(item.value.toString());
            }
            texts.sort();
            QCOMPARE(texts,
                (QStringList{QStringLiteral("A."), QStringLiteral("A. Lina."),
                    QStringLiteral("A. Tomás.")}));
        }
    }

    void searchFindsWhatIsThereAndForgetsWhatIsNot()
    {
        TestJournal lina(QStringLiteral("Lina"));
        const SpaceId space = lina.store.privateSpace();
        const EntryId a
            = lina.add(space, "goal", {{QStringLiteral("title"), QStringLiteral("Größe zählt")}});
        lina.add(space, "reflection",
            {{QStringLiteral("body"), QStringLiteral("Nothing of that kind")}});
        const auto hits
            = [&](const QString& query) { return valueOf(lina.store.search(query, 20)).hits; };
        QCOMPARE(hits(QStringLiteral("zahl")).size(), 1);
        QCOMPARE(hits(QStringLiteral("zahl")).front().id, a);
        QVERIFY(hits(QStringLiteral("zahl")).front().snippet.contains(QStringLiteral("zählt")));
        QVERIFY(hits(QStringLiteral("größe nothing")).isEmpty());
        QVERIFY(hits(QStringLiteral("\"*:(")).isEmpty());
        QVERIFY(lina.set(a, {{QStringLiteral("title"), QStringLiteral("Other words")}}));
        QVERIFY(hits(QStringLiteral("zahl")).isEmpty());
        QCOMPARE(hits(QStringLiteral("other")).size(), 1);
        QVERIFY(lina.store.remove(a).result().ok());
        QVERIFY(hits(QStringLiteral("other")).isEmpty());
    }

    void typingSurvivesTheOthersEditsAndALock()
    {
        TestJournal lina(QStringLiteral("Lina"), 1);
        TestJournal tomas(QStringLiteral("Tomás"), 2);
        const SpaceId space = pairUp(lina, tomas, Role::Peer, Role::Peer);
        const EntryId session
            = lina.add(space, "session", {{QStringLiteral("notes"), QStringLiteral("ab")}});
        level(lina, tomas, space);
        const QString notes = QStringLiteral("notes");
        TextView view = valueOf(lina.store.openText(session, notes));
        QCOMPARE(view.text, QStringLiteral("ab"));
        QSignalSpy spy(&lina.store.notifier(), &ChangeNotifier::textChanged);
        quint64 number = valueOf(
            lina.store.editText(session, notes, view.number, {{1, 0, QStringLiteral("XY")}}));
        QCOMPARE(lina.field(session, "notes").toString(), QStringLiteral("ab")); // not sealed yet
        QVERIFY(tomas.set(session, {{notes, QStringLiteral("0ab")}}));
        carry(tomas, lina, space);
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.front().at(2).value<QList<Utf16Edit>>(),
            (QList<Utf16Edit>{{0, 0, QStringLiteral("0")}}));
        QCOMPARE(lina.field(session, "notes").toString(), QStringLiteral("0aXYb"));
        // An edit made before that was seen is carried over it.
        number
            = valueOf(lina.store.editText(session, notes, number, {{4, 0, QStringLiteral("!")}}));
        QCOMPARE(valueOf(lina.store.openText(session, notes)).text, QStringLiteral("0aXYb!"));
        QVERIFY(lina.store.lock().result());
        QVERIFY(!lina.store.isOpen());
        QVERIFY(!lina.store.entry(session).result().ok());
        QVERIFY(lina.store.unlock(TestJournal::secret("pass")).result());
        QCOMPARE(lina.field(session, "notes").toString(), QStringLiteral("0aXYb!"));
        level(lina, tomas, space);
        QCOMPARE(shared(lina, space), shared(tomas, space));
        verifyClean(lina);
    }

    void randomEditsConverge_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 6; ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }
    void randomEditsConverge()
    {
        QFETCH(int, seed);
        TestJournal a(QStringLiteral("A"), quint64(seed) * 2);
        TestJournal b(QStringLiteral("B"), quint64(seed) * 2 + 1);
        const bool equals = seed % 2 == 0;
        const SpaceId space
            = pairUp(a, b, equals ? Role::Peer : Role::Mentee, equals ? Role::Peer : Role::Mentor);
        level(a, b, space);
        SeededRandom random{quint64(seed)};
        for (int round = 0; round < 4; ++round) {
            for (TestJournal* journal : {&a, &b}) {
                for (int i = 0; i < 25; ++i)
                    randomEdit(*journal, space, random);
            }
            level(a, b, space);
            QCOMPARE(shared(a, space), shared(b, space));
        }
        verifyClean(a);
        verifyClean(b);
        const QStringList before = shared(a, space);
        QVERIFY(valueOf(a.store.rebuild()) > 0);
        QCOMPARE(shared(a, space), before);
        verifyClean(a);
    }

private:
    static void randomEdit(TestJournal& journal, const SpaceId& space, SeededRandom& random)
    {
        EntryQuery query;
        query.space = space;
        query.withDeleted = random.below(4) == 0;
        const QList<Entry> entries = valueOf(journal.store.list(query));
        const auto pick = [&](const char* kind) -> std::optional<Entry> {
            QList<Entry> some;
            for (const Entry& each : entries) {
                if (each.kind == QLatin1String(kind))
                    some.append(each);
            }
            return some.isEmpty() ? std::nullopt
                                  : std::optional(some[random.below(int(some.size()))]);
        };
        const QString word = QString::number(random.below(1000));
        const auto anyOf = [&]() -> std::optional<Entry> {
            return entries.isEmpty() ? std::nullopt
                                     : std::optional(entries[random.below(int(entries.size()))]);
        };
        switch (random.below(12)) {
        case 0:
            (void)journal.store
                .add(space, QStringLiteral("goal"),
                    {{{QStringLiteral("title"), word}, {QStringLiteral("why"), word}}, {}, {}})
                .result();
            break;
        case 1:
            journal.add(space, "session",
                {{QStringLiteral("notes"), word},
                    {QStringLiteral("agenda"), QJsonArray{word, QStringLiteral("x")}}});
            break;
        case 2:
            if (const auto goal = pick("goal"))
                (void)journal.store
                    .add(space, QStringLiteral("milestone"),
                        {{{QStringLiteral("title"), word}, {QStringLiteral("in"), hex(goal->id)}},
                            {}, {}})
                    .result();
            break;
        case 3:
            if (const auto session = pick("session"))
                (void)journal.set(session->id,
                    {{QStringLiteral("notes"),
                        session->text(u"notes").left(random.below(20)) + word}});
            break;
        case 4:
            if (const auto session = pick("session")) {
                QJsonArray agenda = session->fields.value(QStringLiteral("agenda")).toArray();
                if (!agenda.isEmpty() && random.below(2))
                    agenda.removeAt(random.below(int(agenda.size())));
                agenda.insert(random.below(int(agenda.size()) + 1), word);
                (void)journal.set(session->id, {{QStringLiteral("agenda"), agenda}});
            }
            break;
        case 5:
            if (const auto goal = pick("goal")) {
                EntryChange change;
                change.add[QStringLiteral("tags")] = {QString::number(random.below(4))};
                change.remove[QStringLiteral("tags")] = {QString::number(random.below(4))};
                (void)journal.store.change(goal->id, change).result();
            }
            break;
        case 6:
            if (const auto mark = pick("milestone"))
                (void)journal.store
                    .move(mark->id,
                        {random.below(2) ? ItemPlace::Where::First : ItemPlace::Where::Last, {}})
                    .result();
            break;
        case 7:
            if (const auto mark = pick("milestone"))
                (void)journal.set(mark->id, {{QStringLiteral("done"), random.below(2) == 1}});
            break;
        case 8:
            if (const auto any = anyOf())
                (void)journal.store.remove(any->id).result();
            break;
        case 9:
            if (const auto any = anyOf())
                (void)journal.store.restore(any->id).result();
            break;
        case 10:
            if (const auto goal = pick("goal"))
                (void)journal.store
                    .add(space, QStringLiteral("feedback"),
                        {{{QStringLiteral("on"), hex(goal->id)}, {QStringLiteral("body"), word}},
                            {}, {}})
                    .result();
            break;
        case 11:
            if (const auto feedback = pick("feedback"))
                (void)journal.store.acknowledge(feedback->id).result();
            break;
        }
    }
};

QTEST_GUILESS_MAIN(JournalTest)
#include "tst_journal.moc"

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/schema.h"
#include "app/domain/value.h"
#include "tests/support/memoryspace.h"

#include <QJsonArray>

using namespace Waymark;

namespace {

Part::Salt nextSalt()
{
    static quint64 number = 0;
    Bytes salt(16, 0);
    ++number;
    std::memcpy(salt.data(), &number, sizeof number);
    return *Part::Salt::fromBytes(salt);
}

Part creating(const MemorySpace& space, const TestAuthor& author, const char* kind,
    std::vector<Change> changes = {})
{
    Part part{nextSalt(), {}, kind, std::move(changes)};
    part.changes.insert(part.changes.begin(), CreateEntry{});
    auto& states = const_cast<MemorySpace&>(space);
    part.entry = entryIdOf(states.facts().id, author.device, markOf(part.salt));
    return part;
}
Part on(const EntryId& entry, const char* kind, std::vector<Change> changes)
{
    return {nextSalt(), entry, kind, std::move(changes)};
}

Change inserting(const TestAuthor& author, const Place& place, quint64 first, const char* text,
    const char* field = "notes")
{
    const QList<uint> points = QString::fromUtf8(text).toUcs4();
    const TextChange change{{TextInsert{place, first, {points.begin(), points.end()}}}};
    return EditText{field, encode(change, author.log())};
}
Change deleting(const TestAuthor& author, const ElementRange& range, const char* field = "notes")
{
    const TextChange change{{TextDelete{{range}}}};
    return EditText{field, encode(change, author.log())};
}
Change undoing(
    const TestAuthor& author, const Hash& operation, quint32 part = 0, const char* field = "notes")
{
    const TextChange change{{TextUndelete{{operation, part, 0}}}};
    return EditText{field, encode(change, author.log())};
}
Change writing(const char* field, const char* text)
{
    return WriteRegister{field, textValue(QString::fromUtf8(text))};
}

PartOutcome outcome(const MemorySpace& space, std::size_t part = 0)
{
    return space.effects.outcomes.at(part);
}

QString shownText(MemorySpace& space, const EntryId& entry, const char* field = "notes")
{
    return space.text(*space.find(entry), field).document.text();
}
QString shownRegister(MemorySpace& space, const EntryId& entry, const char* field)
{
    const auto& writes = space.find(entry)->registers[field];
    const KeptWrite* write = space.shown(writes);
    return write ? textOf(write->value).value_or(QString()) : QString();
}

void level(std::vector<MemorySpace*> spaces)
{
    for (int round = 0; round < 2; ++round) {
        for (MemorySpace* to : spaces) {
            for (MemorySpace* from : spaces) {
                if (to != from)
                    to->takeAll(*from);
            }
        }
    }
}

} // namespace

class MergeTest : public QObject
{
    Q_OBJECT

    const TestAuthor a = TestAuthor::make(1, Role::Peer);
    const TestAuthor b = TestAuthor::make(2, Role::Peer);
    const TestAuthor mentee = TestAuthor::make(3, Role::Mentee);
    const TestAuthor mentor = TestAuthor::make(4, Role::Mentor);

    /// A session in two spaces that are level.
    EntryId session(MemorySpace& one, MemorySpace& other, const TestAuthor& author,
        std::vector<Change> changes = {})
    {
        const Part part = creating(one, author, "session", std::move(changes));
        one.write(author, {part});
        other.takeAll(one);
        return part.entry;
    }

private Q_SLOTS:
    void aRegisterKeepsWritesThatDidNotKnowOfEachOther()
    {
        MemorySpace one({a, b}), two({a, b});
        const EntryId id = session(one, two, a, {writing("place", "old")});
        one.write(a, {on(id, "session", {writing("place", "here")})});
        two.write(b, {on(id, "session", {writing("place", "there")})});
        level({&one, &two});
        for (MemorySpace* each : {&one, &two}) {
            QCOMPARE(each->find(id)->registers["place"].size(), std::size_t(2));
            // One lamport time: the higher log name wins.
            QCOMPARE(shownRegister(*each, id, "place"), QStringLiteral("there"));
            QVERIFY(hasConflict(*each, *each->find(id)));
        }
        one.write(a, {on(id, "session", {writing("place", "here")})});
        level({&one, &two});
        QCOMPARE(two.find(id)->registers["place"].size(), std::size_t(1));
        QCOMPARE(shownRegister(two, id, "place"), QStringLiteral("here"));
        QVERIFY(!hasConflict(two, *two.find(id)));
        QCOMPARE(one.dump(), two.dump());
    }

    void equalValuesAndOnesOwnAreNoConflict()
    {
        MemorySpace one({a, b}), two({a, b});
        const EntryId id = session(one, two, a);
        one.write(a, {on(id, "session", {writing("place", "same")})});
        two.write(b, {on(id, "session", {writing("place", "same")})});
        level({&one, &two});
        QCOMPARE(one.find(id)->registers["place"].size(), std::size_t(2));
        QVERIFY(!hasConflict(one, *one.find(id)));
    }

    void inASetAnAddWins()
    {
        MemorySpace one({a, b}), two({a, b});
        const Bytes tag = textValue(u"tag");
        const Part goal = creating(one, a, "goal", {AddToSet{"tags", tag}});
        one.write(a, {goal});
        two.takeAll(one);
        one.write(a, {on(goal.entry, "goal", {RemoveFromSet{"tags", tag}})});
        two.write(b, {on(goal.entry, "goal", {AddToSet{"tags", tag}})});
        QVERIFY(one.find(goal.entry)->sets["tags"].empty());
        level({&one, &two});
        QCOMPARE(one.find(goal.entry)->sets["tags"].size(), std::size_t(1));
        QCOMPARE(one.dump(), two.dump());
        two.write(b, {on(goal.entry, "goal", {RemoveFromSet{"tags", tag}})});
        level({&one, &two});
        QVERIFY(one.find(goal.entry)->sets["tags"].empty());
    }

    void onlyAnEditThatDidNotKnowOfTheDeletionBringsBack()
    {
        MemorySpace one({a, b}), two({a, b});
        const EntryId id = session(one, two, a);
        one.write(a, {on(id, "session", {DeleteEntry{}})});
        QVERIFY(isDeleted(one, *one.find(id)));
        two.write(b, {on(id, "session", {writing("place", "x")})});
        level({&one, &two});
        QVERIFY(!isDeleted(one, *one.find(id)));
        QVERIFY(!isDeleted(two, *two.find(id)));
        // A deletion that knows all of it.
        two.write(b, {on(id, "session", {DeleteEntry{}})});
        level({&one, &two});
        QVERIFY(isDeleted(one, *one.find(id)));
        one.write(a, {on(id, "session", {RestoreEntry{}})});
        level({&one, &two});
        QVERIFY(!isDeleted(two, *two.find(id)));
        QCOMPARE(one.dump(), two.dump());
    }

    void aLinesFieldsMergeEachForItself()
    {
        MemorySpace one({a, b}), two({a, b});
        const EntryId id = session(one, two, a);
        const ElementId slot{a.log(), 0};
        one.write(a,
            {on(id, "order", {InsertSlots{"agenda", {}, 0, 1}}),
                on(id, "session", {WriteLine{"agenda", slot, "value", textValue(u"News")}})});
        two.takeAll(one);
        const auto write = [&](const char* register_, const char* text) {
            return on(id, "session",
                {WriteLine{"agenda", slot, register_, textValue(QString::fromUtf8(text))}});
        };
        one.write(a, {write("minutes", "5")});
        one.write(a, {write("later", "kept")}); // of a later version
        two.write(b, {write("minutes", "9")});
        two.write(b, {write("owner", "b")});
        level({&one, &two});
        const LineState& line = one.find(id)->lines["agenda"][slot];
        QCOMPARE(line.registers.at("minutes").size(), std::size_t(2));
        QCOMPARE(line.registers.at("owner").size(), std::size_t(1));
        QCOMPARE(line.registers.at("later").size(), std::size_t(1));
        QCOMPARE(one.dump(), two.dump());
        QCOMPARE(EntryState::decode(one.find(id)->encode()).value(), *one.find(id));
        // A field of a line counts as a change to it: who did not know of its removal brings it
        // back.
        one.write(a, {on(id, "session", {RemoveLine{"agenda", slot}})});
        two.write(b, {write("minutes", "7")});
        level({&one, &two});
        QVERIFY(!one.find(id)->lines["agenda"][slot].life.deleted());
        QCOMPARE(one.dump(), two.dump());
    }

    void whatALineNamesIsThere()
    {
        MemorySpace one({a, b}), two({a, b});
        const EntryId id = session(one, two, a);
        const ElementId slot{a.log(), 0};
        one.write(a, {on(id, "order", {InsertSlots{"agenda", {}, 0, 1}})});
        const auto about = [&](const EntryId& named) {
            one.write(a,
                {on(id, "session", {WriteLine{"agenda", slot, "about", idValue(named.view())}})});
            return outcome(one);
        };
        QCOMPARE(about(*EntryId::fromBytes(Bytes(16, 'n'))), PartOutcome::Nothing);
        QCOMPARE(about(id), PartOutcome::Applied);
    }

    void twoDeletionsTogetherCoverWhatNeitherCoversAlone()
    {
        MemorySpace one({a, b}), two({a, b});
        const EntryId id = session(one, two, a);
        one.write(a, {on(id, "session", {writing("place", "x")})});
        two.write(b, {on(id, "session", {writing("link", "y")})});
        one.write(a, {on(id, "session", {DeleteEntry{}})});
        two.write(b, {on(id, "session", {DeleteEntry{}})});
        level({&one, &two});
        QVERIFY(isDeleted(one, *one.find(id)));
        QVERIFY(isDeleted(two, *two.find(id)));
    }

    void aDeletionCoversEarlierPartsOfItsOperation()
    {
        MemorySpace one({a, b}), two({a, b});
        const EntryId id = session(one, two, a);
        one.write(a,
            {on(id, "order", {InsertSlots{"agenda", {}, 0, 1}, InsertSlots{"x", {}, 0, 1}}),
                on(id, "session", {DeleteEntry{}})});
        QVERIFY(isDeleted(one, *one.find(id)));
        one.write(a, {on(id, "session", {DeleteEntry{}, writing("place", "after")})});
        QVERIFY(!isDeleted(one, *one.find(id)));
    }

    void aChangeToOneItemBringsBackTheParentAndAllItems()
    {
        MemorySpace one({a, b}), two({a, b});
        const Part goal = creating(one, a, "goal");
        one.write(a, {goal});
        std::vector<EntryId> marks;
        for (quint64 i = 0; i < 2; ++i) {
            const Part mark = creating(
                one, a, "milestone", {WriteRegister{"in", parentValue(goal.entry, {a.log(), i})}});
            const Place place{i == 0 ? ElementId{} : ElementId{a.log(), 0}, Side::Right};
            one.write(a, {on(goal.entry, "order", {InsertSlots{"milestone", place, i, 1}}), mark});
            QCOMPARE(outcome(one, 1), PartOutcome::Applied);
            marks.push_back(mark.entry);
        }
        two.takeAll(one);
        one.write(a, {on(goal.entry, "goal", {DeleteEntry{}})});
        QVERIFY(isDeleted(one, *one.find(marks[0])) && isDeleted(one, *one.find(marks[1])));
        two.write(b, {on(marks[0], "milestone", {writing("title", "x")})});
        level({&one, &two});
        for (const EntryId& id : {goal.entry, marks[0], marks[1]})
            QVERIFY(!isDeleted(one, *one.find(id)) && !isDeleted(two, *two.find(id)));
        // A deletion of the item is no change to its parent.
        one.write(a, {on(goal.entry, "goal", {DeleteEntry{}})});
        two.write(b, {on(marks[1], "milestone", {DeleteEntry{}})});
        level({&one, &two});
        QVERIFY(isDeleted(one, *one.find(goal.entry)) && isDeleted(two, *two.find(goal.entry)));
        QCOMPARE(one.dump(), two.dump());
    }

    void refusedCharactersAreThereButHidden()
    {
        MemorySpace space({mentee, mentor});
        const Part goal
            = creating(space, mentee, "goal", {inserting(mentee, {}, 0, "Mine", "why")});
        space.write(mentee, {goal});
        const ElementId end{mentee.log(), 3};
        space.write(mentor,
            {on(goal.entry, "goal", {inserting(mentor, {end, Side::Right}, 0, "!", "why")})});
        QCOMPARE(outcome(space), PartOutcome::WithoutEffect);
        QCOMPARE(shownText(space, goal.entry, "why"), QStringLiteral("Mine"));
        // What stands on them is judged by itself.
        space.write(mentee,
            {on(goal.entry, "goal",
                {inserting(mentee, {{mentor.log(), 0}, Side::Right}, 4, " too", "why")})});
        QCOMPARE(outcome(space), PartOutcome::Applied);
        QCOMPARE(shownText(space, goal.entry, "why"), QStringLiteral("Mine too"));
        // The author's counter has gone on.
        space.write(mentor,
            {on(goal.entry, "goal", {inserting(mentor, {end, Side::Left}, 0, "?", "why")})});
        QCOMPARE(outcome(space), PartOutcome::Nothing);
        // A refused deletion and a refused write do nothing.
        space.write(mentor,
            {on(goal.entry, "goal",
                {deleting(mentor, {mentee.log(), 0, 2}, "why"), writing("title", "His"),
                    DeleteEntry{}})});
        QCOMPARE(outcome(space), PartOutcome::WithoutEffect);
        QCOMPARE(shownText(space, goal.entry, "why"), QStringLiteral("Mine too"));
        QVERIFY(!space.find(goal.entry)->registers.contains("title"));
        QVERIFY(!isDeleted(space, *space.find(goal.entry)));
    }

    void whatIsInARefusedEntryHasNoEffect()
    {
        MemorySpace space({mentee, mentor});
        const Part goal = creating(space, mentor, "goal", {writing("title", "No status")});
        space.write(mentor, {goal});
        QCOMPARE(outcome(space), PartOutcome::WithoutEffect);
        QVERIFY(space.find(goal.entry) && space.find(goal.entry)->refused);
        const auto place = [&](quint64 counter) {
            return WriteRegister{"in", parentValue(goal.entry, {mentee.log(), counter})};
        };
        const Part action = creating(space, mentee, "action", {place(0)});
        space.write(mentee, {on(goal.entry, "order", {InsertSlots{"action", {}, 0, 1}}), action});
        QCOMPARE(outcome(space, 0), PartOutcome::WithoutEffect);
        QCOMPARE(outcome(space, 1), PartOutcome::WithoutEffect);
        QVERIFY(space.find(action.entry)->refused);
        space.write(mentee, {on(action.entry, "action", {writing("title", "x")})});
        QCOMPARE(outcome(space), PartOutcome::WithoutEffect);
        // It is there all the same: one may speak about it.
        const Part message
            = creating(space, mentee, "message", {WriteRegister{"on", idValue(goal.entry.view())}});
        space.write(mentee, {message});
        QCOMPARE(outcome(space), PartOutcome::Applied);
        // An item cannot be moved into it.
        const Part free = creating(space, mentee, "action");
        space.write(mentee, {free});
        space.write(mentee, {on(free.entry, "action", {place(0)})});
        QCOMPARE(outcome(space), PartOutcome::WithoutEffect);
        QVERIFY(!space.find(free.entry)->registers.contains("in"));
    }

    void whatNamesNothingMakesNothing()
    {
        MemorySpace space({a, b});
        const Part made = creating(space, a, "session", {inserting(a, {}, 0, "ab")});
        space.write(a, {made});
        const EntryId id = made.entry;
        const EntryId nobody = *EntryId::fromBytes(Bytes(16, 'n'));
        const auto one = [&](Part part) {
            space.write(a, {std::move(part), creating(space, a, "session")});
            // The other part of the operation stands.
            return outcome(space, 1) == PartOutcome::Applied
                && outcome(space, 0) == PartOutcome::Nothing;
        };
        QVERIFY(one(on(nobody, "session", {writing("place", "x")})));
        QVERIFY(one(on(id, "goal", {writing("title", "x")}))); // of another kind
        QVERIFY(one(creating(space, a, "message", {WriteRegister{"on", idValue(nobody.view())}})));
        QVERIFY(one(on(id, "session", {writing("place", "x"), writing("place", "y")})));
        QVERIFY(one(on(id, "session", {inserting(a, {}, 3, "c")})));
        QVERIFY(one(on(id, "session", {inserting(a, {}, 2, "c")}))); // the place is taken
        QVERIFY(one(on(id, "session", {inserting(a, {{b.log(), 0}, Side::Right}, 2, "c")})));
        QVERIFY(one(on(id, "session", {deleting(a, {a.log(), 1, 2})})));
        QVERIFY(one(on(id, "session", {undoing(a, Hash())})));
        QVERIFY(one(on(id, "session", {EditText{"notes", "no runs"}})));
        QVERIFY(one(on(id, "session", {RemoveLine{"agenda", {a.log(), 0}}})));
        QVERIFY(one(on(id, "session", {InsertSlots{"agenda", {}, 0, 1}}))); // outside an order
        QVERIFY(one(on(id, "order", {writing("place", "x")})));
        QVERIFY(one(
            creating(space, a, "action", {WriteRegister{"in", parentValue(id, {a.log(), 0})}})));
        Part again = made;
        again.changes = {CreateEntry{}};
        QVERIFY(one(again));
        Part order = creating(space, a, "order");
        QVERIFY(one(order));
        QVERIFY(!space.find(order.entry));
        QCOMPARE(shownText(space, id), QStringLiteral("ab"));
        QVERIFY(space.find(id)->registers.empty());
        // What one part was to create, a later part cannot name.
        const Part bad
            = creating(space, a, "message", {WriteRegister{"on", idValue(nobody.view())}});
        space.write(a,
            {bad, creating(space, a, "message", {WriteRegister{"on", idValue(bad.entry.view())}})});
        QCOMPARE(outcome(space, 1), PartOutcome::Nothing);
    }

    void aLinesPlaceMustBeThere()
    {
        MemorySpace space({a, b});
        const Part made = creating(space, a, "session");
        space.write(a, {made, on(made.entry, "order", {InsertSlots{"agenda", {}, 0, 2}})});
        const ElementId line{a.log(), 0};
        const auto write = [&](const char* field, const Bytes& value) {
            space.write(a, {on(made.entry, "session", {WriteLine{"agenda", line, field, value}})});
            return outcome(space);
        };
        QCOMPARE(write("value", textValue(u"one")), PartOutcome::Applied);
        QCOMPARE(write("slot", textValue(u"no place")), PartOutcome::Nothing);
        QCOMPARE(write("slot", parentValue(made.entry, {a.log(), 2})), PartOutcome::Nothing);
        QCOMPARE(write("slot", parentValue(EntryId(), {a.log(), 1})), PartOutcome::Nothing);
        QCOMPARE(write("slot", parentValue(made.entry, {a.log(), 1})), PartOutcome::Applied);
        space.write(a,
            {on(made.entry, "session",
                {WriteLine{"agenda", line, "value", textValue(u"x")},
                    WriteLine{"agenda", line, "value", textValue(u"y")}})});
        QCOMPARE(outcome(space), PartOutcome::Nothing);
        const auto lines = linesOf(space, *space.find(made.entry), "agenda");
        QCOMPARE(lines.size(), std::size_t(1));
        QCOMPARE(lines.front().value, QStringLiteral("one"));
    }

    void aLineIsKeptByAWriteThatDidNotKnowOfItsRemoval()
    {
        MemorySpace one({a, b}), two({a, b});
        const Part made = creating(one, a, "session");
        const ElementId line{a.log(), 0};
        one.write(a, {made, on(made.entry, "order", {InsertSlots{"agenda", {}, 0, 1}})});
        one.write(
            a, {on(made.entry, "session", {WriteLine{"agenda", line, "value", textValue(u"x")}})});
        two.takeAll(one);
        one.write(a, {on(made.entry, "session", {RemoveLine{"agenda", line}})});
        QVERIFY(linesOf(one, *one.find(made.entry), "agenda").empty());
        two.write(
            b, {on(made.entry, "session", {WriteLine{"agenda", line, "value", textValue(u"y")}})});
        level({&one, &two});
        QCOMPARE(linesOf(one, *one.find(made.entry), "agenda").size(), std::size_t(1));
        two.write(b, {on(made.entry, "session", {RemoveLine{"agenda", line}})});
        two.write(b, {on(made.entry, "session", {KeepLine{"agenda", line}})});
        level({&one, &two});
        QCOMPARE(linesOf(one, *one.find(made.entry), "agenda").size(), std::size_t(1));
        QCOMPARE(one.dump(), two.dump());
    }

    void unknownKindsFieldsAndChangesAreKept()
    {
        MemorySpace space({a, b});
        const Part wish = creating(space, a, "wish", {writing("title", "x")});
        space.write(a, {wish});
        QCOMPARE(outcome(space), PartOutcome::Unknown);
        QVERIFY(space.effects.clean());
        const Part about
            = creating(space, b, "message", {WriteRegister{"on", idValue(wish.entry.view())}});
        space.write(b, {about});
        QCOMPARE(outcome(space), PartOutcome::Applied);
        Cbor::Writer later;
        later.array(2).integer(77).text(u"later");
        const Part goal = creating(space, a, "goal",
            {writing("mood of the day", "calm"), UnknownChange{later.data()},
                writing("title", "G")});
        const ParsedOperation made = space.write(a, {goal});
        QCOMPARE(outcome(space), PartOutcome::Applied);
        QCOMPARE(shownRegister(space, goal.entry, "title"), QStringLiteral("G"));
        QCOMPARE(shownRegister(space, goal.entry, "mood of the day"), QStringLiteral("calm"));
        QVERIFY(!entryOf(space, *space.find(goal.entry))
                     .fields.contains(QStringLiteral("mood of the day")));
        // Byte for byte: what is encoded again hashes the same.
        Hash hash;
        const auto body = Body::decode(Body{made.parts}.encode(), &hash);
        QVERIFY(body.ok());
        QCOMPARE(hash, made.header.bodyHash);
    }

    void undoingADeletionEndsJustThatOne()
    {
        MemorySpace one({a, b}), two({a, b});
        const EntryId id = session(one, two, a, {inserting(a, {}, 0, "abc")});
        const auto first = one.write(a, {on(id, "session", {deleting(a, {a.log(), 0, 2})})});
        const auto second = two.write(b, {on(id, "session", {deleting(b, {a.log(), 1, 2})})});
        level({&one, &two});
        QCOMPARE(shownText(one, id), QString());
        // Undone by both at once, and so once.
        one.write(a, {on(id, "session", {undoing(a, first.name)})});
        two.write(b, {on(id, "session", {undoing(b, first.name)})});
        level({&one, &two});
        QCOMPARE(shownText(one, id), QStringLiteral("a"));
        one.write(a, {on(id, "session", {undoing(a, second.name)})});
        level({&one, &two});
        QCOMPARE(shownText(two, id), QStringLiteral("abc"));
        QCOMPARE(one.dump(), two.dump());
    }

    void undoingARefusedDeletionDoesNothing()
    {
        MemorySpace space({mentee, mentor});
        const Part goal = creating(space, mentee, "goal", {inserting(mentee, {}, 0, "abc", "why")});
        space.write(mentee, {goal});
        const ElementRange range{mentee.log(), 0, 1};
        const auto refused
            = space.write(mentor, {on(goal.entry, "goal", {deleting(mentor, range, "why")})});
        QCOMPARE(outcome(space), PartOutcome::WithoutEffect);
        space.write(mentee, {on(goal.entry, "goal", {deleting(mentee, range, "why")})});
        QCOMPARE(shownText(space, goal.entry, "why"), QStringLiteral("bc"));
        space.write(mentee, {on(goal.entry, "goal", {undoing(mentee, refused.name, 0, "why")})});
        QCOMPARE(outcome(space), PartOutcome::Applied);
        QCOMPARE(shownText(space, goal.entry, "why"), QStringLiteral("bc"));
        // One in a part that made nothing cannot even be named.
        const auto none = space.write(mentee,
            {on(goal.entry, "order", {InsertSlots{"milestone", {}, 0, 1}}),
                on(goal.entry, "goal",
                    {deleting(mentee, {mentee.log(), 1, 1}, "why"), writing("title", "x"),
                        writing("title", "y")})});
        QCOMPARE(outcome(space, 1), PartOutcome::Nothing);
        space.write(mentee, {on(goal.entry, "goal", {undoing(mentee, none.name, 1, "why")})});
        QCOMPARE(outcome(space), PartOutcome::Nothing);
        QCOMPARE(shownText(space, goal.entry, "why"), QStringLiteral("bc"));
    }

    void thousandsOfUndosReadEachOperationOnce()
    {
        MemorySpace space({a, b});
        const Part made = creating(space, a, "session", {inserting(a, {}, 0, "x")});
        space.write(a, {made});
        TextChange undos;
        for (int i = 0; i < 300; ++i) {
            const auto deletion
                = space.write(a, {on(made.entry, "session", {deleting(a, {a.log(), 0, 1})})});
            undos.steps.emplace_back(TextUndelete{{deletion.name, 0, 0}});
        }
        space.reads = 0;
        space.write(a, {on(made.entry, "session", {EditText{"notes", encode(undos, a.log())}})});
        QCOMPARE(outcome(space), PartOutcome::Applied);
        QCOMPARE(shownText(space, made.entry), QStringLiteral("x"));
        QVERIFY2(space.reads <= 600, qPrintable(QString::number(space.reads)));
    }

    void theBoundOfAListCountsWhatItsAuthorKnew()
    {
        MemorySpace one({a, b}), two({a, b});
        const EntryId id = session(one, two, a);
        one.write(a, {on(id, "order", {InsertSlots{"agenda", {}, 0, 6000}})});
        two.write(b, {on(id, "order", {InsertSlots{"agenda", {}, 0, 6000}})});
        for (MemorySpace* each : {&one, &two}) {
            each->takeAll(each == &one ? two : one);
            QCOMPARE(outcome(*each), PartOutcome::Applied);
        }
        QCOMPARE(one.dump(), two.dump());
        const ElementId last{a.log(), 5999};
        one.write(a, {on(id, "order", {InsertSlots{"agenda", {last, Side::Right}, 6000, 1}})});
        QCOMPARE(outcome(one), PartOutcome::Nothing);
        // Nor do many in one part pass it.
        one.write(a,
            {on(id, "order",
                {InsertSlots{"milestone", {}, 0, 10000},
                    InsertSlots{"milestone", {{a.log(), 9999}, Side::Right}, 10000, 1}})});
        QCOMPARE(outcome(one), PartOutcome::Nothing);
        one.write(a, {on(id, "order", {InsertSlots{"milestone", {}, 0, 10000}})});
        QCOMPARE(outcome(one), PartOutcome::Applied);
    }

    void statesAreReadBackAsTheyWere()
    {
        MemorySpace space({a, b, mentee, mentor});
        SeededRandom random(5);
        for (int i = 0; i < 200; ++i)
            randomOperation(space, std::array{a, b, mentee, mentor}[std::size_t(i % 4)], random);
        for (const ParsedOperation& operation : space.operations()) {
            for (const Part& part : operation.parts) {
                EntryState* entry = space.find(part.entry);
                if (!entry)
                    continue;
                const auto again = EntryState::decode(entry->encode());
                QVERIFY(again.ok());
                QVERIFY(*again == *entry);
                for (const Bytes& field : entry->texts) {
                    const Bytes text = space.text(*entry, field).encode();
                    QCOMPARE(TextState::decode(text)->encode(), text);
                }
                for (const Bytes& name : entry->orders) {
                    const Bytes list = space.list(*entry, name).encode();
                    QCOMPARE(ListState::decode(list)->encode(), list);
                }
                Bytes cut = entry->encode();
                cut.chop(1);
                QVERIFY(!EntryState::decode(cut).ok());
            }
        }
    }

    void anyCausalOrderGivesEqualStates_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 12; ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }
    void anyCausalOrderGivesEqualStates()
    {
        QFETCH(int, seed);
        // Equals, or two mentees with their mentor and a stray peer.
        const bool equals = seed % 3 == 0;
        std::vector<TestAuthor> authors;
        for (const Role role : {Role::Mentee, Role::Mentor, Role::Mentee, Role::Peer})
            authors.push_back(TestAuthor::make(int(authors.size()), equals ? Role::Peer : role));
        SeededRandom random{quint64(seed)};
        std::vector<std::unique_ptr<MemorySpace>> spaces;
        for (std::size_t i = 0; i < authors.size(); ++i)
            spaces.push_back(std::make_unique<MemorySpace>(authors));
        for (int i = 0; i < 160; ++i) {
            const auto who = std::size_t(random.below(authors.size()));
            if (random.below(5) == 0)
                spaces[who]->takeAll(*spaces[std::size_t(random.below(authors.size()))]);
            randomOperation(*spaces[who], authors[who], random);
        }
        for (int round = 0; round < 2; ++round) {
            for (auto& to : spaces) {
                for (auto& from : spaces) {
                    if (to != from)
                        to->takeAll(*from);
                }
            }
        }
        const QStringList expected = spaces[0]->dump();
        for (auto& each : spaces)
            QCOMPARE(each->dump(), expected);
        // Fresh replicas, each in an order of its own.
        for (int order = 0; order < 4; ++order) {
            std::vector<ParsedOperation> left = spaces[0]->operations();
            MemorySpace fresh(authors);
            while (!left.empty()) {
                const auto pick = std::size_t(random.below(left.size()));
                if (fresh.take(left[pick]))
                    left.erase(left.begin() + qsizetype(pick));
            }
            QCOMPARE(fresh.dump(), expected);
        }
    }

private:
    /// Something that an honest client composes, whether or not rules allow it, or something odd.
    static void randomOperation(MemorySpace& space, const TestAuthor& author, SeededRandom& random)
    {
        const std::vector<ParsedOperation> all = space.operations();
        std::vector<EntryId> ids;
        for (const ParsedOperation& operation : all) {
            for (const Part& part : operation.parts) {
                if (part.creates() && space.find(part.entry))
                    ids.push_back(part.entry);
            }
        }
        const auto pick = [&](const char* kind) -> EntryState* {
            std::vector<EntryState*> some;
            for (const EntryId& id : ids) {
                if (space.find(id)->kind == kind)
                    some.push_back(space.find(id));
            }
            return some.empty() ? nullptr : some[std::size_t(random.below(some.size()))];
        };
        const QString word = QString::number(random.below(1000));
        const auto hex
            = [](const EntryState* entry) { return QString::fromLatin1(entry->id.hex()); };
        Composer composer = space.composer(author, random);
        const auto add = [&](const char* kind, const QJsonObject& fields) {
            (void)composer.add(*findKind(kind), {fields, {}, {}});
        };
        const auto set = [&](EntryState* entry, const QJsonObject& fields) {
            if (entry)
                (void)composer.change(*entry, {fields, {}, {}});
        };
        EntryState* goal = pick("goal");
        EntryState* mark = pick("milestone");
        EntryState* session = pick("session");
        EntryState* any
            = ids.empty() ? nullptr : space.find(ids[std::size_t(random.below(ids.size()))]);
        std::vector<Part> more;
        switch (random.below(17)) {
        case 0:
            add("goal", {{QStringLiteral("title"), word}, {QStringLiteral("why"), word}});
            break;
        case 1:
            add("goal",
                {{QStringLiteral("title"), word},
                    {QStringLiteral("status"), QStringLiteral("proposed")}});
            break;
        case 2:
            add("session",
                {{QStringLiteral("notes"), word},
                    {QStringLiteral("agenda"), QJsonArray{word, QStringLiteral("x")}}});
            break;
        case 3:
            if (goal)
                add("milestone",
                    {{QStringLiteral("title"), word}, {QStringLiteral("in"), hex(goal)}});
            break;
        case 4:
            set(goal,
                {{QStringLiteral("status"), QStringLiteral("open")},
                    {QStringLiteral("why"), word + QStringLiteral(" and more")}});
            break;
        case 5:
            set(session, {{QStringLiteral("notes"), word}});
            break;
        case 6:
            set(session, {{QStringLiteral("agenda"), QJsonArray{QStringLiteral("x"), word, word}}});
            break;
        case 7:
            if (any)
                (void)composer.remove(*any);
            break;
        case 8:
            if (any)
                (void)composer.restore(*any);
            break;
        case 9:
            if (mark && !mark->refused)
                (void)composer.move(*mark,
                    {random.below(2) ? ItemPlace::Where::First : ItemPlace::Where::Last, {}});
            break;
        case 10:
            if (goal && mark)
                set(mark, {{QStringLiteral("in"), hex(goal)}});
            break;
        case 11:
            if (goal) {
                EntryChange change;
                change.add[QStringLiteral("tags")] = {QString::number(random.below(3))};
                change.remove[QStringLiteral("tags")] = {QString::number(random.below(3))};
                (void)composer.change(*goal, change);
            }
            break;
        case 12: {
            // Undoes the first change of some text in some operation, a deletion or not.
            if (all.empty())
                break;
            const ParsedOperation& operation = all[std::size_t(random.below(all.size()))];
            for (std::size_t i = 0; i < operation.parts.size(); ++i) {
                for (const Change& change : operation.parts[i].changes) {
                    const auto* edit = std::get_if<EditText>(&change);
                    if (!edit || !more.empty())
                        continue;
                    const TextChange undo{
                        {TextUndelete{{operation.name, quint32(i), quint32(random.below(3))}}}};
                    more.push_back(
                        {random.id<Part::Salt>(), operation.parts[i].entry, operation.parts[i].kind,
                            {EditText{edit->field, encode(undo, author.log())}}});
                }
            }
            break;
        }
        case 14:
            if (goal)
                add("milestone",
                    {{QStringLiteral("title"), word}, {QStringLiteral("in"), hex(goal)},
                        {QStringLiteral("proposed"), true}});
            break;
        case 15:
            set(mark, {{QStringLiteral("proposed"), random.below(2) == 1}});
            break;
        case 16:
            if (session && goal) {
                EntryChange change;
                change.line = QStringLiteral("x");
                change.set = {{QStringLiteral("minutes"), int(random.below(9)) + 1},
                    {QStringLiteral("about"), hex(goal)},
                    {QStringLiteral("done"), random.below(2) == 1}};
                if (EntryState* other = pick("session"))
                    change.set.insert(QStringLiteral("from"), hex(other));
                (void)composer.change(*session, change);
            }
            break;
        case 13:
            // Wrong in one way or another.
            if (any)
                more.push_back({random.id<Part::Salt>(), any->id, any->kind,
                    {WriteRegister{"in", textValue(word)}, WriteRegister{"on", idValue("x")},
                        WriteLine{"agenda", {author.log(), random.below(4)}, "slot",
                            parentValue(any->id, {author.log(), random.below(4)})},
                        AddToSet{"acknowledged", idValue(author.person.view())}}});
            break;
        }
        std::vector<Part> parts = composer.take();
        parts.insert(parts.end(), more.begin(), more.end());
        space.write(author, std::move(parts));
    }
};

QTEST_GUILESS_MAIN(MergeTest)
#include "tst_merge.moc"

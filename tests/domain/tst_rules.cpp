// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/schema.h"
#include "app/domain/value.h"
#include "tests/support/memoryspace.h"

#include <QFile>

using namespace Waymark;

namespace {

Change writing(const char* field, const char* text)
{
    return WriteRegister{field, textValue(QString::fromUtf8(text))};
}

Change proposing()
{
    return WriteRegister{"proposed", *valueFromJson({"f", Merge::Register, ValueType::Flag}, true)};
}

/// Two people in one space, and what one of them has made there.
class Scene
{
public:
    Scene(Role first, Role second)
        : one(TestAuthor::make(1, first)), other(TestAuthor::make(2, second)), space({one, other})
    {
    }

    Part creating(const TestAuthor& author, const char* kind, std::vector<Change> changes = {})
    {
        Part part{salt(), {}, kind, std::move(changes)};
        part.changes.insert(part.changes.begin(), CreateEntry{});
        part.entry = entryIdOf(space.facts().id, author.device, markOf(part.salt));
        return part;
    }
    Part on(const EntryId& entry, const char* kind, std::vector<Change> changes)
    {
        return {salt(), entry, kind, std::move(changes)};
    }
    EntryId made(const TestAuthor& author, const char* kind, std::vector<Change> changes = {})
    {
        const Part part = creating(author, kind, std::move(changes));
        space.write(author, {part});
        return part.entry;
    }
    /// The `in` of a new item in a list of a parent, whose slot is made for it.
    Change placeIn(const TestAuthor& author, const EntryId& parent, const char* kind)
    {
        EntryState& entry = *space.find(parent);
        const Sequence& list = space.list(entry, kind).sequence;
        const quint64 counter = list.nextCounter(author.log());
        space.write(author,
            {on(parent, "order",
                {InsertSlots{kind, list.insertPlace(list.visibleLength()), counter, 1}})});
        return WriteRegister{"in", parentValue(parent, {author.log(), counter})};
    }
    bool allows(const TestAuthor& author, const Part& part)
    {
        return space.judged(author, part).ok();
    }

    TestAuthor one, other;
    MemorySpace space;

private:
    Part::Salt salt()
    {
        Bytes bytes(16, 0);
        ++m_salts;
        std::memcpy(bytes.data(), &m_salts, sizeof m_salts);
        return *Part::Salt::fromBytes(bytes);
    }
    quint64 m_salts = 0;
};

/// What may be done to an entry that is there. `person`: who does it.
struct Action
{
    const char* name;
    std::function<std::vector<Change>(const TestAuthor& author, const TestAuthor& partner)> changes;
};

const std::vector<Action>& actionsOf(const Kind& kind)
{
    static const auto fixed = [](std::vector<Change> changes) {
        return [changes](const TestAuthor&, const TestAuthor&) { return changes; };
    };
    static const std::vector<Action> common{
        {"change", fixed({writing("title", "x")})},
        {"delete", fixed({DeleteEntry{}})},
        {"restore", fixed({RestoreEntry{}})},
    };
    static const auto with = [](std::vector<Action> more) {
        std::vector<Action> all = common;
        all.insert(all.end(), more.begin(), more.end());
        return all;
    };
    static const std::vector<Action> goal = with({
        {"write the status", fixed({writing("status", "open")})},
        {"hand over",
            [](const TestAuthor&, const TestAuthor& partner) {
                return std::vector<Change>{WriteRegister{"owner", idValue(partner.person.view())}};
            }},
    });
    static const auto acknowledging = [](bool oneself) {
        return [oneself](const TestAuthor& author, const TestAuthor& partner) {
            const PersonId who = oneself ? author.person : partner.person;
            return std::vector<Change>{AddToSet{"acknowledged", idValue(who.view())}};
        };
    };
    static const std::vector<Action> answered = with({
        {"acknowledge", acknowledging(true)},
        {"acknowledge for another", acknowledging(false)},
    });
    static const std::vector<Action> slots_{{"make places", fixed({InsertSlots{"x", {}, 0, 1}})}};
    static const std::vector<Action> milestone = with({
        {"clear `proposed`", fixed({WriteRegister{"proposed", nullValue()}})},
    });
    static const std::vector<Action> space{{"change the name", fixed({writing("name", "x")})},
        {"change model or size", fixed({writing("size", "x")})},
        {"delete", fixed({DeleteEntry{}})}};
    static const std::vector<Action> member{
        {"change the name", fixed({writing("name", "x")})}, {"delete", fixed({DeleteEntry{}})}};
    switch (kind.rules) {
    case RuleSet::Goal:
        return goal;
    case RuleSet::Author:
        return kind.find("acknowledged") ? answered : common;
    case RuleSet::Space:
        return space;
    case RuleSet::Member:
        return member;
    case RuleSet::Anyone:
        return qstrcmp(kind.name, "order") == 0 ? slots_ : common;
    case RuleSet::Milestone:
        return milestone;
    case RuleSet::Note:
        break;
    }
    return common;
}

/// An entry of a kind, in one of the states between which its rules tell.
struct Subject
{
    QString what; ///< empty where all entries of the kind are alike
    std::function<EntryId(Scene&)> make; ///< by the scene's first person
};

std::vector<Subject> subjectsOf(const Kind& kind)
{
    const char* name = kind.name;
    const auto plain = [name](Scene& scene) { return scene.made(scene.one, name); };
    const auto proposed = [](Scene& scene) {
        return scene.made(scene.one, "goal", {writing("status", "proposed")});
    };
    const auto taken = [proposed](Scene& scene) {
        const EntryId goal = proposed(scene);
        scene.space.write(scene.other, {scene.on(goal, "goal", {writing("status", "open")})});
        return goal;
    };
    switch (kind.rules) {
    case RuleSet::Goal:
        return {{{}, plain}, {QStringLiteral("proposed"), proposed},
            {QStringLiteral("proposed, the partner has written its status"), taken}};
    case RuleSet::Milestone: {
        const auto item = [name](const auto& parent) {
            return [name, parent](Scene& scene) {
                const EntryId on = parent(scene);
                // Whoever may make it: what stands there is asked about.
                for (const TestAuthor& author : {scene.one, scene.other}) {
                    const Part part
                        = scene.creating(author, name, {scene.placeIn(author, on, name)});
                    scene.space.write(author, {part});
                    if (!scene.space.find(part.entry)->refused)
                        return part.entry;
                }
                return EntryId();
            };
        };
        const auto suggested = [name](const auto& parent, bool cleared) {
            return [name, parent, cleared](Scene& scene) {
                const EntryId on = parent(scene);
                const Part part = scene.creating(
                    scene.other, name, {scene.placeIn(scene.other, on, name), proposing()});
                scene.space.write(scene.other, {part});
                if (cleared)
                    scene.space.write(scene.one,
                        {scene.on(part.entry, name, {WriteRegister{"proposed", nullValue()}})});
                return part.entry;
            };
        };
        const auto session = [](Scene& scene) { return scene.made(scene.one, "session"); };
        const auto goal = [](Scene& scene) { return scene.made(scene.one, "goal"); };
        return {{QStringLiteral("on such a goal"), item(goal)},
            {QStringLiteral("on such a goal, made by the partner with `proposed`"),
                suggested(goal, false)},
            {QStringLiteral("the same, and who made the goal has cleared `proposed`"),
                suggested(goal, true)},
            {QStringLiteral("on a proposed goal"), item(proposed)},
            {QStringLiteral("on a proposed goal whose status the partner has written"),
                item(taken)},
            {QStringLiteral("of a session"), item(session)}};
    }
    case RuleSet::Space:
        return {{{}, [](Scene& scene) {
                     EntryState& entry = scene.space.make(EntryId());
                     entry.kind = "space";
                     entry.by = scene.one.person;
                     return EntryId();
                 }}};
    case RuleSet::Member:
        return {{{}, [](Scene& scene) {
                     const EntryId id{scene.one.person.data};
                     scene.space.make(id).kind = "member";
                     return id;
                 }}};
    case RuleSet::Anyone:
        if (qstrcmp(name, "order") == 0)
            return {{QStringLiteral("of a goal"),
                [](Scene& scene) { return scene.made(scene.one, "goal"); }}};
        break;
    case RuleSet::Author:
    case RuleSet::Note:
        break;
    }
    return {{{}, plain}};
}

const std::pair<Role, Role> kScenes[]
    = {{Role::Mentee, Role::Mentor}, {Role::Mentor, Role::Mentee}, {Role::Peer, Role::Peer}};

QString cell(bool allowed)
{
    return allowed ? QStringLiteral("yes") : QStringLiteral("–");
}

/// One row an action: for each scene, whether the maker may and whether the partner may.
QString rowsOf(const Kind& kind, const Subject& subject)
{
    QString out;
    for (const Action& action : actionsOf(kind)) {
        out += QStringLiteral("| %1 |").arg(QLatin1String(action.name));
        for (const auto& [first, second] : kScenes) {
            for (const bool maker : {true, false}) {
                Scene scene(first, second);
                const EntryId id = subject.make(scene);
                const EntryState* entry = scene.space.find(id);
                const TestAuthor& author = maker ? scene.one : scene.other;
                const TestAuthor& partner = maker ? scene.other : scene.one;
                const bool there = entry && !entry->refused;
                const bool allowed = there
                    && scene.allows(
                        author, scene.on(id, kind.name, action.changes(author, partner)));
                out += QStringLiteral(" %1 |").arg(there ? cell(allowed) : QStringLiteral("none"));
            }
        }
        out += QLatin1Char('\n');
    }
    return out;
}

QString makingRow(const Kind& kind, const char* name, const std::vector<Change>& changes)
{
    QString out = QStringLiteral("| %1 |").arg(QLatin1String(name));
    for (const auto& [first, second] : kScenes) {
        Scene scene(first, second);
        out += QStringLiteral(" %1 | |").arg(
            cell(scene.allows(scene.one, scene.creating(scene.one, kind.name, changes))));
    }
    return out + QLatin1Char('\n');
}

QString tableOf(const Kind& kind)
{
    const QString head = QStringLiteral(
        "| | mentee, made it | the mentor | mentor, made it | the mentee | peer, made it | the "
        "other peer |\n|---|---|---|---|---|---|---|\n");
    QString out = QStringLiteral("\n## %1\n").arg(QLatin1String(kind.name));
    bool making = kind.listed && kind.rules != RuleSet::Milestone;
    for (const Subject& subject : subjectsOf(kind)) {
        if (!subject.what.isEmpty())
            out += QStringLiteral("\n%1%2:\n")
                       .arg(subject.what.left(1).toUpper(), subject.what.mid(1));
        out += QLatin1Char('\n') + head;
        if (making) {
            out += makingRow(kind, "make", {});
            if (kind.rules == RuleSet::Goal)
                out += makingRow(kind, "make as proposed", {writing("status", "proposed")});
            making = false;
        }
        for (const bool proposes : {false, true}) {
            if (kind.rules != RuleSet::Milestone)
                break;
            out += proposes ? QStringLiteral("| make with `proposed` |")
                            : QStringLiteral("| make |");
            for (const auto& [first, second] : kScenes) {
                for (const bool maker : {true, false}) {
                    Scene scene(first, second);
                    const EntryId item = subject.make(scene);
                    const EntryState* entry = scene.space.find(item);
                    const auto place = entry ? placeOf(scene.space, *entry) : std::nullopt;
                    const TestAuthor& author = maker ? scene.one : scene.other;
                    if (!place) {
                        out += QStringLiteral(" none |");
                        continue;
                    }
                    std::vector<Change> changes{scene.placeIn(author, place->parent, kind.name)};
                    if (proposes)
                        changes.push_back(proposing());
                    out += QStringLiteral(" %1 |").arg(
                        cell(scene.allows(author, scene.creating(author, kind.name, changes))));
                }
            }
            out += QLatin1Char('\n');
        }
        out += rowsOf(kind, subject);
    }
    return out;
}

QString document()
{
    QString out = QStringLiteral(
        "# Who may do what\n"
        "\n"
        "A test asks the program's rules about every kind, role and action and writes this page "
        "from the answers; it fails\n"
        "when page and program differ (`WAYMARK_REWRITE=1 build/dev/tests/tst_rules` writes the "
        "page anew). The rules are in\n"
        "`app/domain/rules.cpp`; [the journal](protocol/journal.md#rules) says how they are "
        "judged.\n"
        "\n"
        "Two columns a pair of people: who made the entry, and the partner. *None*: such an entry "
        "cannot be there. A mentor's\n"
        "goal says `proposed` when it is made; it is the mentee's once a mentee has written its "
        "status. *Hand over* makes the\n"
        "partner its owner, which counts for mentees. A member's page stands for the one it is "
        "named after.\n");
    for (const Kind* kind : allKinds())
        out += tableOf(*kind);
    return out;
}

} // namespace

class RulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePageSaysWhatTheProgramDoes()
    {
        const QString path
            = qEnvironmentVariable("WAYMARK_TEST_DATA") + QStringLiteral("/../../docs/RULES.md");
        const QByteArray now = document().toUtf8();
        if (qEnvironmentVariableIsSet("WAYMARK_REWRITE")) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(now) == now.size());
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(file.readAll()), QString::fromUtf8(now));
    }

    void aGoalIsTakenOnByTheFirstStatusItsMenteeWrites()
    {
        Scene scene(Role::Mentor, Role::Mentee);
        const EntryId goal
            = scene.made(scene.one, "goal", {writing("status", "proposed"), writing("title", "G")});
        const auto title = [&] { return scene.on(goal, "goal", {writing("title", "x")}); };
        QVERIFY(scene.allows(scene.one, title()));
        QVERIFY(!scene.allows(scene.other, title()));
        QVERIFY(!scene.allows(scene.one, scene.on(goal, "goal", {writing("status", "open")})));
        // Title and status in one part: the status takes it on.
        scene.space.write(scene.other,
            {scene.on(goal, "goal", {writing("status", "active"), writing("title", "Mine")})});
        QCOMPARE(scene.space.effects.outcomes.front(), PartOutcome::Applied);
        QVERIFY(!scene.allows(scene.one, title()));
        QVERIFY(scene.allows(scene.other, title()));
        QVERIFY(!scene.allows(scene.one, scene.on(goal, "goal", {DeleteEntry{}})));
    }

    void anEditIsJudgedByWhatItsAuthorKnew()
    {
        Scene scene(Role::Mentor, Role::Mentee);
        const EntryId goal = scene.made(scene.one, "goal", {writing("status", "proposed")});
        MemorySpace away({scene.one, scene.other});
        away.takeAll(scene.space);
        scene.space.write(scene.other, {scene.on(goal, "goal", {writing("status", "open")})});
        away.write(scene.one, {scene.on(goal, "goal", {writing("title", "He thought so")})});
        // Whoever takes them in, in whichever order.
        away.takeAll(scene.space);
        scene.space.takeAll(away);
        QCOMPARE(scene.space.effects.outcomes.front(), PartOutcome::Applied);
        QCOMPARE(scene.space.dump(), away.dump());
        QCOMPARE(away.find(goal)->registers["title"].size(), std::size_t(1));
        away.write(scene.one, {scene.on(goal, "goal", {writing("title", "Now he knows")})});
        QCOMPARE(away.effects.outcomes.front(), PartOutcome::WithoutEffect);
    }

    void aGoalIsHandedOnByItsOwnersAlone()
    {
        const TestAuthor first = TestAuthor::make(1, Role::Mentee);
        const TestAuthor second = TestAuthor::make(2, Role::Mentee);
        const TestAuthor mentor = TestAuthor::make(3, Role::Mentor);
        Scene helper(Role::Mentee, Role::Mentee);
        MemorySpace space({first, second, mentor});
        const Part goal = helper.creating(first, "goal");
        space.write(first, {goal});
        const auto handTo = [&](const TestAuthor& whom) {
            return helper.on(
                goal.entry, "goal", {WriteRegister{"owner", idValue(whom.person.view())}});
        };
        const auto mayChange = [&](const TestAuthor& who) {
            return space.judged(who, helper.on(goal.entry, "goal", {writing("title", "x")})).ok();
        };
        QVERIFY(!space.judged(second, handTo(second)).ok());
        QVERIFY(!mayChange(second));
        // A mentor does not become an owner, even when handed the goal.
        space.write(first, {handTo(mentor)});
        QVERIFY(!mayChange(mentor));
        space.write(first, {handTo(second)});
        QVERIFY(mayChange(second) && mayChange(first));
        QVERIFY(!mayChange(mentor));
    }

    void aMilestoneFollowsBothGoalsItIsMovedBetween()
    {
        Scene scene(Role::Mentee, Role::Mentor);
        const EntryId hers = scene.made(scene.one, "goal");
        const EntryId his = scene.made(scene.other, "goal", {writing("status", "proposed")});
        const Part mark = scene.creating(
            scene.other, "milestone", {scene.placeIn(scene.other, his, "milestone")});
        scene.space.write(scene.other, {mark});
        QCOMPARE(scene.space.effects.outcomes.front(), PartOutcome::Applied);
        const Change toHers = scene.placeIn(scene.other, hers, "milestone");
        QVERIFY(!scene.allows(scene.other, scene.on(mark.entry, "milestone", {toHers})));
        QVERIFY(!scene.allows(scene.one, scene.on(mark.entry, "milestone", {toHers})));
        // Nor is it free of its goal by standing nowhere.
        const EntryId mine
            = scene.made(scene.one, "milestone", {scene.placeIn(scene.one, hers, "milestone")});
        scene.space.write(
            scene.one, {scene.on(mine, "milestone", {WriteRegister{"in", nullValue()}})});
        QVERIFY(!scene.allows(scene.other, scene.on(mine, "milestone", {writing("title", "x")})));
        QVERIFY(!scene.allows(scene.other, scene.creating(scene.other, "milestone")));
    }

    void aProposedMilestoneIsTheMentorsUntilAMenteeClearsIt()
    {
        Scene scene(Role::Mentee, Role::Mentor);
        const EntryId goal = scene.made(scene.one, "goal");
        const EntryId mark = scene.made(
            scene.other, "milestone", {scene.placeIn(scene.other, goal, "milestone"), proposing()});
        const auto title = [&] { return scene.on(mark, "milestone", {writing("title", "x")}); };
        const auto clearing = [&](const Bytes& value) {
            return scene.on(mark, "milestone", {WriteRegister{"proposed", value}});
        };
        const Bytes no = *valueFromJson({"f", Merge::Register, ValueType::Flag}, false);
        QVERIFY(scene.allows(scene.other, title()) && scene.allows(scene.one, title()));
        QVERIFY(scene.allows(scene.other, scene.on(mark, "milestone", {DeleteEntry{}})));
        QVERIFY(scene.allows(scene.other, scene.on(mark, "milestone", {proposing()})));
        // It is not for the mentor to take it on.
        QVERIFY(!scene.allows(scene.other, clearing(nullValue())));
        QVERIFY(!scene.allows(scene.other, clearing(no)));
        MemorySpace away({scene.one, scene.other});
        away.takeAll(scene.space);
        scene.space.write(scene.one, {clearing(no)});
        QVERIFY(!scene.allows(scene.other, title()) && scene.allows(scene.one, title()));
        QVERIFY(!scene.allows(scene.other, scene.on(mark, "milestone", {DeleteEntry{}})));
        QVERIFY(!scene.allows(scene.other, scene.on(mark, "milestone", {proposing()})));
        // Who did not know could still change it, and everybody judges so.
        away.write(scene.other, {title()});
        QCOMPARE(away.effects.outcomes.front(), PartOutcome::Applied);
        away.takeAll(scene.space);
        scene.space.takeAll(away);
        QCOMPARE(scene.space.effects.outcomes.front(), PartOutcome::Applied);
        QCOMPARE(scene.space.dump(), away.dump());
        // `proposed` again is no way back: what was taken on stays the mentee's.
        scene.space.write(scene.one, {scene.on(mark, "milestone", {proposing()})});
        QVERIFY(!scene.allows(scene.other, title()));
    }

    void whatWasNotMadeAsProposedDoesNotBecomeSo()
    {
        Scene scene(Role::Mentee, Role::Mentor);
        const EntryId his = scene.made(scene.other, "goal", {writing("status", "proposed")});
        const EntryId mark
            = scene.made(scene.other, "milestone", {scene.placeIn(scene.other, his, "milestone")});
        scene.space.write(scene.other, {scene.on(mark, "milestone", {proposing()})});
        QCOMPARE(scene.space.effects.outcomes.front(), PartOutcome::Applied);
        scene.space.write(scene.one, {scene.on(his, "goal", {writing("status", "open")})});
        QVERIFY(!scene.allows(scene.other, scene.on(mark, "milestone", {writing("title", "x")})));
        // Nor does a mentee's own, which says so for no reason.
        const EntryId hers = scene.made(scene.one, "goal");
        const EntryId own = scene.made(
            scene.one, "milestone", {scene.placeIn(scene.one, hers, "milestone"), proposing()});
        QVERIFY(!scene.allows(scene.other, scene.on(own, "milestone", {writing("title", "x")})));
        QVERIFY(
            !scene.allows(scene.other, scene.creating(scene.other, "milestone", {proposing()})));
    }

    void aSpaceOfEqualsIsOneThatOnlyEverHadPeers()
    {
        Scene scene(Role::Peer, Role::Mentee);
        const EntryId goal = scene.made(scene.other, "goal");
        QVERIFY(!scene.allows(scene.one, scene.on(goal, "goal", {writing("title", "x")})));
        // While its author does not know that a mentee was let in, it is one.
        scene.space.facts().members[1].admitted = {77, 1, 5};
        QVERIFY(scene.allows(scene.one, scene.on(goal, "goal", {writing("title", "x")})));
    }
};

QTEST_GUILESS_MAIN(RulesTest)
#include "tst_rules.moc"

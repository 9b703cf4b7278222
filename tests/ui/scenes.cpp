// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/scenes.h"

namespace Waymark::Tests {

namespace {

constexpr qint64 kHour = 3'600'000;
constexpr qint64 kDay = 24 * kHour;

/// Hands out names: nice ones, long ones, or ones that mean harm.
class Names
{
public:
    explicit Names(Fill how) : m_how(how) { }
    QString operator()(const char16_t* nice)
    {
        const QString text = QString::fromUtf16(nice);
        if (m_how == Fill::Hostile)
            return hostileStrings().at(m_next++ % hostileStrings().size());
        if (m_how == Fill::Long) {
            return text
                + QStringLiteral(" and then, once that has been done as well as it can be, "
                                 "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen");
        }
        return text;
    }

private:
    Fill m_how;
    qsizetype m_next = 0;
};

QString id(const char* name)
{
    return QString::fromLatin1(name);
}

QString partnerName(Fill how)
{
    switch (how) {
    case Fill::Long:
        return QStringLiteral("Wolfeschlegelsteinhausenbergerdorff-Nguyễn Minh Khôi Okafor");
    case Fill::Hostile:
        return QStringLiteral("<img src=\"x\"><b>Tom</b>");
    case Fill::Empty:
    case Fill::Typical:
    case Fill::Full:
        break;
    }
    return QStringLiteral("Tomás Okafor");
}

void addGoals(FakeWorld& world, Names& name, Fill how)
{
    const qint64 now = world.clock.now;
    world.addEntry(id("review"), id("goal"), id("tomas"),
        {{id("title"), name(u"Lead a design review on my own")},
            {id("why"),
                name(u"I go quiet when senior people disagree. I want to hold a room for an hour, "
                     u"get to a decision, and have people say afterwards that they were heard.")},
            {id("measure"),
                name(u"two reviews run without Tomás in the room, and a decision written down the "
                     u"same day.")},
            {id("due"), id("2027-01-30")}, {id("status"), id("active")}},
        now - 40 * kDay);
    const auto mark = [&](const char* key, const char* goal, const char* space,
                          const char16_t* title, bool done, const char* due) {
        world.addEntry(id(key), id("milestone"), id(space),
            {{id("title"), name(title)}, {id("in"), FakeWorld::hex(id(goal))}, {id("done"), done},
                {id("due"), id(due)}});
    };
    mark("m1", "review", "tomas", u"Sit in on three reviews and note who decides", true,
        "2026-10-04");
    mark("m2", "review", "tomas", u"Run the agenda while Tomás chairs", true, "2026-11-02");
    mark("m3", "review", "tomas", u"Chair one review with Tomás silent", false, "2026-12-04");
    mark("m4", "review", "tomas", u"Write the decision note within the day", false, "2026-12-11");
    mark("m5", "review", "tomas", u"Chair two reviews alone", false, "2027-01-30");
    world.addEntry(id("write"), id("goal"), id("tomas"),
        {{id("title"), name(u"Write so that people act on it")}, {id("status"), id("active")},
            {id("due"), id("2027-03-15")}},
        now - 30 * kDay);
    mark("w1", "write", "tomas", u"One page a week", true, "");
    mark("w2", "write", "tomas", u"A decision note that is acted on", false, "");
    mark("w3", "write", "tomas", u"A page that somebody else passes on", false, "");
    world.addEntry(id("storage"), id("goal"), id("tomas"),
        {{id("title"), name(u"Understand our storage engine")}, {id("status"), id("active")}},
        now - 35 * kDay);
    for (int i = 1; i <= (how == Fill::Full ? 14 : 4); ++i)
        mark(qPrintable(QStringLiteral("s%1").arg(i)), "storage", "tomas", u"Read one chapter",
            i < 4, "");
    world.addEntry(id("lisbon"), id("goal"), id("private"),
        {{id("title"), name(u"Decide about the Lisbon offer")}, {id("status"), id("open")},
            {id("due"), id("2027-01-15")}},
        now - 3 * kDay);
    world.addEntry(id("teach"), id("goal"), id("private"),
        {{id("title"), name(u"Teach what I know to one newcomer")}, {id("status"), id("open")},
            {id("why"),
                name(u"Hana starts on 8 December. When I was new, nobody had an hour, and I learnt "
                     u"to hide what I did not know.")},
            {id("due"), id("2027-02-26")}},
        now - kHour);
    mark("t1", "teach", "private", u"Write down what nobody told me", false, "2026-12-07");
    mark("t2", "teach", "private", u"An hour together on each of the first five days", false,
        "2026-12-14");
    world.addEntry(id("talk"), id("goal"), id("tomas"),
        {{id("title"), name(u"Give a talk to twenty people")}, {id("status"), id("done")}},
        now - 90 * kDay);
    if (how != Fill::Full)
        return;
    for (int i = 0; i < 60; ++i) {
        world.addEntry(QStringLiteral("more%1").arg(i), id("goal"), id("tomas"),
            {{id("title"), QStringLiteral("Another thing to get better at, number %1").arg(i)},
                {id("status"), id("open")}},
            now - i * kDay);
    }
}

void addWords(FakeWorld& world, Names& name, Fill how)
{
    const qint64 now = world.clock.now;
    const auto say = [&](const char* key, const char* kind, const char* by, const char* field,
                         const char* about, const char* tone, const char16_t* body, qint64 at) {
        QJsonObject fields{{id("body"), name(body)}, {id(field), FakeWorld::hex(id(about))}};
        if (*tone)
            fields.insert(id("tone"), id(tone));
        return &world.addEntry(id(key), id(kind), id("tomas"), fields, at, id(by));
    };
    say("f1", "feedback", "tomas", "on", "storage", "curious",
        u"“Explain to a new colleague” is a far better sign than “know”: somebody else can see it, "
        u"and so can you on a bad day. What would you show Mei first, and what would you leave "
        u"out? Try it on me on the 2nd, ten minutes, no slides. I will be Mei, and ask what she "
        u"would ask.",
        now - kDay + 2 * kHour);
    say("f2", "message", "", "replyTo", "f1", "",
        u"One write, from the socket to the disk. I would leave out the compaction and the cache. "
        u"Is that leaving out too much?",
        now - kDay + 5 * kHour);
    say("f3", "message", "tomas", "replyTo", "f2", "",
        u"Leave it out. Compaction is what we do later; safe is what we promised. Say the promise "
        u"in one breath, then stop and let her ask.",
        now - kDay + 9 * kHour);
    say("g1", "feedback", "tomas", "on", "write", "challenging",
        u"You name three options and choose none of them. Which one would you defend?",
        now - 2 * kHour);
    say("h1", "feedback", "tomas", "on", "review", "celebrating",
        u"You stopped the two of them and asked each to say the other’s point first. The room "
        u"changed after that. Do that again on the 4th, earlier.",
        now - 26 * kHour)
        ->acknowledged.append(world.myself);
    Entry* line = say("i1", "message", "", "on", "nothing", "",
        u"Is the outline of the page the right way round?", now - kDay);
    line->fields.remove(id("on"));
    line->delivery = Delivery::Sent;
    Entry* late = say("g2", "message", "", "replyTo", "h1", "",
        u"Thank you. I shall say so at the start.", now - 25 * kHour);
    late->delivery = Delivery::KeptHere;
    if (how != Fill::Full)
        return;
    for (int i = 0; i < 60; ++i) {
        world.addEntry(QStringLiteral("said%1").arg(i), id("feedback"), id("tomas"),
            {{id("body"), QStringLiteral("What I saw in week %1, at some length.").arg(i)},
                {id("on"), FakeWorld::hex(id("talk"))}, {id("tone"), id("concerned")}},
            now - (10 + i) * kDay, id("tomas"));
    }
}

} // namespace

QStringList hostileStrings()
{
    return {QStringLiteral("<img src=\"x\">"), QStringLiteral("<img src=x>"),
        QStringLiteral("<img width=2000000000 height=2000000000>"),
        QStringLiteral("<img src=\"http://192.0.2.1/a.png\"> <a href=\"http://192.0.2.1\">x</a>"),
        QStringLiteral("<b>bold</b> <!-- --> &lt; &amp; **md** ![x](http://192.0.2.1/b.png)"),
        QStringLiteral("\u202Egnitirw sdrawkcab\u202C \u2066\u2067"), QString(600, u'\u0301'),
        QString(3000, u'x'),
        QStringLiteral("\u0627\u0644\u0633\u0644\u0627\u0645 \u05E9\u05DC\u05D5\u05DD"),
        QStringLiteral("a\u2028b\u2029c\td"), QStringLiteral("%1 %2 %n %L1"),
        QStringLiteral("👩🏽‍🚀🇯🇴") + QString(200, u'\u200D'),
        QStringLiteral("&Mnemonic &&")};
}

void fill(FakeWorld& world, Fill how)
{
    world.vaultOpen = true;
    if (how == Fill::Hostile)
        world.owner = QStringLiteral("<img src=\"x\">");
    world.status.connection = ConnectionState::NoRelay;
    if (how == Fill::Empty)
        return;
    Names name(how);
    world.addSpace(id("tomas"), partnerName(how), Role::Mentee, Role::Mentor);
    world.status.connection = ConnectionState::Online;
    addGoals(world, name, how);
    addWords(world, name, how);
}

void addAsker(FakeWorld& world, bool expected, Fill how)
{
    Space& space
        = world.addSpace(id("invited"), QStringLiteral("Tomás"), Role::Mentee, Role::Mentor);
    space.members.removeLast();
    PairingRow invitation;
    invitation.id = "invitation-00001";
    invitation.space = space.id;
    invitation.role = Role::Mentor;
    invitation.expiresMs = world.clock.now + 5 * kDay;
    PairingRow asker = invitation;
    asker.id = "asker-0000000001";
    asker.of = invitation.id;
    asker.state = PairingState::Asked;
    asker.name = how == Fill::Typical
        ? (expected ? QStringLiteral("Tomás Okafor") : QStringLiteral("Ruth Abara"))
        : partnerName(how);
    world.pairings.append(invitation);
    world.pairings.append(asker);
    world.relayAddress = QStringLiteral("wss://relay.example.org");
}

void addWaiting(FakeWorld& world, Fill how)
{
    PairingRow row;
    row.id = "waiting-00000001";
    row.space = FakeWorld::spaceId(id("asked"));
    row.name = how == Fill::Typical ? QStringLiteral("Lina Haddad") : partnerName(how);
    row.role = Role::Mentor;
    row.side = PairingSide::Asker;
    row.state = PairingState::Asked;
    row.expiresMs = world.clock.now + 4 * kDay;
    world.pairings.append(row);
    world.status.connection = ConnectionState::Online;
    Entry& line = world.addEntry(id("line"), id("message"), id("private"),
        {{id("body"),
            QStringLiteral("It opened at the second try, and the fault was my typing and not your "
                           "invitation.")}},
        world.clock.now - kHour);
    line.waiting = WaitingMark{.send = true, .space = row.space, .sinceMs = line.atMs};
}

void addLink(FakeWorld& world, Fill how)
{
    world.link = LinkContents{
        .name = how == Fill::Typical ? QStringLiteral("Lina Haddad") : partnerName(how),
        .role = Role::Mentor,
        .space = FakeWorld::spaceId(id("asked")),
        .relay = QStringLiteral("wss://relay.example.org"),
        .expiresMs = world.clock.now + 3 * kDay};
}

} // namespace Waymark::Tests

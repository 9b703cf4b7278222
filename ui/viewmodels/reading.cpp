// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewmodels/reading.h"

#include "ui/viewmodels/phrases.h"

#include <algorithm>

namespace Waymark {

namespace {

QString hexOf(const auto& id)
{
    return QString::fromLatin1(id.hex());
}

const Space* spaceOf(const Contents& contents, const SpaceId& id)
{
    const auto found = std::find_if(contents.spaces.begin(), contents.spaces.end(),
        [&](const Space& space) { return space.id == id; });
    return found == contents.spaces.end() ? nullptr : &*found;
}

const Entry* goalOf(const Contents& contents, const QString& id)
{
    const auto found = std::find_if(contents.goals.begin(), contents.goals.end(),
        [&](const Entry& goal) { return hexOf(goal.id) == id; });
    return found == contents.goals.end() ? nullptr : &*found;
}

bool isAskedFor(const PairingRow& row)
{
    return row.side == PairingSide::Asker
        && (row.state == PairingState::Open || row.state == PairingState::Asked
            || row.state == PairingState::Confirmed);
}

Way wayOf(const Contents& contents, const Entry& entry)
{
    Way way{.delivery = entry.delivery};
    if (entry.waiting) {
        way.resting = true;
        way.sinceMs = entry.waiting->sinceMs;
        way.goesAtMs = entry.waiting->sinceMs + kRestMs;
        way.untilLetIn = std::any_of(
            contents.pairings.begin(), contents.pairings.end(), [&](const PairingRow& row) {
                return isAskedFor(row) && row.space == entry.waiting->space;
            });
    }
    return way;
}

/// The space whose people read an entry, now or once it has gone.
QString readerOf(const Contents& contents, const Entry& entry)
{
    if (entry.space != contents.privateSpace)
        return hexOf(entry.space);
    return entry.waiting ? hexOf(entry.waiting->space) : QString();
}

QString nameOf(const Contents& contents, const SpaceId& space, const PersonId& person)
{
    if (const Space* found = spaceOf(contents, space)) {
        for (const Member& member : found->members) {
            if (member.id == person)
                return member.name;
        }
        return found->name;
    }
    return {};
}

QString partnerOf(const Contents& contents, const QString& person)
{
    for (const PersonRow& row : peopleOf(contents)) {
        if (row.id == person)
            return row.name;
    }
    return {};
}

GoalGroup groupOf(const Contents& contents, const Entry& goal)
{
    const QString status = goal.text(u"status");
    if (status == QLatin1String("done"))
        return GoalGroup::Reached;
    if (status == QLatin1String("dropped"))
        return GoalGroup::LetGo;
    if (goal.space == contents.privateSpace && !goal.waiting)
        return GoalGroup::OnlyYours;
    if (status == QLatin1String("proposed"))
        return GoalGroup::Suggested;
    if (status == QLatin1String("paused"))
        return GoalGroup::Paused;
    return status == QLatin1String("active") ? GoalGroup::UnderWay : GoalGroup::Open;
}

QList<const Entry*> marksOf(const Contents& contents, const Entry& goal)
{
    QList<const Entry*> out;
    const QString id = hexOf(goal.id);
    for (const Entry& mark : contents.marks) {
        if (!mark.deleted && mark.text(u"in") == id)
            out.append(&mark);
    }
    return out;
}

GoalRow goalRow(const Contents& contents, const Entry& goal)
{
    GoalRow row{.id = hexOf(goal.id),
        .title = goal.text(u"title"),
        .status = goal.text(u"status"),
        .group = groupOf(contents, goal),
        .person = readerOf(contents, goal),
        .due = goal.text(u"due"),
        .way = wayOf(contents, goal),
        .atMs = goal.atMs};
    for (const Entry* mark : marksOf(contents, goal)) {
        if (mark->fields.value(u"proposed").toBool())
            continue;
        ++row.marks;
        row.passed += mark->fields.value(u"done").toBool() ? 1 : 0;
    }
    return row;
}

/// By the protocol's rules a mentor proposes goals and leaves those of a mentee alone.
bool mayChange(const Contents& contents, const Entry& goal)
{
    if (goal.waiting)
        return false;
    const Space* space = spaceOf(contents, goal.space);
    if (!space || space->isPrivate || space->role != Role::Mentor)
        return true;
    return goal.by == contents.me && goal.text(u"status") == QLatin1String("proposed");
}

Utterance utteranceOf(const Contents& contents, const Entry& entry)
{
    Utterance said{.id = hexOf(entry.id),
        .kind = entry.kind,
        .author = nameOf(contents, entry.space, entry.by),
        .mine = entry.by == contents.me,
        .tone = entry.text(u"tone"),
        .quote = entry.text(u"quote"),
        .body = entry.text(u"body"),
        .atMs = entry.waiting ? entry.waiting->sinceMs : entry.atMs,
        .way = wayOf(contents, entry)};
    said.acknowledged = std::any_of(entry.acknowledged.begin(), entry.acknowledged.end(),
        [&](const PersonId& who) { return who != entry.by; });
    return said;
}

bool isDraft(const Contents& contents, const Entry& entry)
{
    return entry.space == contents.privateSpace && !entry.waiting;
}

/// Everything said, drafts apart, by the id of the utterance that begins its thread.
QMap<QString, QList<const Entry*>> threadsOf(const Contents& contents)
{
    QHash<QString, const Entry*> byId;
    for (const Entry& entry : contents.words) {
        if (!entry.deleted && !isDraft(contents, entry))
            byId.insert(hexOf(entry.id), &entry);
    }
    QMap<QString, QList<const Entry*>> threads;
    for (const Entry* entry : std::as_const(byId)) {
        const Entry* root = entry;
        // A chain of answers is as long as the thread at most; a circle ends with it.
        for (qsizetype steps = 0; steps <= byId.size(); ++steps) {
            const Entry* before = byId.value(root->text(u"replyTo"));
            if (!before)
                break;
            root = before;
        }
        threads[hexOf(root->id)].append(entry);
    }
    for (QList<const Entry*>& said : threads) {
        std::sort(said.begin(), said.end(), [](const Entry* a, const Entry* b) {
            const auto when
                = [](const Entry* e) { return e->waiting ? e->waiting->sinceMs : e->atMs; };
            const bool aAnswers = !a->text(u"replyTo").isEmpty();
            const bool bAnswers = !b->text(u"replyTo").isEmpty();
            if (aAnswers != bAnswers)
                return bAnswers;
            return std::pair(when(a), a->id) < std::pair(when(b), b->id);
        });
    }
    return threads;
}

QString firstLine(const QString& text)
{
    const QString line = text.trimmed().section(u'\n', 0, 0);
    return inSentence(line.size() > 240 ? line.first(240) : line);
}

ThreadPage pageOf(const Contents& contents, const QList<const Entry*>& said)
{
    ThreadPage page;
    for (const Entry* entry : said)
        page.said.append(utteranceOf(contents, *entry));
    const Entry& root = *said.first();
    const Entry& newest = *said.last();
    page.on = followed(contents, root.text(u"on"));
    const Entry* goal = goalOf(contents, page.on);
    page.onMine = goal && goal->by == contents.me;
    page.row = ThreadRow{.id = hexOf(root.id),
        .title = goal ? goal->text(u"title") : QString(),
        .mine = root.by == contents.me,
        .snippet = firstLine(newest.text(u"body")),
        .person = readerOf(contents, root),
        .tone = newest.text(u"tone"),
        .turn = turnOf(page.said),
        .sinceMs = page.said.last().atMs,
        .lastMine = page.said.last().mine,
        .way = page.said.last().way};
    page.row.partner = partnerOf(contents, page.row.person);
    return page;
}

} // namespace

QString followed(const Contents& contents, const QString& id)
{
    const Entry* goal = goalOf(contents, id);
    return goal && goal->sharedAs ? hexOf(*goal->sharedAs) : id;
}

QList<PersonRow> peopleOf(const Contents& contents)
{
    QList<PersonRow> people;
    for (const Space& space : contents.spaces) {
        if (space.isPrivate)
            continue;
        PersonRow row{.id = hexOf(space.id), .name = space.name};
        const auto partner = std::find_if(space.members.begin(), space.members.end(),
            [](const Member& member) { return !member.me; });
        row.invited = partner == space.members.end();
        if (!row.invited) {
            row.name = partner->name;
            row.role = roleName(partner->role);
        }
        people.append(row);
    }
    for (const PairingRow& pairing : contents.pairings) {
        const QString space = hexOf(pairing.space);
        const auto known = std::find_if(
            people.begin(), people.end(), [&](const PersonRow& row) { return row.id == space; });
        if (!isAskedFor(pairing) || (known != people.end() && !known->invited))
            continue;
        const PersonRow row{.id = space,
            .name = pairing.name,
            .role = roleName(pairing.role == Role::Mentor ? Role::Mentee
                    : pairing.role == Role::Mentee        ? Role::Mentor
                                                          : Role::Peer),
            .waiting = true};
        if (known != people.end())
            *known = row;
        else
            people.append(row);
    }
    return people;
}

QList<GoalRow> goalRows(const Contents& contents, const QString& person)
{
    QList<GoalRow> rows;
    for (const Entry& goal : contents.goals) {
        if (goal.deleted || goal.sharedAs)
            continue;
        GoalRow row = goalRow(contents, goal);
        if (person.isEmpty() || row.person.isEmpty() || row.person == person)
            rows.append(row);
    }
    std::sort(rows.begin(), rows.end(), [](const GoalRow& a, const GoalRow& b) {
        if (a.group != b.group)
            return a.group < b.group;
        // What is due first; what has no day newest first.
        if (a.due != b.due)
            return !a.due.isEmpty() && (b.due.isEmpty() || a.due < b.due);
        return std::pair(b.atMs, a.id) < std::pair(a.atMs, b.id);
    });
    return rows;
}

std::optional<GoalPage> goalPage(const Contents& contents, const QString& id)
{
    const Entry* goal = goalOf(contents, followed(contents, id));
    if (!goal || goal->deleted)
        return std::nullopt;
    GoalPage page{.row = goalRow(contents, *goal),
        .why = goal->text(u"why"),
        .measure = goal->text(u"measure")};
    page.mayChange = mayChange(contents, *goal);
    page.mine = goal->by == contents.me;
    bool nextFound = false;
    for (const Entry* entry : marksOf(contents, *goal)) {
        MarkRow mark{.id = hexOf(entry->id),
            .title = entry->text(u"title"),
            .done = entry->fields.value(u"done").toBool(),
            .suggested = entry->fields.value(u"proposed").toBool(),
            .due = entry->text(u"due"),
            .mayChange = page.mayChange};
        mark.next = !mark.done && !mark.suggested && !nextFound;
        nextFound = nextFound || mark.next;
        page.marks.append(mark);
    }
    for (const QList<const Entry*>& said : threadsOf(contents)) {
        if (followed(contents, said.first()->text(u"on")) == page.row.id)
            page.feedback.append(utteranceOf(contents, *said.first()));
    }
    std::sort(page.feedback.begin(), page.feedback.end(),
        [](const Utterance& a, const Utterance& b) { return a.atMs < b.atMs; });
    return page;
}

Turn turnOf(const QList<Utterance>& said)
{
    if (said.isEmpty())
        return Turn::Nobody;
    const Utterance& newest = said.last();
    const bool asksNothing = said.size() == 1 && newest.kind == QLatin1String("message");
    if (newest.acknowledged || asksNothing)
        return Turn::Nobody;
    return newest.mine ? Turn::Theirs : Turn::Mine;
}

QList<ThreadRow> threadRows(const Contents& contents, const QString& person)
{
    QList<ThreadRow> rows;
    for (const QList<const Entry*>& said : threadsOf(contents)) {
        const ThreadRow row = pageOf(contents, said).row;
        if (person.isEmpty() || row.person == person)
            rows.append(row);
    }
    const auto rank = [](Turn turn) {
        return turn == Turn::Mine ? 0 : turn == Turn::Theirs ? 1 : 2;
    };
    std::sort(rows.begin(), rows.end(), [&](const ThreadRow& a, const ThreadRow& b) {
        return std::tuple(rank(a.turn), b.sinceMs, a.id)
            < std::tuple(rank(b.turn), a.sinceMs, b.id);
    });
    return rows;
}

std::optional<ThreadPage> threadPage(const Contents& contents, const QString& id)
{
    const auto threads = threadsOf(contents);
    for (const QList<const Entry*>& said : threads) {
        const bool here = std::any_of(
            said.begin(), said.end(), [&](const Entry* entry) { return hexOf(entry->id) == id; });
        if (here)
            return pageOf(contents, said);
    }
    return std::nullopt;
}

QList<AskerRow> askersOf(const Contents& contents)
{
    QList<AskerRow> askers;
    for (const PairingRow& row : contents.pairings) {
        if (row.side != PairingSide::Inviter || row.of.isEmpty()
            || row.state != PairingState::Asked)
            continue;
        const Space* space = spaceOf(contents, row.space);
        askers.append({.id = QString::fromLatin1(row.id.toHex()),
            .name = row.name,
            .role = roleName(row.role),
            .invited = space ? space->name : QString(),
            .space = hexOf(row.space)});
    }
    return askers;
}

QList<InvitationRow> invitationsOf(const Contents& contents)
{
    QList<InvitationRow> rows;
    for (const PairingRow& row : contents.pairings) {
        if (row.side != PairingSide::Inviter || !row.of.isEmpty()
            || (row.state != PairingState::Open && row.state != PairingState::Expired))
            continue;
        const Space* space = spaceOf(contents, row.space);
        rows.append({.id = QString::fromLatin1(row.id.toHex()),
            .forWhom = space ? space->name : row.name,
            .role = roleName(row.role),
            .expiresMs = row.expiresMs,
            .open = row.state == PairingState::Open,
            .link = row.link});
    }
    return rows;
}

QList<WaitingRow> waitingOf(const Contents& contents)
{
    QList<WaitingRow> rows;
    for (const PairingRow& row : contents.pairings) {
        const bool over = row.state == PairingState::Used || row.state == PairingState::Expired;
        if (row.side == PairingSide::Asker && (isAskedFor(row) || over)) {
            rows.append({.id = QString::fromLatin1(row.id.toHex()),
                .person = hexOf(row.space),
                .name = row.name,
                .role = roleName(row.role),
                .expiresMs = row.expiresMs,
                .refused = over});
        }
    }
    return rows;
}

const Entry* draftFor(
    const Contents& contents, const QString& person, const QString& on, const QString& replyTo)
{
    for (const Entry& entry : contents.words) {
        if (entry.deleted || !isDraft(contents, entry) || entry.text(u"replyTo") != replyTo)
            continue;
        if (!replyTo.isEmpty())
            return &entry;
        const QString reader = entry.text(u"for");
        if (entry.text(u"on") == on && (!on.isEmpty() || reader.isEmpty() || reader == person))
            return &entry;
    }
    return nullptr;
}

} // namespace Waymark

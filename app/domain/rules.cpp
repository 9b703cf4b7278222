// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/rules.h"

#include "app/domain/schema.h"
#include "app/domain/value.h"

#include <set>

namespace Waymark {

namespace {

Status refused(const char* why)
{
    return {ErrorCode::Refused, QLatin1String(why)};
}

/// The space as the author knew it: a member counts once the admission is in the author's past.
bool equalsFor(const SpaceFacts& facts, const OperationContext& context)
{
    return std::all_of(facts.members.begin(), facts.members.end(), [&](const MemberFacts& each) {
        return each.role == Role::Peer || !context.knows(each.admitted);
    });
}

Role roleOf(const SpaceFacts& facts, const PersonId& person)
{
    const MemberFacts* member = facts.member(person);
    return member ? member->role : Role::Peer;
}

const WriteRegister* writeOf(const Part& part, BytesView field)
{
    for (const Change& change : part.changes) {
        const auto* write = std::get_if<WriteRegister>(&change);
        if (write && write->field == field)
            return write;
    }
    return nullptr;
}

/// The mentee who first took a proposed goal or milestone on, as far as the author knew.
std::optional<PersonId> takenBy(
    SpaceStates& states, const OperationContext& context, const EntryState& proposal)
{
    const std::pair<Stamp, PersonId>* first = nullptr;
    for (const auto& each : proposal.takenOn) {
        if (context.knows(each.first) && (!first || states.before(each.first, first->first)))
            first = &each;
    }
    return first ? std::optional(first->second) : std::nullopt;
}

/// Those whose goal it is: who made it as a mentee, who first took a proposed one on, and whom one
/// of them handed it to.
std::set<PersonId> ownersOf(
    SpaceStates& states, const OperationContext& context, const EntryState& goal)
{
    std::set<PersonId> owners;
    if (roleOf(states.facts(), goal.by) == Role::Mentee)
        owners.insert(goal.by);
    else if (const auto taker = takenBy(states, context, goal))
        owners.insert(*taker);
    for (bool grew = true; grew;) {
        grew = false;
        for (const auto& [stamp, persons] : goal.handedOver) {
            if (context.knows(stamp) && owners.contains(persons.first)
                && roleOf(states.facts(), persons.second) == Role::Mentee)
                grew = owners.insert(persons.second).second || grew;
        }
    }
    return owners;
}

/// Whether the author may change a goal (or its milestones); `writesStatus`: the part does that.
Status judgeGoalChange(
    SpaceStates& states, const OperationContext& context, const EntryState& goal, bool writesStatus)
{
    if (context.role == Role::Mentee) {
        if (ownersOf(states, context, goal).contains(context.person))
            return {};
        const bool proposed
            = roleOf(states.facts(), goal.by) == Role::Mentor && !takenBy(states, context, goal);
        if (proposed && writesStatus)
            return {};
        return refused("the goal is another mentee's, or is proposed and not taken on yet");
    }
    if (context.role == Role::Mentor && roleOf(states.facts(), goal.by) == Role::Mentor
        && !takenBy(states, context, goal))
        return writesStatus ? refused("the mentee takes a proposed goal on, not the mentor")
                            : Status();
    return refused("the goal is the mentee's");
}

Status judgeGoal(
    SpaceStates& states, const OperationContext& context, const Part& part, const EntryState* goal)
{
    const WriteRegister* status = writeOf(part, "status");
    if (goal)
        return judgeGoalChange(states, context, *goal, status != nullptr);
    if (context.role == Role::Mentee)
        return {};
    if (context.role == Role::Mentor && status
        && textOf(status->value) == QStringLiteral("proposed"))
        return {};
    return refused("a mentor's goal is proposed to the mentee: its status must say so");
}

/// The parent that an item had for the author.
std::optional<EntryId> parentFor(
    SpaceStates& states, const OperationContext& context, const EntryState& item)
{
    const std::pair<Stamp, EntryId>* latest = nullptr;
    for (const auto& each : item.parents) {
        if (context.knows(each.first) && (!latest || states.before(latest->first, each.first)))
            latest = &each;
    }
    return latest ? std::optional(latest->second) : std::nullopt;
}

/// A milestone that a mentor proposed is a mentor's until a mentee clears `proposed`, on whosever
/// goal it stands; they don't take it on in the mentee's place.
bool mayAsProposed(SpaceStates& states, const OperationContext& context, const Part& part,
    const EntryState* milestone)
{
    const WriteRegister* proposed = writeOf(part, "proposed");
    if (context.role != Role::Mentor || (proposed && !isTrue(proposed->value)))
        return false;
    if (!milestone)
        return proposed;
    return milestone->madeProposed && roleOf(states.facts(), milestone->by) == Role::Mentor
        && !takenBy(states, context, *milestone);
}

Status judgeMilestone(SpaceStates& states, const OperationContext& context, const Part& part,
    const EntryState* milestone)
{
    const bool asProposed = mayAsProposed(states, context, part, milestone);
    std::set<EntryId> parents;
    if (milestone) {
        if (const auto parent = parentFor(states, context, *milestone))
            parents.insert(*parent);
    }
    if (const WriteRegister* in = writeOf(part, "in")) {
        if (const auto place = parentOf(in->value))
            parents.insert(place->parent);
    }
    if (parents.empty())
        return refused("a milestone stands on a goal");
    for (const EntryId& id : parents) {
        const EntryState* parent = states.find(id);
        if (!parent)
            return refused("a milestone stands on a goal");
        if (parent->kind == "goal" && !asProposed) {
            if (Status status = judgeGoalChange(states, context, *parent, false); !status)
                return status;
        }
    }
    return {};
}

Status judgeAuthored(const OperationContext& context, const Part& part, const EntryState* entry)
{
    const PersonId author = entry ? entry->by : context.person;
    const Bytes self = idValue(context.person.view());
    for (const Change& change : part.changes) {
        const auto* add = std::get_if<AddToSet>(&change);
        const auto* takenBack = std::get_if<RemoveFromSet>(&change);
        const bool acknowledges = (add && add->field == "acknowledged")
            || (takenBack && takenBack->field == "acknowledged");
        if (!acknowledges) {
            if (author != context.person)
                return refused("only who wrote it may change it");
        } else if (author == context.person) {
            return refused("one acknowledges what others wrote");
        } else if ((add ? add->value : takenBack->value) != self) {
            return refused("everybody acknowledges for themselves");
        }
    }
    return {};
}

Status judgeSpace(const Part& part)
{
    for (const Change& change : part.changes) {
        const auto* write = std::get_if<WriteRegister>(&change);
        if (!write || write->field == "model" || write->field == "size")
            return refused("that is fixed when a space is made");
    }
    return {};
}

Status judgeMember(const OperationContext& context, const Part& part)
{
    if (part.entry.data != context.person.data)
        return refused("everybody writes their own page");
    for (const Change& change : part.changes) {
        if (std::holds_alternative<DeleteEntry>(change))
            return refused("a member is not deleted");
    }
    return {};
}

} // namespace

Status judge(
    SpaceStates& states, const OperationContext& context, const Part& part, const EntryState* entry)
{
    const Kind* kind = findKind(part.kind);
    if (!kind)
        return {}; // a newer version knows
    switch (kind->rules) {
    case RuleSet::Anyone:
        return {};
    case RuleSet::Note:
        return states.facts().isPrivate ? Status() : refused("a note stays in the private space");
    case RuleSet::Author:
        return judgeAuthored(context, part, entry);
    case RuleSet::Space:
        return judgeSpace(part);
    case RuleSet::Member:
        return judgeMember(context, part);
    case RuleSet::Goal:
        return equalsFor(states.facts(), context) ? Status()
                                                  : judgeGoal(states, context, part, entry);
    case RuleSet::Milestone:
        return equalsFor(states.facts(), context) ? Status()
                                                  : judgeMilestone(states, context, part, entry);
    }
    return {};
}

} // namespace Waymark

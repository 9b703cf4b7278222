// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/admission.h"

#include "app/crypto/identity.h"
#include "app/domain/value.h"

#include <set>

namespace Waymark {

namespace {

Error refused(const char* why)
{
    return {ErrorCode::Refused, QLatin1String(why)};
}

} // namespace

PartOutcome admit(SpaceStates& states, const OperationContext& context, const Part& part,
    const Admission& admission, bool genesis, MergeEffects& effects)
{
    const auto give = [&](PartOutcome outcome, Error error) {
        effects.refusals.push_back(std::move(error));
        return outcome;
    };
    auto member = readAdmission(admission, context.stamp());
    if (!member)
        return give(PartOutcome::Nothing, member.error());
    const EntryId entryId{member->person.data};
    if (!genesis && (part.kind != "member" || part.entry != entryId || part.changes.size() != 1))
        return give(PartOutcome::Nothing, refused("a member is named by the person"));
    SpaceFacts& facts = states.facts();
    if (states.find(entryId))
        return give(PartOutcome::Nothing, refused("is a member already"));
    const std::size_t places = facts.isPrivate ? 1 : 2;
    if (!genesis
        && (context.operation.header.device != facts.creator || facts.members.size() >= places))
        return give(PartOutcome::WithoutEffect, refused("the space has its members"));
    EntryState& entry = states.make(entryId);
    entry.kind = "member";
    entry.created = context.stamp();
    entry.by = member->person;
    entry.atMs = context.operation.header.wallclockMs;
    entry.history.push_back(context.stamp());
    entry.registers["name"].push_back(
        {context.stamp(), entry.atMs, textValue(QString::fromUtf8(admission.name))});
    facts.members.push_back(std::move(*member));
    states.touch(entryId);
    effects.touched.insert(entryId);
    return PartOutcome::Applied;
}

const Admission* admissionIn(const Part& part)
{
    for (const Change& change : part.changes) {
        if (const auto* admission = std::get_if<Admission>(&change))
            return admission;
    }
    return nullptr;
}

void makeSpace(
    SpaceStates& states, const OperationContext& context, const Part& part, MergeEffects& effects)
{
    EntryState& entry = states.make(part.entry);
    entry.kind = "space";
    entry.created = context.stamp();
    entry.by = context.person;
    entry.atMs = context.operation.header.wallclockMs;
    entry.history.push_back(context.stamp());
    for (const Change& change : part.changes) {
        if (const auto* write = std::get_if<WriteRegister>(&change))
            entry.registers[write->field].push_back({context.stamp(), entry.atMs, write->value});
    }
    states.touch(part.entry);
    effects.touched.insert(part.entry);
}

Result<MemberFacts> readAdmission(const Admission& admission, const Stamp& stamp)
{
    const auto role = roleFromName(QString::fromUtf8(admission.role));
    auto roster = readRoster(admission.roster, admission.identity);
    if (!role || !roster || roster->version != 1 || roster->devices.size() != 1
        || roster->devices.front().state != DeviceState::Live)
        return Error{ErrorCode::Refused, QStringLiteral("an admission that cannot be read")};
    MemberFacts out;
    out.person = personIdOf(admission.identity);
    out.role = *role;
    out.admitted = stamp;
    out.identity = admission.identity;
    out.roster = admission.roster;
    for (const RosterDevice& device : roster->devices)
        out.devices.push_back(device.id);
    return out;
}

Result<SpaceFacts> readGenesis(const ParsedOperation& operation)
{
    const Error wrong{ErrorCode::OperationDamaged, QStringLiteral("genesis")};
    const OperationHeader& header = operation.header;
    if (header.seq != 1 || header.prev || !header.deps.empty() || header.lamport != 1
        || operation.parts.size() != 1)
        return wrong;
    const Part& part = operation.parts.front();
    if (!part.entry.isZero() || part.kind != "space"
        || header.space != spaceIdOf(header.device, header.bodyHash))
        return wrong;
    const Admission* admission = admissionIn(part);
    std::optional<QString> size;
    std::set<Bytes> written;
    int admissions = 0;
    for (const Change& change : part.changes) {
        admissions += std::get_if<Admission>(&change) ? 1 : 0;
        const auto* write = std::get_if<WriteRegister>(&change);
        if (write && !written.insert(write->field).second)
            return wrong;
        if (write && write->field == "size")
            size = textOf(write->value);
    }
    if (!part.creates() || admissions != 1 || !size)
        return wrong;
    SpaceFacts facts;
    facts.id = header.space;
    facts.creator = header.device;
    facts.isPrivate = *size == QStringLiteral("private");
    if (!facts.isPrivate && *size != QStringLiteral("two"))
        return Error{ErrorCode::Refused, QStringLiteral("a space of more than two")};
    auto member = readAdmission(*admission, {});
    if (!member
        || std::find(member->devices.begin(), member->devices.end(), header.device)
            == member->devices.end()
        || (facts.isPrivate && member->role != Role::Peer))
        return wrong;
    return facts;
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/pairingsteps.h"

#include "app/core/log.h"
#include "app/crypto/hash.h"
#include "sync/handshake/safetynumber.h"
#include "sync/handshake/wire.h"

#include <algorithm>

namespace Waymark {

namespace {

Error refused(const char* why)
{
    return {ErrorCode::PairingRefused, QLatin1String(why)};
}

template <typename Record>
Result<Record> required(Result<std::optional<Record>> found)
{
    if (!found)
        return found.error();
    if (!*found)
        return Error{ErrorCode::NotFound, QStringLiteral("no pairing has that id")};
    return std::move(**found);
}

/// A record that is not there any more asks for nothing; any other error is the vault's.
Status unlessMissing(const Error& error)
{
    return error.code == ErrorCode::NotFound ? Status() : Status(error);
}

bool isOver(PairingState state)
{
    switch (state) {
    case PairingState::Open:
    case PairingState::Asked:
    case PairingState::Confirmed:
        return false;
    case PairingState::Paired:
    case PairingState::Used:
    case PairingState::Expired:
    case PairingState::Withdrawn:
        return true;
    }
    return true;
}

} // namespace

void PairingSteps::announce(const char* what, const SpaceId& space)
{
    m_transaction.announce("pairing", "paired",
        {{QStringLiteral("step"), QLatin1String(what)},
            {QStringLiteral("space"), QString::fromLatin1(space.hex())}});
}

Result<bool> PairingSteps::isFull(const SpaceId& id)
{
    auto spaces = m_transaction.spaces();
    if (!spaces)
        return spaces.error();
    for (const Space& space : *spaces) {
        if (space.id == id)
            return space.isPrivate || space.members.size() >= 2;
    }
    return Error{ErrorCode::NotFound, QStringLiteral("no space has that id")};
}

Status PairingSteps::mayInvite(const SpaceId& space)
{
    auto full = isFull(space);
    if (!full)
        return full.error();
    if (*full)
        return {ErrorCode::Refused, QStringLiteral("the space has its members")};
    return {};
}

Result<OpenInvitation> PairingSteps::keepInvitation(
    PairingInvitation invitation, Role role, bool acceptFirst)
{
    if (Status status = mayInvite(invitation.link.space); !status)
        return status.error();
    InvitationRecord record;
    record.id = m_random.id<PairingId>();
    record.role = role;
    record.acceptFirst = acceptFirst;
    record.invitation = std::move(invitation);
    if (Status status = keepRecord(m_transaction, record); !status)
        return status.error();
    announce("invited", record.invitation.link.space);
    return OpenInvitation{
        record.id.bytes(), linkText(record.invitation.link), record.invitation.link.expiresMs};
}

Result<PairingRow> PairingSteps::accept(const Link& link)
{
    auto spaces = m_transaction.spaces();
    if (!spaces)
        return spaces.error();
    for (const Space& space : *spaces) {
        if (space.id == link.space)
            return Error{ErrorCode::Refused, QStringLiteral("one is in that space already")};
    }
    auto joining = m_transaction.get(kJoiningKind, link.space.view());
    if (!joining)
        return joining.error();
    if (*joining)
        return Error{ErrorCode::Refused, QStringLiteral("one has asked to be let in already")};
    auto asking = askByLink(link, selfOf(m_transaction.own()), m_clock.nowMs());
    if (!asking)
        return asking.error();
    AskingRecord record;
    record.id = m_random.id<PairingId>();
    record.asking = std::move(*asking);
    record.requestId = m_random.id<MessageId>();
    record.requestMs = m_clock.nowMs();
    if (Status status = keepRecord(m_transaction, record); !status)
        return status.error();
    if (Status status = m_transaction.put(kJoiningKind, link.space.view(), record.id.view());
        !status)
        return status.error();
    announce("asked", link.space);
    PairingRow row;
    row.id = record.id.bytes();
    row.space = link.space;
    row.name = link.name;
    row.role = roleFromName(link.role).value_or(Role::Peer);
    row.side = PairingSide::Asker;
    row.state = PairingState::Asked;
    row.expiresMs = link.expiresMs;
    return row;
}

Status PairingSteps::takeRequest(const PairingId& id, BytesView message)
{
    auto invitation = required(findRecord<InvitationRecord>(m_transaction, id.view()));
    if (!invitation)
        return unlessMissing(invitation.error());
    auto party = readRequest(invitation->invitation, selfOf(m_transaction.own()), message);
    if (!party)
        return {}; // nobody with the link has made it
    auto askers = allRecords<AskerRecord>(m_transaction);
    if (!askers)
        return askers.error();
    for (AskerRecord& each : *askers) {
        if (each.request != message || each.invitation != id)
            continue;
        // The same again is answered alike.
        each.answerSent = false;
        each.answerId = m_random.id<MessageId>();
        return keepRecord(m_transaction, each);
    }
    if (std::count_if(askers->begin(), askers->end(),
            [&](const AskerRecord& each) { return each.invitation == id; })
        >= kMaxAskers) {
        qCWarning(logSync) << "an invitation has more askers than are kept";
        return {};
    }
    AskerRecord asker;
    asker.id = m_random.id<PairingId>();
    asker.invitation = id;
    asker.space = invitation->invitation.link.space;
    asker.role = invitation->role;
    asker.name = party->name;
    asker.identity = party->identity;
    asker.request = message.toByteArray();
    asker.device = party->device;
    asker.sendTo = std::move(party->sendTo);
    announce("requested", asker.space);
    if (invitation->state == PairingState::Withdrawn || invitation->state == PairingState::Paired
        || invitation->state == PairingState::Confirmed)
        return answerUsedTo(*invitation, asker);
    auto full = isFull(asker.space);
    if (!full)
        return full.error();
    if (*full)
        return answerUsedTo(*invitation, asker);
    if (invitation->acceptFirst)
        return letInAsker(*invitation, asker);
    return keepRecord(m_transaction, asker);
}

Status PairingSteps::letInAsker(InvitationRecord& invitation, AskerRecord& asker)
{
    const PairingSelf self = selfOf(m_transaction.own());
    auto party = readRequest(invitation.invitation, self, asker.request);
    if (!party)
        return party.error();
    auto genesis = m_transaction.genesis(asker.space);
    if (!genesis)
        return genesis.error();
    auto answer = letIn(invitation.invitation, self, asker.request, *genesis);
    if (!answer)
        return answer.error();
    if (Status status = m_transaction.admit(
            asker.space, party->identity, party->rosterBytes, asker.role, party->name);
        !status)
        return status;
    PeerRecord peer;
    peer.space = asker.space;
    peer.device = party->device;
    peer.person = party->person;
    peer.identity = party->identity;
    peer.name = party->name;
    peer.relay = invitation.invitation.link.relayUrl;
    peer.queue = std::move(answer->queue);
    peer.sendTo = asker.sendTo.clone();
    peer.session = std::move(answer->session);
    peer.packed = peer.sent = peer.received = 1; // the answer carries the genesis
    if (Status status = keepRecord(m_transaction, peer); !status)
        return status;
    if (Status status = m_transaction.setProgress(peer.space, peer.device, 1, 1); !status)
        return status;
    asker.answer = std::move(answer->message);
    asker.answerId = m_random.id<MessageId>();
    asker.answerSent = false;
    asker.state = PairingState::Confirmed;
    if (Status status = keepRecord(m_transaction, asker); !status)
        return status;
    invitation.state = PairingState::Confirmed;
    if (Status status = keepRecord(m_transaction, invitation); !status)
        return status;
    announce("let in", asker.space);
    return closeOthers(asker.space, invitation.id, asker.id);
}

Status PairingSteps::answerUsedTo(const InvitationRecord& invitation, AskerRecord& asker)
{
    auto answer = answerUsed(invitation.invitation, selfOf(m_transaction.own()), asker.request);
    if (!answer)
        return answer.error();
    asker.answer = std::move(*answer);
    asker.answerId = m_random.id<MessageId>();
    asker.answerSent = false;
    asker.state = PairingState::Used;
    return keepRecord(m_transaction, asker);
}

/// Letting one in turns the others away and withdraws the space's other invitations.
Status PairingSteps::closeOthers(
    const SpaceId& space, const PairingId& kept, const PairingId& letInId)
{
    auto invitations = allRecords<InvitationRecord>(m_transaction);
    if (!invitations)
        return invitations.error();
    auto askers = allRecords<AskerRecord>(m_transaction);
    if (!askers)
        return askers.error();
    for (InvitationRecord& each : *invitations) {
        if (each.invitation.link.space != space)
            continue;
        for (AskerRecord& asker : *askers) {
            if (asker.invitation != each.id || asker.id == letInId || isOver(asker.state))
                continue;
            if (Status status = answerUsedTo(each, asker); !status)
                return status;
        }
        if (each.id == kept || isOver(each.state))
            continue;
        each.state = PairingState::Withdrawn;
        if (Status status = keepRecord(m_transaction, each); !status)
            return status;
    }
    return {};
}

Status PairingSteps::confirm(const PairingId& id)
{
    auto asker = required(findRecord<AskerRecord>(m_transaction, id.view()));
    if (!asker)
        return asker.error();
    if (asker->state == PairingState::Confirmed || asker->state == PairingState::Paired)
        return {};
    if (asker->state != PairingState::Asked)
        return refused("they were turned away");
    auto invitation
        = required(findRecord<InvitationRecord>(m_transaction, asker->invitation.view()));
    if (!invitation)
        return invitation.error();
    if (Status status = mayInvite(asker->space); !status)
        return status;
    return letInAsker(*invitation, *asker);
}

Status PairingSteps::turnAway(const PairingId& id)
{
    auto asker = required(findRecord<AskerRecord>(m_transaction, id.view()));
    if (!asker)
        return asker.error();
    if (asker->state == PairingState::Used)
        return {};
    if (asker->state != PairingState::Asked)
        return refused("they were let in");
    auto invitation
        = required(findRecord<InvitationRecord>(m_transaction, asker->invitation.view()));
    if (!invitation)
        return invitation.error();
    announce("turned away", asker->space);
    return answerUsedTo(*invitation, *asker);
}

Status PairingSteps::withdraw(const PairingId& id)
{
    auto invitation = required(findRecord<InvitationRecord>(m_transaction, id.view()));
    if (!invitation) {
        // One's own asking can be taken back as well.
        auto asking = required(findRecord<AskingRecord>(m_transaction, id.view()));
        if (!asking)
            return asking.error();
        if (asking->state != PairingState::Asked)
            return refused("it was answered already");
        asking->state = PairingState::Withdrawn;
        if (Status status = keepRecord(m_transaction, *asking); !status)
            return status;
        announce("withdrawn", asking->asking.link.space);
        return m_transaction.remove(kJoiningKind, asking->asking.link.space.view());
    }
    if (invitation->state != PairingState::Open && invitation->state != PairingState::Expired)
        return refused("somebody was let in by it");
    invitation->state = PairingState::Withdrawn;
    auto askers = allRecords<AskerRecord>(m_transaction);
    if (!askers)
        return askers.error();
    for (AskerRecord& each : *askers) {
        if (each.invitation != invitation->id || each.state != PairingState::Asked)
            continue;
        if (Status status = answerUsedTo(*invitation, each); !status)
            return status;
    }
    announce("withdrawn", invitation->invitation.link.space);
    return keepRecord(m_transaction, *invitation);
}

Status PairingSteps::takeAnswer(const PairingId& id, BytesView message)
{
    auto asking = required(findRecord<AskingRecord>(m_transaction, id.view()));
    if (!asking)
        return unlessMissing(asking.error());
    if (asking->state != PairingState::Asked)
        return {};
    const Link& link = asking->asking.link;
    auto accepted = readAnswer(asking->asking, selfOf(m_transaction.own()), message);
    if (!accepted) {
        if (accepted.error().code != ErrorCode::LinkUsed
            && accepted.error().code != ErrorCode::PairingRefused)
            return {}; // not made by the inviter: asking goes on
        asking->state = PairingState::Used;
        announce("used", link.space);
        if (Status status = m_transaction.remove(kJoiningKind, link.space.view()); !status)
            return status;
        return keepRecord(m_transaction, *asking);
    }
    if (Status status = m_transaction.remove(kJoiningKind, link.space.view()); !status)
        return status;
    if (Status status = m_transaction.join(link.space, accepted->genesis); !status)
        return status;
    auto spaces = m_transaction.spaces();
    if (!spaces)
        return spaces.error();
    const bool founded = std::any_of(spaces->begin(), spaces->end(), [&](const Space& space) {
        return space.id == link.space
            && std::any_of(space.members.begin(), space.members.end(),
                [&](const Member& each) { return each.id == accepted->inviter.person; });
    });
    if (!founded)
        return {ErrorCode::HandshakeFailed, QStringLiteral("the space is not the inviter's")};
    PeerRecord peer;
    peer.space = link.space;
    peer.device = accepted->inviter.device;
    peer.person = accepted->inviter.person;
    peer.identity = accepted->inviter.identity;
    peer.name = accepted->inviter.name;
    peer.relay = link.relayUrl;
    peer.queue = asking->asking.queue.clone();
    peer.sendTo = std::move(accepted->inviter.sendTo);
    peer.session = std::move(accepted->session);
    if (Status status = keepRecord(m_transaction, peer); !status)
        return status;
    if (Status status = m_transaction.setProgress(peer.space, peer.device, 0, 0); !status)
        return status;
    asking->state = PairingState::Paired;
    announce("joined", link.space);
    return keepRecord(m_transaction, *asking);
}

Status PairingSteps::finished(const PeerRecord& peer)
{
    auto askers = allRecords<AskerRecord>(m_transaction);
    if (!askers)
        return askers.error();
    for (AskerRecord& asker : *askers) {
        if (asker.space != peer.space || asker.device != peer.device
            || asker.state != PairingState::Confirmed)
            continue;
        asker.state = PairingState::Paired;
        asker.answer.clear();
        if (Status status = keepRecord(m_transaction, asker); !status)
            return status;
        auto invitation
            = required(findRecord<InvitationRecord>(m_transaction, asker.invitation.view()));
        if (!invitation)
            return unlessMissing(invitation.error());
        invitation->state = PairingState::Paired;
        announce("finished", peer.space);
        return keepRecord(m_transaction, *invitation);
    }
    return {};
}

Status PairingSteps::expire()
{
    const qint64 now = m_clock.nowMs();
    auto invitations = allRecords<InvitationRecord>(m_transaction);
    if (!invitations)
        return invitations.error();
    for (InvitationRecord& each : *invitations) {
        // It ends the asking; a request that was made by then may still be let in.
        if (each.state != PairingState::Open || now <= each.invitation.link.expiresMs)
            continue;
        each.state = PairingState::Expired;
        if (Status status = keepRecord(m_transaction, each); !status)
            return status;
    }
    auto askings = allRecords<AskingRecord>(m_transaction);
    if (!askings)
        return askings.error();
    for (AskingRecord& each : *askings) {
        const bool again = each.state == PairingState::Asked && each.requestSent
            && now - each.requestMs >= kRepeatMs && now < each.asking.link.expiresMs;
        if (!again)
            continue;
        each.requestSent = false;
        each.requestId = m_random.id<MessageId>();
        each.requestMs = now;
        if (Status status = keepRecord(m_transaction, each); !status)
            return status;
    }
    return {};
}

Result<QList<PairingRow>> PairingSteps::list()
{
    QList<PairingRow> out;
    auto invitations = allRecords<InvitationRecord>(m_transaction);
    if (!invitations)
        return invitations.error();
    auto askers = allRecords<AskerRecord>(m_transaction);
    if (!askers)
        return askers.error();
    auto askings = allRecords<AskingRecord>(m_transaction);
    if (!askings)
        return askings.error();
    for (const InvitationRecord& each : *invitations) {
        const Link& link = each.invitation.link;
        PairingRow row{each.id.bytes(), {}, link.space, {}, each.role, PairingSide::Inviter,
            each.state, link.expiresMs, {}};
        if (row.state == PairingState::Open && m_clock.nowMs() > link.expiresMs)
            row.state = PairingState::Expired;
        if (row.state == PairingState::Open)
            row.link = linkText(link);
        out.append(row);
        for (const AskerRecord& asker : *askers) {
            if (asker.invitation == each.id)
                out.append({asker.id.bytes(), each.id.bytes(), asker.space, asker.name, asker.role,
                    PairingSide::Inviter, asker.state, link.expiresMs, {}});
        }
    }
    for (const AskingRecord& each : *askings) {
        const Link& link = each.asking.link;
        out.append({each.id.bytes(), {}, link.space, link.name,
            roleFromName(link.role).value_or(Role::Peer), PairingSide::Asker, each.state,
            link.expiresMs, {}});
    }
    return out;
}

Result<QString> PairingSteps::safetyNumberOf(BytesView id)
{
    const SigningKey& own = m_transaction.own().identity;
    auto peers = allRecords<PeerRecord>(m_transaction);
    if (!peers)
        return peers.error();
    auto askers = allRecords<AskerRecord>(m_transaction);
    if (!askers)
        return askers.error();
    SpaceId space{};
    if (const auto named = SpaceId::fromBytes(id))
        space = *named;
    for (const AskerRecord& each : *askers) {
        if (each.id.view() == id)
            return safetyNumber(own, each.identity);
        if (each.invitation.view() == id && !isOver(each.state))
            return safetyNumber(own, each.identity);
    }
    // A row of one's own asking, or of an invitation that was used, means its space.
    auto rows = list();
    if (!rows)
        return rows.error();
    for (const PairingRow& row : *rows) {
        if (row.id == id)
            space = row.space;
    }
    for (const PeerRecord& each : *peers) {
        if (each.space == space)
            return safetyNumber(own, each.identity);
    }
    return Error{ErrorCode::NotFound, QStringLiteral("nobody to compare with there yet")};
}

} // namespace Waymark

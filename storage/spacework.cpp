// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/spacework.h"

#include "app/domain/value.h"

namespace Waymark {

namespace {

constexpr quint64 kMaxAhead = 1000;
constexpr qint64 kMaxWaiting = 10000;
constexpr qint64 kMaxWaitingBytes = 64 << 20;

Dep::Prefix prefixOf(const Hash& hash)
{
    return *Dep::Prefix::fromBytes(hash.view().first(qsizetype(Dep::Prefix::kSize)));
}

Signature signHeader(const OwnDevice& own, const Bytes& header)
{
    return sign(own.signing.secret, "op", {header});
}

} // namespace

Result<std::unique_ptr<SpaceWork>> SpaceWork::open(Connection& connection, const SpaceId& space)
{
    auto row = LogStore::space(connection, space);
    if (!row)
        return row.error();
    if (!*row)
        return Error{ErrorCode::NotFound, QStringLiteral("space")};
    auto logs = LogStore::load(connection, **row);
    if (!logs)
        return logs.error();
    std::unique_ptr<SpaceWork> work(new SpaceWork(std::move(*logs)));
    if (!work->m_states.status())
        return work->m_states.status().error();
    return work;
}

Result<std::unique_ptr<SpaceWork>> SpaceWork::make(Connection& connection, const SpaceFacts& facts)
{
    auto row = LogStore::addSpace(connection, facts.id, facts.creator, facts.isPrivate);
    if (!row)
        return row.error();
    auto logs = LogStore::load(connection, *row);
    if (!logs)
        return logs.error();
    return std::unique_ptr<SpaceWork>(new SpaceWork(std::move(*logs)));
}

Result<LogRow*> SpaceWork::ownLog(const OwnDevice& own)
{
    const LogName name(own.device);
    if (LogRow* log = m_logs.find(name)) {
        if (!log->stopped.isEmpty())
            return Error{ErrorCode::Refused,
                QStringLiteral(
                    "this device's log was continued elsewhere: it writes here no more")};
        return log;
    }
    if (!m_states.facts().memberOf(own.device))
        return Error{ErrorCode::Refused, QStringLiteral("not let in yet")};
    return m_logs.add(name, own.person, own.signing.publicKey);
}

MergeEffects SpaceWork::apply(
    const ParsedOperation& operation, const LogRow& log, const Version& past)
{
    const MemberFacts* member = m_states.facts().member(log.person);
    const OperationContext context{
        operation, log.id, log.name, past, log.person, member ? member->role : Role::Peer};
    MergeEffects effects = applyOperation(m_states, context);
    for (auto& [text, edits] : effects.texts) {
        auto& all = m_textEdits[text];
        all.insert(all.end(), edits.begin(), edits.end());
    }
    return effects;
}

Version SpaceWork::everything() const
{
    Version out;
    for (const auto& [id, row] : m_logs.logs())
        out.merge(row.version);
    return out;
}

Status SpaceWork::mayWrite(const std::vector<Part>& parts, const OwnDevice& own)
{
    auto log = ownLog(own);
    if (!log)
        return log.error();
    const MemberFacts* member = m_states.facts().member(own.person);
    const ParsedOperation none;
    const OperationContext context{none, (*log)->id, (*log)->name, everything(), own.person,
        member ? member->role : Role::Peer};
    for (const Part& part : parts) {
        const EntryState* entry = part.creates() ? nullptr : m_states.find(part.entry);
        if (Status status = judge(m_states, context, part, entry); !status)
            return status;
    }
    return {};
}

Result<Hash> SpaceWork::write(std::vector<Part> parts, const OwnDevice& own, const Clock& clock)
{
    auto log = ownLog(own);
    if (!log)
        return log.error();
    LogRow& mine = **log;
    OperationHeader header;
    header.space = id();
    header.device = own.device;
    header.seq = mine.seq + 1;
    header.prev = mine.head;
    header.lamport = mine.lamport + 1;
    Version past = mine.version;
    for (const auto& [other, row] : m_logs.logs()) {
        if (other == mine.id || row.seq == 0)
            continue;
        if (!mine.version.covers(other, row.seq)) {
            header.deps.push_back({row.name.device(), row.seq, prefixOf(*row.head)});
            header.lamport = std::max(header.lamport, row.lamport + 1);
        }
        past.merge(row.version);
    }
    std::sort(header.deps.begin(), header.deps.end());
    header.wallclockMs = clock.nowMs();
    header.tzMinutes = clock.offsetMinutes();
    if (parts.size() > kMaxParts)
        return Error{ErrorCode::TooLarge, QStringLiteral("too many entries at once")};
    const Body body{std::move(parts)};
    Operation operation{{}, {}, body.encode()};
    header.bodyHash = body.hash();
    operation.header = header.encode();
    if (operation.header.size() + operation.body.size() + kOperationFrameBytes > kMaxOperationBytes)
        return Error{ErrorCode::TooLarge, QStringLiteral("more than 1 MiB in one change")};
    operation.signature = signHeader(own, operation.header);

    auto parsed = parse(operation);
    if (!parsed) // only a bound of a part can be broken by what is composed here
        return Error{ErrorCode::TooLarge, parsed.error().detail};
    const MergeEffects effects = apply(*parsed, mine, past);
    m_failed = !effects.clean();
    if (m_failed)
        return effects.refusals.empty() ? Error{ErrorCode::Refused, {}} : effects.refusals.front();
    past.raise(mine.id, header.seq);
    if (Status status = m_logs.append(mine, operation, header, parsed->name, past); !status)
        return status.error();
    return parsed->name;
}

Result<Hash> SpaceWork::writeGenesis(const Operation& genesis)
{
    auto parsed = parse(genesis);
    if (!parsed)
        return parsed.error();
    if (Status status = joinFrom(genesis, *parsed); !status)
        return status.error();
    return parsed->name;
}

Status SpaceWork::joinFrom(const Operation& genesis, const ParsedOperation& parsed)
{
    const Error wrong{ErrorCode::OperationDamaged, QStringLiteral("genesis")};
    const Admission* admission = nullptr;
    for (const Change& change : parsed.parts.front().changes) {
        if (const auto* found = std::get_if<Admission>(&change))
            admission = found;
    }
    const auto roster
        = admission ? readRoster(admission->roster, admission->identity) : Result<Roster>(wrong);
    const RosterDevice* device = roster ? roster->find(parsed.header.device) : nullptr;
    if (!device || !genesis.signature
        || !verify(device->keys.signing, "op", {genesis.header}, *genesis.signature))
        return wrong;
    auto log = m_logs.add(
        LogName(parsed.header.device), personIdOf(admission->identity), device->keys.signing);
    if (!log)
        return log.error();
    Version past;
    apply(parsed, **log, past);
    past.raise((*log)->id, 1);
    return m_logs.append(**log, genesis, parsed.header, parsed.name, past);
}

Result<LogRow*> SpaceWork::logOf(const DeviceId& device)
{
    if (LogRow* log = m_logs.find(LogName(device)))
        return log;
    const MemberFacts* member = m_states.facts().memberOf(device);
    if (!member)
        return nullptr;
    const auto roster = readRoster(member->roster, member->identity);
    const RosterDevice* listed = roster ? roster->find(device) : nullptr;
    if (!listed)
        return nullptr;
    return m_logs.add(LogName(device), member->person, listed->keys.signing);
}

std::optional<SpaceWork::Candidate> SpaceWork::candidateOf(BytesView encoded)
{
    auto operation = Operation::decode(encoded);
    if (!operation)
        return std::nullopt;
    auto parsed = parse(*operation);
    if (parsed) {
        return Candidate{std::move(*operation), std::move(parsed->header), parsed->name,
            std::move(parsed->parts), {}};
    }
    auto header = OperationHeader::decode(operation->header);
    if (!header || parsed.error().code != ErrorCode::LogStopped)
        return std::nullopt; // bytes that anybody may have made up
    const Hash name = headerHash(operation->header);
    return Candidate{std::move(*operation), std::move(*header), name, {}, parsed.error().detail};
}

void SpaceWork::keepProven(std::vector<Candidate>& run, const SigningKey& key) const
{
    std::sort(run.begin(), run.end(),
        [](const Candidate& a, const Candidate& b) { return a.header.seq < b.header.seq; });
    std::size_t proven = 0;
    std::size_t begin = 0; // of the unbroken chain that the loop is in
    for (std::size_t i = 0; i < run.size(); ++i) {
        const Candidate& each = run[i];
        if (i > 0 && each.header.prev != run[i - 1].name)
            begin = i;
        const auto& signature = each.operation.signature;
        if (!signature || !verify(key, "op", {each.operation.header}, *signature)) {
            run[i].operation.signature.reset();
            continue;
        }
        if (begin > proven) {
            // A piece before this one ended without a signature.
            run.erase(run.begin() + qsizetype(proven), run.begin() + qsizetype(begin));
            i -= begin - proven;
            begin = proven;
        }
        proven = i + 1;
    }
    run.resize(proven);
}

Result<bool> SpaceWork::depsFit(const OperationHeader& header, const LogRow& log, Version& version,
    quint64& lamport, const char*& wrong)
{
    const Dep* previous = nullptr;
    for (const Dep& dep : header.deps) {
        if (dep.device == header.device || (previous && previous->device == dep.device)) {
            wrong = "it names its own log as seen, or another one twice";
            return false;
        }
        previous = &dep;
        LogRow* other = m_logs.find(LogName(dep.device));
        if (!other || dep.seq > other->seq)
            return false;
        if (log.version.covers(other->id, dep.seq)) {
            wrong = "it says anew what it had said before";
            return false;
        }
        auto hash = m_logs.hashAt(other->id, dep.seq);
        if (!hash)
            return hash.error();
        if (!*hash || prefixOf(**hash) != dep.hash)
            return false;
        auto past = m_logs.versionAt(other->id, dep.seq);
        if (!past)
            return past.error();
        version.merge(*past);
        quint64 theirs = other->lamport;
        if (dep.seq < other->seq) {
            auto stored = m_logs.read(other->id, dep.seq);
            if (!stored)
                return stored.error();
            auto named = OperationHeader::decode(stored->header);
            if (!named)
                return named.error();
            theirs = named->lamport;
        }
        lamport = std::max(lamport, theirs + 1);
    }
    return true;
}

Result<std::set<EntryId>> SpaceWork::save()
{
    if (m_failed)
        return Error{ErrorCode::Failed, QStringLiteral("a refused operation was to be saved")};
    return m_states.save();
}

Result<SpaceWork::Fit> SpaceWork::stop(
    LogRow& log, const Candidate& candidate, const QString& why, TakenOperations& taken)
{
    if (Status status = m_logs.stop(log, why); !status)
        return status.error();
    const Bytes encoded = candidate.operation.encode();
    if (Status status = m_logs.setAside(log.name.device(), encoded, why); !status)
        return status.error();
    taken.stopped.append(why);
    return Fit::Stopped;
}

Result<SpaceWork::Fit> SpaceWork::fit(
    Candidate& candidate, const BeforeTouching& before, TakenOperations& taken)
{
    const OperationHeader& header = candidate.header;
    auto found = logOf(header.device);
    if (!found)
        return found.error();
    if (!*found)
        return Fit::Waits; // its device may be admitted by an operation still to come
    LogRow& log = **found;
    if (header.seq <= log.seq) {
        auto known = m_logs.hashAt(log.id, header.seq);
        if (!known)
            return known.error();
        if (*known && **known == candidate.name)
            return Fit::Known;
        if (!log.stopped.isEmpty())
            return Fit::Stopped;
        return stop(
            log, candidate, QStringLiteral("two operations stand at one place of this log"), taken);
    }
    if (!log.stopped.isEmpty())
        return Fit::Stopped;
    if (header.seq > log.seq + 1)
        return Fit::Waits;
    if (header.prev != log.head)
        return stop(
            log, candidate, QStringLiteral("it continues a log that is not this one"), taken);
    if (!candidate.fault.isEmpty())
        return stop(log, candidate, candidate.fault, taken);
    Version past = log.version;
    quint64 lamport = log.lamport + 1;
    const char* wrong = nullptr;
    auto fits = depsFit(header, log, past, lamport, wrong);
    if (!fits)
        return fits.error();
    if (wrong)
        return stop(log, candidate, QLatin1String(wrong), taken);
    if (!*fits)
        return Fit::Waits;
    if (header.lamport != lamport)
        return stop(log, candidate, QStringLiteral("its lamport time is not the next one"), taken);
    const MemberFacts* member = m_states.facts().memberOf(header.device);
    if (!member || !past.covers(member->admitted))
        return stop(
            log, candidate, QStringLiteral("its device was nobody's when it was made"), taken);

    if (Status status = applyFitting(log, candidate, std::move(past), before, taken); !status)
        return status.error();
    return Fit::Applied;
}

Status SpaceWork::applyFitting(LogRow& log, const Candidate& candidate, Version past,
    const BeforeTouching& before, TakenOperations& taken)
{
    for (const Part& part : candidate.parts) {
        if (Status status = before ? before(part.entry) : Status(); !status)
            return status;
    }
    apply({candidate.header, candidate.name, candidate.parts}, log, past);
    past.raise(log.id, candidate.header.seq);
    ++taken.applied;
    return m_logs.append(log, candidate.operation, candidate.header, candidate.name, past);
}

Result<qint64> SpaceWork::countWaiting()
{
    auto count = m_logs.connection().oneInteger(
        "SELECT count(*) FROM waiting WHERE space = ?", m_logs.space().id);
    if (!count)
        return count.error();
    return count->value_or(0);
}

Status SpaceWork::keepWaiting(const Candidate& candidate)
{
    const OperationHeader& header = candidate.header;
    const LogRow* log = m_logs.find(LogName(header.device));
    if (header.seq > (log ? log->seq : 0) + kMaxAhead)
        return {};
    const Bytes encoded = candidate.operation.encode();
    auto count = countWaiting();
    if (!count)
        return count.error();
    auto bytes = m_logs.connection().oneInteger(
        "SELECT sum(length(op)) FROM waiting WHERE space = ?", m_logs.space().id);
    if (!bytes)
        return bytes.error();
    if (*count >= kMaxWaiting || bytes->value_or(0) + encoded.size() > kMaxWaitingBytes)
        return {};
    return m_logs.connection().run(
        "INSERT OR IGNORE INTO waiting(space, device, seq, op) VALUES(?, ?, ?, ?)",
        m_logs.space().id, header.device, header.seq, encoded);
}

Result<bool> SpaceWork::retryWaiting(const BeforeTouching& before, TakenOperations& taken)
{
    std::vector<Bytes> stored;
    {
        Statement rows = m_logs.connection().statement(
            "SELECT op FROM waiting WHERE space = ? ORDER BY seq, device");
        rows.bindAll(m_logs.space().id);
        while (rows.next())
            stored.push_back(rows.bytes(0));
        if (!rows.ok())
            return rows.status().error();
    }
    bool any = false;
    for (const Bytes& encoded : stored) {
        auto candidate = candidateOf(encoded);
        if (!candidate)
            return Error{ErrorCode::VaultDatabaseDamaged, QStringLiteral("a waiting operation")};
        auto result = fit(*candidate, before, taken);
        if (!result)
            return result.error();
        if (*result == Fit::Waits)
            continue;
        any = any || *result == Fit::Applied;
        if (Status status = m_logs.connection().run(
                "DELETE FROM waiting WHERE space = ? AND device = ? AND seq = ?", m_logs.space().id,
                candidate->header.device, candidate->header.seq);
            !status)
            return status.error();
    }
    return any;
}

Result<TakenOperations> SpaceWork::take(
    const QList<Bytes>& operations, const BeforeTouching& before)
{
    TakenOperations taken;
    std::map<DeviceId, std::vector<Candidate>> byLog;
    for (const Bytes& encoded : operations) {
        auto candidate = candidateOf(encoded);
        if (candidate && candidate->header.space == id())
            byLog[candidate->header.device].push_back(std::move(*candidate));
    }
    // Ascending (lamport, log) is a causal order.
    std::vector<Candidate*> ordered;
    for (auto& [device, run] : byLog) {
        auto log = logOf(device);
        if (!log)
            return log.error();
        if (!*log)
            continue; // nobody's: not stored
        keepProven(run, (*log)->signing);
        for (Candidate& each : run)
            ordered.push_back(&each);
    }
    std::sort(ordered.begin(), ordered.end(), [](const Candidate* a, const Candidate* b) {
        return std::pair(a->header.lamport, a->header.device)
            < std::pair(b->header.lamport, b->header.device);
    });
    for (Candidate* each : ordered) {
        auto result = fit(*each, before, taken);
        if (!result)
            return result.error();
        if (*result == Fit::Waits) {
            if (Status status = keepWaiting(*each); !status)
                return status.error();
        }
    }
    auto waiting = countWaiting();
    while (waiting && *waiting > 0 && taken.applied > 0) {
        auto again = retryWaiting(before, taken);
        if (!again)
            return again.error();
        if (!*again)
            break;
    }
    waiting = countWaiting();
    if (!waiting)
        return waiting.error();
    taken.waiting = int(*waiting);
    return taken;
}

Genesis makeGenesis(const OwnDevice& own, const QString& name, Role role, bool isPrivate,
    const Clock& clock, Random& random)
{
    Part part{random.id<Part::Salt>(), {}, "space", {}};
    part.changes.push_back(CreateEntry{});
    part.changes.push_back(
        Admission{own.identity, own.roster, roleName(role).toUtf8(), own.name.toUtf8()});
    part.changes.push_back(WriteRegister{"name", textValue(name)});
    part.changes.push_back(
        WriteRegister{"model", textValue(role == Role::Peer ? u"equals" : u"mentoring")});
    part.changes.push_back(WriteRegister{"size", textValue(isPrivate ? u"private" : u"two")});
    const Body body{{std::move(part)}};
    OperationHeader header;
    header.bodyHash = body.hash();
    header.device = own.device;
    header.space = spaceIdOf(own.device, header.bodyHash);
    header.wallclockMs = clock.nowMs();
    header.tzMinutes = clock.offsetMinutes();
    Genesis out{{header.encode(), {}, body.encode()}, header.space};
    out.operation.signature = signHeader(own, out.operation.header);
    return out;
}

} // namespace Waymark

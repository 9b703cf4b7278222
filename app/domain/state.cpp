// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/state.h"

#include <limits>

namespace Waymark {

namespace {

constexpr quint64 kMaxItems = 1 << 20;
constexpr qint64 kAny = std::numeric_limits<qint64>::max();

void write(Cbor::Writer& out, const Stamp& stamp)
{
    out.integer(stamp.log).integer(qint64(stamp.seq)).integer(qint64(stamp.lamport));
}

Stamp readStamp(Cbor::Reader& in)
{
    Stamp out;
    out.log = LogId(in.integer(0, std::numeric_limits<LogId>::max()));
    out.seq = quint64(in.integer(0, kMaxInteger));
    out.lamport = quint64(in.integer(0, kMaxInteger));
    return out;
}

void write(Cbor::Writer& out, const std::vector<KeptWrite>& writes)
{
    out.array(writes.size());
    for (const KeptWrite& each : writes) {
        out.array(5);
        write(out, each.stamp);
        out.integer(each.wallclockMs).bytes(each.value);
    }
}

std::vector<KeptWrite> readWrites(Cbor::Reader& in)
{
    std::vector<KeptWrite> out;
    for (quint64 left = in.array(kMaxItems); in.ok() && left > 0; --left) {
        in.arrayOf(5);
        KeptWrite each;
        each.stamp = readStamp(in);
        each.wallclockMs = in.integer(-kMaxInteger, kMaxInteger);
        each.value = in.bytes(kMaxValueBytes).toByteArray();
        out.push_back(std::move(each));
    }
    return out;
}

void write(Cbor::Writer& out, const EntryState::Registers& registers)
{
    out.array(registers.size());
    for (const auto& [field, writes] : registers) {
        out.array(2).bytes(field);
        write(out, writes);
    }
}

EntryState::Registers readRegisters(Cbor::Reader& in)
{
    EntryState::Registers out;
    for (quint64 left = in.array(kMaxItems); in.ok() && left > 0; --left) {
        in.arrayOf(2);
        const Bytes field = in.bytes(kMaxNameBytes).toByteArray();
        out[field] = readWrites(in);
    }
    return out;
}

void write(Cbor::Writer& out, const std::vector<Bytes>& names)
{
    out.array(names.size());
    for (const Bytes& name : names)
        out.bytes(name);
}

std::vector<Bytes> readNames(Cbor::Reader& in)
{
    std::vector<Bytes> out;
    for (quint64 left = in.array(kMaxItems); in.ok() && left > 0; --left)
        out.push_back(in.bytes(kMaxNameBytes).toByteArray());
    return out;
}

void writeSets(Cbor::Writer& out, const decltype(EntryState::sets)& sets)
{
    out.array(sets.size());
    for (const auto& [field, elements] : sets) {
        out.array(2).bytes(field).array(elements.size());
        for (const auto& [element, adds] : elements) {
            out.array(1 + 3 * adds.size()).bytes(element);
            for (const Stamp& stamp : adds)
                write(out, stamp);
        }
    }
}

void readSets(Cbor::Reader& in, decltype(EntryState::sets)& sets)
{
    for (quint64 left = in.array(kMaxItems); in.ok() && left > 0; --left) {
        in.arrayOf(2);
        auto& elements = sets[in.bytes(kMaxNameBytes).toByteArray()];
        for (quint64 inner = in.array(kMaxItems); in.ok() && inner > 0; --inner) {
            const quint64 length = in.array(kMaxItems);
            auto& adds = elements[in.bytes(kMaxValueBytes).toByteArray()];
            for (quint64 i = 1; in.ok() && i < length; i += 3)
                adds.push_back(readStamp(in));
        }
    }
}

void writeLines(Cbor::Writer& out, const decltype(EntryState::lines)& lines)
{
    out.array(lines.size());
    for (const auto& [field, named] : lines) {
        out.array(2).bytes(field).array(named.size());
        for (const auto& [name, line] : named) {
            out.array(6).bytes(name.log.bytes()).integer(qint64(name.counter));
            write(out, line.value);
            write(out, line.slot);
            write(out, line.registers);
            line.life.encode(out);
        }
    }
}

void readLines(Cbor::Reader& in, decltype(EntryState::lines)& lines)
{
    for (quint64 left = in.array(kMaxItems); in.ok() && left > 0; --left) {
        in.arrayOf(2);
        auto& named = lines[in.bytes(kMaxNameBytes).toByteArray()];
        for (quint64 inner = in.array(kMaxItems); in.ok() && inner > 0; --inner) {
            in.arrayOf(6);
            ElementId name;
            name.log = LogName::fromBytes(in.bytes(LogName::kBranchSize)).value_or(LogName());
            name.counter = quint64(in.integer(0, kMaxInteger));
            LineState line;
            line.value = readWrites(in);
            line.slot = readWrites(in);
            line.registers = readRegisters(in);
            line.life.decode(in);
            named.emplace(std::move(name), std::move(line));
        }
    }
}

void writeFacts(Cbor::Writer& out, const EntryState& state)
{
    out.array(4 * state.takenOn.size());
    for (const auto& [stamp, person] : state.takenOn) {
        write(out, stamp);
        out.id(person);
    }
    out.array(5 * state.handedOver.size());
    for (const auto& [stamp, persons] : state.handedOver) {
        write(out, stamp);
        out.id(persons.first).id(persons.second);
    }
    out.array(4 * state.parents.size());
    for (const auto& [stamp, parent] : state.parents) {
        write(out, stamp);
        out.id(parent);
    }
    out.boolean(state.madeProposed);
}

void readFacts(Cbor::Reader& in, EntryState& state)
{
    for (quint64 left = in.array(kMaxItems); in.ok() && left >= 4; left -= 4) {
        const Stamp stamp = readStamp(in);
        state.takenOn.emplace_back(stamp, in.id<PersonId>());
    }
    for (quint64 left = in.array(kMaxItems); in.ok() && left >= 5; left -= 5) {
        const Stamp stamp = readStamp(in);
        const auto by = in.id<PersonId>();
        state.handedOver.push_back({stamp, {by, in.id<PersonId>()}});
    }
    for (quint64 left = in.array(kMaxItems); in.ok() && left >= 4; left -= 4) {
        const Stamp stamp = readStamp(in);
        state.parents.emplace_back(stamp, in.id<EntryId>());
    }
    state.madeProposed = in.boolean();
}

Error damaged(const char* what)
{
    return {ErrorCode::VaultDatabaseDamaged, QLatin1String(what)};
}

template <typename State, typename Part>
Bytes encodeWithSteps(const State& state, const Part& part)
{
    Cbor::Writer out;
    out.array(2).bytes(part.encode());
    state.steps.encode(out);
    return out.take();
}

} // namespace

void Life::raise(Places& places, LogId log, Place at)
{
    const auto found = std::lower_bound(places.begin(), places.end(), std::pair{log, Place(0)});
    if (found != places.end() && found->first == log)
        found->second = std::max(found->second, at);
    else
        places.insert(found, {log, at});
}

Life::Place Life::at(const Places& places, LogId log)
{
    const auto found = std::lower_bound(places.begin(), places.end(), std::pair{log, Place(0)});
    return found != places.end() && found->first == log ? found->second : 0;
}

void Life::remove(LogId log, Place at, const Version& past)
{
    for (const auto& [other, seq] : past.items()) {
        if (other != log)
            raise(m_covered, other, place(seq, kLastPart, kLastChange));
    }
    raise(m_covered, log, at);
}

bool Life::covers(const Places& changes) const
{
    return std::all_of(changes.begin(), changes.end(),
        [this](const auto& change) { return change.second <= at(m_covered, change.first); });
}

bool Life::deleted() const
{
    return everDeleted() && covers(m_changed);
}

bool Life::deletedWith(const std::vector<const Life*>& others) const
{
    return deleted() && std::all_of(others.begin(), others.end(), [this](const Life* other) {
        return covers(other->m_changed);
    });
}

void Life::encode(Cbor::Writer& out) const
{
    out.array(2);
    for (const Places* places : {&m_changed, &m_covered}) {
        out.array(2 * places->size());
        for (const auto& [log, at] : *places)
            out.integer(log).integer(qint64(at));
    }
}

void Life::decode(Cbor::Reader& in)
{
    in.arrayOf(2);
    for (Places* places : {&m_changed, &m_covered}) {
        for (quint64 left = in.array(kMaxItems); in.ok() && left >= 2; left -= 2) {
            const auto log = LogId(in.integer(0, std::numeric_limits<LogId>::max()));
            places->emplace_back(log, Place(in.integer(0, kAny)));
        }
    }
}

void Steps::add(LogId log, quint64 seq, quint64 countAfter)
{
    auto& steps = m_steps[log];
    if (!steps.empty() && steps.back().second == countAfter)
        return;
    if (!steps.empty() && steps.back().first == seq)
        steps.back().second = countAfter;
    else
        steps.emplace_back(seq, countAfter);
}

quint64 Steps::known(LogId log, quint64 seq) const
{
    const auto found = m_steps.find(log);
    if (found == m_steps.end())
        return 0;
    const auto after = std::upper_bound(found->second.begin(), found->second.end(), seq,
        [](quint64 wanted, const auto& step) { return wanted < step.first; });
    return after == found->second.begin() ? 0 : std::prev(after)->second;
}

void Steps::encode(Cbor::Writer& out) const
{
    out.array(m_steps.size());
    for (const auto& [log, steps] : m_steps) {
        out.array(1 + 2 * steps.size()).integer(log);
        quint64 seq = 0;
        quint64 count = 0;
        for (const auto& step : steps) {
            out.integer(qint64(step.first - seq)).integer(qint64(step.second - count));
            std::tie(seq, count) = step;
        }
    }
}

void Steps::decode(Cbor::Reader& in)
{
    for (quint64 left = in.array(kMaxItems); in.ok() && left > 0; --left) {
        const quint64 length = in.array(kMaxItems);
        auto& steps = m_steps[LogId(in.integer(0, std::numeric_limits<LogId>::max()))];
        quint64 seq = 0;
        quint64 count = 0;
        for (quint64 i = 1; in.ok() && i < length; i += 2) {
            seq += quint64(in.integer(0, kMaxInteger));
            count += quint64(in.integer(0, kMaxInteger));
            steps.emplace_back(seq, count);
        }
    }
}

Bytes TextState::encode() const
{
    return encodeWithSteps(*this, document);
}

Result<TextState> TextState::decode(BytesView encoded)
{
    Cbor::Reader in(encoded);
    in.arrayOf(2);
    auto document = TextDocument::decode(in.bytes(encoded.size()));
    if (!document)
        return damaged("text state");
    TextState out{std::move(*document), {}};
    out.steps.decode(in);
    if (!in.finished())
        return damaged("text state");
    return out;
}

Bytes ListState::encode() const
{
    return encodeWithSteps(*this, sequence);
}

Result<ListState> ListState::decode(BytesView encoded)
{
    Cbor::Reader in(encoded);
    in.arrayOf(2);
    auto sequence = Sequence::decode(in.bytes(encoded.size()), Sequence::kNoBound, kMaxSlots);
    if (!sequence)
        return damaged("list state");
    ListState out{std::move(*sequence), {}};
    out.steps.decode(in);
    if (!in.finished())
        return damaged("list state");
    return out;
}

Bytes EntryState::encode() const
{
    Cbor::Writer out;
    out.array(16).id(id).bytes(kind).array(3);
    write(out, created);
    out.id(by).integer(atMs).boolean(refused);
    write(out, registers);
    writeSets(out, sets);
    writeLines(out, lines);
    write(out, texts);
    write(out, orders);
    life.encode(out);
    Cbor::Writer facts;
    writeFacts(facts, *this);
    out.bytes(facts.data());
    out.array(5 * refusedParts.size());
    for (const RefusedPart& each : refusedParts) {
        write(out, each.stamp);
        out.integer(each.part).boolean(each.there);
    }
    out.integer(qint64(older)).array(3 * history.size());
    for (const Stamp& stamp : history)
        write(out, stamp);
    return out.take();
}

Result<EntryState> EntryState::decode(BytesView encoded)
{
    Cbor::Reader in(encoded);
    EntryState out;
    in.arrayOf(16);
    out.id = in.id<EntryId>();
    out.kind = in.bytes(kMaxNameBytes).toByteArray();
    in.arrayOf(3);
    out.created = readStamp(in);
    out.by = in.id<PersonId>();
    out.atMs = in.integer(-kMaxInteger, kMaxInteger);
    out.refused = in.boolean();
    out.registers = readRegisters(in);
    readSets(in, out.sets);
    readLines(in, out.lines);
    out.texts = readNames(in);
    out.orders = readNames(in);
    out.life.decode(in);
    const BytesView facts = in.bytes(encoded.size());
    Cbor::Reader inner(facts);
    readFacts(inner, out);
    for (quint64 left = in.array(kMaxItems); in.ok() && left >= 5; left -= 5) {
        const Stamp stamp = readStamp(in);
        const auto part = quint32(in.integer(0, qint64(kMaxParts)));
        out.refusedParts.push_back({stamp, part, in.boolean()});
    }
    out.older = quint64(in.integer(0, kMaxInteger));
    for (quint64 left = in.array(kMaxItems); in.ok() && left >= 3; left -= 3)
        out.history.push_back(readStamp(in));
    if (!in.finished() || !inner.finished())
        return damaged("entry state");
    return out;
}

std::vector<Bytes> EntryState::takeHistoryChunks()
{
    std::vector<Bytes> chunks;
    std::size_t taken = 0;
    for (; history.size() - taken >= 2 * kHistoryChunk; taken += kHistoryChunk) {
        Cbor::Writer out;
        out.array(3 * kHistoryChunk);
        for (std::size_t i = 0; i < kHistoryChunk; ++i)
            write(out, history[taken + i]);
        chunks.push_back(out.take());
    }
    history.erase(history.begin(), history.begin() + qsizetype(taken));
    older += taken;
    return chunks;
}

Status EntryState::putHistoryBack(const std::vector<Bytes>& chunks)
{
    if (older != chunks.size() * kHistoryChunk)
        return damaged("entry history");
    std::vector<Stamp> all;
    all.reserve(std::size_t(older) + history.size());
    for (const Bytes& chunk : chunks) {
        Cbor::Reader in(chunk);
        in.arrayOf(3 * kHistoryChunk);
        for (std::size_t i = 0; i < kHistoryChunk; ++i)
            all.push_back(readStamp(in));
        if (!in.finished())
            return damaged("entry history");
    }
    all.insert(all.end(), history.begin(), history.end());
    history = std::move(all);
    older = 0;
    return {};
}

const RefusedPart* EntryState::refusal(const Stamp& stamp, std::size_t part) const
{
    for (const RefusedPart& each : refusedParts) {
        if (each.stamp == stamp && each.part == part)
            return &each;
    }
    return nullptr;
}

bool SpaceFacts::equals() const
{
    return std::all_of(members.begin(), members.end(),
        [](const MemberFacts& member) { return member.role == Role::Peer; });
}

const MemberFacts* SpaceFacts::member(const PersonId& person) const
{
    const auto found = std::find_if(members.begin(), members.end(),
        [&](const MemberFacts& member) { return member.person == person; });
    return found == members.end() ? nullptr : &*found;
}

const MemberFacts* SpaceFacts::memberOf(const DeviceId& device) const
{
    const auto found = std::find_if(members.begin(), members.end(), [&](const MemberFacts& each) {
        return std::find(each.devices.begin(), each.devices.end(), device) != each.devices.end();
    });
    return found == members.end() ? nullptr : &*found;
}

void SpaceStates::addHistory(EntryState& entry, const Stamp& stamp)
{
    // Something that was made long ago and arrives now.
    if (entry.older > 0 && (entry.history.empty() || before(stamp, entry.history.front())))
        loadHistory(entry);
    auto at = entry.history.end();
    while (at != entry.history.begin() && before(stamp, *std::prev(at)))
        --at;
    if (at == entry.history.begin() || *std::prev(at) != stamp)
        entry.history.insert(at, stamp);
}

const KeptWrite* SpaceStates::shown(const std::vector<KeptWrite>& writes)
{
    const KeptWrite* best = nullptr;
    for (const KeptWrite& each : writes) {
        if (!best || before(best->stamp, each.stamp))
            best = &each;
    }
    return best;
}

} // namespace Waymark

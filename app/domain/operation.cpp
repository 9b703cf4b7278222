// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/operation.h"

#include "app/core/cbor.h"
#include "app/crypto/hash.h"

#include <set>

namespace Waymark {

namespace {

// The number that begins each change; fixed for ever.
enum ChangeType {
    kCreate = 0,
    kWrite = 1,
    kAdd = 2,
    kRemove = 3,
    kText = 4,
    kDelete = 5,
    kRestore = 6,
    kSlots = 7,
    kWriteLine = 8,
    kRemoveLine = 9,
    kKeepLine = 10,
    kAdmission = 11,
    // Known to exist, judged by a later version: an operation with one of these is not taken in.
    kPurge = 12,
    kEnding = 13,
    kRoster = 14,
};

constexpr quint64 kMaxChanges = 10000;
constexpr qsizetype kMaxRosterBytes = 64 * 1024;

template <typename... Ts>
struct Overloaded : Ts...
{
    using Ts::operator()...;
};
template <typename... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

void writeElement(Cbor::Writer& out, const ElementId& name)
{
    out.array(2).bytes(name.log.bytes()).integer(qint64(name.counter));
}

void writePlace(Cbor::Writer& out, const Place& place)
{
    if (place.isRoot())
        out.null();
    else
        writeElement(out, place.parent);
    out.integer(place.side == Side::Right ? 1 : 0);
}

void writeChange(Cbor::Writer& out, const Change& change)
{
    std::visit(
        Overloaded{
            [&](const CreateEntry&) { out.array(1).integer(kCreate); },
            [&](const WriteRegister& c) {
                out.array(3).integer(kWrite).utf8(c.field).raw(c.value);
            },
            [&](const AddToSet& c) { out.array(3).integer(kAdd).utf8(c.field).raw(c.value); },
            [&](const RemoveFromSet& c) {
                out.array(3).integer(kRemove).utf8(c.field).raw(c.value);
            },
            [&](const EditText& c) { out.array(3).integer(kText).utf8(c.field).bytes(c.runs); },
            [&](const DeleteEntry&) { out.array(1).integer(kDelete); },
            [&](const RestoreEntry&) { out.array(1).integer(kRestore); },
            [&](const InsertSlots& c) {
                out.array(6).integer(kSlots).utf8(c.list);
                writePlace(out, c.place);
                out.integer(qint64(c.firstCounter)).integer(qint64(c.count));
            },
            [&](const WriteLine& c) {
                out.array(5).integer(kWriteLine).utf8(c.field);
                writeElement(out, c.line);
                out.utf8(c.subfield).raw(c.value);
            },
            [&](const RemoveLine& c) {
                out.array(3).integer(kRemoveLine).utf8(c.field);
                writeElement(out, c.line);
            },
            [&](const KeepLine& c) {
                out.array(3).integer(kKeepLine).utf8(c.field);
                writeElement(out, c.line);
            },
            [&](const Admission& c) {
                out.array(5).integer(kAdmission).id(c.identity).bytes(c.roster);
                out.utf8(c.role).utf8(c.name);
            },
            [&](const UnknownChange& c) { out.raw(c.encoded); },
        },
        change);
}

Bytes readName(Cbor::Reader& in)
{
    const Bytes name = in.utf8(kMaxNameBytes).toByteArray();
    if (name.isEmpty())
        in.fail();
    return name;
}

/// Integers of values stay where a double holds them exactly, at any depth.
void checkIntegers(Cbor::Reader& in, int depth = 0)
{
    if (!in.ok() || depth > Cbor::Reader::kMaxDepth)
        return in.fail();
    switch (in.peek()) {
    case Cbor::Kind::Integer:
        in.integer(-kMaxInteger, kMaxInteger);
        return;
    case Cbor::Kind::Array:
        for (quint64 left = in.array(kMaxValueBytes); left > 0 && in.ok(); --left)
            checkIntegers(in, depth + 1);
        return;
    case Cbor::Kind::Map:
        for (quint64 left = 2 * in.map(kMaxValueBytes); left > 0 && in.ok(); --left)
            checkIntegers(in, depth + 1);
        return;
    case Cbor::Kind::Bytes:
    case Cbor::Kind::Text:
    case Cbor::Kind::Boolean:
    case Cbor::Kind::Null:
    case Cbor::Kind::Float:
    case Cbor::Kind::End:
    case Cbor::Kind::Invalid:
        in.skip();
        return;
    }
}

Bytes readValue(Cbor::Reader& in)
{
    const Bytes value = in.skip().toByteArray();
    Cbor::Reader inner(value);
    checkIntegers(inner);
    if (value.size() > kMaxValueBytes || !inner.finished())
        in.fail();
    return value;
}

ElementId readElement(Cbor::Reader& in)
{
    in.arrayOf(2);
    ElementId out;
    const auto log = LogName::fromBytes(in.bytes(LogName::kBranchSize));
    if (!log)
        in.fail();
    out.log = log.value_or(LogName());
    out.counter = quint64(in.integer(0, kMaxInteger));
    return out;
}

/// The change of a known type and length, read after its array head and type.
std::optional<Change> readKnown(Cbor::Reader& in, qint64 type, quint64 length)
{
    if (type == kCreate && length == 1)
        return CreateEntry{};
    if (type == kDelete && length == 1)
        return DeleteEntry{};
    if (type == kRestore && length == 1)
        return RestoreEntry{};
    if (length == 3 && type >= kWrite && type <= kText) {
        const Bytes field = readName(in);
        if (type == kText)
            return EditText{field, in.bytes(kMaxOperationBytes).toByteArray()};
        const Bytes value = readValue(in);
        if (type == kWrite)
            return WriteRegister{field, value};
        return type == kAdd ? Change(AddToSet{field, value}) : Change(RemoveFromSet{field, value});
    }
    if (type == kSlots && length == 6) {
        InsertSlots out;
        out.list = readName(in);
        if (!in.nullNext())
            out.place.parent = readElement(in);
        out.place.side = in.integer(0, 1) == 1 ? Side::Right : Side::Left;
        out.firstCounter = quint64(in.integer(0, kMaxInteger));
        out.count = quint64(in.integer(1, kMaxInteger));
        return out;
    }
    if (type == kWriteLine && length == 5) {
        WriteLine out;
        out.field = readName(in);
        out.line = readElement(in);
        out.subfield = readName(in);
        out.value = readValue(in);
        return out;
    }
    if (length == 3 && (type == kRemoveLine || type == kKeepLine)) {
        const Bytes field = readName(in);
        const ElementId line = readElement(in);
        return type == kRemoveLine ? Change(RemoveLine{field, line})
                                   : Change(KeepLine{field, line});
    }
    if (type == kAdmission && length == 5) {
        Admission out;
        out.identity = in.id<SigningKey>();
        out.roster = in.bytes(kMaxRosterBytes).toByteArray();
        out.role = readName(in);
        out.name = in.utf8(kMaxNameBytes * 4).toByteArray();
        return out;
    }
    return std::nullopt;
}

Change readChange(Cbor::Reader& in, bool& later)
{
    // First the whole item, so that what is unknown is kept as it came.
    const BytesView whole = in.skip();
    if (!in.ok())
        return UnknownChange{};
    Cbor::Reader inner(whole);
    const quint64 length = inner.array(16);
    const qint64 type = inner.integer(0, kMaxInteger);
    if (!inner.ok()) {
        in.fail();
        return UnknownChange{};
    }
    if (const auto known = readKnown(inner, type, length)) {
        if (!inner.finished())
            in.fail();
        return *known;
    }
    // A known type of another length is an error; a new type is not.
    if (type <= kAdmission)
        in.fail();
    if (type >= kPurge && type <= kRoster)
        later = true;
    return UnknownChange{whole.toByteArray()};
}

Part readPart(Cbor::Reader& in, bool& later)
{
    Part part;
    in.arrayOf(4);
    part.salt = in.id<Part::Salt>();
    part.entry = in.id<EntryId>();
    part.kind = readName(in);
    const quint64 count = in.array(kMaxChanges);
    part.changes.reserve(std::size_t(count));
    for (quint64 i = 0; i < count && in.ok(); ++i)
        part.changes.push_back(readChange(in, later));
    return part;
}

bool isStub(BytesView encoded)
{
    Cbor::Reader in(encoded);
    in.array(4);
    in.bytes(16);
    return in.ok() && in.peek() == Cbor::Kind::Text;
}

/// What a stub needs of a part; to be read even where the part's changes are wrong in form.
struct PartOutline
{
    Part::Salt salt;
    EntryId entry;
    Bytes kind;
    bool creates = false;
};

std::optional<PartOutline> outlineOf(BytesView encoded)
{
    Cbor::Writer create;
    create.array(1).integer(kCreate);
    Cbor::Reader in(encoded);
    PartOutline out;
    in.arrayOf(4);
    out.salt = in.id<Part::Salt>();
    out.entry = in.id<EntryId>();
    out.kind = in.utf8(encoded.size()).toByteArray();
    for (quint64 left = in.array(quint64(encoded.size())); left > 0 && in.ok(); --left)
        out.creates = in.skip() == create.data() || out.creates;
    return in.finished() ? std::optional(std::move(out)) : std::nullopt;
}

Bytes stubOf(const PartOutline& part, BytesView encoded)
{
    Cbor::Writer out;
    out.array(4).id(part.entry).utf8(part.kind);
    if (part.creates)
        out.id(markOf(part.salt));
    else
        out.null();
    out.id(labelledHash("part", {encoded}));
    return out.take();
}

Hash hashOfStubs(const std::vector<Bytes>& stubs)
{
    Cbor::Writer out;
    out.array(stubs.size());
    for (const Bytes& stub : stubs)
        out.raw(stub);
    return labelledHash("body", {out.data()});
}

} // namespace

Bytes OperationHeader::encode() const
{
    Cbor::Writer out;
    out.array(10).integer(1).id(space).id(device).integer(qint64(seq));
    if (prev)
        out.id(*prev);
    else
        out.null();
    out.array(deps.size());
    for (const Dep& dep : deps)
        out.array(3).id(dep.device).integer(qint64(dep.seq)).id(dep.hash);
    out.integer(qint64(lamport)).integer(wallclockMs).integer(tzMinutes).id(bodyHash);
    return out.take();
}

Result<OperationHeader> OperationHeader::decode(BytesView encoded)
{
    Cbor::Reader in(encoded);
    OperationHeader out;
    in.arrayOf(10);
    in.integer(1, 1);
    out.space = in.id<SpaceId>();
    out.device = in.id<DeviceId>();
    out.seq = quint64(in.integer(1, kMaxInteger));
    if (!in.nullNext())
        out.prev = in.id<Hash>();
    const quint64 count = in.array(kMaxDeps);
    out.deps.reserve(std::size_t(count));
    for (quint64 i = 0; i < count && in.ok(); ++i) {
        in.arrayOf(3);
        Dep dep;
        dep.device = in.id<DeviceId>();
        dep.seq = quint64(in.integer(1, kMaxInteger));
        dep.hash = in.id<Dep::Prefix>();
        if (!out.deps.empty() && !(out.deps.back() < dep))
            in.fail();
        out.deps.push_back(dep);
    }
    out.lamport = quint64(in.integer(1, kMaxInteger));
    out.wallclockMs = in.integer(-kMaxInteger, kMaxInteger);
    out.tzMinutes = int(in.integer(-24 * 60, 24 * 60));
    out.bodyHash = in.id<Hash>();
    if (!in.finished() || out.prev.has_value() != (out.seq > 1))
        return Error{ErrorCode::OperationDamaged, QStringLiteral("header")};
    return out;
}

bool Part::creates() const
{
    return std::any_of(changes.begin(), changes.end(),
        [](const Change& change) { return std::holds_alternative<CreateEntry>(change); });
}

Bytes Part::encode() const
{
    Cbor::Writer out;
    out.array(4).id(salt).id(entry).utf8(kind).array(changes.size());
    for (const Change& change : changes)
        writeChange(out, change);
    return out.take();
}

Hash markOf(const Part::Salt& salt)
{
    return labelledHash("mark", {salt.view()});
}

EntryId entryIdOf(const SpaceId& space, const DeviceId& device, const Hash& mark)
{
    return labelledId<EntryId>("entry", {space.view(), device.view(), mark.view()});
}

SpaceId spaceIdOf(const DeviceId& creator, const Hash& genesisBodyHash)
{
    return labelledId<SpaceId>("space", {creator.view(), genesisBodyHash.view()});
}

Hash headerHash(BytesView header)
{
    return labelledHash("header", {header});
}

Bytes Body::encode() const
{
    Cbor::Writer out;
    out.array(parts.size());
    for (const Part& part : parts)
        out.raw(part.encode());
    return out.take();
}

Hash Body::hash() const
{
    std::vector<Bytes> stubs;
    stubs.reserve(parts.size());
    for (const Part& part : parts)
        stubs.push_back(stubOf({part.salt, part.entry, part.kind, part.creates()}, part.encode()));
    return hashOfStubs(stubs);
}

Result<Body> Body::decode(BytesView encoded, Hash* bodyHash)
{
    const Error damaged{ErrorCode::OperationDamaged, QStringLiteral("body")};
    Cbor::Reader in(encoded);
    const quint64 count = in.array(quint64(encoded.size()));
    Body out;
    std::vector<Bytes> stubs;
    std::set<std::pair<EntryId, Bytes>> seen;
    QString fault = count > kMaxParts ? QStringLiteral("too many parts") : QString();
    for (quint64 i = 0; i < count && in.ok(); ++i) {
        const BytesView item = in.skip();
        if (!in.ok())
            return damaged;
        if (isStub(item)) {
            stubs.push_back(item.toByteArray());
            fault = QStringLiteral("a part is absent");
            continue;
        }
        const auto outline = outlineOf(item);
        if (!outline)
            return damaged;
        stubs.push_back(stubOf(*outline, item));
        bool later = false;
        Cbor::Reader inner(item);
        Part part = readPart(inner, later);
        if (!inner.finished() || !seen.insert({part.entry, part.kind}).second)
            fault = QStringLiteral("a part is wrong in form");
        else if (later)
            fault = QStringLiteral("a newer version is needed");
        out.parts.push_back(std::move(part));
    }
    if (!in.finished())
        return damaged;
    if (bodyHash)
        *bodyHash = hashOfStubs(stubs);
    if (!fault.isEmpty())
        return Error{ErrorCode::LogStopped, fault};
    return out;
}

Bytes Operation::encode() const
{
    Cbor::Writer out;
    out.array(3).raw(header);
    if (signature)
        out.id(*signature);
    else
        out.null();
    out.raw(body);
    return out.take();
}

Result<Operation> Operation::decode(BytesView encoded)
{
    if (encoded.size() > kMaxOperationBytes)
        return Error{ErrorCode::OperationDamaged, QStringLiteral("too large")};
    Cbor::Reader in(encoded);
    Operation out;
    in.arrayOf(3);
    out.header = in.skip().toByteArray();
    if (!in.nullNext())
        out.signature = in.id<Signature>();
    out.body = in.skip().toByteArray();
    if (!in.finished())
        return Error{ErrorCode::OperationDamaged, QStringLiteral("layout")};
    return out;
}

Result<ParsedOperation> parse(const Operation& operation)
{
    if (operation.header.size() + operation.body.size() + kOperationFrameBytes > kMaxOperationBytes)
        return Error{ErrorCode::OperationDamaged, QStringLiteral("too large")};
    auto header = OperationHeader::decode(operation.header);
    if (!header)
        return header.error();
    Hash bodyHash;
    auto body = Body::decode(operation.body, &bodyHash);
    if (!body && body.error().code != ErrorCode::LogStopped)
        return body.error();
    if (bodyHash != header->bodyHash)
        return Error{ErrorCode::OperationDamaged, QStringLiteral("body hash")};
    if (!body)
        return body.error();
    for (const Part& part : body->parts) {
        if (!part.creates() || part.entry.isZero())
            continue;
        if (part.entry != entryIdOf(header->space, header->device, markOf(part.salt)))
            return Error{ErrorCode::LogStopped, QStringLiteral("an entry's id is not its maker's")};
    }
    return ParsedOperation{*header, headerHash(operation.header), std::move(body->parts)};
}

} // namespace Waymark

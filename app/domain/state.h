// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/cbor.h"
#include "app/core/ids.h"
#include "app/domain/entry.h"
#include "app/domain/operation.h"
#include "app/domain/version.h"
#include "sync/crdt/sequence.h"
#include "sync/crdt/textdocument.h"

#include <map>
#include <vector>

namespace Waymark {

/// A write of a register that is in the causal past of no other.
struct KeptWrite
{
    Stamp stamp;
    qint64 wallclockMs = 0;
    Bytes value;

    friend bool operator==(const KeptWrite&, const KeptWrite&) = default;
};

/// Whether something is deleted: only while every change to it is in the causal past of a deletion.
/// Both sides are kept as one place a log, since a causal past is a beginning of each log.
class Life
{
public:
    /// A place inside a log: the operation, the part, and the change within it. A log has fewer
    /// than 2^39 operations, an operation at most 1,000 parts, a part at most 10,000 changes.
    using Place = quint64;
    static constexpr std::size_t kLastPart = 0x3ff;
    static constexpr std::size_t kLastChange = 0x3fff;
    [[nodiscard]] static Place place(quint64 seq, std::size_t part, std::size_t change)
    {
        return (seq << 24) | (std::min(part, kLastPart) << 14) | std::min(change, kLastChange);
    }

    void change(LogId log, Place at) { raise(m_changed, log, at); }
    /// A deletion whose author had merged `past`, at `at` of its own log.
    void remove(LogId log, Place at, const Version& past);
    [[nodiscard]] bool deleted() const;
    /// The same, counting the changes of another (an item of this parent) as this one's.
    [[nodiscard]] bool deletedWith(const std::vector<const Life*>& others) const;
    [[nodiscard]] bool everDeleted() const { return !m_covered.empty(); }

    void encode(Cbor::Writer& out) const;
    void decode(Cbor::Reader& in);

    friend bool operator==(const Life&, const Life&) = default;

private:
    using Places = std::vector<std::pair<LogId, Place>>;
    static void raise(Places& places, LogId log, Place at);
    static Place at(const Places& places, LogId log);
    [[nodiscard]] bool covers(const Places& changes) const;

    Places m_changed, m_covered;
};

/// How many elements of a text or list each log had made after each of its operations: what an
/// author of a given past had seen.
class Steps
{
public:
    void add(LogId log, quint64 seq, quint64 countAfter);
    [[nodiscard]] quint64 known(LogId log, quint64 seq) const;
    void encode(Cbor::Writer& out) const;
    void decode(Cbor::Reader& in);

    friend bool operator==(const Steps&, const Steps&) = default;

private:
    std::map<LogId, std::vector<std::pair<quint64, quint64>>> m_steps;
};

struct TextState
{
    TextDocument document;
    Steps steps;

    [[nodiscard]] Bytes encode() const;
    [[nodiscard]] static Result<TextState> decode(BytesView encoded);
};

struct ListState
{
    Sequence sequence{kMaxSlots};
    Steps steps;

    [[nodiscard]] Bytes encode() const;
    [[nodiscard]] static Result<ListState> decode(BytesView encoded);
};

/// A line of an ordered list of strings.
struct LineState
{
    std::vector<KeptWrite> value;
    std::vector<KeptWrite> slot; ///< none: the slot that names the line
    std::map<Bytes, std::vector<KeptWrite>> registers; ///< all others
    Life life;

    /// The writes of a register, made empty where there are none.
    [[nodiscard]] std::vector<KeptWrite>& of(const Bytes& name)
    {
        return name == "value" ? value : name == "slot" ? slot : registers[name];
    }

    friend bool operator==(const LineState&, const LineState&) = default;
};

/// A part on an entry that has no effect.
struct RefusedPart
{
    Stamp stamp;
    quint32 part = 0;
    bool there = false; ///< what it makes can be named: its author lacked a right, nothing else

    friend auto operator<=>(const RefusedPart&, const RefusedPart&) = default;
};

/// What all operations on an entry merge to, without its texts and list orders, which are kept
/// apart. Everything here follows from the set of operations.
struct EntryState
{
    using Registers = std::map<Bytes, std::vector<KeptWrite>>;

    EntryId id;
    Bytes kind;
    Stamp created;
    PersonId by;
    qint64 atMs = 0;
    bool refused = false; ///< made against a rule: there, but not shown
    Registers registers;
    std::map<Bytes, std::map<Bytes, std::vector<Stamp>>> sets; ///< field, element, adds
    std::map<Bytes, std::map<ElementId, LineState>> lines;
    std::vector<Bytes> texts; ///< fields that have a text, ascending
    std::vector<Bytes> orders; ///< lists that have slots, ascending
    Life life;
    // What rules ask about a past: what takes a proposal on (of each mentee's log the first writing
    // of a goal's status, the first clearing of a milestone's `proposed`), every handing over,
    // every parent an item had, and whether a milestone was made as proposed.
    std::vector<std::pair<Stamp, PersonId>> takenOn;
    std::vector<std::pair<Stamp, std::pair<PersonId, PersonId>>> handedOver; ///< by, to
    std::vector<std::pair<Stamp, EntryId>> parents;
    bool madeProposed = false;
    std::vector<RefusedPart> refusedParts; ///< ascending
    /// The operations that touched it, ascending (lamport, log name), without the `older` first
    /// ones: an edit of what has a long history writes the newest alone. SpaceStates::loadHistory()
    /// gives all of them.
    std::vector<Stamp> history;
    quint64 older = 0; ///< operations in full chunks, which are kept apart

    /// Null for a part that was applied.
    [[nodiscard]] const RefusedPart* refusal(const Stamp& stamp, std::size_t part) const;
    static constexpr std::size_t kHistoryChunk = 32; ///< operations
    /// Takes full chunks off the front while another one's length is left, and gives them encoded:
    /// the first is chunk number `older` / kHistoryChunk as it was before. What is left and what is
    /// given follow from the whole history alone.
    [[nodiscard]] std::vector<Bytes> takeHistoryChunks();
    /// Puts all chunks before the history again; VaultDatabaseDamaged where they are not `older`.
    Status putHistoryBack(const std::vector<Bytes>& chunks);
    [[nodiscard]] Bytes encode() const;
    [[nodiscard]] static Result<EntryState> decode(BytesView encoded);
    friend bool operator==(const EntryState&, const EntryState&) = default;
};

/// What the space knows of its members, for rules and names.
struct MemberFacts
{
    PersonId person;
    Role role = Role::Peer;
    Stamp admitted;
    SigningKey identity;
    Bytes roster;
    std::vector<DeviceId> devices;
};

struct SpaceFacts
{
    SpaceId id;
    bool isPrivate = false;
    DeviceId creator;
    std::vector<MemberFacts> members;

    /// Only peers ever.
    [[nodiscard]] bool equals() const;
    [[nodiscard]] const MemberFacts* member(const PersonId& person) const;
    [[nodiscard]] const MemberFacts* memberOf(const DeviceId& device) const;
};

/// Where merging finds the states of one space. Lives as long as one transaction.
class SpaceStates
{
public:
    virtual ~SpaceStates() = default;
    virtual SpaceFacts& facts() = 0;
    /// Null when no operation made it. Valid until the transaction's end.
    virtual EntryState* find(const EntryId& id) = 0;
    virtual EntryState& make(const EntryId& id) = 0;
    /// Made empty where there is none.
    virtual TextState& text(EntryState& entry, const Bytes& field) = 0;
    virtual ListState& list(EntryState& entry, const Bytes& list) = 0;
    /// Says that the state, text or list was changed.
    virtual void touch(const EntryId& id) = 0;
    virtual void touchText(const EntryId& id, const Bytes& field) = 0;
    virtual void touchList(const EntryId& id, const Bytes& list) = 0;
    /// Items whose shown parent is this entry.
    virtual std::vector<EntryState*> items(const EntryId& parent) = 0;
    /// Makes the history whole, until the transaction's end.
    virtual void loadHistory(EntryState& entry) = 0;

    virtual const LogName& name(LogId log) = 0;
    virtual PersonId person(LogId log) = 0;
    /// Zero where there is no such log here.
    virtual LogId log(const LogName& name) = 0;
    /// Zeros where it cannot be read.
    virtual Hash operationName(const Stamp& stamp) = 0;
    /// An operation read again, for what states do not keep.
    virtual Result<ParsedOperation> operation(const Stamp& stamp) = 0;

    /// Ascending (lamport, log name): the order in which writes win.
    [[nodiscard]] bool before(const Stamp& a, const Stamp& b)
    {
        return a.lamport != b.lamport ? a.lamport < b.lamport : name(a.log) < name(b.log);
    }
    /// Puts an operation into an entry's history, once.
    void addHistory(EntryState& entry, const Stamp& stamp);
    /// The write that is shown, or null.
    [[nodiscard]] const KeptWrite* shown(const std::vector<KeptWrite>& writes);
};

} // namespace Waymark

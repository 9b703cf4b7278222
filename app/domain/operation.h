// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "app/core/result.h"
#include "app/crypto/signature.h"
#include "sync/crdt/sequence.h"

#include <QString>

#include <optional>
#include <variant>
#include <vector>

namespace Waymark {

// An operation is one transaction of one device in one space (docs/protocol/journal.md): encoded as
// deterministic CBOR, named by its header's hash, never changed once signed.

constexpr qsizetype kMaxOperationBytes = 1 << 20; ///< encoded, its signature counted in any case
constexpr qsizetype kOperationFrameBytes = 1 + 2 + 64; ///< of those: the array and the signature
constexpr std::size_t kMaxDeps = 2048;
constexpr std::size_t kMaxParts = 1000;
constexpr qint64 kMaxInteger = (qint64(1) << 53) - 1;
constexpr qsizetype kMaxNameBytes = 64; ///< of kinds, fields, lists
constexpr qsizetype kMaxValueBytes = 256 * 1024; ///< of one register or set element

/// A log's operation that the author had merged: named by the beginning of its header's hash.
struct Dep
{
    using Prefix = FixedBytes<struct DepPrefixTag, 16>;
    DeviceId device;
    quint64 seq = 0;
    Prefix hash;

    friend auto operator<=>(const Dep&, const Dep&) = default;
};

struct OperationHeader
{
    SpaceId space;
    DeviceId device;
    quint64 seq = 1;
    std::optional<Hash> prev;
    std::vector<Dep> deps; ///< ascending, none twice
    quint64 lamport = 1;
    qint64 wallclockMs = 0; ///< only shown to people
    int tzMinutes = 0;
    Hash bodyHash;

    [[nodiscard]] Bytes encode() const;
    [[nodiscard]] static Result<OperationHeader> decode(BytesView encoded);
};

// What a part changes. Field, kind and list names are UTF-8; values are encoded CBOR items, so that
// equal means equal bytes.
struct CreateEntry
{
};
struct WriteRegister
{
    Bytes field, value;
};
struct AddToSet
{
    Bytes field, value;
};
struct RemoveFromSet
{
    Bytes field, value;
};
struct EditText
{
    Bytes field, runs; ///< runs: docs/protocol/text.md
};
struct DeleteEntry
{
};
struct RestoreEntry
{
};
/// Makes `count` slots of a list; stands in a part of kind "order" of the list's parent.
struct InsertSlots
{
    Bytes list;
    Place place;
    quint64 firstCounter = 0;
    quint64 count = 1;
};
/// A register of a line of an ordered list of strings; the line is named by its first slot.
struct WriteLine
{
    Bytes field;
    ElementId line;
    Bytes subfield, value;
};
struct RemoveLine
{
    Bytes field;
    ElementId line;
};
struct KeepLine
{
    Bytes field;
    ElementId line;
};
/// Makes somebody a member: in a part of kind "member" named by the person id, or in the genesis.
struct Admission
{
    SigningKey identity;
    Bytes roster;
    Bytes role, name;
};
/// From a newer version: kept and passed on.
struct UnknownChange
{
    Bytes encoded;
};
using Change
    = std::variant<CreateEntry, WriteRegister, AddToSet, RemoveFromSet, EditText, DeleteEntry,
        RestoreEntry, InsertSlots, WriteLine, RemoveLine, KeepLine, Admission, UnknownChange>;

/// What one operation does to one entry under one kind.
struct Part
{
    using Salt = FixedBytes<struct SaltTag, 16>;
    Salt salt; ///< keeps the hash of the part from confirming a guess
    EntryId entry;
    Bytes kind;
    std::vector<Change> changes;

    [[nodiscard]] bool creates() const;
    [[nodiscard]] Bytes encode() const;
};

/// hash("mark" ‖ salt): what an entry's id is made of.
[[nodiscard]] Hash markOf(const Part::Salt& salt);
/// The only id that an entry created by a device with that mark may have.
[[nodiscard]] EntryId entryIdOf(const SpaceId& space, const DeviceId& device, const Hash& mark);
[[nodiscard]] SpaceId spaceIdOf(const DeviceId& creator, const Hash& genesisBodyHash);
[[nodiscard]] Hash headerHash(BytesView header);

/// A body as stored: its parts, and the hash that the header names.
struct Body
{
    std::vector<Part> parts;

    [[nodiscard]] Bytes encode() const;
    /// `bodyHash` is computed on the way. OperationDamaged where no hash can be computed;
    /// LogStopped, with the hash, for what is wrong in form otherwise, for a part's stub in its
    /// place and for what only a newer version can judge.
    [[nodiscard]] static Result<Body> decode(BytesView encoded, Hash* bodyHash);
    [[nodiscard]] Hash hash() const;
};

/// An operation as it travels and is stored: header and body as bytes, the signature where kept.
struct Operation
{
    Bytes header;
    std::optional<Signature> signature;
    Bytes body;

    [[nodiscard]] Bytes encode() const;
    [[nodiscard]] static Result<Operation> decode(BytesView encoded);
};

/// An operation taken apart, its form checked: layout, bounds, body hash, entry ids.
struct ParsedOperation
{
    OperationHeader header;
    Hash name;
    std::vector<Part> parts;
};
/// OperationDamaged: these bytes are nothing that anybody can have signed. LogStopped: the header
/// names this body, and yet it is wrong in form or for a newer version: if the header is its
/// author's, their log ends before it.
[[nodiscard]] Result<ParsedOperation> parse(const Operation& operation);

} // namespace Waymark

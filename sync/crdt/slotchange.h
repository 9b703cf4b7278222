// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/crdt/sequence.h"

namespace Waymark {

/// New slots of an ordered list, whose order is a Sequence of its own.
struct SlotInsert
{
    Place place;
    quint64 first = 0;
    quint64 count = 0;

    friend bool operator==(const SlotInsert&, const SlotInsert&) = default;
};

/// What one operation's part inserts into one list; at least one insertion.
struct SlotChange
{
    std::vector<SlotInsert> inserts;

    friend bool operator==(const SlotChange&, const SlotChange&) = default;
};

/// Slots ever in a list.
constexpr quint64 kMaxSlots = 10'000;

/// docs/protocol/text.md. The change must not be empty.
[[nodiscard]] Bytes encode(const SlotChange& change, const LogName& author);
/// Refuses with OperationDamaged everything but what encode() writes.
[[nodiscard]] Result<SlotChange> decodeSlotChange(BytesView bytes, const LogName& author);

/// All or nothing. NotFound: a parent the author had not seen; Refused: a wrong counter or a taken
/// place; TooLarge: beyond the sequence's bound.
[[nodiscard]] Status applySlots(Sequence& sequence, const SlotChange& change, const LogName& author,
    const AuthorPast& past = AuthorPast::everything());
/// What a refused insertion means to a caller; ok for Applied.
[[nodiscard]] Status statusOf(InsertResult result);

} // namespace Waymark

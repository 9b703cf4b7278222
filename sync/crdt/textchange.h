// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/crdt/sequence.h"

#include <string>
#include <variant>
#include <vector>

namespace Waymark {

/// Names a deletion for ever: the operation it stands in, which part of its body, and which step of
/// that part's text change, each counted from 0.
struct DeletionName
{
    Hash operation;
    quint32 part = 0;
    quint32 step = 0;

    friend auto operator<=>(const DeletionName&, const DeletionName&) = default;
};

/// Characters, the first at a place and each later one as the right child of the one before.
struct TextInsert
{
    Place place;
    quint64 first = 0; ///< counter of the first
    std::u32string text; ///< Unicode scalar values, at least one

    friend bool operator==(const TextInsert&, const TextInsert&) = default;
};

struct TextDelete
{
    std::vector<ElementRange> ranges; ///< see normalizeRanges(); at least one

    friend bool operator==(const TextDelete&, const TextDelete&) = default;
};

/// Ends one deletion. What other deletions hide stays hidden.
struct TextUndelete
{
    DeletionName deletion;

    friend bool operator==(const TextUndelete&, const TextUndelete&) = default;
};

using TextStep = std::variant<TextInsert, TextDelete, TextUndelete>;

/// What one operation's part does to one text.
struct TextChange
{
    std::vector<TextStep> steps;

    [[nodiscard]] bool isEmpty() const { return steps.empty(); }
    /// Adds what the same author did next. Typing on and deleting on become one step where they
    /// can.
    void append(TextChange later, const LogName& author);

    friend bool operator==(const TextChange&, const TextChange&) = default;
};

/// Characters ever in a text.
constexpr quint64 kMaxTextCharacters = quint64(1) << 20;

/// The one form in which a deletion names its characters: each once, the author's own log first,
/// then by log name, rising counters, no two ranges that could be one.
void normalizeRanges(std::vector<ElementRange>& ranges, const LogName& author);

/// docs/protocol/text.md. The change must not be empty; its deletions are written normalized.
[[nodiscard]] Bytes encode(const TextChange& change, const LogName& author);
/// Refuses with OperationDamaged everything but what encode() writes.
[[nodiscard]] Result<TextChange> decodeTextChange(BytesView bytes, const LogName& author);

} // namespace Waymark

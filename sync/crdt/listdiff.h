// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QStringList>

#include <vector>

namespace Waymark {

/// How one list becomes another. Going through `places` from the front gives the new list; the old
/// items that none of them names are in `removed`. So every old item is kept, moved or removed, and
/// every new one kept, moved or inserted, each exactly once.
struct ListDiff
{
    struct Place
    {
        enum class Kind {
            Keep, ///< the old item stays where it is; kept ones have rising old indices
            Move, ///< the old item moves behind the place before this one
            Insert, ///< a new item, behind the place before this one
        };
        Kind kind = Kind::Keep;
        qsizetype oldIndex = -1; ///< of Keep and Move

        friend bool operator==(const Place&, const Place&) = default;
    };
    std::vector<Place> places; ///< one an item of the new list, in its order
    std::vector<qsizetype> removed; ///< ascending old indices

    friend bool operator==(const ListDiff&, const ListDiff&) = default;
};

/// Keeps the longest common subsequence, of several the one of the earliest old places; equal
/// strings are paired from the front. What was taken out and put in again moves. TooLarge for lists
/// of more items than a list may ever have.
[[nodiscard]] Result<ListDiff> diffLists(const QStringList& before, const QStringList& after);

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/crdt/textedit.h"

#include <optional>
#include <span>
#include <vector>

namespace Waymark {

/// Replaces some items of one list by some of another.
struct DiffHunk
{
    qsizetype before = 0;
    qsizetype removed = 0;
    qsizetype after = 0;
    qsizetype inserted = 0;

    friend bool operator==(const DiffHunk&, const DiffHunk&) = default;
};

/// The shortest way from one list to the other, counted in items removed and inserted (E. W. Myers,
/// "An O(ND) Difference Algorithm and Its Variations", 1986); nothing where it takes more than
/// `maxDifferences`. Hunks ascend and do not touch.
[[nodiscard]] std::optional<std::vector<DiffHunk>> shortestDiff(
    std::span<const int> before, std::span<const int> after, int maxDifferences);

/// The edits that turn one text into the other, in code points of `before`, ascending, not touching
/// each other: the common beginning and end are kept, between them the shortest diff by graphemes;
/// where that has over 1,000 differences all between is replaced. Fewer than three graphemes kept
/// between two changes are replaced with them.
[[nodiscard]] std::vector<TextEdit> diffTexts(const QString& before, const QString& after);

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/journal.h"
#include "app/domain/rules.h"

#include <set>

namespace Waymark {

// The merge: state and operation give the new state. The journal is a function of the set of
// operations: any order of arrival that is causal gives the same states.

enum class PartOutcome {
    Applied,
    Unknown, ///< a kind from a newer version: kept, passed on, not shown
    WithoutEffect, ///< against a rule: what it makes is there, but hidden
    Nothing, ///< names what is not there, or breaks a bound: makes nothing that can be named
};

/// What an operation changed.
struct MergeEffects
{
    std::vector<PartOutcome> outcomes; ///< one a part
    std::vector<Error> refusals; ///< one a part that has no effect, in their order
    std::set<EntryId> touched;
    /// Visible changes of texts, in code points of the text before each.
    std::map<std::pair<EntryId, Bytes>, std::vector<TextEdit>> texts;

    [[nodiscard]] bool clean() const;
};

/// Applies an operation whose form, place in its log and causal past have been checked: its author
/// is a member, and everything in its past is applied.
[[nodiscard]] MergeEffects applyOperation(SpaceStates& states, const OperationContext& context);

/// The form of a genesis: the one part that makes a space, its creator's admission, its size.
[[nodiscard]] Result<SpaceFacts> readGenesis(const ParsedOperation& operation);
/// The member that an admission makes; Refused where roster and identity do not fit.
[[nodiscard]] Result<MemberFacts> readAdmission(const Admission& admission, const Stamp& stamp);

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"
#include "app/domain/state.h"

namespace Waymark {

/// An operation that is being applied, and what its author knew.
struct OperationContext
{
    const ParsedOperation& operation;
    LogId log = 0;
    LogName logName;
    /// The author's causal past: earlier operations of the same log included, this one not.
    Version past;
    PersonId person;
    Role role = Role::Peer;

    [[nodiscard]] Stamp stamp() const
    {
        return {log, operation.header.seq, operation.header.lamport};
    }
    /// Made in the past or by this operation itself.
    [[nodiscard]] bool knows(const Stamp& other) const
    {
        return past.covers(other) || other == stamp();
    }
};

/// Who may do what to which kind. Judged in the state of the author's causal past and the
/// operation's earlier parts, so that every device judges alike: Refused says why, for the log and
/// for scripts. `entry` is null where the part creates it.
[[nodiscard]] Status judge(SpaceStates& states, const OperationContext& context, const Part& part,
    const EntryState* entry);

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/merge.h"

namespace Waymark {

// What makes spaces and members: used by the merge alone. The reading of foreign admissions and
// geneses, declared in merge.h, stands with it.

/// Null where the part admits nobody.
[[nodiscard]] const Admission* admissionIn(const Part& part);
/// An admission makes a member's entry, named by the person id; in a space of two only the creating
/// device's first one counts.
PartOutcome admit(SpaceStates& states, const OperationContext& context, const Part& part,
    const Admission& admission, bool genesis, MergeEffects& effects);
/// The genesis' one part: the space's own entry, without the admission beside it.
void makeSpace(
    SpaceStates& states, const OperationContext& context, const Part& part, MergeEffects& effects);

} // namespace Waymark

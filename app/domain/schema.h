// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/field.h"

#include <vector>

namespace Waymark {

struct EntryState;

/// Every kind of entry that this version knows, in the order of their names.
[[nodiscard]] std::span<const Kind* const> allKinds();
/// Null for a kind from a newer version.
[[nodiscard]] const Kind* findKind(BytesView name);
/// Nothing where the kind or the field is unknown; Kind::find says how long the answer lives.
[[nodiscard]] std::optional<Field> findField(BytesView kind, const Bytes& field);
/// The fields that an entry of the kind has: those of the kind, and the template's answers that
/// stand in the state, whose names live as long as it.
[[nodiscard]] std::vector<Field> fieldsOf(const Kind& kind, const EntryState& entry);

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/field.h"

namespace Waymark {

/// Every kind of entry that this version knows, in the order of their names.
[[nodiscard]] std::span<const Kind* const> allKinds();
/// Null for a kind from a newer version.
[[nodiscard]] const Kind* findKind(BytesView name);
/// Null where the kind or the field is unknown.
[[nodiscard]] const Field* findField(BytesView kind, BytesView field);

} // namespace Waymark

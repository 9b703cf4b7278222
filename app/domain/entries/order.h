// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/field.h"

namespace Waymark {

/// The slots in which a parent's items and lines stand; no fields.
struct OrderEntry
{
    static constexpr std::array<Field, 0> kFields{};
    static constexpr Kind kKind{
        .name = "order", .fields = kFields, .rules = RuleSet::Anyone, .listed = false};
};

} // namespace Waymark

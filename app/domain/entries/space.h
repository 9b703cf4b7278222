// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/field.h"

namespace Waymark {

/// The space itself: entry zero.
struct SpaceEntry
{
    static constexpr std::array kFields{
        Field{"name", Merge::Register},
        Field{"model", Merge::Register, ValueType::Text, true},
        Field{"size", Merge::Register, ValueType::Text, true},
    };
    static constexpr Kind kKind{
        .name = "space", .fields = kFields, .rules = RuleSet::Space, .listed = false};
};

} // namespace Waymark

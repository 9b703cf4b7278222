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
        Field{"replyDays", Merge::Register, ValueType::Count},
        Field{"meetDays", Merge::Register, ValueType::Count},
        Field{"model", Merge::Register, ValueType::Text, Access::Hidden},
        Field{"size", Merge::Register, ValueType::Text, Access::Hidden},
    };
    static constexpr Kind kKind{
        .name = "space", .fields = kFields, .rules = RuleSet::Space, .listed = false};
};

} // namespace Waymark

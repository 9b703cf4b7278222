// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/field.h"

namespace Waymark {

/// One's own thoughts.
struct Reflection
{
    static constexpr std::array kFields{
        Field{"title", Merge::Register},
        Field{"body", Merge::Text},
        Field{"mood", Merge::Register, ValueType::Scale},
        Field{"day", Merge::Register, ValueType::Date},
        Field{"template", Merge::Register, ValueType::Label},
        Field{"copies", Merge::Set, ValueType::Copy, Access::Shown},
        Field{"acknowledged", Merge::Set, ValueType::Person, Access::Hidden},
    };
    static constexpr Kind kKind{
        .name = "reflection", .fields = kFields, .rules = RuleSet::Author, .templated = true};
};

} // namespace Waymark

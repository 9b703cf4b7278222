// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/field.h"

namespace Waymark {

/// A mark on the way to a goal.
struct Milestone
{
    static constexpr std::array kFields{
        Field{"title", Merge::Register},
        Field{"done", Merge::Register, ValueType::Flag},
        Field{"due", Merge::Register, ValueType::Date},
        Field{"assignee", Merge::Register, ValueType::Person},
        Field{"in", Merge::Register, ValueType::Parent},
        Field{"from", Merge::Register, ValueType::Entry},
        Field{"proposed", Merge::Register, ValueType::Flag},
        Field{"shared", Merge::Register, ValueType::Copy, Access::Hidden},
    };
    static constexpr Kind kKind{
        .name = "milestone", .fields = kFields, .rules = RuleSet::Milestone, .item = true};
};

} // namespace Waymark

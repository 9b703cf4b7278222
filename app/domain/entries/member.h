// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/field.h"

namespace Waymark {

/// What a member says of themselves; named by the person id.
struct MemberEntry
{
    static constexpr const char* kDays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    static constexpr std::array kFields{
        Field{"name", Merge::Register},
        Field{"zone", Merge::Register, ValueType::Zone},
        Field{"city", Merge::Register},
        Field{"languages", Merge::Set, ValueType::Language},
        Field{"days", Merge::Set, ValueType::Word, Access::People, kDays},
        Field{"hours", Merge::Register, ValueType::Hours},
        Field{"away", Merge::Register, ValueType::Period},
    };
    static constexpr Kind kKind{
        .name = "member", .fields = kFields, .rules = RuleSet::Member, .listed = false};
};

} // namespace Waymark

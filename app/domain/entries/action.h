// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/field.h"

namespace Waymark {

/// Something that somebody is to do, agreed for a goal or in a session.
struct Action
{
    static constexpr std::array kFields{
        Field{"title", Merge::Register},
        Field{"done", Merge::Register, ValueType::Flag},
        Field{"due", Merge::Register, ValueType::Date},
        Field{"assignee", Merge::Register, ValueType::Person},
        Field{"in", Merge::Register, ValueType::Parent},
        Field{"shared", Merge::Register, ValueType::Copy, Access::Hidden},
    };
    static constexpr Kind kKind{
        .name = "action", .fields = kFields, .rules = RuleSet::Anyone, .item = true};
};

} // namespace Waymark

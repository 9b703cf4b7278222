// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/field.h"

namespace Waymark {

/// What a member says of themselves; named by the person id.
struct MemberEntry
{
    static constexpr std::array kFields{
        Field{"name", Merge::Register},
    };
    static constexpr Kind kKind{
        .name = "member", .fields = kFields, .rules = RuleSet::Member, .listed = false};
};

} // namespace Waymark

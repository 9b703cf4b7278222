// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/field.h"

namespace Waymark {

/// A meeting: when, where, about what, and what was noted.
struct Session
{
    static constexpr std::array kFields{
        Field{"title", Merge::Register},
        Field{"begins", Merge::Register, ValueType::Moment},
        Field{"ends", Merge::Register, ValueType::Moment},
        Field{"zone", Merge::Register, ValueType::Zone},
        Field{"place", Merge::Register},
        Field{"link", Merge::Register},
        Field{"agenda", Merge::List},
        Field{"notes", Merge::Text},
    };
    static constexpr Kind kKind{.name = "session", .fields = kFields, .rules = RuleSet::Anyone};
};

} // namespace Waymark

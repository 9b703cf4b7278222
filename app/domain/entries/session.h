// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/field.h"

namespace Waymark {

/// A meeting: when, where, about what, what was noted and decided.
struct Session
{
    /// What a line of the agenda says beside its words; `from` is the session that left it open.
    static constexpr std::array kLineFields{
        Field{"minutes", Merge::Register, ValueType::Count},
        Field{"owner", Merge::Register, ValueType::Person},
        Field{"done", Merge::Register, ValueType::Flag},
        Field{"about", Merge::Register, ValueType::Entry},
        Field{"from", Merge::Register, ValueType::Entry},
    };
    static constexpr const char* kHeld[] = {"held", "missed", "cancelled"};
    static constexpr std::array kFields{
        Field{"title", Merge::Register},
        Field{"begins", Merge::Register, ValueType::Moment},
        Field{"ends", Merge::Register, ValueType::Moment},
        Field{"zone", Merge::Register, ValueType::Zone},
        Field{"place", Merge::Register},
        Field{"link", Merge::Register},
        Field{"agenda", Merge::List},
        Field{"notes", Merge::Text},
        Field{"decisions", Merge::List},
        Field{"series", Merge::Register, ValueType::Label},
        wordField("held", kHeld),
        Field{"lasted", Merge::Register, ValueType::Count},
        Field{"template", Merge::Register, ValueType::Label},
    };
    static constexpr std::array kConditions{
        Condition{"lasted", nullptr, Condition::Needs::With, "held", "held"},
    };
    static constexpr Kind kKind{.name = "session",
        .fields = kFields,
        .rules = RuleSet::Anyone,
        .templated = true,
        .conditions = kConditions,
        .lined = "agenda",
        .lineFields = kLineFields};
};

} // namespace Waymark

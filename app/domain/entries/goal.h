// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/field.h"

namespace Waymark {

/// What somebody is after, how far it is, and until when.
struct Goal
{
    static constexpr const char* kStatuses[]
        = {"open", "active", "paused", "done", "dropped", "proposed"};
    static constexpr const char* kWelcomes[] = {"all", "aloud", "on"};
    static constexpr const char* kWelcomeParts[] = {"title", "why", "measure", "marks"};
    static constexpr std::array kFields{
        Field{"title", Merge::Register},
        Field{"why", Merge::Text},
        Field{"measure", Merge::Register},
        Field{"start", Merge::Register, ValueType::Number},
        Field{"target", Merge::Register, ValueType::Number},
        Field{"now", Merge::Register, ValueType::Number},
        Field{"due", Merge::Register, ValueType::Date},
        wordField("status", kStatuses),
        Field{"progress", Merge::Register, ValueType::Percent},
        Field{"tags", Merge::Set},
        Field{"owner", Merge::Register, ValueType::Person},
        wordField("welcome", kWelcomes),
        Field{"welcomeOn", Merge::Register, ValueType::Words, Access::People, kWelcomeParts},
        Field{"from", Merge::Register, ValueType::Entry},
        Field{"template", Merge::Register, ValueType::Label},
        Field{"shared", Merge::Register, ValueType::Copy, Access::Hidden},
    };
    static constexpr std::array kConditions{
        Condition{"now", nullptr, Condition::Needs::With, "target"},
        Condition{"welcomeOn", nullptr, Condition::Needs::With, "welcome", "on"},
    };
    static constexpr Kind kKind{.name = "goal",
        .fields = kFields,
        .rules = RuleSet::Goal,
        .templated = true,
        .conditions = kConditions};
};

} // namespace Waymark

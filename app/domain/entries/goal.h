// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/field.h"

namespace Waymark {

/// What somebody is after, how far it is, and until when.
struct Goal
{
    static constexpr std::array kFields{
        Field{"title", Merge::Register},
        Field{"why", Merge::Text},
        Field{"measure", Merge::Register},
        Field{"start", Merge::Register, ValueType::Number},
        Field{"target", Merge::Register, ValueType::Number},
        Field{"due", Merge::Register, ValueType::Date},
        Field{"status", Merge::Register, ValueType::Status},
        Field{"progress", Merge::Register, ValueType::Percent},
        Field{"tags", Merge::Set},
        Field{"owner", Merge::Register, ValueType::Person},
        Field{"shared", Merge::Register, ValueType::Entry, true},
    };
    static constexpr Kind kKind{.name = "goal", .fields = kFields, .rules = RuleSet::Goal};
};

} // namespace Waymark

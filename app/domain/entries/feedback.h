// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/field.h"

namespace Waymark {

/// What one person says to another about an entry or a part of it.
struct Feedback
{
    static constexpr std::array kFields{
        Field{"on", Merge::Register, ValueType::Entry},
        Field{"quote", Merge::Register, ValueType::Quote},
        Field{"body", Merge::Text},
        Field{"tone", Merge::Register, ValueType::Tone},
        Field{"replyTo", Merge::Register, ValueType::Entry},
        Field{"acknowledged", Merge::Set, ValueType::Person, true},
    };
    static constexpr Kind kKind{
        .name = "feedback", .fields = kFields, .rules = RuleSet::Author, .draft = true};
};

} // namespace Waymark

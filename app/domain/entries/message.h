// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/field.h"

namespace Waymark {

/// A question or a note to the partner, alone or about an entry.
struct Message
{
    static constexpr std::array kFields{
        Field{"on", Merge::Register, ValueType::Entry},
        Field{"body", Merge::Text},
        Field{"replyTo", Merge::Register, ValueType::Entry},
        Field{"acknowledged", Merge::Set, ValueType::Person, true},
    };
    static constexpr Kind kKind{
        .name = "message", .fields = kFields, .rules = RuleSet::Author, .draft = true};
};

} // namespace Waymark

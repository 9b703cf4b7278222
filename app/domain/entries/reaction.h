// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/field.h"

namespace Waymark {

/// A sign instead of words; of an author's reactions on one entry the newest counts.
struct Reaction
{
    static constexpr const char* kSigns[] = {"thanks", "helpful", "thinking", "moved"};
    static constexpr std::array kFields{
        Field{"on", Merge::Register, ValueType::Entry},
        Field{"quote", Merge::Register, ValueType::Quote},
        wordField("sign", kSigns),
        Field{"acknowledged", Merge::Set, ValueType::Person, Access::Hidden},
    };
    static constexpr std::array kRequired{"on", "sign"};
    static constexpr Kind kKind{
        .name = "reaction", .fields = kFields, .rules = RuleSet::Author, .required = kRequired};
};

} // namespace Waymark

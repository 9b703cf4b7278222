// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/field.h"

namespace Waymark {

/// What one person says to another about an entry or a part of it.
struct Feedback
{
    static constexpr const char* kTones[]
        = {"plain", "celebrating", "curious", "concerned", "challenging"};
    static constexpr std::array kFields{
        Field{"on", Merge::Register, ValueType::Entry},
        Field{"quote", Merge::Register, ValueType::Quote},
        Field{"body", Merge::Text},
        wordField("tone", kTones),
        Field{"replyTo", Merge::Register, ValueType::Entry},
        Field{"noAnswer", Merge::Register, ValueType::Flag},
        Field{"for", Merge::Register, ValueType::Space, Access::People, {}, true},
        Field{"acknowledged", Merge::Set, ValueType::Person, Access::Hidden},
    };
    static constexpr std::array kRequired{"body"};
    static constexpr Kind kKind{.name = "feedback",
        .fields = kFields,
        .rules = RuleSet::Author,
        .draft = true,
        .required = kRequired};
};

} // namespace Waymark

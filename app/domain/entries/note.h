// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/field.h"

namespace Waymark {

/// What somebody keeps to themselves, beside an entry or about a person.
struct Note
{
    static constexpr std::array kFields{
        Field{"on", Merge::Register, ValueType::Subject},
        Field{"body", Merge::Text},
    };
    static constexpr std::array kRequired{"on", "body"};
    static constexpr Kind kKind{
        .name = "note", .fields = kFields, .rules = RuleSet::Note, .required = kRequired};
};

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/field.h"

namespace Waymark {

/// What a session was worth to one of those who met.
struct Checkin
{
    static constexpr std::array kFields{
        Field{"on", Merge::Register, ValueType::Entry},
        Field{"useful", Merge::Register, ValueType::Scale},
        Field{"next", Merge::Text},
        Field{"template", Merge::Register, ValueType::Label},
        Field{"acknowledged", Merge::Set, ValueType::Person, Access::Hidden},
    };
    static constexpr std::array kRequired{"on"};
    static constexpr Kind kKind{.name = "checkin",
        .fields = kFields,
        .rules = RuleSet::Author,
        .templated = true,
        .required = kRequired};
};

} // namespace Waymark

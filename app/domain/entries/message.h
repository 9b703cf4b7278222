// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/field.h"

namespace Waymark {

/// A question or a note to the partner, alone or about an entry.
struct Message
{
    static constexpr const char* kAsks[] = {"question", "feedback", "simpler", "meant"};
    static constexpr const char* kWants[] = {"direction", "detail", "encouragement"};
    static constexpr const char* kStages[] = {"rough", "nearly"};
    static constexpr const char* kReplies[] = {"yes", "partly", "no"};
    static constexpr std::array kFields{
        Field{"on", Merge::Register, ValueType::Entry},
        Field{"quote", Merge::Register, ValueType::Quote},
        Field{"body", Merge::Text},
        Field{"replyTo", Merge::Register, ValueType::Entry},
        wordField("ask", kAsks),
        Field{"due", Merge::Register, ValueType::Date},
        Field{"wants", Merge::Set, ValueType::Word, Access::People, kWants},
        wordField("stage", kStages),
        Field{"notOn", Merge::Register},
        wordField("reply", kReplies),
        Field{"noAnswer", Merge::Register, ValueType::Flag},
        Field{"for", Merge::Register, ValueType::Space, Access::People, {}, true},
        Field{"acknowledged", Merge::Set, ValueType::Person, Access::Hidden},
    };
    static constexpr std::array kRequired{"body"};
    using Needs = Condition::Needs;
    static constexpr std::array kConditions{
        Condition{"due", nullptr, Needs::With, "ask", "feedback"},
        Condition{"wants", nullptr, Needs::With, "ask", "feedback"},
        Condition{"stage", nullptr, Needs::With, "ask", "feedback"},
        Condition{"notOn", nullptr, Needs::With, "ask", "feedback"},
        Condition{"ask", "simpler", Needs::With, "on"},
        Condition{"ask", "simpler", Needs::With, "quote"},
        Condition{"ask", "meant", Needs::With, "on"},
        Condition{"ask", "meant", Needs::With, "quote"},
        Condition{"reply", nullptr, Needs::InReplyTo, "ask", "meant"},
        Condition{"noAnswer", "true", Needs::Without, "ask"},
    };
    static constexpr Kind kKind{.name = "message",
        .fields = kFields,
        .rules = RuleSet::Author,
        .draft = true,
        .required = kRequired,
        .conditions = kConditions};
};

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/bytes.h"

#include <array>
#include <span>

namespace Waymark {

/// How concurrent changes of a field come together.
enum class Merge {
    Register, ///< keeps the writes that did not know of each other; the latest is shown
    Set, ///< add wins
    List, ///< an ordered list of strings
    Text, ///< typed into by several at once
};

/// What a field's values are, at the border to people and scripts (docs/CLI.md).
enum class ValueType {
    Text,
    Number,
    Percent, ///< 0 to 100
    Mood, ///< 1 to 5
    Flag,
    Date, ///< YYYY-MM-DD
    Moment, ///< RFC 3339, kept as written
    Zone, ///< an IANA name
    Status,
    Tone,
    Entry, ///< an entry's id
    Parent, ///< the entry that an item stands in, and its place there
    Person,
    Quote, ///< words of another entry
};

struct Field
{
    const char* name;
    Merge merge;
    ValueType type = ValueType::Text;
    /// Not among the fields that people and scripts set; the journal writes it itself.
    bool internal = false;
};

/// Who may do what to entries of a kind; rules.h says each in full.
enum class RuleSet {
    Author, ///< only who made it; acknowledged only by others
    Goal,
    Milestone,
    Anyone, ///< any member
    Member,
    Space,
};

/// A kind of entry: its name, fields and rules. Everything generic follows from this.
struct Kind
{
    const char* name;
    std::span<const Field> fields;
    RuleSet rules;
    bool listed = true; ///< in lists and search; space, member and order are not
    bool draft = false; ///< in the private space it is a draft that can be sent
    bool item = false; ///< stands in a parent, in an order of its own

    [[nodiscard]] const Field* find(BytesView field) const
    {
        for (const Field& each : fields) {
            if (field == BytesView(each.name))
                return &each;
        }
        return nullptr;
    }
};

} // namespace Waymark

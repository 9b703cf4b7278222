// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/bytes.h"

#include <array>
#include <optional>
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
    Label, ///< text that names something for programs: search passes it over
    Number,
    Count, ///< 1 to 1440, of days or minutes
    Percent, ///< 0 to 100
    Scale, ///< 1 to 5
    Flag,
    Date, ///< YYYY-MM-DD
    Period, ///< two dates, both inclusive
    Moment, ///< RFC 3339, kept as written
    Zone, ///< an IANA name
    Hours, ///< HH:MM-HH:MM
    Language, ///< a BCP 47 tag
    Word, ///< one of the field's words
    Words, ///< some of the field's words, in one register
    Any, ///< text, a number or a flag
    Entry, ///< an entry's id
    Parent, ///< the entry that an item stands in, and its place there
    Person,
    Subject, ///< an entry or a person
    Space, ///< a space's id
    Copy, ///< a space and an entry in it
    Quote, ///< words of another entry
};

/// Who writes a field.
enum class Access {
    People, ///< people and scripts
    Shown, ///< the journal itself; people see it
    Hidden, ///< the journal itself
};

struct Field
{
    const char* name; ///< of a template's answer the bytes that find() was given
    Merge merge;
    ValueType type = ValueType::Text;
    Access access = Access::People;
    std::span<const char* const> words = {}; ///< of Word and Words
    bool privateOnly = false; ///< has no place in a shared space and is not taken along there

    [[nodiscard]] bool isSettable() const { return access == Access::People; }
};

/// A register that holds one of these words.
constexpr Field wordField(const char* name, std::span<const char* const> words)
{
    return {name, Merge::Register, ValueType::Word, Access::People, words};
}

/// Who may do what to entries of a kind; rules.h says each in full.
enum class RuleSet {
    Author, ///< only who made it; acknowledged only by others
    Goal,
    Milestone,
    Anyone, ///< any member
    Note, ///< the private space's owner; refused elsewhere
    Member,
    Space,
};

/// What a value asks of another field of its entry, or of the entry that is replied to. It cannot
/// be set, nor the other be changed, so that it would stand without; what merging brings together
/// stays.
struct Condition
{
    enum class Needs {
        With, ///< the other field has the word, or any value
        Without, ///< the other field is empty
        InReplyTo, ///< the other field of the entry that `replyTo` names has the word
    };
    const char* field;
    const char* word; ///< only where the field has this value; null: any
    Needs needs;
    const char* other;
    const char* otherWord = nullptr;
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
    bool templated = false; ///< has answers to a template's questions as fields of their own
    std::span<const char* const> required = {}; ///< fields without which none is made
    std::span<const Condition> conditions = {};
    const char* lined = nullptr; ///< the ordered list whose lines have fields, all registers
    std::span<const Field> lineFields = {};

    /// The field of that name. Answers to a template's questions, `text.TEMPLATE.FIELD` and
    /// `value.TEMPLATE.FIELD`, are fields by their name alone; the field's name is then `field`
    /// itself, which must outlive it.
    [[nodiscard]] std::optional<Field> find(const Bytes& field) const;
    [[nodiscard]] std::optional<Field> findOfLine(BytesView field) const;
};

/// Whether a value names an entry by its id.
[[nodiscard]] constexpr bool namesEntry(ValueType type)
{
    return type == ValueType::Entry || type == ValueType::Parent || type == ValueType::Subject;
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/crdt/sequence.h"
#include "sync/crdt/textchange.h"
#include "sync/crdt/textedit.h"

#include <set>

namespace Waymark {

/// One text that several people write: the order of its characters, deleted ones included, and what
/// they are. All positions count code points of the visible text; textedit.h turns an editor's
/// UTF-16 positions into them and back.
///
/// A value type; not thread-safe. What a text looked like at an older version is not kept here:
/// replay the operations of that version into an empty document.
class TextDocument
{
public:
    TextDocument();

    [[nodiscard]] const Sequence& sequence() const { return m_sequence; }
    [[nodiscard]] QString text() const;
    [[nodiscard]] QString text(quint64 position, quint64 count) const;
    /// Visible code points.
    [[nodiscard]] quint64 length() const { return m_sequence.visibleLength(); }

    // --- changes from the log

    /// The characters that a deletion of this text took, or nothing where no such deletion stands
    /// in the author's causal past. Empty for a deletion in a part without effect.
    using ResolveDeletion
        = std::function<std::optional<std::vector<ElementRange>>(const DeletionName&)>;

    enum class Effect {
        Full,
        /// The part is kept but against a rule: its characters exist and never show, its deletions
        /// and undos do nothing.
        None,
    };

    /// Applies all of the change or nothing. NotFound: it names a character or deletion that the
    /// author had not seen; Refused: a wrong first counter or a taken place; TooLarge: more
    /// characters than a text may have. Applied with an undo of a deletion that was undone before,
    /// that step does nothing. `edits`, where given, gets what changed in the visible text.
    Status apply(const TextChange& change, const LogName& author,
        const AuthorPast& past = AuthorPast::everything(), const ResolveDeletion& resolve = {},
        Effect effect = Effect::Full, std::vector<TextEdit>* edits = nullptr);
    /// What apply() would say, without applying: a part that changes several texts is refused
    /// whole.
    [[nodiscard]] Status check(const TextChange& change, const LogName& author,
        const AuthorPast& past = AuthorPast::everything(),
        const ResolveDeletion& resolve = {}) const;
    /// See Sequence::beginLog.
    bool beginLog(const LogName& log, quint64 first) { return m_sequence.beginLog(log, first); }
    [[nodiscard]] bool isUndone(const DeletionName& deletion) const
    {
        return m_undone.count(deletion) > 0;
    }

    // --- changes made here. They change nothing yet: the caller applies what it gets.

    /// Usage where the edit reaches beyond the text, TooLarge for more characters than a text may
    /// have. Half a UTF-16 pair becomes U+FFFD. May be empty.
    [[nodiscard]] Result<TextChange> makeEdit(const TextEdit& edit, const LogName& author) const;
    /// Edits that are all against the text as it stands, ascending, not touching each other.
    [[nodiscard]] Result<TextChange> makeEdits(
        const std::vector<TextEdit>& edits, const LogName& author) const;
    /// Turns the text into another one, changing little (see diffTexts()).
    [[nodiscard]] Result<TextChange> makeDiff(const QString& newText, const LogName& author) const;

    // --- quoting

    struct Range
    {
        ElementId first;
        ElementId last;

        friend bool operator==(const Range&, const Range&) = default;
    };
    /// The ends of a stretch of the visible text; nothing where it is empty or reaches beyond.
    [[nodiscard]] std::optional<Range> range(quint64 position, quint64 count) const;
    /// Whether the quoted characters stand between the two ends, both included, as far as somebody
    /// with this past can know: the text is made of all characters there in their order, and left
    /// out are only some that are deleted now (a slip of the pen was deleted before the quote was
    /// taken, other words perhaps after it).
    [[nodiscard]] bool stands(
        const QString& quoted, const Range& range, const AuthorPast& past) const;
    /// A longer quote does not stand, nor one that takes over a thousand times as many steps to
    /// check.
    static constexpr quint64 kMaxQuote = 10'000;

    // --- keeping

    /// Equal documents have equal bytes.
    [[nodiscard]] Bytes encode() const;
    /// Refuses with Failed what encode() does not write.
    [[nodiscard]] static Result<TextDocument> decode(BytesView bytes);

private:
    [[nodiscard]] Status checkInto(const TextChange& change, const LogName& author,
        const AuthorPast& past, const ResolveDeletion& resolve,
        std::vector<std::vector<ElementRange>>& resolved) const;
    [[nodiscard]] std::u32string_view characters(
        std::size_t logIndex, quint64 counter, quint64 count) const;

    Sequence m_sequence;
    std::vector<std::u32string> m_characters; ///< by the sequence's log number, by counter
    std::set<DeletionName> m_undone;
};

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace Waymark {

/// One change of a visible text. Positions and lengths count Unicode code points. In a list each
/// edit is against the text after the ones before it, unless said otherwise.
struct TextEdit
{
    quint64 position = 0;
    quint64 removed = 0;
    QString inserted;

    friend bool operator==(const TextEdit&, const TextEdit&) = default;
};

/// The same for an editor: positions and lengths count UTF-16 units and never split a pair.
struct Utf16Edit
{
    qsizetype position = 0;
    qsizetype removed = 0;
    QString inserted;

    friend bool operator==(const Utf16Edit&, const Utf16Edit&) = default;
};

/// Half a pair that stands alone counts as one code point.
[[nodiscard]] quint64 codePointCount(QStringView text);
/// How many code points begin before this UTF-16 position, not counting a pair it would split: a
/// position within a pair means the one before the pair.
[[nodiscard]] quint64 codePointPosition(QStringView text, qsizetype utf16Position);
/// The end of the text for what lies beyond it.
[[nodiscard]] qsizetype utf16Position(QStringView text, quint64 codePointPosition);

[[nodiscard]] TextEdit toCodePoints(QStringView before, const Utf16Edit& edit);
/// For an editor that can take edits one by one. Each costs a pass through the text where that has
/// characters beyond 16 bits: above some hundred edits an editor had better take the new text
/// whole.
[[nodiscard]] std::vector<Utf16Edit> toUtf16(
    const QString& before, const std::vector<TextEdit>& edits);
/// The text with the edits made one after the other.
[[nodiscard]] QString applyEdits(const QString& before, const std::vector<TextEdit>& edits);

/// An edit made against an older text, carried over what was changed `since`: what others inserted
/// within the removed stretch stays, what they removed is not removed again, and the insertion
/// stays behind the character it was typed after. Empty where nothing is left to do.
[[nodiscard]] std::vector<TextEdit> carryEdit(
    const TextEdit& edit, const std::vector<TextEdit>& since);
/// A caret carried likewise.
[[nodiscard]] quint64 carryPosition(quint64 position, const std::vector<TextEdit>& since);

/// Appends edits to a list, each joined with the one before where together they are one.
class EditJoiner
{
public:
    explicit EditJoiner(std::vector<TextEdit>& edits);
    /// `inserted` counts the code points of the edit's insertion.
    void append(TextEdit edit, quint64 inserted);

private:
    std::vector<TextEdit>& m_edits;
    quint64 m_inserted; ///< of the last one
};

/// The same for a single one.
void appendEdit(std::vector<TextEdit>& edits, TextEdit edit);

} // namespace Waymark

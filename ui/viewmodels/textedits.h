// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/journal.h"

#include <QList>
#include <QString>

namespace Waymark {

/// The text after the changes, each against the text the one before left. A place beyond the text
/// counts as its end.
[[nodiscard]] QString applied(QString text, const QList<Utf16Edit>& changes);

/// The smallest single replacement that turns `before` into `after`, nothing when they are equal.
/// Of several, the one whose end is nearest to `caret`: where somebody typed.
[[nodiscard]] QList<Utf16Edit> difference(
    QStringView before, QStringView after, qsizetype caret = -1);

struct Crossed
{
    QList<Utf16Edit> first;
    QList<Utf16Edit> second;
};

/// Two runs of changes to one text, each rewritten to follow the other: first then the second's
/// rewriting leaves the same text as second then the first's. Where both insert at one place, what
/// `first` inserts stands before if `firstStandsBefore`.
[[nodiscard]] Crossed crossed(
    const QList<Utf16Edit>& first, const QList<Utf16Edit>& second, bool firstStandsBefore);

/// Where `position` stands after `change`; what is inserted exactly there stays behind it.
[[nodiscard]] qsizetype carriedOver(qsizetype position, const Utf16Edit& change);

/// Text as the journal takes it: one kind of line break, no control characters but tab, no lone
/// surrogates, no non-characters.
[[nodiscard]] QString cleaned(const QString& text);

/// Knows what an editor's document held, so that the true change can be told from what the document
/// reports (its numbers are exact for plain typing only).
class ShadowText
{
public:
    void reset(QString text) { m_text = std::move(text); }
    [[nodiscard]] const QString& text() const { return m_text; }
    /// What changed, given the document's report and its whole text now.
    [[nodiscard]] QList<Utf16Edit> took(
        qsizetype at, qsizetype removed, qsizetype added, const QString& now, qsizetype caret);
    void apply(const QList<Utf16Edit>& changes) { m_text = applied(m_text, changes); }

private:
    QString m_text;
};

} // namespace Waymark

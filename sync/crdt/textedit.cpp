// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/crdt/textedit.h"

#include <algorithm>

namespace Waymark {

namespace {

bool pairAt(QStringView text, qsizetype i)
{
    return text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
}

bool hasSurrogates(QStringView text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.isSurrogate(); });
}

struct Stretch
{
    quint64 begin = 0;
    quint64 end = 0;
};

/// Positions are carried over a removal by moving to its beginning.
quint64 carriedOverRemoval(quint64 position, const TextEdit& other)
{
    if (position <= other.position)
        return position;
    return position - std::min(other.removed, position - other.position);
}

std::vector<Stretch> carriedOver(const std::vector<Stretch>& stretches, const TextEdit& other)
{
    std::vector<Stretch> carried;
    const quint64 inserted = codePointCount(other.inserted);
    for (Stretch stretch : stretches) {
        stretch.begin = carriedOverRemoval(stretch.begin, other);
        stretch.end = carriedOverRemoval(stretch.end, other);
        if (stretch.begin >= other.position) {
            stretch.begin += inserted;
            stretch.end += inserted;
        } else if (stretch.end > other.position) {
            carried.push_back({stretch.begin, other.position});
            stretch = {other.position + inserted, stretch.end + inserted};
        }
        if (stretch.begin < stretch.end)
            carried.push_back(stretch);
    }
    return carried;
}

} // namespace

quint64 codePointCount(QStringView text)
{
    return codePointPosition(text, text.size());
}

quint64 codePointPosition(QStringView text, qsizetype utf16Position)
{
    const qsizetype end = std::clamp<qsizetype>(utf16Position, 0, text.size());
    quint64 pairs = 0;
    for (qsizetype i = 1; i < end; ++i)
        pairs += text[i].isLowSurrogate() && text[i - 1].isHighSurrogate();
    // A pair that the position would split begins before it but does not count.
    const bool splits = end > 0 && end < text.size() && pairAt(text, end - 1);
    return quint64(end) - pairs - (splits ? 1 : 0);
}

qsizetype utf16Position(QStringView text, quint64 codePointPosition)
{
    qsizetype i = 0;
    for (quint64 count = 0; count < codePointPosition && i < text.size(); ++count)
        i += pairAt(text, i) ? 2 : 1;
    return i;
}

TextEdit toCodePoints(QStringView before, const Utf16Edit& edit)
{
    const quint64 begin = codePointPosition(before, edit.position);
    // The end goes outwards: a removal takes the whole of a pair that it touches.
    qsizetype end = std::min(edit.position + edit.removed, before.size());
    if (edit.removed > 0 && end > 0 && end < before.size() && pairAt(before, end - 1))
        ++end;
    const quint64 last = codePointPosition(before, end);
    return {begin, std::max(begin, last) - begin, edit.inserted};
}

std::vector<Utf16Edit> toUtf16(const QString& before, const std::vector<TextEdit>& edits)
{
    std::vector<Utf16Edit> out;
    out.reserve(edits.size());
    const bool plain = !hasSurrogates(before)
        && std::none_of(edits.begin(), edits.end(),
            [](const TextEdit& edit) { return hasSurrogates(edit.inserted); });
    QString text = plain ? QString() : before;
    for (const TextEdit& edit : edits) {
        if (plain) {
            out.push_back({qsizetype(edit.position), qsizetype(edit.removed), edit.inserted});
            continue;
        }
        const qsizetype begin = utf16Position(text, edit.position);
        const qsizetype removed = utf16Position(QStringView(text).sliced(begin), edit.removed);
        out.push_back({begin, removed, edit.inserted});
        text.replace(begin, removed, edit.inserted);
    }
    return out;
}

QString applyEdits(const QString& before, const std::vector<TextEdit>& edits)
{
    QString text = before;
    for (const Utf16Edit& edit : toUtf16(before, edits))
        text.replace(edit.position, edit.removed, edit.inserted);
    return text;
}

std::vector<TextEdit> carryEdit(const TextEdit& edit, const std::vector<TextEdit>& since)
{
    std::vector<Stretch> removed;
    if (edit.removed > 0)
        removed.push_back({edit.position, edit.position + edit.removed});
    for (const TextEdit& other : since)
        removed = carriedOver(removed, other);
    const quint64 position = carryPosition(edit.position, since);

    // From the end, so that no edit moves the next one's position.
    std::vector<TextEdit> edits;
    for (auto it = removed.rbegin(); it != removed.rend(); ++it)
        edits.push_back({it->begin, it->end - it->begin, {}});
    if (!edit.inserted.isEmpty()) {
        if (!edits.empty() && edits.back().position == position)
            edits.back().inserted = edit.inserted;
        else
            edits.push_back({position, 0, edit.inserted});
    }
    return edits;
}

quint64 carryPosition(quint64 position, const std::vector<TextEdit>& since)
{
    for (const TextEdit& other : since) {
        position = carriedOverRemoval(position, other);
        if (position > other.position)
            position += codePointCount(other.inserted);
    }
    return position;
}

EditJoiner::EditJoiner(std::vector<TextEdit>& edits)
    : m_edits(edits), m_inserted(edits.empty() ? 0 : codePointCount(edits.back().inserted))
{
}

void EditJoiner::append(TextEdit edit, quint64 inserted)
{
    if (!m_edits.empty()) {
        TextEdit& last = m_edits.back();
        if (m_inserted == 0 && last.position == edit.position) {
            last.removed += edit.removed;
            last.inserted = std::move(edit.inserted);
            m_inserted = inserted;
            return;
        }
        if (edit.removed == 0 && edit.position == last.position + m_inserted) {
            last.inserted += edit.inserted;
            m_inserted += inserted;
            return;
        }
        if (m_inserted == 0 && inserted == 0 && edit.position + edit.removed == last.position) {
            last.position = edit.position;
            last.removed += edit.removed;
            return;
        }
    }
    m_edits.push_back(std::move(edit));
    m_inserted = inserted;
}

void appendEdit(std::vector<TextEdit>& edits, TextEdit edit)
{
    const quint64 inserted = codePointCount(edit.inserted);
    EditJoiner(edits).append(std::move(edit), inserted);
}

} // namespace Waymark

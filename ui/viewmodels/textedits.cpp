// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewmodels/textedits.h"

#include <algorithm>

namespace Waymark {

namespace {

bool splitsPair(QStringView text, qsizetype at)
{
    return at > 0 && at < text.size() && text[at].isLowSurrogate()
        && text[at - 1].isHighSurrogate();
}

/// `change` as it reads after `other`: in two where `other` wrote into what `change` takes out.
QList<Utf16Edit> over(const Utf16Edit& change, const Utf16Edit& other, bool standsBefore)
{
    const qsizetype end = change.position + change.removed;
    const qsizetype otherEnd = other.position + other.removed;
    const qsizetype inserted = other.inserted.size();
    const auto behind = [&](qsizetype at) { return at - other.removed + inserted; };
    const qsizetype headSize
        = std::max<qsizetype>(0, std::min(end, other.position) - change.position);
    const qsizetype tailFrom = std::max(change.position, otherEnd);
    const qsizetype tailSize = std::max<qsizetype>(0, end - tailFrom);
    // Who inserts further to the front stands before; at one place the rule decides.
    qsizetype at = change.position;
    if (change.position > otherEnd)
        at = behind(change.position);
    else if (change.position > other.position
        || (change.position == other.position && !standsBefore))
        at = other.position + inserted;
    if (headSize > 0) {
        QList<Utf16Edit> out{{change.position, headSize, change.inserted}};
        if (tailSize > 0)
            out.append({behind(tailFrom) - headSize + change.inserted.size(), tailSize, {}});
        return out;
    }
    if (tailSize == 0)
        return at == change.position && change.inserted.isEmpty()
            ? QList<Utf16Edit>{}
            : QList<Utf16Edit>{{at, 0, change.inserted}};
    if (behind(tailFrom) == at)
        return {{at, tailSize, change.inserted}};
    return {{at, 0, change.inserted}, {behind(tailFrom) + change.inserted.size(), tailSize, {}}};
}

} // namespace

QString applied(QString text, const QList<Utf16Edit>& changes)
{
    for (const Utf16Edit& change : changes) {
        const qsizetype at = std::clamp<qsizetype>(change.position, 0, text.size());
        text.replace(at, std::min(change.removed, text.size() - at), change.inserted);
    }
    return text;
}

QList<Utf16Edit> difference(QStringView before, QStringView after, qsizetype caret)
{
    if (before == after)
        return {};
    const qsizetype shorter = std::min(before.size(), after.size());
    // The end first, but not past the caret: of "aa" typed into "a" the one before the caret is
    // new.
    qsizetype longestEnd = shorter;
    if (caret >= 0)
        longestEnd = std::min(longestEnd, std::max<qsizetype>(0, after.size() - caret));
    qsizetype end = 0;
    while (end < longestEnd && before[before.size() - 1 - end] == after[after.size() - 1 - end])
        ++end;
    while (end > 0
        && (splitsPair(before, before.size() - end) || splitsPair(after, after.size() - end)))
        --end;
    qsizetype start = 0;
    while (start < shorter - end && before[start] == after[start])
        ++start;
    while (start > 0 && (splitsPair(before, start) || splitsPair(after, start)))
        --start;
    return {{start, before.size() - end - start,
        after.sliced(start, after.size() - end - start).toString()}};
}

Crossed crossed(
    const QList<Utf16Edit>& first, const QList<Utf16Edit>& second, bool firstStandsBefore)
{
    if (first.isEmpty() || second.isEmpty())
        return {first, second};
    if (first.size() == 1 && second.size() == 1) {
        return {over(first[0], second[0], firstStandsBefore),
            over(second[0], first[0], !firstStandsBefore)};
    }
    if (first.size() > 1) {
        const Crossed head = crossed(first.first(1), second, firstStandsBefore);
        const Crossed rest = crossed(first.sliced(1), head.second, firstStandsBefore);
        return {head.first + rest.first, rest.second};
    }
    const Crossed head = crossed(first, second.first(1), firstStandsBefore);
    const Crossed rest = crossed(head.first, second.sliced(1), firstStandsBefore);
    return {rest.first, head.second + rest.second};
}

qsizetype carriedOver(qsizetype position, const Utf16Edit& change)
{
    if (position <= change.position)
        return position;
    if (position >= change.position + change.removed)
        return position - change.removed + change.inserted.size();
    return change.position;
}

QString cleaned(const QString& text)
{
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const char16_t unit = c.unicode();
        if (c.isHighSurrogate()) {
            if (i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
                out += c;
                out += text[++i];
            }
        } else if (unit == u'\r') {
            out += u'\n';
            if (i + 1 < text.size() && text[i + 1] == u'\n')
                ++i;
        } else if (unit == 0x2028 || unit == 0x2029) {
            out += u'\n';
        } else if (unit == u'\n' || unit == u'\t'
            || (unit >= 0x20 && unit != 0x7f && !(unit >= 0x80 && unit < 0xa0)
                && !c.isLowSurrogate() && !(unit >= 0xfdd0 && unit <= 0xfdef) && unit < 0xfffe)) {
            out += c;
        }
    }
    return out;
}

QList<Utf16Edit> ShadowText::took(
    qsizetype at, qsizetype removed, qsizetype added, const QString& now, qsizetype caret)
{
    Q_UNUSED(added) // too much as often as not
    const qsizetype oldEnd = std::min(at + removed, m_text.size());
    const qsizetype newEnd = now.size() - (m_text.size() - oldEnd);
    QList<Utf16Edit> changes;
    const bool told = at >= 0 && at <= oldEnd && newEnd >= at && newEnd <= now.size()
        && QStringView(m_text).first(at) == QStringView(now).first(at)
        && QStringView(m_text).sliced(oldEnd) == QStringView(now).sliced(newEnd)
        && !splitsPair(m_text, at) && !splitsPair(m_text, oldEnd) && !splitsPair(now, newEnd);
    if (told) {
        changes = difference(QStringView(m_text).sliced(at, oldEnd - at),
            QStringView(now).sliced(at, newEnd - at),
            caret < at ? -1 : std::min(caret, newEnd) - at);
        for (Utf16Edit& change : changes)
            change.position += at;
    } else {
        changes = difference(m_text, now, caret);
    }
    m_text = now;
    return changes;
}

} // namespace Waymark

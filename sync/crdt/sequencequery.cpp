// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/crdt/sequence.h"

#include <algorithm>

namespace Waymark {

quint64 Sequence::nextCounter(const LogName& log) const
{
    const auto it = m_logIndex.constFind(log);
    return it == m_logIndex.cend() ? 0 : m_logs[*it].first + m_logs[*it].leafOf.size();
}

bool Sequence::contains(const ElementId& id) const
{
    return atomOf(id).has_value();
}

bool Sequence::contains(const ElementRange& range) const
{
    return range.count > 0 && contains(ElementId{range.log, range.first})
        && range.count <= nextCounter(range.log) - range.first;
}

Place Sequence::insertPlace(quint64 visibleIndex) const
{
    Q_ASSERT(visibleIndex <= m_visibleTotal);
    const Spot left = visibleIndex == 0 ? locate({}) : spotAtVisible(visibleIndex - 1);
    const Atom origin = atomAt(left);
    if (hasChild(origin, Side::Right))
        return {idOf(atomAt(next(left))), Side::Left};
    if (origin.log == 0)
        return {};
    return {idOf(origin), Side::Right};
}

std::optional<ElementId> Sequence::idAt(quint64 visibleIndex) const
{
    if (visibleIndex >= m_visibleTotal)
        return std::nullopt;
    return idOf(atomAt(spotAtVisible(visibleIndex)));
}

std::optional<Sequence::Position> Sequence::positionOf(const ElementId& id) const
{
    const auto atom = atomOf(id);
    if (!atom)
        return std::nullopt;
    const Spot spot = locate(*atom);
    return Position{visibleBefore(spot), spanAt(spot).deletions > 0};
}

std::vector<ElementRange> Sequence::visibleRanges(quint64 from, quint64 count) const
{
    std::vector<ElementRange> ranges;
    Spot spot = spotAtVisible(from);
    while (count > 0 && !isEnd(spot)) {
        const Span& span = spanAt(spot);
        if (span.deletions == 0) {
            const quint64 length = std::min<quint64>(span.length - spot.offset, count);
            const ElementId first = idOf(atomAt(spot));
            if (!ranges.empty() && ranges.back().log == first.log
                && ranges.back().first + ranges.back().count == first.counter)
                ranges.back().count += length;
            else
                ranges.push_back({first.log, first.counter, length});
            count -= length;
        }
        spot = next({spot.leaf, spot.span, span.length - 1});
    }
    return ranges;
}

bool Sequence::isBefore(const ElementId& a, const ElementId& b) const
{
    const Spot first = locate(atomOf(a).value());
    const Spot second = locate(atomOf(b).value());
    if (first.leaf != second.leaf)
        return m_leaves[first.leaf].order < m_leaves[second.leaf].order;
    return std::pair(first.span, first.offset) < std::pair(second.span, second.offset);
}

void Sequence::visitRuns(
    const std::optional<ElementId>& from, const std::function<bool(const Run&)>& visit) const
{
    Spot spot = from ? locate(atomOf(*from).value()) : locate({});
    while (!isEnd(spot)) {
        const Span& span = spanAt(spot);
        if (span.log != 0 && !visit({span.log, span.counter, span.length, span.deletions > 0}))
            return;
        spot = next({spot.leaf, spot.span, span.length - 1});
    }
}

std::size_t Sequence::logIndex(const LogName& log) const
{
    return m_logIndex.value(log, 0);
}

const LogName& Sequence::logName(std::size_t logIndex) const
{
    return m_logs[logIndex].name;
}

quint64 Sequence::firstCounter(std::size_t logIndex) const
{
    return m_logs[logIndex].first;
}

// --- judging

Status statusOf(InsertResult result)
{
    switch (result) {
    case InsertResult::Applied:
        return {};
    case InsertResult::RefusedUnknownParent:
        return {ErrorCode::NotFound, QStringLiteral("parent")};
    case InsertResult::RefusedCounter:
        return {ErrorCode::Refused, QStringLiteral("first counter")};
    case InsertResult::RefusedPlaceTaken:
        return {ErrorCode::Refused, QStringLiteral("place taken")};
    case InsertResult::RefusedBound:
        return {ErrorCode::TooLarge, QStringLiteral("elements ever")};
    }
    return {};
}

SequenceCheck::SequenceCheck(
    const Sequence& sequence, const LogName& author, const AuthorPast& past)
    : m_sequence(sequence), m_author(author), m_past(past), m_next(sequence.nextCounter(author))
{
}

quint64 SequenceCheck::knownCount(const LogName& log) const
{
    if (log == m_author)
        return m_next;
    return std::min(m_past.knownCount(log), m_sequence.nextCounter(log));
}

quint64 SequenceCheck::knownTotal() const
{
    if (m_past.isEverything())
        return m_sequence.totalLength();
    quint64 total = 0;
    for (std::size_t i = 1; i < m_sequence.m_logs.size(); ++i) {
        const Sequence::Log& log = m_sequence.m_logs[i];
        const quint64 known = knownCount(log.name);
        total += known > log.first ? known - log.first : 0;
    }
    return total;
}

bool SequenceCheck::contains(const ElementRange& range) const
{
    const quint64 known = knownCount(range.log);
    const std::size_t index = m_sequence.logIndex(range.log);
    const quint64 first = index == 0 ? 0 : m_sequence.firstCounter(index);
    return range.count > 0 && range.first >= first && range.first < known
        && range.count <= known - range.first;
}

bool SequenceCheck::isTaken(const Place& place) const
{
    const LogName& log = place.parent.log;
    const quint64 counter = place.parent.counter;
    const int side = place.side == Side::Left ? 1 : 2;
    if ((m_newPlaces.value({log, counter}) & side) != 0)
        return true;
    if (log == m_author && counter >= m_sequence.nextCounter(m_author)) {
        // One of the new elements: all but the last of a run have a right child.
        return side == 2 && !std::binary_search(m_lastOfRuns.begin(), m_lastOfRuns.end(), counter);
    }
    const Sequence::Atom parent
        = place.isRoot() ? Sequence::Atom{} : m_sequence.atomOf(place.parent).value();
    if (!m_sequence.hasChild(parent, place.side))
        return false;
    if (m_past.isEverything())
        return true;
    bool taken = false;
    m_sequence.walkChildren(parent, place.side, [&](Sequence::Atom child) {
        taken = child.counter < knownCount(m_sequence.m_logs[child.log].name);
        return !taken;
    });
    return taken;
}

InsertResult SequenceCheck::insertion(const Place& place, quint64 first, quint64 count)
{
    if (count == 0 || first != m_next || m_author.isNull())
        return InsertResult::RefusedCounter;
    if (place.isRoot() ? place.side == Side::Left
                       : !contains({place.parent.log, place.parent.counter, 1}))
        return InsertResult::RefusedUnknownParent;
    if (isTaken(place))
        return InsertResult::RefusedPlaceTaken;
    if (!m_total)
        m_total = knownTotal();
    const quint64 bound = m_sequence.bound();
    if (count > bound || *m_total > bound - count
        || m_sequence.totalLength() + count > Sequence::kNoBound)
        return InsertResult::RefusedBound;

    m_newPlaces[{place.parent.log, place.parent.counter}] |= place.side == Side::Left ? 1 : 2;
    m_next += count;
    *m_total += count;
    m_lastOfRuns.push_back(m_next - 1);
    return InsertResult::Applied;
}

} // namespace Waymark

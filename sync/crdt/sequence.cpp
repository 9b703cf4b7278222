// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/crdt/sequence.h"

#include <algorithm>
#include <numeric>

namespace Waymark {

namespace {

constexpr std::size_t kLeafSpans = 64;
/// What a leaf at the end of the document keeps when it is split: typing goes on behind it.
constexpr std::size_t kLeafSpansAtEnd = 56;
constexpr std::size_t kBlock = 128; // leaves
constexpr quint64 kMaxCounter = quint64(1) << 30;

} // namespace

Sequence::Sequence(quint64 bound) : m_bound(bound)
{
    // The root is a hidden element of its own, so that every other one has a parent before or
    // behind it.
    m_logs.push_back({LogName{}, 0, {0}, {0}});
    m_heads.push_back({});
    m_leaves.push_back({{Span{0, 0, 1, 1, true, false, false}}, 0});
    m_order.push_back(0);
    m_visible.push_back(0);
    sumBlocks(0);
}

// --- elements and where they are

std::optional<Sequence::Atom> Sequence::atomOf(const ElementId& id) const
{
    const auto it = m_logIndex.constFind(id.log);
    if (it == m_logIndex.cend())
        return std::nullopt;
    const Log& log = m_logs[*it];
    if (id.counter < log.first || id.counter - log.first >= log.leafOf.size())
        return std::nullopt;
    return Atom{*it, quint32(id.counter)};
}

ElementId Sequence::idOf(Atom atom) const
{
    return {m_logs[atom.log].name, atom.counter};
}

const Sequence::Span& Sequence::spanAt(Spot spot) const
{
    return m_leaves[spot.leaf].spans[spot.span];
}

Sequence::Atom Sequence::atomAt(Spot spot) const
{
    const Span& span = spanAt(spot);
    return {span.log, span.counter + spot.offset};
}

Sequence::Spot Sequence::locate(Atom atom) const
{
    const Log& log = m_logs[atom.log];
    const quint32 leaf = log.leafOf[atom.counter - log.first];
    const auto& spans = m_leaves[leaf].spans;
    for (std::size_t i = 0; i < spans.size(); ++i) {
        if (spans[i].log == atom.log && atom.counter - spans[i].counter < spans[i].length)
            return {leaf, quint32(i), atom.counter - spans[i].counter};
    }
    Q_ASSERT_X(false, "Sequence::locate", "the index names the wrong leaf");
    return {};
}

Sequence::Spot Sequence::spotAtVisible(quint64 visibleIndex) const
{
    quint64 left = visibleIndex;
    std::size_t block = 0;
    while (block < m_blocks.size() && left >= m_blocks[block])
        left -= m_blocks[block++];
    std::size_t order = block * kBlock;
    while (order < m_visible.size() && left >= m_visible[order])
        left -= m_visible[order++];
    if (order >= m_visible.size())
        return {m_order.back(), quint32(m_leaves[m_order.back()].spans.size()), 0};
    const auto& spans = m_leaves[m_order[order]].spans;
    for (std::size_t i = 0; i < spans.size(); ++i) {
        if (spans[i].deletions > 0)
            continue;
        if (left < spans[i].length)
            return {m_order[order], quint32(i), quint32(left)};
        left -= spans[i].length;
    }
    Q_ASSERT_X(false, "Sequence::spotAtVisible", "a leaf's sum is wrong");
    return {};
}

quint64 Sequence::visibleBefore(Spot spot) const
{
    const Leaf& leaf = m_leaves[spot.leaf];
    const auto block = std::ptrdiff_t(leaf.order / kBlock);
    quint64 count = std::accumulate(m_blocks.begin(), m_blocks.begin() + block, quint64(0));
    count += std::accumulate(m_visible.begin() + block * std::ptrdiff_t(kBlock),
        m_visible.begin() + std::ptrdiff_t(leaf.order), quint64(0));
    for (std::size_t i = 0; i < spot.span; ++i)
        count += leaf.spans[i].deletions == 0 ? leaf.spans[i].length : 0;
    if (spot.offset > 0 && leaf.spans[spot.span].deletions == 0)
        count += spot.offset;
    return count;
}

bool Sequence::isEnd(Spot spot) const
{
    return spot.span == m_leaves[spot.leaf].spans.size()
        && m_leaves[spot.leaf].order + 1 == m_order.size();
}

Sequence::Spot Sequence::next(Spot spot) const
{
    if (spot.offset + 1 < spanAt(spot).length)
        return {spot.leaf, spot.span, spot.offset + 1};
    const Leaf& leaf = m_leaves[spot.leaf];
    if (spot.span + 1 < leaf.spans.size() || leaf.order + 1 == m_order.size())
        return {spot.leaf, spot.span + 1, 0};
    return {m_order[leaf.order + 1], 0, 0};
}

std::optional<Sequence::Spot> Sequence::previous(Spot spot) const
{
    if (spot.offset > 0)
        return Spot{spot.leaf, spot.span, spot.offset - 1};
    if (spot.span > 0)
        return Spot{spot.leaf, spot.span - 1, m_leaves[spot.leaf].spans[spot.span - 1].length - 1};
    if (m_leaves[spot.leaf].order == 0)
        return std::nullopt;
    const quint32 leaf = m_order[m_leaves[spot.leaf].order - 1];
    const auto& spans = m_leaves[leaf].spans;
    return Spot{leaf, quint32(spans.size() - 1), spans.back().length - 1};
}

// --- spans and leaves

quint32 Sequence::internLog(const LogName& log)
{
    const auto it = m_logIndex.constFind(log);
    if (it != m_logIndex.cend())
        return *it;
    const auto index = quint32(m_logs.size());
    m_logs.push_back({log, 0, {}, {}});
    m_logIndex.insert(log, index);
    return index;
}

void Sequence::setWhere(const Span& span, quint32 leaf)
{
    Log& log = m_logs[span.log];
    const auto begin = log.leafOf.begin() + std::ptrdiff_t(span.counter - log.first);
    std::fill(begin, begin + std::ptrdiff_t(span.length), leaf);
}

void Sequence::addVisible(quint32 order, qint64 delta)
{
    m_visible[order] = quint32(qint64(m_visible[order]) + delta);
    m_blocks[order / kBlock] += quint64(delta);
    m_visibleTotal += quint64(delta);
}

/// After leaves were put in: all blocks from that one on.
void Sequence::sumBlocks(std::size_t fromOrder)
{
    m_blocks.resize((m_visible.size() + kBlock - 1) / kBlock);
    for (std::size_t block = fromOrder / kBlock; block < m_blocks.size(); ++block) {
        const std::size_t end = std::min((block + 1) * kBlock, m_visible.size());
        m_blocks[block] = std::accumulate(m_visible.begin() + std::ptrdiff_t(block * kBlock),
            m_visible.begin() + std::ptrdiff_t(end), quint64(0));
    }
}

/// Makes the element the first of its span.
Sequence::Spot Sequence::splitSpan(Spot spot)
{
    if (spot.offset == 0)
        return spot;
    auto& spans = m_leaves[spot.leaf].spans;
    Span& first = spans[spot.span];
    Span second = first;
    second.counter += spot.offset;
    second.length -= spot.offset;
    second.head = false;
    second.hasLeft = false;
    first.length = spot.offset;
    first.hasRight = true;
    spans.insert(spans.begin() + std::ptrdiff_t(spot.span) + 1, second);
    return {spot.leaf, spot.span + 1, 0};
}

void Sequence::insertSpan(Spot at, const Span& span)
{
    at = splitSpan(at);
    Leaf& leaf = m_leaves[at.leaf];
    leaf.spans.insert(leaf.spans.begin() + std::ptrdiff_t(at.span), span);
    setWhere(span, at.leaf);
    m_total += span.length;
    if (span.deletions == 0)
        addVisible(leaf.order, span.length);
}

void Sequence::mergeWithNext(quint32 leaf, quint32 span)
{
    auto& spans = m_leaves[leaf].spans;
    if (std::size_t(span) + 1 >= spans.size())
        return;
    Span& first = spans[span];
    const Span& second = spans[span + 1];
    if (second.head || first.log != second.log || first.counter + first.length != second.counter
        || first.deletions != second.deletions)
        return;
    first.length += second.length;
    first.hasRight = second.hasRight;
    spans.erase(spans.begin() + std::ptrdiff_t(span) + 1);
}

void Sequence::splitLeafIfFull(quint32 leaf)
{
    if (m_leaves[leaf].spans.size() <= kLeafSpans)
        return;
    const quint32 order = m_leaves[leaf].order;
    const bool last = order + 1 == m_order.size();
    const auto added = quint32(m_leaves.size());
    m_leaves.push_back({});
    auto& from = m_leaves[leaf].spans;
    auto& to = m_leaves.back().spans;
    const auto cut = from.begin() + std::ptrdiff_t(last ? kLeafSpansAtEnd : kLeafSpans / 2);
    to.reserve(kLeafSpans + 2);
    to.assign(cut, from.end());
    from.erase(cut, from.end());
    quint32 visible = 0;
    for (const Span& span : to) {
        setWhere(span, added);
        visible += span.deletions == 0 ? span.length : 0;
    }
    m_visible[order] -= visible;
    m_visible.insert(m_visible.begin() + std::ptrdiff_t(order) + 1, visible);
    m_order.insert(m_order.begin() + std::ptrdiff_t(order) + 1, added);
    for (std::size_t i = order + 1; i < m_order.size(); ++i)
        m_leaves[m_order[i]].order = quint32(i);
    sumBlocks(order);
}

// --- changing

bool Sequence::beginLog(const LogName& log, quint64 first)
{
    if (log.isNull() || first > kMaxCounter)
        return false;
    Log& found = m_logs[internLog(log)];
    if (!found.leafOf.empty() || (found.first != 0 && found.first != first))
        return false;
    found.first = quint32(first);
    return true;
}

InsertResult Sequence::insert(const LogName& log, const Place& place, quint64 first, quint64 count,
    const AuthorPast& past, bool hidden, std::vector<SequenceStep>* steps)
{
    const InsertResult result = SequenceCheck(*this, log, past).insertion(place, first, count);
    if (result == InsertResult::Applied)
        insertChecked(log, place, first, count, hidden, steps);
    return result;
}

void Sequence::insertChecked(const LogName& log, const Place& place, quint64 first, quint64 count,
    bool hidden, std::vector<SequenceStep>* steps)
{
    const Atom parent = place.isRoot() ? Atom{} : atomOf(place.parent).value();
    const quint32 index = internLog(log);
    const bool right = place.side == Side::Right;
    const bool chain = right && parent.log == index && parent.counter + 1 == first;
    const Span span{index, quint32(first), quint32(count), hidden ? 1U : 0U, !chain, false, false};

    Spot at = locate(parent);
    if (hasChild(parent, place.side))
        at = spotForChild(parent, place.side, log);
    else if (right)
        at = {at.leaf, at.span + 1, 0};
    if (steps && !hidden)
        steps->push_back({visibleBefore(at), 0, index, first, count});

    m_logs[index].leafOf.resize(m_logs[index].leafOf.size() + count);
    insertSpan(at, span);
    if (!chain)
        addHead({index, quint32(first)}, parent, place.side);
    const Spot above = locate(parent);
    Span& parentSpan = m_leaves[above.leaf].spans[above.span];
    if (!right)
        parentSpan.hasLeft = true;
    else if (above.offset + 1 == parentSpan.length)
        parentSpan.hasRight = true;
    const Spot added = locate({index, quint32(first)});
    if (chain && added.span > 0)
        mergeWithNext(added.leaf, added.span - 1);
    splitLeafIfFull(added.leaf);
}

void Sequence::changeDeletions(
    const ElementRange& range, int delta, std::vector<SequenceStep>* steps)
{
    if (range.count == 0)
        return;
    const Atom begin = atomOf({range.log, range.first}).value();
    const quint64 end = range.first + range.count;
    for (quint64 counter = range.first; counter < end;) {
        Spot spot = locate({begin.log, quint32(counter)});
        const quint32 before = spanAt(spot).deletions;
        const auto length
            = quint32(std::min<quint64>(spanAt(spot).length - spot.offset, end - counter));
        const quint64 from = counter;
        counter += length;
        if (delta < 0 && before == 0)
            continue;
        const bool hides = delta > 0 && before == 0;
        const bool shows = delta < 0 && before == 1;
        if (steps && hides)
            steps->push_back({visibleBefore(spot), length, 0, 0, 0});
        else if (steps && shows)
            steps->push_back({visibleBefore(spot), 0, begin.log, from, length});

        spot = splitSpan(spot);
        if (length < spanAt(spot).length)
            splitSpan({spot.leaf, spot.span, length});
        m_leaves[spot.leaf].spans[spot.span].deletions = before + quint32(delta);
        const quint32 order = m_leaves[spot.leaf].order;
        if (hides || shows)
            addVisible(order, hides ? -qint64(length) : qint64(length));
        mergeWithNext(spot.leaf, spot.span);
        if (spot.span > 0)
            mergeWithNext(spot.leaf, spot.span - 1);
        splitLeafIfFull(spot.leaf);
    }
}

void Sequence::remove(const ElementRange& range, std::vector<SequenceStep>* steps)
{
    changeDeletions(range, 1, steps);
}

void Sequence::unremove(const ElementRange& range, std::vector<SequenceStep>* steps)
{
    changeDeletions(range, -1, steps);
}

} // namespace Waymark

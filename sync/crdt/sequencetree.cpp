// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/crdt/sequence.h"

#include <algorithm>

namespace Waymark {

quint32 Sequence::headOf(Atom atom) const
{
    const auto& heads = m_logs[atom.log].heads;
    const auto it = std::upper_bound(heads.begin(), heads.end(), atom.counter,
        [this](quint32 counter, quint32 head) { return counter < m_heads[head].counter; });
    Q_ASSERT(it != heads.begin());
    return *std::prev(it);
}

quint32 Sequence::ancestorAt(quint32 head, quint32 depth) const
{
    while (m_heads[head].depth > depth) {
        const quint32 jump = m_heads[head].jump;
        head = m_heads[jump].depth >= depth ? jump : m_heads[head].up;
    }
    return head;
}

/// Whether the element is the ancestor itself or stands anywhere below it.
bool Sequence::isBelow(Atom element, Atom ancestor) const
{
    const quint32 above = headOf(ancestor);
    const quint32 from = headOf(element);
    if (from == above)
        return element.counter >= ancestor.counter;
    if (m_heads[from].depth <= m_heads[above].depth)
        return false;
    const Head& entry = m_heads[ancestorAt(from, m_heads[above].depth + 1)];
    return entry.up == above && entry.parent.counter >= ancestor.counter;
}

/// The child of `parent` below which the element is (or which it is).
Sequence::Atom Sequence::childHolding(Atom element, Atom parent) const
{
    const quint32 above = headOf(parent);
    const quint32 from = headOf(element);
    if (from != above) {
        const Head& entry = m_heads[ancestorAt(from, m_heads[above].depth + 1)];
        if (entry.parent == parent)
            return {entry.log, entry.counter};
    }
    return {parent.log, parent.counter + 1};
}

/// The spot behind the last element below `atom`. What is below stands together, so a binary search
/// finds its end: no walk down a path as deep as a hostile writer likes.
Sequence::Spot Sequence::subtreeEnd(Atom atom) const
{
    const Spot start = locate(atom);
    const quint32 order = m_leaves[start.leaf].order;
    const auto firstOf = [this](quint32 leaf, std::size_t span) {
        const Span& found = m_leaves[leaf].spans[span];
        return Atom{found.log, found.counter};
    };
    const auto beyond = std::partition_point(m_order.begin() + order + 1, m_order.end(),
        [&](quint32 leaf) { return isBelow(firstOf(leaf, 0), atom); });
    const quint32 leaf = *std::prev(beyond);
    std::size_t low = leaf == start.leaf ? start.span + 1 : 1;
    std::size_t high = m_leaves[leaf].spans.size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (isBelow(firstOf(leaf, middle), atom))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == m_leaves[leaf].spans.size() && beyond != m_order.end())
        return {*beyond, 0, 0};
    return {leaf, quint32(low), 0};
}

/// The first element below `atom`, or itself.
Sequence::Spot Sequence::subtreeStart(Atom atom) const
{
    const Spot end = locate(atom);
    if (end.offset > 0 || !spanAt(end).hasLeft)
        return end;
    const quint32 order = m_leaves[end.leaf].order;
    const auto lastIsBelow = [&](quint32 leaf, std::size_t span) {
        const Span& found = m_leaves[leaf].spans[span];
        return isBelow({found.log, found.counter + found.length - 1}, atom);
    };
    auto first = std::partition_point(m_order.begin(), m_order.begin() + order,
        [&](quint32 leaf) { return !lastIsBelow(leaf, m_leaves[leaf].spans.size() - 1); });
    const quint32 leaf = *first;
    std::size_t low = 0;
    std::size_t high = leaf == end.leaf ? end.span : m_leaves[leaf].spans.size() - 1;
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (!lastIsBelow(leaf, middle))
            low = middle + 1;
        else
            high = middle;
    }
    return {leaf, quint32(low), 0};
}

bool Sequence::hasChild(Atom parent, Side side) const
{
    const Spot spot = locate(parent);
    const Span& span = spanAt(spot);
    if (side == Side::Left)
        return spot.offset == 0 && span.hasLeft;
    return spot.offset + 1 < span.length || span.hasRight;
}

Sequence::Spot Sequence::walkChildren(
    Atom parent, Side side, const std::function<bool(Atom child)>& visit) const
{
    if (side == Side::Right) {
        Spot spot = next(locate(parent));
        while (!isEnd(spot) && isBelow(atomAt(spot), parent)) {
            const Atom child = childHolding(atomAt(spot), parent);
            if (!visit(child))
                break;
            spot = subtreeEnd(child);
        }
        return spot;
    }
    Spot spot = locate(parent);
    for (auto before = previous(spot); before && isBelow(atomAt(*before), parent);
         before = previous(spot)) {
        const Atom child = childHolding(atomAt(*before), parent);
        if (!visit(child))
            break;
        spot = subtreeStart(child);
    }
    return spot;
}

Sequence::Spot Sequence::spotForChild(Atom parent, Side side, const LogName& log) const
{
    return walkChildren(parent, side, [&](Atom child) {
        const LogName& other = m_logs[child.log].name;
        return side == Side::Right ? other < log : other > log;
    });
}

quint32 Sequence::addHead(Atom first, Atom parent, Side side)
{
    const auto head = quint32(m_heads.size());
    m_heads.push_back({first.log, first.counter, parent, side, 0, 0, 0});
    m_logs[first.log].heads.push_back(head);
    linkHead(head);
    return head;
}

void Sequence::linkHead(quint32 head)
{
    Head& added = m_heads[head];
    added.up = headOf(added.parent);
    const Head& up = m_heads[added.up];
    added.depth = up.depth + 1;
    const Head& jump = m_heads[up.jump];
    const bool levels = up.depth - jump.depth == jump.depth - m_heads[jump.jump].depth;
    added.jump = levels ? jump.jump : added.up;
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/crdt/sequence.h"

#include <algorithm>
#include <map>
#include <vector>

namespace Waymark {

/// Fugue written down as its definition reads: a tree of single elements, walked whole for every
/// question. Slow on purpose, and shares nothing with the real one but the vocabulary.
class NaiveFugue
{
public:
    struct Node
    {
        ElementId id;
        std::vector<std::size_t> left; ///< by log name
        std::vector<std::size_t> right;
        int deletions = 0;
    };

    NaiveFugue() { m_nodes.push_back({{}, {}, {}, 1}); }

    InsertResult insert(const LogName& log, const Place& place, quint64 first, quint64 count,
        const AuthorPast& past = AuthorPast::everything(), bool hidden = false)
    {
        if (first != m_next[log] || count == 0)
            return InsertResult::RefusedCounter;
        const auto known = [&](const ElementId& id) {
            return m_index.count(id) > 0 && (id.log == log || id.counter < past.knownCount(id.log));
        };
        if (place.isRoot() ? place.side == Side::Left : !known(place.parent))
            return InsertResult::RefusedUnknownParent;
        std::size_t parent = place.isRoot() ? 0 : m_index.at(place.parent);
        for (const std::size_t child : children(parent, place.side)) {
            if (known(m_nodes[child].id))
                return InsertResult::RefusedPlaceTaken;
        }
        Side side = place.side;
        for (quint64 i = 0; i < count; ++i) {
            parent = add({log, first + i}, parent, side, hidden);
            side = Side::Right;
        }
        m_next[log] += count;
        return InsertResult::Applied;
    }
    void changeDeletions(const ElementRange& range, int delta)
    {
        for (quint64 i = 0; i < range.count; ++i) {
            int& deletions = m_nodes[m_index.at({range.log, range.first + i})].deletions;
            deletions = std::max(0, deletions + delta);
        }
    }
    /// Every element in document order, the root left out.
    [[nodiscard]] std::vector<Node> order() const
    {
        std::vector<Node> out;
        std::vector<std::pair<std::size_t, bool>> stack{{0, false}};
        while (!stack.empty()) {
            const auto [node, children] = stack.back();
            stack.pop_back();
            if (children) {
                if (node != 0)
                    out.push_back(m_nodes[node]);
                continue;
            }
            for (auto it = m_nodes[node].right.rbegin(); it != m_nodes[node].right.rend(); ++it)
                stack.push_back({*it, false});
            stack.push_back({node, true});
            for (auto it = m_nodes[node].left.rbegin(); it != m_nodes[node].left.rend(); ++it)
                stack.push_back({*it, false});
        }
        return out;
    }
    [[nodiscard]] std::vector<ElementId> visible() const
    {
        std::vector<ElementId> out;
        for (const Node& node : order()) {
            if (node.deletions == 0)
                out.push_back(node.id);
        }
        return out;
    }
    /// The paper's rule: a right child of the left neighbour, or where that has right children, a
    /// left child of what follows it with the hidden ones.
    [[nodiscard]] Place insertPlace(std::size_t visibleIndex) const
    {
        const auto all = order();
        std::size_t next = 0;
        ElementId origin;
        for (std::size_t seen = 0; seen < visibleIndex; ++next) {
            if (all[next].deletions == 0 && ++seen == visibleIndex)
                origin = all[next].id;
        }
        const Node& node = m_nodes[origin.log.isNull() ? 0 : m_index.at(origin)];
        if (node.right.empty())
            return {origin, Side::Right};
        return {all[next].id, Side::Left};
    }
    [[nodiscard]] quint64 nextCounter(const LogName& log) const
    {
        const auto it = m_next.find(log);
        return it == m_next.end() ? 0 : it->second;
    }

private:
    std::vector<std::size_t>& children(std::size_t node, Side side)
    {
        return side == Side::Left ? m_nodes[node].left : m_nodes[node].right;
    }
    std::size_t add(const ElementId& id, std::size_t parent, Side side, bool hidden)
    {
        const std::size_t node = m_nodes.size();
        m_nodes.push_back({id, {}, {}, hidden ? 1 : 0});
        m_index[id] = node;
        auto& siblings = children(parent, side);
        siblings.insert(std::find_if(siblings.begin(), siblings.end(),
                            [&](std::size_t other) { return m_nodes[other].id.log > id.log; }),
            node);
        return node;
    }

    std::vector<Node> m_nodes;
    std::map<ElementId, std::size_t> m_index;
    std::map<LogName, quint64> m_next;
};

} // namespace Waymark

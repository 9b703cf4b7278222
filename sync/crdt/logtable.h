// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/crdt/sequence.h"
#include "sync/crdt/varint.h"

#include <set>

namespace Waymark {

/// The logs that a change names, its author's own apart: first in its bytes, by name. In what
/// follows 0 is the author's own log and k + 1 the table's entry k.
class LogTable
{
public:
    explicit LogTable(const LogName& author) : m_author(author) { }

    // Writing: collect all, write, then ask.
    void collect(const LogName& log)
    {
        if (log != m_author)
            m_names.insert(log);
    }
    void collect(const Place& place)
    {
        if (!place.isRoot())
            collect(place.parent.log);
    }
    void write(VarintWriter& out);
    [[nodiscard]] quint64 reference(const LogName& log) const;
    /// The head of an insertion and behind it what names its place.
    void writePlace(VarintWriter& out, const Place& place, quint64 first, unsigned kindBits) const;

    // Reading: the table, then each use of it; at the end every entry must have been used.
    void read(VarintReader& in);
    [[nodiscard]] const LogName& log(quint64 reference, VarintReader& in);
    /// From the head without its kind.
    Place readPlace(VarintReader& in, quint64 head, quint64* first);
    [[nodiscard]] bool allUsed() const;

private:
    const LogName& m_author;
    std::set<LogName> m_names;
    std::vector<LogName> m_list;
    std::vector<bool> m_used;
};

} // namespace Waymark

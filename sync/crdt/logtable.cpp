// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/crdt/logtable.h"

#include <algorithm>

namespace Waymark {

void LogTable::write(VarintWriter& out)
{
    m_list.assign(m_names.begin(), m_names.end());
    out.number(m_list.size());
    for (const LogName& name : m_list) {
        out.number(quint64(name.bytes().size()));
        out.raw(name.bytes());
    }
}

quint64 LogTable::reference(const LogName& log) const
{
    if (log == m_author)
        return 0;
    const auto it = std::lower_bound(m_list.begin(), m_list.end(), log);
    Q_ASSERT(it != m_list.end() && *it == log);
    return quint64(it - m_list.begin()) + 1;
}

void LogTable::writePlace(
    VarintWriter& out, const Place& place, quint64 first, unsigned kindBits) const
{
    const quint64 parent = place.isRoot() ? 0 : reference(place.parent.log) + 1;
    out.number((parent << 1 | (place.side == Side::Right)) << kindBits);
    out.number(first);
    if (place.isRoot())
        return;
    const quint64 counter = place.parent.counter;
    Q_ASSERT(parent != 1 || counter < first);
    // In one's own log mostly the character before.
    out.number(parent == 1 ? first - 1 - counter : counter);
}

void LogTable::read(VarintReader& in)
{
    const quint64 count = in.number(quint64(in.remaining()) / LogName::kDeviceSize);
    for (quint64 i = 0; i < count && in.ok(); ++i) {
        const auto name = LogName::fromBytes(in.raw(in.number(LogName::kBranchSize)));
        if (!name || *name == m_author || (!m_list.empty() && *name <= m_list.back()))
            return in.fail();
        m_list.push_back(*name);
    }
    m_used.assign(m_list.size(), false);
}

const LogName& LogTable::log(quint64 reference, VarintReader& in)
{
    if (reference > m_list.size())
        in.fail();
    if (reference == 0 || reference > m_list.size())
        return m_author;
    m_used[reference - 1] = true;
    return m_list[reference - 1];
}

Place LogTable::readPlace(VarintReader& in, quint64 head, quint64* first)
{
    *first = in.number();
    const quint64 parent = head >> 1;
    const Side side = (head & 1) != 0 ? Side::Right : Side::Left;
    if (parent == 0) {
        if (side == Side::Left)
            in.fail();
        return {};
    }
    const LogName& name = log(parent - 1, in);
    const quint64 counter = in.number();
    if (parent > 1)
        return {ElementId{name, counter}, side};
    if (counter >= *first) {
        in.fail();
        return {};
    }
    return {ElementId{name, *first - 1 - counter}, side};
}

bool LogTable::allUsed() const
{
    return std::all_of(m_used.begin(), m_used.end(), [](bool used) { return used; });
}

} // namespace Waymark

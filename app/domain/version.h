// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/bytes.h"

#include <algorithm>
#include <compare>
#include <utility>
#include <vector>

namespace Waymark {

/// A log's number in this vault. Only names that leave the vault are protocol; where the order of
/// logs matters, their names are compared, never these.
using LogId = quint32;

/// Which operation: its log, its place there, and its lamport time.
struct Stamp
{
    LogId log = 0;
    quint64 seq = 0;
    quint64 lamport = 0;

    friend auto operator<=>(const Stamp&, const Stamp&) = default;
};

/// What somebody had merged: of each log all up to a place. A small sorted vector.
class Version
{
public:
    using Item = std::pair<LogId, quint64>;

    [[nodiscard]] quint64 at(LogId log) const
    {
        const auto found = std::lower_bound(m_items.begin(), m_items.end(), Item{log, 0});
        return found != m_items.end() && found->first == log ? found->second : 0;
    }
    [[nodiscard]] bool covers(LogId log, quint64 seq) const { return seq <= at(log); }
    [[nodiscard]] bool covers(const Stamp& stamp) const { return covers(stamp.log, stamp.seq); }
    /// Makes `log` reach `seq` at least.
    void raise(LogId log, quint64 seq)
    {
        const auto found = std::lower_bound(m_items.begin(), m_items.end(), Item{log, 0});
        if (found != m_items.end() && found->first == log)
            found->second = std::max(found->second, seq);
        else if (seq > 0)
            m_items.insert(found, Item{log, seq});
    }
    void merge(const Version& other)
    {
        for (const auto& [log, seq] : other.m_items)
            raise(log, seq);
    }
    [[nodiscard]] bool covers(const Version& other) const
    {
        return std::all_of(other.m_items.begin(), other.m_items.end(),
            [this](const Item& item) { return covers(item.first, item.second); });
    }
    [[nodiscard]] const std::vector<Item>& items() const { return m_items; }

    friend bool operator==(const Version&, const Version&) = default;

private:
    std::vector<Item> m_items;
};

} // namespace Waymark

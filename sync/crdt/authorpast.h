// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/crdt/versionvector.h"

#include <algorithm>
#include <functional>
#include <map>

namespace Waymark {

/// What the author of a change had seen of one text or list: of each log, how many elements (all
/// with a counter below it). Of the author's own log everything that stands counts as seen,
/// whatever is said here: earlier changes and earlier parts of the same operation are in it.
class AuthorPast
{
public:
    using KnownCount = std::function<quint64(const LogName&)>;

    explicit AuthorPast(KnownCount knownCount) : m_knownCount(std::move(knownCount)) { }
    /// For a change made here, against all that stands.
    [[nodiscard]] static AuthorPast everything() { return AuthorPast(KnownCount{}); }

    [[nodiscard]] bool isEverything() const { return !m_knownCount; }
    /// The first counter of the log that its author had not seen.
    [[nodiscard]] quint64 knownCount(const LogName& log) const
    {
        return m_knownCount ? m_knownCount(log) : ~quint64(0);
    }

private:
    KnownCount m_knownCount;
};

/// Remembers after which `seq` each log had inserted how much into one text or list, and so turns a
/// causal past of operations into one of elements.
class InsertionCounts
{
public:
    /// The log's next counter once its operation `seq` was applied; called in rising order.
    void note(const LogName& log, quint64 seq, quint64 nextCounter)
    {
        m_counts[log].push_back({seq, nextCounter});
    }
    [[nodiscard]] quint64 countAt(const LogName& log, quint64 seq) const
    {
        const auto found = m_counts.find(log);
        if (found == m_counts.end())
            return 0;
        const auto& steps = found->second;
        const auto it = std::upper_bound(steps.begin(), steps.end(), seq,
            [](quint64 wanted, const Step& step) { return wanted < step.seq; });
        return it == steps.begin() ? 0 : std::prev(it)->nextCounter;
    }
    /// Both must outlive what is returned.
    [[nodiscard]] AuthorPast past(const VersionVector& version) const
    {
        return AuthorPast(
            [this, &version](const LogName& log) { return countAt(log, version.seq(log)); });
    }

private:
    struct Step
    {
        quint64 seq = 0;
        quint64 nextCounter = 0;
    };
    std::map<LogName, std::vector<Step>> m_counts;
};

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/spacework.h"

namespace Waymark {

/// What happened to one entry, read from its operations. A text's value is the whole text as its
/// writer had it: what was in the causal past of that operation, and the operation itself.
class EntryHistory
{
public:
    EntryHistory(SpaceWork& space, EntryState& entry) : m_space(space), m_entry(entry) { }
    /// Oldest first.
    [[nodiscard]] Result<QList<HistoryItem>> items();

private:
    struct Step
    {
        Stamp stamp;
        ParsedOperation operation;
        Version past;
    };
    /// A text as one writer has it; grows as their past does.
    struct Draft
    {
        TextDocument document;
        Steps steps;
        std::size_t applied = 0; ///< steps looked at for it
        std::vector<std::size_t> later; ///< looked at, but not in this writer's past then
    };

    Status load();
    void add(const Step& step, const Change& change, const Part& part);
    [[nodiscard]] QString textAt(std::size_t index, const Bytes& field);
    void applyTo(Draft& draft, const Step& step, const Bytes& field);

    SpaceWork& m_space;
    EntryState& m_entry;
    std::vector<Step> m_steps;
    std::size_t m_current = 0;
    std::map<std::pair<LogId, Bytes>, Draft> m_drafts;
    std::map<std::pair<Bytes, ElementId>, QString> m_lines; ///< last value of each list's lines
    std::optional<EntryId> m_parent;
    QList<HistoryItem> m_items;
};

} // namespace Waymark

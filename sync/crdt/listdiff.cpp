// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/crdt/listdiff.h"

#include "sync/crdt/sequence.h"

#include <QHash>

#include <algorithm>
#include <cmath>

namespace Waymark {

namespace {

using Numbers = std::vector<int>;

Numbers numbersOf(const QStringList& list, QHash<QString, int>& known)
{
    Numbers numbers;
    numbers.reserve(std::size_t(list.size()));
    for (const QString& item : list) {
        auto it = known.find(item);
        if (it == known.end())
            it = known.insert(item, int(known.size()));
        numbers.push_back(*it);
    }
    return numbers;
}

/// Row i says of each j how long the longest common subsequence of before[i…] and after[j…] is.
/// Only every kth row is kept, the rows between are made again when they are asked for: the whole
/// table of two full lists would take 200 MB.
class CommonLengths
{
public:
    CommonLengths(const Numbers& before, const Numbers& after)
        : m_before(before), m_after(after),
          m_step(std::max<std::size_t>(1, std::size_t(std::sqrt(double(before.size()))))),
          m_kept(before.size() / m_step + 2)
    {
        Row row(after.size() + 1, 0);
        for (std::size_t i = before.size();; --i) {
            if (i < before.size())
                row = rowBefore(row, i);
            if (i % m_step == 0)
                m_kept[i / m_step] = row;
            if (i == 0)
                break;
        }
        m_block = before.size() + 1;
    }
    /// Quick where i does not fall.
    [[nodiscard]] int at(std::size_t i, std::size_t j)
    {
        if (i / m_step != m_block)
            load(i / m_step);
        return m_rows[i % m_step][j];
    }

private:
    using Row = std::vector<quint16>;

    [[nodiscard]] Row rowBefore(const Row& next, std::size_t i) const
    {
        Row row(next.size(), 0);
        for (std::size_t j = m_after.size(); j-- > 0;) {
            row[j] = m_before[i] == m_after[j] ? quint16(next[j + 1] + 1)
                                               : std::max(next[j], row[j + 1]);
        }
        return row;
    }
    void load(std::size_t block)
    {
        m_block = block;
        const std::size_t end = std::min((block + 1) * m_step, m_before.size());
        Row row = end == m_before.size() ? Row(m_after.size() + 1, 0) : m_kept[block + 1];
        m_rows.assign(m_step + 1, {});
        m_rows[end - block * m_step] = row;
        for (std::size_t i = end; i-- > block * m_step;) {
            row = rowBefore(row, i);
            m_rows[i - block * m_step] = row;
        }
    }

    const Numbers& m_before;
    const Numbers& m_after;
    std::size_t m_step;
    std::vector<Row> m_kept;
    std::size_t m_block = 0;
    std::vector<Row> m_rows;
};

/// Of each new place the old one that is kept there, or -1.
std::vector<qsizetype> keptPlaces(const Numbers& before, const Numbers& after)
{
    std::vector<qsizetype> kept(after.size(), -1);
    CommonLengths lengths(before, after);
    std::size_t j = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
        const auto found = std::find(after.begin() + std::ptrdiff_t(j), after.end(), before[i]);
        if (found == after.end())
            continue;
        const auto place = std::size_t(found - after.begin());
        if (lengths.at(i, j) == lengths.at(i + 1, place + 1) + 1) {
            kept[place] = qsizetype(i);
            j = place + 1;
        }
    }
    return kept;
}

} // namespace

Result<ListDiff> diffLists(const QStringList& before, const QStringList& after)
{
    if (before.size() > qsizetype(kMaxSlots) || after.size() > qsizetype(kMaxSlots))
        return Error{ErrorCode::TooLarge, QStringLiteral("items of a list")};
    QHash<QString, int> known;
    const Numbers old = numbersOf(before, known);
    const Numbers fresh = numbersOf(after, known);
    const std::vector<qsizetype> kept = keptPlaces(old, fresh);

    std::vector<bool> used(old.size(), false);
    for (const qsizetype i : kept) {
        if (i >= 0)
            used[std::size_t(i)] = true;
    }
    std::vector<std::vector<qsizetype>> left(std::size_t(known.size())); // by string, last first
    for (std::size_t i = old.size(); i-- > 0;) {
        if (!used[i])
            left[std::size_t(old[i])].push_back(qsizetype(i));
    }
    ListDiff diff;
    for (std::size_t j = 0; j < fresh.size(); ++j) {
        auto& same = left[std::size_t(fresh[j])];
        if (kept[j] >= 0) {
            diff.places.push_back({ListDiff::Place::Kind::Keep, kept[j]});
        } else if (!same.empty()) {
            diff.places.push_back({ListDiff::Place::Kind::Move, same.back()});
            same.pop_back();
        } else {
            diff.places.push_back({ListDiff::Place::Kind::Insert, -1});
        }
    }
    for (const auto& same : left)
        diff.removed.insert(diff.removed.end(), same.begin(), same.end());
    std::sort(diff.removed.begin(), diff.removed.end());
    return diff;
}

} // namespace Waymark

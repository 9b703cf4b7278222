// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/crdt/textdiff.h"

#include <QHash>
#include <QTextBoundaryFinder>

#include <algorithm>

namespace Waymark {

namespace {

constexpr int kMaxDifferences = 1'000;
constexpr qsizetype kLeastKept = 3;

/// A text as graphemes, each a small number: equal ones have equal numbers.
struct Graphemes
{
    std::vector<int> numbers;
    std::vector<qsizetype> starts; ///< one more than numbers: the end
};

Graphemes graphemesOf(const QString& text, QHash<QString, int>& known)
{
    Graphemes found;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    qsizetype begin = 0;
    while (begin < text.size()) {
        qsizetype end = finder.toNextBoundary();
        if (end <= begin)
            end = text.size();
        found.starts.push_back(begin);
        const QString grapheme = text.sliced(begin, end - begin);
        auto it = known.find(grapheme);
        if (it == known.end())
            it = known.insert(grapheme, int(known.size()));
        found.numbers.push_back(*it);
        begin = end;
    }
    found.starts.push_back(text.size());
    return found;
}

/// Between two of these stands an end of a grapheme, whatever is around.
bool isPlain(QChar c)
{
    return c.unicode() >= 0x20 && c.unicode() < 0x7f;
}

/// Code units at both ends that are surely the same graphemes in both texts. Finding graphemes
/// takes longer than all else, and most edits change little.
std::pair<qsizetype, qsizetype> sameEnds(const QString& before, const QString& after)
{
    const qsizetype most = std::min(before.size(), after.size());
    const auto* differs = std::mismatch(before.begin(), before.begin() + most, after.begin()).first;
    const qsizetype same = differs - before.begin();
    qsizetype begin = same;
    while (begin > 0 && !(begin < same && isPlain(before[begin - 1]) && isPlain(before[begin])))
        --begin;
    qsizetype last = 0;
    while (last < most - same && before[before.size() - 1 - last] == after[after.size() - 1 - last])
        ++last;
    qsizetype end = last;
    while (end > 0
        && !(end < last && isPlain(before[before.size() - end])
            && isPlain(before[before.size() - end - 1])))
        --end;
    return {begin, end};
}

using Furthest = std::vector<std::vector<int>>; ///< of each number of differences, by diagonal

/// Back from the end: the kept pairs of the path, last first.
std::vector<std::pair<int, int>> keptPairs(const Furthest& furthest, int x, int y)
{
    std::vector<std::pair<int, int>> kept;
    for (int d = int(furthest.size()); d-- > 0;) {
        const int k = x - y;
        int fromX = 0;
        int fromY = 0;
        if (d > 0) {
            const auto& before = furthest[std::size_t(d - 1)];
            const auto at = [&](int diagonal) {
                return std::abs(diagonal) <= d - 1 ? before[std::size_t(diagonal + d - 1)] : -1;
            };
            const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
            const int previous = down ? k + 1 : k - 1;
            fromX = at(previous);
            fromY = fromX - previous;
        }
        // The step away from the previous path, then the diagonal.
        const int stepX = d == 0 ? 0 : (x - y > fromX - fromY ? fromX + 1 : fromX);
        while (x > stepX) {
            --x;
            --y;
            kept.push_back({x, y});
        }
        x = fromX;
        y = fromY;
    }
    return kept;
}

std::vector<DiffHunk> hunksBetween(
    const std::vector<std::pair<int, int>>& keptBackwards, qsizetype n, qsizetype m)
{
    std::vector<DiffHunk> hunks;
    qsizetype x = 0;
    qsizetype y = 0;
    const auto upTo = [&](qsizetype toX, qsizetype toY) {
        if (toX > x || toY > y)
            hunks.push_back({x, toX - x, y, toY - y});
        x = toX + 1;
        y = toY + 1;
    };
    for (auto it = keptBackwards.rbegin(); it != keptBackwards.rend(); ++it)
        upTo(it->first, it->second);
    upTo(n, m);
    return hunks;
}

std::vector<DiffHunk> withoutShortKept(const std::vector<DiffHunk>& hunks)
{
    std::vector<DiffHunk> out;
    for (const DiffHunk& hunk : hunks) {
        if (!out.empty() && hunk.before - (out.back().before + out.back().removed) < kLeastKept) {
            DiffHunk& last = out.back();
            last.removed = hunk.before + hunk.removed - last.before;
            last.inserted = hunk.after + hunk.inserted - last.after;
        } else {
            out.push_back(hunk);
        }
    }
    return out;
}

} // namespace

std::optional<std::vector<DiffHunk>> shortestDiff(
    std::span<const int> before, std::span<const int> after, int maxDifferences)
{
    const int n = int(before.size());
    const int m = int(after.size());
    if (n == 0 || m == 0) {
        // Nothing can be kept; the search below would take the square of the length to say so.
        if (n + m > maxDifferences)
            return std::nullopt;
        return hunksBetween({}, n, m);
    }
    Furthest furthest;
    for (int d = 0; d <= std::min(maxDifferences, n + m); ++d) {
        std::vector<int> row(std::size_t(2 * d + 1), -1);
        for (int k = -d; k <= d; k += 2) {
            int x = 0;
            if (d > 0) {
                const auto& last = furthest.back();
                const auto at = [&](int diagonal) {
                    return std::abs(diagonal) <= d - 1 ? last[std::size_t(diagonal + d - 1)] : -1;
                };
                const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
                x = down ? at(k + 1) : at(k - 1) + 1;
            }
            int y = x - k;
            while (x >= 0 && y >= 0 && x < n && y < m
                && before[std::size_t(x)] == after[std::size_t(y)]) {
                ++x;
                ++y;
            }
            row[std::size_t(k + d)] = x;
            if (x == n && y == m) {
                furthest.push_back(std::move(row));
                return hunksBetween(keptPairs(furthest, n, m), n, m);
            }
        }
        furthest.push_back(std::move(row));
    }
    return std::nullopt;
}

namespace {

/// The same for texts that begin and end differently, as far as is known.
std::vector<TextEdit> diffMiddles(const QString& before, const QString& after)
{
    QHash<QString, int> known;
    const Graphemes old = graphemesOf(before, known);
    const Graphemes fresh = graphemesOf(after, known);
    const auto n = qsizetype(old.numbers.size());
    const auto m = qsizetype(fresh.numbers.size());
    const auto [oldDiffers, freshDiffers] = std::mismatch(
        old.numbers.begin(), old.numbers.end(), fresh.numbers.begin(), fresh.numbers.end());
    const qsizetype begin = oldDiffers - old.numbers.begin();
    qsizetype end = 0;
    while (end < std::min(n, m) - begin
        && old.numbers[std::size_t(n - 1 - end)] == fresh.numbers[std::size_t(m - 1 - end)])
        ++end;

    const std::span oldMiddle(old.numbers.data() + begin, std::size_t(n - begin - end));
    const std::span freshMiddle(fresh.numbers.data() + begin, std::size_t(m - begin - end));
    const auto shortest = shortestDiff(oldMiddle, freshMiddle, kMaxDifferences);
    const std::vector<DiffHunk> hunks = shortest
        ? withoutShortKept(*shortest)
        : std::vector<DiffHunk>{{0, qsizetype(oldMiddle.size()), 0, qsizetype(freshMiddle.size())}};

    std::vector<TextEdit> edits;
    qsizetype counted = 0;
    quint64 position = 0;
    for (const DiffHunk& hunk : hunks) {
        const auto start = [&](const Graphemes& text, qsizetype i) {
            return text.starts[std::size_t(begin + i)];
        };
        const qsizetype from = start(old, hunk.before);
        const qsizetype to = start(old, hunk.before + hunk.removed);
        position += codePointCount(QStringView(before).sliced(counted, from - counted));
        counted = from;
        const qsizetype newFrom = start(fresh, hunk.after);
        edits.push_back({position, codePointCount(QStringView(before).sliced(from, to - from)),
            after.sliced(newFrom, start(fresh, hunk.after + hunk.inserted) - newFrom)});
    }
    return edits;
}

} // namespace

std::vector<TextEdit> diffTexts(const QString& before, const QString& after)
{
    if (before == after)
        return {};
    if (before.isEmpty() || after.isEmpty())
        return {{0, codePointCount(before), after}};
    const auto [begin, end] = sameEnds(before, after);
    std::vector<TextEdit> edits = diffMiddles(before.sliced(begin, before.size() - begin - end),
        after.sliced(begin, after.size() - begin - end));
    const quint64 skipped = codePointCount(QStringView(before).first(begin));
    for (TextEdit& each : edits)
        each.position += skipped;
    return edits;
}

} // namespace Waymark

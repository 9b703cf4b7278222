// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/crdt/textchange.h"

#include "sync/crdt/logtable.h"
#include "sync/crdt/utf8.h"

#include <algorithm>
#include <set>

namespace Waymark {

namespace {

enum Kind : unsigned { Insert = 0, Delete = 1, Undelete = 2 };
constexpr unsigned kKindBits = 2;
constexpr quint64 kMaxParts = 1000;
constexpr quint64 kMaxSteps = quint64(1) << 20;

/// Typing on: the next characters are right children of the last ones.
bool continueInsert(TextStep& last, const TextStep& next, const LogName& author)
{
    auto* before = std::get_if<TextInsert>(&last);
    const auto* after = std::get_if<TextInsert>(&next);
    if (!before || !after)
        return false;
    const quint64 end = before->first + before->text.size();
    if (after->first != end || after->place != Place{ElementId{author, end - 1}, Side::Right})
        return false;
    before->text += after->text;
    return true;
}

bool overlap(const std::vector<ElementRange>& a, const std::vector<ElementRange>& b)
{
    return std::any_of(a.begin(), a.end(), [&](const ElementRange& x) {
        return std::any_of(b.begin(), b.end(), [&](const ElementRange& y) {
            return x.log == y.log && x.first < y.first + y.count && y.first < x.first + x.count;
        });
    });
}

void writeDelete(VarintWriter& out, const TextDelete& step, const LogTable& table)
{
    out.number(quint64(step.ranges.size()) << kKindBits | Delete);
    const ElementRange* previous = nullptr;
    for (const ElementRange& range : step.ranges) {
        out.number(table.reference(range.log));
        const bool same = previous && previous->log == range.log;
        out.number(same ? range.first - (previous->first + previous->count) - 1 : range.first);
        out.number(range.count - 1);
        previous = &range;
    }
}

std::optional<TextInsert> readInsert(VarintReader& in, quint64 head, LogTable& table)
{
    TextInsert step;
    step.place = table.readPlace(in, head, &step.first);
    const auto text = fromUtf8(in.raw(in.number()));
    if (!in.ok() || !text || text->empty() || text->size() > kMaxTextCharacters
        || step.first + text->size() - 1 > VarintReader::kMax)
        return std::nullopt;
    step.text = *text;
    return step;
}

std::optional<TextDelete> readDelete(VarintReader& in, quint64 count, LogTable& table)
{
    TextDelete step;
    quint64 previous = 0;
    quint64 end = 0;
    for (quint64 i = 0; i < count && in.ok(); ++i) {
        const quint64 reference = in.number();
        const quint64 given = in.number();
        const bool same = i > 0 && reference == previous;
        ElementRange range{table.log(reference, in), same ? end + 1 + given : given, 0};
        range.count = in.number() + 1;
        end = range.first + range.count;
        if (reference < previous || range.first > VarintReader::kMax
            || end - 1 > VarintReader::kMax)
            return std::nullopt;
        previous = reference;
        step.ranges.push_back(std::move(range));
    }
    if (!in.ok() || count == 0)
        return std::nullopt;
    return step;
}

std::optional<TextUndelete> readUndelete(VarintReader& in, quint64 rest)
{
    TextUndelete step;
    const auto operation = Hash::fromBytes(in.raw(Hash::kSize));
    step.deletion.part = quint32(in.number(kMaxParts - 1));
    step.deletion.step = quint32(in.number(kMaxSteps - 1));
    if (!in.ok() || !operation || rest != 0)
        return std::nullopt;
    step.deletion.operation = *operation;
    return step;
}

bool readStep(VarintReader& in, LogTable& table, std::vector<TextStep>& steps)
{
    const auto add = [&steps](auto step) {
        if (step)
            steps.emplace_back(std::move(*step));
        return step.has_value();
    };
    const quint64 head = in.number();
    const quint64 rest = head >> kKindBits;
    switch (head & ((1U << kKindBits) - 1)) {
    case Insert:
        return in.ok() && add(readInsert(in, rest, table));
    case Delete:
        return add(readDelete(in, rest, table));
    case Undelete:
        return add(readUndelete(in, rest));
    }
    return false;
}

} // namespace

void normalizeRanges(std::vector<ElementRange>& ranges, const LogName& author)
{
    std::erase_if(ranges, [](const ElementRange& range) { return range.count == 0; });
    std::sort(ranges.begin(), ranges.end(), [&](const ElementRange& a, const ElementRange& b) {
        const bool otherA = a.log != author;
        const bool otherB = b.log != author;
        return std::tie(otherA, a.log, a.first) < std::tie(otherB, b.log, b.first);
    });
    std::vector<ElementRange> out;
    for (ElementRange& range : ranges) {
        if (!out.empty() && out.back().log == range.log
            && range.first <= out.back().first + out.back().count) {
            const quint64 end = range.first + range.count;
            out.back().count = std::max(out.back().count, end - out.back().first);
        } else {
            out.push_back(std::move(range));
        }
    }
    ranges = std::move(out);
}

void TextChange::append(TextChange later, const LogName& author)
{
    for (TextStep& step : later.steps) {
        if (!steps.empty()) {
            if (continueInsert(steps.back(), step, author))
                continue;
            auto* before = std::get_if<TextDelete>(&steps.back());
            auto* after = std::get_if<TextDelete>(&step);
            if (before && after && before->ranges.size() < 64
                && !overlap(before->ranges, after->ranges)) {
                before->ranges.insert(
                    before->ranges.end(), after->ranges.begin(), after->ranges.end());
                normalizeRanges(before->ranges, author);
                continue;
            }
        }
        steps.push_back(std::move(step));
    }
}

Bytes encode(const TextChange& change, const LogName& author)
{
    Q_ASSERT(!change.isEmpty());
    LogTable table(author);
    for (const TextStep& step : change.steps) {
        if (const auto* insert = std::get_if<TextInsert>(&step))
            table.collect(insert->place);
        if (const auto* remove = std::get_if<TextDelete>(&step)) {
            for (const ElementRange& range : remove->ranges)
                table.collect(range.log);
        }
    }
    VarintWriter out;
    table.write(out);
    for (const TextStep& step : change.steps) {
        if (const auto* insert = std::get_if<TextInsert>(&step)) {
            table.writePlace(out, insert->place, insert->first, kKindBits);
            const Bytes text = utf8Of(insert->text);
            out.number(quint64(text.size()));
            out.raw(text);
        } else if (const auto* remove = std::get_if<TextDelete>(&step)) {
            TextDelete normal = *remove;
            normalizeRanges(normal.ranges, author);
            writeDelete(out, normal, table);
        } else if (const auto* undo = std::get_if<TextUndelete>(&step)) {
            out.number(Undelete);
            out.raw(undo->deletion.operation.view());
            out.number(undo->deletion.part);
            out.number(undo->deletion.step);
        }
    }
    return out.take();
}

Result<TextChange> decodeTextChange(BytesView bytes, const LogName& author)
{
    const Error damaged{ErrorCode::OperationDamaged, QStringLiteral("text change")};
    VarintReader in(bytes);
    LogTable table(author);
    table.read(in);
    TextChange change;
    quint64 inserted = 0;
    quint64 deleted = 0;
    std::set<DeletionName> undone;
    do {
        if (!readStep(in, table, change.steps))
            return damaged;
        const TextStep& step = change.steps.back();
        if (const auto* insert = std::get_if<TextInsert>(&step)) {
            inserted += insert->text.size();
        } else if (const auto* remove = std::get_if<TextDelete>(&step)) {
            for (const ElementRange& range : remove->ranges)
                deleted += std::min(range.count, kMaxTextCharacters + 1);
        } else if (!undone.insert(std::get<TextUndelete>(step).deletion).second) {
            return damaged;
        }
        // Few bytes must not name the same elements over and over.
        if (inserted > kMaxTextCharacters || deleted > kMaxTextCharacters)
            return damaged;
    } while (in.ok() && !in.atEnd());
    if (!in.ok() || !table.allUsed() || change.steps.size() > kMaxSteps)
        return damaged;
    return change;
}

} // namespace Waymark

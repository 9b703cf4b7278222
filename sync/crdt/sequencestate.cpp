// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/crdt/sequence.h"
#include "sync/crdt/varint.h"

#include <algorithm>

namespace Waymark {

namespace {

constexpr quint64 kFormat = 1;
constexpr quint64 kMaxLogs = VersionVector::kMaxLogs;
constexpr std::size_t kLoadedLeafSpans = 48;

struct Deletions
{
    quint32 counter = 0;
    quint32 length = 0;
    quint32 count = 0;
};

} // namespace

std::vector<std::size_t> Sequence::storedLogs() const
{
    std::vector<std::size_t> logs;
    for (std::size_t i = 1; i < m_logs.size(); ++i) {
        if (!m_logs[i].leafOf.empty() || m_logs[i].first > 0)
            logs.push_back(i);
    }
    std::sort(logs.begin(), logs.end(),
        [this](std::size_t a, std::size_t b) { return m_logs[a].name < m_logs[b].name; });
    return logs;
}

/// Neither the order nor the spans are written: the heads of the chains give both.
Bytes Sequence::encode() const
{
    const auto stored = storedLogs();
    std::vector<quint32> numbers(m_logs.size(), 0);
    for (std::size_t i = 0; i < stored.size(); ++i)
        numbers[stored[i]] = quint32(i + 1);
    std::vector<std::vector<Deletions>> deletions(m_logs.size());
    for (const Leaf& leaf : m_leaves) {
        for (const Span& span : leaf.spans)
            deletions[span.log].push_back({span.counter, span.length, span.deletions});
    }

    VarintWriter out;
    out.number(kFormat);
    out.number(stored.size());
    for (const std::size_t index : stored) {
        const Log& log = m_logs[index];
        out.number(quint64(log.name.bytes().size()));
        out.raw(log.name.bytes());
        out.number(log.first);
        out.number(log.leafOf.size());
        out.number(log.heads.size());
        quint32 counter = log.first;
        for (const quint32 number : log.heads) {
            const Head& head = m_heads[number];
            out.number(head.counter - counter);
            counter = head.counter;
            out.number(quint64(numbers[head.parent.log]) << 1 | (head.side == Side::Right));
            out.number(head.parent.counter);
        }
        auto& runs = deletions[index];
        std::sort(runs.begin(), runs.end(),
            [](const Deletions& a, const Deletions& b) { return a.counter < b.counter; });
        for (std::size_t i = 0; i < runs.size();) {
            quint64 length = 0;
            const quint32 count = runs[i].count;
            for (; i < runs.size() && runs[i].count == count; ++i)
                length += runs[i].length;
            out.number(length);
            out.number(count);
        }
    }
    return out.take();
}

/// Reads heads and deletions, then walks the tree they describe with a stack of its own, and so
/// makes spans, leaves and index.
class SequenceLoader
{
public:
    SequenceLoader(BytesView bytes, quint64 maxElements, quint64 bound)
        : m_in(bytes), m_left(maxElements), m_sequence(bound)
    {
    }
    bool load()
    {
        if (m_in.number() != kFormat)
            m_in.fail();
        const quint64 logs = m_in.number(kMaxLogs);
        for (quint64 i = 0; i < logs && m_in.ok(); ++i)
            readLog();
        return m_in.ok() && m_in.atEnd() && findAttachments() && walk();
    }
    [[nodiscard]] Sequence take() { return std::move(m_sequence); }

private:
    using Atom = Sequence::Atom;
    using Head = Sequence::Head;
    using Span = Sequence::Span;

    /// A piece of a chain that is still to be gone through, with what hangs on it or without.
    struct Task
    {
        quint32 head = 0;
        quint32 from = 0;
        quint32 to = 0;
        bool whole = false; ///< write as it is
        bool hasLeft = false;
        bool hasRight = false;
    };

    void readLog();
    void readHeads(quint32 index, quint64 first, quint64 count);
    void readDeletions(quint64 first, quint64 count);
    bool findAttachments();
    bool walk();
    bool visit(const Task& task);
    [[nodiscard]] std::vector<quint32>::const_iterator attachedFrom(Atom atom) const;
    bool push(quint32 head);
    void write(const Task& task);
    void append(const Span& span);
    [[nodiscard]] quint32 chainEnd(quint32 head) const;

    VarintReader m_in;
    quint64 m_left;
    Sequence m_sequence;
    std::vector<std::vector<Deletions>> m_deletions{{{0, 1, 1}}};
    std::vector<quint32> m_attached; ///< heads by parent, side, log
    std::vector<Task> m_tasks;
    std::size_t m_visited = 0;
};

void SequenceLoader::readLog()
{
    auto& logs = m_sequence.m_logs;
    const auto name = LogName::fromBytes(m_in.raw(m_in.number(LogName::kBranchSize)));
    const quint64 first = m_in.number(Sequence::kNoBound);
    const quint64 count = m_in.number(std::min(m_left, Sequence::kNoBound - first));
    if (!m_in.ok() || !name || *name <= logs.back().name || first + count == 0)
        return m_in.fail();
    m_left -= count;
    const auto index = quint32(logs.size());
    logs.push_back({*name, quint32(first), std::vector<quint32>(count), {}});
    m_sequence.m_logIndex.insert(*name, index);
    readHeads(index, first, count);
    readDeletions(first, count);
}

void SequenceLoader::readHeads(quint32 index, quint64 first, quint64 count)
{
    const quint64 heads = m_in.number(count);
    if (heads > quint64(m_in.remaining()) || (heads == 0) != (count == 0))
        return m_in.fail();
    quint64 counter = first;
    for (quint64 i = 0; i < heads && m_in.ok(); ++i) {
        const quint64 gap = m_in.number(count - 1);
        const quint64 parent = m_in.number();
        const quint64 parentCounter = m_in.number(2 * Sequence::kNoBound);
        counter += gap;
        if ((gap == 0) != (i == 0) || counter >= first + count || parent >> 1 > kMaxLogs)
            return m_in.fail();
        m_sequence.m_logs[index].heads.push_back(quint32(m_sequence.m_heads.size()));
        m_sequence.m_heads.push_back(
            {index, quint32(counter), {quint32(parent >> 1), quint32(parentCounter)},
                (parent & 1) != 0 ? Side::Right : Side::Left, 0, 0, 0});
    }
}

void SequenceLoader::readDeletions(quint64 first, quint64 count)
{
    auto& runs = m_deletions.emplace_back();
    const quint64 end = first + count;
    for (quint64 counter = first; counter < end && m_in.ok();) {
        const quint64 length = m_in.number(end - counter);
        const quint64 deletions = m_in.number(~quint32(0));
        if (length == 0 || (!runs.empty() && runs.back().count == deletions))
            return m_in.fail();
        runs.push_back({quint32(counter), quint32(length), quint32(deletions)});
        counter += length;
    }
}

/// Checks that each head's parent is there and that its place is its own.
bool SequenceLoader::findAttachments()
{
    const auto& heads = m_sequence.m_heads;
    for (quint32 i = 1; i < heads.size(); ++i) {
        const Head& head = heads[i];
        if (head.parent.log >= m_sequence.m_logs.size())
            return false;
        const auto& log = m_sequence.m_logs[head.parent.log];
        const bool right = head.side == Side::Right;
        if (head.parent.counter < log.first || head.parent.counter - log.first >= log.leafOf.size()
            || (head.parent.log == 0 && !right)
            || (right && head.parent.log == head.log && head.parent.counter + 1 == head.counter))
            return false;
        m_attached.push_back(i);
    }
    const auto key = [&heads](quint32 i) {
        const Head& head = heads[i];
        return std::tuple(head.parent.log, head.parent.counter, head.side, head.log);
    };
    std::sort(m_attached.begin(), m_attached.end(),
        [&](quint32 a, quint32 b) { return key(a) < key(b); });
    return std::adjacent_find(m_attached.begin(), m_attached.end(), [&](quint32 a, quint32 b) {
        return key(a) == key(b);
    }) == m_attached.end();
}

quint32 SequenceLoader::chainEnd(quint32 head) const
{
    const auto& log = m_sequence.m_logs[m_sequence.m_heads[head].log];
    const bool last = head == log.heads.back();
    return last ? log.first + quint32(log.leafOf.size()) : m_sequence.m_heads[head + 1].counter;
}

bool SequenceLoader::walk()
{
    m_sequence.m_leaves.clear();
    m_sequence.m_order.clear();
    m_sequence.m_visible.clear();
    m_tasks.push_back({0, 0, 1, false, false, false});
    while (!m_tasks.empty()) {
        const Task task = m_tasks.back();
        m_tasks.pop_back();
        if (task.whole)
            write(task);
        else if (!visit(task))
            return false;
    }
    m_sequence.sumBlocks(0);
    // Heads in a ring are never come by.
    return m_visited == m_attached.size();
}

std::vector<quint32>::const_iterator SequenceLoader::attachedFrom(Atom atom) const
{
    return std::lower_bound(
        m_attached.begin(), m_attached.end(), atom, [this](quint32 i, Atom wanted) {
            const Atom parent = m_sequence.m_heads[i].parent;
            return std::pair(parent.log, parent.counter) < std::pair(wanted.log, wanted.counter);
        });
}

bool SequenceLoader::push(quint32 head)
{
    m_sequence.linkHead(head);
    ++m_visited;
    m_tasks.push_back(
        {head, m_sequence.m_heads[head].counter, chainEnd(head), false, false, false});
    return true;
}

/// Goes on to the next element of the chain on which other chains hang.
bool SequenceLoader::visit(const Task& task)
{
    const auto& heads = m_sequence.m_heads;
    const quint32 log = heads[task.head].log;
    const auto begin = attachedFrom({log, task.from});
    if (begin == m_attached.end() || heads[*begin].parent.log != log
        || heads[*begin].parent.counter >= task.to) {
        write({task.head, task.from, task.to, true, false, false});
        return true;
    }
    const quint32 element = heads[*begin].parent.counter;
    auto right = begin;
    auto end = begin;
    while (end != m_attached.end() && heads[*end].parent == Atom{log, element}) {
        right += heads[*end].side == Side::Left;
        ++end;
    }
    if (element > task.from)
        write({task.head, task.from, element, true, false, true});

    // What comes first is pushed last.
    bool chain = element + 1 < task.to;
    const bool hasRight = chain || right != end;
    for (auto it = end; it != right;) {
        --it;
        if (chain && heads[*it].log == log)
            return false;
        if (chain && heads[*it].log < log) {
            m_tasks.push_back({task.head, element + 1, task.to, false, false, false});
            chain = false;
        }
        push(*it);
    }
    if (chain)
        m_tasks.push_back({task.head, element + 1, task.to, false, false, false});
    m_tasks.push_back({task.head, element, element + 1, true, begin != right, hasRight});
    for (auto it = right; it != begin;)
        push(*--it);
    return true;
}

/// Appends a piece of a chain, cut where the number of deletions changes.
void SequenceLoader::write(const Task& task)
{
    const Head& head = m_sequence.m_heads[task.head];
    const auto& runs = m_deletions[head.log];
    auto run = std::prev(std::upper_bound(runs.begin(), runs.end(), task.from,
        [](quint32 counter, const Deletions& other) { return counter < other.counter; }));
    for (quint32 from = task.from; from < task.to; ++run) {
        const quint32 to = std::min(task.to, run->counter + run->length);
        append({head.log, from, to - from, run->count, from == head.counter,
            from == task.from && task.hasLeft, to < task.to || task.hasRight});
        from = to;
    }
}

void SequenceLoader::append(const Span& span)
{
    auto& leaves = m_sequence.m_leaves;
    if (leaves.empty() || leaves.back().spans.size() == kLoadedLeafSpans) {
        const auto number = quint32(leaves.size());
        leaves.push_back({{}, number});
        m_sequence.m_order.push_back(number);
        m_sequence.m_visible.push_back(0);
    }
    auto& spans = leaves.back().spans;
    spans.push_back(span);
    m_sequence.setWhere(span, quint32(leaves.size() - 1));
    if (span.log != 0)
        m_sequence.m_total += span.length;
    if (span.deletions == 0) {
        m_sequence.m_visible.back() += span.length;
        m_sequence.m_visibleTotal += span.length;
    }
    if (spans.size() > 1)
        m_sequence.mergeWithNext(quint32(leaves.size() - 1), quint32(spans.size() - 2));
}

Result<Sequence> Sequence::decode(BytesView bytes, quint64 maxElements, quint64 bound)
{
    SequenceLoader loader(bytes, maxElements, bound);
    if (!loader.load())
        return Error{ErrorCode::Failed, QStringLiteral("no sequence")};
    return loader.take();
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/crdt/versionvector.h"

#include <algorithm>

namespace Waymark {

namespace {

constexpr qint64 kMaxSeq = (qint64(1) << 53) - 1;

bool before(const VersionVector::Item& item, const LogName& log)
{
    return item.log < log;
}

} // namespace

quint64 VersionVector::seq(const LogName& log) const
{
    const auto it = std::lower_bound(m_items.begin(), m_items.end(), log, before);
    return it != m_items.end() && it->log == log ? it->seq : 0;
}

bool VersionVector::covers(const VersionVector& other) const
{
    return std::all_of(other.m_items.begin(), other.m_items.end(),
        [this](const Item& item) { return covers(item.log, item.seq); });
}

void VersionVector::raise(const LogName& log, quint64 seqOfLog)
{
    if (seqOfLog == 0)
        return;
    const auto it = std::lower_bound(m_items.begin(), m_items.end(), log, before);
    if (it != m_items.end() && it->log == log)
        it->seq = std::max(it->seq, seqOfLog);
    else
        m_items.insert(it, Item{log, seqOfLog});
}

void VersionVector::merge(const VersionVector& other)
{
    std::vector<Item> merged;
    merged.reserve(m_items.size() + other.m_items.size());
    auto a = m_items.begin();
    auto b = other.m_items.begin();
    while (a != m_items.end() || b != other.m_items.end()) {
        if (b == other.m_items.end() || (a != m_items.end() && a->log < b->log)) {
            merged.push_back(*a++);
        } else if (a == m_items.end() || b->log < a->log) {
            merged.push_back(*b++);
        } else {
            merged.push_back({a->log, std::max(a->seq, b->seq)});
            ++a;
            ++b;
        }
    }
    m_items = std::move(merged);
}

void VersionVector::write(Cbor::Writer& writer) const
{
    writer.map(m_items.size());
    // Map keys go by their encoded bytes, where the shorter names come first.
    for (const bool branches : {false, true}) {
        for (const Item& item : m_items) {
            if (item.log.isBranch() == branches)
                writer.bytes(item.log.bytes()).integer(qint64(item.seq));
        }
    }
}

Bytes VersionVector::encode() const
{
    Cbor::Writer writer;
    write(writer);
    return writer.take();
}

VersionVector VersionVector::read(Cbor::Reader& reader)
{
    VersionVector vector;
    const quint64 count = reader.map(kMaxLogs);
    std::optional<LogName> previous;
    for (quint64 i = 0; i < count && reader.ok(); ++i) {
        const auto log = LogName::fromBytes(reader.bytes(LogName::kBranchSize));
        const qint64 seq = reader.integer(1, kMaxSeq);
        if (!log
            || (previous
                && !(previous->isBranch() != log->isBranch() ? log->isBranch()
                                                             : *previous < *log))) {
            reader.fail();
            break;
        }
        previous = log;
        vector.m_items.push_back({*log, quint64(seq)});
    }
    if (!reader.ok())
        return {};
    std::sort(vector.m_items.begin(), vector.m_items.end(),
        [](const Item& a, const Item& b) { return a.log < b.log; });
    return vector;
}

Result<VersionVector> VersionVector::decode(BytesView bytes)
{
    Cbor::Reader reader(bytes);
    VersionVector vector = read(reader);
    if (!reader.finished())
        return Error{ErrorCode::Failed, QStringLiteral("no version vector")};
    return vector;
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/handshake/skippedkeys.h"

#include "app/crypto/hash.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace Waymark {

BytesView SkippedKeys::record(std::size_t at) const
{
    return m_keys.view().sliced(qsizetype(at * kRecord), kRecord);
}

void SkippedKeys::copyHeaderKey(std::size_t at, SecretBytes& out) const
{
    Q_ASSERT(out.size() == kKeySize);
    std::memcpy(out.data(), headerOf(at).data(), kKeySize);
}

SecretBytes SkippedKeys::messageKey(std::size_t at) const
{
    return SecretBytes::copyOf(record(at).last(kKeySize));
}

bool SkippedKeys::continuesChain(std::size_t at) const
{
    return at > 0 && equalBytes(headerOf(at - 1), headerOf(at));
}

std::size_t SkippedKeys::find(std::size_t at, quint32 number) const
{
    for (std::size_t i = 0; i < size(); ++i) {
        if (m_entries[i].number == number && equalBytes(headerOf(at), headerOf(i)))
            return i;
    }
    return size();
}

void SkippedKeys::append(BytesView headerKey, BytesView messageKey, Entry entry)
{
    const std::size_t used = size() * kRecord;
    if (used + kRecord > m_keys.size()) {
        SecretBytes larger(std::max(m_keys.size() * 2, 8 * kRecord));
        if (used > 0)
            std::memcpy(larger.data(), m_keys.data(), used);
        m_keys = std::move(larger);
    }
    std::memcpy(m_keys.data() + used, headerKey.data(), kKeySize);
    std::memcpy(m_keys.data() + used + kKeySize, messageKey.data(), kKeySize);
    m_entries.push_back(entry);
}

void SkippedKeys::makeRoom(std::size_t count)
{
    if (size() + count > kMax)
        removeFirst(std::min(size(), size() + count - kMax));
}

void SkippedKeys::add(BytesView headerKey, quint32 number, BytesView messageKey, qint64 nowMs)
{
    Q_ASSERT(headerKey.size() == qsizetype(kKeySize) && messageKey.size() == qsizetype(kKeySize));
    makeRoom(1);
    append(headerKey, messageKey, {number, nowMs});
}

void SkippedKeys::removeFirst(std::size_t count)
{
    const std::size_t left = (size() - count) * kRecord;
    if (left > 0)
        std::memmove(m_keys.data(), m_keys.data() + count * kRecord, left);
    if (count > 0)
        std::memset(m_keys.data() + left, 0, count * kRecord);
    m_entries.erase(m_entries.begin(), m_entries.begin() + qsizetype(count));
}

void SkippedKeys::remove(std::size_t at)
{
    unsigned char* const to = m_keys.data() + at * kRecord;
    const std::size_t after = (size() - at - 1) * kRecord;
    if (after > 0)
        std::memmove(to, to + kRecord, after);
    std::memset(to + after, 0, kRecord);
    m_entries.erase(m_entries.begin() + qsizetype(at));
}

void SkippedKeys::expire(qint64 nowMs)
{
    const auto young = std::find_if(m_entries.begin(), m_entries.end(),
        [&](const Entry& entry) { return entry.sinceMs >= nowMs - kKeptMs; });
    removeFirst(std::size_t(young - m_entries.begin()));
}

SkippedKeys SkippedKeys::clone() const
{
    SkippedKeys out;
    out.m_entries = m_entries;
    out.m_keys = m_keys.slice(0, size() * kRecord);
    return out;
}

void SkippedKeys::write(Cbor::Writer& out) const
{
    out.array(size());
    for (std::size_t i = 0; i < size(); ++i)
        out.array(3).bytes(record(i)).integer(m_entries[i].number).integer(m_entries[i].sinceMs);
}

SkippedKeys SkippedKeys::read(Cbor::Reader& in)
{
    SkippedKeys out;
    for (quint64 left = in.array(kMax); in.ok() && left > 0; --left) {
        in.arrayOf(3);
        const BytesView keys = in.bytes(kRecord);
        const auto number = quint32(in.integer(0, std::numeric_limits<quint32>::max()));
        const qint64 since
            = in.integer(std::numeric_limits<qint64>::min(), std::numeric_limits<qint64>::max());
        if (keys.size() != qsizetype(kRecord))
            in.fail();
        else
            out.append(keys.first(kKeySize), keys.last(kKeySize), {number, since});
    }
    return out;
}

} // namespace Waymark

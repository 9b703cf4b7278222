// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/cbor.h"
#include "app/crypto/secretbytes.h"

#include <vector>

namespace Waymark {

/// The keys of messages that were overtaken by later ones and may still come, oldest first. All of
/// them stand in one piece of protected memory, since a page for each of 10,000 would be too many.
class SkippedKeys
{
public:
    static constexpr std::size_t kMax = 10'000; ///< beyond it the oldest goes
    static constexpr qint64 kKeptMs = qint64(60) * 24 * 60 * 60 * 1000;
    static constexpr std::size_t kKeySize = 32;

    [[nodiscard]] std::size_t size() const { return m_entries.size(); }
    /// Into memory of kKeySize: there may be thousands to try.
    void copyHeaderKey(std::size_t at, SecretBytes& out) const;
    [[nodiscard]] SecretBytes messageKey(std::size_t at) const;
    [[nodiscard]] quint32 number(std::size_t at) const { return m_entries[at].number; }
    /// Whether entry `at` belongs to the same chain as the one before it.
    [[nodiscard]] bool continuesChain(std::size_t at) const;
    /// The entry of message `number` in the chain of entry `at`, or size().
    [[nodiscard]] std::size_t find(std::size_t at, quint32 number) const;

    /// Lets the oldest go where `count` more would be beyond kMax.
    void makeRoom(std::size_t count);
    void add(BytesView headerKey, quint32 number, BytesView messageKey, qint64 nowMs);
    void remove(std::size_t at);
    /// Forgets what has been kept for over 60 days. A clock that steps back keeps longer.
    void expire(qint64 nowMs);

    [[nodiscard]] SkippedKeys clone() const;
    void write(Cbor::Writer& out) const;
    [[nodiscard]] static SkippedKeys read(Cbor::Reader& in);

private:
    struct Entry
    {
        quint32 number;
        qint64 sinceMs;
    };
    static constexpr std::size_t kRecord = 2 * kKeySize; // header key, message key

    [[nodiscard]] BytesView record(std::size_t at) const;
    [[nodiscard]] BytesView headerOf(std::size_t at) const { return record(at).first(kKeySize); }
    void append(BytesView headerKey, BytesView messageKey, Entry entry);
    void removeFirst(std::size_t count);

    std::vector<Entry> m_entries;
    SecretBytes m_keys; // of which the first size() records are used
};

} // namespace Waymark

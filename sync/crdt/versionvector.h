// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/cbor.h"
#include "sync/crdt/logname.h"

#include <vector>

namespace Waymark {

/// For each log the last `seq` of it that is known, all before it included: a causal past. A log of
/// which nothing is known is absent. A plain value; any thread.
class VersionVector
{
public:
    struct Item
    {
        LogName log;
        quint64 seq = 0; ///< 1 or more

        friend bool operator==(const Item&, const Item&) = default;
    };

    [[nodiscard]] bool isEmpty() const { return m_items.empty(); }
    /// Ascending by log name.
    [[nodiscard]] const std::vector<Item>& items() const { return m_items; }
    /// 0 where nothing of the log is known.
    [[nodiscard]] quint64 seq(const LogName& log) const;

    [[nodiscard]] bool covers(const LogName& log, quint64 seqOfLog) const
    {
        return seq(log) >= seqOfLog;
    }
    /// Everything the other knows is known here.
    [[nodiscard]] bool covers(const VersionVector& other) const;
    /// Never lowers.
    void raise(const LogName& log, quint64 seqOfLog);
    void merge(const VersionVector& other);

    /// A deterministic CBOR map from log names (byte strings) to numbers.
    [[nodiscard]] Bytes encode() const;
    void write(Cbor::Writer& writer) const;
    /// Refuses with Failed what encode() does not write, and more than kMaxLogs logs.
    [[nodiscard]] static Result<VersionVector> decode(BytesView bytes);
    /// The same from the middle of a message; a fault is the reader's.
    [[nodiscard]] static VersionVector read(Cbor::Reader& reader);

    /// 64 members with 8 live and 64 past devices each, and branches of some.
    static constexpr quint64 kMaxLogs = 8192;

    friend bool operator==(const VersionVector&, const VersionVector&) = default;

private:
    std::vector<Item> m_items;
};

} // namespace Waymark

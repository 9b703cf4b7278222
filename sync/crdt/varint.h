// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/bytes.h"

namespace Waymark {

/// Appends numbers in groups of seven bits, lowest group first; every byte but a number's last has
/// its highest bit set (unsigned LEB128).
class VarintWriter
{
public:
    void number(quint64 value)
    {
        while (value >= 0x80) {
            m_out.append(char(value | 0x80));
            value >>= 7;
        }
        m_out.append(char(value));
    }
    void raw(BytesView bytes) { m_out.append(bytes.data(), bytes.size()); }
    [[nodiscard]] Bytes take() { return std::move(m_out); }

private:
    Bytes m_out;
};

/// Reads what VarintWriter writes and nothing else: a number in more bytes than it needs is a
/// fault. The first fault sticks; later reads give zeros. Views point into the given bytes.
class VarintReader
{
public:
    /// What numbers may be at most: integers of the protocol are below 2^53.
    static constexpr quint64 kMax = (quint64(1) << 53) - 1;

    explicit VarintReader(BytesView data) : m_data(data) { }

    quint64 number(quint64 max = kMax)
    {
        quint64 value = 0;
        for (int shift = 0; shift < 56 && m_ok && m_position < m_data.size(); shift += 7) {
            const auto byte = quint8(m_data[m_position++]);
            value |= quint64(byte & 0x7f) << shift;
            if (byte < 0x80) {
                if (value > max || (byte == 0 && shift > 0))
                    break;
                return value;
            }
        }
        fail();
        return 0;
    }
    BytesView raw(quint64 size)
    {
        if (!m_ok || size > quint64(remaining())) {
            fail();
            return {};
        }
        const BytesView view = m_data.sliced(m_position, qsizetype(size));
        m_position += qsizetype(size);
        return view;
    }
    void fail() { m_ok = false; }
    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] bool atEnd() const { return m_position == m_data.size(); }
    [[nodiscard]] qsizetype remaining() const { return m_data.size() - m_position; }

private:
    BytesView m_data;
    qsizetype m_position = 0;
    bool m_ok = true;
};

} // namespace Waymark

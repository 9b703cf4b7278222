// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/bytes.h"
#include "app/core/result.h"

#include <QString>

namespace Waymark::Cbor {

/// Deterministic CBOR (RFC 8949, 4.2.1): definite lengths, shortest integers, shortest floats, map
/// keys in the order of their encoded bytes. What Writer writes, Reader accepts; Reader accepts
/// nothing else, so equal values have equal bytes.

enum class Kind { Integer, Bytes, Text, Array, Map, Boolean, Null, Float, End, Invalid };

/// Appends items. The caller writes exactly as many items as it announced, and map keys in order.
class Writer
{
public:
    Writer& array(quint64 count);
    Writer& map(quint64 count);
    Writer& integer(qint64 value);
    Writer& bytes(BytesView value);
    Writer& text(QStringView value);
    Writer& utf8(BytesView value); ///< text that is UTF-8 already
    Writer& boolean(bool value);
    Writer& null();
    Writer& number(double value); ///< shortest of half, single and double that keeps the value
    Writer& raw(BytesView encoded); ///< items that are encoded already

    template <typename Tag, std::size_t N>
    Writer& id(const FixedBytes<Tag, N>& value)
    {
        return bytes(value.view());
    }

    [[nodiscard]] const Bytes& data() const { return m_out; }
    [[nodiscard]] Bytes take() { return std::move(m_out); }

private:
    void head(unsigned major, quint64 value);
    Bytes m_out;
};

/// Reads foreign bytes. The first fault sticks: later reads give empty values, and ok() is false.
/// Views point into the bytes given to the constructor, which must outlive them.
class Reader
{
public:
    static constexpr int kMaxDepth = 16;

    explicit Reader(BytesView data);

    [[nodiscard]] Kind peek() const;
    /// The number of items, at most `max`; what is larger is a fault.
    quint64 array(quint64 max);
    quint64 map(quint64 max);
    /// An array of exactly `count` items.
    void arrayOf(quint64 count);
    qint64 integer(qint64 min, qint64 max);
    BytesView bytes(qsizetype max);
    BytesView utf8(qsizetype max); ///< text; valid UTF-8 of at most `max` bytes
    QString text(qsizetype max);
    bool boolean();
    void null();
    double number(); ///< a float (not an integer)
    bool nullNext(); ///< reads null and says so, or reads nothing
    template <typename Id>
    Id id()
    {
        const auto found = Id::fromBytes(bytes(Id::kSize));
        if (!found)
            fail();
        return found.value_or(Id{});
    }
    /// One whole item of any kind, checked throughout; its encoded bytes.
    BytesView skip();
    void fail() { m_ok = false; }

    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] bool atEnd() const { return m_position == m_data.size(); }
    /// All was well and nothing is left over.
    [[nodiscard]] bool finished() const { return ok() && atEnd(); }
    [[nodiscard]] qsizetype position() const { return m_position; }
    /// Bytes read since `from`, an earlier position().
    [[nodiscard]] BytesView since(qsizetype from) const
    {
        return m_data.sliced(from, m_position - from);
    }

private:
    struct Head
    {
        unsigned major = 8;
        unsigned info = 0;
        quint64 value = 0;
    };
    Head head();
    BytesView payload(unsigned major, qsizetype max);
    double floatOf(const Head& head);
    void skipItem(int depth);

    BytesView m_data;
    qsizetype m_position = 0;
    bool m_ok = true;
};

} // namespace Waymark::Cbor

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/bytes.h"

#include <memory>
#include <span>

namespace Waymark {

/// Bytes that nobody else may see: kept in locked, guarded memory of their own, wiped when freed,
/// moved but never copied by accident. Any thread, one at a time.
class SecretBytes
{
public:
    SecretBytes() = default;
    /// `size` zero bytes.
    explicit SecretBytes(std::size_t size);
    /// A copy of bytes that stand elsewhere; the caller wipes those.
    [[nodiscard]] static SecretBytes copyOf(BytesView bytes);
    [[nodiscard]] static SecretBytes random(std::size_t size);

    [[nodiscard]] unsigned char* data() { return m_data.get(); }
    [[nodiscard]] const unsigned char* data() const { return m_data.get(); }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool isEmpty() const { return m_size == 0; }
    [[nodiscard]] BytesView view() const
    {
        return BytesView(reinterpret_cast<const char*>(m_data.get()), qsizetype(m_size));
    }
    [[nodiscard]] SecretBytes clone() const { return copyOf(view()); }
    /// The bytes [from, from + size).
    [[nodiscard]] SecretBytes slice(std::size_t from, std::size_t size) const;
    /// Equal in constant time for equal sizes.
    [[nodiscard]] bool equals(BytesView other) const;
    void clear();

private:
    struct Free
    {
        void operator()(unsigned char* memory) const;
    };
    std::unique_ptr<unsigned char, Free> m_data;
    std::size_t m_size = 0;
};

/// Overwrites bytes that held a secret, in place, so that the compiler cannot leave it out.
/// A shared array is detached by this: wipe what nobody else holds.
void wipe(Bytes& bytes);

} // namespace Waymark

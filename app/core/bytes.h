// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <array>
#include <compare>
#include <cstring>
#include <optional>

namespace Waymark {

using Bytes = QByteArray;
using BytesView = QByteArrayView;

/// A name of exactly N bytes. Tag keeps ids of different things apart at compile time.
/// Ordered by bytes, lowest first: that order is part of the protocol.
template <typename Tag, std::size_t N>
struct FixedBytes
{
    static constexpr std::size_t kSize = N;
    std::array<unsigned char, N> data{};

    /// Nothing unless the view holds exactly N bytes.
    [[nodiscard]] static std::optional<FixedBytes> fromBytes(BytesView bytes)
    {
        if (bytes.size() != qsizetype(N))
            return std::nullopt;
        FixedBytes id;
        std::memcpy(id.data.data(), bytes.data(), N);
        return id;
    }
    /// Nothing unless the text is exactly 2 N hexadecimal digits.
    [[nodiscard]] static std::optional<FixedBytes> fromHex(BytesView hex)
    {
        return hex.size() == qsizetype(2 * N) ? fromBytes(QByteArray::fromHex(hex.toByteArray()))
                                              : std::nullopt;
    }
    /// The bytes without a copy; valid while this lives.
    [[nodiscard]] BytesView view() const
    {
        return BytesView(reinterpret_cast<const char*>(data.data()), qsizetype(N));
    }
    [[nodiscard]] Bytes bytes() const { return view().toByteArray(); }
    [[nodiscard]] Bytes hex() const { return bytes().toHex(); }
    [[nodiscard]] bool isZero() const { return data == decltype(data){}; }

    friend auto operator<=>(const FixedBytes&, const FixedBytes&) = default;
    friend std::size_t qHash(const FixedBytes& id, std::size_t seed = 0) noexcept
    {
        return qHashBits(id.data.data(), N, seed);
    }
};

} // namespace Waymark

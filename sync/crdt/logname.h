// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"

#include <QHashFunctions>

#include <compare>
#include <optional>
#include <utility>

namespace Waymark {

/// The name of one log: the 16 bytes of a device, or where that device's log forked, the device's
/// 16 bytes followed by the 32-byte hash of the branch's first header. Ordered by bytes, lowest
/// first, a prefix before what it begins: that order is part of the protocol.
class LogName
{
public:
    static constexpr qsizetype kDeviceSize = 16;
    static constexpr qsizetype kBranchSize = 48;

    /// No log; sorts before every log.
    LogName() = default;
    explicit LogName(const DeviceId& device) : m_bytes(device.bytes()) { }
    LogName(const DeviceId& device, const Hash& branch) : m_bytes(device.bytes() + branch.bytes())
    {
    }
    /// Nothing unless the bytes are of one of the two sizes.
    [[nodiscard]] static std::optional<LogName> fromBytes(BytesView bytes)
    {
        if (bytes.size() != kDeviceSize && bytes.size() != kBranchSize)
            return std::nullopt;
        LogName name;
        name.m_bytes = bytes.toByteArray();
        return name;
    }

    [[nodiscard]] bool isNull() const { return m_bytes.isEmpty(); }
    [[nodiscard]] bool isBranch() const { return m_bytes.size() == kBranchSize; }
    [[nodiscard]] const Bytes& bytes() const { return m_bytes; }
    /// Whose log it is; zeros for no log.
    [[nodiscard]] DeviceId device() const
    {
        return DeviceId::fromBytes(BytesView(m_bytes).first(isNull() ? 0 : kDeviceSize))
            .value_or(DeviceId{});
    }

    friend bool operator==(const LogName& a, const LogName& b) { return a.m_bytes == b.m_bytes; }
    friend std::strong_ordering operator<=>(const LogName& a, const LogName& b)
    {
        return BytesView(a.m_bytes).compare(b.m_bytes) <=> 0;
    }
    friend std::size_t qHash(const LogName& name, std::size_t seed = 0) noexcept
    {
        return qHash(name.m_bytes, seed);
    }

private:
    Bytes m_bytes;
};

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/bytes.h"

#include <span>

namespace Waymark {

/// Where random bytes come from. Injected, so that a seed can drive tests; the program's is
/// crypto's SystemRandom. Implementations may be used from any thread.
class Random
{
public:
    virtual ~Random() = default;
    virtual void fill(std::span<unsigned char> out) = 0;

    [[nodiscard]] Bytes bytes(qsizetype size)
    {
        Bytes out(size, Qt::Uninitialized);
        fill({reinterpret_cast<unsigned char*>(out.data()), std::size_t(size)});
        return out;
    }
    template <typename Id>
    [[nodiscard]] Id id()
    {
        Id out;
        fill(out.data);
        return out;
    }
};

} // namespace Waymark

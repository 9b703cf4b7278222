// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/random.h"

#include <random>

namespace Waymark {

/// Bytes that a seed determines. One thread.
class SeededRandom final : public Random
{
public:
    explicit SeededRandom(quint64 seed) : m_engine(seed) { }
    void fill(std::span<unsigned char> out) override
    {
        for (unsigned char& byte : out)
            byte = static_cast<unsigned char>(m_engine());
    }
    /// From 0 to below `bound`.
    [[nodiscard]] quint64 below(quint64 bound) { return m_engine() % bound; }

private:
    std::mt19937_64 m_engine;
};

} // namespace Waymark

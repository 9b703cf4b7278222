// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crypto/secretbytes.h"

#include "app/crypto/sodium.h"

#include <sodium.h>

#include <cstdlib>
#include <cstring>

namespace Waymark {

void SecretBytes::Free::operator()(unsigned char* memory) const
{
    sodium_free(memory);
}

SecretBytes::SecretBytes(std::size_t size) : m_size(size)
{
    ensureSodium();
    if (size == 0)
        return;
    m_data.reset(static_cast<unsigned char*>(sodium_malloc(size)));
    if (!m_data)
        std::abort(); // no memory that could be protected: nothing sensible can go on
    std::memset(m_data.get(), 0, size);
}

SecretBytes SecretBytes::copyOf(BytesView bytes)
{
    SecretBytes out(std::size_t(bytes.size()));
    if (!bytes.isEmpty())
        std::memcpy(out.data(), bytes.data(), out.size());
    return out;
}

SecretBytes SecretBytes::random(std::size_t size)
{
    SecretBytes out(size);
    randombytes_buf(out.data(), size);
    return out;
}

SecretBytes SecretBytes::slice(std::size_t from, std::size_t size) const
{
    Q_ASSERT(from + size <= m_size);
    return copyOf(view().sliced(qsizetype(from), qsizetype(size)));
}

bool SecretBytes::equals(BytesView other) const
{
    return other.size() == qsizetype(m_size)
        && (m_size == 0 || sodium_memcmp(m_data.get(), other.data(), m_size) == 0);
}

void SecretBytes::clear()
{
    m_data.reset();
    m_size = 0;
}

void wipe(Bytes& bytes)
{
    if (!bytes.isEmpty())
        sodium_memzero(bytes.data(), std::size_t(bytes.size()));
    bytes.clear();
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/crdt/utf8.h"

namespace Waymark {

Bytes utf8Of(const std::u32string& text)
{
    qsizetype size = 0;
    for (const char32_t c : text)
        size += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    Bytes out(size, Qt::Uninitialized);
    char* to = out.data();
    for (const char32_t c : text) {
        if (c < 0x80) {
            *to++ = char(c);
        } else if (c < 0x800) {
            *to++ = char(0xc0 | (c >> 6));
            *to++ = char(0x80 | (c & 0x3f));
        } else if (c < 0x10000) {
            *to++ = char(0xe0 | (c >> 12));
            *to++ = char(0x80 | ((c >> 6) & 0x3f));
            *to++ = char(0x80 | (c & 0x3f));
        } else {
            *to++ = char(0xf0 | (c >> 18));
            *to++ = char(0x80 | ((c >> 12) & 0x3f));
            *to++ = char(0x80 | ((c >> 6) & 0x3f));
            *to++ = char(0x80 | (c & 0x3f));
        }
    }
    return out;
}

std::optional<std::u32string> fromUtf8(BytesView bytes)
{
    std::u32string text;
    text.reserve(std::size_t(bytes.size()));
    for (qsizetype i = 0; i < bytes.size();) {
        const auto lead = quint8(bytes[i++]);
        if (lead < 0x80) {
            text.push_back(lead);
            continue;
        }
        const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
        if (lead < 0xc2 || lead > 0xf4 || bytes.size() - i < more)
            return std::nullopt;
        char32_t c = lead & (0x3f >> more);
        for (int k = 0; k < more; ++k) {
            const auto byte = quint8(bytes[i++]);
            if ((byte & 0xc0) != 0x80)
                return std::nullopt;
            c = c << 6 | (byte & 0x3f);
        }
        const char32_t least = more == 3 ? 0x10000 : more == 2 ? 0x800 : 0x80;
        if (c < least || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
            return std::nullopt;
        text.push_back(c);
    }
    return text;
}

} // namespace Waymark

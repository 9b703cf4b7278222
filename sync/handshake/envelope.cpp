// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/handshake/envelope.h"

#include <zstd.h>

#include <algorithm>
#include <array>

namespace Waymark {

namespace {

constexpr std::array<qsizetype, 5> kSizes{256, 1024, 4 * 1024, 16 * 1024, 64 * 1024};
constexpr qsizetype kHead = 4; // how it is packed, and its length in 24 bits
static_assert(kMaxAlwaysFits == kSizes.back() - kHead);
constexpr char kAsItIs = 0;
constexpr char kZstd = 1;
constexpr int kLevel = 3;

Error malformed(const char* what)
{
    return {ErrorCode::MessageMalformed, QLatin1String(what)};
}

/// The content in zstd's form; empty when that is not shorter.
Bytes packed(BytesView content)
{
    Bytes out(qsizetype(ZSTD_compressBound(std::size_t(content.size()))), Qt::Uninitialized);
    const std::size_t size = ZSTD_compress(
        out.data(), std::size_t(out.size()), content.data(), std::size_t(content.size()), kLevel);
    if (ZSTD_isError(size) || qsizetype(size) >= content.size())
        return {};
    out.truncate(qsizetype(size));
    return out;
}

/// One frame that says how much it unpacks to, which is judged before anything is unpacked.
Result<Bytes> unpacked(BytesView frame)
{
    const auto size = std::size_t(frame.size());
    const unsigned long long announced = ZSTD_getFrameContentSize(frame.data(), size);
    if (announced == ZSTD_CONTENTSIZE_UNKNOWN || announced == ZSTD_CONTENTSIZE_ERROR)
        return malformed("a frame that does not tell its size");
    if (announced > quint64(kMaxUnpacked))
        return malformed("a frame that unpacks to too much");
    if (ZSTD_findFrameCompressedSize(frame.data(), size) != size)
        return malformed("not one frame");
    Bytes out(qsizetype(announced), Qt::Uninitialized);
    const std::size_t got
        = ZSTD_decompress(out.data(), std::size_t(out.size()), frame.data(), size);
    if (ZSTD_isError(got) || got != announced)
        return malformed("a frame that cannot be unpacked");
    return out;
}

} // namespace

Result<Bytes> wrapContent(BytesView content)
{
    if (content.size() > kMaxUnpacked)
        return ErrorCode::TooLarge;
    const Bytes frame = content.size() > kPackAbove ? packed(content) : Bytes();
    const BytesView body = frame.isEmpty() ? content : BytesView(frame);
    const auto size = std::find_if(kSizes.begin(), kSizes.end(),
        [&](qsizetype candidate) { return body.size() + kHead <= candidate; });
    if (size == kSizes.end())
        return ErrorCode::TooLarge;
    Bytes out;
    out.reserve(*size);
    out.append(frame.isEmpty() ? kAsItIs : kZstd);
    for (int shift = 16; shift >= 0; shift -= 8)
        out.append(char((body.size() >> shift) & 0xff));
    out.append(body);
    out.append(*size - out.size(), '\0');
    return out;
}

Result<Bytes> unwrapContent(BytesView padded)
{
    if (std::find(kSizes.begin(), kSizes.end(), padded.size()) == kSizes.end())
        return malformed("not padded to one of the sizes");
    qsizetype size = 0;
    for (qsizetype i = 1; i < kHead; ++i)
        size = (size << 8) | qsizetype(static_cast<unsigned char>(padded[i]));
    if (size > padded.size() - kHead)
        return malformed("longer than its message");
    const BytesView body = padded.sliced(kHead, size);
    const BytesView padding = padded.sliced(kHead + size);
    if (!std::all_of(padding.begin(), padding.end(), [](char byte) { return byte == 0; }))
        return malformed("padding that is not zero");
    if (padded[0] == kZstd)
        return unpacked(body);
    if (padded[0] != kAsItIs)
        return malformed("packed in an unknown way");
    return body.toByteArray();
}

} // namespace Waymark

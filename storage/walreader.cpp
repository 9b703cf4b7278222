// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/walreader.h"

#include "app/crypto/hash.h"

#include <QIODevice>
#include <QtEndian>

namespace Waymark {

namespace {

constexpr qsizetype kHeader = 32;
constexpr qsizetype kFrameHeader = 24;
constexpr qsizetype kPage = 4096;
constexpr quint32 kMagic = 0x377f0682; ///< the lowest bit set: checksums over big-endian words
constexpr quint32 kVersion = 3007000;
// A page ends in its initialisation vector and its HMAC-SHA512.
constexpr qsizetype kMac = 64;
constexpr qsizetype kSalt = 16;

quint32 word(BytesView bytes, qsizetype at)
{
    return qFromBigEndian<quint32>(bytes.data() + at);
}

struct Checksum
{
    bool bigEndian = false;
    quint32 a = 0;
    quint32 b = 0;

    void add(BytesView bytes)
    {
        for (qsizetype i = 0; i + 8 <= bytes.size(); i += 8) {
            const char* at = bytes.data() + i;
            a += (bigEndian ? qFromBigEndian<quint32>(at) : qFromLittleEndian<quint32>(at)) + b;
            b += (bigEndian ? qFromBigEndian<quint32>(at + 4) : qFromLittleEndian<quint32>(at + 4))
                + a;
        }
    }
    [[nodiscard]] bool isAt(BytesView bytes, qsizetype at) const
    {
        return word(bytes, at) == a && word(bytes, at + 4) == b;
    }
};

struct Frame
{
    quint32 page = 0;
    bool commit = false;
    bool ours = false; ///< carries the salts of the header
};

Frame frameOf(BytesView header, BytesView salts)
{
    return {word(header, 0), word(header, 4) != 0, header.sliced(8, 8) == salts};
}

Error damaged(const QString& detail)
{
    return {ErrorCode::VaultDatabaseDamaged, detail};
}

bool isHeader(BytesView header, Checksum& sum)
{
    sum.bigEndian = (word(header, 0) & 1) != 0;
    sum.add(header.first(24));
    return (word(header, 0) & ~1U) == kMagic && word(header, 4) == kVersion
        && word(header, 8) == quint32(kPage) && sum.isAt(header, 24);
}

/// Whether what follows a frame that does not verify shows that it had been committed: a commit
/// frame of this log with a further frame of this log behind it. `seen` is the frame itself.
bool followedByProof(QIODevice& wal, Frame seen, BytesView salts)
{
    bool committed = seen.ours && seen.commit;
    for (;;) {
        const Bytes header = wal.read(kFrameHeader);
        if (header.size() < kFrameHeader)
            return false;
        const Frame frame = frameOf(header, salts);
        if (committed && frame.ours)
            return true;
        committed = committed || (frame.ours && frame.commit);
        if (wal.skip(kPage) < kPage)
            return false;
    }
}

/// Whether the pages of the first frames are this database's.
Status checkPages(QIODevice& wal, qint64 frames, const SecretBytes& macKey)
{
    if (!wal.seek(kHeader))
        return Error{ErrorCode::DiskFailed, wal.errorString()};
    qint64 foreign = 0;
    for (qint64 i = 0; i < frames; ++i) {
        const Bytes bytes = wal.read(kFrameHeader + kPage);
        if (bytes.size() < kFrameHeader + kPage)
            return Error{ErrorCode::DiskFailed, wal.errorString()};
        if (!pageVerifies(macKey, BytesView(bytes).sliced(kFrameHeader), word(bytes, 0)))
            ++foreign;
    }
    if (foreign > 0 && foreign == frames)
        return Error{ErrorCode::VaultDatabaseSwapped,
            QStringLiteral("the write-ahead log belongs to another vault")};
    if (foreign > 0)
        return damaged(
            QStringLiteral("%1 pages of the write-ahead log do not verify").arg(foreign));
    return {};
}

} // namespace

SecretBytes pageMacKey(const SecretBytes& databaseKey, BytesView salt)
{
    // PBKDF2-HMAC-SHA512 (RFC 8018) with two iterations, of which 32 bytes are used; the salt is
    // the database's with every byte changed by 0x3a.
    Bytes changed = salt.toByteArray();
    for (char& byte : changed)
        byte = char(byte ^ 0x3a);
    const SecretBytes first = hmacSha512(databaseKey, Bytes(changed + Bytes("\0\0\0\1", 4)));
    const SecretBytes second = hmacSha512(databaseKey, first.view());
    SecretBytes out(32);
    for (std::size_t i = 0; i < out.size(); ++i)
        out.data()[i] = first.data()[i] ^ second.data()[i];
    return out;
}

bool pageVerifies(const SecretBytes& macKey, BytesView page, quint32 number)
{
    Q_ASSERT(page.size() == kPage);
    const qsizetype from = number == 1 ? kSalt : 0; // the first page begins with the plain salt
    Bytes message = page.sliced(from, kPage - kMac - from).toByteArray();
    const quint32 little = qToLittleEndian(number);
    message.append(reinterpret_cast<const char*>(&little), sizeof little);
    return hmacSha512(macKey, message).equals(page.last(kMac));
}

Result<WalReport> readWal(QIODevice& wal, const SecretBytes& macKey)
{
    WalReport report;
    const Bytes header = wal.read(kHeader);
    if (header.size() < kHeader || wal.size() == kHeader)
        return report;
    Checksum sum;
    if (!isHeader(header, sum))
        return damaged(QStringLiteral("the header of the write-ahead log does not verify"));
    const BytesView salts = BytesView(header).sliced(16, 8);

    for (;;) {
        const Bytes bytes = wal.read(kFrameHeader + kPage);
        if (bytes.size() < kFrameHeader)
            break;
        const Frame frame = frameOf(bytes, salts);
        const bool whole = bytes.size() == kFrameHeader + kPage;
        if (whole) {
            sum.add(BytesView(bytes).first(8));
            sum.add(BytesView(bytes).sliced(kFrameHeader));
        }
        if (!whole || !frame.ours || frame.page == 0 || !sum.isAt(bytes, 16)) {
            if (followedByProof(wal, frame, salts))
                return damaged(QStringLiteral("frame %1 of the write-ahead log does not verify")
                                   .arg(report.verified + 1));
            break;
        }
        ++report.verified;
        if (frame.commit) {
            report.committed = report.verified;
            report.databasePages = word(bytes, 4);
        }
    }
    if (const Status pages = checkPages(wal, report.committed, macKey); !pages)
        return pages.error();
    report.tornEnd = wal.size() > kHeader + report.committed * (kFrameHeader + kPage);
    return report;
}

} // namespace Waymark

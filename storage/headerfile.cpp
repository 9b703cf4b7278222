// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/headerfile.h"

#include "app/core/log.h"
#include "storage/files.h"

#include <QFileInfo>

namespace Waymark {

namespace {

constexpr qint64 kMostBytes = 64 * 1024;
constexpr const char* kNew = ".new";
constexpr const char* kPrevious = ".previous";
constexpr const char* kDamaged = ".damaged";

void discard(const QString& path)
{
    if (const Status removed = Files::remove(path); !removed)
        qCWarning(logStorage) << "cannot remove a header:" << removed.error().detail;
}

} // namespace

QString HeaderFile::path(const char* suffix) const
{
    return m_folder + QStringLiteral("/vault.waymark") + QLatin1String(suffix);
}

Result<Header> HeaderFile::readFrom(const QString& from) const
{
    const Result<Bytes> content = Files::read(from, kMostBytes);
    if (content)
        return decodeHeader(*content);
    if (content.error().code == ErrorCode::NotFound)
        return ErrorCode::VaultHeaderMissing;
    if (content.error().code == ErrorCode::TooLarge)
        return Error{
            ErrorCode::VaultHeaderDamaged, QStringLiteral("vault.waymark has a wrong size")};
    return content.error();
}

Result<Header> HeaderFile::read() const
{
    Result<Header> present = readFrom(path());
    if (present)
        return present;
    const ErrorCode code = present.error().code;
    if (code == ErrorCode::VaultHeaderMissing || code == ErrorCode::VaultHeaderDamaged) {
        if (Result<Header> previous = readFrom(path(kPrevious)))
            return previous;
    }
    return present;
}

std::optional<Header> HeaderFile::readPrevious() const
{
    if (!readFrom(path()))
        return std::nullopt;
    Result<Header> previous = readFrom(path(kPrevious));
    return previous ? std::optional(std::move(*previous)) : std::nullopt;
}

Status HeaderFile::create(BytesView content) const
{
    if (const Status written = Files::write(path(kNew), content); !written)
        return written;
    const Status renamed = Files::rename(path(kNew), path());
    if (!renamed) {
        discard(path(kNew));
        discard(path());
    }
    return renamed;
}

Status HeaderFile::replace(
    BytesView content, const Opens& opens, const std::function<void()>& afterStep) const
{
    const auto step = [&afterStep] {
        if (afterStep)
            afterStep();
    };
    const Result<Bytes> present = Files::read(path(), kMostBytes);
    if (!present)
        return present.error();
    if (const Result<Header> whole = decodeHeader(*present); !whole)
        return whole.error(); // it must not take the place of a previous one that is whole
    Status status = Files::write(path(kNew), content);
    step();
    if (status.ok())
        status = Files::write(path(kPrevious), *present);
    step();
    if (status.ok())
        status = Files::syncFolder(m_folder);
    if (!status) {
        discard(path(kNew));
        discard(path(kPrevious));
        return status;
    }
    return swapIn(content, opens, step);
}

Status HeaderFile::swapIn(
    BytesView content, const Opens& opens, const std::function<void()>& step) const
{
    Status status = Files::rename(path(kNew), path());
    step();
    if (status.ok()) {
        const Result<Bytes> back = Files::read(path(), kMostBytes);
        if (!back)
            status = back.error();
        else if (*back != content)
            status = Error{ErrorCode::DiskFailed,
                QStringLiteral("vault.waymark does not read back as it was written")};
        else if (const Result<Header> header = decodeHeader(*back); !header)
            status = header.error();
        else
            status = opens(*header);
    }
    if (!status) {
        discard(path(kNew));
        if (const Status restored = Files::rename(path(kPrevious), path()); !restored)
            qCWarning(logStorage) << "the previous header stays beside:" << restored.error().detail;
        return status;
    }
    // The new one stands. If the previous one cannot go now, the next opening removes it.
    discard(path(kPrevious));
    step();
    return {};
}

Status HeaderFile::settle(const Header& opened) const
{
    const bool left = QFileInfo::exists(path(kNew)) || QFileInfo::exists(path(kPrevious));
    if (!left)
        return {};
    const Result<Header> present = readFrom(path());
    if (!present || *present != opened) {
        if (!present && present.error().code == ErrorCode::VaultHeaderDamaged) {
            if (const Status kept = Files::rename(path(), path(kDamaged)); !kept)
                return kept;
        }
        if (const Status restored = Files::rename(path(kPrevious), path()); !restored)
            return restored;
    }
    if (const Status removed = Files::remove(path(kNew)); !removed)
        return removed;
    return Files::remove(path(kPrevious));
}

} // namespace Waymark

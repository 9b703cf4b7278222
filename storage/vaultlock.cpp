// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/vaultlock.h"

#include "storage/sqlitestatus.h"

#include <QFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Waymark {

namespace {

Error errorOf(int number)
{
    return {errorCodeOfErrno(number),
        QStringLiteral("vault.lock: %1").arg(QString::fromLocal8Bit(strerror(number)))};
}

/// Whether the name still stands for the file that was opened.
bool isSame(int file, const Bytes& name)
{
    struct stat opened
    {
    };
    struct stat named
    {
    };
    return ::fstat(file, &opened) == 0 && ::stat(name.constData(), &named) == 0
        && opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

} // namespace

VaultLock::VaultLock(QString path, int file, bool made)
    : m_path(std::move(path)), m_file(file), m_made(made)
{
}

Result<std::unique_ptr<VaultLock>> VaultLock::take(const QString& folder)
{
    const QString path = folder + QStringLiteral("/vault.lock");
    const Bytes name = QFile::encodeName(path);
    // One that gives up removes the file it made; who opened it just before then holds a file
    // without a name, and tries again.
    for (int attempt = 0; attempt < 100; ++attempt) {
        bool made = false;
        int file = ::open(name.constData(), O_RDONLY | O_CLOEXEC);
        if (file < 0 && errno == ENOENT) {
            file = ::open(name.constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
            made = file >= 0;
            if (file < 0 && errno == EEXIST)
                continue;
        }
        if (file < 0)
            return errorOf(errno);
        if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
            const int error = errno;
            ::close(file);
            if (error == EWOULDBLOCK)
                return Error{ErrorCode::VaultInUse, path};
            return errorOf(error);
        }
        if (isSame(file, name))
            return std::unique_ptr<VaultLock>(new VaultLock(path, file, made));
        ::close(file);
    }
    return Error{ErrorCode::VaultInUse, path};
}

VaultLock::~VaultLock()
{
    if (m_made)
        ::unlink(QFile::encodeName(m_path).constData());
    ::close(m_file);
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/files.h"

#include "storage/sqlitestatus.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Waymark::Files {

namespace {

Error errorOf(int number, const char* what)
{
    return {number == ENOENT ? ErrorCode::NotFound : errorCodeOfErrno(number),
        QStringLiteral("%1: %2").arg(
            QLatin1String(what), QString::fromLocal8Bit(strerror(number)))};
}

/// Closes what it holds.
class Descriptor
{
public:
    explicit Descriptor(int value) : m_value(value) { }
    ~Descriptor()
    {
        if (m_value >= 0)
            ::close(m_value);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int value() const { return m_value; }
    [[nodiscard]] bool ok() const { return m_value >= 0; }

private:
    int m_value;
};

int writeAll(int file, BytesView content)
{
    qsizetype done = 0;
    while (done < content.size()) {
        const ssize_t count
            = ::write(file, content.data() + done, std::size_t(content.size() - done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errno;
        done += count;
    }
    return ::fsync(file) == 0 ? 0 : errno;
}

} // namespace

Result<Bytes> read(const QString& path, qint64 most)
{
    const Descriptor file(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC));
    if (!file.ok())
        return errno == EACCES ? Error{ErrorCode::DiskFailed, QStringLiteral("may not be read")}
                               : errorOf(errno, "open");
    Bytes content(qsizetype(most) + 1, Qt::Uninitialized);
    qsizetype size = 0;
    while (size < content.size()) {
        const ssize_t count
            = ::read(file.value(), content.data() + size, std::size_t(content.size() - size));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errorOf(errno, "read");
        if (count == 0)
            break;
        size += count;
    }
    if (size > most)
        return ErrorCode::TooLarge;
    content.truncate(size);
    return content;
}

Status write(const QString& path, BytesView content)
{
    const Bytes name = QFile::encodeName(path);
    int error = 0;
    {
        const Descriptor file(
            ::open(name.constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
        if (!file.ok())
            return errorOf(errno, "create");
        error = writeAll(file.value(), content);
    }
    if (error == 0)
        return {};
    ::unlink(name.constData());
    return errorOf(error, "write");
}

Status rename(const QString& from, const QString& to)
{
    if (::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) != 0)
        return errorOf(errno, "rename");
    return syncFolder(QFileInfo(to).path());
}

Status remove(const QString& path)
{
    if (::unlink(QFile::encodeName(path).constData()) != 0)
        return errno == ENOENT ? Status() : Status(errorOf(errno, "remove"));
    return syncFolder(QFileInfo(path).path());
}

Status syncFolder(const QString& folder)
{
    const Descriptor opened(
        ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.ok())
        return errorOf(errno, "open folder");
    // Some file systems cannot sync a folder and need not.
    if (::fsync(opened.value()) != 0 && errno != EINVAL)
        return errorOf(errno, "sync folder");
    return {};
}

Status checkWritable(const QString& path)
{
    if (::faccessat(AT_FDCWD, QFile::encodeName(path).constData(), W_OK, AT_EACCESS) != 0)
        return errorOf(errno, "no writing");
    return {};
}

Status reserve(const QString& path, qint64 size)
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY
        && quint64(size) > limit.rlim_cur)
        return Error{ErrorCode::DiskFull, QStringLiteral("files are limited in size")};
    const Descriptor file(::open(QFile::encodeName(path).constData(), O_RDWR | O_CLOEXEC));
    if (!file.ok())
        return errorOf(errno, "open");
    struct stat before
    {
    };
    if (::fstat(file.value(), &before) != 0)
        return errorOf(errno, "look at");
    if (before.st_size >= size)
        return {};
    const int error = ::posix_fallocate(file.value(), before.st_size, size - before.st_size);
    if (error == 0 || error == EOPNOTSUPP || error == EINVAL)
        return {};
    if (::ftruncate(file.value(), before.st_size) != 0)
        return errorOf(errno, "cut back");
    return errorOf(error, "make room");
}

void ignoreSizeSignal()
{
    struct sigaction now
    {
    };
    if (::sigaction(SIGXFSZ, nullptr, &now) == 0 && !(now.sa_flags & SA_SIGINFO)
        && now.sa_handler == SIG_DFL)
        ::signal(SIGXFSZ, SIG_IGN);
}

} // namespace Waymark::Files

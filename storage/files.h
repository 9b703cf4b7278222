// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/bytes.h"
#include "app/core/result.h"

#include <QString>

namespace Waymark::Files {

// Small files that must survive a power cut. Errors are NotFound, DiskFull, DiskReadOnly and
// DiskFailed. Blocking: not for the GUI thread.

/// The whole file; TooLarge where it has more than `most` bytes.
[[nodiscard]] Result<Bytes> read(const QString& path, qint64 most);
/// Writes a new file or replaces the content of one, for its owner alone, and syncs it. After an
/// error there is no such file.
Status write(const QString& path, BytesView content);
/// Renames over what may stand there, and syncs the folder.
Status rename(const QString& from, const QString& to);
/// Removes if it is there, and syncs the folder.
Status remove(const QString& path);
/// Makes the names in a folder durable.
Status syncFolder(const QString& folder);
/// Whether files of the folder can be changed: DiskReadOnly where not.
Status checkWritable(const QString& path);
/// Makes sure that a file may grow to `size` bytes, and gives it the room. DiskFull, and the file
/// as it was, where it may not.
Status reserve(const QString& path, qint64 size);
/// A write beyond the limit on the size of files shall be an error, not a signal that ends the
/// process.
void ignoreSizeSignal();

} // namespace Waymark::Files

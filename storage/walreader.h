// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"
#include "app/crypto/secretbytes.h"

class QIODevice;

namespace Waymark {

/// The key under which each page of a SQLCipher 4 database carries its HMAC-SHA512, from the raw
/// 32-byte database key and the 16-byte salt (docs/FILE_FORMAT.md).
[[nodiscard]] SecretBytes pageMacKey(const SecretBytes& databaseKey, BytesView salt);
/// Whether an encrypted page of 4096 bytes carries the right HMAC for its number.
[[nodiscard]] bool pageVerifies(const SecretBytes& macKey, BytesView page, quint32 number);

/// What a write-ahead log holds.
struct WalReport
{
    qint64 verified = 0; ///< frames from the start on whose salts and checksums are right
    qint64 committed = 0; ///< those of them up to the last commit frame
    quint32 databasePages = 0; ///< size of the database after the last commit frame
    bool tornEnd = false; ///< something stands behind the verified frames or after the last commit
};

/// Reads a write-ahead log before SQLite does, which would end at the first frame that does not
/// verify and drop what was committed after it. Format and checksum: "The WAL File Format" of
/// https://www.sqlite.org/fileformat2.html.
///
/// Every commit was synced before the next frame was written. So a frame that does not verify is
/// VaultDatabaseDamaged when a commit frame of this log (itself or a later one) was followed by a
/// further frame of this log; otherwise it is the end that a crash tore, and all is well. A bad
/// header of a log longer than 32 bytes is VaultDatabaseDamaged too. Frames whose checksums are
/// right but whose pages are not of this database are VaultDatabaseSwapped when it is all of them,
/// VaultDatabaseDamaged when it is some.
[[nodiscard]] Result<WalReport> readWal(QIODevice& wal, const SecretBytes& macKey);

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sqlitestatus.h"

#include "app/core/bytes.h"

#include <sqlite3.h>

#include <cerrno>

namespace Waymark {

ErrorCode errorCodeOfErrno(int number)
{
    switch (number) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG: // a limit on the size of files
        return ErrorCode::DiskFull;
    case EROFS:
    case EACCES:
    case EPERM:
        return ErrorCode::DiskReadOnly;
    default:
        return ErrorCode::DiskFailed;
    }
}

ErrorCode errorCodeOf(int code, sqlite3* db)
{
    switch (code & 0xff) {
    case SQLITE_FULL:
        return ErrorCode::DiskFull;
    case SQLITE_READONLY:
        return ErrorCode::DiskReadOnly;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return ErrorCode::VaultDatabaseDamaged;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorCode::VaultInUse;
    case SQLITE_TOOBIG:
        return ErrorCode::TooLarge;
    case SQLITE_NOMEM: // the machine's fault as well, not that of what was to be written
        return ErrorCode::DiskFailed;
    case SQLITE_INTERRUPT:
        return ErrorCode::Cancelled;
    case SQLITE_IOERR:
        if (code == SQLITE_IOERR_SHORT_READ || code == SQLITE_IOERR_CORRUPTFS)
            return ErrorCode::VaultDatabaseDamaged;
        [[fallthrough]];
    case SQLITE_CANTOPEN:
        return errorCodeOfErrno(db ? sqlite3_system_errno(db) : 0);
    case SQLITE_ERROR:
        // What fails in SQL or in a virtual table says how; a page that does not verify does not.
        return db && BytesView(sqlite3_errmsg(db)) == BytesView(sqlite3_errstr(SQLITE_ERROR))
            ? ErrorCode::VaultDatabaseDamaged
            : ErrorCode::Failed;
    default:
        return ErrorCode::Failed;
    }
}

} // namespace Waymark

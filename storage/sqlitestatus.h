// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"

struct sqlite3;

namespace Waymark {

/// The error code for what SQLite answered last on this connection. `code` is an (extended)
/// result code; `db` may be null.
[[nodiscard]] ErrorCode errorCodeOf(int code, sqlite3* db);
/// The error code for an errno of a file operation.
[[nodiscard]] ErrorCode errorCodeOfErrno(int number);

} // namespace Waymark

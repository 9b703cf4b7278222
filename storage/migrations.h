// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/connection.h"

#include <span>

namespace Waymark {

/// One step of the schema: SQL text, a function, or both (the text first). A step that was
/// released never changes again; a test holds its text by hash.
struct Migration
{
    int version;
    const char* sql = nullptr;
    Status (*function)(Connection&) = nullptr;
};

/// All steps there are, in order; the last one's version is what this program writes.
[[nodiscard]] std::span<const Migration> allMigrations();

/// Brings an open database to the newest schema, each step in a transaction of its own. VaultNewer
/// when it was written by a newer program, and then nothing is changed. Before the first write, a
/// write-ahead log that was found on opening is moved into the file. Database thread, or before
/// the connection is handed to it.
Status migrate(Connection& connection, std::span<const Migration> steps = allMigrations());

} // namespace Waymark

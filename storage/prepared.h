// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/statement.h"

namespace Waymark {

struct Statement::Prepared
{
    sqlite3_stmt* statement = nullptr;
    bool inUse = false;
};

} // namespace Waymark

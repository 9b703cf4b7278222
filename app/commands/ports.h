// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/journal.h"
#include "app/domain/keyvault.h"
#include "app/domain/pairing.h"
#include "app/domain/stores.h"
#include "app/domain/synccontrol.h"

namespace Waymark {

/// Everything that the commands know of the rest. The composition root owns what stands behind it.
struct Ports
{
    KeyVault& vault;
    Journal& journal;
    EntryStore& entries;
    Search& search;
    OperationLog& log;
    Pairing& pairing;
    SyncControl& sync;
};

} // namespace Waymark

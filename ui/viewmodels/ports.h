// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Waymark {

class Clock;
class EntryStore;
class Journal;
class KeyVault;
class Pairing;
class Random;
class SyncControl;

/// What the view models stand on. Everything outlives them.
struct PagePorts
{
    const Clock& clock;
    Random& random;
    KeyVault& vault;
    Journal& journal;
    EntryStore& entries;
    Pairing& pairing;
    SyncControl& sync;
    bool floorCost = false; ///< the least key derivation, for tests and small machines
};

} // namespace Waymark

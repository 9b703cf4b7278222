// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/fakeworld.h"

namespace Waymark::Tests {

/// How much there is, and what names it has.
enum class Fill { Empty, Typical, Full, Long, Hostile };

/// Lina's journal on one morning, with a mentor unless it is empty.
void fill(FakeWorld& world, Fill how);
/// Somebody asks to be let in; `expected`: under the name that was invited.
void addAsker(FakeWorld& world, bool expected, Fill how = Fill::Typical);
/// Lina asked to be let in and is not yet.
void addWaiting(FakeWorld& world, Fill how = Fill::Typical);
/// A link that the next pasted text holds.
void addLink(FakeWorld& world, Fill how = Fill::Typical);

/// What a partner might send to break the page it is shown on.
[[nodiscard]] QStringList hostileStrings();

} // namespace Waymark::Tests

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/figures.h"
#include "tests/bench/vaults.h"

namespace Waymark::Bench {

// What can be measured; each adds its rows. `rounds` is how often, the median counts.

/// Unlocking to the first 50 goals, with few entries and many, the file read before and not.
void measureOpening(Figures& figures, Vaults& vaults, int rounds);
/// One edit of a vault, committed, beside what plain SQLite takes for the same rows.
void measureCommits(Figures& figures, Vaults& vaults, int rounds);
/// Verifying beside reading every page.
void measureVerify(Figures& figures, Vaults& vaults, int rounds);
/// Taking in all operations of a partner, and making the tables of them again.
void measureFirstSync(Figures& figures, Vaults& vaults, int rounds);
/// A search at every keystroke, and what keeping the index costs.
void measureSearch(Figures& figures, Vaults& vaults, int rounds);
/// A long text written key by key, as one wrote it.
void measureText(Figures& figures, const QString& traces, int rounds);

} // namespace Waymark::Bench

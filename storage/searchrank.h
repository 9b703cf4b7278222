// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

struct sqlite3;

namespace Waymark {

/// Makes `weight(search)` known to a connection: how well a matching row fits, greater is better.
/// It is BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
/// 2009; k1 1.2, b 0.75), but how rare a word is, is told from at most its first 200 rows: FTS5's
/// own bm25() walks every row that has one of the words before the first result, and so takes
/// longer the more entries there are.
Status addSearchWeight(sqlite3* db);

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/searchrank.h"

#include "storage/sqlitestatus.h"

#include <sqlite3.h>

#include <cmath>
#include <vector>

namespace Waymark {

namespace {

constexpr double kSaturation = 1.2;
constexpr double kLengthShare = 0.75;
constexpr qint64 kRowsCounted = 200;

/// The same for all rows of one query.
struct Query
{
    std::vector<double> rarity; ///< of each phrase
    double meanLength = 1;
};

struct Counted
{
    qint64 rows = 0;
    qint64 first = 0;
    qint64 last = 0;
};

int countRow(const Fts5ExtensionApi* api, Fts5Context* row, void* user)
{
    auto* counted = static_cast<Counted*>(user);
    counted->last = api->xRowid(row);
    if (counted->rows++ == 0)
        counted->first = counted->last;
    return counted->rows < kRowsCounted ? SQLITE_OK : SQLITE_DONE;
}

/// Rows that have the phrase: counted while they are few, else from how close the first ones lie.
double rowsWith(const Fts5ExtensionApi* api, Fts5Context* context, int phrase, double all)
{
    Counted counted;
    if (api->xQueryPhrase(context, phrase, &counted, countRow) != SQLITE_OK)
        return all;
    const double rows = double(counted.rows);
    if (counted.rows < kRowsCounted)
        return rows;
    const double span = std::max(1.0, std::abs(double(counted.last - counted.first)));
    return std::clamp(rows * all / span, rows, all);
}

Query* queryOf(const Fts5ExtensionApi* api, Fts5Context* context)
{
    if (void* known = api->xGetAuxdata(context, 0))
        return static_cast<Query*>(known);
    sqlite3_int64 rows = 0;
    sqlite3_int64 words = 0;
    if (api->xRowCount(context, &rows) != SQLITE_OK
        || api->xColumnTotalSize(context, 0, &words) != SQLITE_OK || rows <= 0)
        return nullptr;
    auto query = std::make_unique<Query>();
    query->meanLength = std::max(1.0, double(words) / double(rows));
    const int phrases = api->xPhraseCount(context);
    for (int i = 0; i < phrases; ++i) {
        // A word alone is as rare in every row.
        const double with = phrases > 1 ? rowsWith(api, context, i, double(rows)) : 1;
        query->rarity.push_back(
            std::max(1e-6, std::log((double(rows) - with + 0.5) / (with + 0.5))));
    }
    Query* kept = query.release(); // FTS5 frees it, also where it cannot keep it
    const int code
        = api->xSetAuxdata(context, kept, [](void* each) { delete static_cast<Query*>(each); });
    return code == SQLITE_OK ? kept : nullptr;
}

void weight(const Fts5ExtensionApi* api, Fts5Context* context, sqlite3_context* result, int,
    sqlite3_value**)
{
    const Query* query = queryOf(api, context);
    int length = 0;
    if (!query || api->xColumnSize(context, 0, &length) != SQLITE_OK)
        return sqlite3_result_error(result, "weight", -1);
    double sum = 0;
    for (std::size_t i = 0; i < query->rarity.size(); ++i) {
        double times = 0;
        Fts5PhraseIter position;
        int column = 0;
        int offset = 0;
        if (api->xPhraseFirst(context, int(i), &position, &column, &offset) != SQLITE_OK)
            return sqlite3_result_error(result, "weight", -1);
        for (; column >= 0; api->xPhraseNext(context, &position, &column, &offset))
            ++times;
        const double damped
            = kSaturation * (1 - kLengthShare + kLengthShare * double(length) / query->meanLength);
        sum += query->rarity[i] * times * (kSaturation + 1) / (times + damped);
    }
    sqlite3_result_double(result, sum);
}

} // namespace

Status addSearchWeight(sqlite3* db)
{
    fts5_api* api = nullptr;
    sqlite3_stmt* asking = nullptr;
    int code = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &asking, nullptr);
    if (code == SQLITE_OK) {
        sqlite3_bind_pointer(asking, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
        sqlite3_step(asking);
    }
    sqlite3_finalize(asking);
    if (code == SQLITE_OK && api)
        code = api->xCreateFunction(api, "weight", nullptr, weight, nullptr);
    if (code != SQLITE_OK || !api)
        return Error{errorCodeOf(code, db), QStringLiteral("the search's weight")};
    return {};
}

} // namespace Waymark

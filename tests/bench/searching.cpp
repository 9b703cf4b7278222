// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/searchindex.h"
#include "tests/bench/groups.h"
#include "tests/bench/plainsqlite.h"

namespace Waymark::Bench {

namespace {

constexpr int kQueries = 40; ///< words that are typed, of each shape

/// What stands in the field after each keystroke, from the second letter on.
QStringList keystrokes(const QString& whole, int from)
{
    QStringList out;
    for (int length = from; length <= whole.size(); ++length)
        out.append(whole.left(length));
    return out;
}

struct Shape
{
    const char* name;
    double againstP95; ///< of plain bm25's p95
    QStringList queries;
    std::vector<double> ours, plain;
};

Bytes matchOf(const QString& query)
{
    QStringList terms;
    for (const QString& word : query.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        terms.append(QLatin1Char('"') + word + QLatin1Char('"'));
    return (terms.join(QLatin1Char(' ')) + QLatin1Char('*')).toUtf8();
}

std::vector<Shape> shapes()
{
    std::vector<Shape> out{{"one word", 0.1, {}, {}, {}}, {"two letters", 0.1, {}, {}, {}},
        {"two words", 2.0 / 3, {}, {}, {}}};
    Words words(7);
    for (int i = 0; i < kQueries; ++i) {
        const QString word = words.next();
        out[0].queries += keystrokes(word, 3);
        out[1].queries += word.left(2);
        out[2].queries += keystrokes(words.next() + QLatin1Char(' ') + word, 4).mid(2);
    }
    return out;
}

} // namespace

void measureSearch(Figures& figures, Vaults& vaults, int rounds)
{
    const QString vault = vaults.vault(vaults.entries());
    Plain db(vaults.copy(vaults.plain(vault), "same.db"));
    db.configure();
    PlainStatement plain(
        db, "SELECT rowid FROM search WHERE search MATCH ? ORDER BY bm25(search) LIMIT 20");
    Opened opened(vaults.copy(vault, "searched"));
    opened.unlock();
    std::vector<Shape> all = shapes();
    const auto ask = [&](const QString& query) {
        return microseconds([&] { (void)valueOf(opened.store.search(query, 20)); });
    };
    for (int round = 0; round < rounds; ++round) {
        for (Shape& shape : all) {
            for (const QString& query : shape.queries) {
                shape.ours.push_back(ask(query));
                const Bytes match = matchOf(query);
                shape.plain.push_back(microseconds([&] { plain.text(1, match).run(); }));
            }
        }
    }
    const QString reference = QStringLiteral("plain FTS5, bm25");
    for (const Shape& shape : all) {
        const QString name = QStringLiteral("search: %1, ").arg(QLatin1String(shape.name));
        figures.note(name + QStringLiteral("p50"), QStringLiteral("ms"), median(shape.ours) / 1000);
        figures.add(name + QStringLiteral("p95"), QStringLiteral("ms"),
            quantile(shape.ours, 0.95) / 1000, reference, quantile(shape.plain, 0.95) / 1000,
            {shape.againstP95});
    }
    // One edit, and the search after it that takes it in.
    const SpaceId space = opened.space();
    std::vector<double> commits, upkeep;
    Words words(9);
    const auto goals = valueOf(opened.store.rows(space, QStringLiteral("goal"), 0, 1000));
    for (int i = 0; i < 20 * rounds; ++i) {
        const EntryId id = goals[qsizetype(words.below(quint64(goals.size())))].id;
        const EntryChange change{{{QStringLiteral("title"), words.text(4)}}, {}, {}};
        commits.push_back(microseconds([&] { (void)valueOf(opened.store.change(id, change)); }));
        // Words that are nowhere: what is left is the upkeep.
        upkeep.push_back(ask(QStringLiteral("qqqqqqqq")));
    }
    figures.add(QStringLiteral("index: one changed entry taken in"), QStringLiteral("us"),
        median(upkeep), QStringLiteral("the commit it follows"), median(commits), {1.5});
    opened.lock();
}

} // namespace Waymark::Bench

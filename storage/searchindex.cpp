// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/searchindex.h"

#include "app/domain/view.h"
#include "storage/storedstates.h"

#include <QElapsedTimer>

namespace Waymark {

namespace {

constexpr int kStep = 50; ///< entries a transaction
constexpr int kCandidates = 1000; ///< the newest matches that are ranked
constexpr qsizetype kSnippet = 120;

/// The words of a query; letters and digits of any script.
QStringList wordsOf(const QString& query)
{
    QStringList out;
    QString word;
    for (const char32_t c : query.toUcs4()) {
        if (QChar::isLetterOrNumber(c) || QChar::isMark(c)) {
            word += QString::fromUcs4(&c, 1);
        } else if (!word.isEmpty()) {
            out.append(word);
            word.clear();
        }
    }
    if (!word.isEmpty())
        out.append(word);
    return out;
}

/// Every word must occur; the last one may be a beginning, unless something follows it.
QString matchOf(const QStringList& words, bool lastIsWhole)
{
    QStringList terms;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const bool beginning = i == words.size() - 1 && !lastIsWhole;
        terms.append(QLatin1Char('"') + words[i] + QLatin1Char('"')
            + (beginning ? QStringLiteral("*") : QString()));
    }
    return terms.join(QLatin1Char(' '));
}

/// Lower case without marks, unit for unit as long as the text.
QString folded(const QString& text)
{
    QString out = text;
    for (QChar& c : out) {
        const QString parts
            = c.decompositionTag() == QChar::Canonical ? c.decomposition() : QString();
        c = (parts.isEmpty() ? c : parts.front()).toLower();
    }
    return out;
}

QString snippetOf(const QString& text, const QStringList& words)
{
    const QString plain = folded(text);
    qsizetype at = -1;
    for (const QString& word : words) {
        const qsizetype found = plain.indexOf(folded(word));
        if (found >= 0 && (at < 0 || found < at))
            at = found;
    }
    qsizetype from = std::max<qsizetype>(0, at - kSnippet / 3);
    if (from > 0) {
        const qsizetype space = text.indexOf(QLatin1Char(' '), from);
        from = space >= 0 && space < at ? space + 1 : from;
    }
    QString out = text.mid(from, kSnippet).simplified();
    // No pair is split, and what is cut says so.
    if (!out.isEmpty() && out.back().isHighSurrogate())
        out.chop(1);
    if (!out.isEmpty() && out.front().isLowSurrogate())
        out.remove(0, 1);
    if (from > 0)
        out.prepend(QChar(0x2026));
    if (from + kSnippet < text.size())
        out.append(QChar(0x2026));
    return out;
}

/// An entry's row with its state, for its words.
struct Indexed
{
    EntryId id;
    QString kind;
    QString text;
    bool hidden = false;
};

Result<Indexed> indexedOf(Connection& connection, qint64 row)
{
    SpaceId space;
    Indexed out;
    {
        Statement found
            = connection.statement("SELECT eid, kind, deleted, sid FROM entry JOIN "
                                   "space ON space.id = entry.space WHERE entry.id = ?");
        found.bindAll(row);
        if (!found.next())
            return found.ok() ? Error{ErrorCode::NotFound, {}} : found.status().error();
        out.id = found.id<EntryId>(0);
        out.kind = found.text(1);
        out.hidden = found.boolean(2);
        space = found.id<SpaceId>(3);
        if (!found.ok())
            return found.status().error();
    }
    auto spaceRow = LogStore::space(connection, space);
    if (!spaceRow)
        return spaceRow.error();
    auto logs = LogStore::load(connection, **spaceRow);
    if (!logs)
        return logs.error();
    StoredStates states(*logs);
    EntryState* entry = states.find(out.id);
    if (entry)
        out.text = searchTextOf(states, *entry);
    if (!states.status())
        return states.status().error();
    return out;
}

} // namespace

Result<int> SearchIndex::unread()
{
    auto count = m_connection.oneInteger("SELECT count(*) FROM stale");
    if (!count)
        return count.error();
    return int(count->value_or(0));
}

Status SearchIndex::levelOne(qint64 row)
{
    auto entry = indexedOf(m_connection, row);
    if (!entry && entry.error().code != ErrorCode::NotFound)
        return entry.error();
    if (Status status = m_connection.run("DELETE FROM search WHERE rowid = ?", row); !status)
        return status;
    if (entry && !entry->hidden && !entry->text.isEmpty()) {
        if (Status status
            = m_connection.run("INSERT INTO search(rowid, body) VALUES(?, ?)", row, entry->text);
            !status)
            return status;
    }
    return m_connection.run("DELETE FROM stale WHERE entry = ?", row);
}

Status SearchIndex::levelSome(int count, int* done)
{
    std::vector<qint64> rows;
    {
        Statement stale
            = m_connection.statement("SELECT entry FROM stale ORDER BY entry DESC LIMIT ?");
        stale.bindAll(count);
        while (stale.next())
            rows.push_back(stale.integer(0));
        if (!stale.ok())
            return stale.status();
    }
    *done = int(rows.size());
    if (rows.empty())
        return {};
    Transaction commit(m_connection);
    if (!commit.begun())
        return commit.begun();
    for (const qint64 row : rows) {
        if (Status status = levelOne(row); !status)
            return status;
    }
    return commit.commit();
}

Status SearchIndex::level(int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    int done = 0;
    do {
        if (Status status = levelSome(kStep, &done); !status)
            return status;
    } while (done == kStep && timer.elapsed() < milliseconds);
    return {};
}

Result<SearchAnswer> SearchIndex::search(const QString& query, int limit)
{
    SearchAnswer out;
    auto waiting = unread();
    if (!waiting)
        return waiting.error();
    if (*waiting > 0 && *waiting <= kLevelAtMost) {
        int done = 0;
        if (Status status = levelSome(kLevelAtMost, &done); !status)
            return status.error();
    } else {
        out.unread = *waiting;
    }
    const QStringList words = wordsOf(query);
    if (words.isEmpty() || limit <= 0)
        return out;
    const bool lastIsWhole = query.back().isSpace();
    std::vector<std::pair<double, qint64>> ranked;
    {
        Statement rows = m_connection.statement("SELECT rowid, bm25(search) FROM search WHERE "
                                                "search MATCH ? ORDER BY rowid DESC LIMIT ?");
        rows.bindAll(matchOf(words, lastIsWhole), kCandidates);
        while (rows.next())
            ranked.emplace_back(rows.number(1), rows.integer(0));
        if (!rows.ok())
            return rows.status().error();
    }
    // Best first; ties newest first, which is how they came.
    std::stable_sort(ranked.begin(), ranked.end(),
        [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [rank, row] : ranked) {
        if (out.hits.size() >= limit)
            break;
        auto entry = indexedOf(m_connection, row);
        if (!entry)
            return entry.error();
        if (!entry->hidden)
            out.hits.append({entry->id, entry->kind, snippetOf(entry->text, words)});
    }
    return out;
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/searchindex.h"

#include "app/domain/view.h"
#include "storage/storedstates.h"

#include <QElapsedTimer>

namespace Waymark {

namespace {

constexpr int kStep = 200; ///< entries a transaction: some 20 ms
constexpr int kLongStep = 4000; ///< for whoever has a second and more
constexpr int kLongMs = 1000;
constexpr int kLevelMs = 25; ///< of a search, while more wait than it takes in whole
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

/// What an entry's row and state give for its words.
struct Indexed
{
    EntryId id;
    QString kind;
    QString text;
    bool hidden = false;
};

/// Reads entries of any space; what belongs to a space is read once.
class Reading
{
public:
    explicit Reading(Connection& connection) : m_connection(connection) { }

    /// NotFound where there is no such row (any more).
    Result<Indexed> entry(qint64 row)
    {
        Indexed out;
        qint64 space = 0;
        {
            Statement found = m_connection.statement(
                "SELECT eid, kind, deleted, space FROM entry WHERE id = ?");
            found.bindAll(row);
            if (!found.next())
                return found.ok() ? Error{ErrorCode::NotFound, {}} : found.status().error();
            out.id = found.id<EntryId>(0);
            out.kind = found.text(1);
            out.hidden = found.boolean(2);
            space = found.integer(3);
            if (!found.ok())
                return found.status().error();
        }
        auto opened = statesOf(space);
        if (!opened)
            return opened.error();
        StoredStates& states = **opened;
        if (EntryState* entry = states.find(out.id))
            out.text = searchTextOf(states, *entry);
        if (!states.status())
            return states.status().error();
        states.forget();
        return out;
    }

private:
    struct OneSpace
    {
        explicit OneSpace(LogStore&& store) : logs(std::move(store)), states(logs) { }
        LogStore logs;
        StoredStates states;
    };

    Result<StoredStates*> statesOf(qint64 space)
    {
        const auto known = m_spaces.find(space);
        if (known != m_spaces.end())
            return &known->second->states;
        auto rows = LogStore::spaces(m_connection);
        if (!rows)
            return rows.error();
        for (const SpaceRow& each : *rows) {
            if (each.id != space)
                continue;
            auto logs = LogStore::load(m_connection, each);
            if (!logs)
                return logs.error();
            return &m_spaces.emplace(space, std::make_unique<OneSpace>(std::move(*logs)))
                        .first->second->states;
        }
        return Error{ErrorCode::VaultDatabaseDamaged, QStringLiteral("an entry of no space")};
    }

    Connection& m_connection;
    std::map<qint64, std::unique_ptr<OneSpace>> m_spaces;
};

Status levelOne(Connection& connection, Reading& entries, qint64 row)
{
    auto entry = entries.entry(row);
    if (!entry && entry.error().code != ErrorCode::NotFound)
        return entry.error();
    if (Status status = connection.run("DELETE FROM search WHERE rowid = ?", row); !status)
        return status;
    if (entry && !entry->hidden && !entry->text.isEmpty()) {
        if (Status status
            = connection.run("INSERT INTO search(rowid, body) VALUES(?, ?)", row, entry->text);
            !status)
            return status;
    }
    return connection.run("DELETE FROM stale WHERE entry = ?", row);
}

} // namespace

Result<int> SearchIndex::unread()
{
    auto count = m_connection.oneInteger("SELECT count(*) FROM stale");
    if (!count)
        return count.error();
    return int(count->value_or(0));
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
    // FTS5 writes out all it holds whenever a row comes before the last one.
    std::reverse(rows.begin(), rows.end());
    Transaction commit(m_connection);
    if (!commit.begun())
        return commit.begun();
    Reading entries(m_connection);
    for (const qint64 row : rows) {
        if (Status status = levelOne(m_connection, entries, row); !status)
            return status;
    }
    return commit.commit();
}

Status SearchIndex::level(int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    const int step = milliseconds < kLongMs ? kStep : kLongStep;
    int done = 0;
    do {
        if (Status status = levelSome(step, &done); !status)
            return status;
    } while (done == step && timer.elapsed() < milliseconds);
    return {};
}

Result<SearchAnswer> SearchIndex::search(const QString& query, int limit)
{
    SearchAnswer out;
    auto waiting = unread();
    if (!waiting)
        return waiting.error();
    if (*waiting > kLevelAtMost) {
        // After a first sync: each search takes in some more, newest first.
        if (Status status = level(kLevelMs); !status)
            return status.error();
        waiting = unread();
        if (!waiting)
            return waiting.error();
        out.unread = *waiting;
    } else if (*waiting > 0) {
        int done = 0;
        if (Status status = levelSome(kLevelAtMost, &done); !status)
            return status.error();
    }
    const QStringList words = wordsOf(query);
    if (words.isEmpty() || limit <= 0)
        return out;
    const bool lastIsWhole = query.back().isSpace();
    std::vector<std::pair<double, qint64>> ranked;
    {
        Statement rows = m_connection.statement("SELECT rowid, weight(search) FROM search WHERE "
                                                "search MATCH ? ORDER BY rowid DESC LIMIT ?");
        rows.bindAll(matchOf(words, lastIsWhole), kCandidates);
        while (rows.next())
            ranked.emplace_back(rows.number(1), rows.integer(0));
        if (!rows.ok())
            return rows.status().error();
    }
    // Best first; ties newest first, which is how they came.
    std::stable_sort(ranked.begin(), ranked.end(),
        [](const auto& a, const auto& b) { return a.first > b.first; });
    Reading entries(m_connection);
    for (const auto& [rank, row] : ranked) {
        if (out.hits.size() >= limit)
            break;
        auto entry = entries.entry(row);
        if (!entry)
            return entry.error();
        if (!entry->hidden)
            out.hits.append({entry->id, entry->kind, snippetOf(entry->text, words)});
    }
    return out;
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/journalschema.h"
#include "storage/searchindex.h"
#include "tests/bench/groups.h"
#include "tests/bench/plainsqlite.h"

#include <QFile>

namespace Waymark::Bench {

namespace {

constexpr qsizetype kMessageBytes = 63 * 1024;
constexpr int kMessages = 16; ///< a transaction, as the sync client takes them

/// A sender's operations as they travel, by transactions.
std::vector<QList<Bytes>> transactionsOf(const QString& vault, qint64& count)
{
    Opened sender(vault);
    sender.unlock();
    const SpaceId space = sender.space();
    const DeviceId device = sender.device();
    std::vector<QList<Bytes>> out;
    quint64 next = 2; // the partner has the first
    for (int messages = 0;; ++messages) {
        QList<Bytes> some;
        succeed(sender.store.transact([&](SyncTransaction& t) -> Status {
            auto found = t.operations(space, device, next, kMessageBytes);
            if (!found)
                return found.error();
            some = *found;
            return {};
        }));
        if (some.isEmpty())
            break;
        if (messages % kMessages == 0)
            out.emplace_back();
        next += quint64(some.size());
        out.back() += some;
    }
    count = qint64(next) - 2;
    sender.lock();
    return out;
}

/// Seconds in which a new partner takes all of it in; and in which its index is filled.
double takeAll(const QString& partner, const std::vector<QList<Bytes>>& transactions, double& index)
{
    double seconds = 0;
    {
        Opened receiver(partner);
        receiver.unlock();
        const SpaceId space = receiver.space();
        seconds = microseconds([&] {
            for (const QList<Bytes>& each : transactions) {
                succeed(receiver.store.transact([&](SyncTransaction& t) -> Status {
                    const auto taken = t.take(space, each);
                    if (!taken)
                        return taken.error();
                    if (taken->applied != each.size())
                        qFatal("%d of %d applied", taken->applied, int(each.size()));
                    return {};
                }));
            }
        }) / 1e6;
        receiver.lock();
    }
    onDatabase(partner, [&index](Connection& connection) {
        index = microseconds([&connection] {
            if (!SearchIndex(connection).level(std::numeric_limits<int>::max()))
                qFatal("the index was not filled");
        }) / 1e6;
    });
    return seconds;
}

double rebuild(const QString& vault)
{
    Opened opened(vault);
    opened.unlock();
    const double seconds = microseconds([&] { (void)valueOf(opened.store.rebuild()); }) / 1e6;
    opened.lock();
    return seconds;
}

/// What a vault's tables hold in the end, read once.
struct Stored
{
    struct Entry
    {
        Bytes kind, eid, row, state, field, text;
        qint64 group = 0;
        qint64 at = 0;
    };
    struct Operation
    {
        Bytes header, body;
        std::size_t entry = 0;
    };
    std::vector<Entry> entries;
    std::vector<Operation> operations;

    Stored(const QString& plain, bool edits)
    {
        Plain db(plain);
        PlainStatement rows(db,
            "SELECT kind, grp, at, eid, row, entry.state, field, body.state FROM entry JOIN body "
            "ON body.entry = entry.id WHERE kind IN ('goal', 'reflection') ORDER BY entry.id");
        while (rows.next())
            entries.push_back({rows.bytes(0), rows.bytes(3), rows.bytes(4), rows.bytes(5),
                rows.bytes(6), rows.bytes(7), rows.integer(1), rows.integer(2)});
        PlainStatement log(db,
            "SELECT header, body FROM op WHERE id >> 40 = (SELECT id FROM log ORDER BY seq DESC "
            "LIMIT 1) ORDER BY id LIMIT -1 OFFSET 2");
        Words choice(2);
        while (log.next()) {
            const std::size_t number = operations.size();
            const bool edit = edits && number >= entries.size();
            operations.push_back({log.bytes(0), log.bytes(1),
                edit ? std::size_t(editedEntry(choice, int(entries.size()))) : number});
        }
        if (operations.size() < entries.size())
            qFatal("fewer operations than entries");
    }
};

/// Seconds in which plain SQLite writes the same rows, as many operations a transaction.
double insertAll(const QString& path, const Stored& stored, std::size_t aTransaction, bool lean)
{
    for (const char* end : {"", "-wal"})
        QFile::remove(path + QLatin1String(end));
    Plain db(path);
    db.configure();
    db.run(lean ? "CREATE TABLE op(id INTEGER PRIMARY KEY, header BLOB, body BLOB);"
                  "CREATE TABLE entry(id INTEGER PRIMARY KEY, kind TEXT, eid BLOB, data BLOB);"
                  "CREATE UNIQUE INDEX entry_eid ON entry(eid);"
                  "CREATE VIRTUAL TABLE search USING fts5(body)"
                : kJournalSchema);
    PlainStatement operation(db, "INSERT INTO op(header, body) VALUES(?, ?)");
    PlainStatement find(db, "SELECT id FROM entry WHERE eid = ?");
    PlainStatement entry(db,
        lean ? "INSERT OR REPLACE INTO entry(id, kind, eid, data) VALUES(?1, ?2, ?5, ?7)"
             : "INSERT OR REPLACE INTO entry(id, space, kind, grp, at, deleted, conflict, eid, "
               "parent, about, row, state) VALUES(?1, 1, ?2, ?3, ?4, 0, 0, ?5, NULL, NULL, ?6, "
               "?7)");
    PlainStatement body(db,
        lean ? "INSERT OR REPLACE INTO search(rowid, body) VALUES(?1, ?3)"
             : "INSERT OR REPLACE INTO body(entry, field, state) VALUES(?1, ?2, ?3)");
    std::unique_ptr<PlainStatement> stale;
    if (!lean)
        stale = std::make_unique<PlainStatement>(db, "INSERT OR IGNORE INTO stale VALUES(?)");
    std::vector<bool> made(stored.entries.size());
    return microseconds([&] {
        for (std::size_t from = 0; from < stored.operations.size(); from += aTransaction) {
            db.run("BEGIN IMMEDIATE");
            std::vector<std::size_t> touched;
            const std::size_t to = std::min(stored.operations.size(), from + aTransaction);
            for (std::size_t i = from; i < to; ++i) {
                const Stored::Operation& each = stored.operations[i];
                operation.bind(1, each.header).bind(2, each.body).run();
                touched.push_back(each.entry);
            }
            std::sort(touched.begin(), touched.end());
            touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
            for (const std::size_t i : touched) {
                const Stored::Entry& each = stored.entries[i];
                const auto id = qint64(i) + 1;
                (void)find.bind(1, each.eid).next();
                find.run();
                entry.bind(1, id).text(2, each.kind).bind(5, each.eid).bind(7, each.state);
                if (!lean)
                    entry.bind(3, each.group).bind(4, each.at).bind(6, each.row);
                entry.run();
                if (!made[i] || lean) {
                    body.bind(1, id);
                    if (!lean)
                        body.text(2, each.field).bind(3, each.text);
                    else
                        body.text(3, each.text);
                    body.run();
                }
                made[i] = true;
                if (stale)
                    stale->bind(1, id).run();
            }
            db.run("COMMIT");
        }
    }) / 1e6;
}

/// Seconds in which plain SQLite fills the same index with the same texts.
double fillPlainIndex(const QString& path, const QString& plain)
{
    QFile::remove(path);
    Plain db(path);
    db.configure();
    db.run(("ATTACH '" + plain.toUtf8() + "' AS made").constData());
    db.run("CREATE VIRTUAL TABLE search USING fts5(body, content='', contentless_delete=1, "
           "prefix='2 3', tokenize='unicode61 remove_diacritics 2')");
    std::vector<Bytes> texts;
    Words words(5);
    PlainStatement rows(db, "SELECT id FROM made.entry WHERE kind IN ('goal', 'reflection')");
    while (rows.next())
        texts.push_back(words.text(65).toUtf8());
    PlainStatement insert(db, "INSERT INTO search(rowid, body) VALUES(?, ?)");
    return microseconds([&] {
        for (std::size_t i = 0; i < texts.size(); ++i) {
            if (i % 4000 == 0)
                db.run(i == 0 ? "BEGIN" : "COMMIT; BEGIN");
            insert.bind(1, qint64(i) + 1).text(2, texts[i]).run();
        }
        db.run("COMMIT");
    }) / 1e6;
}

void measure(Figures& figures, Vaults& vaults, const QString& vault, const char* what, bool edits,
    int rounds)
{
    qint64 count = 0;
    const auto transactions = transactionsOf(vault, count);
    const auto aTransaction = std::size_t(count) / transactions.size();
    const Stored stored(vaults.plain(vault), edits);
    std::vector<double> ours, same, lean, index, plainIndex, again;
    for (int i = 0; i < rounds; ++i) {
        const QString partner = vaults.copy(Vaults::partnerOf(vault), "partner");
        double filled = 0;
        ours.push_back(takeAll(partner, transactions, filled));
        index.push_back(filled);
        same.push_back(insertAll(vaults.scratch("plain.db"), stored, aTransaction, false));
        lean.push_back(insertAll(vaults.scratch("plain.db"), stored, aTransaction, true));
        if (!edits) {
            plainIndex.push_back(fillPlainIndex(vaults.scratch("index.db"), vaults.plain(vault)));
            again.push_back(rebuild(partner));
        }
        std::fprintf(stderr,
            "sync, %s, round %d: %.2f s (same tables %.2f, lean %.2f), index %.2f\n", what, i + 1,
            ours.back(), same.back(), lean.back(), index.back());
    }
    const QString name
        = QStringLiteral("first sync: %1 operations, %2, ").arg(count).arg(QLatin1String(what));
    const QString unit = QStringLiteral("/s");
    figures.add(name + QStringLiteral("beside the same tables"), unit, double(count) / median(ours),
        QStringLiteral("plain SQLite, the same tables"), double(count) / median(same),
        {0.65, true});
    figures.add(name + QStringLiteral("beside lean tables"), unit, double(count) / median(ours),
        QStringLiteral("plain SQLite, two tables and FTS5"), double(count) / median(lean),
        {edits ? 1.2 : 0.45, true});
    if (edits)
        return;
    figures.add(QStringLiteral("index: first fill of %1 entries").arg(stored.entries.size()),
        QStringLiteral("s"), median(index), QStringLiteral("plain FTS5, the same settings"),
        median(plainIndex), {1.0});
    figures.add(QStringLiteral("rebuild: %1 operations").arg(count), QStringLiteral("s"),
        median(again), QStringLiteral("taking them in"), median(ours), {1.5});
}

} // namespace

void measureFirstSync(Figures& figures, Vaults& vaults, int rounds)
{
    measure(figures, vaults, vaults.vault(vaults.entries()), "creates", false, rounds);
    measure(figures, vaults, vaults.edited(), "five an entry", true, rounds);
}

} // namespace Waymark::Bench

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/groups.h"
#include "tests/bench/plainsqlite.h"

#include <QFile>

namespace Waymark::Bench {

namespace {

constexpr int kEdits = 60; ///< of each kind in a round
constexpr int kWarmUp = 900;

/// The vault's tables without a key: every edit writes the rows that the vault writes.
class SameTables
{
public:
    explicit SameTables(const QString& path) : m_db(path)
    {
        m_db.configure();
        PlainStatement log(
            m_db, "SELECT id, seq, head, version FROM log ORDER BY seq DESC LIMIT 1");
        (void)log.next();
        m_log = log.integer(0);
        m_seq = log.integer(1);
        m_head = log.bytes(2);
        m_version = log.bytes(3);
        PlainStatement operation(m_db, "SELECT header, body FROM op WHERE id = ?");
        (void)operation.bind(1, (m_log << 40) | m_seq).next();
        m_header = operation.bytes(0);
        m_body = operation.bytes(1);
        PlainStatement entries(m_db, "SELECT id FROM entry WHERE kind = 'reflection'");
        while (entries.next())
            m_entries.push_back(entries.integer(0));
    }

    double edit(Words& words, bool text)
    {
        const qint64 id = m_entries[words.below(m_entries.size())];
        return microseconds([&] {
            m_begin.run();
            (void)m_read.bind(1, id).next();
            Bytes state = m_read.bytes(0);
            const Bytes row = m_read.bytes(1);
            const qint64 group = m_read.integer(2);
            m_read.run();
            Bytes body;
            if (text) {
                (void)m_readText.bind(1, id).next();
                body = m_readText.bytes(0) + Bytes(40, 't');
                m_readText.run();
            }
            append(text ? 250 : 160);
            state.append(10, 's');
            m_update.bind(1, group).bind(2, row).bind(3, state).bind(4, id).run();
            m_stale.bind(1, id).run();
            if (text)
                m_text.bind(1, id).bind(2, body).run();
            m_commit.run();
        });
    }
    double create(Words& words)
    {
        const qint64 like = m_entries[words.below(m_entries.size())];
        Bytes name(16, Qt::Uninitialized);
        for (char& byte : name)
            byte = char(words.below(256));
        (void)m_read.bind(1, like).next();
        const Bytes state = m_read.bytes(0);
        const Bytes row = m_read.bytes(1);
        const qint64 space = m_read.integer(3);
        m_read.run();
        (void)m_readText.bind(1, like).next();
        const Bytes body = m_readText.bytes(0);
        m_readText.run();
        return microseconds([&] {
            m_begin.run();
            append(m_body.size());
            m_insert.bind(1, space).bind(2, name).bind(3, row).bind(4, state).run();
            const qint64 id = sqlite3_last_insert_rowid(m_db.handle());
            m_stale.bind(1, id).run();
            m_text.bind(1, id).bind(2, body).run();
            m_commit.run();
        });
    }

private:
    void append(qsizetype size)
    {
        const Bytes body = m_body.leftJustified(size, 'b', true);
        ++m_seq;
        const qint64 key = (m_log << 40) | m_seq;
        m_operation.bind(1, key).bind(2, m_header).bind(3, body).run();
        m_unsign.bind(1, key - 1).run();
        m_sign.bind(1, key).bind(2, m_signature).run();
        m_advance.bind(1, m_seq).bind(2, m_seq).bind(3, m_head).bind(4, m_version).bind(5, m_log);
        m_advance.run();
    }

    Plain m_db;
    qint64 m_log = 0;
    qint64 m_seq = 0;
    Bytes m_head, m_version, m_header, m_body;
    Bytes m_signature = Bytes(64, 's');
    std::vector<qint64> m_entries;
    PlainStatement m_begin{m_db, "BEGIN IMMEDIATE"};
    PlainStatement m_commit{m_db, "COMMIT"};
    PlainStatement m_read{m_db, "SELECT state, row, grp, space FROM entry WHERE id = ?"};
    PlainStatement m_readText{m_db, "SELECT state FROM body WHERE entry = ? AND field = 'body'"};
    PlainStatement m_operation{m_db, "INSERT INTO op(id, header, body) VALUES(?, ?, ?)"};
    PlainStatement m_unsign{m_db, "DELETE FROM sig WHERE op = ?"};
    PlainStatement m_sign{m_db, "INSERT INTO sig(op, signature) VALUES(?, ?)"};
    PlainStatement m_advance{m_db,
        "UPDATE log SET seq = ?, lamport = ?, head = ?, version = ?, unsigned = 0 WHERE id = ?"};
    PlainStatement m_update{m_db,
        "UPDATE entry SET kind = 'reflection', grp = ?, deleted = 0, conflict = 0, parent = NULL, "
        "about = NULL, row = ?, state = ? WHERE id = ?"};
    PlainStatement m_insert{m_db,
        "INSERT INTO entry(space, kind, grp, at, deleted, conflict, eid, parent, about, row, "
        "state) VALUES(?, 'reflection', 0, 1790000000000, 0, 0, ?, NULL, NULL, ?, ?)"};
    PlainStatement m_stale{m_db, "INSERT OR IGNORE INTO stale(entry) VALUES(?)"};
    PlainStatement m_text{
        m_db, "INSERT OR REPLACE INTO body(entry, field, state) VALUES(?, 'body', ?)"};
};

/// The least that a journal without signatures and history could do: two tables, one index, and
/// FTS5 as it comes, taken in at once.
class Lean
{
public:
    Lean(const QString& path, int entries) : m_db(path)
    {
        m_db.configure();
        m_db.run("CREATE TABLE op(id INTEGER PRIMARY KEY, data BLOB);"
                 "CREATE TABLE entry(id INTEGER PRIMARY KEY, eid BLOB, kind TEXT, data BLOB);"
                 "CREATE UNIQUE INDEX entry_eid ON entry(eid);"
                 "CREATE VIRTUAL TABLE search USING fts5(body); BEGIN");
        m_begin = std::make_unique<PlainStatement>(m_db, "BEGIN IMMEDIATE");
        m_commit = std::make_unique<PlainStatement>(m_db, "COMMIT");
        m_operation = std::make_unique<PlainStatement>(m_db, "INSERT INTO op(data) VALUES(?)");
        m_insert = std::make_unique<PlainStatement>(
            m_db, "INSERT INTO entry(eid, kind, data) VALUES(?, 'reflection', ?)");
        m_read = std::make_unique<PlainStatement>(m_db, "SELECT data FROM entry WHERE id = ?");
        m_update = std::make_unique<PlainStatement>(m_db, "UPDATE entry SET data = ? WHERE id = ?");
        m_index = std::make_unique<PlainStatement>(
            m_db, "INSERT INTO search(rowid, body) VALUES(?, ?)");
        m_reindex
            = std::make_unique<PlainStatement>(m_db, "UPDATE search SET body = ? WHERE rowid = ?");
        Words words(1);
        for (int i = 0; i < entries; ++i)
            insert(words.text(60).toUtf8(), words);
        m_db.run("COMMIT");
    }
    double edit(Words& words, bool text)
    {
        const qint64 id = 1 + qint64(words.below(quint64(m_count)));
        return microseconds([&] {
            m_begin->run();
            (void)m_read->bind(1, id).next();
            Bytes data = m_read->bytes(0);
            m_read->run();
            const Bytes operation(text ? 40 : 60, 'o');
            m_operation->bind(1, operation).run();
            data += text ? Bytes(" forty bytes of text are appended to this") : Bytes();
            m_update->bind(1, data).bind(2, id).run();
            if (text)
                m_reindex->text(1, data).bind(2, id).run();
            m_commit->run();
        });
    }
    double create(Words& words)
    {
        const Bytes text = words.text(60).toUtf8();
        return microseconds([&] {
            m_begin->run();
            insert(text, words);
            m_commit->run();
        });
    }

private:
    void insert(const Bytes& text, Words& words)
    {
        Bytes name(16, Qt::Uninitialized);
        for (char& byte : name)
            byte = char(words.below(256));
        m_operation->bind(1, text).run();
        m_insert->bind(1, name).bind(2, text).run();
        m_index->bind(1, ++m_count).text(2, text).run();
    }

    Plain m_db;
    qint64 m_count = 0;
    std::unique_ptr<PlainStatement> m_begin, m_commit, m_operation, m_insert, m_read, m_update,
        m_index, m_reindex;
};

/// The vault itself, through its ports.
class Ours
{
public:
    explicit Ours(const QString& folder) : m_vault(folder)
    {
        m_vault.unlock();
        m_space = m_vault.space();
        const auto rows = valueOf(m_vault.store.rows(
            m_space, QStringLiteral("reflection"), 0, std::numeric_limits<int>::max()));
        for (const EntryRow& row : rows)
            m_entries.push_back(row.id);
    }
    ~Ours() { m_vault.lock(); }
    Ours(const Ours&) = delete;
    Ours& operator=(const Ours&) = delete;

    double edit(Words& words, bool text)
    {
        const EntryId id = m_entries[words.below(m_entries.size())];
        EntryChange change;
        if (text) {
            const Entry entry = valueOf(m_vault.store.entry(id));
            change.set.insert(QStringLiteral("body"),
                entry.fields.value(QStringLiteral("body")).toString()
                    + QStringLiteral(" forty bytes of text are appended to this"));
        } else {
            change.set.insert(QStringLiteral("title"), words.text(4));
        }
        return microseconds([&] { (void)valueOf(m_vault.store.change(id, change)); });
    }
    double create(Words& words)
    {
        const EntryChange change{
            {{QStringLiteral("title"), words.text(4)}, {QStringLiteral("body"), words.text(60)}},
            {}, {}};
        return microseconds([&] {
            (void)valueOf(m_vault.store.add(m_space, QStringLiteral("reflection"), change));
        });
    }

private:
    Opened m_vault;
    SpaceId m_space;
    std::vector<EntryId> m_entries;
};

struct Times
{
    std::vector<double> ours, same, lean;
};

} // namespace

void measureCommits(Figures& figures, Vaults& vaults, int rounds)
{
    const QString vault = vaults.vault(vaults.entries());
    const QString leanPath = vaults.scratch("lean.db");
    for (const char* end : {"", "-wal"})
        QFile::remove(leanPath + QLatin1String(end));
    Ours ours(vaults.copy(vault, "edited"));
    SameTables same(vaults.copy(vaults.plain(vault), "same.db"));
    Lean lean(leanPath, vaults.entries());
    Words words(3);
    Times kinds[3];
    const auto measure = [&words](auto& subject, int kind) {
        return kind == 2 ? subject.create(words) : subject.edit(words, kind == 1);
    };
    // Until the write-ahead logs have their size: before that, every commit makes a file longer,
    // which costs some disks more than all the rest.
    std::vector<double> fresh;
    for (int i = 0; i < kWarmUp; ++i) {
        fresh.push_back(ours.edit(words, false));
        (void)same.edit(words, false);
    }
    figures.note(QStringLiteral("commit: register, just unlocked (the log file grows)"),
        QStringLiteral("us"), median({fresh.begin(), fresh.begin() + kEdits}));
    for (int round = 0; round < rounds; ++round) {
        for (int kind = 0; kind < 3; ++kind) {
            // In turns, so that what else the machine does meets all three.
            for (int i = 0; i < kEdits; ++i) {
                kinds[kind].ours.push_back(measure(ours, kind));
                kinds[kind].same.push_back(measure(same, kind));
                kinds[kind].lean.push_back(measure(lean, kind));
            }
        }
    }
    static constexpr const char* kNames[] = {"register", "text", "create"};
    for (int kind = 0; kind < 3; ++kind) {
        const Times& times = kinds[kind];
        const QString name = QStringLiteral("commit: %1").arg(QLatin1String(kNames[kind]));
        const double value = median(times.ours);
        const QString us = QStringLiteral("us");
        figures.add(name + QStringLiteral(", beside the same tables"), us, value,
            QStringLiteral("plain SQLite, the same tables"), median(times.same), {1.6});
        figures.add(name + QStringLiteral(", beside lean tables"), us, value,
            QStringLiteral("plain SQLite, two tables and FTS5"), median(times.lean), {1.3});
        figures.add(name + QStringLiteral(", p99"), QStringLiteral("ms"),
            quantile(times.ours, 0.99) / 1000, {3});
    }
}

} // namespace Waymark::Bench

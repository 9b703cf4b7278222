// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crypto/identity.h"
#include "app/domain/state.h"
#include "storage/logstore.h"

#include <QHash>

#include <functional>
#include <memory>
#include <set>
#include <unordered_map>

namespace Waymark {

/// What an entry's row holds beside its state, for queries; it follows from the states.
struct EntryColumns
{
    int group = 0; ///< of a list in which it stands: a goal's status, else 0
    bool hidden = false; ///< deleted, refused or of an unknown kind: in no list
    bool conflict = false;
    std::optional<EntryId> parent, about; ///< what `in` and `on` show
    Bytes row; ///< what lists show, in one blob of a covering index

    friend bool operator==(const EntryColumns&, const EntryColumns&) = default;
};
[[nodiscard]] EntryColumns columnsOf(SpaceStates& states, EntryState& entry);

/// The states of one space as its tables hold them: read when asked for, written back by save().
/// Lives inside one transaction on the database thread. A row that cannot be read is
/// VaultDatabaseDamaged; it sticks, and status() tells it.
class StoredStates final : public SpaceStates
{
public:
    /// `stored`: false keeps everything in memory and starts from nothing, for verification.
    StoredStates(LogStore& logs, bool stored = true);

    SpaceFacts& facts() override { return m_facts; }
    EntryState* find(const EntryId& id) override;
    EntryState& make(const EntryId& id) override;
    TextState& text(EntryState& entry, const Bytes& field) override;
    ListState& list(EntryState& entry, const Bytes& list) override;
    void touch(const EntryId& id) override;
    void touchText(const EntryId& id, const Bytes& field) override;
    void touchList(const EntryId& id, const Bytes& list) override;
    std::vector<EntryState*> items(const EntryId& parent) override;
    void loadHistory(EntryState& entry) override;
    const LogName& name(LogId log) override;
    PersonId person(LogId log) override;
    LogId log(const LogName& name) override;
    Hash operationName(const Stamp& stamp) override;
    Result<ParsedOperation> operation(const Stamp& stamp) override;

    [[nodiscard]] Status status() const { return m_status; }
    /// Writes every changed state and what follows from it: columns, parents and items that are
    /// deleted or no longer, stale marks for search. Gives the entries that look different.
    Result<std::set<EntryId>> save();
    /// The number of an entry's row; 0 before it was saved.
    [[nodiscard]] qint64 rowOf(const EntryId& id);
    /// An entry as its row holds it.
    struct StoredRow
    {
        qint64 row = 0;
        Bytes state; ///< encoded
        EntryColumns columns;
    };
    /// Every row of the space's table, whatever is in memory, in the order in which they are
    /// stored.
    Status visitRows(const std::function<void(const EntryId&, const StoredRow&)>& visit);
    /// The encoded text or list as its row holds it; empty where there is none.
    [[nodiscard]] Bytes storedText(qint64 row, const Bytes& field);
    [[nodiscard]] Bytes storedList(qint64 row, const Bytes& list);
    /// The history's chunks of a row, in order.
    [[nodiscard]] std::vector<Bytes> storedHistory(qint64 row);
    /// Forgets what is in memory, for long runs; everything must be saved.
    void forget();

    [[nodiscard]] LogStore& logStore() { return m_logs; }

    /// Entries in memory.
    [[nodiscard]] qint64 loaded() const;

private:
    struct IdHash
    {
        /// Seeded: others choose their ids.
        std::size_t operator()(const EntryId& id) const
        {
            return qHashBits(id.data.data(), EntryId::kSize, std::size_t(QHashSeed::globalSeed()));
        }
    };
    struct Loaded
    {
        EntryState state;
        qint64 row = 0;
        bool dirty = false;
        std::map<Bytes, TextState> texts;
        std::map<Bytes, ListState> lists;
        std::set<Bytes> dirtyTexts, dirtyLists;
        std::vector<Bytes> chunks; ///< of the history, as the table has them, once it was whole
    };

    void loadFacts();
    Loaded* load(const EntryId& id);
    Loaded& loadedOf(const EntryId& id);
    Bytes storedPart(const char* sql, qint64 row, const Bytes& name);
    Status saveEntry(Loaded& entry);
    Status saveParts(Loaded& entry);
    Status saveHistory(const Loaded& entry, quint64 first, const std::vector<Bytes>& chunks);
    void fail(const Error& error);

    LogStore& m_logs;
    bool m_stored;
    SpaceFacts m_facts;
    std::size_t m_savedMembers = 0;
    std::unordered_map<EntryId, std::unique_ptr<Loaded>, IdHash>
        m_entries; ///< null: known not to be there
    // Parents that entries got in this transaction; the table knows the earlier ones.
    std::map<EntryId, std::set<EntryId>> m_newItems;
    std::set<EntryId> m_touched; ///< not looked at for that yet
    Status m_status;
};

} // namespace Waymark

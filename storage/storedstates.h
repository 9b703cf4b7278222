// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crypto/identity.h"
#include "app/domain/state.h"
#include "storage/logstore.h"

#include <memory>
#include <set>

namespace Waymark {

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
    const LogName& name(LogId log) override;
    PersonId person(LogId log) override;
    LogId log(const LogName& name) override;
    Result<ParsedOperation> operation(const Stamp& stamp) override;

    [[nodiscard]] Status status() const { return m_status; }
    /// Writes every changed state and what follows from it: list rows, parents, items, stale marks
    /// for search. Gives the entries concerned.
    Result<std::set<EntryId>> save();
    /// The number of an entry's row; 0 before it was saved.
    [[nodiscard]] qint64 rowOf(const EntryId& id);
    /// Forgets what is in memory, for long runs; everything must be saved.
    void forget();

    [[nodiscard]] LogStore& logStore() { return m_logs; }

    /// For comparison: every state in memory, in the order of ids, encoded.
    [[nodiscard]] std::vector<EntryId> loaded() const;

private:
    struct Loaded
    {
        EntryState state;
        qint64 row = 0;
        bool dirty = false;
        std::map<Bytes, TextState> texts;
        std::map<Bytes, ListState> lists;
        std::set<Bytes> dirtyTexts, dirtyLists;
    };

    void loadFacts();
    Loaded* load(const EntryId& id);
    Loaded& loadedOf(const EntryId& id);
    Status saveEntry(Loaded& entry);
    Status saveParts(Loaded& entry);
    void fail(const Error& error);

    LogStore& m_logs;
    bool m_stored;
    SpaceFacts m_facts;
    std::size_t m_savedMembers = 0;
    std::map<EntryId, std::unique_ptr<Loaded>> m_entries; ///< null: known not to be there
    Status m_status;
};

/// What lists show, in one blob of a covering index.
[[nodiscard]] Bytes encodeRow(SpaceStates& states, EntryState& entry);
/// The group of a list in which an entry stands: a goal's status, else 0.
[[nodiscard]] int groupOf(SpaceStates& states, const EntryState& entry);

} // namespace Waymark

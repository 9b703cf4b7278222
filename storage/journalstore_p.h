// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The templates of JournalStore, for its own files alone.

#include "storage/journalstore.h"

namespace Waymark {

template <typename Value>
QFuture<Value> JournalStore::onDatabase(std::function<Value(Connection&)> work)
{
    const std::lock_guard lock(m_mutex);
    if (!m_vault || !m_isOpen)
        return readyFuture<Value>(ErrorCode::VaultLocked);
    return m_vault->database().run(std::move(work));
}

template <typename Value>
Value JournalStore::inTransaction(Connection& connection, const QString& what,
    const std::function<Value(JournalTransaction&)>& work)
{
    Transaction commit(connection);
    if (!commit.begun())
        return commit.begun().error();
    JournalTransaction journal = transaction(connection);
    Value value = work(journal);
    if (!value.ok())
        return value;
    if (Status status = journal.finish(); !status)
        return status.error();
    const SpaceWork::TextEdits edits = journal.takeTextEdits();
    tell(journal, what, true);
    if (Status status = commit.commit(); !status)
        return status.error();
    tell(journal, what, false);
    followTexts(edits);
    const ChangeSet& changes = journal.changes();
    if (!changes.entries.isEmpty() || !changes.spaces.isEmpty() || changes.local)
        Q_EMIT m_notifier.changed(changes);
    return value;
}

template <typename Value>
QFuture<Value> JournalStore::writing(QString what, std::function<Value(JournalTransaction&)> work)
{
    return onDatabase<Value>(
        [this, what = std::move(what), work = std::move(work)](
            Connection& connection) { return inTransaction<Value>(connection, what, work); });
}

} // namespace Waymark

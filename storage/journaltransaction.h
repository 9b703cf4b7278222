// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/compose.h"
#include "app/domain/journal.h"
#include "app/domain/syncstore.h"
#include "storage/spacework.h"

#include <map>

namespace Waymark {

/// One transaction of the journal on the database thread: the spaces it works on, opened when asked
/// for. finish() writes all of them back; the caller commits, and rolls back after any failure.
class JournalTransaction
{
public:
    JournalTransaction(Connection& connection, const OwnDevice& own, const SpaceId& privateSpace,
        const Clock& clock, Random& random);

    [[nodiscard]] Connection& connection() { return m_connection; }
    [[nodiscard]] const OwnDevice& own() const { return m_own; }
    [[nodiscard]] const Clock& clock() const { return m_clock; }
    [[nodiscard]] Random& random() { return m_random; }
    [[nodiscard]] const SpaceId& privateSpace() const { return m_privateSpace; }

    /// Refused where one asked to join and was not let in yet, NotFound where there is none.
    Result<SpaceWork*> space(const SpaceId& id);
    Result<SpaceWork*> makeSpace(const SpaceFacts& facts);
    /// The space an entry is in: NotFound.
    Result<SpaceWork*> spaceOf(const EntryId& id);
    /// An entry that is shown, deleted or not. A space's id stands for its own entry.
    struct Found
    {
        SpaceWork* space;
        EntryState* entry;
    };
    Result<Found> find(const EntryId& id);
    /// What a member of a space says of themselves: NotFound.
    Result<Found> member(const SpaceId& space, const PersonId& person);

    /// Makes parts in a space; the finder understands shortened ids of that space (or of any, in
    /// the private one).
    [[nodiscard]] Composer composer(SpaceWork& space);
    /// Writes what a composer has; nothing where it has nothing.
    Result<std::optional<Hash>> write(SpaceWork& space, Composer& composer);

    // --- typing
    /// Refused where the entry is deleted or was shared, or where its text may not be changed.
    Status keepTyped(const EntryId& id, const QString& field, const QList<TextEdit>& edits);
    /// The text with what is typed on it and not sealed yet.
    Result<QString> typedText(const EntryId& id, const QString& field);
    /// Makes an operation of what was typed into an entry. Refused where that may not be written
    /// (any more); it is kept as it is then.
    Result<std::optional<Hash>> seal(const EntryId& id);
    /// The same where it may be written; else what was typed stays as it is.
    Status sealIfAllowed(const EntryId& id);
    Status sealAll();
    [[nodiscard]] Result<bool> isTyped(const EntryId& id);

    // --- sharing and sending
    Result<Written> share(const EntryId& id, const SpaceId& space, const QStringList& only = {});
    /// Usage where a draft is for another space, or fields are chosen that cannot be.
    Status checkShare(
        const Found& found, const SpaceId& target, bool send, const QStringList& only);
    Result<Written> send(const EntryId& id, const SpaceId& space);

    /// Writes every state back. What changed stands in changes() then.
    Status finish();
    [[nodiscard]] const ChangeSet& changes() const { return m_changes; }
    void touched(const EntryId& id) { m_changes.entries.insert(id); }
    void touched(const SpaceId& id) { m_changes.spaces.insert(id); }
    void touchedLocal() { m_changes.local = true; }
    void fromOthers() { m_changes.fromOthers = true; }
    struct Announcement
    {
        QString before, after;
        QJsonObject about;
    };
    void announce(Announcement announcement) { m_announced.append(std::move(announcement)); }
    [[nodiscard]] const QList<Announcement>& announced() const { return m_announced; }
    /// Names of the operations written by this device, for events.
    [[nodiscard]] const QList<Hash>& written() const { return m_written; }
    [[nodiscard]] SpaceWork::TextEdits takeTextEdits();

    /// The shared entry that a private one became; a private one is closed by it.
    [[nodiscard]] std::optional<EntryId> sharedAs(SpaceWork& space, const EntryState& entry) const;

private:
    Result<EntryId> resolve(const QString& prefix, const SpaceWork& space);
    /// A partner in any space: by name where nobody else has it, or by the beginning of their id.
    Result<PersonId> partnerNamed(const QString& name);
    /// The entry that a private one became, itself where it was not shared.
    EntryId sharedName(SpaceWork& from, const EntryId& id);

    Connection& m_connection;
    const OwnDevice& m_own;
    SpaceId m_privateSpace;
    const Clock& m_clock;
    Random& m_random;
    std::map<SpaceId, std::unique_ptr<SpaceWork>> m_spaces;
    ChangeSet m_changes;
    QList<Hash> m_written;
    QList<Announcement> m_announced;
};

/// The id that a prefix of its hexadecimal form means: NotFound, Ambiguous. `space`: only there.
[[nodiscard]] Result<EntryId> resolveEntry(
    Connection& connection, const QString& prefix, std::optional<qint64> space);
/// The same of a space, also of one that one asked to join.
[[nodiscard]] Result<SpaceId> resolveSpace(Connection& connection, const QString& prefix);

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"
#include "app/domain/entry.h"
#include "sync/crdt/textedit.h"

#include <QFuture>
#include <QObject>
#include <QSet>

namespace Waymark {

/// What a person or a script wants to be different in one entry. Values are in the JSON types of
/// docs/CLI.md; an empty string, an empty array or null clears a field.
struct EntryChange
{
    QJsonObject set; ///< new values; texts and lists become their smallest difference
    QMap<QString, QStringList> add; ///< to sets; at the end of ordered lists
    QMap<QString, QStringList> remove; ///< from sets; the first equal one of ordered lists
    /// The space whose member is meant where the entry is a person; an id alone says the others.
    std::optional<SpaceId> space = {};
    /// A line of the entry's list, by its words or its name: `set` holds fields of the line.
    QString line = {};
};

/// Where an item goes among its siblings (milestones, actions).
struct ItemPlace
{
    enum class Where { First, Last, Before, After };
    Where where = Where::Last;
    EntryId sibling; ///< with Before and After
};

/// What was committed: the entry concerned, and the operation's name; none where the change wrote
/// nothing since the field showed that value already.
struct Written
{
    EntryId id;
    std::optional<Hash> operation;
};

/// A text as it stands, and the number by which edits say what they were made against.
struct TextView
{
    quint64 number = 0;
    QString text;
};

/// What was changed in the vault: by an edit here or by one that was synced, which take one path.
struct ChangeSet
{
    QSet<EntryId> entries;
    QSet<SpaceId> spaces;
    bool fromOthers = false;
    bool local = false; ///< marks, settings, receipts
};

/// Tells of changes. Emitted on the database thread after the commit; receivers on other threads
/// get it queued.
class ChangeNotifier : public QObject
{
    Q_OBJECT

Q_SIGNALS:
    void changed(const Waymark::ChangeSet& changes);
    /// A text that is open (Journal::openText) was changed by somebody else: the edits to apply, in
    /// order, and the number the text has afterwards.
    void textChanged(const Waymark::EntryId& entry, const QString& field,
        const QList<Waymark::Utf16Edit>& edits, quint64 number);
};

/// The writing side of the journal. All calls may come from any thread; the work is done on the
/// database thread, one piece after the other, each in one transaction: a future that succeeded
/// was committed to disk. Refusals by the space's rules are ErrorCode::Refused and change nothing.
class Journal
{
public:
    virtual ~Journal() = default;

    [[nodiscard]] virtual ChangeNotifier& notifier() = 0;
    [[nodiscard]] virtual SpaceId privateSpace() const = 0;
    [[nodiscard]] virtual PersonId me() const = 0;

    /// A new space of two in which the owner has `role`.
    virtual QFuture<Result<SpaceId>> createSpace(QString name, Role role) = 0;

    virtual QFuture<Result<Written>> add(SpaceId space, QString kind, EntryChange change) = 0;
    /// `id` is an entry's, a space's, or with EntryChange::space a member's person id.
    virtual QFuture<Result<Written>> change(EntryId id, EntryChange change) = 0;
    virtual QFuture<Result<Written>> remove(EntryId id) = 0;
    virtual QFuture<Result<Written>> restore(EntryId id) = 0;
    virtual QFuture<Result<Written>> acknowledge(EntryId id) = 0;
    virtual QFuture<Result<Written>> move(EntryId id, ItemPlace place) = 0;

    /// Makes a shared entry of a private one, at once; gives the new one. Of a goal its milestones
    /// and actions go along and the private ones are closed; what else there is is copied. `only`:
    /// these fields of what is copied alone, and what its kind cannot be without.
    virtual QFuture<Result<Written>> share(EntryId id, SpaceId space, QStringList only = {}) = 0;
    /// Makes a shared entry of a draft (feedback, message) and deletes the draft. Usage where it
    /// was written for another space.
    virtual QFuture<Result<Written>> send(EntryId id, SpaceId space) = 0;
    /// The same after a rest, during which takeBack() undoes it; carryOut() does what is due.
    virtual QFuture<Status> shareLater(EntryId id, SpaceId space, QStringList only = {}) = 0;
    virtual QFuture<Status> sendLater(EntryId id, SpaceId space) = 0;
    virtual QFuture<Status> takeBack(EntryId id) = 0;
    /// Carries out marks whose rest (10 s) is over, or all of them. The number carried out.
    virtual QFuture<Result<int>> carryOut(bool all) = 0;

    /// Keeps, in this vault alone, that all that is in a space now was looked at.
    virtual QFuture<Status> look(SpaceId space) = 0;

    /// Texts that are typed into. An edit is kept within this call as an unsealed edit that
    /// survives a crash; seal() makes an operation of what waits. While open, textChanged tells
    /// what others did. `number` is the one the edits were made against; their positions are
    /// carried over what came since. Gives the number after the edits. One call a text is in flight
    /// at a time: the next one is made against the number that this one gave.
    virtual QFuture<Result<TextView>> openText(EntryId id, QString field) = 0;
    virtual QFuture<Result<quint64>> editText(
        EntryId id, QString field, quint64 number, QList<Utf16Edit> edits)
        = 0;
    virtual QFuture<Result<Written>> seal(EntryId id) = 0;
    virtual QFuture<Status> sealAll() = 0;
    virtual void closeText(EntryId id, QString field) = 0;
};

} // namespace Waymark

Q_DECLARE_METATYPE(Waymark::ChangeSet)

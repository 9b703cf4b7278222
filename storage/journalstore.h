// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/random.h"
#include "app/domain/journal.h"
#include "app/domain/keyvault.h"
#include "app/domain/stores.h"
#include "app/domain/synccontrol.h"
#include "app/domain/syncstore.h"
#include "storage/journaltransaction.h"
#include "storage/vault.h"

#include <functional>
#include <mutex>

namespace Waymark {

/// One person's vault as the ports of domain see it: opening and closing, writing, reading,
/// searching, and the transactions of the sync client. Every call may come from any thread; the
/// work is done on the database thread, one piece after the other. While the vault is locked, all
/// but KeyVault answers VaultLocked.
class JournalStore final : public KeyVault,
                           public Journal,
                           public EntryStore,
                           public Search,
                           public OperationLog,
                           public SyncStore
{
public:
    /// `database` runs everything that touches the files; it, clock and random outlive this.
    JournalStore(QString folder, Executor& database, const Clock& clock, Random& random);
    ~JournalStore() override;
    JournalStore(const JournalStore&) = delete;
    JournalStore& operator=(const JournalStore&) = delete;

    /// Told of every write, on the database thread. Set before the first call.
    void setEventSink(EventSink sink) { m_sink = std::move(sink); }
    /// With the vault key itself, as Vault::openWithKey: for what measures opening alone.
    QFuture<Status> unlockWithKey(SharedSecret vaultKey);
    [[nodiscard]] const QString& folder() const { return m_folder; }

    // KeyVault
    QFuture<Result<VaultInfo>> info() override;
    [[nodiscard]] bool exists() const override;
    [[nodiscard]] bool isOpen() const override;
    QFuture<Result<QStringList>> create(
        QString ownerName, SharedSecret passphrase, bool floorCost) override;
    QFuture<Status> unlock(SharedSecret passphrase) override;
    QFuture<Status> unlockWithRecovery(SharedSecret words) override;
    QFuture<Status> changePassphrase(SharedSecret current, SharedSecret replacement) override;
    QFuture<Status> recover(SharedSecret words, SharedSecret newPassphrase) override;
    QFuture<Status> lock() override;
    QFuture<Result<QString>> ownerName() override;

    // Journal
    [[nodiscard]] ChangeNotifier& notifier() override { return m_notifier; }
    [[nodiscard]] SpaceId privateSpace() const override;
    [[nodiscard]] PersonId me() const override;
    QFuture<Result<SpaceId>> createSpace(QString name, Role role) override;
    QFuture<Result<Written>> add(SpaceId space, QString kind, EntryChange change) override;
    QFuture<Result<Written>> change(EntryId id, EntryChange change) override;
    QFuture<Result<Written>> remove(EntryId id) override;
    QFuture<Result<Written>> restore(EntryId id) override;
    QFuture<Result<Written>> acknowledge(EntryId id) override;
    QFuture<Result<Written>> move(EntryId id, ItemPlace place) override;
    QFuture<Result<Written>> share(EntryId id, SpaceId space, QStringList only = {}) override;
    QFuture<Result<Written>> send(EntryId id, SpaceId space) override;
    QFuture<Status> shareLater(EntryId id, SpaceId space, QStringList only = {}) override;
    QFuture<Status> look(SpaceId space) override;
    QFuture<Status> sendLater(EntryId id, SpaceId space) override;
    QFuture<Status> takeBack(EntryId id) override;
    QFuture<Result<int>> carryOut(bool all) override;
    QFuture<Result<TextView>> openText(EntryId id, QString field) override;
    QFuture<Result<quint64>> editText(
        EntryId id, QString field, quint64 number, QList<Utf16Edit> edits) override;
    QFuture<Result<Written>> seal(EntryId id) override;
    QFuture<Status> sealAll() override;
    void closeText(EntryId id, QString field) override;

    // EntryStore
    QFuture<Result<QList<Space>>> spaces() override;
    QFuture<Result<QList<Entry>>> list(EntryQuery query) override;
    QFuture<Result<Entry>> entry(EntryId id) override;
    QFuture<Result<Entry>> member(SpaceId space, PersonId person) override;
    QFuture<Result<EntryId>> resolve(QString prefix) override;
    QFuture<Result<SpaceId>> resolveSpace(QString prefix) override;
    QFuture<Result<QList<EntryRow>>> rows(
        SpaceId space, QString kind, int offset, int limit) override;
    QFuture<Result<QList<HistoryItem>>> history(EntryId id) override;

    // Search
    QFuture<Result<SearchAnswer>> search(QString query, int limit) override;

    // OperationLog
    QFuture<Result<QList<LogInfo>>> logs() override;
    QFuture<Result<VerifyReport>> verify() override;
    QFuture<Result<VerifyReport>> check() override;
    QFuture<Result<qint64>> rebuild() override;

    // SyncStore
    QFuture<Status> transact(std::function<Status(SyncTransaction&)> work) override;

private:
    /// A text that somebody has open, as it was handed out. Database thread.
    struct OpenText
    {
        int users = 0;
        quint64 number = 0;
        QString text;
        quint64 seenNumber = 0; ///< the oldest that an edit may still be made against
        QString seenText;
        /// Changes since then, with the number each led to.
        std::vector<std::pair<quint64, TextEdit>> since;
    };
    using TextKey = std::pair<EntryId, QString>;

    /// Work on the connection; VaultLocked while there is none.
    template <typename Value>
    QFuture<Value> onDatabase(std::function<Value(Connection&)> work);
    /// The same in a transaction that is committed when the work succeeded.
    template <typename Value>
    QFuture<Value> writing(QString what, std::function<Value(JournalTransaction&)> work);
    /// One operation on one entry.
    QFuture<Result<Written>> changing(QString what, EntryId id, std::optional<SpaceId> space,
        std::function<Status(JournalTransaction&, JournalTransaction::Found&, Composer&)> work);
    template <typename Value>
    Value inTransaction(Connection& connection, const QString& what,
        const std::function<Value(JournalTransaction&)>& work);
    QFuture<Status> marking(
        EntryId id, std::optional<SpaceId> target, bool send, const QStringList& only = {});
    template <typename Open>
    QFuture<Status> opening(Open open);
    Status loadOwn(Connection& connection);
    Status welcome(Connection& connection, const SigningPair& identity, const QString& name);
    void tell(const JournalTransaction& journal, const QString& what, bool before) const;
    void followTexts(const SpaceWork::TextEdits& edits);
    [[nodiscard]] JournalTransaction transaction(Connection& connection);

    QString m_folder;
    Executor& m_executor;
    const Clock& m_clock;
    Random& m_random;
    EventSink m_sink;
    ChangeNotifier m_notifier;

    mutable std::recursive_mutex m_mutex; ///< guards what follows, up to the next comment
    std::unique_ptr<Vault> m_vault;
    bool m_isOpen = false;
    SpaceId m_privateSpace;
    PersonId m_me;
    // Database thread only.
    OwnDevice m_own;
    std::map<TextKey, OpenText> m_texts;
};

} // namespace Waymark

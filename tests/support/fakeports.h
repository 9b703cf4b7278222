// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/executor.h"
#include "app/domain/journal.h"
#include "app/domain/keyvault.h"
#include "app/domain/pairing.h"
#include "app/domain/stores.h"
#include "app/domain/synccontrol.h"

namespace Waymark::Testing {

/// A vault in memory that merges nothing and knows few rules: for tests of what stands before the
/// ports, their arguments, answers and failures. One thread; every answer is ready at once.
class FakePorts final : public KeyVault,
                        public Journal,
                        public EntryStore,
                        public Search,
                        public OperationLog,
                        public Pairing
{
public:
    FakePorts();
    ~FakePorts() override;

    // What the vault holds, free to be changed by tests.
    bool there = true;
    bool open = false;
    QByteArray passphrase = "open sesame";
    QByteArray words = "right words";
    bool floorCost = false;
    QString owner;
    QList<Space> allSpaces;
    QMap<EntryId, Entry> all;
    QMap<EntryId, QList<HistoryItem>> histories;
    QList<PairingRow> pairings;
    VerifyReport verifyReport;
    QList<LogInfo> allLogs;
    SearchAnswer searchAnswer;
    EventSink events;
    bool relayIsDown = false;

    /// The next call of a writing port, of pairing or of reading fails with this.
    void failNext(ErrorCode code, const QString& detail = {});
    /// Every writing call fails with this while it is set.
    std::optional<ErrorCode> failWriting;
    /// The calls so far that changed something, in words.
    QStringList calls;

    EntryId addEntry(const QString& kind, const SpaceId& space, const QJsonObject& fields);

    QFuture<Result<VaultInfo>> info() override;
    [[nodiscard]] bool exists() const override { return there; }
    [[nodiscard]] bool isOpen() const override { return open; }
    QFuture<Result<QStringList>> create(QString name, SharedSecret secret, bool floor) override;
    QFuture<Status> unlock(SharedSecret secret) override;
    QFuture<Status> unlockWithRecovery(SharedSecret secret) override;
    QFuture<Status> changePassphrase(SharedSecret current, SharedSecret replacement) override;
    QFuture<Status> recover(SharedSecret secret, SharedSecret replacement) override;
    QFuture<Status> lock() override;
    QFuture<Result<QString>> ownerName() override;

    [[nodiscard]] ChangeNotifier& notifier() override { return m_notifier; }
    [[nodiscard]] SpaceId privateSpace() const override { return allSpaces.first().id; }
    [[nodiscard]] PersonId me() const override { return allSpaces.first().members.first().id; }
    QFuture<Result<SpaceId>> createSpace(QString name, Role role) override;
    QFuture<Result<Written>> add(SpaceId space, QString kind, EntryChange change) override;
    QFuture<Result<Written>> change(EntryId id, EntryChange change) override;
    QFuture<Result<Written>> remove(EntryId id) override;
    QFuture<Result<Written>> restore(EntryId id) override;
    QFuture<Result<Written>> acknowledge(EntryId id) override;
    QFuture<Result<Written>> move(EntryId id, ItemPlace place) override;
    QFuture<Result<Written>> share(EntryId id, SpaceId space, QStringList only) override;
    QFuture<Result<Written>> send(EntryId id, SpaceId space) override;
    QFuture<Status> shareLater(EntryId id, SpaceId space, QStringList only) override;
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

    QFuture<Result<QList<Space>>> spaces() override;
    QFuture<Result<QList<Entry>>> list(EntryQuery query) override;
    QFuture<Result<Entry>> entry(EntryId id) override;
    QFuture<Result<Entry>> member(SpaceId space, PersonId person) override;
    QFuture<Result<EntryId>> resolve(QString prefix) override;
    QFuture<Result<SpaceId>> resolveSpace(QString prefix) override;
    QFuture<Result<QList<EntryRow>>> rows(
        SpaceId space, QString kind, int offset, int limit) override;
    QFuture<Result<QList<HistoryItem>>> history(EntryId id) override;

    QFuture<Result<SearchAnswer>> search(QString query, int limit) override;

    QFuture<Result<QList<LogInfo>>> logs() override;
    QFuture<Result<VerifyReport>> verify() override;
    QFuture<Result<VerifyReport>> check() override;
    QFuture<Result<qint64>> rebuild() override;

    [[nodiscard]] Result<LinkContents> inspect(const QString& text) const override;
    QFuture<Result<OpenInvitation>> invite(
        SpaceId space, QString relay, Role role, bool acceptFirst) override;
    QFuture<Result<PairingRow>> accept(QString link) override;
    QFuture<Status> confirm(Bytes asker) override;
    QFuture<Status> turnAway(Bytes asker) override;
    QFuture<Status> withdraw(Bytes invitation) override;
    QFuture<Result<QList<PairingRow>>> list() override;
    QFuture<Result<QString>> safetyNumber(Bytes id) override;

private:
    std::optional<Error> takeFailure();
    QFuture<Result<Written>> answer(Result<Written> written);
    Result<Written> write(const EntryId& id, const QString& what);
    Status apply(Entry& entry, const EntryChange& change);

    ChangeNotifier m_notifier;
    std::optional<Error> m_failure;
    int m_count = 0;
};

/// Sync that carries nothing.
class FakeSync final : public SyncControl
{
public:
    SyncCounts counts;
    SyncStatus state;
    std::optional<Error> failure;
    int lastTimeoutMs = 0;
    bool started = false;
    bool stopped = false;
    std::function<void()> onStart; ///< called from the event loop once it was started

    QFuture<Result<SyncCounts>> syncOnce(int timeoutMs) override;
    void start() override;
    void stop() override { stopped = true; }
    void hurry() override { }
    QFuture<Result<SyncStatus>> status() override;
    QFuture<Status> tryRelay(QString relay) override;
    QFuture<Result<QString>> relay() override;
    QFuture<Status> setRelay(QString relay) override;
};

} // namespace Waymark::Testing

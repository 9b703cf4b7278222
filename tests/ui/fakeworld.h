// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/random.h"
#include "app/domain/journal.h"
#include "app/domain/keyvault.h"
#include "app/domain/pairing.h"
#include "app/domain/stores.h"
#include "app/domain/synccontrol.h"
#include "ui/viewmodels/ports.h"

#include <QHash>
#include <QTimer>

#include <random>

namespace Waymark::Tests {

/// A clock that stands until it is moved.
class StoppedClock final : public Clock
{
public:
    qint64 now = 1'795'602'000'000; // 2026-11-25T10:20:00Z
    int offset = 180;
    [[nodiscard]] qint64 nowMs() const override { return now; }
    [[nodiscard]] int offsetMinutes() const override { return offset; }
};

class SeededRandom final : public Random
{
public:
    explicit SeededRandom(quint32 seed) : m_engine(seed) { }
    void fill(std::span<unsigned char> out) override
    {
        for (unsigned char& byte : out)
            byte = static_cast<unsigned char>(m_engine());
    }

private:
    std::mt19937 m_engine;
};

/// The ports over plain values in memory, for pages alone: no rules, no encryption, nobody else.
/// Answers come in the next turn of the event loop, in the order of the calls, as from a thread.
class FakeWorld final : public QObject,
                        public Journal,
                        public EntryStore,
                        public KeyVault,
                        public Pairing
{
    Q_OBJECT
public:
    FakeWorld();
    ~FakeWorld() override;

    StoppedClock clock;
    SeededRandom random{1};
    [[nodiscard]] PagePorts ports();

    // What there is.
    bool vaultThere = true;
    bool vaultOpen = false;
    QByteArray passphrase = "walnut ferry under quiet snow";
    QString owner = QStringLiteral("Lina Haddad");
    QList<Space> allSpaces;
    QList<Entry> allEntries; ///< in the store's order
    QList<PairingRow> pairings;
    std::optional<LinkContents> link; ///< what inspect() finds where "waymark:pair#" stands
    std::optional<Error> nextError; ///< the next answer is this failure
    SyncStatus status;
    QString relayAddress;
    QStringList calls; ///< names of what was asked to be done
    PersonId myself;
    SpaceId privateId;

    /// Makes ids that tests can write down: the same for the same name.
    [[nodiscard]] static EntryId entryId(const QString& name);
    [[nodiscard]] static SpaceId spaceId(const QString& name);
    [[nodiscard]] static PersonId personId(const QString& name);
    [[nodiscard]] static QString hex(const QString& entryName);

    Space& addSpace(const QString& id, const QString& partner, Role mine, Role theirs);
    Entry& addEntry(const QString& id, const QString& kind, const QString& space,
        const QJsonObject& fields, qint64 atMs = 0, const QString& by = {});
    Entry* find(const EntryId& id);
    void tellChanged(bool fromOthers = false);
    void tellStatus();
    /// Somebody else edits an open text.
    void remoteEdit(const EntryId& id, const QString& field, const QList<Utf16Edit>& edits);
    /// Runs the event loop until no answer is under way.
    void settle();

    // Journal
    ChangeNotifier& notifier() override { return m_notifier; }
    SpaceId privateSpace() const override { return privateId; }
    PersonId me() const override { return myself; }
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

    // KeyVault
    QFuture<Result<VaultInfo>> info() override;
    bool exists() const override { return vaultThere; }
    bool isOpen() const override { return vaultOpen; }
    QFuture<Result<QStringList>> create(
        QString ownerName, SharedSecret secret, bool floorCost) override;
    QFuture<Status> unlock(SharedSecret secret) override;
    QFuture<Status> unlockWithRecovery(SharedSecret words) override;
    QFuture<Status> changePassphrase(SharedSecret current, SharedSecret replacement) override;
    QFuture<Status> recover(SharedSecret words, SharedSecret newPassphrase) override;
    QFuture<Status> lock() override;
    QFuture<Result<QString>> ownerName() override;

    // Pairing
    Result<LinkContents> inspect(const QString& text) const override;
    QFuture<Result<OpenInvitation>> invite(
        SpaceId space, QString relay, Role role, bool acceptFirst) override;
    QFuture<Result<PairingRow>> accept(QString link) override;
    QFuture<Status> confirm(Bytes asker) override;
    QFuture<Status> turnAway(Bytes asker) override;
    QFuture<Status> withdraw(Bytes invitation) override;
    QFuture<Result<QList<PairingRow>>> list() override;
    QFuture<Result<QString>> safetyNumber(Bytes id) override;

private:
    class Sync;
    struct OpenText
    {
        QString text;
        quint64 number = 1;
        QList<std::pair<quint64, QList<Utf16Edit>>> since; ///< number afterwards, and the edits
    };

    void post(std::function<void()> work);
    void schedule();
    template <typename Value>
    QFuture<Result<Value>> answer(std::function<Result<Value>()> work);
    QFuture<Status> answerStatus(std::function<Status()> work);
    Result<Written> written(const EntryId& id);
    OpenText& text(const EntryId& id, const QString& field);

    ChangeNotifier m_notifier;
    std::unique_ptr<Sync> m_sync;
    QHash<QString, OpenText> m_texts;
    QList<std::function<void()>> m_work;
    bool m_running = false;
    int m_made = 0;
};

} // namespace Waymark::Tests

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/journal.h"
#include "app/domain/keyvault.h"
#include "app/domain/synccontrol.h"
#include "ui/viewmodels/phrases.h"
#include "ui/viewmodels/ports.h"
#include "ui/viewmodels/reading.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <vector>

namespace Waymark {

class TextSession;

/// What the pages have in common: what was read of the journal, kept level with it, and the acts
/// that more than one page offers. GUI thread only; it never waits for a port.
class Desk final : public QObject
{
    Q_OBJECT
public:
    explicit Desk(PagePorts ports);

    [[nodiscard]] const PagePorts& ports() const { return m_ports; }
    [[nodiscard]] const Phrases& phrases() const { return m_phrases; }
    [[nodiscard]] const Contents& contents() const { return m_contents; }
    [[nodiscard]] const SyncStatus& sync() const { return m_sync; }
    [[nodiscard]] const QString& relay() const { return m_relay; }
    [[nodiscard]] const QString& ownerName() const { return m_ownerName; }
    /// Since when the relay can't be reached, 0 while it can or none is known.
    [[nodiscard]] qint64 offlineSinceMs() const { return m_offlineSinceMs; }
    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] bool isRead() const { return m_read; }

    /// The vault was opened: reads everything and begins to follow it.
    void open();
    /// Forgets what was read.
    void close();
    void reread();
    void setRelay(const QString& relay);

    /// Asks that everything that is being typed be handed over now; the ports are called before
    /// this returns.
    void handOver() { Q_EMIT handingOver(); }

    /// Goes on once everything typed is in the vault: at once where it is.
    void whenKept(std::function<void()> then);
    /// A text that is typed into takes part in whenKept(); nothing to do at its end.
    void enrol(TextSession* session);

    /// Goes on with `then` once `future` is there; a failure is told instead.
    template <typename Value, typename Then>
    void after(QFuture<Result<Value>> future, QObject* context, Then then)
    {
        future.then(context, [this, then = std::move(then)](const Result<Value>& result) {
            if (result.ok())
                then(result.value());
            else
                fail(result.error());
        });
    }
    template <typename Then>
    void after(QFuture<Status> future, QObject* context, Then then)
    {
        future.then(context, [this, then = std::move(then)](const Status& status) {
            if (status.ok())
                then();
            else
                fail(status.error());
        });
    }

    /// Tells a failure; that a locked journal takes nothing more is none.
    void fail(const Error& error);

    // Acts. What fails is told by failed().
    void set(const QString& id, const QString& field, const QJsonValue& value);
    void share(const QString& id, const QString& person);
    void send(const QString& id, const QString& person);
    void takeBack(const QString& id);
    void remove(const QString& id, const QString& said);

    [[nodiscard]] static std::optional<EntryId> entryId(const QString& hex);
    [[nodiscard]] static std::optional<SpaceId> spaceId(const QString& hex);
    [[nodiscard]] static QString hex(const EntryId& id) { return QString::fromLatin1(id.hex()); }
    [[nodiscard]] static QString hex(const SpaceId& id) { return QString::fromLatin1(id.hex()); }

Q_SIGNALS:
    /// Contents were read anew.
    void changed();
    void connectionChanged();
    /// A second went by while something rests, or a minute otherwise: words for times may differ.
    void ticked();
    void failed(const Waymark::Error& error);
    void handingOver();
    /// Something was done that can be undone for a while: what to say, and how.
    void done(const QString& said, qint64 untilMs, const std::function<void()>& undo);
    /// Another person's change was taken in.
    void arrived();
    void closed();

private:
    void onChanged(const ChangeSet& changes);
    void readAll();
    void follow(const SyncStatus& status);
    void carryOutWhatIsDue();
    void tick();
    void scheduleTick();
    void onKept();

    PagePorts m_ports;
    Phrases m_phrases;
    Contents m_contents;
    SyncStatus m_sync;
    QString m_relay;
    QString m_ownerName;
    qint64 m_offlineSinceMs = 0;
    bool m_open = false;
    bool m_read = false;
    bool m_reading = false;
    bool m_again = false;
    quint64 m_round = 0; ///< answers from before the last close() are not taken
    QTimer m_tick;
    QList<QPointer<TextSession>> m_sessions;
    std::vector<std::function<void()>> m_afterKept;
};

} // namespace Waymark

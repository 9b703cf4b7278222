// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/journaltransaction.h"

namespace Waymark {

/// SyncTransaction on the tables of the vault.
class StoredTransaction final : public SyncTransaction
{
public:
    explicit StoredTransaction(JournalTransaction& journal) : m_journal(journal) { }

    Result<std::optional<Bytes>> get(const char* kind, BytesView key) override;
    Status put(const char* kind, BytesView key, BytesView value) override;
    Status remove(const char* kind, BytesView key) override;
    Result<QList<std::pair<Bytes, Bytes>>> all(const char* kind, BytesView prefix) override;
    const OwnDevice& own() override { return m_journal.own(); }
    Result<QList<Space>> spaces() override;
    Result<Bytes> genesis(const SpaceId& space) override;
    Result<QList<LogHead>> heads(const SpaceId& space) override;
    Result<QList<Bytes>> operations(
        const SpaceId& space, const DeviceId& device, quint64 from, qsizetype maxBytes) override;
    Result<std::optional<Hash>> hashAt(
        const SpaceId& space, const DeviceId& device, quint64 seq) override;
    Result<TakenOperations> take(const SpaceId& space, const QList<Bytes>& operations) override;
    Status admit(const SpaceId& space, const SigningKey& identity, BytesView roster, Role role,
        const QString& name) override;
    Status join(const SpaceId& space, BytesView genesis) override;
    void announce(const char* before, const char* after, const QJsonObject& about) override
    {
        m_journal.announce({QLatin1String(before), QLatin1String(after), about});
    }
    Status setProgress(const SpaceId& space, const DeviceId& peer, quint64 sentUpTo,
        quint64 receivedUpTo) override;

private:
    JournalTransaction& m_journal;
};

} // namespace Waymark

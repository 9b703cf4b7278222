// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/ports.h"
#include "app/commands/references.h"

#include <QHash>

namespace Waymark {

/// Does what one line of `entry apply` after the other says; keeps the names that lines give to
/// entries. One for each file.
class LineRunner
{
public:
    explicit LineRunner(Ports& ports) : m_ports(ports), m_references(ports) { }

    /// Returns once the change is committed. A failure wrote nothing, whatever it was.
    [[nodiscard]] Result<Written> run(const QByteArray& line);

private:
    /// What changes need to know of an entry; neither ever changes.
    struct Known
    {
        QString kind;
        SpaceId space;
    };

    Result<Written> runOperation(const QString& operation, const QJsonObject& line);
    Result<Written> add(const QJsonObject& line);
    Result<Written> set(const QJsonObject& line);
    Result<Written> move(const QJsonObject& line);
    Result<Written> intoSpace(
        const QJsonObject& line, QFuture<Result<Written>> (Journal::*call)(EntryId, SpaceId));

    Result<EntryChange> readChange(const QJsonObject& line, const Known& about);
    Result<EntryId> entry(const QJsonObject& line, const char* key);
    Result<SpaceId> space(const QJsonObject& line);
    Result<Known> known(const EntryId& id);
    Result<EntryId> named(const QString& text) const;
    Status putNames(QJsonObject& fields, const QString& kind) const;

    Ports& m_ports;
    References m_references;
    QHash<QString, EntryId> m_names;
    QHash<EntryId, Known> m_known;
};

} // namespace Waymark

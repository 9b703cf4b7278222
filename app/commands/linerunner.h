// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/ports.h"

#include <QHash>

namespace Waymark {

/// Does what one line of `entry apply` after the other says; keeps the names that lines give to
/// entries. One for each file.
class LineRunner
{
public:
    explicit LineRunner(Ports& ports) : m_ports(ports) { }

    /// Returns once the change is committed. A failure wrote nothing, whatever it was.
    [[nodiscard]] Result<Written> run(const QByteArray& line);

private:
    Result<Written> runOperation(const QString& operation, const QJsonObject& line);
    Result<Written> add(const QJsonObject& line);
    Result<Written> set(const QJsonObject& line);
    Result<Written> move(const QJsonObject& line);
    Result<Written> intoSpace(const QJsonObject& line, bool send);
    Result<Written> look(const QJsonObject& line);

    Result<EntryChange> readChange(const QJsonObject& line, const QString& kind);
    Result<EntryId> entry(const QJsonObject& line, const char* key);
    Result<SpaceId> space(const QJsonObject& line);
    /// Kinds never change.
    Result<QString> kindOf(const EntryId& id);
    Result<EntryId> named(const QString& text) const;
    /// Ids for the names that earlier lines gave; `ofLine`: the fields are those of a list's line.
    Status putNames(QJsonObject& fields, const QString& kind, bool ofLine) const;

    Ports& m_ports;
    QHash<QString, EntryId> m_names;
    QHash<EntryId, QString> m_kinds;
};

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/ports.h"

namespace Waymark {

/// Turns what a person writes for an id into the id: shortened ids, `me`, a member's name. One for
/// each run, since it remembers the spaces it has read.
class References
{
public:
    explicit References(Ports& ports) : m_ports(ports) { }

    [[nodiscard]] Result<EntryId> entry(const QString& text);
    [[nodiscard]] Result<SpaceId> space(const QString& text);
    [[nodiscard]] Result<PersonId> person(const QString& text, const SpaceId& space);
    /// An invitation or an asker.
    [[nodiscard]] Result<Bytes> pairing(const QString& text);

    /// Puts whole ids where the values of `kind` name entries and people. What is no id or name is
    /// left for the journal to refuse.
    [[nodiscard]] Status resolveValues(
        QJsonObject& values, const QString& kind, const SpaceId& space);

private:
    [[nodiscard]] Result<QList<Space>> spaces();

    Ports& m_ports;
    std::optional<QList<Space>> m_spaces;
};

} // namespace Waymark

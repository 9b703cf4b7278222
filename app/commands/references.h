// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/ports.h"

namespace Waymark {

// Turn what a person writes for an id into the id: all of it, or as much of its beginning as fits
// only one thing. NotFound, Ambiguous. Ids within the values of fields are the journal's to read.

[[nodiscard]] Result<EntryId> entryNamed(Ports& ports, const QString& text);
[[nodiscard]] Result<SpaceId> spaceNamed(Ports& ports, const QString& text);
/// What can be changed and shown: an entry, a space's own entry under the space's id, or what a
/// member says of themselves.
struct Subject
{
    EntryId id;
    std::optional<SpaceId> space = {}; ///< of a member
};
/// `me`, and with a space a person's id: a member, of the private space where none is named. Else
/// an entry or a space.
[[nodiscard]] Result<Subject> subjectNamed(
    Ports& ports, const QString& text, const QString& spaceText);
[[nodiscard]] Result<Subject> subjectOf(const Result<EntryId>& entry);
/// An invitation or an asker.
[[nodiscard]] Result<Bytes> pairingNamed(Ports& ports, const QString& text);

} // namespace Waymark

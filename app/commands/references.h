// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/ports.h"

namespace Waymark {

// Turn what a person writes for an id into the id: all of it, or as much of its beginning as fits
// only one thing. NotFound, Ambiguous. Ids within the values of fields are the journal's to read.

[[nodiscard]] Result<EntryId> entryNamed(Ports& ports, const QString& text);
[[nodiscard]] Result<SpaceId> spaceNamed(Ports& ports, const QString& text);
/// An invitation or an asker.
[[nodiscard]] Result<Bytes> pairingNamed(Ports& ports, const QString& text);

} // namespace Waymark

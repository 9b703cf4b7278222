// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/viewmodels/pages.h"
#include "ui/viewmodels/rows.h"

namespace Waymark {

class Desk;

/// What a page shows of something said, wherever it stands. `desk` outlives the rows.
[[nodiscard]] QList<Rows<Utterance>::Role> utteranceRoles(const Desk& desk);

/// "Kept here", "Sent", "Received".
[[nodiscard]] QString deliveryWord(const Way& way);
/// The same as a sentence that says what comes next.
[[nodiscard]] QString deliverySentence(const Way& way, const QString& partner);

} // namespace Waymark

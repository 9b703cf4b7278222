// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/verbs.h"
#include "app/domain/field.h"

namespace Waymark {

/// Reads --set, --add, --remove and --set-file of the arguments for an entry of `kind`: strings
/// become JSON of the field's type. Whether a value may stand there is the journal's to say.
[[nodiscard]] Result<EntryChange> readChange(const Context& context, const QString& kind);

/// The JSON value that a field's text on the command line means. A number or a flag that is none
/// stays a string, which the journal refuses with a better word.
[[nodiscard]] Result<QJsonValue> valueFromText(
    const std::optional<Field>& field, const QString& text);

} // namespace Waymark

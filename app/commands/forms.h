// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/ports.h"

#include <QJsonArray>

namespace Waymark {

// How things look in the commands' JSON (docs/CLI.md) and, in short, to people.

/// "2026-11-25T14:20:00.000Z"
[[nodiscard]] QString momentText(qint64 ms);
/// The first eight digits, enough to write by hand.
[[nodiscard]] QString shortId(BytesView id);
template <typename Id>
[[nodiscard]] QString idText(const Id& id)
{
    return QString::fromLatin1(id.hex());
}

[[nodiscard]] QJsonObject spaceForm(const Space& space);
[[nodiscard]] QJsonObject entryForm(const Entry& entry);
/// With the conflicts, as `entry show` gives it.
[[nodiscard]] QJsonObject wholeEntryForm(const Entry& entry);
[[nodiscard]] QJsonObject historyForm(const HistoryItem& item);
[[nodiscard]] QJsonObject pairingForm(const PairingRow& row);
[[nodiscard]] QJsonObject logForm(const LogInfo& log);
[[nodiscard]] QJsonObject reportForm(const VerifyReport& report);
[[nodiscard]] QJsonObject statusForm(const SyncStatus& status);
/// `{"line","error"}` and stderr say errors alike.
[[nodiscard]] QJsonObject errorForm(const Error& error);

/// A value in one line.
[[nodiscard]] QString valueText(const QJsonValue& value);
/// What an entry is called in a list: its title, or how its text begins.
[[nodiscard]] QString headingOf(const Entry& entry);

} // namespace Waymark

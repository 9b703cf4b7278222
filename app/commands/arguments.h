// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QMap>
#include <QStringList>

namespace Waymark {

struct Verb;

/// One command line, taken apart.
struct Arguments
{
    const Verb* verb = nullptr;
    QString vault;
    QString passphraseFile;
    QString newPassphraseFile;
    QString recoveryFile;
    bool json = false;
    bool events = false;
    QString clock; ///< hidden: the time to go by, for stories and pictures
    bool clockStopped = false;

    QMap<QString, QStringList> values; ///< of the verb's own options, by their names

    [[nodiscard]] bool has(const QString& name) const { return values.contains(name); }
    [[nodiscard]] QString value(const QString& name) const { return values.value(name).value(0); }
    [[nodiscard]] QStringList list(const QString& name) const { return values.value(name); }
};

/// A text to show instead of doing something: help, version.
struct HelpText
{
    QString text;
};

/// Reads what stands after the program's name. Usage where it fits no verb.
[[nodiscard]] Result<std::variant<Arguments, HelpText>> parseArguments(
    const QStringList& arguments);

} // namespace Waymark

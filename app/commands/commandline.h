// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/arguments.h"
#include "app/commands/environment.h"
#include "app/commands/exitstatus.h"
#include "app/commands/output.h"
#include "app/commands/ports.h"
#include "app/core/clock.h"

namespace Waymark {

/// One run of waymark-cli: read the arguments, then do what they say. Main thread. What a script
/// may rely on is in docs/CLI.md.
class CommandLine
{
public:
    explicit CommandLine(Environment environment);

    /// What to end with at once (help, a wrong argument), or nothing when run() is to follow.
    [[nodiscard]] std::optional<ExitStatus> parse(const QStringList& arguments);

    /// The folder that the ports are to be made for; after parse().
    [[nodiscard]] const QString& vaultDirectory() const { return m_arguments.vault; }
    /// The clock that the ports are to go by; after parse().
    [[nodiscard]] std::unique_ptr<Clock> clock() const;
    /// Takes what the ports tell while they work; any thread. Valid as long as this.
    [[nodiscard]] EventSink eventSink();

    /// Opens the vault where the verb needs it, runs the verb, locks the vault again.
    [[nodiscard]] ExitStatus run(Ports& ports);

    CommandLine(const CommandLine&) = delete;
    CommandLine& operator=(const CommandLine&) = delete;

private:
    Status runVerb(Ports& ports);

    Environment m_environment;
    Output m_output;
    Arguments m_arguments;
};

} // namespace Waymark

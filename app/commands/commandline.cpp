// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commandline.h"

#include "app/commands/await.h"
#include "app/commands/unlock.h"
#include "app/commands/verbs.h"

namespace Waymark {

CommandLine::CommandLine(Environment environment)
    : m_environment(std::move(environment)), m_output(m_environment)
{
}

std::optional<ExitStatus> CommandLine::parse(const QStringList& arguments)
{
    // An argument that can't be read is reported in the form that was asked for all the same.
    const bool json = arguments.contains(QLatin1String("--json"));
    m_output.setForm({.json = json});
    auto parsed = parseArguments(arguments);
    if (!parsed) {
        m_output.fail(parsed.error());
        return exitStatus(parsed.error().code);
    }
    if (const auto* help = std::get_if<HelpText>(&*parsed)) {
        m_output.plain(help->text);
        return ExitStatus::Ok;
    }
    m_arguments = std::get<Arguments>(std::move(parsed).value());
    m_output.setForm({.json = m_arguments.json,
        .events = m_arguments.events,
        .watch
        = m_arguments.has(QStringLiteral("watch")) && !m_arguments.has(QStringLiteral("once"))});
    return std::nullopt;
}

std::unique_ptr<Clock> CommandLine::clock() const
{
    return makeClock(m_arguments.clock, m_arguments.clockStopped);
}

EventSink CommandLine::eventSink()
{
    return [this](const SyncEvent& event) { m_output.event(event); };
}

Status CommandLine::runVerb(Ports& ports)
{
    Context context{ports, m_arguments, m_environment, m_output};
    if (m_arguments.verb->opensVault) {
        const Result<SharedSecret> passphrase = unlock(context);
        if (!passphrase)
            return passphrase.error();
    }
    return m_arguments.verb->run(context);
}

ExitStatus CommandLine::run(Ports& ports)
{
    Status status = runVerb(ports);
    if (ports.vault.isOpen()) {
        const Status locked = await(ports.vault.lock());
        if (status && !locked)
            status = locked;
    }
    if (status && m_output.isBroken())
        status = {ErrorCode::DiskFailed, QStringLiteral("what was answered could not be written")};
    if (status)
        return ExitStatus::Ok;
    m_output.fail(status.error());
    return exitStatus(status.error().code);
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/commandrunner.h"
#include "tests/support/fakeports.h"

namespace Waymark::Testing {

/// Command lines on a vault in memory.
struct FakeCommandLine
{
    FakePorts vault;
    FakeSync sync;
    CommandRunner runner;

    CommandRun run(const QStringList& arguments)
    {
        return runner.run(arguments + QStringList{QStringLiteral("--vault"), QStringLiteral("v")},
            [this](CommandLine& commandLine) {
                vault.events = commandLine.eventSink();
                Ports ports{vault, vault, vault, vault, vault, vault, sync};
                return commandLine.run(ports);
            });
    }
    CommandRun json(const QStringList& arguments)
    {
        return run(arguments + QStringList{QStringLiteral("--json")});
    }
    /// `words` split at blanks.
    CommandRun json(const char* words) { return json(QString::fromUtf8(words).split(u' ')); }

    SpaceId shared() const { return vault.allSpaces.at(1).id; }
    QString hex(const EntryId& id) const { return QString::fromLatin1(id.hex()); }
};

} // namespace Waymark::Testing

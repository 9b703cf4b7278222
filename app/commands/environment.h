// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"
#include "app/crypto/secretbytes.h"

#include <QString>

#include <functional>

class QIODevice;

namespace Waymark {

/// What a command line stands in: its streams, its variables, the person at the terminal. The
/// process's own is processEnvironment(); tests make theirs.
struct Environment
{
    /// Write all bytes and flush them; false when that failed. Called from any thread, but never
    /// from two at once.
    std::function<bool(BytesView)> out;
    std::function<bool(BytesView)> err;
    /// Standard input, open for reading; a reference, not owned.
    QIODevice* in = nullptr;
    /// Takes a variable's value out of the environment, so that nothing later finds it there.
    std::function<std::optional<SecretBytes>(const char* name)> takeVariable;
    /// Asks for one line at the terminal without showing what is typed. VaultLocked where there is
    /// no terminal, Cancelled when the person gave up.
    std::function<Result<SecretBytes>(const QString& question)> prompt;
    /// From now on an interruption (Ctrl+C, a service being stopped) calls `stop` instead of ending
    /// the process; on the thread of this call, in its event loop.
    std::function<void(std::function<void()> stop)> onInterrupt;
};

} // namespace Waymark

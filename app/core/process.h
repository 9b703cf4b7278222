// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace Waymark {

// What every program of ours asks of its process. Main thread.

/// A crash then leaves no file that would hold keys or journal text.
void forbidCoreFiles();

/// From now on an interruption (Ctrl+C, a service or a session being stopped) calls `stop` instead
/// of ending the process; on the thread of this call, in its event loop. The last call counts.
void onInterrupt(std::function<void()> stop);

} // namespace Waymark

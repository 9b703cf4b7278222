// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/process.h"

#include <QSocketNotifier>

#include <csignal>
#include <fcntl.h>
#include <memory>
#include <sys/resource.h>
#include <unistd.h>

namespace Waymark {

namespace {

int interruptPipe[2] = {-1, -1};

extern "C" void noteInterrupt(int)
{
    const char byte = 0;
    [[maybe_unused]] const auto count = ::write(interruptPipe[1], &byte, 1);
}

} // namespace

void forbidCoreFiles()
{
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
}

void onInterrupt(std::function<void()> stop)
{
    if (interruptPipe[0] < 0 && ::pipe2(interruptPipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    static std::unique_ptr<QSocketNotifier> notifier;
    notifier = std::make_unique<QSocketNotifier>(interruptPipe[0], QSocketNotifier::Read);
    QObject::connect(
        notifier.get(), &QSocketNotifier::activated, notifier.get(), [stop = std::move(stop)] {
            char bytes[16];
            while (::read(interruptPipe[0], bytes, sizeof bytes) > 0) { }
            stop();
        });
    struct sigaction action = {};
    action.sa_handler = noteInterrupt;
    action.sa_flags = SA_RESTART;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

} // namespace Waymark

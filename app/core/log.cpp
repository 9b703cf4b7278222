// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/log.h"

namespace Waymark {

Q_LOGGING_CATEGORY(logStorage, "waymark.storage", QtWarningMsg)
Q_LOGGING_CATEGORY(logSync, "waymark.sync", QtWarningMsg)
Q_LOGGING_CATEGORY(logRelay, "waymark.relay", QtWarningMsg)
Q_LOGGING_CATEGORY(logUi, "waymark.ui", QtWarningMsg)

} // namespace Waymark

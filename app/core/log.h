// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

namespace Waymark {

// One category an area; switched by QT_LOGGING_RULES, for example "waymark.sync.debug=true".
// Nothing that is logged holds journal text, keys, names or addresses.
Q_DECLARE_LOGGING_CATEGORY(logStorage)
Q_DECLARE_LOGGING_CATEGORY(logSync)
Q_DECLARE_LOGGING_CATEGORY(logRelay)
Q_DECLARE_LOGGING_CATEGORY(logUi)

} // namespace Waymark

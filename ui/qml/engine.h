// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QQmlEngine;

namespace Waymark {

/// Makes an engine ready for Waymark's pages: where they are found, icons, fields that keep secrets
/// from the accessibility bus, and no network at all. Once an engine, before anything is loaded.
void setUpEngine(QQmlEngine& engine);

constexpr auto kMainPage = "qrc:/qt/qml/Waymark/Ui/Main.qml";

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/scenes.h"
#include "ui/qml/appearance.h"
#include "ui/viewmodels/app.h"

#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>

#include <functional>
#include <memory>

namespace Waymark::Tests {

struct Look
{
    QString scheme = QStringLiteral("light");
    double factor = 1;
    QSize size{1280, 800};
    bool mirrored = false;
};

/// A window with everything behind it, from a scene of plain values.
class Stage
{
public:
    explicit Stage(const std::function<void(FakeWorld&)>& scene, const Look& look = {},
        const QString& page = {});
    ~Stage();

    FakeWorld world;
    std::unique_ptr<App> app;
    std::unique_ptr<Appearance> appearance;
    std::unique_ptr<QQmlApplicationEngine> engine;
    QQuickWindow* window = nullptr;

    void unlock();
    void settle();
    [[nodiscard]] QImage grab();
    /// The first visible item, depth first, whose accessible name is this.
    [[nodiscard]] QQuickItem* named(const QString& name) const;
    void key(int key, Qt::KeyboardModifiers modifiers = {}, const QString& text = {});
    void type(const QString& text);

    /// What was logged as a warning since the last call.
    [[nodiscard]] static QStringList takeWarnings();
    static void catchWarnings();
};

/// Every item below, itself included, that can be seen.
[[nodiscard]] QList<QQuickItem*> visibleItems(QQuickItem* root);
/// Everything wrong with a page, one sentence a finding.
[[nodiscard]] QStringList findings(Stage& stage, const QImage& image);

} // namespace Waymark::Tests

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The smallest window of Qt Quick with a control of the Basic style: what the app's start is
// compared with.
#include <QGuiApplication>
#include <QQmlApplicationEngine>

int main(int argc, char* argv[])
{
    QGuiApplication application(argc, argv);
    QQmlApplicationEngine engine;
    engine.loadData("import QtQuick\nimport QtQuick.Controls.Basic\n"
                    "ApplicationWindow { visible: true; width: 1280; height: 800\n"
                    "Button { anchors.centerIn: parent; text: \"Basic\" } }\n");
    return engine.rootObjects().isEmpty() ? 1 : QGuiApplication::exec();
}

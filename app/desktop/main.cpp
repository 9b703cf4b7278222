// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/clock.h"
#include "app/core/executor.h"
#include "app/core/log.h"
#include "app/core/process.h"
#include "app/crypto/sodium.h"
#include "app/desktop/onewindow.h"
#include "storage/journalstore.h"
#include "sync/client/syncengine.h"
#include "sync/client/websockettransport.h"
#include "ui/qml/activity.h"
#include "ui/qml/appearance.h"
#include "ui/qml/engine.h"
#include "ui/viewmodels/app.h"

#include <QCommandLineParser>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QStandardPaths>
#include <QtQml/QQmlExtensionPlugin>

#include <cstdlib>

Q_IMPORT_QML_PLUGIN(Waymark_UiPlugin)
Q_IMPORT_QML_PLUGIN(Waymark_ViewModelsPlugin)

using namespace Waymark;

namespace {

constexpr int kUsage = 2; ///< the exit status of arguments that mean nothing

[[noreturn]] void endWith(const QString& what)
{
    fprintf(stderr, "waymark: %s\n", qPrintable(what));
    std::exit(kUsage);
}

struct Choices
{
    QString vault;
    QString scheme;
    double textFactor = 1;
    bool floorCost = false;
    std::unique_ptr<Clock> clock;
};

/// Ends the process where that is what the arguments ask for.
Choices choicesOf(const QGuiApplication& application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QGuiApplication::translate("main", "A shared notebook for mentoring."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption vault(QStringLiteral("vault"),
        QGuiApplication::translate("main", "The folder of the journal."), QStringLiteral("DIR"),
        QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
    const QCommandLineOption scheme(QStringLiteral("scheme"),
        QGuiApplication::translate("main", "light, dark, contrast or contrast-dark."),
        QStringLiteral("NAME"));
    const QCommandLineOption text(QStringLiteral("text-size"),
        QGuiApplication::translate("main", "The size of text in percent, 80 to 200."),
        QStringLiteral("PERCENT"), QStringLiteral("100"));
    QCommandLineOption cost(QStringLiteral("kdf-cost"), QString(), QStringLiteral("floor"));
    QCommandLineOption time(QStringLiteral("clock"), QString(), QStringLiteral("TIME"));
    QCommandLineOption stopped(QStringLiteral("clock-stopped"));
    for (QCommandLineOption* option : {&cost, &time, &stopped})
        option->setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOptions({vault, scheme, text, cost, time, stopped});
    parser.process(application);
    if (!parser.positionalArguments().isEmpty())
        endWith(QGuiApplication::translate(
            "main", "'%1' means nothing here; a vault is named by --vault DIR")
                    .arg(parser.positionalArguments().first()));
    static const QStringList schemes{QString(), QStringLiteral("light"), QStringLiteral("dark"),
        QStringLiteral("contrast"), QStringLiteral("contrast-dark")};
    if (!schemes.contains(parser.value(scheme)))
        endWith(QGuiApplication::translate(
            "main", "--scheme is light, dark, contrast or contrast-dark"));
    const double percent = parser.value(text).toDouble();
    if (!(percent >= 80 && percent <= 200))
        endWith(QGuiApplication::translate("main", "--text-size is a number from 80 to 200"));
    auto clock = makeClock(parser.value(time), parser.isSet(stopped));
    if (!clock)
        endWith(
            QGuiApplication::translate("main", "--clock is a time like 2026-11-25T17:20:00+03:00"));
    return {parser.value(vault), parser.value(scheme), percent / 100,
        parser.value(cost) == QLatin1String("floor"), std::move(clock)};
}

void raise(QQuickWindow& window)
{
    window.show();
    window.raise();
    window.requestActivate();
}

} // namespace

int main(int argc, char* argv[])
{
    forbidCoreFiles();
    QGuiApplication application(argc, argv);
    QGuiApplication::setApplicationName(QStringLiteral("waymark"));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Waymark"));
    QGuiApplication::setApplicationVersion(QStringLiteral(WAYMARK_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.waymark.Waymark"));
    QGuiApplication::setQuitOnLastWindowClosed(false);
    const Choices choices = choicesOf(application);

    OneWindow oneWindow(choices.vault);
    if (oneWindow.isElsewhere())
        return 0;

    const Clock& clock = *choices.clock;
    SystemRandom random;
    ThreadExecutor database(QStringLiteral("database"));
    JournalStore store(choices.vault, database, clock, random);
    SyncEngine sync(store, clock, random, [] { return std::make_unique<WebSocketTransport>(); });
    QObject::connect(
        &store.notifier(), &ChangeNotifier::changed, &sync, [&sync] { sync.changed(); });
    App app(PagePorts{.clock = clock,
        .random = random,
        .vault = store,
        .journal = store,
        .entries = store,
        .pairing = sync,
        .sync = sync,
        .floorCost = choices.floorCost});
    Appearance appearance;
    appearance.setScheme(choices.scheme);
    appearance.setFactor(choices.textFactor);

    QQmlApplicationEngine engine;
    setUpEngine(engine);
    engine.setInitialProperties({{QStringLiteral("app"), QVariant::fromValue(&app)},
        {QStringLiteral("appearance"), QVariant::fromValue(&appearance)}});
    engine.load(QUrl(QString::fromLatin1(kMainPage)));
    auto* window = engine.rootObjects().isEmpty()
        ? nullptr
        : qobject_cast<QQuickWindow*>(engine.rootObjects().first());
    if (!window) {
        qCCritical(logUi) << "the window could not be made";
        return 1;
    }
    const Activity activity([&app] { app.touch(); }, nullptr);
    QObject::connect(&oneWindow, &OneWindow::wanted, window, [window] { raise(*window); });
    QObject::connect(&application, &QGuiApplication::lastWindowClosed, &app,
        [&app] { app.leave([] { QCoreApplication::quit(); }); });
    // The end of the desktop's session closes the journal as a person would.
    onInterrupt([window] { window->close(); });
    return QGuiApplication::exec();
}

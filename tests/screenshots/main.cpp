// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/screenshots/stage.h"

#include <QCommandLineParser>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QLocale>
#include <QTextStream>

using namespace Waymark;
using namespace Waymark::Tests;

namespace {

struct Shot
{
    QString name;
    std::function<void(FakeWorld&)> scene;
    std::function<void(Stage&)> act;
    QString page = {};
    int height = 0; ///< of its own, before the size of text
};

std::function<void(FakeWorld&)> filled(Fill how)
{
    return [how](FakeWorld& world) { fill(world, how); };
}

void nobodyYet(FakeWorld& world)
{
    world.vaultThere = false;
    addLink(world);
}

QString goal(const char* name)
{
    return FakeWorld::hex(QString::fromLatin1(name));
}

const QString kMail = QStringLiteral(
    "From: Lina Haddad <lina.haddad@example.org>\nSubject: Our notes in one place?\n\nDear "
    "Tomás,\nThank you for saying yes. Let us keep our notes in Waymark, so that neither of us has "
    "to dig through old mails. Open this, or paste the whole mail into "
    "it:\nwaymark:pair#"
    "AXdzczovL3JlbGF5LmV4YW1wbGUub3JnL3EvN2hLb2NQdDJtWjlhUXdYbnJDZDNzVWxGZ1l2\nIt "
    "works until Saturday. See you on the 16th!\nLina");

QList<Shot> pagesFor(Fill how, const QString& suffix)
{
    const auto open = [](const std::function<void(Stage&)>& then) {
        return [then](Stage& stage) {
            stage.unlock();
            then(stage);
        };
    };
    return {
        {QStringLiteral("goals") + suffix, filled(how),
            open([](Stage& s) { s.app->openGoal(goal("review")); })},
        {QStringLiteral("goal-mine") + suffix, filled(how),
            open([](Stage& s) { s.app->openGoal(goal("teach")); })},
        {QStringLiteral("share-goal") + suffix, filled(how), open([](Stage& s) {
             s.app->openGoal(goal("teach"));
             s.settle();
             if (QQuickItem* button
                 = s.named(QStringLiteral("Share with %1").arg(s.app->people()->firstNameOf())))
                 QMetaObject::invokeMethod(button, "clicked");
         })},
        {QStringLiteral("feedback") + suffix, filled(how),
            open([](Stage& s) { s.app->openThread(goal("f1")); })},
        {QStringLiteral("compose") + suffix, filled(how), open([](Stage& s) {
             s.app->openGoal(goal("review"));
             s.settle();
             s.app->writeFeedback();
             s.settle();
             s.app->composer()->setTone(QStringLiteral("curious"));
         })},
        {QStringLiteral("resting") + suffix, filled(how), open([](Stage& s) {
             s.app->openThread(goal("g1"));
             s.settle();
             s.app->thread()->answer()->text()->edit(
                 {{0, 0, QStringLiteral("The second. I shall say so in the first line.")}});
             s.settle();
             s.app->thread()->answer()->send();
         })},
    };
}

QList<Shot> allShots()
{
    QList<Shot> shots{
        {QStringLiteral("first-run"), nobodyYet, [](Stage&) {}},
        {QStringLiteral("invitation-empty"), nobodyYet,
            [](Stage& s) { s.app->firstRun()->haveInvitation(); }},
        {QStringLiteral("invitation"), nobodyYet,
            [](Stage& s) {
                s.app->firstRun()->haveInvitation();
                s.settle();
                s.window->activeFocusItem()->setProperty("text", kMail);
            }},
        {QStringLiteral("first-passphrase"), nobodyYet,
            [](Stage& s) {
                s.app->firstRun()->startAlone();
                s.app->firstRun()->setName(QStringLiteral("Lina Haddad"));
                s.settle();
                if (QQuickItem* suggest = s.named(QStringLiteral("Suggest one")))
                    QMetaObject::invokeMethod(suggest, "clicked");
            }},
        {QStringLiteral("first-passphrase-missing"), nobodyYet,
            [](Stage& s) {
                s.app->firstRun()->startAlone();
                s.app->firstRun()->make();
            }},
        {QStringLiteral("first-note"), nobodyYet,
            [](Stage& s) {
                s.app->firstRun()->startAlone();
                s.app->firstRun()->setName(QStringLiteral("Lina Haddad"));
                s.app->firstRun()->passphrase()->set(u"walnut ferry under quiet snow");
                s.app->firstRun()->make();
                s.settle();
                s.window->activeFocusItem()->setProperty(
                    "text", QStringLiteral("I want to say what I think while it still"));
            }},
        {QStringLiteral("unlock"), filled(Fill::Typical), [](Stage&) {}},
        {QStringLiteral("unlock-locked"), filled(Fill::Typical),
            [](Stage& s) {
                s.unlock();
                s.app->lock();
                s.settle();
                s.app->unlock()->passphrase()->set(u"wrong");
                s.app->unlock()->open();
            }},
        {QStringLiteral("empty"), filled(Fill::Empty), [](Stage& s) { s.unlock(); }},
        {QStringLiteral("empty-feedback"), filled(Fill::Empty),
            [](Stage& s) {
                s.unlock();
                s.app->showFeedback();
            }},
        {QStringLiteral("goal-new"), filled(Fill::Typical),
            [](Stage& s) {
                s.unlock();
                s.app->newGoal();
                s.app->goal()->setTitle(QStringLiteral("Hold one workshop in Amman"));
                s.settle();
                s.app->goal()->why()->edit(
                    {{0, 0, QStringLiteral("Hana starts on 8 December, and nobody had an hour.")}});
                s.app->goal()->setQuestion(GoalView::Measure);
            }},
        {QStringLiteral("goal-new-first"), filled(Fill::Typical),
            [](Stage& s) {
                s.unlock();
                s.app->newGoal();
            }},
        {QStringLiteral("people"), filled(Fill::Typical),
            [](Stage& s) {
                s.unlock();
                if (QQuickItem* button = s.named(QStringLiteral("Tomás Okafor, people")))
                    QMetaObject::invokeMethod(button, "clicked");
            }},
        {QStringLiteral("goal-menu"), filled(Fill::Typical),
            [](Stage& s) {
                s.unlock();
                s.app->openGoal(goal("review"));
                s.settle();
                if (QQuickItem* button = s.named(QStringLiteral("More for this goal")))
                    QMetaObject::invokeMethod(button, "clicked");
            }},
        {QStringLiteral("goal-paused"),
            [](FakeWorld& world) {
                fill(world, Fill::Typical);
                world.find(FakeWorld::entryId(QStringLiteral("review")))
                    ->fields.insert(QStringLiteral("status"), QStringLiteral("paused"));
                world.find(FakeWorld::entryId(QStringLiteral("m3")))
                    ->fields.insert(QStringLiteral("proposed"), true);
            },
            [](Stage& s) {
                s.unlock();
                s.app->openGoal(goal("review"));
            }},
        {QStringLiteral("goal-due"), filled(Fill::Typical),
            [](Stage& s) {
                s.unlock();
                s.app->openGoal(goal("teach"));
                s.settle();
                if (QQuickItem* chip = s.named(s.app->goal()->dueText()))
                    QMetaObject::invokeMethod(chip, "clicked");
            }},
        {QStringLiteral("invite-empty"), filled(Fill::Empty),
            [](Stage& s) {
                s.unlock();
                s.app->showInvite();
                s.app->inviting()->make();
            }},
        {QStringLiteral("invite"), filled(Fill::Typical),
            [](Stage& s) {
                s.unlock();
                s.app->showInvite();
                s.app->inviting()->setForWhom(QStringLiteral("Hana"));
                s.app->inviting()->setRelay(QStringLiteral("relay.example.org"));
                s.app->inviting()->make();
            }},
        {QStringLiteral("asker"),
            [](FakeWorld& world) {
                fill(world, Fill::Empty);
                addAsker(world, true);
            },
            [](Stage& s) { s.unlock(); }},
        {QStringLiteral("asker-other"),
            [](FakeWorld& world) {
                fill(world, Fill::Empty);
                addAsker(world, false);
            },
            [](Stage& s) { s.unlock(); }},
        {QStringLiteral("asker-resting"),
            [](FakeWorld& world) {
                fill(world, Fill::Empty);
                addAsker(world, true);
            },
            [](Stage& s) {
                s.unlock();
                s.app->door()->letIn(
                    s.app->door()->askers()->at(0).value(QStringLiteral("key")).toString());
            }},
        {QStringLiteral("waiting"),
            [](FakeWorld& world) {
                world.owner = QStringLiteral("Tomás Okafor");
                fill(world, Fill::Empty);
                addWaiting(world);
            },
            [](Stage& s) {
                s.unlock();
                s.app->openThread(goal("line"));
            }},
        {QStringLiteral("offline"), filled(Fill::Typical),
            [](Stage& s) {
                s.unlock();
                s.world.status.outbox = s.world.status.unsent = 3;
                s.world.status.connection = ConnectionState::Offline;
                s.world.tellStatus();
                s.settle();
                s.app->openThread(goal("g1"));
            }},
        {QStringLiteral("problem"), filled(Fill::Typical),
            [](Stage& s) {
                s.unlock();
                s.app->openGoal(goal("lisbon"));
                s.settle();
                s.world.nextError = Error{ErrorCode::DiskFull, {}};
                s.app->goal()->setMeasure(QStringLiteral("a signed letter"));
            }},
    };
    const QString sheet = QStringLiteral("qrc:/tests/Gallery.qml");
    shots.append({QStringLiteral("gallery"), filled(Fill::Empty), [](Stage&) {}, sheet, 1420});
    shots.append({QStringLiteral("dialog"), filled(Fill::Empty),
        [](Stage& s) {
            QMetaObject::invokeMethod(
                s.window->findChild<QObject*>(QStringLiteral("dialog")), "open");
        },
        sheet, 1420});
    shots += pagesFor(Fill::Typical, {});
    shots += pagesFor(Fill::Full, QStringLiteral("-full"));
    shots += pagesFor(Fill::Long, QStringLiteral("-long"));
    return shots;
}

struct Variant
{
    QString name;
    Look look;
    bool everything; ///< else the typical pages alone
};

QList<Variant> variants()
{
    const QSize normal(1280, 800);
    return {
        {QStringLiteral("light"), {QStringLiteral("light"), 1, normal, false}, true},
        {QStringLiteral("dark"), {QStringLiteral("dark"), 1, normal, false}, false},
        {QStringLiteral("contrast"), {QStringLiteral("contrast"), 1, normal, false}, false},
        {QStringLiteral("rtl"), {QStringLiteral("light"), 1, normal, true}, false},
        {QStringLiteral("large"), {QStringLiteral("light"), 2, normal, false}, false},
        {QStringLiteral("narrow"), {QStringLiteral("light"), 1, QSize(400, 800), false}, false},
        {QStringLiteral("narrow-large"), {QStringLiteral("light"), 2, QSize(640, 800), false},
            false},
    };
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QUICK_BACKEND", "software");
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication application(argc, argv);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    QCommandLineParser parser;
    parser.addPositionalArgument(QStringLiteral("folder"), QStringLiteral("where pictures go"));
    parser.addPositionalArgument(QStringLiteral("pages"), QStringLiteral("only these"));
    parser.addOption(
        {QStringLiteral("variant"), QStringLiteral("only this one"), QStringLiteral("name")});
    parser.addHelpOption();
    parser.process(application);
    QStringList wanted = parser.positionalArguments();
    if (wanted.isEmpty())
        parser.showHelp(2);
    const QDir folder(wanted.takeFirst());
    if (!folder.mkpath(QStringLiteral(".")))
        return 1;
    Stage::catchWarnings();

    QString index;
    int problems = 0;
    for (const Variant& variant : variants()) {
        if (parser.isSet(QStringLiteral("variant"))
            && parser.value(QStringLiteral("variant")) != variant.name)
            continue;
        for (const Shot& shot : allShots()) {
            const bool special = shot.name.endsWith(QLatin1String("-full"))
                || shot.name.endsWith(QLatin1String("-long"));
            if ((special && !variant.everything)
                || (!wanted.isEmpty() && !wanted.contains(shot.name)))
                continue;
            const QString name = shot.name + u'.' + variant.name;
            Look look = variant.look;
            if (shot.height > 0) {
                const double columns = look.size.width() / (400 * look.factor);
                look.size.setHeight(int(shot.height * look.factor
                    * (columns >= 3        ? 1
                            : columns >= 2 ? 2
                                           : 3)));
            }
            Stage stage(shot.scene, look, shot.page);
            if (!stage.window)
                return 1;
            shot.act(stage);
            stage.settle();
            const QImage image = stage.grab();
            image.save(folder.filePath(name + QStringLiteral(".png")));
            const QStringList found = findings(stage, image);
            for (const QString& finding : found)
                fprintf(stdout, "%s: %s\n", qPrintable(name), qPrintable(finding));
            problems += int(found.size());
            index
                += QStringLiteral("<figure><img src=\"%1.png\" loading=\"lazy\"><figcaption>%1%2"
                                  "</figcaption></figure>\n")
                       .arg(name,
                           found.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(found.size()));
        }
    }
    QFile page(folder.filePath(QStringLiteral("index.html")));
    if (page.open(QIODevice::WriteOnly)) {
        QTextStream(&page) << "<!doctype html><meta charset=\"utf-8\"><title>Waymark</title><style>"
                              "body{font:14px sans-serif;display:flex;flex-wrap:wrap;gap:16px}"
                              "figure{margin:0;width:420px}img{width:100%;border:1px solid #ccc}"
                              "</style>\n"
                           << index;
    }
    fprintf(stdout, "%d findings\n", problems);
    return problems == 0 ? 0 : 1;
}

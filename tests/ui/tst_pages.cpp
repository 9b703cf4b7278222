// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/screenshots/stage.h"
#include "ui/qml/editorbinding.h"

#include <QAccessible>
#include <QGuiApplication>
#include <QLocale>
#include <QTest>
#include <QTextCursor>
#include <QTextDocument>

#include <random>

using namespace Waymark;
using namespace Waymark::Tests;

namespace {

constexpr auto kSecret = "walnut ferry under quiet snow";

void collect(QAccessibleInterface* interface, QStringList& said, int depth = 0)
{
    if (!interface || !interface->isValid() || depth > 60)
        return;
    said.append(interface->text(QAccessible::Name));
    said.append(interface->text(QAccessible::Value));
    said.append(interface->text(QAccessible::Description));
    if (QAccessibleTextInterface* text = interface->textInterface())
        said.append(text->text(0, text->characterCount()));
    for (int i = 0; i < interface->childCount(); ++i)
        collect(interface->child(i), said, depth + 1);
}

QStringList everythingSaid(QQuickWindow* window)
{
    QStringList said;
    collect(QAccessible::queryAccessibleInterface(window), said);
    return said;
}

QString nameOf(QObject* item)
{
    const QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(item);
    return interface ? interface->text(QAccessible::Name) : QString();
}

std::function<void(FakeWorld&)> nobodyYet()
{
    return [](FakeWorld& world) {
        world.vaultThere = false;
        addLink(world, Fill::Hostile);
    };
}

QString goal(const char* name)
{
    return FakeWorld::hex(QString::fromLatin1(name));
}

} // namespace

class TestPages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
        QAccessible::setActive(true);
        Stage::catchWarnings();
    }
    void init() { (void)Stage::takeWarnings(); }

    void everyPageIsPaintedWithHostileStrings_data()
    {
        QTest::addColumn<QString>("page");
        for (const char* page : {"goals", "private", "share", "feedback", "compose", "people",
                 "menu", "asker", "waiting", "invite", "invitation", "locked", "problem"})
            QTest::newRow(page) << QString::fromLatin1(page);
    }
    void everyPageIsPaintedWithHostileStrings()
    {
        QFETCH(const QString, page);
        const bool first = page == QLatin1String("invitation");
        Stage stage(first ? nobodyYet() : [&page](FakeWorld& world) {
            fill(world, Fill::Hostile);
            if (page == QLatin1String("asker"))
                addAsker(world, false, Fill::Hostile);
            if (page == QLatin1String("waiting"))
                addWaiting(world, Fill::Hostile);
        });
        QVERIFY(stage.window);
        if (first) {
            stage.app->firstRun()->haveInvitation();
            stage.settle();
            stage.window->activeFocusItem()->setProperty(
                "text", hostileStrings().join(u'\n') + QStringLiteral("\nwaymark:pair#<b>x</b>"));
        } else {
            stage.unlock();
            show(stage, page);
        }
        const QImage image = stage.grab();
        QVERIFY(!image.isNull());
        QCOMPARE(Stage::takeWarnings(), QStringList());
        for (QQuickItem* item : visibleItems(stage.window->contentItem())) {
            if (item->inherits("QQuickText"))
                QCOMPARE(item->property("textFormat").toInt(), int(Qt::PlainText));
            if (item->inherits("QQuickTextEdit"))
                QCOMPARE(item->property("textFormat").toInt(), 0);
        }
    }

    void aHiddenPassphraseIsNotOnTheAccessibilityBus()
    {
        Stage stage([](FakeWorld& world) { fill(world, Fill::Typical); });
        QCOMPARE(nameOf(stage.window->activeFocusItem()), QStringLiteral("Passphrase"));
        stage.type(QString::fromLatin1(kSecret));
        QCOMPARE(stage.window->activeFocusItem()->property("text").toString().size(), 29);
        for (const QString& said : everythingSaid(stage.window)) {
            QVERIFY(!said.contains(QLatin1String("walnut")));
            QVERIFY(!said.contains(QLatin1String("snow")));
        }
        const QAccessibleInterface* field
            = QAccessible::queryAccessibleInterface(stage.window->activeFocusItem());
        QVERIFY(field->state().passwordEdit);
        QCOMPARE(field->text(QAccessible::Value), QString(29, QChar(0x2022)));
    }

    void afterOpeningTheFieldHoldsNothing()
    {
        Stage stage([](FakeWorld& world) { fill(world, Fill::Typical); });
        QPointer<QQuickItem> field = stage.window->activeFocusItem();
        stage.type(QString::fromLatin1(kSecret));
        stage.app->unlock()->passphrase()->forget();
        QVERIFY(field);
        QCOMPARE(field->property("text").toString(), QString());
        QMetaObject::invokeMethod(field, "undo");
        QVERIFY(!field->property("text").toString().contains(QLatin1String("walnut")));
    }

    void theFirstRunGoesByKeyboardAlone()
    {
        Stage stage(nobodyYet());
        QCOMPARE(nameOf(stage.window->activeFocusItem()), QStringLiteral("I have an invitation"));
        stage.key(Qt::Key_Tab);
        QCOMPARE(nameOf(stage.window->activeFocusItem()), QStringLiteral("Start on my own"));
        stage.key(Qt::Key_Return);
        QCOMPARE(nameOf(stage.window->activeFocusItem()), QStringLiteral("Your name"));
        stage.key(Qt::Key_Escape);
        QCOMPARE(nameOf(stage.window->activeFocusItem()), QStringLiteral("I have an invitation"));
        stage.key(Qt::Key_Tab);
        stage.key(Qt::Key_Return);
        stage.type(QStringLiteral("Lina Haddad"));
        stage.key(Qt::Key_Return);
        QCOMPARE(nameOf(stage.window->activeFocusItem()), QStringLiteral("Passphrase"));
        stage.type(QString::fromLatin1(kSecret));
        stage.key(Qt::Key_Return);
        QCOMPARE(nameOf(stage.window->activeFocusItem()), QStringLiteral("Your first note"));
        stage.type(QStringLiteral("I want to teach"));
        stage.key(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(stage.app->stage(), App::Open);
        QCOMPARE(stage.app->goal()->title(), QStringLiteral("I want to teach"));
    }

    void tabReachesEveryControlOfAGoalAndF6EveryPane()
    {
        Stage stage([](FakeWorld& world) { fill(world, Fill::Typical); });
        stage.unlock();
        stage.app->openGoal(goal("review"));
        stage.settle();
        QStringList reached;
        for (int i = 0; i < 60; ++i) {
            stage.key(Qt::Key_Tab);
            reached.append(nameOf(stage.window->activeFocusItem()));
        }
        for (const char* name : {"Goals", "Feedback", "Add goal", "Lead a design review on my own",
                 "More for this goal", "What you want", "Why it matters", "How you will know",
                 "Passed: Chair two reviews alone", "Mark 5", "Add a mark", "Write feedback"})
            QVERIFY2(reached.contains(QString::fromLatin1(name)), name);
        QSet<QString> panes;
        for (int i = 0; i < 3; ++i) {
            stage.key(Qt::Key_F6);
            panes.insert(nameOf(stage.window->activeFocusItem()));
        }
        QCOMPARE(panes.size(), 3);
    }

    void aMarkMovesByAltAndAnArrow()
    {
        Stage stage([](FakeWorld& world) { fill(world, Fill::Typical); });
        stage.unlock();
        stage.app->openGoal(goal("teach"));
        stage.settle();
        QQuickItem* second = stage.named(
            QStringLiteral("Passed: An hour together on each of the first five days"));
        QVERIFY(second);
        second->forceActiveFocus(Qt::TabFocusReason);
        stage.key(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(stage.app->goal()->marks()->at(0).value(QStringLiteral("title")).toString(),
            QStringLiteral("An hour together on each of the first five days"));
    }

    void aDayIsTakenFromTheCalendarByKeys()
    {
        Stage stage([](FakeWorld& world) { fill(world, Fill::Typical); });
        stage.unlock();
        stage.app->openGoal(goal("teach"));
        stage.settle();
        stage.app->goal()->setDue(QStringLiteral("2027-01-30"));
        stage.settle();
        QQuickItem* chip = stage.named(stage.app->goal()->dueText());
        QVERIFY(chip);
        QMetaObject::invokeMethod(chip, "clicked");
        stage.settle();
        stage.key(Qt::Key_Down); // from the field into the calendar
        stage.key(Qt::Key_PageDown); // 28 February
        stage.key(Qt::Key_Down); // 7 March
        stage.key(Qt::Key_Left); // 6 March
        stage.key(Qt::Key_End); // Sunday of that week
        stage.key(Qt::Key_Return);
        QCOMPARE(stage.app->goal()->due(), QStringLiteral("2027-03-07"));
        QCOMPARE(stage.window->activeFocusItem(), chip);
    }

    void whatIsTypedAndWhatComesStayOneText()
    {
        std::mt19937 engine(20261125);
        Stage stage([](FakeWorld& world) { fill(world, Fill::Typical); });
        stage.unlock();
        stage.app->openGoal(goal("lisbon"));
        stage.settle();
        QQuickItem* editor = stage.named(QStringLiteral("Why it matters"));
        QVERIFY(editor);
        editor->forceActiveFocus();
        const EntryId id = FakeWorld::entryId(QStringLiteral("lisbon"));
        const QString letters = QStringLiteral("abc \n\u00e9\u00a0");
        for (int step = 0; step < 2000; ++step) {
            const int length = editor->property("length").toInt();
            const auto at = [&](int size) { return int(engine() % unsigned(size + 1)); };
            switch (engine() % 6) {
            case 0:
            case 1:
                QMetaObject::invokeMethod(editor, "insert", Q_ARG(int, at(length)),
                    Q_ARG(QString, QString(letters[qsizetype(engine() % letters.size())])));
                break;
            case 2: {
                const int from = at(length);
                QMetaObject::invokeMethod(
                    editor, "remove", Q_ARG(int, from), Q_ARG(int, std::min(length, from + 3)));
                break;
            }
            case 3: {
                QInputMethodEvent commit;
                commit.setCommitString(QStringLiteral("ñandú"));
                QCoreApplication::sendEvent(editor, &commit);
                break;
            }
            default: {
                const QString there = stage.world.find(id)->text(u"why");
                const qsizetype from = qsizetype(engine() % (there.size() + 1));
                stage.world.remoteEdit(id, QStringLiteral("why"),
                    {{from, std::min<qsizetype>(2, there.size() - from),
                        QString(letters[qsizetype(engine() % letters.size())])}});
            }
            }
            if (engine() % 4 == 0)
                QCoreApplication::processEvents();
        }
        stage.settle();
        stage.settle();
        QCOMPARE(stage.app->goal()->why()->text(), stage.world.find(id)->text(u"why"));
        QCOMPARE(documentText(editor), stage.app->goal()->why()->text());
    }

    void aRemoteEditKeepsTheWritersCaret()
    {
        Stage stage([](FakeWorld& world) { fill(world, Fill::Typical); });
        stage.unlock();
        stage.app->openGoal(goal("teach"));
        stage.settle();
        QQuickItem* editor = stage.named(QStringLiteral("Why it matters"));
        editor->forceActiveFocus();
        editor->setProperty("cursorPosition", 10);
        const EntryId id = FakeWorld::entryId(QStringLiteral("teach"));
        stage.world.remoteEdit(id, QStringLiteral("why"), {{0, 0, QStringLiteral("Yes. ")}});
        stage.settle();
        QCOMPARE(editor->property("cursorPosition").toInt(), 15);
        stage.world.remoteEdit(id, QStringLiteral("why"), {{15, 0, QStringLiteral("here")}});
        stage.settle();
        QCOMPARE(editor->property("cursorPosition").toInt(), 15);
    }

    void whileAWordIsComposedWhatIsShownIsHeld()
    {
        Stage stage([](FakeWorld& world) { fill(world, Fill::Typical); });
        stage.unlock();
        stage.app->openGoal(goal("teach"));
        stage.settle();
        QQuickItem* editor = stage.named(QStringLiteral("Why it matters"));
        editor->forceActiveFocus();
        editor->setProperty("cursorPosition", 6);
        const QString before = documentText(editor);
        QInputMethodEvent compose(QStringLiteral("ni"), {});
        QCoreApplication::sendEvent(editor, &compose);
        const EntryId id = FakeWorld::entryId(QStringLiteral("teach"));
        stage.world.remoteEdit(id, QStringLiteral("why"), {{0, 0, QStringLiteral("Yes. ")}});
        stage.settle();
        QCOMPARE(documentText(editor), before);
        QInputMethodEvent commit;
        commit.setCommitString(QStringLiteral("你"));
        QCoreApplication::sendEvent(editor, &commit);
        stage.settle();
        QVERIFY(documentText(editor).startsWith(QStringLiteral("Yes. ")));
        QVERIFY(documentText(editor).contains(QStringLiteral("你")));
        QCOMPARE(documentText(editor), stage.app->goal()->why()->text());
    }

    void whatStandsInAFieldIsTakenBeforeLocking()
    {
        Stage stage([](FakeWorld& world) { fill(world, Fill::Typical); });
        stage.unlock();
        stage.app->openGoal(goal("teach"));
        stage.settle();
        stage.named(QStringLiteral("Add a mark"))->forceActiveFocus();
        stage.type(QStringLiteral("Write it down"));
        stage.key(Qt::Key_L, Qt::ControlModifier);
        QCOMPARE(stage.app->stage(), App::Locked);
        bool found = false;
        for (const Entry& entry : stage.world.allEntries)
            found = found || entry.text(u"title") == QLatin1String("Write it down");
        QVERIFY(found);
    }

    void afterUnlockTheKeyboardIsWhereItWas()
    {
        for (const bool writing : {true, false}) {
            Stage stage([](FakeWorld& world) { fill(world, Fill::Typical); });
            stage.unlock();
            stage.app->openGoal(goal("review"));
            stage.settle();
            if (writing)
                stage.app->writeFeedback();
            stage.settle();
            const QString place
                = writing ? QStringLiteral("Feedback for Tomás") : QStringLiteral("Mark 2");
            QVERIFY(stage.named(place));
            stage.named(place)->forceActiveFocus();
            if (writing)
                stage.type(QStringLiteral("Half a w"));
            stage.key(Qt::Key_L, Qt::ControlModifier);
            QCOMPARE(stage.app->stage(), App::Locked);
            stage.type(QString::fromLatin1(kSecret));
            stage.key(Qt::Key_Return);
            QCOMPARE(stage.app->stage(), App::Open);
            QTRY_COMPARE(nameOf(stage.window->activeFocusItem()), place);
            if (writing) {
                stage.type(QStringLiteral("ord"));
                QCOMPARE(stage.app->composer()->text()->text(), QStringLiteral("Half a word"));
            }
        }
    }

private:
    static QString documentText(QQuickItem* editor)
    {
        auto* document = editor->property("textDocument").value<QQuickTextDocument*>();
        QString text = document->textDocument()->toRawText();
        text.replace(QChar::ParagraphSeparator, u'\n').replace(QChar::LineSeparator, u'\n');
        return text;
    }
    static void press(Stage& stage, const QString& name)
    {
        stage.settle();
        if (QQuickItem* button = stage.named(name))
            QMetaObject::invokeMethod(button, "clicked");
        stage.settle();
    }
    static void show(Stage& stage, const QString& page)
    {
        if (page == QLatin1String("private") || page == QLatin1String("share"))
            stage.app->openGoal(goal("teach"));
        else if (page != QLatin1String("people"))
            stage.app->openGoal(goal("review"));
        stage.settle();
        if (page == QLatin1String("share"))
            press(stage, QStringLiteral("Share with %1").arg(stage.app->people()->firstNameOf()));
        else if (page == QLatin1String("feedback"))
            stage.app->openThread(goal("f1"));
        else if (page == QLatin1String("compose"))
            stage.app->writeFeedback();
        else if (page == QLatin1String("people"))
            press(stage, QStringLiteral("%1, people").arg(stage.app->people()->name()));
        else if (page == QLatin1String("menu"))
            press(stage, QStringLiteral("More for this goal"));
        else if (page == QLatin1String("locked"))
            stage.app->lock();
        else if (page == QLatin1String("problem"))
            stage.app->notice()->show(
                hostileStrings().first(), stage.world.clock.now + 9000, [] {});
        else if (page == QLatin1String("invite")) {
            stage.app->showInvite();
            stage.app->inviting()->setForWhom(QStringLiteral("<img src=\"x\">"));
            stage.app->inviting()->setRelay(QStringLiteral("relay.example.org"));
            stage.app->inviting()->make();
        }
        stage.settle();
    }
};

int main(int argc, char** argv)
{
    qputenv("QT_QUICK_BACKEND", "software");
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication application(argc, argv);
    TestPages test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_pages.moc"

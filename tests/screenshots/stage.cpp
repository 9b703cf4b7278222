// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/screenshots/stage.h"

#include "ui/qml/engine.h"

#include <QAccessible>
#include <QGuiApplication>
#include <QHash>
#include <QKeyEvent>
#include <QQmlAbstractUrlInterceptor>
#include <QtQml/QQmlExtensionPlugin>

#include <cmath>

Q_IMPORT_QML_PLUGIN(Waymark_UiPlugin)
Q_IMPORT_QML_PLUGIN(Waymark_ViewModelsPlugin)

namespace Waymark::Tests {

namespace {

QStringList& warnings()
{
    static QStringList list;
    return list;
}

void handle(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    // What the app itself logs of a failure belongs to the scene.
    const bool told = context.category && qstrncmp(context.category, "waymark.", 8) == 0;
    const bool ours = !message.contains(QLatin1String("propagateSizeHints"))
        && !message.contains(QLatin1String("XDG_RUNTIME_DIR"));
    if ((type == QtWarningMsg || type == QtCriticalMsg) && ours && !told)
        warnings().append(message);
    fprintf(stderr, "%s\n", qPrintable(message));
}

double luminance(const QColor& colour)
{
    const auto part
        = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF())
        + 0.0722 * part(colour.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

double opacityOf(const QQuickItem* item)
{
    double opacity = 1;
    for (; item; item = item->parentItem())
        opacity *= item->opacity();
    return opacity;
}

/// The colour that most of a text's rectangle has: what it stands on.
QColor groundUnder(const QImage& image, const QRect& rect)
{
    QHash<QRgb, int> counts;
    const QRect inside = rect.intersected(image.rect());
    for (int y = inside.top(); y <= inside.bottom(); ++y) {
        for (int x = inside.left(); x <= inside.right(); ++x)
            ++counts[image.pixel(x, y)];
    }
    QRgb best = 0;
    int most = 0;
    for (auto count = counts.begin(); count != counts.end(); ++count) {
        if (count.value() > most) {
            most = count.value();
            best = count.key();
        }
    }
    return QColor(best);
}

QString nameOf(const QQuickItem* item)
{
    return QString::fromLatin1(item->metaObject()->className()).section(u'_', 0, 0)
        + QLatin1String(" “") + item->property("text").toString().left(40) + QLatin1String("”");
}

QRect visibleRect(const QQuickItem* item)
{
    QRectF rect = item->mapRectToScene(QRectF(QPointF(), item->size()));
    for (const QQuickItem* up = item->parentItem(); up; up = up->parentItem()) {
        if (up->clip())
            rect = rect.intersected(up->mapRectToScene(QRectF(QPointF(), up->size())));
    }
    return rect.toAlignedRect();
}

void checkText(const QQuickItem* item, const QImage& image, QStringList& found)
{
    const double width = item->property("contentWidth").toDouble();
    const double height = item->property("contentHeight").toDouble();
    const bool elides = item->property("elide").toInt() != Qt::ElideNone;
    if (!elides && width > item->width() + 1)
        found.append(
            nameOf(item) + QStringLiteral(" is cut: %1 wide in %2").arg(width).arg(item->width()));
    if (!elides && height > item->height() + 2)
        found.append(nameOf(item)
            + QStringLiteral(" is cut: %1 high in %2").arg(height).arg(item->height()));
    const QRect rect = visibleRect(item);
    if (rect.isEmpty() || opacityOf(item) < 0.99 || !image.rect().intersects(rect))
        return;
    const double size = item->property("font").value<QFont>().pixelSize();
    const double bar = size >= 24 ? 3 : 4.5;
    const double ratio
        = contrast(item->property("color").value<QColor>(), groundUnder(image, rect));
    if (ratio < bar)
        found.append(nameOf(item) + QStringLiteral(" has a contrast of %1").arg(ratio));
}

void checkControl(QQuickItem* item, const QRect& window, QStringList& found)
{
    const bool focusable = item->inherits("QQuickAbstractButton")
        || item->inherits("QQuickTextInput") || item->inherits("QQuickTextEdit");
    if (!focusable || !item->isEnabled())
        return;
    const QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(item);
    if (!interface || interface->text(QAccessible::Name).trimmed().isEmpty())
        found.append(nameOf(item) + QStringLiteral(" has no accessible name"));
    else if (interface->role() == QAccessible::Client || interface->role() == QAccessible::NoRole)
        found.append(nameOf(item) + QStringLiteral(" has no role"));
    const QRectF rect = item->mapRectToScene(QRectF(QPointF(), item->size()));
    if (rect.left() < -1 || rect.right() > window.width() + 1)
        found.append(nameOf(item) + QStringLiteral(" stands outside the window"));
}

/// While pages are being worked on they may come from a folder instead of from the program.
class FromFolder final : public QQmlAbstractUrlInterceptor
{
public:
    QUrl intercept(const QUrl& url, DataType) override
    {
        const QString inside = QStringLiteral("qrc:/qt/qml/Waymark/Ui/");
        const QString folder = qEnvironmentVariable("WAYMARK_QML_FOLDER");
        const QString text = url.toString();
        return !folder.isEmpty() && text.startsWith(inside) && text.endsWith(QLatin1String(".qml"))
            ? QUrl::fromLocalFile(folder + u'/' + text.mid(inside.size()))
            : url;
    }
};

} // namespace

Stage::Stage(const std::function<void(FakeWorld&)>& scene, const Look& look, const QString& page)
{
    QGuiApplication::setLayoutDirection(look.mirrored ? Qt::RightToLeft : Qt::LeftToRight);
    scene(world);
    world.vaultOpen = false;
    app = std::make_unique<App>(world.ports());
    appearance = std::make_unique<Appearance>();
    appearance->setScheme(look.scheme);
    appearance->setFactor(look.factor);
    appearance->setReducedMotion(true);
    engine = std::make_unique<QQmlApplicationEngine>();
    setUpEngine(*engine);
    static FromFolder fromFolder;
    if (qEnvironmentVariableIsSet("WAYMARK_QML_FOLDER"))
        engine->addUrlInterceptor(&fromFolder);
    engine->setInitialProperties({{QStringLiteral("app"), QVariant::fromValue(app.get())},
        {QStringLiteral("appearance"), QVariant::fromValue(appearance.get())},
        {QStringLiteral("width"), look.size.width()},
        {QStringLiteral("height"), look.size.height()}});
    engine->load(QUrl(page.isEmpty() ? QString::fromLatin1(kMainPage) : page));
    if (!engine->rootObjects().isEmpty())
        window = qobject_cast<QQuickWindow*>(engine->rootObjects().first());
    if (window)
        window->requestActivate();
    settle();
}

Stage::~Stage()
{
    engine.reset();
}

void Stage::settle()
{
    world.settle();
    QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    world.settle();
}

void Stage::unlock()
{
    app->unlock()->passphrase()->set(QString::fromUtf8(world.passphrase));
    app->unlock()->open();
    settle();
}

QImage Stage::grab()
{
    settle();
    return window->grabWindow();
}

QList<QQuickItem*> visibleItems(QQuickItem* root)
{
    QList<QQuickItem*> items;
    if (!root->isVisible() || root->opacity() <= 0)
        return items;
    items.append(root);
    for (QQuickItem* child : root->childItems())
        items.append(visibleItems(child));
    return items;
}

QQuickItem* Stage::named(const QString& name) const
{
    for (QQuickItem* item : visibleItems(window->contentItem())) {
        if (!item->inherits("QQuickAbstractButton") && !item->inherits("QQuickTextInput")
            && !item->inherits("QQuickTextEdit"))
            continue;
        const QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(item);
        if (interface && interface->text(QAccessible::Name) == name)
            return item;
    }
    return nullptr;
}

void Stage::key(int key, Qt::KeyboardModifiers modifiers, const QString& text)
{
    QKeyEvent press(QEvent::KeyPress, key, modifiers, text);
    QCoreApplication::sendEvent(window, &press);
    QKeyEvent release(QEvent::KeyRelease, key, modifiers, text);
    QCoreApplication::sendEvent(window, &release);
    settle();
}

void Stage::type(const QString& text)
{
    for (const QChar c : text)
        key(c == u'\n' ? int(Qt::Key_Return) : 0, {}, QString(c));
}

void Stage::catchWarnings()
{
    qInstallMessageHandler(handle);
}

QStringList Stage::takeWarnings()
{
    return std::exchange(warnings(), {});
}

namespace {

bool isInPopup(const QQuickItem* item)
{
    while (item && !item->inherits("QQuickPopupItem"))
        item = item->parentItem();
    return item != nullptr;
}

} // namespace

QStringList findings(Stage& stage, const QImage& image)
{
    QStringList found = Stage::takeWarnings();
    const QList<QQuickItem*> items = visibleItems(stage.window->contentItem());
    QList<const QQuickItem*> covers; // what lies over the page for a while: the toast, tips, menus
    for (const QQuickItem* item : items) {
        // Beside its popups the overlay holds what dims everything behind a dialog.
        const bool dims = item->parentItem() && item->parentItem()->inherits("QQuickOverlay");
        if (QByteArray(item->metaObject()->className()).startsWith("Toast_")
            || item->inherits("QQuickPopupItem") || dims)
            covers.append(item);
    }
    for (QQuickItem* item : items) {
        const QRect rect = visibleRect(item);
        const bool inPopup = isInPopup(item);
        const bool covered
            = std::any_of(covers.begin(), covers.end(), [&](const QQuickItem* cover) {
                  return cover != item && !cover->isAncestorOf(item) && !inPopup
                      && visibleRect(cover).intersects(rect);
              });
        if (covered)
            continue;
        if (item->inherits("QQuickText") && !item->property("text").toString().isEmpty())
            checkText(item, image, found);
        checkControl(item, QRect(QPoint(), stage.window->size()), found);
    }
    return found;
}

} // namespace Waymark::Tests

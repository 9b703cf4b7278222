// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/qml/passphraseguard.h"

#include <QAccessible>
#include <QAccessibleObject>
#include <QKeyEvent>
#include <QQuickWindow>

namespace Waymark {

namespace {

constexpr auto kGuard = "_waymarkGuard";

PassphraseGuard* guardOf(QObject* object)
{
    return object ? object->property(kGuard).value<PassphraseGuard*>() : nullptr;
}

/// What the accessibility bus may know of a guarded field.
class GuardedField final : public QAccessibleObject,
                           public QAccessibleTextInterface,
                           public QAccessibleActionInterface
{
public:
    explicit GuardedField(QQuickItem* item) : QAccessibleObject(item) { }

    QQuickItem* item() const { return static_cast<QQuickItem*>(object()); }
    QString shownText() const
    {
        const QString real = item()->property("text").toString();
        const PassphraseGuard* guard = guardOf(item());
        return guard && guard->isShown() ? real : QString(real.size(), QChar(0x2022));
    }

    QAccessibleInterface* parent() const override
    {
        QQuickWindow* window = item()->window();
        for (QQuickItem* up = item()->parentItem(); up; up = up->parentItem()) {
            if (window && up == window->contentItem())
                break;
            QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(up);
            if (interface && interface->role() != QAccessible::Client)
                return interface;
        }
        return QAccessible::queryAccessibleInterface(window);
    }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QWindow* window() const override { return item()->window(); }
    QRect rect() const override
    {
        const QRectF scene = item()->mapRectToScene(QRectF(QPointF(), item()->size()));
        const QPoint origin = item()->window() ? item()->window()->mapToGlobal(QPoint()) : QPoint();
        return scene.toRect().translated(origin);
    }
    QAccessible::Role role() const override { return QAccessible::EditableText; }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.passwordEdit = true;
        state.editable = true;
        state.focusable = true;
        state.selectableText = true;
        state.focused = item()->hasActiveFocus();
        state.disabled = !item()->isEnabled();
        state.invisible = !item()->isVisible();
        return state;
    }
    QString text(QAccessible::Text which) const override
    {
        const PassphraseGuard* guard = guardOf(item());
        if (which == QAccessible::Name)
            return guard ? guard->name() : QString();
        return which == QAccessible::Value ? shownText() : QString();
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TextInterface)
            return static_cast<QAccessibleTextInterface*>(this);
        if (type == QAccessible::ActionInterface)
            return static_cast<QAccessibleActionInterface*>(this);
        return nullptr;
    }

    QStringList actionNames() const override { return {setFocusAction()}; }
    void doAction(const QString& name) override
    {
        if (name == setFocusAction())
            item()->forceActiveFocus(Qt::OtherFocusReason);
    }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

    void selection(int index, int* start, int* end) const override
    {
        *start = index == 0 ? item()->property("selectionStart").toInt() : 0;
        *end = index == 0 ? item()->property("selectionEnd").toInt() : 0;
    }
    int selectionCount() const override
    {
        return item()->property("selectionStart") != item()->property("selectionEnd") ? 1 : 0;
    }
    void addSelection(int, int) override { }
    void removeSelection(int) override { }
    void setSelection(int, int, int) override { }
    int cursorPosition() const override { return item()->property("cursorPosition").toInt(); }
    void setCursorPosition(int position) override
    {
        item()->setProperty("cursorPosition", position);
    }
    QString text(int start, int end) const override { return shownText().mid(start, end - start); }
    int characterCount() const override { return int(shownText().size()); }
    QRect characterRect(int) const override { return {}; }
    int offsetAtPoint(const QPoint&) const override { return -1; }
    void scrollToSubstring(int, int) override { }
    QString attributes(int, int* start, int* end) const override
    {
        *start = 0;
        *end = characterCount();
        return {};
    }
};

QAccessibleInterface* makeInterface(const QString&, QObject* object)
{
    return object && object->property("isPassphrase").toBool()
        ? new GuardedField(static_cast<QQuickItem*>(object))
        : nullptr;
}

} // namespace

void PassphraseGuard::installAccessibility()
{
    static bool done = false;
    if (!std::exchange(done, true))
        QAccessible::installFactory(makeInterface);
}

void PassphraseGuard::setField(QQuickItem* field)
{
    if (m_field == field)
        return;
    if (m_field)
        m_field->removeEventFilter(this);
    m_field = field;
    if (field) {
        field->setProperty(kGuard, QVariant::fromValue(this));
        field->installEventFilter(this);
        connect(field, SIGNAL(textChanged()), this, SLOT(onTextChanged()));
    }
    Q_EMIT fieldChanged();
}

void PassphraseGuard::onTextChanged()
{
    if (m_emptying || !m_field || !m_passphrase)
        return;
    const QString text = m_field->property("text").toString();
    m_passphrase->set(text);
}

void PassphraseGuard::setPassphrase(Passphrase* passphrase)
{
    if (m_passphrase == passphrase)
        return;
    if (m_passphrase)
        m_passphrase->disconnect(this);
    m_passphrase = passphrase;
    if (passphrase)
        connect(passphrase, &Passphrase::forgotten, this, &PassphraseGuard::empty);
    Q_EMIT passphraseChanged();
}

void PassphraseGuard::setName(const QString& name)
{
    m_name = name;
    Q_EMIT nameChanged();
}

void PassphraseGuard::setShown(bool shown)
{
    if (m_shown == shown)
        return;
    m_shown = shown;
    Q_EMIT shownChanged();
}

void PassphraseGuard::suggest()
{
    if (m_field && m_passphrase)
        m_field->setProperty("text", m_passphrase->suggestion());
}

void PassphraseGuard::empty()
{
    if (!m_field || m_emptying)
        return;
    m_emptying = true;
    // The field's own memory first: the same allocation, written over in place.
    QString text = m_field->property("text").toString();
    auto* units = const_cast<QChar*>(text.constData());
    for (qsizetype i = 0; i < text.size(); ++i)
        *const_cast<volatile char16_t*>(reinterpret_cast<char16_t*>(units + i)) = u' ';
    text.clear();
    m_field->setProperty("text", QString());
    // Then its undo history, which clear() leaves: single inserts push what it holds out.
    for (int i = 0; i < 64; ++i)
        QMetaObject::invokeMethod(
            m_field, "insert", Q_ARG(int, i), Q_ARG(QString, QStringLiteral("x")));
    m_field->setProperty("text", QString());
    m_emptying = false;
}

bool PassphraseGuard::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const QString typed = key->text();
        if (typed.size() == 1 && typed.at(0).isLetter()) {
            const bool shift = key->modifiers().testFlag(Qt::ShiftModifier);
            const bool caps = typed.at(0).isUpper() ? !shift : typed.at(0).isLower() && shift;
            if (caps != m_capsLock) {
                m_capsLock = caps;
                Q_EMIT capsLockChanged();
            }
        } else if (key->key() == Qt::Key_CapsLock && m_capsLock) {
            m_capsLock = false;
            Q_EMIT capsLockChanged();
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace Waymark

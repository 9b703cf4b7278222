// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "passphrase.h"

#include <QObject>
#include <QPointer>
#include <QQmlEngine>
#include <QQuickItem>

namespace Waymark {

/// Stands between a text field and the passphrase typed into it: hands every state of the field
/// over, tells the accessibility bus bullets only, and leaves no copy in the field afterwards.
class PassphraseGuard : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    /// A TextInput.
    Q_PROPERTY(QQuickItem* field READ field WRITE setField NOTIFY fieldChanged FINAL)
    Q_PROPERTY(Waymark::Passphrase* passphrase READ passphrase WRITE setPassphrase NOTIFY
            passphraseChanged FINAL)
    /// The name for screen readers; the field's own is empty.
    Q_PROPERTY(QString name READ name WRITE setName NOTIFY nameChanged FINAL)
    /// What was typed is shown to eyes and screen readers alike.
    Q_PROPERTY(bool shown READ isShown WRITE setShown NOTIFY shownChanged FINAL)
    /// Letters come in capitals though Shift is not held.
    Q_PROPERTY(bool capsLock READ isCapsLock NOTIFY capsLockChanged FINAL)
public:
    using QObject::QObject;

    [[nodiscard]] QQuickItem* field() const { return m_field; }
    void setField(QQuickItem* field);
    [[nodiscard]] Passphrase* passphrase() const { return m_passphrase; }
    void setPassphrase(Passphrase* passphrase);
    [[nodiscard]] QString name() const { return m_name; }
    void setName(const QString& name);
    [[nodiscard]] bool isShown() const { return m_shown; }
    void setShown(bool shown);
    [[nodiscard]] bool isCapsLock() const { return m_capsLock; }

    /// Puts five words there as if they had been typed.
    Q_INVOKABLE void suggest();

    /// Once a process: from now on guarded fields answer the accessibility bus through their guard.
    static void installAccessibility();

Q_SIGNALS:
    void fieldChanged();
    void passphraseChanged();
    void nameChanged();
    void shownChanged();
    void capsLockChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    Q_SLOT void onTextChanged();
    void empty();

    QPointer<QQuickItem> m_field;
    QPointer<Passphrase> m_passphrase;
    QString m_name;
    bool m_shown = false;
    bool m_capsLock = false;
    bool m_emptying = false;
};

} // namespace Waymark

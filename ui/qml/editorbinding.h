// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "textedits.h"
#include "textsession.h"

#include <QObject>
#include <QPointer>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickTextDocument>

namespace Waymark {

/// Joins a TextEdit to a text that is typed into in several places: what is typed goes out as
/// edits, what others wrote comes in through a cursor of its own, with the writer's caret,
/// selection and top line kept. While a composition is open, what is shown is held. The field's own
/// undo is off, since it would take back a partner's words.
class EditorBinding : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QQuickItem* edit READ edit WRITE setEdit NOTIFY editChanged FINAL)
    Q_PROPERTY(
        QQuickTextDocument* document READ document WRITE setDocument NOTIFY documentChanged FINAL)
    Q_PROPERTY(QQuickItem* flickable MEMBER m_flickable NOTIFY flickableChanged FINAL)
    Q_PROPERTY(
        Waymark::TextSession* session READ session WRITE setSession NOTIFY sessionChanged FINAL)
public:
    using QObject::QObject;
    ~EditorBinding() override;

    [[nodiscard]] QQuickItem* edit() const { return m_edit; }
    void setEdit(QQuickItem* edit);
    [[nodiscard]] QQuickTextDocument* document() const { return m_document; }
    void setDocument(QQuickTextDocument* document);
    [[nodiscard]] TextSession* session() const { return m_session; }
    void setSession(TextSession* session);

    /// Takes a composition as it stands.
    Q_INVOKABLE void commit();

Q_SIGNALS:
    void editChanged();
    void documentChanged();
    void flickableChanged();
    void sessionChanged();

private:
    void attach();
    void load();
    void onContentsChange(int at, int removed, int added);
    void onIncoming(const QList<Utf16Edit>& edits);
    void show();
    void repair();
    Q_SLOT void onPreeditChanged();
    Q_SLOT void onCaretChanged();
    [[nodiscard]] bool isComposing() const;
    [[nodiscard]] QString shown() const;

    QPointer<QQuickItem> m_edit;
    QPointer<QQuickTextDocument> m_document;
    QPointer<QQuickItem> m_flickable;
    QPointer<TextSession> m_session;
    ShadowText m_shadow; ///< what the document holds
    QList<Utf16Edit> m_held; ///< others' edits not shown yet, against m_shadow
    bool m_ours = false; ///< the document changes by our own hand
    bool m_queued = false;
};

} // namespace Waymark

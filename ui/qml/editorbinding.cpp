// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/qml/editorbinding.h"

#include <QGuiApplication>
#include <QInputMethod>
#include <QInputMethodEvent>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>

namespace Waymark {

EditorBinding::~EditorBinding()
{
    commit();
}

void EditorBinding::setEdit(QQuickItem* edit)
{
    m_edit = edit;
    if (edit) {
        connect(edit, SIGNAL(preeditTextChanged()), this, SLOT(onPreeditChanged()));
        connect(edit, SIGNAL(inputMethodComposingChanged()), this, SLOT(onPreeditChanged()));
        connect(edit, SIGNAL(cursorPositionChanged()), this, SLOT(onCaretChanged()));
    }
    Q_EMIT editChanged();
    attach();
}

void EditorBinding::setDocument(QQuickTextDocument* document)
{
    if (m_document == document)
        return;
    m_document = document;
    if (document) {
        QTextDocument* text = document->textDocument();
        text->setUndoRedoEnabled(false);
        connect(text, &QTextDocument::contentsChange, this, &EditorBinding::onContentsChange);
    }
    Q_EMIT documentChanged();
    attach();
}

void EditorBinding::setSession(TextSession* session)
{
    if (m_session == session)
        return;
    if (m_session) {
        commit();
        m_session->disconnect(this);
    }
    m_session = session;
    if (session) {
        connect(session, &TextSession::loaded, this, &EditorBinding::load);
        connect(session, &TextSession::incoming, this, &EditorBinding::onIncoming);
        connect(session, &TextSession::handingOver, this, &EditorBinding::commit);
    }
    Q_EMIT sessionChanged();
    attach();
}

void EditorBinding::attach()
{
    if (m_edit && m_document && m_session)
        load();
}

QString EditorBinding::shown() const
{
    // Block by block: toPlainText() would turn non-breaking spaces into plain ones.
    QString text;
    for (QTextBlock block = m_document->textDocument()->begin(); block.isValid();
         block = block.next()) {
        if (block.blockNumber() > 0)
            text += u'\n';
        text += block.text();
    }
    text.replace(QChar::LineSeparator, u'\n');
    return text;
}

void EditorBinding::load()
{
    if (!m_edit || !m_document || !m_session)
        return;
    m_ours = true;
    m_held.clear();
    m_shadow.reset(m_session->text());
    QTextCursor cursor(m_document->textDocument());
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    cursor.insertText(m_shadow.text());
    cursor.endEditBlock();
    m_ours = false;
    m_edit->setProperty("cursorPosition", int(std::min(m_session->caret, m_shadow.text().size())));
}

bool EditorBinding::isComposing() const
{
    return m_edit && !m_edit->property("preeditText").toString().isEmpty();
}

void EditorBinding::onContentsChange(int at, int removed, int added)
{
    if (m_ours || !m_session || !m_edit)
        return;
    const qsizetype caret = m_edit->property("cursorPosition").toInt();
    const QString now = shown();
    QList<Utf16Edit> edits = m_shadow.took(at, removed, added, now, caret);
    if (edits.isEmpty())
        return;
    if (cleaned(now) != now)
        QMetaObject::invokeMethod(this, &EditorBinding::repair, Qt::QueuedConnection);
    if (!m_held.isEmpty()) {
        const Crossed both = crossed(edits, m_held, /*firstStandsBefore=*/true);
        edits = both.first;
        m_held = both.second;
        onPreeditChanged();
    }
    m_session->edit(edits);
}

void EditorBinding::repair()
{
    // What no text may hold came in by a paste; it goes out again as an edit of one's own.
    if (!m_session || isComposing())
        return;
    const QString clean = cleaned(m_shadow.text());
    const QList<Utf16Edit> edits = difference(m_shadow.text(), clean);
    QTextCursor cursor(m_document->textDocument());
    cursor.beginEditBlock();
    for (const Utf16Edit& edit : edits) {
        cursor.setPosition(int(edit.position));
        cursor.setPosition(int(edit.position + edit.removed), QTextCursor::KeepAnchor);
        cursor.insertText(edit.inserted);
    }
    cursor.endEditBlock();
}

void EditorBinding::onIncoming(const QList<Utf16Edit>& edits)
{
    m_held += edits;
    // Queued: never inside a signal of the field, and all of one turn in one block.
    if (!std::exchange(m_queued, true))
        QMetaObject::invokeMethod(this, &EditorBinding::show, Qt::QueuedConnection);
}

void EditorBinding::onPreeditChanged()
{
    // Whether it is over is looked at later: the signal comes before the field knows it.
    if (!m_held.isEmpty() && !std::exchange(m_queued, true))
        QMetaObject::invokeMethod(this, &EditorBinding::show, Qt::QueuedConnection);
}

void EditorBinding::onCaretChanged()
{
    if (m_session && m_edit && !m_ours && m_session->isReady())
        m_session->caret = m_edit->property("cursorPosition").toInt();
}

void EditorBinding::show()
{
    m_queued = false;
    if (m_held.isEmpty() || !m_edit || !m_document || isComposing())
        return;
    const QList<Utf16Edit> edits = std::exchange(m_held, {});
    qsizetype start = m_edit->property("selectionStart").toInt();
    qsizetype end = m_edit->property("selectionEnd").toInt();
    const bool backwards = start != end && m_edit->property("cursorPosition").toInt() == start;
    // The line at the top of the view stays where it is.
    const double contentY = m_flickable ? m_flickable->property("contentY").toDouble() : 0;
    int top = 0;
    QMetaObject::invokeMethod(
        m_edit, "positionAt", Q_RETURN_ARG(int, top), Q_ARG(double, 0.0), Q_ARG(double, contentY));
    const auto yOf = [this](qsizetype position) {
        QRectF rect;
        QMetaObject::invokeMethod(
            m_edit, "positionToRectangle", Q_RETURN_ARG(QRectF, rect), Q_ARG(int, int(position)));
        return rect.y();
    };
    const double offset = yOf(top) - contentY;
    qsizetype topAfter = top;

    m_ours = true;
    QTextCursor cursor(m_document->textDocument());
    cursor.beginEditBlock();
    for (const Utf16Edit& edit : edits) {
        const qsizetype at = std::clamp<qsizetype>(edit.position, 0, m_shadow.text().size());
        const qsizetype removed = std::min(edit.removed, m_shadow.text().size() - at);
        cursor.setPosition(int(at));
        cursor.setPosition(int(at + removed), QTextCursor::KeepAnchor);
        cursor.insertText(edit.inserted);
        m_shadow.apply({edit});
        start = carriedOver(start, edit);
        end = carriedOver(end, edit);
        topAfter = carriedOver(topAfter, edit);
    }
    cursor.endEditBlock();
    m_ours = false;

    if (start == end)
        m_edit->setProperty("cursorPosition", int(start));
    else
        QMetaObject::invokeMethod(m_edit, "select", Q_ARG(int, int(backwards ? end : start)),
            Q_ARG(int, int(backwards ? start : end)));
    if (m_flickable && contentY > 0)
        m_flickable->setProperty("contentY", yOf(topAfter) - offset);
}

void EditorBinding::commit()
{
    if (!isComposing())
        return;
    QGuiApplication::inputMethod()->commit();
    const QString left = m_edit->property("preeditText").toString();
    if (!left.isEmpty()) {
        QInputMethodEvent event;
        event.setCommitString(left);
        QCoreApplication::sendEvent(m_edit, &event);
    }
}

} // namespace Waymark

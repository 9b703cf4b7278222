// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/journal.h"

#include <QObject>
#include <QQmlEngine>
#include <QTimer>

#include <functional>

namespace Waymark {

class Desk;

/// One text that is typed into here and may be typed into elsewhere. Keeps what the editor shows,
/// hands edits to the journal one run at a time, and gives the editor what others wrote, rewritten
/// to follow what is still on its way. GUI thread.
class TextSession final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("A text comes with a view model")
    Q_PROPERTY(bool ready READ isReady NOTIFY loaded FINAL)
    Q_PROPERTY(bool empty READ isEmpty NOTIFY changed FINAL)
    /// Everything typed is in the vault.
    Q_PROPERTY(bool kept READ isKept NOTIFY changed FINAL)
    Q_PROPERTY(QString text READ text NOTIFY changed FINAL)
public:
    /// Makes the entry, with this text, when the first letter is typed.
    using Begin = std::function<QFuture<Result<EntryId>>(const QString& text)>;

    TextSession(Desk& desk, QString field, QObject* parent);
    ~TextSession() override;

    void open(const EntryId& entry);
    void openLater(Begin begin);
    /// Leaves the text: what was typed is sealed, nothing is shown any more.
    void close();
    [[nodiscard]] std::optional<EntryId> entry() const { return m_entry; }

    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] bool isReady() const { return m_ready; }
    [[nodiscard]] bool isEmpty() const;
    [[nodiscard]] bool isKept() const;

    /// From the editor: what was done to text().
    void edit(const QList<Utf16Edit>& edits);
    /// Asks the editor to let go of a composition and hand over what it has.
    void handOver() { Q_EMIT handingOver(); }
    /// Makes an operation of what was typed.
    Q_INVOKABLE void seal();

    /// Where the caret stood, to come back to it; the editor keeps it level.
    qsizetype caret = 0;

Q_SIGNALS:
    /// text() is another one altogether.
    void loaded();
    void changed();
    void incoming(const QList<Waymark::Utf16Edit>& edits);
    void handingOver();

private:
    void load(const TextView& view);
    void onText(
        const EntryId& entry, const QString& field, const QList<Utf16Edit>& edits, quint64 number);
    void dispatch();
    void make();
    void acknowledged(quint64 number);
    void compare();

    Desk& m_desk;
    QString m_field;
    Begin m_begin;
    std::optional<EntryId> m_entry;
    std::optional<EntryId> m_locked; ///< the one that was open when the journal was locked
    qsizetype m_lockedCaret = 0;
    QString m_text;
    quint64 m_number = 0;
    quint64 m_round = 0; ///< answers for an earlier text are not taken
    QList<Utf16Edit> m_flying; ///< handed to the journal, not answered yet
    QList<Utf16Edit> m_buffer; ///< after those
    bool m_ready = false;
    bool m_beginning = false;
    bool m_crossed = false; ///< somebody else wrote while edits were under way
    bool m_unsealed = false;
    QTimer m_pause;
    QTimer m_longest;
    QTimer m_again;
};

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/viewmodels/draftview.h"
#include "ui/viewmodels/pages.h"
#include "ui/viewmodels/rows.h"

namespace Waymark {

class Desk;

/// What was said about one thing, and the answer to it.
class ThreadView final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("A thread comes with the app")
    Q_PROPERTY(QString id READ id NOTIFY changed FINAL)
    Q_PROPERTY(bool shown READ isShown NOTIFY changed FINAL)
    Q_PROPERTY(QString title READ title NOTIFY changed FINAL)
    Q_PROPERTY(QString line READ line NOTIFY changed FINAL)
    /// The goal it is about, empty where none.
    Q_PROPERTY(QString goal READ goal NOTIFY changed FINAL)
    Q_PROPERTY(bool myTurn READ isMyTurn NOTIFY changed FINAL)
    Q_PROPERTY(Waymark::RowList* said READ said CONSTANT FINAL)
    Q_PROPERTY(Waymark::DraftView* answer READ answer CONSTANT FINAL)
public:
    ThreadView(Desk& desk, QObject* parent);

    void open(const QString& id);
    void close();

    [[nodiscard]] QString id() const { return m_id; }
    [[nodiscard]] bool isShown() const { return !m_page.said.isEmpty(); }
    [[nodiscard]] QString title() const { return m_page.row.title; }
    [[nodiscard]] QString line() const;
    [[nodiscard]] QString goal() const { return m_page.on; }
    [[nodiscard]] bool isMyTurn() const { return m_page.row.turn == Turn::Mine; }
    [[nodiscard]] RowList* said() { return &m_said; }
    [[nodiscard]] DraftView* answer() { return &m_answer; }

    Q_INVOKABLE void acknowledge();
    Q_INVOKABLE void takeBack(const QString& utterance);

Q_SIGNALS:
    void changed();
    void gone();

private:
    void read();
    [[nodiscard]] QString successor(const ThreadPage& page) const;

    Desk& m_desk;
    QString m_id;
    ThreadPage m_page;
    Rows<Utterance> m_said;
    DraftView m_answer;
};

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/viewmodels/rows.h"
#include "ui/viewmodels/textsession.h"

namespace Waymark {

class Desk;

/// A text for somebody, from its first letter on kept as a draft that knows its reader.
class DraftView final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("A composer comes with a page")
    Q_PROPERTY(bool active READ isActive NOTIFY changed FINAL)
    Q_PROPERTY(Waymark::TextSession* text READ text CONSTANT FINAL)
    Q_PROPERTY(QString partner READ partner NOTIFY changed FINAL)
    Q_PROPERTY(QString firstName READ firstNameOf NOTIFY changed FINAL)
    /// What it is about, empty where nothing.
    Q_PROPERTY(QString about READ about NOTIFY changed FINAL)
    Q_PROPERTY(QString tone READ tone WRITE setTone NOTIFY changed FINAL)
    /// Feedback has a tone; an answer or a line has none.
    Q_PROPERTY(bool toned READ isToned NOTIFY changed FINAL)
    Q_PROPERTY(bool draft READ isDraft NOTIFY changed FINAL)
public:
    DraftView(Desk& desk, QObject* parent);

    void feedbackOn(const QString& goal, const QString& person);
    void answer(const QString& utterance, const QString& person);
    void line(const QString& person);
    Q_INVOKABLE void close();

    [[nodiscard]] bool isActive() const { return !m_person.isEmpty(); }
    [[nodiscard]] TextSession* text() { return &m_text; }
    [[nodiscard]] QString partner() const;
    [[nodiscard]] QString firstNameOf() const;
    [[nodiscard]] QString about() const;
    [[nodiscard]] QString person() const { return m_person; }
    [[nodiscard]] QString tone() const { return m_tone; }
    void setTone(const QString& tone);
    [[nodiscard]] bool isToned() const { return m_replyTo.isEmpty() && !m_on.isEmpty(); }
    [[nodiscard]] bool isDraft() const { return m_text.entry().has_value(); }

    /// False, and nothing done, while nothing is written.
    Q_INVOKABLE bool send();
    Q_INVOKABLE void discard();

Q_SIGNALS:
    void changed();
    /// It rests here now, as the utterance with this id.
    void sent(const QString& id);

private:
    void begin(const QString& person, const QString& on, const QString& replyTo);
    void find();
    QFuture<Result<EntryId>> make(const QString& text);

    Desk& m_desk;
    QString m_person;
    QString m_on;
    QString m_replyTo;
    QString m_tone;
    TextSession m_text;
};

} // namespace Waymark

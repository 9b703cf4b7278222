// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/viewmodels/passphrase.h"

namespace Waymark {

class Desk;

/// From nothing to the first note: the two choices, the invitation, name and passphrase, a note.
class FirstRun final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The first run comes with the app")
    Q_PROPERTY(Waymark::FirstRun::Step step READ step NOTIFY changed FINAL)
    Q_PROPERTY(bool invited READ isInvited NOTIFY changed FINAL)
    Q_PROPERTY(QString name READ name WRITE setName NOTIFY changed FINAL)
    Q_PROPERTY(Waymark::Passphrase* passphrase READ passphrase CONSTANT FINAL)
    /// What keeps the journal from being made, in words.
    Q_PROPERTY(QString problem READ problem NOTIFY changed FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    // The invitation that was found in what was pasted.
    Q_PROPERTY(bool found READ isFound NOTIFY foundChanged FINAL)
    Q_PROPERTY(QString foundProblem READ foundProblem NOTIFY foundChanged FINAL)
    Q_PROPERTY(QString inviter READ inviter NOTIFY foundChanged FINAL)
    Q_PROPERTY(QString inviterFirst READ inviterFirst NOTIFY foundChanged FINAL)
    Q_PROPERTY(QString inviterInitials READ inviterInitials NOTIFY foundChanged FINAL)
    Q_PROPERTY(int inviterTint READ inviterTint NOTIFY foundChanged FINAL)
    Q_PROPERTY(QString role READ role NOTIFY foundChanged FINAL)
    Q_PROPERTY(QString lastDay READ lastDay NOTIFY foundChanged FINAL)
    Q_PROPERTY(QString lastDayDistance READ lastDayDistance NOTIFY foundChanged FINAL)
    Q_PROPERTY(int linkFrom READ linkFrom NOTIFY foundChanged FINAL)
    Q_PROPERTY(int linkLength READ linkLength NOTIFY foundChanged FINAL)
public:
    enum Step { Choices, Invited, NameAndPassphrase, FirstNote };
    Q_ENUM(Step)

    FirstRun(Desk& desk, QObject* parent);

    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] bool isInvited() const { return m_invited; }
    [[nodiscard]] QString name() const { return m_name; }
    void setName(const QString& name);
    [[nodiscard]] Passphrase* passphrase() { return &m_passphrase; }
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] bool isFound() const { return !m_link.isEmpty(); }
    [[nodiscard]] QString foundProblem() const { return m_foundProblem; }
    [[nodiscard]] QString inviter() const { return m_inviter; }
    [[nodiscard]] QString inviterFirst() const;
    [[nodiscard]] QString inviterInitials() const;
    [[nodiscard]] int inviterTint() const;
    [[nodiscard]] QString role() const { return m_role; }
    [[nodiscard]] QString lastDay() const;
    [[nodiscard]] QString lastDayDistance() const;
    [[nodiscard]] int linkFrom() const { return int(m_linkFrom); }
    [[nodiscard]] int linkLength() const { return int(m_linkLength); }

    Q_INVOKABLE void haveInvitation();
    Q_INVOKABLE void startAlone();
    Q_INVOKABLE void back();
    /// Looks for an invitation in any text.
    Q_INVOKABLE void look(const QString& pasted);
    Q_INVOKABLE void goOn();
    Q_INVOKABLE void make();
    Q_INVOKABLE void keepNote(const QString& text);
    Q_INVOKABLE void notNow();

    /// An invitation accepted later, from within an open journal.
    void reset();

Q_SIGNALS:
    void changed();
    void foundChanged();
    /// The journal is there and open.
    void made();
    /// The first note is kept as this goal, or none was.
    void finished(const QString& goal);

private:
    void setStep(Step step);
    void accept();

    Desk& m_desk;
    Step m_step = Choices;
    bool m_invited = false;
    bool m_busy = false;
    QString m_name;
    QString m_problem;
    Passphrase m_passphrase;
    QString m_link;
    QByteArray m_looked; ///< what was looked at last, as its hash
    QString m_foundProblem;
    QString m_inviter;
    QString m_role;
    qint64 m_expiresMs = 0;
    qsizetype m_linkFrom = 0;
    qsizetype m_linkLength = 0;
};

} // namespace Waymark

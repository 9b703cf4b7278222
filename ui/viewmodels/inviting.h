// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "ui/viewmodels/pages.h"
#include "ui/viewmodels/rows.h"

namespace Waymark {

class Desk;

/// Making an invitation: for whom, as what, by which relay, and the message to mail.
class Inviting final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Inviting comes with the app")
    Q_PROPERTY(QString forWhom READ forWhom WRITE setForWhom NOTIFY changed FINAL)
    /// What the invited person will be: mentor, mentee or peer.
    Q_PROPERTY(QString role READ role WRITE setRole NOTIFY changed FINAL)
    Q_PROPERTY(QString roleText READ roleText NOTIFY changed FINAL)
    Q_PROPERTY(QString relay READ relay WRITE setRelay NOTIFY changed FINAL)
    /// What the relay answered, in words.
    Q_PROPERTY(QString relayText READ relayText NOTIFY changed FINAL)
    Q_PROPERTY(bool relayWell READ isRelayWell NOTIFY changed FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY changed FINAL)
    Q_PROPERTY(QString message READ message NOTIFY messageChanged FINAL)
    Q_PROPERTY(QString link READ link NOTIFY messageChanged FINAL)
    Q_PROPERTY(bool copied READ isCopied NOTIFY changed FINAL)
    Q_PROPERTY(Waymark::RowList* open READ open CONSTANT FINAL)
public:
    Inviting(Desk& desk, QObject* parent);

    void begin();
    [[nodiscard]] QString forWhom() const { return m_forWhom; }
    void setForWhom(const QString& name);
    [[nodiscard]] QString role() const { return m_role; }
    void setRole(const QString& role);
    [[nodiscard]] QString roleText() const;
    [[nodiscard]] QString relay() const { return m_relay; }
    void setRelay(const QString& relay);
    [[nodiscard]] QString relayText() const { return m_relayText; }
    [[nodiscard]] bool isRelayWell() const { return m_relayWell; }
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] QString message() const { return m_message; }
    [[nodiscard]] QString link() const { return m_link; }
    [[nodiscard]] bool isCopied() const { return m_copied; }
    [[nodiscard]] RowList* open() { return &m_open; }

    /// Asks the relay whether it is there and keeps its address when it is.
    Q_INVOKABLE void tryRelay();
    /// Makes the invitation at the relay, and from it the message.
    Q_INVOKABLE void make();
    /// The message as the person left it is ready to be pasted elsewhere.
    Q_INVOKABLE void noteCopied();
    Q_INVOKABLE void withdraw(const QString& invitation);
    /// The message for an invitation that was made before.
    Q_INVOKABLE void show(const QString& invitation);
    Q_INVOKABLE void startAgain();

Q_SIGNALS:
    void changed();
    void messageChanged();

private:
    void read();
    void invite(const QString& space);
    void write(const QString& link, qint64 expiresMs);
    void fail(const Error& error);

    Desk& m_desk;
    QString m_forWhom;
    QString m_role = QStringLiteral("mentor");
    QString m_relay;
    QString m_relayText;
    QString m_problem;
    QString m_message;
    QString m_link;
    bool m_relayWell = false;
    bool m_busy = false;
    bool m_copied = false;
    bool m_typedRelay = false;
    Rows<InvitationRow> m_open;
};

} // namespace Waymark

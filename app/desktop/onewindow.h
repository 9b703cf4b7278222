// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocalServer>
#include <QObject>

namespace Waymark {

/// One window a vault: a second start finds the first and has it come to the front. GUI thread.
class OneWindow final : public QObject
{
    Q_OBJECT
public:
    explicit OneWindow(const QString& vaultFolder);

    /// True when another process has this vault's window; it has been asked to raise it.
    [[nodiscard]] bool isElsewhere();

Q_SIGNALS:
    /// Somebody started Waymark again for this vault.
    void wanted();

private:
    QString m_name;
    QLocalServer m_server;
};

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/environment.h"
#include "app/domain/synccontrol.h"

#include <QJsonObject>
#include <QMutex>

namespace Waymark {

/// What a command says, as JSON for scripts or as text for people. Any thread: events come from the
/// database's.
class Output
{
public:
    struct Form
    {
        bool json = false;
        bool events = false; ///< events as JSON lines on stderr
        bool watch = false; ///< events as the command's own lines on stdout
    };

    explicit Output(const Environment& environment) : m_environment(environment) { }

    void setForm(Form form);
    [[nodiscard]] bool isJson() const { return m_form.json; }

    /// The command's one document, or its text.
    void answer(const QJsonValue& document, const QString& text);
    /// One line of several.
    void line(const QJsonObject& object, const QString& text);
    /// An aside to people; scripts don't get it.
    void note(const QString& text);
    void fail(const Error& error);
    void event(const SyncEvent& event);
    /// Text that is the same for people and scripts: help, version.
    void plain(const QString& text);

    /// Whether something could not be written.
    [[nodiscard]] bool isBroken() const;

private:
    enum class Stream { Out, Err };
    void write(Stream stream, const QByteArray& line);

    const Environment& m_environment;
    Form m_form;
    mutable QMutex m_mutex;
    bool m_broken = false;
};

/// One line of JSON without spaces.
[[nodiscard]] QByteArray compactJson(const QJsonValue& value);

/// Text as a terminal may show it: what others wrote cannot move its cursor or change its colours.
[[nodiscard]] QString printable(const QString& text);

/// Rows under each other, columns aligned, two spaces between; each row ends in a line feed.
[[nodiscard]] QString aligned(const QList<QStringList>& rows);

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/output.h"

#include "app/commands/exitstatus.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace Waymark {

QByteArray compactJson(const QJsonValue& value)
{
    const QJsonDocument document
        = value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject());
    return document.toJson(QJsonDocument::Compact);
}

QString printable(const QString& text)
{
    QString out = text;
    for (QChar& character : out) {
        const bool isLayout = character == u'\n' || character == u'\t';
        if (!isLayout && character.category() == QChar::Other_Control)
            character = QChar::ReplacementCharacter;
    }
    return out;
}

QString aligned(const QList<QStringList>& rows)
{
    QList<qsizetype> widths;
    for (const QStringList& row : rows) {
        widths.resize(qMax(widths.size(), row.size()));
        for (qsizetype i = 0; i < row.size(); ++i)
            widths[i] = qMax(widths[i], row[i].size());
    }
    QString out;
    for (const QStringList& row : rows) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i)
            line += row[i].leftJustified(widths[i] + 2);
        while (line.endsWith(u' '))
            line.chop(1);
        out += line + u'\n';
    }
    return out;
}

void Output::setForm(Form form)
{
    const QMutexLocker lock(&m_mutex);
    m_form = form;
}

void Output::answer(const QJsonValue& document, const QString& text)
{
    if (m_form.json)
        write(Stream::Out, compactJson(document) + '\n');
    else
        plain(text);
}

void Output::line(const QJsonObject& object, const QString& text)
{
    answer(object, text);
}

void Output::note(const QString& text)
{
    if (!m_form.json)
        write(Stream::Err, printable(text).toUtf8() + '\n');
}

void Output::fail(const Error& error)
{
    const QString sentence = errorSentence(error);
    if (m_form.json) {
        const QJsonObject inner{{QStringLiteral("code"), QLatin1String(codeName(error.code))},
            {QStringLiteral("message"), sentence}};
        write(Stream::Err, compactJson(QJsonObject{{QStringLiteral("error"), inner}}) + '\n');
    } else {
        write(Stream::Err, "waymark-cli: " + printable(sentence).toUtf8() + '\n');
    }
}

void Output::event(const SyncEvent& event)
{
    QJsonObject object = event.about;
    object.insert(QStringLiteral("event"), event.name);
    Form form;
    {
        const QMutexLocker lock(&m_mutex);
        form = m_form;
    }
    if (form.events)
        write(Stream::Err, compactJson(object) + '\n');
    if (form.watch && form.json)
        write(Stream::Out, compactJson(object) + '\n');
    else if (form.watch)
        write(Stream::Out, printable(event.name).toUtf8() + '\n');
}

void Output::plain(const QString& text)
{
    if (text.isEmpty())
        return;
    QByteArray bytes = printable(text).toUtf8();
    if (!bytes.endsWith('\n'))
        bytes += '\n';
    write(Stream::Out, bytes);
}

bool Output::isBroken() const
{
    const QMutexLocker lock(&m_mutex);
    return m_broken;
}

void Output::write(Stream stream, const QByteArray& line)
{
    const QMutexLocker lock(&m_mutex);
    if (!(stream == Stream::Out ? m_environment.out : m_environment.err)(line))
        m_broken = true;
}

} // namespace Waymark

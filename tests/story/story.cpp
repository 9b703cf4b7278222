// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/story/story.h"

#include <QDateTime>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

namespace Waymark::Story {

namespace {

/// A file, and the file whose names it goes on with.
struct Source
{
    const char* file;
    const char* names;
    bool later;
};
constexpr Source kSources[] = {{"people", "people", false}, {"lina-tomas", "lina-tomas", false},
    {"lina-tomas-later", "lina-tomas", true}, {"lina-aiko", "lina-aiko", false},
    {"tomas-mentees", "tomas-mentees", false}, {"scripts", "scripts", false}};

Result<Line> lineOf(const QByteArray& text, const Source& source, int number)
{
    QJsonObject object = QJsonDocument::fromJson(text).object();
    Line out;
    out.at = object.take(QStringLiteral("at")).toString();
    const QDateTime at = QDateTime::fromString(out.at, Qt::ISODate);
    if (!at.isValid())
        return Error{ErrorCode::Usage,
            QStringLiteral("%1:%2 has no time").arg(QLatin1String(source.file)).arg(number)};
    out.atMs = at.toMSecsSinceEpoch();
    out.by = object.take(QStringLiteral("by")).toString();
    out.file = QLatin1String(source.names);
    out.number = number;
    out.apart = object.take(QStringLiteral("apart")).toBool();
    for (const char* key : {"find", "notFind", "base"})
        object.remove(QLatin1String(key));
    out.as = object.take(QStringLiteral("as")).toString();
    out.object = object;
    return out;
}

} // namespace

void StoryClock::set(const QString& at)
{
    const QDateTime time = QDateTime::fromString(at, Qt::ISODate);
    m_nowMs = std::max(m_nowMs, time.toMSecsSinceEpoch());
    m_offset = time.offsetFromUtc() / 60;
}

const QList<Cast>& cast()
{
    static const QList<Cast> all{
        {QStringLiteral("lina"), QStringLiteral("Lina Haddad"), QStringLiteral("Lina")},
        {QStringLiteral("tomas"), QStringLiteral("Tomás Okafor"), QStringLiteral("Tomás")},
        {QStringLiteral("aiko"), QStringLiteral("Aiko Tanaka"), QStringLiteral("Aiko")},
        {QStringLiteral("priya"), QStringLiteral("Priya Raghunathan"), QStringLiteral("Priya")},
        {QStringLiteral("kwabena"), QStringLiteral("Kwabena Asante-Mensah"),
            QStringLiteral("Kwabena")},
        {QStringLiteral("ana-lucia"), QStringLiteral("Ana Lucía Quispe"),
            QStringLiteral("Ana Lucía")},
        {QStringLiteral("khoi"), QStringLiteral("Nguyễn Minh Khôi"), QStringLiteral("Khôi")},
        {QStringLiteral("ingrid"), QStringLiteral("Ingrid Solheim"), QStringLiteral("Ingrid")},
        {QStringLiteral("samira"), QStringLiteral("Samira Lindqvist-Nguyễn"),
            QStringLiteral("Samira")}};
    return all;
}

const QList<Pair>& pairs()
{
    static const QList<Pair> all = [] {
        QList<Pair> out{
            {QStringLiteral("lina-tomas"), QStringLiteral("lina"), Role::Mentee,
                QStringLiteral("tomas"), Role::Mentor, QStringLiteral("Lina and Tomás")},
            {QStringLiteral("lina-aiko"), QStringLiteral("lina"), Role::Peer,
                QStringLiteral("aiko"), Role::Peer, QStringLiteral("Lina and Aiko")}};
        for (const Cast& each : cast()) {
            static const QStringList others{QStringLiteral("lina"), QStringLiteral("tomas"),
                QStringLiteral("aiko"), QStringLiteral("samira")};
            if (!others.contains(each.by))
                out.append({QStringLiteral("tomas-") + each.by, each.by, Role::Mentee,
                    QStringLiteral("tomas"), Role::Mentor,
                    each.called + QStringLiteral(" and Tomás")});
        }
        return out;
    }();
    return all;
}

Result<QList<Line>> read(const QString& folder, bool withLater, qint64 until)
{
    QList<Line> out;
    for (const Source& source : kSources) {
        if (source.later && !withLater)
            continue;
        QFile file(QDir(folder).filePath(QLatin1String(source.file) + QStringLiteral(".jsonl")));
        if (!file.open(QIODevice::ReadOnly))
            return Error{ErrorCode::NotFound, file.fileName()};
        for (int number = 1; !file.atEnd(); ++number) {
            auto line = lineOf(file.readLine(), source, number);
            if (!line)
                return line.error();
            const QString needs = line->object.take(QStringLiteral("needs")).toString();
            if (needs != QLatin1String("base") && line->atMs <= until)
                out.append(std::move(*line));
        }
    }
    std::stable_sort(
        out.begin(), out.end(), [](const Line& a, const Line& b) { return a.atMs < b.atMs; });
    return out;
}

QJsonValue Teller::named(const QString& file, const QJsonValue& value) const
{
    if (value.isArray()) {
        QJsonArray out;
        for (const QJsonValue& each : value.toArray())
            out.append(named(file, each));
        return out;
    }
    if (value.isObject()) {
        QJsonObject out = value.toObject();
        for (auto it = out.begin(); it != out.end(); ++it)
            it.value() = named(file, it.value());
        return out;
    }
    const QString text = value.toString();
    if (!text.startsWith(u'@'))
        return value;
    if (const auto space = spaces.find(text.mid(1)); space != spaces.end())
        return QString::fromLatin1(space->second.hex());
    const auto id = m_ids.constFind({file, text.mid(1)});
    return id == m_ids.cend() ? value : QJsonValue(QString::fromLatin1(id->hex()));
}

void Teller::levelOne(const QString& reader)
{
    const std::set<QString> wrote = std::exchange(m_unread[reader], {});
    if (!wrote.empty())
        level(wrote, reader);
}

void Teller::levelAll()
{
    for (const auto& [by, writer] : writers)
        levelOne(by);
}

QString Teller::tell(const Line& line)
{
    const QString where = QStringLiteral("%1 at %2 by %3: ").arg(line.file, line.at, line.by);
    const auto found = writers.find(line.by);
    if (found == writers.end())
        return where + QStringLiteral("nobody has that name");
    const bool second = line.apart && m_apart;
    m_apart = line.apart && !second;
    if (line.apart && !second)
        levelAll(); // two who write without each other begin level
    else if (!second)
        levelOne(line.by);
    for (const auto& [by, writer] : writers) {
        if (by != line.by)
            m_unread[by].insert(line.by);
    }
    found->second.clock->set(line.at);
    LineRunner runner(*found->second.ports);
    const QJsonDocument document(named(line.file, line.object).toObject());
    const Result<Written> written = runner.run(document.toJson(QJsonDocument::Compact));
    if (!written)
        return where + QLatin1String(codeName(written.error().code)) + u' ' + written.error().detail
            + u' ' + QString::fromUtf8(document.toJson(QJsonDocument::Compact));
    ++m_told;
    if (!line.as.isEmpty())
        m_ids.insert({line.file, line.as}, written->id);
    return {};
}

} // namespace Waymark::Story

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/crdt/textdocument.h"
#include "tests/bench/groups.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

namespace Waymark::Bench {

namespace {

/// The same edits on a text that knows nothing of others: characters with a gap at the caret.
class GapBuffer
{
public:
    void apply(const TextEdit& edit)
    {
        move(edit.position);
        m_gapEnd += edit.removed;
        const auto inserted = edit.inserted.toUcs4();
        if (m_gapEnd - m_gap < std::size_t(inserted.size()))
            grow(std::size_t(inserted.size()));
        for (const char32_t c : inserted)
            m_characters[m_gap++] = c;
    }
    [[nodiscard]] std::size_t size() const { return m_characters.size() - (m_gapEnd - m_gap); }

private:
    void move(std::size_t to)
    {
        while (m_gap > to)
            m_characters[--m_gapEnd] = m_characters[--m_gap];
        while (m_gap < to)
            m_characters[m_gap++] = m_characters[m_gapEnd++];
    }
    void grow(std::size_t by)
    {
        const std::size_t more = by + m_characters.size() / 2 + 1024;
        m_characters.insert(m_gapEnd, more, U' ');
        m_gapEnd += more;
    }

    std::u32string m_characters;
    std::size_t m_gap = 0;
    std::size_t m_gapEnd = 0;
};

struct Trace
{
    std::vector<TextEdit> edits;
    QString end;
};

Trace readTrace(const QString& path)
{
    QProcess gzip;
    gzip.start(QStringLiteral("gzip"), {QStringLiteral("-dc"), path});
    gzip.waitForFinished(60'000);
    const QJsonObject json = QJsonDocument::fromJson(gzip.readAllStandardOutput()).object();
    Trace out;
    out.end = json[QStringLiteral("endContent")].toString();
    for (const QJsonValue& transaction : json[QStringLiteral("txns")].toArray()) {
        for (const QJsonValue& each : transaction[QStringLiteral("patches")].toArray()) {
            const QJsonArray parts = each.toArray();
            out.edits.push_back({quint64(parts[0].toInteger()), quint64(parts[1].toInteger()),
                parts[2].toString()});
        }
    }
    if (out.edits.empty())
        qFatal("no trace in %s", qPrintable(path));
    return out;
}

struct Played
{
    double microseconds = 0;
    qsizetype deltaBytes = 0;
    Bytes state;
};

/// Each edit made and encoded by its writer, decoded and applied by a reader.
Played play(const Trace& trace)
{
    DeviceId device;
    device.data[0] = 1;
    const LogName log(device);
    TextDocument writer;
    TextDocument reader;
    Played out;
    out.microseconds = microseconds([&] {
        for (const TextEdit& edit : trace.edits) {
            const auto change = writer.makeEdit(edit, log);
            if (!change || !writer.apply(*change, log))
                qFatal("an edit was refused");
            const Bytes delta = encode(*change, log);
            out.deltaBytes += delta.size();
            if (!reader.apply(*decodeTextChange(delta, log), log))
                qFatal("a delta was refused");
        }
    });
    if (reader.text() != trace.end)
        qFatal("the text is not the trace's");
    out.state = writer.encode();
    return out;
}

/// Loading it, its whole text read, and one edit here applied.
double load(const Played& played)
{
    DeviceId device;
    device.data[0] = 2;
    const LogName log(device);
    return microseconds([&] {
        auto document = TextDocument::decode(played.state);
        if (!document || document->text().isEmpty())
            qFatal("the state was refused");
        const auto change = document->makeEdit({100, 0, QStringLiteral("a")}, log);
        if (!change || !document->apply(*change, log))
            qFatal("an edit was refused");
    });
}

} // namespace

void measureText(Figures& figures, const QString& traces, int rounds)
{
    const Trace trace = readTrace(traces + QStringLiteral("/automerge-paper.json.gz"));
    std::vector<double> ours, plain, loads;
    Played played;
    for (int i = 0; i < rounds; ++i) {
        played = play(trace);
        ours.push_back(played.microseconds / double(trace.edits.size()));
        loads.push_back(load(played));
        GapBuffer two[2];
        plain.push_back(microseconds([&] {
            for (const TextEdit& edit : trace.edits) {
                for (GapBuffer& each : two)
                    each.apply(edit);
            }
        }) / double(trace.edits.size()));
        if (two[1].size() != std::size_t(trace.end.toUcs4().size()))
            qFatal("the gap buffer lost something");
    }
    figures.compare(QStringLiteral("text: one keystroke, both sides"), QStringLiteral("us"),
        median(ours), QStringLiteral("two gap buffers, nothing encoded"), median(plain));
    figures.note(QStringLiteral("text: encoded, an edit"), QStringLiteral("B"),
        double(played.deltaBytes) / double(trace.edits.size()));
    figures.add(QStringLiteral("text: state with full history"), QStringLiteral("KB"),
        double(played.state.size()) / 1000, {90});
    figures.add(QStringLiteral("text: load, read, one edit"), QStringLiteral("ms"),
        median(loads) / 1000, {1.5});
}

} // namespace Waymark::Bench

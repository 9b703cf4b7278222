// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/crdt/textdocument.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace Waymark;

namespace {

LogName logOf(std::size_t number)
{
    DeviceId device;
    device.data[0] = static_cast<unsigned char>(number + 1);
    return LogName(device);
}

QJsonObject readTrace(const QString& name)
{
    QProcess gzip;
    gzip.start(QStringLiteral("gzip"),
        {QStringLiteral("-dc"),
            qEnvironmentVariable("WAYMARK_TEST_DATA") + QStringLiteral("/editing-traces/") + name});
    gzip.waitForFinished(60'000);
    return QJsonDocument::fromJson(gzip.readAllStandardOutput()).object();
}

TextEdit editOf(const QJsonValue& patch)
{
    const QJsonArray parts = patch.toArray();
    return {quint64(parts[0].toInteger()), quint64(parts[1].toInteger()), parts[2].toString()};
}

} // namespace

class EditingTracesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Every keystroke as its own encoded change, applied by the writer and by a reader.
    void oneWritersTraceEndsInItsText()
    {
        const QJsonObject trace = readTrace(QStringLiteral("automerge-paper.json.gz"));
        const QString end = trace[QStringLiteral("endContent")].toString();
        QVERIFY(!end.isEmpty());
        std::vector<TextEdit> typed;
        for (const QJsonValue& transaction : trace[QStringLiteral("txns")].toArray()) {
            for (const QJsonValue& patch : transaction[QStringLiteral("patches")].toArray())
                typed.push_back(editOf(patch));
        }
        QVERIFY(typed.size() > 250'000);
        TextDocument writer;
        TextDocument reader;
        const LogName log = logOf(0);
        qsizetype size = 0;
        QElapsedTimer timer;
        timer.start();
        for (const TextEdit& edit : typed) {
            const auto change = writer.makeEdit(edit, log);
            QVERIFY(change);
            QVERIFY(writer.apply(*change, log));
            const Bytes bytes = encode(*change, log);
            size += bytes.size();
            QVERIFY(reader.apply(*decodeTextChange(bytes, log), log));
        }
        const qint64 elapsed = timer.elapsed();
        QVERIFY(writer.text() == end);
        QVERIFY(reader.text() == end);
        const Bytes state = writer.encode();
        QVERIFY(reader.encode() == state);
        timer.start();
        const auto loaded = TextDocument::decode(state);
        qInfo("%.2f us an edit on both sides, %.1f bytes an edit; state %lld bytes, loaded in "
              "%lld ms",
            double(elapsed) * 1000 / double(typed.size()), double(size) / double(typed.size()),
            qlonglong(state.size()), qlonglong(timer.elapsed()));
        QVERIFY(loaded);
        QVERIFY(loaded->text() == end);
        // A generous bound: what fails it is not slow but of another order.
        QVERIFY2(elapsed < qint64(typed.size()) / 10, "0.1 ms an edit");
    }

    /// Each writer has exactly what the trace says was merged, and learns the rest late.
    void twoWritersTraceEndsInItsText()
    {
        const QJsonObject trace = readTrace(QStringLiteral("friendsforever.json.gz"));
        const QString end = trace[QStringLiteral("endContent")].toString();
        QVERIFY(!end.isEmpty());
        const QJsonArray transactions = trace[QStringLiteral("txns")].toArray();
        const auto agents = std::size_t(trace[QStringLiteral("numAgents")].toInt());

        struct Sent
        {
            std::size_t agent = 0;
            std::vector<quint64> counts; ///< characters of each writer that were known
            Bytes bytes;
        };
        std::vector<Sent> sent;
        std::vector<TextDocument> documents(agents);
        std::vector<std::vector<bool>> has(
            agents, std::vector<bool>(std::size_t(transactions.size()), false));
        const auto take = [&](std::size_t agent, std::size_t index) {
            const Sent& from = sent[index];
            const AuthorPast past([&](const LogName& log) {
                for (std::size_t a = 0; a < agents; ++a) {
                    if (log == logOf(a))
                        return from.counts[a];
                }
                return quint64(0);
            });
            has[agent][index] = true;
            if (from.bytes.isEmpty())
                return true;
            return documents[agent]
                .apply(*decodeTextChange(from.bytes, logOf(from.agent)), logOf(from.agent), past)
                .ok();
        };
        for (const QJsonValue& transaction : transactions) {
            const auto agent = std::size_t(transaction[QStringLiteral("agent")].toInt());
            // Whatever of the past the writer has not yet, in the trace's order.
            std::set<std::size_t> missing;
            std::vector<std::size_t> stack;
            for (const QJsonValue& parent : transaction[QStringLiteral("parents")].toArray())
                stack.push_back(std::size_t(parent.toInteger()));
            while (!stack.empty()) {
                const std::size_t index = stack.back();
                stack.pop_back();
                if (has[agent][index] || !missing.insert(index).second)
                    continue;
                for (const QJsonValue& parent :
                    transactions[qsizetype(index)][QStringLiteral("parents")].toArray())
                    stack.push_back(std::size_t(parent.toInteger()));
            }
            for (const std::size_t index : missing)
                QVERIFY(take(agent, index));

            TextDocument& document = documents[agent];
            Sent own{agent, {}, {}};
            for (std::size_t a = 0; a < agents; ++a)
                own.counts.push_back(document.sequence().nextCounter(logOf(a)));
            TextChange all;
            for (const QJsonValue& patch : transaction[QStringLiteral("patches")].toArray()) {
                const auto change = document.makeEdit(editOf(patch), logOf(agent));
                QVERIFY(change);
                QVERIFY(document.apply(*change, logOf(agent)));
                all.append(*change, logOf(agent));
            }
            if (!all.isEmpty())
                own.bytes = encode(all, logOf(agent));
            has[agent][sent.size()] = true;
            sent.push_back(std::move(own));
        }
        for (std::size_t agent = 0; agent < agents; ++agent) {
            for (std::size_t index = 0; index < sent.size(); ++index) {
                if (!has[agent][index])
                    QVERIFY(take(agent, index));
            }
            QVERIFY(documents[agent].text() == end);
            QVERIFY(documents[agent].encode() == documents[0].encode());
        }
    }
};

QTEST_GUILESS_MAIN(EditingTracesTest)
#include "tst_editingtraces.moc"

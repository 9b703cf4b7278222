// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Measures what stands against references in the same run. ./dev bench builds it, adds the relay's
// rows and says what machine it was.
#include "tests/bench/groups.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSysInfo>
#include <QThread>

#include <CLI/CLI.hpp>

using namespace Waymark;
using namespace Waymark::Bench;

namespace {

constexpr const char* kNone = "none"; ///< only rows that others measured are shown

struct Group
{
    const char* name;
    const char* of; ///< a name for several
    std::function<void(Figures&)> measure;
};

QString processor()
{
    QFile file(QStringLiteral("/proc/cpuinfo"));
    if (!file.open(QIODevice::ReadOnly))
        return QStringLiteral("unknown processor");
    for (const Bytes& line : file.readAll().split('\n')) {
        if (line.startsWith("model name"))
            return QString::fromUtf8(line.mid(line.indexOf(':') + 1)).trimmed();
    }
    return QSysInfo::currentCpuArchitecture();
}

Bytes contentOf(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", path.c_str());
    return file.readAll();
}

bool write(const std::string& path, const Bytes& content)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    CLI::App app("Measures Waymark against references in the same run.", "waymark-bench");
    std::vector<std::string> wanted;
    std::string json;
    std::vector<std::string> merged;
    std::string directory = "build/bench";
    std::string traces = WAYMARK_TRACES;
    int entries = 100'000;
    int rounds = 5;
    app.add_option(
        "GROUP", wanted, "vault (open, commit, verify, sync, search), text, none; else all");
    app.add_option("--json", json, "Where the rows go as JSON");
    app.add_option("--merge", merged, "Rows in JSON that are added to ours");
    app.add_option("--dir", directory, "For vaults, on a real disk")->capture_default_str();
    app.add_option("--traces", traces, "Editing traces")->capture_default_str();
    app.add_option("--entries", entries, "Of the large vault; the small one has a hundredth")
        ->capture_default_str()
        ->check(CLI::Range(5'000, 10'000'000));
    app.add_option("--rounds", rounds)->capture_default_str()->check(CLI::Range(1, 100));
    CLI11_PARSE(app, argc, argv);

    Vaults vaults(QDir(QString::fromStdString(directory)).absolutePath(), entries);
    const Group groups[] = {
        {"text", "text",
            [&](Figures& f) { measureText(f, QString::fromStdString(traces), rounds); }},
        {"open", "vault", [&](Figures& f) { measureOpening(f, vaults, rounds); }},
        {"commit", "vault", [&](Figures& f) { measureCommits(f, vaults, rounds); }},
        {"verify", "vault", [&](Figures& f) { measureVerify(f, vaults, rounds); }},
        {"sync", "vault", [&](Figures& f) { measureFirstSync(f, vaults, rounds); }},
        {"search", "vault", [&](Figures& f) { measureSearch(f, vaults, rounds); }},
    };
    for (const std::string& each : wanted) {
        const bool known
            = std::any_of(std::begin(groups), std::end(groups),
                  [&each](const Group& group) { return each == group.name || each == group.of; })
            || each == kNone;
        if (!known) {
            std::fprintf(stderr, "waymark-bench: there is no group '%s'\n", each.c_str());
            return 2;
        }
    }
    Figures figures;
    for (const Group& group : groups) {
        const bool asked = wanted.empty()
            || std::any_of(wanted.begin(), wanted.end(), [&group](const std::string& each) {
                   return each == group.name || each == group.of;
               });
        if (asked) {
            std::fprintf(stderr, "%s …\n", group.name);
            group.measure(figures);
            // Each group's at once: a run that is cut off has not been for nothing.
            std::fprintf(stderr, "%s", qPrintable(figures.table()));
        }
    }
    for (const std::string& each : merged)
        figures.append(QJsonDocument::fromJson(contentOf(each)).array());
    std::printf("%s, %d processors, %s, Linux %s\n\n%s", qPrintable(processor()),
        QThread::idealThreadCount(), qPrintable(QSysInfo::prettyProductName()),
        qPrintable(QSysInfo::kernelVersion()), qPrintable(figures.table()));
    const Bytes rows = QJsonDocument(figures.rows()).toJson(QJsonDocument::Indented);
    if (!json.empty() && !write(json, rows)) {
        std::fprintf(stderr, "waymark-bench: cannot write %s\n", json.c_str());
        return 1;
    }
    return 0;
}

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/searchindex.h"
#include "tests/bench/groups.h"

#include <fcntl.h>
#include <unistd.h>

namespace Waymark::Bench {

namespace {

/// The file's pages are read from the disk next time.
void forgetFile(const QString& path)
{
    const int file = ::open(path.toUtf8().constData(), O_RDONLY | O_CLOEXEC);
    ::fdatasync(file);
    ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    ::close(file);
}

/// A vault that is opened again and again.
struct Subject
{
    Subject(const QString& path) : folder(path), opened(path)
    {
        opened.unlock();
        space = opened.space();
        opened.lock();
    }
    void measure(bool fromDisk, std::vector<double>& out)
    {
        if (fromDisk)
            forgetFile(folder + QStringLiteral("/journal.db"));
        qsizetype rows = 0;
        out.push_back(microseconds([&] {
            opened.unlock();
            rows = valueOf(opened.store.rows(space, QStringLiteral("goal"), 0, 50)).size();
        }));
        if (rows != 50)
            qFatal("%d rows", int(rows));
        opened.lock();
    }

    QString folder;
    Opened opened;
    SpaceId space;
    std::vector<double> warm, cold;
};

} // namespace

void measureOpening(Figures& figures, Vaults& vaults, int rounds)
{
    Subject few(vaults.copy(vaults.vault(vaults.few()), "few"));
    Subject many(vaults.copy(vaults.vault(vaults.entries()), "many"));
    for (int i = 0; i < 4 * rounds; ++i) {
        for (Subject* each : {&few, &many})
            each->measure(false, each->warm);
    }
    for (int i = 0; i < 2 * rounds; ++i) {
        for (Subject* each : {&few, &many})
            each->measure(true, each->cold);
    }
    const auto add = [&](const char* how, const std::vector<double>& large,
                         const std::vector<double>& small) {
        figures.add(QStringLiteral("open: unlock to 50 goals, %1 entries, %2")
                        .arg(vaults.entries())
                        .arg(QLatin1String(how)),
            QStringLiteral("ms"), median(large) / 1000,
            QStringLiteral("the same with %1").arg(vaults.few()), median(small) / 1000, {1.2});
    };
    add("warm", many.warm, few.warm);
    add("cold file", many.cold, few.cold);
}

void measureVerify(Figures& figures, Vaults& vaults, int rounds)
{
    const QString vault = vaults.vault(vaults.entries());
    std::vector<double> ours;
    std::vector<double> pages;
    qint64 operations = 0;
    for (int i = 0; i < rounds; ++i) {
        onDatabase(vault, [&pages](Connection& connection) {
            pages.push_back(microseconds([&] {
                const auto problems = connection.checkPages();
                if (!problems || !problems->empty())
                    qFatal("the pages are damaged");
            }));
        });
        Opened opened(vault);
        opened.unlock();
        ours.push_back(microseconds([&] {
            const VerifyReport report = valueOf(opened.store.verify());
            if (!report.problems.isEmpty())
                qFatal("%s", qPrintable(report.problems.first()));
            operations = report.operations;
        }));
        opened.lock();
    }
    figures.add(QStringLiteral("verify: %1 operations").arg(operations), QStringLiteral("s"),
        median(ours) / 1e6, QStringLiteral("reading every page once"), median(pages) / 1e6, {4});
}

} // namespace Waymark::Bench

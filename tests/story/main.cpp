// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
// waymark-story: vaults of everybody in the story, written and synced as it tells.
#include "app/commands/await.h"
#include "app/core/executor.h"
#include "app/crypto/sodium.h"
#include "storage/journalstore.h"
#include "sync/client/syncengine.h"
#include "sync/client/websockettransport.h"
#include "tests/story/story.h"
#include "tests/support/relayprocess.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDateTime>
#include <QDir>

#include <cstdio>

using namespace Waymark;
using namespace Waymark::Story;

namespace {

constexpr QLatin1String kNow("2026-11-25T17:20:00+03:00");
constexpr QLatin1String kPassphrase("waymark story");
constexpr int kSyncMs = 60'000;
constexpr qint64 kBeforeTheFirstLineMs = 10 * 60 * 1000;

qint64 msOf(const QString& at)
{
    return QDateTime::fromString(at, Qt::ISODate).toMSecsSinceEpoch();
}

void say(const QString& text)
{
    std::puts(qPrintable(text));
    std::fflush(stdout);
}

/// Ends the program: the story cannot be told.
[[noreturn]] void giveUp(const QString& why)
{
    std::fputs(qPrintable(QStringLiteral("waymark-story: %1\n").arg(why)), stderr);
    std::exit(1);
}

template <typename T>
T got(Result<T> result, const char* what)
{
    if (!result)
        giveUp(QStringLiteral("%1: %2 %3")
                   .arg(QLatin1String(what), QLatin1String(codeName(result.error().code)),
                       result.error().detail));
    return std::move(result).value();
}
void done(const Status& status, const char* what)
{
    if (!status)
        giveUp(QStringLiteral("%1: %2 %3")
                   .arg(QLatin1String(what), QLatin1String(codeName(status.error().code)),
                       status.error().detail));
}

class Person
{
public:
    Person(const QString& folder, const QString& name)
        : m_store(folder, m_database, clock, m_random),
          m_engine(m_store, clock, m_random, [] { return std::make_unique<WebSocketTransport>(); })
    {
        clock.set(QStringLiteral("2026-09-01T05:00:00Z"));
        const auto secret
            = std::make_shared<SecretBytes>(SecretBytes::copyOf(kPassphrase.latin1()));
        got(await(m_store.create(name, secret, true)), "vault");
    }
    void sync() { got(await(m_engine.syncOnce(kSyncMs)), "sync"); }
    void lock() { done(await(m_store.lock()), "lock"); }

    StoryClock clock;

private:
    SystemRandom m_random;
    InlineExecutor m_database;
    JournalStore m_store;
    SyncEngine m_engine;

public:
    Ports ports{m_store, m_store, m_store, m_store, m_store, m_engine, m_engine};
    bool hasUnsent = false;
};

/// Something that happens between lines.
struct Event
{
    qint64 atMs;
    std::function<void()> run;
};

class World
{
public:
    World(const QString& folder, const QString& relay) : m_relay(relay)
    {
        for (const Cast& each : cast()) {
            auto& person = m_people[each.by];
            person = std::make_unique<Person>(QDir(folder).filePath(each.by), each.name);
            teller.writers[each.by] = {&person->clock, &person->ports};
        }
        teller.level = [this](const std::set<QString>& wrote, const QString& reader) {
            for (const Pair& each : pairs()) {
                if (each.inviter == reader && wrote.contains(each.asker))
                    send(each.asker);
                if (each.asker == reader && wrote.contains(each.inviter))
                    send(each.inviter);
            }
            m_people[reader]->sync();
        };
    }

    /// How the pairs come together, up to `until`. Lina and Tomás take three days for it, the
    /// others a moment before their first line.
    QList<Event> pairings(const QList<Line>& lines, qint64 until)
    {
        QList<Event> out;
        for (const Pair& each : pairs()) {
            QString invited = QStringLiteral("2026-09-06T10:30:00+03:00");
            QString asked = QStringLiteral("2026-09-08T20:40:00+03:00");
            QString letIn = QStringLiteral("2026-09-09T18:25:00+03:00");
            if (each.space != QLatin1String("lina-tomas")) {
                const qint64 first = firstOf(lines, each.space);
                if (first < 0)
                    continue;
                invited = asked = letIn
                    = QDateTime::fromMSecsSinceEpoch(first - kBeforeTheFirstLineMs, Qt::UTC)
                          .toString(Qt::ISODate);
            }
            out.append({msOf(invited), [this, each, invited] { invite(each, invited); }});
            out.append({msOf(asked), [this, each, asked] { ask(each, asked); }});
            out.append({msOf(letIn), [this, each, letIn] { accept(each, letIn); }});
        }
        erase_if(out, [until](const Event& event) { return event.atMs > until; });
        std::stable_sort(
            out.begin(), out.end(), [](const Event& a, const Event& b) { return a.atMs < b.atMs; });
        return out;
    }

    /// Everybody has everything, and their vaults are closed.
    void end()
    {
        for (int round = 0; round < 3; ++round) {
            for (const auto& [by, person] : m_people)
                person->sync();
        }
        for (const auto& [by, person] : m_people)
            person->lock();
    }
    void wrote(const QString& by) { m_people[by]->hasUnsent = true; }

    Teller teller;

private:
    static qint64 firstOf(const QList<Line>& lines, const QString& space)
    {
        const QString name = QLatin1Char('@') + space;
        for (const Line& line : lines) {
            for (const QJsonValue& value : line.object) {
                if (value.toString() == name)
                    return line.atMs;
            }
        }
        return -1;
    }
    void send(const QString& by)
    {
        if (std::exchange(m_people[by]->hasUnsent, false))
            m_people[by]->sync();
    }
    void invite(const Pair& pair, const QString& at)
    {
        Person& person = *m_people[pair.inviter];
        person.clock.set(at);
        const SpaceId space
            = got(await(person.ports.journal.createSpace(pair.title, pair.inviterRole)), "space");
        teller.spaces[pair.space] = space;
        m_links[pair.space] = got(
            await(person.ports.pairing.invite(space, m_relay, pair.askerRole, false)), "invitation")
                                  .link;
    }
    void ask(const Pair& pair, const QString& at)
    {
        Person& person = *m_people[pair.asker];
        person.clock.set(at);
        got(await(person.ports.pairing.accept(m_links[pair.space])), "asking");
        person.sync();
    }
    void accept(const Pair& pair, const QString& at)
    {
        Person& inviter = *m_people[pair.inviter];
        Person& asker = *m_people[pair.asker];
        inviter.clock.set(at);
        asker.clock.set(at);
        inviter.sync();
        for (const PairingRow& row : got(await(inviter.ports.pairing.list()), "askers")) {
            if (!row.of.isEmpty() && row.state == PairingState::Asked)
                done(await(inviter.ports.pairing.confirm(row.id)), "letting in");
        }
        for (int turn = 0; turn < 2; ++turn) {
            inviter.sync();
            asker.sync();
        }
    }

    QString m_relay;
    std::map<QString, std::unique_ptr<Person>> m_people;
    std::map<QString, QString> m_links;
};

int tellAll(World& world, const QList<Line>& lines, QList<Event> events)
{
    int problems = 0;
    for (const Line& line : lines) {
        while (!events.isEmpty() && events.front().atMs <= line.atMs)
            events.takeFirst().run();
        const QString problem = world.teller.tell(line);
        world.wrote(line.by);
        if (!problem.isEmpty()) {
            say(problem);
            ++problems;
        }
    }
    for (const Event& event : events)
        event.run();
    return problems;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Makes the vaults of the story's writers."));
    parser.addHelpOption();
    const QCommandLineOption until(QStringLiteral("until"),
        QStringLiteral("Stop there (RFC 3339); else on 25 November."), QStringLiteral("TIME"),
        kNow);
    parser.addOption(until);
    parser.addPositionalArgument(
        QStringLiteral("STORY"), QStringLiteral("The folder of its files."));
    parser.addPositionalArgument(
        QStringLiteral("DIR"), QStringLiteral("A new folder for the vaults."));
    parser.process(application);
    const QStringList folders = parser.positionalArguments();
    const QDateTime stop = QDateTime::fromString(parser.value(until), Qt::ISODate);
    if (folders.size() != 2 || !stop.isValid()) {
        std::fputs(qPrintable(parser.helpText()), stderr);
        return 2;
    }
    const QString folder = QDir(folders[1]).absolutePath();
    if (!QDir().mkpath(folder) || !QDir(folder).isEmpty())
        giveUp(QStringLiteral("%1 is not a new folder").arg(folder));
    const qint64 last = stop.toMSecsSinceEpoch();
    const QList<Line> lines = got(read(folders[0], last > msOf(kNow), last), "story");

    Relay::RelayProcess relay(
        QCoreApplication::applicationDirPath() + QStringLiteral("/waymark-relay"),
        QDir(folder).filePath(QStringLiteral("relay")));
    if (!relay.start())
        giveUp(QStringLiteral("the relay does not start"));
    say(QStringLiteral("%1 vaults in %2, passphrase: %3")
            .arg(cast().size())
            .arg(folder, QString(kPassphrase)));
    World world(folder, relay.url());
    const int problems = tellAll(world, lines, world.pairings(lines, last));
    world.end();
    relay.stop();
    say(QStringLiteral("%1 lines told. Their relay: waymark-relay --listen 127.0.0.1:%2 --store %3")
            .arg(world.teller.told())
            .arg(relay.port())
            .arg(QDir(folder).filePath(QStringLiteral("relay"))));
    say(QStringLiteral("%1 problems").arg(problems));
    return problems == 0 ? 0 : 1;
}

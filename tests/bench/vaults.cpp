// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/vaults.h"

#include "storage/headerfile.h"
#include "storage/searchindex.h"

#include <QDir>
#include <QFile>
#include <QStorageInfo>

#include <unistd.h>

namespace Waymark::Bench {

namespace {

constexpr char kPassphrase[] = "bench";
constexpr int kVocabulary = 20'000;

SharedSecret passphrase()
{
    return std::make_shared<SecretBytes>(SecretBytes::copyOf(BytesView(kPassphrase)));
}

void say(const QString& what)
{
    std::fprintf(stderr, "%s\n", qPrintable(what));
}

/// What a person must show to be let in.
struct Card
{
    SigningKey identity;
    Bytes roster;
    QString name;
};

Card cardOf(JournalStore& store)
{
    Card out;
    succeed(store.transact([&](SyncTransaction& t) {
        out = {t.own().identity, t.own().roster, t.own().name};
        return Status();
    }));
    return out;
}

/// Makes a space of both without relay or handshake.
SpaceId pairUp(JournalStore& a, JournalStore& b)
{
    const SpaceId space = valueOf(a.createSpace(QStringLiteral("Together"), Role::Peer));
    const Card card = cardOf(b);
    Bytes genesis;
    succeed(a.transact([&](SyncTransaction& t) -> Status {
        auto found = t.genesis(space);
        if (!found)
            return found.error();
        genesis = *found;
        return t.admit(space, card.identity, card.roster, Role::Peer, card.name);
    }));
    succeed(b.transact([&](SyncTransaction& t) { return t.join(space, genesis); }));
    return space;
}

/// A file or a folder of files; what was there is gone.
void copyTree(const QString& from, const QString& to)
{
    QDir(to).removeRecursively();
    // With what a run that was cut off left beside it.
    for (const char* end : {"", "-wal", "-shm"})
        QFile::remove(to + QLatin1String(end));
    bool copied = true;
    if (!QDir(from).exists()) {
        copied = QFile::copy(from, to);
    } else {
        QDir().mkpath(to);
        for (const QString& file : QDir(from).entryList(QDir::Files | QDir::Hidden))
            copied = copied && QFile::copy(from + u'/' + file, to + u'/' + file);
    }
    if (!copied)
        qFatal("cannot copy %s", qPrintable(from));
}

/// In memory where there is room: each of its commits waits for the disk, and none is measured.
QString makingPlace()
{
    const QStorageInfo memory(QStringLiteral("/dev/shm"));
    const QString in = memory.isReady() && memory.bytesAvailable() > (qint64(1) << 30)
        ? memory.rootPath()
        : QDir::tempPath();
    const QString place = in + QStringLiteral("/waymark-bench");
    QDir(place).removeRecursively();
    QDir().mkpath(place);
    return place;
}

EntryChange goal(Words& words)
{
    static constexpr const char* kStatus[] = {"open", "active", "done"};
    return {{{QStringLiteral("title"), words.text(6)}, {QStringLiteral("why"), words.text(50)},
                {QStringLiteral("status"), QLatin1String(kStatus[words.below(3)])},
                {QStringLiteral("progress"), int(words.below(101))}},
        {}, {}};
}

EntryChange reflection(Words& words)
{
    return {{{QStringLiteral("title"), words.text(4)},
                {QStringLiteral("body"), words.text(45 + int(words.below(31)))}},
        {}, {}};
}

} // namespace

void succeed(const QFuture<Status>& future)
{
    const Status status = future.result();
    if (!status.ok())
        qFatal("%s: %s", codeName(status.error().code), qPrintable(status.error().detail));
}

Words::Words(quint64 seed) : m_engine(seed)
{
    // The vocabulary is the same whatever the seed; the choice of words is not.
    static constexpr const char* kSyllables[]
        = {"ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu",
            "va", "we", "xi", "yo", "zu", "stra", "ment", "ver", "ing"};
    std::mt19937_64 letters(4711);
    double sum = 0;
    for (int i = 0; i < kVocabulary; ++i) {
        QString word;
        for (quint64 left = 1 + letters() % 4; left > 0; --left)
            word += QLatin1String(kSyllables[letters() % std::size(kSyllables)]);
        m_words.push_back(word);
        m_sums.push_back(sum += 1.0 / (i + 1));
    }
}

QString Words::next()
{
    const double at = double(m_engine() >> 11) / double(1ULL << 53) * m_sums.back();
    const auto found = std::lower_bound(m_sums.begin(), m_sums.end(), at);
    return m_words[std::min(std::size_t(found - m_sums.begin()), m_words.size() - 1)];
}

QString Words::text(int words)
{
    QString out;
    for (int i = 0; i < words; ++i)
        out += (i > 0 ? QStringLiteral(" ") : QString()) + next();
    return out;
}

int editedEntry(Words& words, int entries)
{
    return int(words.below(quint64(entries)));
}

SecretBytes keyOf(const QString& folder)
{
    const auto header = HeaderFile(folder).read();
    if (!header)
        qFatal("no vault in %s", qPrintable(folder));
    const auto slot = passphraseSlotKey(*header, *passphrase());
    auto key = slot ? openVaultKey(*header, *slot) : Result<SecretBytes>(slot.error());
    if (!key)
        qFatal("%s", codeName(key.error().code));
    return std::move(*key);
}

Opened::Opened(const QString& folder) : store(folder, executor, clock, random), m_key(keyOf(folder))
{
}

void Opened::unlock()
{
    succeed(store.unlockWithKey(std::make_shared<SecretBytes>(SecretBytes::copyOf(m_key.view()))));
}

SpaceId Opened::space()
{
    for (const Space& each : valueOf(store.spaces())) {
        if (!each.isPrivate)
            return each.id;
    }
    qFatal("the vault has no space of two");
}

DeviceId Opened::device()
{
    DeviceId out;
    succeed(store.transact([&](SyncTransaction& t) {
        out = t.own().device;
        return Status();
    }));
    return out;
}

void onDatabase(const QString& folder, const std::function<void(Connection&)>& work)
{
    InlineExecutor executor;
    auto vault = Vault::openWithKey(folder, keyOf(folder), executor);
    if (!vault)
        qFatal("%s: %s", codeName(vault.error().code), qPrintable(vault.error().detail));
    succeed((*vault)->database().run([&work](Connection& connection) {
        work(connection);
        return Status();
    }));
    succeed((*vault)->lock());
}

Vaults::Vaults(QString folder, int entries) : m_folder(std::move(folder)), m_entries(entries)
{
    m_folder += QStringLiteral("/made-") + QLatin1String(WAYMARK_MAKER_HASH).left(16);
    QDir().mkpath(m_folder);
}

QString Vaults::scratch(const char* name) const
{
    return m_folder + QStringLiteral("/scratch-") + QLatin1String(name);
}

QString Vaults::vault(int entries)
{
    return make(QStringLiteral("vault-%1").arg(entries), entries, 0);
}

QString Vaults::edited()
{
    const int entries = m_entries / 5;
    return make(QStringLiteral("edited-%1").arg(m_entries), entries, m_entries - entries);
}

QString Vaults::make(const QString& name, int entries, int edits)
{
    const QString folder = m_folder + u'/' + name;
    if (QFile::exists(folder + QStringLiteral("-made")))
        return folder;
    say(QStringLiteral("making %1 (once)").arg(name));
    const QString making = makingPlace() + u'/' + name;
    InlineExecutor executor;
    SystemClock clock;
    SystemRandom random;
    JournalStore store(making, executor, clock, random);
    JournalStore partner(partnerOf(making), executor, clock, random);
    (void)valueOf(store.create(QStringLiteral("Lina"), passphrase(), true));
    (void)valueOf(partner.create(QStringLiteral("Tomas"), passphrase(), true));
    const SpaceId space = pairUp(store, partner);
    Words words(1);
    std::vector<EntryId> ids;
    for (int i = 0; i < entries; ++i) {
        const bool isGoal = i % 5 == 0;
        ids.push_back(
            valueOf(store.add(space, isGoal ? QStringLiteral("goal") : QStringLiteral("reflection"),
                        isGoal ? goal(words) : reflection(words)))
                .id);
    }
    Words choice(2);
    for (int i = 0; i < edits; ++i) {
        const EntryId id = ids[std::size_t(editedEntry(choice, entries))];
        (void)valueOf(store.change(id, {{{QStringLiteral("title"), words.text(6)}}, {}, {}}));
    }
    const VerifyReport report = valueOf(store.verify());
    if (!report.problems.isEmpty())
        qFatal("%s", qPrintable(report.problems.join(QLatin1Char('\n'))));
    say(QStringLiteral("  verified: %1 operations, clean").arg(report.operations));
    succeed(store.lock());
    succeed(partner.lock());
    onDatabase(making, [](Connection& connection) {
        succeed(readyFuture(SearchIndex(connection).level(std::numeric_limits<int>::max())));
    });
    for (const auto& [from, to] :
        {std::pair(making, folder), std::pair(partnerOf(making), partnerOf(folder))}) {
        copyTree(from, to);
        QDir(from).removeRecursively();
    }
    QFile made(folder + QStringLiteral("-made"));
    if (!made.open(QIODevice::WriteOnly))
        qFatal("cannot write in %s", qPrintable(m_folder));
    return folder;
}

QString Vaults::plain(const QString& vault)
{
    const QString path = vault + QStringLiteral("-plain.db");
    if (QFile::exists(path))
        return path;
    const QString making = path + QStringLiteral("-making");
    QFile made(making);
    if (!made.open(QIODevice::WriteOnly | QIODevice::Truncate)) // the vault's SQLite makes no files
        qFatal("cannot write %s", qPrintable(making));
    made.close();
    onDatabase(vault, [&making](Connection& connection) {
        const Bytes attach = "ATTACH '" + making.toUtf8() + "' AS plain KEY ''";
        for (const char* sql :
            {attach.constData(), "SELECT sqlcipher_export('plain')", "DETACH plain"})
            succeed(readyFuture(connection.script(sql)));
    });
    QFile::rename(making, path);
    return path;
}

QString Vaults::copy(const QString& from, const char* name) const
{
    const QString to = scratch(name);
    copyTree(from, to);
    ::sync(); // what is written later is not this
    return to;
}

} // namespace Waymark::Bench

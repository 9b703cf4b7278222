// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/crypto/sodium.h"
#include "storage/journalstore.h"
#include "storage/vault.h"

#include <random>

namespace Waymark::Bench {

template <typename T>
T valueOf(const QFuture<Result<T>>& future)
{
    const Result<T> result = future.result();
    if (!result.ok())
        qFatal("%s: %s", codeName(result.error().code), qPrintable(result.error().detail));
    return result.value();
}
void succeed(const QFuture<Status>& future);

/// Made-up words of a seed, the n-th 1/n as frequent as the first.
class Words
{
public:
    explicit Words(quint64 seed);
    [[nodiscard]] QString next();
    [[nodiscard]] QString text(int words);
    [[nodiscard]] quint64 below(quint64 bound) { return m_engine() % bound; }

private:
    std::mt19937_64 m_engine;
    std::vector<QString> m_words;
    std::vector<double> m_sums; ///< of frequencies, for choosing
};

/// A vault opened by its key, with everything on the caller's thread.
class Opened
{
public:
    explicit Opened(const QString& folder);
    void unlock();
    void lock() { succeed(store.lock()); }
    /// The space with the entries: the one that is not private.
    [[nodiscard]] SpaceId space();
    [[nodiscard]] DeviceId device();

    InlineExecutor executor;
    SystemClock clock;
    SystemRandom random;
    JournalStore store;

private:
    SecretBytes m_key;
};

/// Runs work on a vault's database that no port offers, such as filling the whole index.
void onDatabase(const QString& folder, const std::function<void(Connection&)>& work);
/// The key that the bench's passphrase opens a vault with.
[[nodiscard]] SecretBytes keyOf(const QString& folder);

/// Vaults that take minutes to make, kept in a folder under the hash of what makes them.
class Vaults
{
public:
    Vaults(QString folder, int entries);

    [[nodiscard]] int entries() const { return m_entries; }
    /// A small vault's: a hundredth, but enough for a page of goals.
    [[nodiscard]] int few() const { return std::max(500, m_entries / 100); }
    /// Where one may write.
    [[nodiscard]] QString scratch(const char* name) const;

    /// In a space of two: a fifth are goals, the others reflections of 45 to 75 words. Made through
    /// Journal, verified, with its search index filled.
    [[nodiscard]] QString vault(int entries);
    /// A fifth of the entries, each changed four times: as many operations.
    [[nodiscard]] QString edited();
    /// The partner of such a vault, who was let in and has nothing yet.
    [[nodiscard]] static QString partnerOf(const QString& vault)
    {
        return vault + QStringLiteral("-partner");
    }
    /// The same tables with the same rows, and no key.
    [[nodiscard]] QString plain(const QString& vault);
    /// A copy to change; the earlier one of that name is gone.
    [[nodiscard]] QString copy(const QString& from, const char* name) const;

private:
    [[nodiscard]] QString make(const QString& name, int entries, int edits);

    QString m_folder;
    int m_entries;
};

/// The entry that the n-th edit of edited() changes.
[[nodiscard]] int editedEntry(Words& words, int entries);

} // namespace Waymark::Bench

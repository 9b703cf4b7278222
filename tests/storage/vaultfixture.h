// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crypto/sodium.h"
#include "storage/vault.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <map>

namespace Waymark::Testing {

inline Bytes readFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    return file.readAll();
}

inline void writeFile(const QString& path, const Bytes& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

inline Bytes flipped(Bytes bytes, qsizetype at, int bit)
{
    bytes[at] = char(bytes[at] ^ (1 << bit));
    return bytes;
}

inline SecretBytes secret(const char* text)
{
    return SecretBytes::copyOf(BytesView(text));
}

/// A folder's files by name, with all their bytes: what "nothing changed on disk" compares.
using Files = std::map<QString, Bytes>;

inline Files filesOf(const QString& folder)
{
    Files files;
    const QStringList names = QDir(folder).entryList(QDir::Files | QDir::Hidden);
    for (const QString& name : names)
        files[name] = readFile(folder + u'/' + name);
    return files;
}

inline void putFiles(const QString& folder, const Files& files)
{
    QDir(folder).removeRecursively();
    QDir().mkpath(folder);
    for (const auto& [name, bytes] : files)
        writeFile(folder + u'/' + name, bytes);
}

inline SecretBytes joinedWords(const RecoveryWords& words)
{
    Bytes text;
    for (const QLatin1String word : words)
        text += Bytes(word.data(), word.size()) + " ";
    return SecretBytes::copyOf(text);
}

/// Vaults of a test: one folder for each, everything on the caller's thread.
class Place
{
public:
    InlineExecutor executor;
    SystemRandom random;

    [[nodiscard]] QString folder(const char* name = "vault") const
    {
        return m_dir.filePath(QLatin1String(name));
    }
    Vault::Created create(const char* name = "vault", const char* passphrase = "a passphrase")
    {
        auto made = Vault::create(folder(name), secret(passphrase), {}, executor, random);
        if (!made)
            qFatal("no vault: %s", qPrintable(made.error().detail));
        return std::move(*made);
    }
    Result<std::unique_ptr<Vault>> open(
        const char* name = "vault", const char* passphrase = "a passphrase")
    {
        return Vault::open(folder(name), secret(passphrase), executor);
    }
    ErrorCode openingFails(const char* name = "vault", const char* passphrase = "a passphrase")
    {
        auto opened = open(name, passphrase);
        return opened ? ErrorCode::Usage : opened.error().code;
    }

private:
    QTemporaryDir m_dir;
};

} // namespace Waymark::Testing

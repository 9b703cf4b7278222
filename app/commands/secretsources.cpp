// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/secretsources.h"

#include <QFile>

namespace Waymark {

namespace {

constexpr qsizetype kMaxFile = 64 * 1024;

struct Source
{
    QString file;
    const char* fileOption;
    const char* variable;
    QString question;
    bool askTwice = false; ///< a new one that nobody could type again if it were mistyped
    bool wholeFile = false; ///< words may stand on several lines
};

Result<SecretBytes> fromFile(const Source& source)
{
    // Without QFile's buffer, which nobody would wipe.
    QFile file(source.file);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return Error{ErrorCode::Usage,
            QStringLiteral("the file of %1 cannot be read").arg(QLatin1String(source.fileOption))};
    SecretBytes buffer(kMaxFile);
    qint64 size = 0;
    qint64 count = 0;
    do {
        count = file.read(reinterpret_cast<char*>(buffer.data()) + size, kMaxFile - size);
        size += count > 0 ? count : 0;
    } while (count > 0 && size < kMaxFile);
    if (count < 0)
        return Error{ErrorCode::DiskFailed, {}};
    if (size == kMaxFile)
        return Error{ErrorCode::Usage,
            QStringLiteral("the file of %1 is too long").arg(QLatin1String(source.fileOption))};
    qint64 end = 0;
    while (end < size
        && (source.wholeFile || (buffer.data()[end] != '\n' && buffer.data()[end] != '\r')))
        ++end;
    return buffer.slice(0, std::size_t(end));
}

Result<SecretBytes> fromPrompt(const Context& context, const Source& source)
{
    Result<SecretBytes> typed = context.environment.prompt(source.question + QStringLiteral(": "));
    if (!typed || !source.askTwice)
        return typed;
    const Result<SecretBytes> again
        = context.environment.prompt(QStringLiteral("The same again: "));
    if (!again)
        return again.error();
    if (!typed->equals(again->view()))
        return Error{
            ErrorCode::Usage, QStringLiteral("the two were not the same; nothing was done")};
    return typed;
}

Result<SharedSecret> read(const Context& context, const Source& source)
{
    Result<SecretBytes> secret = ErrorCode::VaultLocked;
    if (!source.file.isEmpty()) {
        secret = fromFile(source);
    } else if (auto value = context.environment.takeVariable(source.variable)) {
        secret = std::move(*value);
    } else {
        secret = fromPrompt(context, source);
    }
    if (!secret)
        return secret.error();
    if (secret->isEmpty())
        return Error{
            ErrorCode::Usage, QStringLiteral("an empty passphrase or sheet opens nothing")};
    return std::make_shared<SecretBytes>(std::move(secret).value());
}

} // namespace

Result<SharedSecret> currentPassphrase(const Context& context)
{
    return read(context,
        {context.arguments.passphraseFile, "--passphrase-file", "WAYMARK_PASSPHRASE",
            QStringLiteral("Passphrase")});
}

Result<SharedSecret> firstPassphrase(const Context& context)
{
    return read(context,
        {context.arguments.passphraseFile, "--passphrase-file", "WAYMARK_PASSPHRASE",
            QStringLiteral("Passphrase for the new vault"), true});
}

Result<SharedSecret> newPassphrase(const Context& context)
{
    return read(context,
        {context.arguments.newPassphraseFile, "--new-passphrase-file", "WAYMARK_NEW_PASSPHRASE",
            QStringLiteral("New passphrase"), true});
}

Result<SharedSecret> recoveryWords(const Context& context)
{
    return read(context,
        {context.arguments.recoveryFile, "--recovery-file", "WAYMARK_RECOVERY",
            QStringLiteral("The 24 recovery words"), false, true});
}

} // namespace Waymark

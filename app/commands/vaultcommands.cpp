// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/await.h"
#include "app/commands/commands.h"
#include "app/commands/forms.h"
#include "app/commands/secretsources.h"
#include "app/commands/unlock.h"

namespace Waymark::Commands {

namespace {

constexpr quint64 kMebibyte = 1024 * 1024;

QString recoverySheet(const QStringList& words)
{
    QList<QStringList> rows;
    constexpr qsizetype kColumns = 4;
    for (qsizetype first = 0; first < words.size(); first += kColumns) {
        QStringList row;
        for (qsizetype i = first; i < qMin(first + kColumns, words.size()); ++i)
            row.append(QStringLiteral("%1 %2").arg(i + 1, 2).arg(words[i]));
        rows.append(row);
    }
    return aligned(rows);
}

Status report(Context& context, const Result<VerifyReport>& report)
{
    if (!report)
        return report.error();
    QString text = QStringLiteral("%1 operations, %2 signatures checked, %3 problems\n")
                       .arg(report->operations)
                       .arg(report->signaturesChecked)
                       .arg(report->problems.size());
    for (const QString& problem : report->problems)
        text += problem + u'\n';
    context.output.answer(reportForm(*report), text);
    if (report->problems.isEmpty())
        return {};
    return {ErrorCode::OperationDamaged,
        QStringLiteral("%1 problems were found").arg(report->problems.size())};
}

Status answerWithId(Context& context, const QString& text)
{
    const Result<VaultInfo> info = await(context.ports.vault.info());
    if (!info)
        return info.error();
    context.output.answer(QJsonObject{{QStringLiteral("vault"), idText(info->id)}}, text);
    return {};
}

} // namespace

Status vaultCreate(Context& context)
{
    const QString cost = context.arguments.value(QStringLiteral("kdf-cost"));
    if (!cost.isEmpty() && cost != QLatin1String("floor"))
        return {ErrorCode::Usage,
            QStringLiteral("--kdf-cost takes 'floor'; without it the cost is measured here")};
    if (context.ports.vault.exists())
        return ErrorCode::VaultExists;
    const Result<SharedSecret> passphrase = firstPassphrase(context);
    if (!passphrase)
        return passphrase.error();
    const Result<QStringList> words
        = await(context.ports.vault.create(context.arguments.value(QStringLiteral("name")),
            *passphrase, /*floorCost*/ !cost.isEmpty()));
    if (!words)
        return words.error();
    context.output.event({QStringLiteral("unlocked"), {}});
    const Result<VaultInfo> info = await(context.ports.vault.info());
    if (!info)
        return info.error();
    context.output.answer(QJsonObject{{QStringLiteral("vault"), idText(info->id)},
                              {QStringLiteral("recovery"), QJsonArray::fromStringList(*words)}},
        QStringLiteral("Your journal is made. This is its recovery sheet; write it down, since "
                       "it is not shown again:\n\n%1\nWho has these words can open the journal; "
                       "without them and without the passphrase nobody can.\n")
            .arg(recoverySheet(*words)));
    return {};
}

Status vaultInfo(Context& context)
{
    const Result<VaultInfo> info = await(context.ports.vault.info());
    if (!info)
        return info.error();
    const QJsonObject derivation{
        {QStringLiteral("memory"), qint64(info->kdfMemoryBytes)},
        {QStringLiteral("passes"), qint64(info->kdfPasses)},
    };
    context.output.answer(
        QJsonObject{{QStringLiteral("vault"), idText(info->id)},
            {QStringLiteral("format"), info->format}, {QStringLiteral("kdf"), derivation},
            {QStringLiteral("slots"), QJsonArray::fromStringList(info->slots_)}},
        aligned({{QStringLiteral("vault"), idText(info->id)},
            {QStringLiteral("format"), QString::number(info->format)},
            {QStringLiteral("passphrase costs"),
                QStringLiteral("%1 MiB, %2 passes")
                    .arg(info->kdfMemoryBytes / kMebibyte)
                    .arg(info->kdfPasses)},
            {QStringLiteral("opened by"), info->slots_.join(QStringLiteral(", "))}}));
    return {};
}

Status vaultPassphrase(Context& context)
{
    const Result<SharedSecret> current = unlock(context);
    if (!current)
        return current.error();
    const Result<SharedSecret> replacement = newPassphrase(context);
    if (!replacement)
        return replacement.error();
    const Status changed = await(context.ports.vault.changePassphrase(*current, *replacement));
    if (!changed)
        return changed;
    return answerWithId(context, QStringLiteral("The new passphrase opens the vault."));
}

Status vaultRecover(Context& context)
{
    if (const Status status = lookAtVault(context); !status)
        return status;
    const Result<SharedSecret> words = recoveryWords(context);
    if (!words)
        return words.error();
    const Result<SharedSecret> passphrase = newPassphrase(context);
    if (!passphrase)
        return passphrase.error();
    const Status recovered = await(context.ports.vault.recover(*words, *passphrase));
    if (!recovered)
        return recovered;
    return answerWithId(context, QStringLiteral("The new passphrase opens the vault."));
}

Status vaultRebuild(Context& context)
{
    const Result<qint64> operations = await(context.ports.log.rebuild());
    if (!operations)
        return operations.error();
    context.output.answer(QJsonObject{{QStringLiteral("operations"), *operations}},
        QStringLiteral("Made again from %1 operations.").arg(*operations));
    return {};
}

Status vaultVerify(Context& context)
{
    return report(context, await(context.ports.log.verify()));
}

Status logCheck(Context& context)
{
    return report(context, await(context.ports.log.check()));
}

Status logShow(Context& context)
{
    const Result<QList<LogInfo>> logs = await(context.ports.log.logs());
    if (!logs)
        return logs.error();
    QJsonArray array;
    QList<QStringList> rows{{QStringLiteral("space"), QStringLiteral("log"),
        QStringLiteral("person"), QStringLiteral("changes"), QStringLiteral("stopped")}};
    for (const LogInfo& log : *logs) {
        array.append(logForm(log));
        rows.append({shortId(log.space.view()), shortId(log.name), shortId(log.person.view()),
            QString::number(log.seq), log.stopped});
    }
    context.output.answer(array, aligned(rows));
    return {};
}

} // namespace Waymark::Commands

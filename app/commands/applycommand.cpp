// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/commands/exitstatus.h"
#include "app/commands/forms.h"
#include "app/commands/linerunner.h"

#include <QFile>

namespace Waymark::Commands {

namespace {

constexpr qint64 kMaxLine = 8 * 1024 * 1024;

/// A line that asked for what can't be had is left out and the next one done. What is wrong with
/// the machine or the vault would meet every other line as well, and ends the run.
bool isAboutTheLine(ErrorCode code)
{
    switch (exitStatus(code)) {
    case ExitStatus::Usage:
    case ExitStatus::NotFound:
    case ExitStatus::Refused:
        return true;
    case ExitStatus::Ok:
    case ExitStatus::Failed:
    case ExitStatus::Locked:
    case ExitStatus::Network:
    case ExitStatus::Damaged:
        break;
    }
    return false;
}

void answerLine(Output& output, qint64 number, const Result<Written>& written)
{
    QJsonObject object{{QStringLiteral("line"), number}};
    if (!written) {
        object.insert(QStringLiteral("error"), errorForm(written.error()));
        output.line(
            object, QStringLiteral("%1: %2").arg(number).arg(errorSentence(written.error())));
        return;
    }
    object.insert(QStringLiteral("id"), idText(written->id));
    object.insert(QStringLiteral("operation"),
        written->operation ? QJsonValue(idText(*written->operation)) : QJsonValue());
    output.line(object, QStringLiteral("%1: %2").arg(number).arg(idText(written->id)));
}

Status applyLines(Context& context, QIODevice& in)
{
    LineRunner runner(context.ports);
    int refused = 0;
    for (qint64 number = 1;; ++number) {
        const QByteArray line = in.readLine(kMaxLine);
        if (line.isEmpty())
            break;
        if (line.size() >= kMaxLine - 1 && !line.endsWith('\n'))
            return {ErrorCode::TooLarge, QStringLiteral("line %1 is too long").arg(number)};
        if (line.trimmed().isEmpty())
            continue;
        const Result<Written> written = runner.run(line);
        answerLine(context.output, number, written);
        if (written)
            continue;
        if (!isAboutTheLine(written.error().code))
            return written.error();
        ++refused;
    }
    if (refused > 0)
        return {ErrorCode::Refused, QStringLiteral("%1 lines were left out").arg(refused)};
    return {};
}

} // namespace

Status entryApply(Context& context)
{
    const QString name = context.arguments.value(QStringLiteral("file"));
    if (name == QLatin1String("-"))
        return applyLines(context, *context.environment.in);
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return {ErrorCode::Usage, QStringLiteral("the file of lines cannot be read")};
    return applyLines(context, file);
}

} // namespace Waymark::Commands

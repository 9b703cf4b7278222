// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/await.h"
#include "app/commands/commands.h"
#include "app/commands/forms.h"

namespace Waymark::Commands {

namespace {

constexpr int kDefaultTimeoutSeconds = 60;
constexpr int kDefaultLimit = 20;
constexpr int kMsInSecond = 1000;
constexpr int kMostSeconds = 24 * 60 * 60;
constexpr int kMostHits = 100'000;

Result<int> readNumber(const Context& context, const char* name, int otherwise, int most)
{
    const QString text = context.arguments.value(QLatin1String(name));
    if (text.isEmpty())
        return otherwise;
    bool ok = false;
    const int number = text.toInt(&ok);
    if (!ok || number < 1 || number > most)
        return Error{ErrorCode::Usage,
            QStringLiteral("--%1 takes a whole number from 1 to %2")
                .arg(QLatin1String(name))
                .arg(most)};
    return number;
}

QString counted(int count)
{
    return count == 1 ? QStringLiteral("1 change") : QStringLiteral("%1 changes").arg(count);
}

QString statusText(const SyncStatus& status)
{
    QString text = QStringLiteral("Everything has arrived.\n");
    if (status.unsent > 0)
        text = QStringLiteral("Kept here until the next sync: %1.\n").arg(counted(status.unsent));
    else if (status.outbox > 0)
        text = QStringLiteral("Sent, but not received yet: %1.\n").arg(counted(status.outbox));
    QList<QStringList> rows;
    for (const PeerStatus& peer : status.peers)
        rows.append({peer.name,
            peer.received ? QStringLiteral("has everything") : QStringLiteral("does not have all"),
            peer.problem});
    return text + aligned(rows);
}

Status watch(Context& context)
{
    QEventLoop loop;
    context.environment.onInterrupt([&loop] { loop.quit(); });
    context.ports.sync.start();
    loop.exec();
    context.ports.sync.stop();
    return {};
}

} // namespace

Status sync(Context& context)
{
    const bool once = context.arguments.has(QStringLiteral("once"));
    if (once == context.arguments.has(QStringLiteral("watch")))
        return {ErrorCode::Usage, QStringLiteral("give either --once or --watch")};
    if (!once)
        return watch(context);
    const Result<int> timeout
        = readNumber(context, "timeout", kDefaultTimeoutSeconds, kMostSeconds);
    if (!timeout)
        return timeout.error();
    const Result<SyncCounts> counts = await(context.ports.sync.syncOnce(*timeout * kMsInSecond));
    if (!counts)
        return counts.error();
    context.output.answer(QJsonObject{{QStringLiteral("sent"), counts->sent},
                              {QStringLiteral("received"), counts->received}},
        QStringLiteral("%1 sent, %2 received").arg(counts->sent).arg(counts->received));
    return {};
}

Status status(Context& context)
{
    const Result<SyncStatus> status = await(context.ports.sync.status());
    if (!status)
        return status.error();
    context.output.answer(statusForm(*status), statusText(*status));
    return {};
}

Status search(Context& context)
{
    const Result<int> limit = readNumber(context, "limit", kDefaultLimit, kMostHits);
    if (!limit)
        return limit.error();
    const Result<SearchAnswer> answer = await(
        context.ports.search.search(context.arguments.value(QStringLiteral("query")), *limit));
    if (!answer)
        return answer.error();
    QJsonArray array;
    QList<QStringList> rows;
    for (const SearchHit& hit : answer->hits) {
        array.append(QJsonObject{{QStringLiteral("id"), idText(hit.id)},
            {QStringLiteral("kind"), hit.kind}, {QStringLiteral("snippet"), hit.snippet}});
        rows.append({shortId(hit.id.view()), hit.kind, hit.snippet.simplified()});
    }
    context.output.answer(array, aligned(rows));
    if (answer->unread > 0)
        context.output.note(
            QStringLiteral("%1 entries changed lately are not searched yet.").arg(answer->unread));
    return {};
}

} // namespace Waymark::Commands

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/relayurl.h"

#include "sync/protocol/limits.h"

#include <QUrl>

namespace Waymark {

namespace {

constexpr qsizetype kMaxText = 512;

Error wrong(const char* what)
{
    return {ErrorCode::Usage, QLatin1String(what)};
}

} // namespace

Result<RelayUrl> RelayUrl::parse(const QString& text)
{
    if (text.size() > kMaxText)
        return wrong("a relay's address is shorter than this");
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    if (!url.isValid())
        return wrong("this is no address");
    if (url.scheme() == QLatin1String("wss"))
        return wrong("this version speaks ws:// only; put a tunnel in between for wss://");
    if (url.scheme() != QLatin1String("ws"))
        return wrong("a relay's address begins with ws://");
    if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment()
        || (url.path() != QString() && url.path() != QLatin1String("/")))
        return wrong("a relay's address is ws://host:port and nothing more");
    const Bytes host = url.host(QUrl::FullyEncoded).toLower().toLatin1();
    if (host.isEmpty())
        return wrong("the host is missing");
    if (url.port() < 1)
        return wrong("the port is missing, as in ws://relay.example:7600");
    RelayUrl out;
    out.m_host = (host.contains(':') ? "[" + host + "]" : host) + ":" + Bytes::number(url.port());
    if (out.m_host.size() > Wire::kMaxHost)
        return wrong("the host's name is too long");
    return out;
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/handshake/link.h"

#include "app/crypto/hash.h"
#include "sync/handshake/linkreading.h"

#include <QUrl>

#include <algorithm>

namespace Waymark {

namespace {

constexpr qint64 kVersion = 1;
constexpr quint64 kFields = 10;
constexpr qsizetype kPinSize = 32;
constexpr qint64 kMaxInteger = (qint64(1) << 53) - 1;

bool isRole(QStringView role)
{
    return !role.isEmpty() && role.size() <= Link::kMaxRole
        && std::all_of(role.begin(), role.end(),
            [](QChar c) { return (c >= u'a' && c <= u'z') || c == u'-'; });
}

} // namespace

Link Link::clone() const
{
    return {relayUrl, certificatePin, queue, device, name, role, space, secret.clone(), expiresMs};
}

SecretBytes Link::psk() const
{
    return hkdfSha512(secret, {}, "link psk", 32);
}

SigningPair Link::sendPair() const
{
    return SigningPair::fromSeed(hkdfSha512(secret, {}, "link send", 32));
}

bool isDisplayName(QStringView name)
{
    return !name.trimmed().isEmpty() && name.isValidUtf16()
        && name.toUtf8().size() <= Link::kMaxName
        && std::none_of(name.begin(), name.end(), [](QChar c) {
               return c.category() == QChar::Other_Control || c.category() == QChar::Separator_Line
                   || c.category() == QChar::Separator_Paragraph;
           });
}

bool isRelayUrl(QStringView text)
{
    const bool plain
        = std::all_of(text.begin(), text.end(), [](QChar c) { return c > u' ' && c < u'\x7f'; });
    if (!plain || text.size() > Link::kMaxUrl)
        return false;
    const QUrl url(text.toString(), QUrl::StrictMode);
    const bool scheme = url.scheme() == QLatin1String("ws") || url.scheme() == QLatin1String("wss");
    return url.isValid() && scheme && !url.host().isEmpty() && url.userInfo().isEmpty()
        && !url.hasFragment();
}

Bytes encodeLink(const Link& link)
{
    Cbor::Writer out;
    out.array(kFields).integer(kVersion).text(link.relayUrl);
    if (link.certificatePin.isEmpty())
        out.null();
    else
        out.bytes(link.certificatePin);
    out.id(link.queue).id(link.device).text(link.name).text(link.role).id(link.space);
    out.bytes(link.secret.view()).integer(link.expiresMs);
    return out.take();
}

Hash linkHash(const Link& link)
{
    return labelledHash("link", {encodeLink(link)});
}

Link readLink(Cbor::Reader& in)
{
    Link out;
    in.arrayOf(kFields);
    in.integer(kVersion, kVersion);
    out.relayUrl = in.text(Link::kMaxUrl);
    if (!in.nullNext()) {
        out.certificatePin = in.bytes(kPinSize).toByteArray();
        if (out.certificatePin.size() != kPinSize)
            in.fail();
    }
    out.queue = in.id<QueueId>();
    out.device = in.id<AgreementKey>();
    out.name = in.text(Link::kMaxName);
    out.role = in.text(Link::kMaxRole);
    out.space = in.id<SpaceId>();
    out.secret = SecretBytes::copyOf(in.bytes(qsizetype(Link::kSecretSize)));
    out.expiresMs = in.integer(0, kMaxInteger);
    if (in.ok()
        && (out.secret.size() != Link::kSecretSize || !isRelayUrl(out.relayUrl)
            || !isDisplayName(out.name) || !isRole(out.role)))
        in.fail();
    return out;
}

Result<Link> decodeLink(BytesView bytes)
{
    Cbor::Reader in(bytes);
    Link out = readLink(in);
    if (!in.finished())
        return Error{ErrorCode::LinkInvalid, QStringLiteral("not the bytes of a link")};
    return out;
}

} // namespace Waymark

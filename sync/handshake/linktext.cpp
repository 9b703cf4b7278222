// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/handshake/link.h"
#include "sync/handshake/linkreading.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace Waymark {

namespace {

constexpr qsizetype kMaxText = 1024 * 1024;
constexpr qsizetype kMaxLink = 2 * 1024; // characters after the prefix; the longest has 810
constexpr QChar kGap = u' ';
constexpr auto kBase64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

const QLatin1String kPrefix("waymark:pair#");
const QLatin1String kEscapedPrefix("waymark:pair%23"); // what some mail programs make of it

bool isInvisible(QChar c)
{
    return c == u'\u00ad' || (c >= u'\u200b' && c <= u'\u200d') || c == u'\u2060' || c == u'\ufeff';
}

bool isLineEnd(QChar c)
{
    return c == u'\n' || c == u'\r' || c == u'\u0085' || c == u'\u2028' || c == u'\u2029';
}

/// The soft line break of quoted-printable.
bool isSoftBreak(QStringView text, qsizetype at)
{
    return text[at] == u'=' && at + 1 < text.size() && isLineEnd(text[at + 1]);
}

/// The text with one gap in place of each stretch of blanks, line ends and, at the beginning of a
/// line, marks of quotation; and without what cannot be seen.
QString joined(QStringView text)
{
    QString out;
    out.reserve(text.size());
    bool lineBegins = true;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (isInvisible(c))
            continue;
        if (isLineEnd(c) || isSoftBreak(text, i))
            lineBegins = true;
        else if (!c.isSpace() && !(lineBegins && (c == u'>' || c == u'|'))) {
            lineBegins = false;
            out.append(c);
            continue;
        }
        if (!out.endsWith(kGap))
            out.append(kGap);
    }
    return out;
}

/// Where the text goes on after `prefix`, which begins at `from` with or without gaps inside; or
/// nothing.
std::optional<qsizetype> afterPrefix(QStringView text, qsizetype from, QLatin1String prefix)
{
    qsizetype at = from;
    for (const char expected : prefix) {
        if (at > from && at < text.size() && text[at] == kGap)
            ++at;
        if (at >= text.size() || text[at].toLower() != QLatin1Char(expected))
            return std::nullopt;
        ++at;
    }
    return at;
}

bool isLinkCharacter(QChar c)
{
    return (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9')
        || c == u'-' || c == u'_';
}

/// The characters that may belong to a link, gaps left out, and after which of them the text has a
/// gap or something else.
struct Candidate
{
    Bytes characters;
    std::vector<bool> wordEnds;
};

Candidate candidateAt(QStringView text, qsizetype at)
{
    Candidate out;
    for (; at < text.size() && out.characters.size() < kMaxLink; ++at) {
        if (text[at] == kGap)
            continue;
        if (!isLinkCharacter(text[at]))
            break;
        out.characters.append(text[at].toLatin1());
        out.wordEnds.push_back(at + 1 == text.size() || !isLinkCharacter(text[at + 1]));
    }
    return out;
}

/// The bytes of a link tell where it ends; there a word must end too, else a piece is missing and
/// what follows was taken for it.
std::optional<Link> linkIn(const Candidate& candidate)
{
    const Bytes bytes = Bytes::fromBase64(candidate.characters, kBase64);
    Cbor::Reader in(bytes);
    Link link = readLink(in);
    if (!in.ok())
        return std::nullopt;
    const Bytes canonical = bytes.first(in.position()).toBase64(kBase64);
    if (!candidate.characters.startsWith(canonical)
        || !candidate.wordEnds[std::size_t(canonical.size()) - 1])
        return std::nullopt;
    return link;
}

} // namespace

QString linkText(const Link& link)
{
    return kPrefix + QLatin1String(encodeLink(link).toBase64(kBase64));
}

Result<Link> findLink(QStringView pasted, qint64 nowMs)
{
    const QString text = joined(pasted.first(std::min(pasted.size(), kMaxText)));
    bool anyExpired = false;
    for (qsizetype at = text.indexOf(u'w', 0, Qt::CaseInsensitive); at >= 0;
         at = text.indexOf(u'w', at + 1, Qt::CaseInsensitive)) {
        auto begin = afterPrefix(text, at, kPrefix);
        if (!begin)
            begin = afterPrefix(text, at, kEscapedPrefix);
        if (!begin)
            continue;
        if (auto link = linkIn(candidateAt(text, *begin))) {
            if (link->expiresMs > nowMs)
                return std::move(*link);
            anyExpired = true;
        }
    }
    if (anyExpired)
        return ErrorCode::LinkExpired;
    return Error{ErrorCode::LinkInvalid, QStringLiteral("no whole link in the text")};
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "app/core/result.h"
#include "app/crypto/signature.h"

#include <QString>

namespace Waymark {

/// What an invitation's link says: whom one talks to, where, and that one was invited. Whoever
/// holds it may ask to be let in. Pure functions; any thread. Bytes: docs/protocol/sessions.md.
struct Link
{
    static constexpr qint64 kLifetimeMs = qint64(7) * 24 * 60 * 60 * 1000;
    static constexpr std::size_t kSecretSize = 16;
    static constexpr qsizetype kMaxUrl = 255; ///< bytes
    static constexpr qsizetype kMaxName = 128; ///< bytes of UTF-8
    static constexpr qsizetype kMaxRole = 32;

    QString relayUrl; ///< ws:// or wss://
    Bytes certificatePin; ///< SHA-256 of the relay's certificate, or empty
    QueueId queue; ///< the invitation's queue, by its sender's name
    AgreementKey device; ///< of the inviter's device
    QString name; ///< the inviter's
    QString role; ///< offered to who accepts
    SpaceId space;
    SecretBytes secret; ///< kSecretSize
    qint64 expiresMs = 0; ///< since 1970; from then on nobody begins to ask

    [[nodiscard]] Link clone() const;
    /// The pre-shared key of the handshake, and the key pair that may send to the queue.
    [[nodiscard]] SecretBytes psk() const;
    [[nodiscard]] SigningPair sendPair() const;
};

/// A name that may be shown: 1 to 128 bytes of UTF-8, something but spaces, no control characters.
[[nodiscard]] bool isDisplayName(QStringView name);
[[nodiscard]] bool isRelayUrl(QStringView url);

/// The bytes in a link, and a link as it is sent about. The caller keeps the bounds.
[[nodiscard]] Bytes encodeLink(const Link& link);
[[nodiscard]] QString linkText(const Link& link);
/// Names a link in its handshake.
[[nodiscard]] Hash linkHash(const Link& link);
/// LinkInvalid; an expired one is read.
[[nodiscard]] Result<Link> decodeLink(BytesView bytes);

/// The link in whatever was pasted: wrapped lines, quoted mail, punctuation around it and soft
/// breaks inside it do no harm. Of several the first that has not expired. LinkInvalid when there
/// is none or it is damaged, LinkExpired when there are only expired ones. Looks at the first
/// 1,048,576 UTF-16 units.
[[nodiscard]] Result<Link> findLink(QStringView text, qint64 nowMs);

} // namespace Waymark

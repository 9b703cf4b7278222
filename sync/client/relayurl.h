// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/bytes.h"
#include "app/core/result.h"

#include <QString>

namespace Waymark {

/// Where a relay is: "ws://host:port". A value; any thread.
class RelayUrl
{
public:
    /// Usage, with a detail that says what is wrong, for anything else: another scheme, no port, a
    /// path, a user, a query.
    [[nodiscard]] static Result<RelayUrl> parse(const QString& text);

    /// As parsed, host in lower case; equal relays have equal texts.
    [[nodiscard]] QString text() const
    {
        return QStringLiteral("ws://") + QString::fromLatin1(m_host);
    }
    /// "host:port", in ASCII: what the proofs of a connection name.
    [[nodiscard]] const Bytes& hostAndPort() const { return m_host; }

    friend bool operator==(const RelayUrl&, const RelayUrl&) = default;

private:
    Bytes m_host;
};

} // namespace Waymark

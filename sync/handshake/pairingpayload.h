// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/handshake/pairing.h"

namespace Waymark {

/// What the two handshake messages carry, and its padding to whole 4 KiB, so that the relay does
/// not learn from the length whether somebody was let in.
struct PairingPayload
{
    bool used = false; ///< with nothing else
    SigningKey identity;
    Bytes roster;
    QString name;
    SendAddress sendTo;
    QString role; ///< of an answer
    Bytes genesis; ///< of an answer
    std::optional<AgreementKey> ratchetKey; ///< of an answer, and of those alone
};

/// TooLarge when it does not fit.
[[nodiscard]] Result<SecretBytes> encodePayload(const PairingPayload& payload);
/// Nothing when it is not in form. Fields of later versions are passed over.
[[nodiscard]] std::optional<PairingPayload> decodePayload(BytesView padded);

/// The sender of a payload, as proven by the static key of its handshake message.
[[nodiscard]] Result<PairingParty> provenParty(PairingPayload payload, const AgreementKey& proven);

} // namespace Waymark

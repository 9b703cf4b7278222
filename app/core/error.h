// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Waymark {

/// Every way in which something can fail that a person or a script may have to tell apart.
/// Sentences for people are made in ui/ and app/commands; codeName() is what scripts see.
enum class ErrorCode {
    Failed, ///< none of the below; detail says what, for the log
    Usage, ///< a value or argument that cannot be taken
    NotFound,
    Ambiguous, ///< a shortened id that fits several
    Refused, ///< forbidden by a rule of the space
    TooLarge, ///< beyond a bound of the protocol
    Cancelled,

    DiskFull,
    DiskReadOnly,
    DiskFailed, ///< any other input or output error

    VaultMissing,
    VaultExists,
    VaultInUse,
    VaultLocked,
    VaultWrongPassphrase,
    VaultWrongRecovery, ///< well-formed words that do not open this vault
    VaultRecoveryForm, ///< not 24 words of the list with a right checksum
    VaultHeaderDamaged, ///< vault.waymark does not match its own hash, or is cut short
    VaultHeaderTampered, ///< its keyed MAC is wrong
    VaultHeaderMissing,
    VaultDatabaseMissing,
    VaultDatabaseDamaged, ///< a page or a frame of the write-ahead log does not verify
    VaultDatabaseSwapped, ///< journal.db belongs to another vault
    VaultNewer, ///< made by a newer version
    VaultCostRefused, ///< key derivation parameters beyond what is ever tried
    CipherMissing, ///< the linked database library does not encrypt

    OperationDamaged, ///< stored or received bytes that are no valid operation
    LogStopped, ///< this log is not taken further in

    LinkInvalid,
    LinkExpired,
    LinkUsed,
    PairingRefused,
    HandshakeFailed,
    SessionBroken,
    MessageUndecryptable,
    MessageMalformed, ///< decrypted, but nothing that a message may hold

    RelayUnreachable,
    RelayProtocol, ///< it answered what no relay answers
    RelayRefused,
    RelayQueueMissing,
    RelayQueueFull,
    RelayTooLarge,
    RelayRateLimited,
    RelayNotAuthorized,
    RelayStorageFull,
    RelayStoreDamaged, ///< the relay's own store cannot be read
    RelayStoreNewer, ///< and was made by a newer version
    RelayStoreInUse, ///< by another relay
    AddressInUse, ///< something else listens there
    Timeout,
};

/// The code's name for scripts and logs, for example "vault.wrongPassphrase".
[[nodiscard]] const char* codeName(ErrorCode code);

/// What went wrong. `detail` is for the log and for scripts: it never holds journal text, keys,
/// passphrases or addresses.
struct Error
{
    ErrorCode code = ErrorCode::Failed;
    QString detail;

    friend bool operator==(const Error&, const Error&) = default;
};

} // namespace Waymark

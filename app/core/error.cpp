// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/error.h"

namespace Waymark {

const char* codeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Failed:
        return "failed";
    case ErrorCode::Usage:
        return "usage";
    case ErrorCode::NotFound:
        return "notFound";
    case ErrorCode::Ambiguous:
        return "ambiguous";
    case ErrorCode::Refused:
        return "refused";
    case ErrorCode::TooLarge:
        return "tooLarge";
    case ErrorCode::Cancelled:
        return "cancelled";
    case ErrorCode::DiskFull:
        return "disk.full";
    case ErrorCode::DiskReadOnly:
        return "disk.readOnly";
    case ErrorCode::DiskFailed:
        return "disk.failed";
    case ErrorCode::VaultMissing:
        return "vault.missing";
    case ErrorCode::VaultExists:
        return "vault.exists";
    case ErrorCode::VaultInUse:
        return "vault.inUse";
    case ErrorCode::VaultLocked:
        return "vault.locked";
    case ErrorCode::VaultWrongPassphrase:
        return "vault.wrongPassphrase";
    case ErrorCode::VaultWrongRecovery:
        return "vault.wrongRecovery";
    case ErrorCode::VaultRecoveryForm:
        return "vault.recoveryForm";
    case ErrorCode::VaultHeaderDamaged:
        return "vault.headerDamaged";
    case ErrorCode::VaultHeaderTampered:
        return "vault.headerTampered";
    case ErrorCode::VaultHeaderMissing:
        return "vault.headerMissing";
    case ErrorCode::VaultDatabaseMissing:
        return "vault.databaseMissing";
    case ErrorCode::VaultDatabaseDamaged:
        return "vault.databaseDamaged";
    case ErrorCode::VaultDatabaseSwapped:
        return "vault.databaseSwapped";
    case ErrorCode::VaultNewer:
        return "vault.newer";
    case ErrorCode::VaultCostRefused:
        return "vault.costRefused";
    case ErrorCode::CipherMissing:
        return "vault.cipherMissing";
    case ErrorCode::OperationDamaged:
        return "operation.damaged";
    case ErrorCode::LogStopped:
        return "log.stopped";
    case ErrorCode::LinkInvalid:
        return "link.invalid";
    case ErrorCode::LinkExpired:
        return "link.expired";
    case ErrorCode::LinkUsed:
        return "link.used";
    case ErrorCode::PairingRefused:
        return "pairing.refused";
    case ErrorCode::HandshakeFailed:
        return "handshake.failed";
    case ErrorCode::SessionBroken:
        return "session.broken";
    case ErrorCode::MessageUndecryptable:
        return "message.undecryptable";
    case ErrorCode::MessageMalformed:
        return "message.malformed";
    case ErrorCode::RelayUnreachable:
        return "relay.unreachable";
    case ErrorCode::RelayProtocol:
        return "relay.protocol";
    case ErrorCode::RelayRefused:
        return "relay.refused";
    case ErrorCode::RelayQueueMissing:
        return "relay.queueMissing";
    case ErrorCode::RelayQueueFull:
        return "relay.queueFull";
    case ErrorCode::RelayTooLarge:
        return "relay.tooLarge";
    case ErrorCode::RelayRateLimited:
        return "relay.rateLimited";
    case ErrorCode::RelayNotAuthorized:
        return "relay.notAuthorized";
    case ErrorCode::RelayStorageFull:
        return "relay.storageFull";
    case ErrorCode::RelayStoreDamaged:
        return "relay.storeDamaged";
    case ErrorCode::RelayStoreNewer:
        return "relay.storeNewer";
    case ErrorCode::RelayStoreInUse:
        return "relay.storeInUse";
    case ErrorCode::AddressInUse:
        return "relay.addressInUse";
    case ErrorCode::Timeout:
        return "timeout";
    }
    return "failed";
}

} // namespace Waymark

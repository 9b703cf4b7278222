// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/exitstatus.h"

namespace Waymark {

ExitStatus exitStatus(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Failed:
    case ErrorCode::Cancelled:
    case ErrorCode::DiskFull:
    case ErrorCode::DiskReadOnly:
    case ErrorCode::DiskFailed:
    case ErrorCode::VaultExists:
    case ErrorCode::VaultInUse:
    case ErrorCode::VaultNewer:
    case ErrorCode::CipherMissing:
    case ErrorCode::RelayStoreNewer:
    case ErrorCode::RelayStoreInUse:
    case ErrorCode::AddressInUse:
        return ExitStatus::Failed;
    case ErrorCode::Usage:
    case ErrorCode::Ambiguous:
    case ErrorCode::LinkInvalid:
        return ExitStatus::Usage;
    case ErrorCode::VaultLocked:
    case ErrorCode::VaultWrongPassphrase:
    case ErrorCode::VaultWrongRecovery:
    case ErrorCode::VaultRecoveryForm:
        return ExitStatus::Locked;
    case ErrorCode::NotFound:
    case ErrorCode::VaultMissing:
        return ExitStatus::NotFound;
    case ErrorCode::Refused:
    case ErrorCode::TooLarge:
    case ErrorCode::LogStopped:
    case ErrorCode::LinkExpired:
    case ErrorCode::LinkUsed:
    case ErrorCode::PairingRefused:
        return ExitStatus::Refused;
    case ErrorCode::HandshakeFailed:
    case ErrorCode::SessionBroken:
    case ErrorCode::RelayUnreachable:
    case ErrorCode::RelayProtocol:
    case ErrorCode::RelayRefused:
    case ErrorCode::RelayQueueMissing:
    case ErrorCode::RelayQueueFull:
    case ErrorCode::RelayTooLarge:
    case ErrorCode::RelayRateLimited:
    case ErrorCode::RelayNotAuthorized:
    case ErrorCode::RelayStorageFull:
    case ErrorCode::Timeout:
        return ExitStatus::Network;
    case ErrorCode::VaultHeaderDamaged:
    case ErrorCode::VaultHeaderTampered:
    case ErrorCode::VaultHeaderMissing:
    case ErrorCode::VaultDatabaseMissing:
    case ErrorCode::VaultDatabaseDamaged:
    case ErrorCode::VaultDatabaseSwapped:
    case ErrorCode::VaultCostRefused:
    case ErrorCode::OperationDamaged:
    case ErrorCode::MessageUndecryptable:
    case ErrorCode::MessageMalformed:
    case ErrorCode::RelayStoreDamaged:
        return ExitStatus::Damaged;
    }
    return ExitStatus::Failed;
}

namespace {

const char* sentence(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Failed:
        return "That did not work.";
    case ErrorCode::Usage:
        return "That cannot be taken as it is written; --help after the verb shows how.";
    case ErrorCode::NotFound:
        return "There is nothing by that id or name here.";
    case ErrorCode::Ambiguous:
        return "More than one thing fits; write more of the id.";
    case ErrorCode::Refused:
        return "The rules of this space do not allow that, so nothing was changed.";
    case ErrorCode::TooLarge:
        return "That is more than one change may hold; make it shorter or split it.";
    case ErrorCode::Cancelled:
        return "Stopped before it was done.";
    case ErrorCode::DiskFull:
        return "The disk is full. Make room and try again; what was acknowledged is kept.";
    case ErrorCode::DiskReadOnly:
        return "The vault lies where nothing can be written. Make it writable or move it.";
    case ErrorCode::DiskFailed:
        return "The disk could not be read or written. Look after the disk before you go on.";
    case ErrorCode::VaultMissing:
        return "There is no vault in that folder. 'vault create' makes one.";
    case ErrorCode::VaultExists:
        return "There is a vault in that folder already. Choose another folder.";
    case ErrorCode::VaultInUse:
        return "The vault is open in another program. Close it there and try again.";
    case ErrorCode::VaultLocked:
        return "The vault is locked. Give the passphrase in WAYMARK_PASSPHRASE, with "
               "--passphrase-file, or at the prompt of a terminal.";
    case ErrorCode::VaultWrongPassphrase:
        return "That passphrase does not open this vault.";
    case ErrorCode::VaultWrongRecovery:
        return "Those recovery words belong to another vault or to an older sheet.";
    case ErrorCode::VaultRecoveryForm:
        return "Those are not the 24 words of a recovery sheet. Look for a word that was "
               "mistyped or left out.";
    case ErrorCode::VaultHeaderDamaged:
        return "The vault's key file is damaged. Put back a copy of vault.waymark.";
    case ErrorCode::VaultHeaderTampered:
        return "The vault's key file was changed by something else. Put back a copy of "
               "vault.waymark that you trust.";
    case ErrorCode::VaultHeaderMissing:
        return "The vault's key file, vault.waymark, is missing. Put back a copy of it.";
    case ErrorCode::VaultDatabaseMissing:
        return "The vault's journal.db is missing. Put back a copy of it.";
    case ErrorCode::VaultDatabaseDamaged:
        return "The journal is damaged; nothing was changed. Put back a copy of journal.db.";
    case ErrorCode::VaultDatabaseSwapped:
        return "The journal.db in that folder belongs to another vault. Put the right one back.";
    case ErrorCode::VaultNewer:
        return "The vault was made by a newer version of Waymark. Update this one.";
    case ErrorCode::VaultCostRefused:
        return "The vault's key file asks for more memory or time than Waymark ever sets, so it "
               "is not tried. Put back a copy that you trust.";
    case ErrorCode::CipherMissing:
        return "This build cannot encrypt its database, so it opens none. Install Waymark anew.";
    case ErrorCode::OperationDamaged:
        return "Some of the journal does not verify. 'vault verify' says what.";
    case ErrorCode::LogStopped:
        return "A device's log was split in two, so nothing more of it is taken. 'log show' says "
               "which.";
    case ErrorCode::LinkInvalid:
        return "That is no invitation, or not all of it. Copy the whole link.";
    case ErrorCode::LinkExpired:
        return "That invitation has run out. Ask for a new one.";
    case ErrorCode::LinkUsed:
        return "That invitation was used by somebody. If it was not you, tell who invited you and "
               "ask for a new one.";
    case ErrorCode::PairingRefused:
        return "That cannot be done with this pairing now. 'pair list' shows where it stands.";
    case ErrorCode::HandshakeFailed:
        return "What the other side sent does not fit the invitation. Make a new one.";
    case ErrorCode::SessionBroken:
        return "Messages from the other side can no longer be read. 'status' says with whom.";
    case ErrorCode::MessageUndecryptable:
        return "A message could not be decrypted and was left out.";
    case ErrorCode::MessageMalformed:
        return "A message came that no version of Waymark writes; it was left out.";
    case ErrorCode::RelayUnreachable:
        return "The relay does not answer. Look at its address and at your network; everything "
               "written is kept here.";
    case ErrorCode::RelayProtocol:
        return "What answers at that address is no relay that this version understands.";
    case ErrorCode::RelayRefused:
        return "The relay refused that.";
    case ErrorCode::RelayQueueMissing:
        return "The relay no longer has that line. Sync again; if it stays so, pair anew.";
    case ErrorCode::RelayQueueFull:
        return "The relay holds as much for the other side as it may. It goes on once they sync.";
    case ErrorCode::RelayTooLarge:
        return "The relay takes no message of that size.";
    case ErrorCode::RelayRateLimited:
        return "The relay asks to wait. Try again in a while.";
    case ErrorCode::RelayNotAuthorized:
        return "The relay does not let us in. Ask who runs it for an address with a token.";
    case ErrorCode::RelayStorageFull:
        return "The relay's disk is full. Everything is kept here; try again later.";
    case ErrorCode::RelayStoreDamaged:
        return "The relay's store is damaged. Move it away; people's journals send again what lay "
               "in it.";
    case ErrorCode::RelayStoreNewer:
        return "The relay's store was made by a newer version. Update the relay.";
    case ErrorCode::RelayStoreInUse:
        return "Another relay uses that store. Stop it, or choose another folder.";
    case ErrorCode::AddressInUse:
        return "Something else listens at that address. Choose another port.";
    case ErrorCode::Timeout:
        return "It took too long. Try again, with a longer --timeout if there is much to carry.";
    }
    return "That did not work.";
}

/// "a plain reason" as a sentence of its own.
QString asSentence(const QString& text)
{
    QString out = text.trimmed();
    if (!out.isEmpty() && !out.endsWith(QLatin1Char('.')) && !out.endsWith(QLatin1Char('?')))
        out += QLatin1Char('.');
    return out;
}

} // namespace

QString errorSentence(const Error& error)
{
    const QString general = QString::fromLatin1(sentence(error.code));
    const QString detail = asSentence(error.detail);
    if (detail.isEmpty())
        return general;
    // The commands and the journal say a wrong argument or value in words of their own.
    if (error.code == ErrorCode::Usage)
        return detail;
    return general + QStringLiteral(" (%1)").arg(detail.chopped(detail.endsWith(u'.') ? 1 : 0));
}

} // namespace Waymark

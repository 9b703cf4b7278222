// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/unlock.h"

#include "app/commands/await.h"
#include "app/commands/secretsources.h"

namespace Waymark {

Status lookAtVault(Context& context)
{
    const Result<VaultInfo> info = await(context.ports.vault.info());
    return info ? Status() : Status(info.error());
}

Result<SharedSecret> unlock(Context& context)
{
    // First, so that nobody is asked for the passphrase of what isn't there.
    if (const Status status = lookAtVault(context); !status)
        return status.error();
    const Result<SharedSecret> passphrase = currentPassphrase(context);
    if (!passphrase)
        return passphrase.error();
    if (const Status opened = await(context.ports.vault.unlock(*passphrase)); !opened)
        return opened.error();
    return *passphrase;
}

} // namespace Waymark

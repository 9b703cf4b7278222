// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/verbs.h"

/// What each verb does: a failure is what the process ends with and says on stderr. On the main
/// thread, whose events go on being handled while one waits.
namespace Waymark::Commands {

Status vaultCreate(Context& context);
Status vaultInfo(Context& context);
Status vaultPassphrase(Context& context);
Status vaultRecover(Context& context);
Status vaultRebuild(Context& context);
Status vaultVerify(Context& context);

Status spaceCreate(Context& context);
Status spaceList(Context& context);
Status spaceShow(Context& context);
Status spaceLook(Context& context);

Status pairInvite(Context& context);
Status pairAccept(Context& context);
Status pairConfirm(Context& context);
Status pairTurnAway(Context& context);
Status pairWithdraw(Context& context);
Status pairSafetyNumber(Context& context);
Status pairList(Context& context);

Status entryAdd(Context& context);
Status entrySet(Context& context);
Status entryDelete(Context& context);
Status entryRestore(Context& context);
Status entryShare(Context& context);
Status entrySend(Context& context);
Status entryAcknowledge(Context& context);
Status entryMove(Context& context);
Status entryList(Context& context);
Status entryShow(Context& context);
Status entryHistory(Context& context);
Status entryApply(Context& context);

Status search(Context& context);
Status sync(Context& context);
Status status(Context& context);
Status logShow(Context& context);
Status logCheck(Context& context);

} // namespace Waymark::Commands

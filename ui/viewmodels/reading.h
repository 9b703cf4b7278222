// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/pairing.h"
#include "ui/viewmodels/pages.h"

#include <QHash>

namespace Waymark {

/// What was read of the journal for the pages. Entries are in the store's order.
struct Contents
{
    PersonId me;
    SpaceId privateSpace;
    QList<Space> spaces;
    QList<Entry> goals;
    QList<Entry> marks;
    QList<Entry> words; ///< feedback and messages, drafts among them
    QList<PairingRow> pairings;
};

constexpr qint64 kRestMs = 10'000; ///< how long Send, Share and Let in can be undone

// Pure functions from contents to pages. `person` is a space's id, or empty for everyone.

[[nodiscard]] QList<PersonRow> peopleOf(const Contents& contents);
[[nodiscard]] QList<GoalRow> goalRows(const Contents& contents, const QString& person);
[[nodiscard]] std::optional<GoalPage> goalPage(const Contents& contents, const QString& id);
/// My turn first, then the partner's, then what is settled; within these newest first.
[[nodiscard]] QList<ThreadRow> threadRows(const Contents& contents, const QString& person);
[[nodiscard]] std::optional<ThreadPage> threadPage(const Contents& contents, const QString& id);
[[nodiscard]] QList<AskerRow> askersOf(const Contents& contents);
[[nodiscard]] QList<InvitationRow> invitationsOf(const Contents& contents);
[[nodiscard]] QList<WaitingRow> waitingOf(const Contents& contents);

/// The draft for this reader and place that was not sent yet, if any.
[[nodiscard]] const Entry* draftFor(
    const Contents& contents, const QString& person, const QString& on, const QString& replyTo);
/// Where an entry went when it was shared: the shared one's id, else the same.
[[nodiscard]] QString followed(const Contents& contents, const QString& id);
/// Whose turn a thread is, from its newest utterance.
[[nodiscard]] Turn turnOf(const QList<Utterance>& said);

} // namespace Waymark

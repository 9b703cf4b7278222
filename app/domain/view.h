// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/entry.h"
#include "app/domain/field.h"
#include "app/domain/state.h"
#include "app/domain/value.h"

namespace Waymark {

// What states look like to people: values in JSON, items and lines in their order.

/// A line of an ordered list of strings, in its place.
struct ListLine
{
    ElementId name;
    QString value;
};
[[nodiscard]] std::vector<ListLine> linesOf(
    SpaceStates& states, EntryState& entry, const Bytes& field);
/// The same without the second and later of lines that are about one thing.
[[nodiscard]] std::vector<ListLine> shownLinesOf(
    SpaceStates& states, EntryState& entry, const Bytes& field);
/// What a field of a line shows; Null where it is unset.
[[nodiscard]] QJsonValue lineFieldOf(SpaceStates& states, const EntryState& entry,
    const Bytes& list, const ElementId& line, const Field& field);
/// A line's name for people and scripts: `COUNTER.LOG`.
[[nodiscard]] QString lineName(const ElementId& line);

/// Where each slot of a list stands: later ones are greater.
class SlotRanks
{
public:
    SlotRanks(SpaceStates& states, EntryState& parent, const Bytes& list);
    [[nodiscard]] quint64 rank(const ElementId& slot) const;
    [[nodiscard]] const Sequence* sequence() const { return m_sequence; }

private:
    const Sequence* m_sequence = nullptr; ///< null: the parent has no such list
};

/// The items of one kind in their order, deleted ones too, refused ones not.
[[nodiscard]] std::vector<EntryState*> itemsOf(
    SpaceStates& states, EntryState& parent, const Bytes& kind);
/// An item's parent and place as shown; nothing where it stands alone.
[[nodiscard]] std::optional<ParentPlace> placeOf(SpaceStates& states, const EntryState& item);

/// Deleted itself or with its parent, changes to its items counted.
[[nodiscard]] bool isDeleted(SpaceStates& states, EntryState& entry);
[[nodiscard]] bool hasConflict(SpaceStates& states, const EntryState& entry);

/// The shown value of a field: Null where it is unset.
[[nodiscard]] QJsonValue fieldOf(SpaceStates& states, EntryState& entry, const Field& field);
/// All of it but what is local (delivery, marks).
[[nodiscard]] Entry entryOf(SpaceStates& states, EntryState& entry);
/// The text of everything that search should find.
[[nodiscard]] QString searchTextOf(SpaceStates& states, EntryState& entry);

} // namespace Waymark

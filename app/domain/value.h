// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "app/core/result.h"
#include "app/domain/field.h"
#include "app/domain/operation.h"

#include <QJsonValue>

namespace Waymark {

// Values of registers and sets as they stand in operations: encoded CBOR items. Equal values have
// equal bytes. Whole numbers are integers, others the shortest float; times are kept as written.

/// An encoded null: the field is cleared.
[[nodiscard]] Bytes nullValue();
[[nodiscard]] Bytes textValue(QStringView text);
[[nodiscard]] Bytes idValue(BytesView id); ///< a byte string
[[nodiscard]] Bytes parentValue(const EntryId& parent, const ElementId& slot);
[[nodiscard]] Bytes sharedValue(const SpaceId& space, const EntryId& entry);

/// Text out of a value, or nothing where it is something else.
[[nodiscard]] std::optional<QString> textOf(BytesView value);
template <typename Id>
[[nodiscard]] std::optional<Id> idOf(BytesView value);
[[nodiscard]] bool isTrue(BytesView value);
struct ParentPlace
{
    EntryId parent;
    ElementId slot;
};
[[nodiscard]] std::optional<ParentPlace> parentOf(BytesView value);
/// What a private entry was shared or copied as; the entry alone.
[[nodiscard]] std::optional<std::pair<SpaceId, EntryId>> copyOf(BytesView value);
[[nodiscard]] std::optional<EntryId> sharedEntryOf(BytesView value);
/// The entries that a value of this type names.
[[nodiscard]] std::optional<EntryId> namedEntry(ValueType type, BytesView value);

/// From JSON as docs/CLI.md writes it. Usage with a plain detail where the form is wrong. Ids
/// must be whole hexadecimal ones here; Parent, Copy and Quote are made by the journal, not here.
[[nodiscard]] Result<Bytes> valueFromJson(const Field& field, const QJsonValue& json);
/// To JSON; null for a cleared field and for what this version cannot read: whatever another's
/// device wrote, the answer is of the field's own type and within its bounds. A Parent gives its
/// entry, a Quote its text, a Copy [space, entry], or the entry alone where it is hidden.
[[nodiscard]] QJsonValue valueToJson(const Field& field, BytesView value);

template <typename Id>
std::optional<Id> idOf(BytesView value)
{
    // A byte string of 16 bytes: one head byte.
    return value.size() == qsizetype(Id::kSize) + 1
            && static_cast<unsigned char>(value[0]) == 0x40 + Id::kSize
        ? Id::fromBytes(value.sliced(1))
        : std::nullopt;
}

} // namespace Waymark

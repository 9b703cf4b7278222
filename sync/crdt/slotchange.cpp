// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/crdt/slotchange.h"

#include "sync/crdt/logtable.h"

namespace Waymark {

Status statusOf(InsertResult result)
{
    switch (result) {
    case InsertResult::Applied:
        return {};
    case InsertResult::RefusedUnknownParent:
        return {ErrorCode::NotFound, QStringLiteral("parent")};
    case InsertResult::RefusedCounter:
        return {ErrorCode::Refused, QStringLiteral("first counter")};
    case InsertResult::RefusedPlaceTaken:
        return {ErrorCode::Refused, QStringLiteral("place taken")};
    case InsertResult::RefusedBound:
        return {ErrorCode::TooLarge, QStringLiteral("elements ever")};
    }
    return {};
}

Bytes encode(const SlotChange& change, const LogName& author)
{
    Q_ASSERT(!change.inserts.empty());
    LogTable table(author);
    for (const SlotInsert& insert : change.inserts)
        table.collect(insert.place);
    VarintWriter out;
    table.write(out);
    for (const SlotInsert& insert : change.inserts) {
        table.writePlace(out, insert.place, insert.first, 0);
        out.number(insert.count - 1);
    }
    return out.take();
}

Result<SlotChange> decodeSlotChange(BytesView bytes, const LogName& author)
{
    VarintReader in(bytes);
    LogTable table(author);
    table.read(in);
    SlotChange change;
    do {
        SlotInsert insert;
        const quint64 head = in.number();
        insert.place = table.readPlace(in, head, &insert.first);
        insert.count = in.number(kMaxSlots - 1) + 1;
        change.inserts.push_back(std::move(insert));
    } while (in.ok() && !in.atEnd());
    if (!in.ok() || !table.allUsed())
        return Error{ErrorCode::OperationDamaged, QStringLiteral("slots")};
    return change;
}

Status applySlots(
    Sequence& sequence, const SlotChange& change, const LogName& author, const AuthorPast& past)
{
    SequenceCheck check(sequence, author, past);
    for (const SlotInsert& insert : change.inserts) {
        const Status status = statusOf(check.insertion(insert.place, insert.first, insert.count));
        if (!status)
            return status;
    }
    for (const SlotInsert& insert : change.inserts)
        sequence.insertChecked(author, insert.place, insert.first, insert.count, false, nullptr);
    return {};
}

} // namespace Waymark

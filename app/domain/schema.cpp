// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/schema.h"

#include "app/domain/entries/action.h"
#include "app/domain/entries/feedback.h"
#include "app/domain/entries/goal.h"
#include "app/domain/entries/member.h"
#include "app/domain/entries/message.h"
#include "app/domain/entries/milestone.h"
#include "app/domain/entries/order.h"
#include "app/domain/entries/reflection.h"
#include "app/domain/entries/session.h"
#include "app/domain/entries/space.h"

namespace Waymark {

std::span<const Kind* const> allKinds()
{
    static constexpr std::array<const Kind*, 10> kinds{
        &Action::kKind,
        &Feedback::kKind,
        &Goal::kKind,
        &MemberEntry::kKind,
        &Message::kKind,
        &Milestone::kKind,
        &OrderEntry::kKind,
        &Reflection::kKind,
        &Session::kKind,
        &SpaceEntry::kKind,
    };
    return kinds;
}

const Kind* findKind(BytesView name)
{
    for (const Kind* kind : allKinds()) {
        if (name == BytesView(kind->name))
            return kind;
    }
    return nullptr;
}

const Field* findField(BytesView kind, BytesView field)
{
    const Kind* found = findKind(kind);
    return found ? found->find(field) : nullptr;
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/schema.h"

#include "app/domain/entries/action.h"
#include "app/domain/entries/checkin.h"
#include "app/domain/entries/feedback.h"
#include "app/domain/entries/goal.h"
#include "app/domain/entries/member.h"
#include "app/domain/entries/message.h"
#include "app/domain/entries/milestone.h"
#include "app/domain/entries/note.h"
#include "app/domain/entries/order.h"
#include "app/domain/entries/reaction.h"
#include "app/domain/entries/reflection.h"
#include "app/domain/entries/session.h"
#include "app/domain/entries/space.h"
#include "app/domain/state.h"

namespace Waymark {

namespace {

/// A template or a question: lower-case letters, digits and hyphens.
bool isAnswerWord(BytesView word)
{
    return !word.isEmpty() && std::all_of(word.begin(), word.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

/// How an answer merges stands in its field's name.
std::optional<Field> answerField(const Bytes& name)
{
    const qsizetype first = name.indexOf('.');
    const qsizetype second = name.indexOf('.', first + 1);
    if (first < 0 || second < 0 || name.size() > kMaxNameBytes)
        return std::nullopt;
    const BytesView merge = BytesView(name).first(first);
    if (!isAnswerWord(BytesView(name).sliced(first + 1, second - first - 1))
        || !isAnswerWord(BytesView(name).sliced(second + 1)))
        return std::nullopt;
    if (merge == BytesView("text"))
        return Field{name.constData(), Merge::Text};
    if (merge == BytesView("value"))
        return Field{name.constData(), Merge::Register, ValueType::Any};
    return std::nullopt;
}

} // namespace

std::span<const Kind* const> allKinds()
{
    static constexpr std::array<const Kind*, 13> kinds{
        &Action::kKind,
        &Checkin::kKind,
        &Feedback::kKind,
        &Goal::kKind,
        &MemberEntry::kKind,
        &Message::kKind,
        &Milestone::kKind,
        &Note::kKind,
        &OrderEntry::kKind,
        &Reaction::kKind,
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

std::optional<Field> Kind::find(const Bytes& field) const
{
    for (const Field& each : fields) {
        if (field == BytesView(each.name))
            return each;
    }
    return templated ? answerField(field) : std::nullopt;
}

std::optional<Field> Kind::findOfLine(BytesView field) const
{
    for (const Field& each : lineFields) {
        if (field == BytesView(each.name))
            return each;
    }
    return std::nullopt;
}

std::optional<Field> findField(BytesView kind, const Bytes& field)
{
    const Kind* found = findKind(kind);
    return found ? found->find(field) : std::nullopt;
}

std::vector<Field> fieldsOf(const Kind& kind, const EntryState& entry)
{
    std::vector<Field> out(kind.fields.begin(), kind.fields.end());
    if (!kind.templated)
        return out;
    const auto take = [&](const Bytes& name) {
        if (const auto field = answerField(name))
            out.push_back(*field);
    };
    for (const auto& [name, writes] : entry.registers)
        take(name);
    for (const Bytes& name : entry.texts)
        take(name);
    return out;
}

} // namespace Waymark

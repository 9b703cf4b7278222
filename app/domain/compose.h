// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/random.h"
#include "app/domain/journal.h"
#include "app/domain/state.h"

#include <list>

namespace Waymark {

struct Field;
struct Kind;

/// Turns what a person or a script wants into the parts of one operation, against the states as
/// they are: everything applied is the author's past. Nothing is changed here.
class Composer
{
public:
    /// Answers for text that names something: whole or shortened ids, and names of people.
    struct Finders
    {
        std::function<Result<EntryId>(const QString&)> entry;
        /// A person of any space that this vault has; for the private space.
        std::function<Result<PersonId>(const QString&)> person = {};
        std::function<Result<SpaceId>(const QString&)> space = {};
        /// What a field of an entry of any space shows; Null where there is no such entry.
        std::function<QJsonValue(const EntryId&, const char* field)> shown = {};
    };

    Composer(SpaceStates& states, LogName self, PersonId me, Random& random, Finders finders);

    /// Parts collected so far; empty where nothing differs.
    [[nodiscard]] std::vector<Part> take();

    Result<EntryId> add(const Kind& kind, const EntryChange& change);
    Status change(EntryState& entry, const EntryChange& change);
    Status remove(EntryState& entry);
    Status restore(EntryState& entry);
    Status acknowledge(EntryState& entry);
    Status move(EntryState& item, const ItemPlace& place);
    /// Text changes made by typing.
    void edit(EntryState& entry, const Bytes& field, const TextChange& runs);
    /// Closes a private entry which was shared as another.
    void close(EntryState& entry, const SpaceId& space, const EntryId& shared);
    /// A new entry with the same shown content, entry names mapped; `parent`: the new parent of an
    /// item; `only`: no other fields than these and those that it cannot be without. For sharing
    /// and sending.
    using NameMap = std::function<std::optional<EntryId>(const EntryId&)>;
    Result<EntryId> copy(SpaceStates& from, EntryState& original, const NameMap& names,
        const std::optional<EntryId>& parent, const QStringList& only = {});
    /// Says in a private entry that a copy of it was made.
    void noteCopy(EntryState& entry, const SpaceId& space, const EntryId& copied);

private:
    Part& part(const EntryId& entry, const Bytes& kind);
    [[nodiscard]] Part& creatingPart(const Kind& kind);
    /// The fields that a change names exist and may be set here.
    Status checkFields(const Kind& kind, const EntryChange& change) const;
    Status checkConditions(const Kind& kind, EntryState* entry, const EntryChange& change) const;
    /// What a field would show after the change.
    [[nodiscard]] QJsonValue shownAfter(
        const Kind& kind, EntryState* entry, const EntryChange& change, const char* name) const;
    Status changeLine(EntryState& entry, const Kind& kind, const EntryChange& change);
    [[nodiscard]] Result<ElementId> lineNamed(
        EntryState& entry, const Kind& kind, const QString& name) const;
    Status writeLine(const EntryState& entry, const Kind& kind, const ElementId& line,
        const Field& field, const Bytes& value);
    Status tickWhereItCameFrom(EntryState& entry, const Kind& kind, const ElementId& line);
    Status copyLines(
        SpaceStates& from, EntryState& original, const Kind& kind, Part& to, const NameMap& names);
    Status setField(Part& to, EntryState* entry, const Field& field, const QJsonValue& value);
    Status setRegister(Part& to, EntryState* entry, const Field& field, const QJsonValue& value);
    Status setParent(Part& to, EntryState* entry, const QJsonValue& value);
    Status setSet(Part& to, EntryState* entry, const Field& field, const QStringList& wanted);
    Status setList(Part& to, EntryState* entry, const Field& field, const QStringList& wanted);
    Status setText(Part& to, EntryState* entry, const Field& field, const QString& text);
    Status addTo(Part& to, EntryState* entry, const Field& field, const QStringList& values);
    Status removeFrom(Part& to, EntryState* entry, const Field& field, const QStringList& values);
    [[nodiscard]] Result<Bytes> encoded(const Field& field, const QJsonValue& value);
    [[nodiscard]] Result<PersonId> personNamed(const QString& name) const;
    [[nodiscard]] Result<Bytes> subjectNamed(const QString& name) const;
    [[nodiscard]] Bytes quoteValue(const Part& to, EntryState* entry, const QString& words);
    /// One new slot of a parent's list, `visibleIndex` slots before it.
    [[nodiscard]] ElementId slotAt(const EntryId& parent, const Bytes& list, quint64 visibleIndex);
    [[nodiscard]] ElementId slotAtEnd(const EntryId& parent, const Bytes& list);
    /// The list as it will be after the slots composed so far.
    [[nodiscard]] Sequence& listNow(const EntryId& parent, const Bytes& list);

    SpaceStates& m_states;
    LogName m_self;
    PersonId m_me;
    Random& m_random;
    Finders m_finders;
    std::list<Part> m_parts; ///< references into it stay valid
    std::map<std::pair<EntryId, Bytes>, Sequence> m_lists;
    std::map<std::pair<EntryId, Bytes>, quint64> m_ends; ///< where the next item of a list goes
};

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/merge.h"

#include "app/domain/admission.h"
#include "app/domain/schema.h"
#include "app/domain/value.h"

#include <list>
#include <tuple>

namespace Waymark {

namespace {

template <typename T>
const T* changeAs(const Change& change)
{
    return std::get_if<T>(&change);
}

Error nothing(const char* why)
{
    return {ErrorCode::Refused, QLatin1String(why)};
}

/// Inserts a name into an ascending list of names.
void addName(std::vector<Bytes>& names, const Bytes& name)
{
    const auto at = std::lower_bound(names.begin(), names.end(), name);
    if (at == names.end() || *at != name)
        names.insert(at, name);
}

/// Facts are kept in one order, whatever order the operations came in.
template <typename Item>
void addFact(std::vector<Item>& facts, Item fact)
{
    facts.insert(std::upper_bound(facts.begin(), facts.end(), fact), std::move(fact));
}

bool hasName(const std::vector<Bytes>& names, const Bytes& name)
{
    return std::binary_search(names.begin(), names.end(), name);
}

/// One part being judged and applied.
class PartMerge
{
public:
    PartMerge(SpaceStates& states, const OperationContext& context, std::size_t index,
        std::set<EntryId>& ahead, MergeEffects& effects)
        : m_states(states), m_context(context), m_index(index),
          m_part(context.operation.parts[index]), m_ahead(ahead), m_effects(effects)
    {
    }

    PartOutcome run()
    {
        m_entry = m_states.find(m_part.entry);
        if (!m_entry && m_part.kind == "order")
            makeAhead();
        if (Status status = checkThere(); !status)
            return give(PartOutcome::Nothing, status);
        if (!findKind(m_part.kind)) {
            reach();
            return PartOutcome::Unknown;
        }
        if (Status status = checkChanges(); !status)
            return give(PartOutcome::Nothing, status);
        Status allowed = judge(m_states, m_context, m_part, m_part.creates() ? nullptr : m_entry);
        if (allowed && (m_entry && m_entry->refused ? true : parentRefused()))
            allowed = nothing("what it stands on was refused");
        m_refused = !allowed;
        reach();
        for (std::size_t i = 0; i < m_part.changes.size(); ++i)
            apply(m_part.changes[i], i);
        return m_refused ? give(PartOutcome::WithoutEffect, allowed) : PartOutcome::Applied;
    }

private:
    PartOutcome give(PartOutcome outcome, const Status& status)
    {
        m_effects.refusals.push_back(status.error());
        if (isThere(m_entry)) {
            addFact(m_entry->refusedParts,
                {m_context.stamp(), quint32(m_index), outcome == PartOutcome::WithoutEffect});
            m_states.touch(m_part.entry);
        }
        return outcome;
    }

    Life::Place placeOf(std::size_t change) const
    {
        return Life::place(m_context.operation.header.seq, m_index, change);
    }

    AuthorPast pastOf(const Steps& steps) const
    {
        return AuthorPast([this, &steps](const LogName& name) {
            const LogId log = m_states.log(name);
            return log == 0 ? 0 : steps.known(log, m_context.past.at(log));
        });
    }

    bool isThere(const EntryState* entry) const { return entry && m_context.knows(entry->created); }

    /// An order may stand before the part of its operation that creates its parent, since lines
    /// written there name its slots: the parent is there, but hidden, until that part says so.
    void makeAhead()
    {
        for (const Part& other : m_context.operation.parts) {
            if (other.entry != m_part.entry || !other.creates() || other.kind == "order")
                continue;
            m_entry = &m_states.make(m_part.entry);
            m_entry->kind = other.kind;
            m_entry->created = m_context.stamp();
            m_entry->by = m_context.person;
            m_entry->atMs = m_context.operation.header.wallclockMs;
            m_ahead.insert(m_part.entry);
        }
    }

    Status checkThere() const
    {
        if (m_part.creates())
            return m_entry && !m_ahead.contains(m_part.entry)
                ? Status(nothing("an entry is made once"))
                : Status();
        if (!isThere(m_entry))
            return nothing("the entry is not there");
        if (m_part.kind != "order" && m_part.kind != m_entry->kind)
            return nothing("the entry is of another kind");
        return {};
    }

    /// What would make nothing that can be named: checked for the whole part before any of it.
    Status checkChanges()
    {
        std::set<Bytes> written;
        std::set<std::tuple<Bytes, ElementId, Bytes>> writtenLines;
        std::map<Bytes, SequenceCheck> lists;
        const bool order = m_part.kind == "order";
        for (const Change& change : m_part.changes) {
            Status status;
            if (const auto* write = changeAs<WriteRegister>(change)) {
                if (!written.insert(write->field).second)
                    status = nothing("one register is written twice");
                else
                    status = checkNames(write->field, write->value);
            } else if (const auto* edit = changeAs<EditText>(change)) {
                status = written.insert(edit->field).second
                    ? checkText(*edit)
                    : Status(nothing("one text is edited twice"));
            } else if (const auto* made = changeAs<InsertSlots>(change)) {
                status
                    = order ? checkSlots(*made, lists) : Status(nothing("slots outside an order"));
            } else if (const auto* line = changeAs<WriteLine>(change)) {
                status = writtenLines.insert({line->field, line->line, line->subfield}).second
                    ? checkWrittenLine(*line)
                    : Status(nothing("one register is written twice"));
            } else if (const auto* gone = changeAs<RemoveLine>(change)) {
                status = checkLine(gone->field, gone->line);
            } else if (const auto* kept = changeAs<KeepLine>(change)) {
                status = checkLine(kept->field, kept->line);
            } else if (changeAs<Admission>(change)) {
                status = nothing("an admission stands in a part of its own");
            }
            if (!status)
                return status;
            if (order && !changeAs<InsertSlots>(change) && !changeAs<UnknownChange>(change))
                return nothing("an order holds slots alone");
        }
        return {};
    }

    Status checkNames(const Bytes& fieldName, const Bytes& value) const
    {
        const auto field = findField(m_part.kind, fieldName);
        if (const Status status = checkNamed(field, value); !status)
            return status;
        if (!field || field->type != ValueType::Parent || m_states.facts().isPrivate)
            return {};
        return checkPlace(value);
    }

    std::optional<Field> lineFieldOf(const WriteLine& line) const
    {
        const Kind* kind = findKind(m_part.kind);
        return kind && kind->lined && line.field == kind->lined ? kind->findOfLine(line.subfield)
                                                                : std::nullopt;
    }

    /// What a value names is there; in the private space it may be an entry of any other.
    Status checkNamed(const std::optional<Field>& field, const Bytes& value) const
    {
        if (!field || m_states.facts().isPrivate)
            return {};
        const auto named = namedEntry(field->type, value);
        if (!named)
            return {};
        return isThere(m_states.find(*named)) ? Status()
                                              : nothing("it names an entry that is not there");
    }

    Status checkPlace(const Bytes& value) const
    {
        const auto place = parentOf(value);
        EntryState* parent = place ? m_states.find(place->parent) : nullptr;
        if (!parent)
            return {};
        if (!hasName(parent->orders, m_part.kind))
            return nothing("its place is not there");
        const ListState& list = m_states.list(*parent, m_part.kind);
        const SequenceCheck check(list.sequence, m_context.logName, pastOf(list.steps));
        return check.contains({place->slot.log, place->slot.counter, 1})
            ? Status()
            : Status(nothing("its place is not there"));
    }

    Status checkText(const EditText& edit)
    {
        auto change = decodeTextChange(edit.runs, m_context.logName);
        if (!change)
            return change.error();
        TextState empty;
        TextState* text = m_entry && hasName(m_entry->texts, edit.field)
            ? &m_states.text(*m_entry, edit.field)
            : &empty;
        if (Status status = text->document.check(
                *change, m_context.logName, pastOf(text->steps), resolver(edit.field));
            !status)
            return status;
        m_texts.emplace(edit.field, std::move(*change));
        return {};
    }

    Status checkSlots(const InsertSlots& made, std::map<Bytes, SequenceCheck>& lists)
    {
        if (!m_entry)
            return nothing("the entry is not there");
        ListState& list = hasName(m_entry->orders, made.list) ? m_states.list(*m_entry, made.list)
                                                              : m_newLists[made.list];
        auto& past = m_pasts.emplace_back(pastOf(list.steps));
        const auto found
            = lists.try_emplace(made.list, list.sequence, m_context.logName, past).first;
        return statusOf(found->second.insertion(made.place, made.firstCounter, made.count));
    }

    Status checkWrittenLine(const WriteLine& line) const
    {
        if (Status status = checkLine(line.field, line.line); !status)
            return status;
        if (line.subfield != "slot")
            return checkNamed(lineFieldOf(line), line.value);
        const auto place = parentOf(line.value);
        if (!place || place->parent != m_part.entry)
            return nothing("its place is not there");
        return checkLine(line.field, place->slot);
    }

    Status checkLine(const Bytes& field, const ElementId& line) const
    {
        if (!m_entry || !hasName(m_entry->orders, field))
            return nothing("the line is not there");
        const ListState& list = m_states.list(*m_entry, field);
        const AuthorPast past = pastOf(list.steps);
        const SequenceCheck check(list.sequence, m_context.logName, past);
        return check.contains({line.log, line.counter, 1})
            ? Status()
            : Status(nothing("the line is not there"));
    }

    bool parentRefused() const
    {
        for (const Change& change : m_part.changes) {
            const auto* write = changeAs<WriteRegister>(change);
            const auto place
                = write && write->field == "in" ? parentOf(write->value) : std::nullopt;
            if (!place)
                continue;
            const EntryState* parent = m_states.find(place->parent);
            if (parent && parent->refused)
                return true;
        }
        return false;
    }

    /// The entry, made where this part makes it, with this operation in its history.
    void reach()
    {
        const Stamp stamp = m_context.stamp();
        if (!m_entry) {
            if (!m_part.creates())
                return;
            m_entry = &m_states.make(m_part.entry);
            m_entry->kind = m_part.kind;
            m_entry->created = stamp;
            m_entry->by = m_context.person;
            m_entry->atMs = m_context.operation.header.wallclockMs;
            m_entry->refused = m_refused;
        } else if (m_part.creates()) {
            m_entry->refused = m_refused;
            m_ahead.erase(m_part.entry);
        }
        m_states.addHistory(*m_entry, stamp);
        m_states.touch(m_part.entry);
        m_effects.touched.insert(m_part.entry);
    }

    void apply(const Change& change, std::size_t index)
    {
        // Characters and slots are there whatever the rules say: others may stand on them.
        if (const auto* edit = changeAs<EditText>(change))
            return applyText(edit->field, index);
        if (const auto* made = changeAs<InsertSlots>(change))
            return applySlots(*made, index);
        if (m_refused)
            return;
        const Life::Place place = placeOf(index);
        if (changeAs<DeleteEntry>(change)) {
            m_entry->life.remove(m_context.log, place, m_context.past);
            return;
        }
        if (const auto* write = changeAs<WriteRegister>(change)) {
            m_entry->registers[write->field]
                = written(m_entry->registers[write->field], write->value);
            noteFacts(*write);
        } else if (const auto* add = changeAs<AddToSet>(change)) {
            addFact(m_entry->sets[add->field][add->value], m_context.stamp());
        } else if (const auto* gone = changeAs<RemoveFromSet>(change)) {
            removeFromSet(*gone);
        } else if (const auto* line = changeAs<WriteLine>(change)) {
            LineState& state = m_entry->lines[line->field][line->line];
            auto& writes = state.of(line->subfield);
            writes = written(std::move(writes), line->value);
            state.life.change(m_context.log, place);
        } else if (const auto* dropped = changeAs<RemoveLine>(change)) {
            m_entry->lines[dropped->field][dropped->line].life.remove(
                m_context.log, place, m_context.past);
            return; // like every deletion, no change to the parent
        } else if (const auto* kept = changeAs<KeepLine>(change)) {
            m_entry->lines[kept->field][kept->line].life.change(m_context.log, place);
        }
        m_entry->life.change(m_context.log, place);
    }

    /// The kept writes after one more: those in its past are gone.
    std::vector<KeptWrite> written(std::vector<KeptWrite> writes, const Bytes& value) const
    {
        std::erase_if(
            writes, [this](const KeptWrite& each) { return m_context.knows(each.stamp); });
        writes.push_back({m_context.stamp(), m_context.operation.header.wallclockMs, value});
        std::sort(writes.begin(), writes.end(),
            [](const KeptWrite& a, const KeptWrite& b) { return a.stamp < b.stamp; });
        return writes;
    }

    void removeFromSet(const RemoveFromSet& gone)
    {
        const auto field = m_entry->sets.find(gone.field);
        if (field == m_entry->sets.end())
            return;
        const auto element = field->second.find(gone.value);
        if (element == field->second.end())
            return;
        std::erase_if(
            element->second, [this](const Stamp& stamp) { return m_context.knows(stamp); });
        if (element->second.empty())
            field->second.erase(element);
    }

    /// What rules will ask of this past.
    void noteFacts(const WriteRegister& write)
    {
        const Stamp stamp = m_context.stamp();
        if (write.field == "in") {
            if (const auto place = parentOf(write.value))
                addFact(m_entry->parents, {stamp, place->parent});
            m_states.touch(m_part.entry); // its parent is another one
        } else if (m_entry->kind == "goal" && write.field == "owner") {
            if (const auto to = idOf<PersonId>(write.value))
                addFact(m_entry->handedOver, {stamp, {m_context.person, *to}});
        } else if (m_entry->kind == "goal" && write.field == "status") {
            noteTakenOn();
        } else if (m_entry->kind == "milestone" && write.field == "proposed") {
            if (!isTrue(write.value))
                noteTakenOn();
            else if (m_part.creates())
                m_entry->madeProposed = true;
        }
    }

    /// Of each mentee's log the first is enough: whoever knows a later one knows that.
    void noteTakenOn()
    {
        const Stamp stamp = m_context.stamp();
        const bool known = std::any_of(m_entry->takenOn.begin(), m_entry->takenOn.end(),
            [&](const auto& each) { return each.first.log == stamp.log; });
        if (m_context.role == Role::Mentee && !known)
            addFact(m_entry->takenOn, {stamp, m_context.person});
    }

    void applyText(const Bytes& field, std::size_t index)
    {
        addName(m_entry->texts, field);
        TextState& text = m_states.text(*m_entry, field);
        std::vector<TextEdit> edits;
        const Status applied = text.document.apply(m_texts.at(field), m_context.logName,
            pastOf(text.steps), resolver(field),
            m_refused ? TextDocument::Effect::None : TextDocument::Effect::Full, &edits);
        Q_ASSERT(applied.ok()); // it was checked
        text.steps.add(m_context.log, m_context.operation.header.seq,
            text.document.sequence().nextCounter(m_context.logName));
        m_states.touchText(m_part.entry, field);
        if (m_refused)
            return;
        auto& all = m_effects.texts[{m_part.entry, field}];
        all.insert(all.end(), edits.begin(), edits.end());
        m_entry->life.change(m_context.log, placeOf(index));
    }

    void applySlots(const InsertSlots& made, std::size_t index)
    {
        addName(m_entry->orders, made.list);
        ListState& list = m_states.list(*m_entry, made.list);
        list.sequence.insertChecked(
            m_context.logName, made.place, made.firstCounter, made.count, false, nullptr);
        list.steps.add(m_context.log, m_context.operation.header.seq,
            list.sequence.nextCounter(m_context.logName));
        m_states.touchList(m_part.entry, made.list);
        if (!m_refused)
            m_entry->life.change(m_context.log, placeOf(index));
    }

    /// Finds what a named deletion deleted, among the entry's own operations. A part may undo
    /// thousands of them: every operation is looked at once.
    TextDocument::ResolveDeletion resolver(const Bytes& field)
    {
        return [this, field](const DeletionName& name) -> std::optional<std::vector<ElementRange>> {
            const auto stamp = known(name.operation);
            const RefusedPart* refused = stamp ? m_entry->refusal(*stamp, name.part) : nullptr;
            if (!stamp || (refused && !refused->there))
                return std::nullopt;
            const auto [found, isNew]
                = m_edits.try_emplace({name.operation, name.part, field}, std::nullopt);
            if (isNew)
                found->second = editIn(*stamp, name.part, field);
            if (!found->second || name.step >= found->second->steps.size())
                return std::nullopt;
            const auto* deletion = std::get_if<TextDelete>(&found->second->steps[name.step]);
            if (!deletion)
                return std::nullopt;
            // One that had no effect can be named, and undoing it has none either.
            return refused ? std::vector<ElementRange>() : deletion->ranges;
        };
    }

    /// An operation on the entry that the author knew.
    std::optional<Stamp> known(const Hash& operation)
    {
        if (!m_names) {
            m_names.emplace();
            if (m_entry)
                m_states.loadHistory(*m_entry);
            for (const Stamp& stamp : m_entry ? m_entry->history : std::vector<Stamp>()) {
                if (m_context.past.covers(stamp))
                    m_names->emplace(m_states.operationName(stamp), stamp);
            }
        }
        const auto found = m_names->find(operation);
        return found == m_names->end() ? std::nullopt : std::optional(found->second);
    }

    /// What a part of an earlier operation did to a text of this entry.
    std::optional<TextChange> editIn(const Stamp& stamp, quint32 index, const Bytes& field) const
    {
        const auto operation = m_states.operation(stamp);
        if (!operation || index >= operation->parts.size()
            || operation->parts[index].entry != m_part.entry)
            return std::nullopt;
        for (const Change& each : operation->parts[index].changes) {
            const auto* edit = changeAs<EditText>(each);
            if (!edit || edit->field != field)
                continue;
            auto change = decodeTextChange(edit->runs, m_states.name(stamp.log));
            return change ? std::optional(std::move(*change)) : std::nullopt;
        }
        return std::nullopt;
    }

    SpaceStates& m_states;
    const OperationContext& m_context;
    std::size_t m_index; ///< of the part in its operation
    const Part& m_part;
    std::set<EntryId>& m_ahead; ///< entries whose order came before the part that creates them
    MergeEffects& m_effects;
    EntryState* m_entry = nullptr;
    bool m_refused = false;
    std::map<Bytes, TextChange> m_texts;
    std::optional<std::map<Hash, Stamp>> m_names; ///< of the operations in the entry's history
    std::map<std::tuple<Hash, quint32, Bytes>, std::optional<TextChange>> m_edits; ///< read again
    std::map<Bytes, ListState> m_newLists; ///< empty ones, for checks
    std::list<AuthorPast> m_pasts; ///< checks keep references to them
};

} // namespace

bool MergeEffects::clean() const
{
    return std::all_of(outcomes.begin(), outcomes.end(), [](PartOutcome outcome) {
        return outcome == PartOutcome::Applied || outcome == PartOutcome::Unknown;
    });
}

MergeEffects applyOperation(SpaceStates& states, const OperationContext& context)
{
    MergeEffects effects;
    std::set<EntryId> ahead;
    const bool genesis = context.operation.header.seq == 1
        && context.operation.header.device == states.facts().creator;
    for (std::size_t i = 0; i < context.operation.parts.size(); ++i) {
        const Part& part = context.operation.parts[i];
        if (genesis && part.entry.isZero())
            makeSpace(states, context, part, effects);
        if (const Admission* admission = admissionIn(part))
            effects.outcomes.push_back(admit(states, context, part, *admission, genesis, effects));
        else
            effects.outcomes.push_back(PartMerge(states, context, i, ahead, effects).run());
    }
    for (const EntryId& left : ahead)
        states.find(left)->refused = true; // the part that was to create it made nothing
    return effects;
}

} // namespace Waymark

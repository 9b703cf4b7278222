// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/compose.h"
#include "app/domain/merge.h"
#include "app/domain/schema.h"
#include "app/domain/view.h"
#include "tests/support/seededrandom.h"

#include <QTest>

#include <map>

namespace Waymark {

/// Somebody with one device, without keys: here operations are not signed.
struct TestAuthor
{
    PersonId person;
    DeviceId device;
    Role role = Role::Peer;

    static TestAuthor make(int number, Role role)
    {
        TestAuthor out;
        out.person = *PersonId::fromBytes(Bytes(16, char(0xa0 + number)));
        out.device = *DeviceId::fromBytes(Bytes(16, char(0x50 + number)));
        out.role = role;
        return out;
    }
    [[nodiscard]] LogName log() const { return LogName(device); }
};

/// One replica of a space in memory: merges operations as the vault does, but keeps nothing. Its
/// members are there from the beginning, as many as a test wants.
class MemorySpace final : public SpaceStates
{
public:
    explicit MemorySpace(std::vector<TestAuthor> authors) : m_authors(std::move(authors))
    {
        m_facts.id = *SpaceId::fromBytes(Bytes(16, 's'));
        m_facts.creator = DeviceId{}; // nobody here writes a genesis
        for (const TestAuthor& each : m_authors)
            m_facts.members.push_back({each.person, each.role, {}, {}, {}, {each.device}});
    }

    // --- operations

    /// The operation of these parts by an author who knows all that is here; applied.
    ParsedOperation write(const TestAuthor& author, std::vector<Part> parts)
    {
        ParsedOperation made;
        OperationHeader& header = made.header;
        header.space = m_facts.id;
        header.device = author.device;
        const LogId own = logNumber(author.log());
        header.seq = m_logs[own].operations.size() + 1;
        const Log& log = m_logs[own];
        if (header.seq > 1) {
            header.prev = log.operations.back().name;
            header.lamport = log.operations.back().header.lamport + 1;
        }
        const Version known = header.seq > 1 ? log.versions.back() : Version();
        for (const auto& [id, other] : m_logs) {
            if (id == own || other.operations.empty() || known.covers(id, other.operations.size()))
                continue;
            const ParsedOperation& newest = other.operations.back();
            header.deps.push_back({other.name.device(), newest.header.seq,
                *Dep::Prefix::fromBytes(newest.name.view().first(16))});
            header.lamport = std::max(header.lamport, newest.header.lamport + 1);
        }
        std::sort(header.deps.begin(), header.deps.end());
        header.wallclockMs = 1000 * qint64(header.lamport);
        header.bodyHash = Body{parts}.hash();
        made.name = headerHash(header.encode());
        made.parts = std::move(parts);
        const bool taken = take(made);
        Q_ASSERT(taken);
        return made;
    }
    /// One part by an author.
    MergeEffects writePart(const TestAuthor& author, Part part)
    {
        write(author, {std::move(part)});
        return effects;
    }

    /// Applies an operation whose causal past is here; else changes nothing.
    bool take(const ParsedOperation& operation)
    {
        const OperationHeader& header = operation.header;
        const LogName name(header.device);
        const LogId id = logNumber(name);
        Log& log = m_logs[id];
        if (header.seq != log.operations.size() + 1)
            return false;
        Version past = log.versions.empty() ? Version() : log.versions.back();
        for (const Dep& dep : header.deps) {
            const Log& other = m_logs[logNumber(LogName(dep.device))];
            if (dep.seq > other.operations.size())
                return false;
            past.merge(other.versions[dep.seq - 1]);
        }
        const TestAuthor& author = authorOf(header.device);
        const OperationContext context{operation, id, name, past, author.person, author.role};
        effects = applyOperation(*this, context);
        past.raise(id, header.seq);
        m_logs[id].operations.push_back(operation);
        m_logs[id].versions.push_back(past);
        return true;
    }
    int reads = 0; ///< of operations by the merge
    MergeEffects effects; ///< of the operation applied last

    /// Everything of the other that is not here yet.
    void takeAll(MemorySpace& other)
    {
        for (bool any = true; any;) {
            any = false;
            for (const auto& [id, log] : other.m_logs) {
                const std::size_t have = m_logs[logNumber(log.name)].operations.size();
                if (have < log.operations.size())
                    any = take(log.operations[have]) || any;
            }
        }
    }
    [[nodiscard]] std::vector<ParsedOperation> operations() const
    {
        std::vector<ParsedOperation> out;
        for (const auto& [id, log] : m_logs)
            out.insert(out.end(), log.operations.begin(), log.operations.end());
        return out;
    }

    /// What rules say of a part by an author who knows all that is here.
    Status judged(const TestAuthor& author, const Part& part)
    {
        Version past;
        for (const auto& [id, log] : m_logs) {
            if (!log.versions.empty())
                past.merge(log.versions.back());
        }
        const ParsedOperation none;
        const OperationContext context{
            none, logNumber(author.log()), author.log(), past, author.person, author.role};
        return judge(*this, context, part, part.creates() ? nullptr : find(part.entry));
    }

    Composer composer(const TestAuthor& author, Random& random)
    {
        return Composer(*this, author.log(), author.person, random,
            {[this](const QString& name) -> Result<EntryId> {
                 const auto id = EntryId::fromHex(name.toLatin1());
                 if (id && find(*id))
                     return *id;
                 return Error{ErrorCode::NotFound, {}};
             },
                {}, {},
                [this](const EntryId& id, const char* name) {
                    EntryState* entry = find(id);
                    const auto field = entry ? findField(entry->kind, name) : std::nullopt;
                    return field ? fieldOf(*this, *entry, *field) : QJsonValue();
                }});
    }

    /// All states, in no number that is only this replica's.
    [[nodiscard]] QStringList dump()
    {
        QStringList out;
        for (auto& [id, entry] : m_entries)
            out.append(dumpOf(*entry));
        return out;
    }

    // --- SpaceStates
    SpaceFacts& facts() override { return m_facts; }
    EntryState* find(const EntryId& id) override
    {
        const auto found = m_entries.find(id);
        return found == m_entries.end() ? nullptr : found->second.get();
    }
    EntryState& make(const EntryId& id) override
    {
        auto& entry = m_entries[id];
        entry = std::make_unique<EntryState>();
        entry->id = id;
        return *entry;
    }
    TextState& text(EntryState& entry, const Bytes& field) override
    {
        return m_texts[{entry.id, field}];
    }
    ListState& list(EntryState& entry, const Bytes& list) override
    {
        return m_lists[{entry.id, list}];
    }
    void touch(const EntryId&) override { }
    void touchText(const EntryId&, const Bytes&) override { }
    void touchList(const EntryId&, const Bytes&) override { }
    void loadHistory(EntryState&) override { } // it always is whole
    std::vector<EntryState*> items(const EntryId& parent) override
    {
        std::vector<EntryState*> out;
        for (auto& [id, entry] : m_entries) {
            const auto place = placeOf(*this, *entry);
            if (place && place->parent == parent)
                out.push_back(entry.get());
        }
        return out;
    }
    const LogName& name(LogId log) override { return m_logs[log].name; }
    PersonId person(LogId log) override { return authorOf(m_logs[log].name.device()).person; }
    LogId log(const LogName& name) override
    {
        for (const auto& [id, log] : m_logs) {
            if (log.name == name)
                return id;
        }
        return 0;
    }
    Hash operationName(const Stamp& stamp) override
    {
        return m_logs[stamp.log].operations.at(stamp.seq - 1).name;
    }
    Result<ParsedOperation> operation(const Stamp& stamp) override
    {
        ++reads;
        return m_logs[stamp.log].operations.at(stamp.seq - 1);
    }

private:
    struct Log
    {
        LogName name;
        std::vector<ParsedOperation> operations;
        std::vector<Version> versions; ///< each operation's past and itself
    };

    /// Logs are numbered as they turn up, so that replicas number them differently.
    LogId logNumber(const LogName& wanted)
    {
        const LogId known = log(wanted);
        if (known != 0)
            return known;
        const LogId made = LogId(m_logs.size() + 1);
        m_logs[made].name = wanted;
        return made;
    }
    const TestAuthor& authorOf(const DeviceId& device) const
    {
        const auto found = std::find_if(m_authors.begin(), m_authors.end(),
            [&](const TestAuthor& each) { return each.device == device; });
        Q_ASSERT(found != m_authors.end());
        return *found;
    }
    QString nameOf(const Stamp& stamp)
    {
        return QStringLiteral("%1/%2").arg(
            QString::fromLatin1(name(stamp.log).bytes().left(1).toHex()),
            QString::number(stamp.seq));
    }
    QString dumpOf(const std::vector<KeptWrite>& writes)
    {
        QStringList out;
        for (const KeptWrite& each : writes)
            out.append(
                nameOf(each.stamp) + QLatin1Char('=') + QString::fromLatin1(each.value.toHex()));
        out.sort();
        return out.join(QLatin1Char(','));
    }
    QString dumpOf(EntryState& entry)
    {
        QStringList out{QString::fromLatin1(entry.id.hex()), QString::fromUtf8(entry.kind),
            QString::fromLatin1(entry.by.hex()), nameOf(entry.created),
            entry.refused ? QStringLiteral("refused") : QString(),
            isDeleted(*this, entry) ? QStringLiteral("deleted") : QString(),
            hasConflict(*this, entry) ? QStringLiteral("conflict") : QString()};
        for (const auto& [field, writes] : entry.registers)
            out.append(QString::fromUtf8(field) + QLatin1Char(':') + dumpOf(writes));
        for (const auto& [field, elements] : entry.sets) {
            for (const auto& [element, adds] : elements) {
                QStringList names;
                for (const Stamp& stamp : adds)
                    names.append(nameOf(stamp));
                names.sort();
                out.append(QString::fromUtf8(field) + QLatin1Char('+')
                    + QString::fromLatin1(element.toHex()) + names.join(QLatin1Char(',')));
            }
        }
        for (const auto& [field, lines] : entry.lines) {
            for (const auto& [line, state] : lines) {
                for (const auto& [name, writes] : state.registers)
                    out.append(QString::fromUtf8(name) + QLatin1Char('=') + dumpOf(writes));
                out.append(QStringLiteral("line %1 %2 %3 %4")
                               .arg(QString::fromLatin1(line.log.bytes().left(1).toHex()))
                               .arg(line.counter)
                               .arg(dumpOf(state.value) + dumpOf(state.slot))
                               .arg(state.life.deleted()));
            }
        }
        for (const Bytes& field : entry.texts) {
            TextState& state = text(entry, field);
            out.append(QString::fromUtf8(field) + QLatin1Char('"') + state.document.text()
                + QString::fromLatin1(state.document.encode().toHex()));
        }
        for (const Bytes& field : entry.orders)
            out.append(QString::fromUtf8(field) + QLatin1Char('#')
                + QString::fromLatin1(list(entry, field).sequence.encode().toHex()));
        QStringList facts;
        for (const auto& [stamp, person] : entry.takenOn)
            facts.append(nameOf(stamp));
        for (const auto& [stamp, persons] : entry.handedOver)
            facts.append(nameOf(stamp));
        for (const auto& [stamp, parent] : entry.parents)
            facts.append(nameOf(stamp));
        for (const RefusedPart& each : entry.refusedParts)
            facts.append(
                QStringLiteral("%1.%2 %3").arg(nameOf(each.stamp)).arg(each.part).arg(each.there));
        if (entry.madeProposed)
            facts.append(QStringLiteral("proposed"));
        facts.sort();
        for (const Stamp& stamp : entry.history)
            facts.append(nameOf(stamp));
        return (out + facts).join(QLatin1Char(' '));
    }

    std::vector<TestAuthor> m_authors;
    SpaceFacts m_facts;
    std::map<LogId, Log> m_logs;
    std::map<EntryId, std::unique_ptr<EntryState>> m_entries;
    std::map<std::pair<EntryId, Bytes>, TextState> m_texts;
    std::map<std::pair<EntryId, Bytes>, ListState> m_lists;
};

} // namespace Waymark

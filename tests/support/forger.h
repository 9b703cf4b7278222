// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/operation.h"
#include "app/domain/value.h"
#include "tests/support/journalbench.h"

namespace Waymark {

/// A partner whose device signs whatever it likes. It knows what its victim knows of its log.
class Forger
{
public:
    Forger(TestJournal& author, TestJournal& victim, const SpaceId& space)
        : m_victim(victim), m_space(space)
    {
        succeed(author.store.transact([this](SyncTransaction& t) {
            m_device = t.own().device;
            m_person = t.own().person;
            m_secret = t.own().signing.secret.clone();
            return Status();
        }));
    }

    [[nodiscard]] const DeviceId& device() const { return m_device; }
    [[nodiscard]] const PersonId& person() const { return m_person; }

    /// The log as the victim has it; empty where it has none.
    [[nodiscard]] LogInfo log() const
    {
        for (const LogInfo& each : valueOf(m_victim.store.logs())) {
            if (each.space == m_space && each.name == m_device.bytes())
                return each;
        }
        return {};
    }

    /// A right header for the next operation, whose author knows all that the victim has.
    [[nodiscard]] OperationHeader header() const
    {
        OperationHeader out;
        out.space = m_space;
        out.device = m_device;
        const LogInfo mine = log();
        out.seq = mine.seq + 1;
        if (mine.seq > 0)
            out.prev = mine.head;
        out.lamport = mine.lamport + 1;
        for (const LogInfo& each : valueOf(m_victim.store.logs())) {
            if (each.space != m_space || each.name == m_device.bytes() || each.seq == 0)
                continue;
            const Dep dep{*DeviceId::fromBytes(each.name), each.seq,
                *Dep::Prefix::fromBytes(each.head.view().first(16))};
            if (m_seen.contains(dep))
                continue;
            out.deps.push_back(dep);
            out.lamport = std::max(out.lamport, each.lamport + 1);
        }
        return out;
    }

    /// Fills in the body's hash and signs.
    [[nodiscard]] Operation make(OperationHeader header, const std::vector<Part>& parts) const
    {
        const Body body{parts};
        header.bodyHash = body.hash();
        return signedOver({header.encode(), {}, body.encode()});
    }
    [[nodiscard]] Operation signedOver(Operation operation) const
    {
        operation.signature = sign(m_secret, "op", {operation.header});
        return operation;
    }
    /// The next operation of the log, taken in by the victim.
    TakenOperations write(const std::vector<Part>& parts)
    {
        const OperationHeader next = header();
        const TakenOperations taken = give({make(next, parts)});
        if (taken.applied == 1)
            m_seen.insert(next.deps.begin(), next.deps.end());
        return taken;
    }
    TakenOperations give(const QList<Operation>& operations) const
    {
        QList<Bytes> encoded;
        for (const Operation& each : operations)
            encoded.append(each.encode());
        return giveBytes(encoded);
    }
    TakenOperations giveBytes(const QList<Bytes>& operations) const
    {
        TakenOperations out;
        succeed(m_victim.store.transact([&](SyncTransaction& t) -> Status {
            auto taken = t.take(m_space, operations);
            if (!taken)
                return taken.error();
            out = *taken;
            return {};
        }));
        return out;
    }

    [[nodiscard]] Part creating(const char* kind, std::vector<Change> changes = {})
    {
        Part part{salt(), {}, kind, std::move(changes)};
        part.changes.insert(part.changes.begin(), CreateEntry{});
        part.entry = entryIdOf(m_space, m_device, markOf(part.salt));
        return part;
    }
    [[nodiscard]] Part on(const EntryId& entry, const char* kind, std::vector<Change> changes)
    {
        return {salt(), entry, kind, std::move(changes)};
    }

private:
    Part::Salt salt()
    {
        Bytes out(16, 'f');
        ++m_salts;
        std::memcpy(out.data(), &m_salts, sizeof m_salts);
        return *Part::Salt::fromBytes(out);
    }

    TestJournal& m_victim;
    SpaceId m_space;
    DeviceId m_device;
    PersonId m_person;
    SecretBytes m_secret;
    std::set<Dep> m_seen;
    quint64 m_salts = 0;
};

} // namespace Waymark

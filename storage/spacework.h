// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/random.h"
#include "app/domain/merge.h"
#include "app/domain/syncstore.h"
#include "storage/storedstates.h"

#include <memory>

namespace Waymark {

/// Work on one space inside one transaction on the database thread: writing one's own operations
/// and taking in others'. Nothing is durable before the transaction's commit, and a failure means
/// that it is to be rolled back.
class SpaceWork
{
public:
    /// NotFound where the vault has no such space.
    [[nodiscard]] static Result<std::unique_ptr<SpaceWork>> open(
        Connection& connection, const SpaceId& space);
    /// Makes the space that a genesis names; the genesis itself is not applied yet.
    [[nodiscard]] static Result<std::unique_ptr<SpaceWork>> make(
        Connection& connection, const SpaceFacts& facts);

    SpaceWork(const SpaceWork&) = delete;
    SpaceWork& operator=(const SpaceWork&) = delete;

    [[nodiscard]] LogStore& logs() { return m_logs; }
    [[nodiscard]] StoredStates& states() { return m_states; }
    [[nodiscard]] const SpaceId& id() const { return m_logs.space().sid; }

    /// Whether write() of these parts would be refused by a rule or since this device may not write
    /// here. Changes nothing.
    Status mayWrite(const std::vector<Part>& parts, const OwnDevice& own);
    /// One's own operation of these parts, signed, applied and appended. Refused where a rule
    /// forbids one of the parts, or where this device may not write here; TooLarge beyond 1 MiB.
    /// After a failure the states are no longer those of the log: roll back.
    Result<Hash> write(std::vector<Part> parts, const OwnDevice& own, const Clock& clock);
    /// The first operation of a space that this device makes.
    Result<Hash> writeGenesis(const Operation& genesis);
    /// The same of a space that somebody else made: its creator's signature is checked.
    Status joinFrom(const Operation& genesis, const ParsedOperation& parsed);

    /// Called before an operation that touches an entry is applied, to seal what is being typed.
    using BeforeTouching = std::function<Status(const EntryId&)>;
    /// Verifies operations of others, applies what can be, keeps what must wait.
    Result<TakenOperations> take(const QList<Bytes>& operations, const BeforeTouching& before);

    /// Visible edits of texts since the last call, for editors that are open.
    using TextEdits = std::map<std::pair<EntryId, Bytes>, std::vector<TextEdit>>;
    [[nodiscard]] TextEdits takeTextEdits() { return std::exchange(m_textEdits, {}); }
    void setTextEdits(TextEdits edits) { m_textEdits = std::move(edits); }
    /// Writes states back; gives the entries that changed, items and parents included.
    Result<std::set<EntryId>> save();

private:
    struct Candidate
    {
        Operation operation;
        OperationHeader header;
        Hash name;
        std::vector<Part> parts;
        QString fault; ///< why its log ends before it, whoever judges
    };
    static std::optional<Candidate> candidateOf(BytesView encoded);
    enum class Fit { Applied, Known, Waits, Stopped };

    SpaceWork(LogStore logs) : m_logs(std::move(logs)), m_states(m_logs) { }
    [[nodiscard]] Result<LogRow*> ownLog(const OwnDevice& own);
    [[nodiscard]] Result<LogRow*> logOf(const DeviceId& device);
    /// Cuts a run behind its last valid signature.
    void keepProven(std::vector<Candidate>& run, const SigningKey& key) const;
    Result<Fit> fit(Candidate& candidate, const BeforeTouching& before, TakenOperations& taken);
    Result<Fit> stop(
        LogRow& log, const Candidate& candidate, const QString& why, TakenOperations& taken);
    Status applyFitting(LogRow& log, const Candidate& candidate, Version past,
        const BeforeTouching& before, TakenOperations& taken);
    Result<bool> depsFit(const OperationHeader& header, const LogRow& log, Version& version,
        quint64& lamport, const char*& wrong);
    Result<bool> retryWaiting(const BeforeTouching& before, TakenOperations& taken);
    Status keepWaiting(const Candidate& candidate);
    [[nodiscard]] Result<qint64> countWaiting();
    MergeEffects apply(const ParsedOperation& operation, const LogRow& log, const Version& past);
    /// All that is applied here: the past of what this device writes next.
    [[nodiscard]] Version everything() const;

    LogStore m_logs;
    StoredStates m_states;
    TextEdits m_textEdits;
    bool m_failed = false; ///< an own operation was applied in part: nothing may be saved
};

/// A space's first operation and its id.
struct Genesis
{
    Operation operation;
    SpaceId space;
};
[[nodiscard]] Genesis makeGenesis(const OwnDevice& own, const QString& name, Role role,
    bool isPrivate, const Clock& clock, Random& random);

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/crdt/sequence.h"
#include "tests/crdt/naivefugue.h"

#include <QElapsedTimer>
#include <QTest>

#include <random>

using namespace Waymark;

namespace {

LogName logOf(int number)
{
    DeviceId device;
    // Spread, so that the order of names is not the order of first use.
    device.data[0] = static_cast<unsigned char>(number * 151 + 37);
    device.data[15] = static_cast<unsigned char>(number);
    if (number % 4 != 3)
        return LogName(device);
    // A branch of the log before it: a name that begins with another one.
    DeviceId stem;
    stem.data[0] = static_cast<unsigned char>((number - 1) * 151 + 37);
    stem.data[15] = static_cast<unsigned char>(number - 1);
    Hash branch;
    branch.data[3] = static_cast<unsigned char>(number);
    return {stem, branch};
}

struct Message
{
    std::size_t author = 0;
    std::vector<quint64> past; ///< messages known of each writer, before this one
    enum Kind { Insert, Remove, Unremove } kind = Insert;
    Place place;
    quint64 first = 0;
    quint64 count = 0;
    bool hidden = false;
    ElementRange range;
    std::pair<std::size_t, std::size_t> undone; ///< the deletion's writer and message
};

struct Replica
{
    Sequence sequence;
    NaiveFugue naive;
    std::vector<quint64> applied; ///< messages of each writer
    std::set<std::pair<std::size_t, std::size_t>> undone;
};

/// What a writer of one message knew, as element counts.
AuthorPast pastOf(const std::vector<std::vector<Message>>& sent, const std::vector<quint64>& past)
{
    std::map<LogName, quint64> counts;
    for (std::size_t w = 0; w < past.size(); ++w) {
        for (quint64 i = 0; i < past[w]; ++i) {
            const Message& message = sent[w][i];
            if (message.kind == Message::Insert)
                counts[logOf(int(w))] = message.first + message.count;
        }
    }
    return AuthorPast([counts](const LogName& log) {
        const auto it = counts.find(log);
        return it == counts.end() ? quint64(0) : it->second;
    });
}

std::vector<std::pair<ElementId, bool>> orderOf(const Sequence& sequence)
{
    std::vector<std::pair<ElementId, bool>> out;
    sequence.visitRuns(std::nullopt, [&](const Sequence::Run& run) {
        for (quint64 i = 0; i < run.length; ++i)
            out.push_back({{sequence.logName(run.logIndex), run.counter + i}, run.hidden});
        return true;
    });
    return out;
}

std::vector<std::pair<ElementId, bool>> orderOf(const NaiveFugue& naive)
{
    std::vector<std::pair<ElementId, bool>> out;
    for (const auto& node : naive.order())
        out.push_back({node.id, node.deletions > 0});
    return out;
}

class History
{
public:
    History(unsigned seed, std::size_t writers) : m_random(seed), m_sent(writers)
    {
        m_replicas.resize(writers);
        for (Replica& replica : m_replicas)
            replica.applied.resize(writers);
    }
    /// One step of a random writer: mostly writes, sometimes receives.
    bool step()
    {
        const std::size_t w = below(m_replicas.size());
        if (below(3) == 0)
            return deliver(w, 1 + below(4));
        return write(w);
    }
    bool settle()
    {
        for (std::size_t w = 0; w < m_replicas.size(); ++w) {
            while (deliver(w, 1'000)) {
                bool all = true;
                for (std::size_t v = 0; v < m_sent.size(); ++v)
                    all = all && m_replicas[w].applied[v] == m_sent[v].size();
                if (all)
                    break;
            }
        }
        return check();
    }
    [[nodiscard]] bool check() const
    {
        for (const Replica& replica : m_replicas) {
            if (orderOf(replica.sequence) != orderOf(replica.naive))
                return false;
        }
        return true;
    }
    [[nodiscard]] const std::vector<Replica>& replicas() const { return m_replicas; }
    [[nodiscard]] std::size_t refused() const { return m_refused; }
    [[nodiscard]] std::size_t below(std::size_t n) { return m_random() % n; }

private:
    bool write(std::size_t w)
    {
        Replica& replica = m_replicas[w];
        Message message;
        message.author = w;
        message.past = replica.applied;
        const auto visible = replica.naive.visible();
        const std::size_t choice = below(10);
        if (choice < 7 || visible.empty()) {
            const std::size_t at = below(4) == 0 ? visible.size() : below(visible.size() + 1);
            message.place = replica.naive.insertPlace(at);
            if (replica.sequence.insertPlace(at) != message.place)
                return false;
            if (below(12) == 0)
                distort(replica, message.place);
            message.first = replica.naive.nextCounter(logOf(int(w)));
            message.count = 1 + below(4);
            message.hidden = below(20) == 0;
        } else {
            const auto all = replica.naive.order();
            const ElementId id = all[below(all.size())].id;
            const quint64 count = replica.naive.nextCounter(id.log) - id.counter;
            message.kind = Message::Remove;
            message.range = {id.log, id.counter, 1 + below(std::min<quint64>(count, 5))};
            const std::size_t v = below(m_sent.size());
            if (choice == 9 && replica.applied[v] > 0) {
                const std::size_t i = below(replica.applied[v]);
                if (m_sent[v][i].kind == Message::Remove) {
                    message.kind = Message::Unremove;
                    message.range = m_sent[v][i].range;
                    message.undone = {v, i};
                }
            }
        }
        // A refused insertion makes nothing, anywhere; here it is not sent at all.
        if (message.kind == Message::Insert) {
            NaiveFugue probe = replica.naive;
            const auto result
                = probe.insert(logOf(int(w)), message.place, message.first, message.count);
            if (result != InsertResult::Applied) {
                ++m_refused;
                return replica.sequence.insert(
                           logOf(int(w)), message.place, message.first, message.count)
                    == result;
            }
        }
        m_sent[w].push_back(message);
        return apply(replica, message);
    }
    /// A place that an honest writer would not choose.
    void distort(const Replica& replica, Place& place)
    {
        const auto all = replica.naive.order();
        if (all.empty())
            return;
        place = {all[below(all.size())].id, below(2) == 0 ? Side::Left : Side::Right};
    }
    bool apply(Replica& replica, const Message& message)
    {
        const LogName log = logOf(int(message.author));
        ++replica.applied[message.author];
        if (message.kind != Message::Insert) {
            const bool remove = message.kind == Message::Remove;
            // Two may undo one deletion; it ends once.
            if (!remove && !replica.undone.insert(message.undone).second)
                return true;
            replica.naive.changeDeletions(message.range, remove ? 1 : -1);
            if (remove)
                replica.sequence.remove(message.range);
            else
                replica.sequence.unremove(message.range);
            return true;
        }
        const AuthorPast past = pastOf(m_sent, message.past);
        const auto expected = replica.naive.insert(
            log, message.place, message.first, message.count, past, message.hidden);
        return expected == InsertResult::Applied
            && replica.sequence.insert(
                   log, message.place, message.first, message.count, past, message.hidden)
            == expected;
    }
    /// Takes in messages that may come next, in an order of chance; false where one failed.
    bool deliver(std::size_t w, std::size_t count)
    {
        Replica& replica = m_replicas[w];
        for (; count > 0; --count) {
            std::vector<std::size_t> ready;
            for (std::size_t v = 0; v < m_sent.size(); ++v) {
                if (replica.applied[v] == m_sent[v].size())
                    continue;
                const auto& past = m_sent[v][replica.applied[v]].past;
                bool known = true;
                for (std::size_t u = 0; u < past.size(); ++u)
                    known = known && past[u] <= replica.applied[u];
                if (known)
                    ready.push_back(v);
            }
            if (ready.empty())
                return true;
            const std::size_t v = ready[below(ready.size())];
            if (!apply(replica, m_sent[v][replica.applied[v]]))
                return false;
        }
        return true;
    }

    std::mt19937 m_random;
    std::vector<Replica> m_replicas;
    std::vector<std::vector<Message>> m_sent;
    std::size_t m_refused = 0;
};

} // namespace

class SequenceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void replicasAgreeWithTheDefinitionAndEachOther()
    {
        std::size_t refused = 0;
        for (unsigned seed = 1; seed <= 3'000; ++seed) {
            History history(seed, 3 + seed % 3);
            const int steps = seed % 50 == 0 ? 400 : 60;
            for (int i = 0; i < steps; ++i)
                QVERIFY2(history.step(), qPrintable(QStringLiteral("seed %1").arg(seed)));
            QVERIFY2(history.settle(), qPrintable(QStringLiteral("seed %1").arg(seed)));
            refused += history.refused();
            const Bytes first = history.replicas().front().sequence.encode();
            for (const Replica& replica : history.replicas()) {
                const Sequence& sequence = replica.sequence;
                QCOMPARE(orderOf(sequence), orderOf(history.replicas().front().sequence));
                QCOMPARE(sequence.encode(), first);
            }
            const auto loaded = Sequence::decode(first, 1'000'000);
            QVERIFY2(loaded, qPrintable(QStringLiteral("seed %1").arg(seed)));
            QCOMPARE(orderOf(*loaded), orderOf(history.replicas().front().sequence));
            QCOMPARE(loaded->encode(), first);
        }
        QVERIFY(refused > 100);
    }

    void positionsAndIdsAreEachOthersInverse()
    {
        for (unsigned seed = 1; seed <= 100; ++seed) {
            History history(seed, 3);
            for (int i = 0; i < 200; ++i)
                QVERIFY(history.step());
            const Replica& replica = history.replicas().front();
            const auto visible = replica.naive.visible();
            QCOMPARE(replica.sequence.visibleLength(), quint64(visible.size()));
            for (std::size_t i = 0; i < visible.size(); ++i) {
                QCOMPARE(replica.sequence.idAt(i), visible[i]);
                QCOMPARE(replica.sequence.positionOf(visible[i])->visibleBefore, quint64(i));
            }
            QVERIFY(!replica.sequence.idAt(visible.size()));
        }
    }

    /// A loaded sequence must go on like the one that was saved.
    void aLoadedSequenceTakesTheSameChanges()
    {
        for (unsigned seed = 1; seed <= 300; ++seed) {
            History history(seed, 4);
            for (int i = 0; i < 80; ++i)
                QVERIFY(history.step());
            QVERIFY(history.settle());
            NaiveFugue naive = history.replicas().front().naive;
            auto loaded = Sequence::decode(history.replicas().front().sequence.encode(), 100'000);
            QVERIFY(loaded);
            for (int i = 0; i < 60; ++i) {
                const LogName log = logOf(int(history.below(5)));
                const auto visible = naive.visible();
                const std::size_t at = history.below(visible.size() + 1);
                const Place place = naive.insertPlace(at);
                QCOMPARE(loaded->insertPlace(at), place);
                const quint64 first = naive.nextCounter(log);
                // A writer who has seen nothing of the others at that place.
                const AuthorPast past = history.below(2) == 0
                    ? AuthorPast::everything()
                    : AuthorPast([&](const LogName& other) {
                          return place.parent.log == other ? place.parent.counter + 1 : quint64(0);
                      });
                const Place wanted = !place.isRoot() && history.below(2) == 0
                    ? Place{place.parent, history.below(2) == 0 ? Side::Left : Side::Right}
                    : place;
                const auto result = naive.insert(log, wanted, first, 2, past);
                QCOMPARE(loaded->insert(log, wanted, first, 2, past), result);
                if (!visible.empty()) {
                    const ElementRange range{visible.front().log, visible.front().counter, 1};
                    naive.changeDeletions(range, 1);
                    loaded->remove(range);
                }
                QCOMPARE(orderOf(*loaded), orderOf(naive));
            }
        }
    }

    void aTakenPlaceIsJudgedByTheAuthorsPast()
    {
        const LogName a = logOf(1);
        const LogName b = logOf(2);
        Sequence sequence;
        QCOMPARE(sequence.insert(a, {}, 0, 3), InsertResult::Applied);
        // b has seen nothing: the root is free for it, but a's characters are unknown.
        const AuthorPast nothing([](const LogName&) { return 0; });
        QCOMPARE(sequence.insert(b, {ElementId{a, 2}, Side::Right}, 0, 1, nothing),
            InsertResult::RefusedUnknownParent);
        QCOMPARE(sequence.insert(b, {}, 0, 1), InsertResult::RefusedPlaceTaken);
        QCOMPARE(sequence.insert(b, {}, 1, 1, nothing), InsertResult::RefusedCounter);
        QCOMPARE(sequence.insert(b, {}, 0, 0, nothing), InsertResult::RefusedCounter);
        QCOMPARE(sequence.insert(b, {{}, Side::Left}, 0, 1), InsertResult::RefusedUnknownParent);
        QCOMPARE(sequence.insert(b, {}, 0, 1, nothing), InsertResult::Applied);
        // Its own log always counts as seen.
        QCOMPARE(sequence.insert(b, {}, 1, 1, nothing), InsertResult::RefusedPlaceTaken);
        // Between two characters of a run the right of the first is taken.
        QCOMPARE(sequence.insert(b, {ElementId{a, 0}, Side::Right}, 1, 1),
            InsertResult::RefusedPlaceTaken);
        QCOMPARE(sequence.insert(b, {ElementId{a, 0}, Side::Right}, 1, 1,
                     AuthorPast([&](const LogName& log) { return log == a ? 1 : 0; })),
            InsertResult::Applied);
        QCOMPARE(sequence.visibleLength(), quint64(5));
    }

    void aPartsLaterChangesSeeTheEarlierOnes()
    {
        const LogName a = logOf(1);
        const AuthorPast everything = AuthorPast::everything();
        Sequence sequence;
        SequenceCheck check(sequence, a, everything);
        QCOMPARE(check.insertion({}, 0, 3), InsertResult::Applied);
        QCOMPARE(check.insertion({}, 3, 1), InsertResult::RefusedPlaceTaken);
        QCOMPARE(
            check.insertion({ElementId{a, 1}, Side::Right}, 3, 1), InsertResult::RefusedPlaceTaken);
        QCOMPARE(check.insertion({ElementId{a, 1}, Side::Left}, 3, 1), InsertResult::Applied);
        QCOMPARE(
            check.insertion({ElementId{a, 1}, Side::Left}, 4, 1), InsertResult::RefusedPlaceTaken);
        QCOMPARE(check.insertion({ElementId{a, 5}, Side::Left}, 4, 1),
            InsertResult::RefusedUnknownParent);
        QCOMPARE(check.insertion({ElementId{a, 2}, Side::Right}, 4, 1), InsertResult::Applied);
        QVERIFY(check.contains({a, 0, 5}));
        QVERIFY(!check.contains({a, 0, 6}));
    }

    void theBoundCountsWhatTheAuthorKnows()
    {
        const LogName a = logOf(1);
        const LogName b = logOf(2);
        Sequence sequence(10);
        QCOMPARE(sequence.insert(a, {}, 0, 11), InsertResult::RefusedBound);
        QCOMPARE(sequence.insert(a, {}, 0, 8), InsertResult::Applied);
        const AuthorPast half([&](const LogName& log) { return log == a ? 4 : 0; });
        const Place place{ElementId{a, 3}, Side::Right};
        QCOMPARE(sequence.insert(b, place, 0, 7, half), InsertResult::RefusedBound);
        QCOMPARE(sequence.insert(b, place, 0, 6, half), InsertResult::Applied);
        QCOMPARE(
            sequence.insert(a, {ElementId{a, 7}, Side::Right}, 8, 1), InsertResult::RefusedBound);
    }

    void anElementShowsWhenItsLastDeletionHasEnded()
    {
        const LogName a = logOf(1);
        Sequence sequence;
        QCOMPARE(sequence.insert(a, {}, 0, 6), InsertResult::Applied);
        sequence.remove({a, 0, 4});
        sequence.remove({a, 2, 4});
        QCOMPARE(sequence.visibleLength(), quint64(0));
        sequence.unremove({a, 0, 4});
        QCOMPARE(sequence.visibleLength(), quint64(2));
        QCOMPARE(sequence.idAt(1), (ElementId{a, 1}));
        sequence.unremove({a, 2, 4});
        QCOMPARE(sequence.visibleLength(), quint64(6));
    }

    void aBranchGoesOnWithTheStemsCounters()
    {
        const LogName stem = logOf(2);
        const LogName branch = logOf(3);
        Sequence sequence;
        QCOMPARE(sequence.insert(stem, {}, 0, 3), InsertResult::Applied);
        QVERIFY(sequence.beginLog(branch, 3));
        QVERIFY(!sequence.beginLog(branch, 4));
        QCOMPARE(sequence.nextCounter(branch), quint64(3));
        QCOMPARE(sequence.insert(branch, {ElementId{stem, 2}, Side::Right}, 3, 2),
            InsertResult::Applied);
        QVERIFY(!sequence.contains(ElementId{branch, 2}));
        QVERIFY(sequence.contains(ElementRange{branch, 3, 2}));
        const auto loaded = Sequence::decode(sequence.encode(), 100);
        QVERIFY(loaded);
        QCOMPARE(orderOf(*loaded), orderOf(sequence));
        QCOMPARE(loaded->nextCounter(branch), quint64(5));
    }

    /// Runs that two writers typed at one place without hearing of each other stand whole. A run is
    /// what one log inserted with nothing delivered and nothing deleted between, each piece at an
    /// end of the run so far.
    void concurrentRunsDoNotInterleave()
    {
        for (unsigned seed = 1; seed <= 500; ++seed) {
            std::mt19937 random(seed);
            Sequence base;
            QCOMPARE(base.insert(logOf(0), {}, 0, 6), InsertResult::Applied);
            base.remove({logOf(0), random() % 6, 1});
            const std::size_t at = random() % (base.visibleLength() + 1);
            std::vector<std::vector<std::tuple<LogName, Place, quint64>>> sent(3);
            for (int w = 1; w <= 3; ++w) {
                Sequence replica = base;
                for (quint64 i = 0; i < 8; ++i) {
                    const bool front = random() % 2 == 0;
                    const Place place = replica.insertPlace(front ? at : at + i);
                    QCOMPARE(replica.insert(logOf(w), place, i, 1), InsertResult::Applied);
                    sent[std::size_t(w - 1)].push_back({logOf(w), place, i});
                }
            }
            Sequence merged = base;
            const AuthorPast past(
                [](const LogName& log) { return log == logOf(0) ? quint64(6) : quint64(0); });
            for (std::size_t done = 0; done < 24;) {
                auto& from = sent[random() % 3];
                if (from.empty())
                    continue;
                const auto [log, place, first] = from.front();
                from.erase(from.begin());
                QCOMPARE(merged.insert(log, place, first, 1, past), InsertResult::Applied);
                ++done;
            }
            std::vector<LogName> runs;
            for (const auto& [id, hidden] : orderOf(merged)) {
                if (id.log != logOf(0) && (runs.empty() || runs.back() != id.log))
                    runs.push_back(id.log);
            }
            QVERIFY2(runs.size() == 3, qPrintable(QStringLiteral("seed %1").arg(seed)));
        }
    }

    void damagedBytesAreRefusedOrCanonical()
    {
        History history(7, 4);
        for (int i = 0; i < 150; ++i)
            QVERIFY(history.step());
        QVERIFY(history.settle());
        const Bytes bytes = history.replicas().front().sequence.encode();
        for (qsizetype size = 0; size < bytes.size(); ++size)
            QVERIFY(!Sequence::decode(bytes.first(size), 100'000));
        for (qsizetype i = 0; i < bytes.size(); ++i) {
            for (int bit = 0; bit < 8; ++bit) {
                Bytes flipped = bytes;
                flipped[i] = char(flipped[i] ^ (1 << bit));
                const auto loaded = Sequence::decode(flipped, 100'000);
                if (loaded)
                    QCOMPARE(loaded->encode(), flipped);
            }
        }
    }

    /// Shapes that a hostile writer may choose: paths as deep as the text is long, and one writer
    /// after the other at the same place.
    void hostileShapesStayQuick()
    {
        constexpr quint64 kCount = 200'000;
        const LogName a = logOf(1);
        QElapsedTimer timer;
        timer.start();
        Sequence left;
        QCOMPARE(left.insert(a, {}, 0, 1), InsertResult::Applied);
        for (quint64 i = 1; i < kCount; ++i)
            QCOMPARE(
                left.insert(a, {ElementId{a, i - 1}, Side::Left}, i, 1), InsertResult::Applied);
        // Another path of the same kind from a second writer, beside the first at every place.
        const LogName b = logOf(2);
        const AuthorPast half([&](const LogName& log) { return log == a ? kCount / 2 : 0; });
        for (quint64 i = 0; i < 20'000; ++i) {
            const Place place{ElementId{a, kCount / 2 - 1 - i}, Side::Right};
            QCOMPARE(left.insert(b, place, i, 1, half), InsertResult::Applied);
        }
        const AuthorPast one([&](const LogName& log) { return log == a ? 1 : 0; });
        for (int w = 4; w < 100; ++w) {
            QCOMPARE(left.insert(logOf(w), {ElementId{a, 0}, Side::Left}, 0, 1, one),
                InsertResult::Applied);
        }
        const auto loaded = Sequence::decode(left.encode(), 1'000'000);
        QVERIFY(loaded);
        QCOMPARE(loaded->encode(), left.encode());
        QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_GUILESS_MAIN(SequenceTest)
#include "tst_sequence.moc"

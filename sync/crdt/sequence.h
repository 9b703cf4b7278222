// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"
#include "sync/crdt/authorpast.h"
#include "sync/crdt/logname.h"

#include <QHash>

#include <optional>
#include <vector>

namespace Waymark {

/// One element of a sequence: a character of a text or a slot of a list.
struct ElementId
{
    LogName log;
    quint64 counter = 0;

    friend auto operator<=>(const ElementId&, const ElementId&) = default;
};

/// The elements first … first + count - 1 of one log.
struct ElementRange
{
    LogName log;
    quint64 first = 0;
    quint64 count = 0;

    friend bool operator==(const ElementRange&, const ElementRange&) = default;
};

enum class Side : quint8 { Left, Right };

/// Where an insertion hangs in the tree: a side of an element, or the right of the root.
struct Place
{
    ElementId parent; ///< of no log: the root, whose side is always Right
    Side side = Side::Right;

    [[nodiscard]] bool isRoot() const { return parent.log.isNull(); }

    friend bool operator==(const Place&, const Place&) = default;
};

enum class InsertResult {
    Applied,
    RefusedUnknownParent, ///< the parent is not in the author's past, or is the root's left
    RefusedCounter, ///< not the log's next counter, or no element at all
    RefusedPlaceTaken, ///< the place holds an element of the author's past
    RefusedBound, ///< more elements than the sequence may ever have
};
/// What a refused insertion means to a caller; ok for Applied.
[[nodiscard]] Status statusOf(InsertResult result);

/// Slots ever in an ordered list.
constexpr quint64 kMaxSlots = 10'000;

/// What a change did to the visible elements. Positions are those at the moment of the step, after
/// the steps before it.
struct SequenceStep
{
    quint64 position = 0;
    quint64 removed = 0; ///< so many visible elements from position on are hidden now
    std::size_t logIndex = 0; ///< shown: elements of this log, see Sequence::Run
    quint64 counter = 0;
    quint64 shown = 0;
};

/// The order of elements, without their content: Fugue (M. Weidner, M. Kleppmann, "The Art of the
/// Fugue: Minimizing Interleaving in Collaborative Text Editing", 2023; Fugue, not FugueMax).
/// Elements stand in a tree, each the left or right child of another; the order is the walk "left
/// children, element, right children", siblings on one side by log name. Deleted elements stay and
/// are hidden; how many deletions of each are in force is counted.
///
/// A value type; not thread-safe. Finding, inserting and deleting cost a scan of a few thousand
/// numbers at most, with any history; nothing recurses.
class Sequence
{
public:
    static constexpr quint64 kNoBound = quint64(1) << 30;

    /// `bound`: how many elements an author may know of, the new ones included.
    explicit Sequence(quint64 bound = kNoBound);

    // --- changing

    /// For the branch of a forked log, before its first insertion: its counters go on at `first`.
    /// False where the log has elements or another beginning already, or `first` is over 2^30.
    bool beginLog(const LogName& log, quint64 first);
    /// Inserts `count` elements, the first at `place` and each later one as the right child of the
    /// one before. Changes nothing unless Applied. `hidden` ones count as deleted once, for good.
    InsertResult insert(const LogName& log, const Place& place, quint64 first, quint64 count,
        const AuthorPast& past = AuthorPast::everything(), bool hidden = false,
        std::vector<SequenceStep>* steps = nullptr);
    /// The same for what SequenceCheck has let pass.
    void insertChecked(const LogName& log, const Place& place, quint64 first, quint64 count,
        bool hidden, std::vector<SequenceStep>* steps);
    /// One more deletion of these elements is in force. They must be contained.
    void remove(const ElementRange& range, std::vector<SequenceStep>* steps = nullptr);
    /// One less; elements without a deletion stay as they are.
    void unremove(const ElementRange& range, std::vector<SequenceStep>* steps = nullptr);

    // --- asking

    [[nodiscard]] quint64 visibleLength() const { return m_visibleTotal; }
    /// With hidden ones.
    [[nodiscard]] quint64 totalLength() const { return m_total; }
    [[nodiscard]] quint64 bound() const { return m_bound; }
    /// The counter of the log's next element; 0 for an unknown log.
    [[nodiscard]] quint64 nextCounter(const LogName& log) const;
    [[nodiscard]] bool contains(const ElementId& id) const;
    [[nodiscard]] bool contains(const ElementRange& range) const;
    /// The place of an element inserted so that `visibleIndex` visible ones stand before it, which
    /// must not exceed visibleLength(): Fugue's rule for local insertions.
    [[nodiscard]] Place insertPlace(quint64 visibleIndex) const;
    /// Nothing beyond the last one.
    [[nodiscard]] std::optional<ElementId> idAt(quint64 visibleIndex) const;

    struct Position
    {
        quint64 visibleBefore = 0;
        bool hidden = false;
    };
    /// Nothing for an unknown element.
    [[nodiscard]] std::optional<Position> positionOf(const ElementId& id) const;
    /// The ids of the visible elements from … from + count - 1, in document order.
    [[nodiscard]] std::vector<ElementRange> visibleRanges(quint64 from, quint64 count) const;
    /// Whether a stands before b; both must be contained.
    [[nodiscard]] bool isBefore(const ElementId& a, const ElementId& b) const;

    /// Elements that follow each other in document order, of one log, with rising counters.
    struct Run
    {
        std::size_t logIndex = 0; ///< small number of the log inside this sequence, from 1
        quint64 counter = 0;
        quint64 length = 0;
        bool hidden = false;
    };
    /// All runs in document order, hidden ones too, from the one holding `from` on; `visit` returns
    /// false to end.
    void visitRuns(
        const std::optional<ElementId>& from, const std::function<bool(const Run&)>& visit) const;
    /// 0 for an unknown log. Numbers stay as long as this value lives, but not through encode().
    [[nodiscard]] std::size_t logIndex(const LogName& log) const;
    [[nodiscard]] const LogName& logName(std::size_t logIndex) const;
    [[nodiscard]] quint64 firstCounter(std::size_t logIndex) const;
    /// The numbers of all logs in the order in which encode() writes them: by name.
    [[nodiscard]] std::vector<std::size_t> storedLogs() const;

    // --- keeping

    /// Equal sequences have equal bytes, in whatever order they came to be. The bound is not in it.
    [[nodiscard]] Bytes encode() const;
    /// Refuses with Failed what encode() does not write, and more than `maxElements` elements.
    [[nodiscard]] static Result<Sequence> decode(
        BytesView bytes, quint64 maxElements, quint64 bound = kNoBound);

private:
    friend class SequenceCheck;
    friend class SequenceLoader;

    struct Atom
    {
        quint32 log = 0; ///< 0 is the root's
        quint32 counter = 0;

        friend bool operator==(const Atom&, const Atom&) = default;
    };
    /// Neighbours in document order, each the right child of the one before, with one number of
    /// deletions in force.
    struct Span
    {
        quint32 log = 0;
        quint32 counter = 0;
        quint32 length = 0;
        quint32 deletions = 0;
        bool head = false; ///< the first is not the right child of its log's previous element
        bool hasLeft = false; ///< the first has a left child
        bool hasRight = false; ///< the last has a right child
    };
    struct Leaf
    {
        std::vector<Span> spans; ///< never empty
        quint32 order = 0;
    };
    /// Where an element is. Past the last one of a leaf: span = the number of its spans.
    struct Spot
    {
        quint32 leaf = 0;
        quint32 span = 0;
        quint32 offset = 0;
    };
    /// The beginning of a chain: elements with rising counters, each the right child of the one
    /// before. Parents are kept for these alone.
    struct Head
    {
        quint32 log = 0;
        quint32 counter = 0;
        Atom parent;
        Side side = Side::Right;
        quint32 depth = 0; ///< in chains
        quint32 up = 0; ///< head of the parent's chain
        quint32 jump = 0; ///< a farther ancestor (Myers 1983, skew-binary): log steps to any depth
    };
    struct Log
    {
        LogName name;
        quint32 first = 0;
        std::vector<quint32> leafOf; ///< by counter - first
        std::vector<quint32> heads; ///< rising counters
    };

    [[nodiscard]] std::optional<Atom> atomOf(const ElementId& id) const;
    [[nodiscard]] ElementId idOf(Atom atom) const;
    [[nodiscard]] const Span& spanAt(Spot spot) const;
    [[nodiscard]] Atom atomAt(Spot spot) const;
    [[nodiscard]] Spot locate(Atom atom) const;
    [[nodiscard]] Spot spotAtVisible(quint64 visibleIndex) const;
    [[nodiscard]] quint64 visibleBefore(Spot spot) const;
    [[nodiscard]] bool isEnd(Spot spot) const;
    [[nodiscard]] Spot next(Spot spot) const;
    [[nodiscard]] std::optional<Spot> previous(Spot spot) const;

    [[nodiscard]] quint32 headOf(Atom atom) const;
    [[nodiscard]] quint32 ancestorAt(quint32 head, quint32 depth) const;
    [[nodiscard]] bool isBelow(Atom element, Atom ancestor) const;
    [[nodiscard]] Atom childHolding(Atom element, Atom parent) const;
    [[nodiscard]] Spot subtreeEnd(Atom atom) const;
    [[nodiscard]] Spot subtreeStart(Atom atom) const;
    [[nodiscard]] bool hasChild(Atom parent, Side side) const;
    /// Visits the children on one side from the parent outwards, until `visit` returns false.
    /// Returns where the walk ended: between the last one passed and the next.
    Spot walkChildren(Atom parent, Side side, const std::function<bool(Atom child)>& visit) const;
    [[nodiscard]] Spot spotForChild(Atom parent, Side side, const LogName& log) const;

    quint32 internLog(const LogName& log);
    quint32 addHead(Atom first, Atom parent, Side side);
    void linkHead(quint32 head);
    Spot splitSpan(Spot spot);
    void insertSpan(Spot at, const Span& span);
    void mergeWithNext(quint32 leaf, quint32 span);
    void splitLeafIfFull(quint32 leaf);
    void changeDeletions(const ElementRange& range, int delta, std::vector<SequenceStep>* steps);
    void setWhere(const Span& span, quint32 leaf);
    void addVisible(quint32 order, qint64 delta);
    void sumBlocks(std::size_t fromOrder);

    std::vector<Log> m_logs; ///< 0: the root
    QHash<LogName, quint32> m_logIndex;
    std::vector<Head> m_heads; ///< 0: the root
    std::vector<Leaf> m_leaves;
    std::vector<quint32> m_order; ///< leaves in document order
    std::vector<quint32> m_visible; ///< visible elements of each, in document order
    std::vector<quint64> m_blocks; ///< sums of so many of them at a time
    quint64 m_visibleTotal = 0;
    quint64 m_total = 0;
    quint64 m_bound;
};

/// Judges the changes of one part, one after the other, without applying any of them: each sees
/// those before it. Sequence, log name and past must outlive it.
class SequenceCheck
{
public:
    SequenceCheck(const Sequence& sequence, const LogName& author, const AuthorPast& past);

    /// Applied means: may be applied, and counts as applied from now on.
    InsertResult insertion(const Place& place, quint64 first, quint64 count);
    /// All of the range is in the author's past.
    [[nodiscard]] bool contains(const ElementRange& range) const;

private:
    [[nodiscard]] quint64 knownCount(const LogName& log) const;
    [[nodiscard]] bool isTaken(const Place& place) const;
    [[nodiscard]] quint64 knownTotal() const;

    const Sequence& m_sequence;
    const LogName& m_author;
    const AuthorPast& m_past;
    quint64 m_next; ///< the author's next counter
    std::optional<quint64> m_total;
    QHash<QPair<LogName, quint64>, int> m_newPlaces; ///< bit 1: left, 2: right
    std::vector<quint64> m_lastOfRuns; ///< of the author's new elements
};

} // namespace Waymark

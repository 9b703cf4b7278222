// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/crdt/listdiff.h"
#include "sync/crdt/textdiff.h"
#include "sync/crdt/textdocument.h"

#include <QTest>
#include <QTextBoundaryFinder>

#include <numeric>
#include <random>

using namespace Waymark;
using namespace Qt::StringLiterals;

namespace {

std::size_t commonLength(const std::vector<int>& a, const std::vector<int>& b)
{
    std::vector<std::vector<std::size_t>> table(
        a.size() + 1, std::vector<std::size_t>(b.size() + 1, 0));
    for (std::size_t i = a.size(); i-- > 0;) {
        for (std::size_t j = b.size(); j-- > 0;) {
            table[i][j] = a[i] == b[j] ? table[i + 1][j + 1] + 1
                                       : std::max(table[i + 1][j], table[i][j + 1]);
        }
    }
    return table[0][0];
}

/// All edits are against the old text; from the end, none moves another.
QString changed(QString text, std::vector<TextEdit> edits)
{
    std::reverse(edits.begin(), edits.end());
    return applyEdits(text, edits);
}

/// Tries every way to choose old places: the longest that is common, the earliest of those.
std::vector<qsizetype> keptByTrying(const QStringList& before, const QStringList& after)
{
    std::vector<qsizetype> best;
    for (unsigned choice = 0; choice < 1U << before.size(); ++choice) {
        std::vector<qsizetype> places;
        qsizetype next = 0;
        bool common = true;
        for (qsizetype i = 0; i < before.size() && common; ++i) {
            if ((choice >> i & 1U) == 0)
                continue;
            next = after.indexOf(before[i], next) + 1;
            common = next > 0;
            places.push_back(i);
        }
        if (common
            && (places.size() > best.size() || (places.size() == best.size() && places < best)))
            best = places;
    }
    return best;
}

} // namespace

class DiffsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theShortestDiffIsShortestAndLeadsThere()
    {
        for (unsigned seed = 1; seed <= 20'000; ++seed) {
            std::mt19937 random(seed);
            const auto list = [&] {
                std::vector<int> out(random() % 14);
                for (int& item : out)
                    item = int(random() % 4);
                return out;
            };
            const auto before = list();
            const auto after = list();
            const auto hunks = shortestDiff(before, after, 1'000);
            QVERIFY(hunks);
            std::vector<int> result;
            qsizetype at = 0;
            qsizetype differences = 0;
            for (const DiffHunk& hunk : *hunks) {
                QVERIFY(hunk.before > at || at == 0);
                result.insert(result.end(), before.begin() + at, before.begin() + hunk.before);
                QCOMPARE(qsizetype(result.size()), hunk.after);
                result.insert(result.end(), after.begin() + hunk.after,
                    after.begin() + hunk.after + hunk.inserted);
                at = hunk.before + hunk.removed;
                differences += hunk.removed + hunk.inserted;
            }
            result.insert(result.end(), before.begin() + at, before.end());
            QVERIFY2(result == after, qPrintable(QString::number(seed)));
            QCOMPARE(std::size_t(differences),
                before.size() + after.size() - 2 * commonLength(before, after));
            if (differences > 0)
                QVERIFY(!shortestDiff(before, after, int(differences) - 1));
        }
    }

    void aDiffOfTextsLeadsThereAndCutsNoGrapheme()
    {
        const QStringList pieces{u"a"_s, u"b"_s, u"é"_s, u"e\u0301"_s, u"😀"_s, u"👩‍🚀"_s,
            u"🇩🇪"_s, u"🇫🇷"_s, u" "_s, u"\r\n"_s};
        for (unsigned seed = 1; seed <= 3'000; ++seed) {
            std::mt19937 random(seed);
            const auto text = [&](std::size_t n) {
                QString out;
                for (std::size_t i = 0; i < n; ++i)
                    out += pieces[qsizetype(random() % std::size_t(pieces.size()))];
                return out;
            };
            const QString before = text(random() % 30);
            QString after = before;
            if (random() % 4 == 0)
                after = text(random() % 30);
            for (std::size_t i = 0; i < random() % 4; ++i) {
                QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, after);
                finder.setPosition(qsizetype(random() % std::size_t(after.size() + 1)));
                if (!finder.isAtBoundary())
                    finder.toNextBoundary();
                after.insert(std::max<qsizetype>(0, finder.position()), text(random() % 3));
            }
            const auto edits = diffTexts(before, after);
            QCOMPARE(changed(before, edits), after);
            for (const TextEdit& edit : edits) {
                QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, before);
                for (const quint64 at : {edit.position, edit.position + edit.removed}) {
                    finder.setPosition(utf16Position(before, at));
                    QVERIFY(before.isEmpty() || finder.isAtBoundary());
                }
            }
            TextDocument document;
            DeviceId device;
            const LogName log(device);
            const auto first = document.makeEdit({0, 0, before}, log);
            QVERIFY(first->isEmpty() || document.apply(*first, log));
            const auto change = document.makeDiff(after, log);
            QVERIFY(change);
            QVERIFY(change->isEmpty() || document.apply(*change, log));
            QCOMPARE(document.text(), after);
        }
    }

    void whatStaysIsKept()
    {
        QCOMPARE(diffTexts(u"same"_s, u"same"_s), (std::vector<TextEdit>{}));
        QCOMPARE(diffTexts(u"one two three"_s, u"one 2 three"_s),
            (std::vector<TextEdit>{{4, 3, u"2"_s}}));
        QCOMPARE(diffTexts(u"abXcdefYgh"_s, u"ab1cdef2gh"_s),
            (std::vector<TextEdit>{{2, 1, u"1"_s}, {7, 1, u"2"_s}}));
        // Two graphemes between two changes are not worth keeping, three are.
        QCOMPARE(
            diffTexts(u"abXcdYgh"_s, u"ab1cd2gh"_s), (std::vector<TextEdit>{{2, 4, u"1cd2"_s}}));
        QCOMPARE(diffTexts(u"abXcdeYgh"_s, u"ab1cde2gh"_s),
            (std::vector<TextEdit>{{2, 1, u"1"_s}, {6, 1, u"2"_s}}));
    }

    void tooManyDifferencesReplaceTheMiddle()
    {
        QString before = u"begin "_s;
        QString after = u"begin "_s;
        for (int i = 0; i < 502; ++i) {
            before += u"wwwa"_s;
            after += u"wwwb"_s;
        }
        before += u" end"_s;
        after += u" end"_s;
        const auto edits = diffTexts(before, after);
        QCOMPARE(edits.size(), std::size_t(1));
        QCOMPARE(changed(before, edits), after);
        QCOMPARE(edits[0].position, quint64(9));
        before = before.sliced(14); // "begin " and two of the differences
        after = after.sliced(14);
        QCOMPARE(diffTexts(before, after).size(), std::size_t(500));
    }

    void aListKeepsTheLongestAndEarliest()
    {
        for (unsigned seed = 1; seed <= 5'000; ++seed) {
            std::mt19937 random(seed);
            const auto list = [&] {
                QStringList out;
                for (std::size_t n = random() % 9; n > 0; --n)
                    out += QString(QChar(u'a' + char16_t(random() % 4)));
                return out;
            };
            const QStringList before = list();
            const QStringList after = list();
            const auto diff = diffLists(before, after);
            QVERIFY(diff);
            QCOMPARE(qsizetype(diff->places.size()), after.size());
            std::vector<qsizetype> kept;
            std::vector<int> used(std::size_t(before.size()), 0);
            qsizetype inserted = 0;
            for (qsizetype j = 0; j < after.size(); ++j) {
                const auto& place = diff->places[std::size_t(j)];
                if (place.kind == ListDiff::Place::Kind::Insert) {
                    ++inserted;
                    continue;
                }
                QCOMPARE(before[place.oldIndex], after[j]);
                ++used[std::size_t(place.oldIndex)];
                if (place.kind == ListDiff::Place::Kind::Keep)
                    kept.push_back(place.oldIndex);
            }
            QVERIFY2(kept == keptByTrying(before, after), qPrintable(QString::number(seed)));
            for (const qsizetype i : diff->removed)
                ++used[std::size_t(i)];
            QVERIFY(std::all_of(used.begin(), used.end(), [](int n) { return n == 1; }));
            // Whatever is both taken out and put in is moved.
            for (const qsizetype i : diff->removed) {
                for (qsizetype j = 0; j < after.size(); ++j)
                    QVERIFY(diff->places[std::size_t(j)].kind != ListDiff::Place::Kind::Insert
                        || after[j] != before[i]);
            }
        }
    }

    void equalStringsArePairedFromTheFront()
    {
        using Kind = ListDiff::Place::Kind;
        const auto diff = diffLists({u"x"_s, u"a"_s, u"a"_s}, {u"a"_s, u"a"_s, u"a"_s, u"x"_s});
        QCOMPARE(*diff,
            (ListDiff{
                {{Kind::Keep, 1}, {Kind::Keep, 2}, {Kind::Insert, -1}, {Kind::Move, 0}}, {}}));
    }

    void fullListsAreDiffedAndLongerOnesRefused()
    {
        QStringList before;
        for (int i = 0; i < 10'000; ++i)
            before += QString::number(i);
        QStringList after = before;
        std::rotate(after.begin(), after.begin() + 1, after.end());
        const auto diff = diffLists(before, after);
        QVERIFY(diff);
        QCOMPARE(diff->places.back(), (ListDiff::Place{ListDiff::Place::Kind::Move, 0}));
        QVERIFY(diff->removed.empty());
        after += u"more"_s;
        QCOMPARE(diffLists(before, after).error().code, ErrorCode::TooLarge);
    }
};

QTEST_GUILESS_MAIN(DiffsTest)
#include "tst_diffs.moc"

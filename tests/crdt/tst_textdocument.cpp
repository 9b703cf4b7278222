// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/crdt/textdocument.h"
#include "tests/crdt/textwriters.h"

#include <QElapsedTimer>
#include <QTest>

#include <random>

using namespace Waymark;
using namespace Qt::StringLiterals;

namespace {

const LogName kA = TextWriters::logOf(0);
const LogName kB = TextWriters::logOf(1);

/// Makes the edit and applies it.
TextChange write(TextDocument& document, const LogName& log, const TextEdit& edit)
{
    auto change = document.makeEdit(edit, log);
    if (!change || (!change->isEmpty() && !document.apply(*change, log)))
        qFatal("an edit of the test's own was refused");
    return *change;
}

TextDocument holding(const QString& text)
{
    TextDocument document;
    write(document, kA, {0, 0, text});
    return document;
}

AuthorPast knowing(quint64 ofA, quint64 ofB)
{
    return AuthorPast([=](const LogName& log) { return log == kA ? ofA : log == kB ? ofB : 0; });
}

} // namespace

class TextDocumentTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writersConvergeAndEditorsFollow()
    {
        std::size_t undone = 0;
        for (unsigned seed = 1; seed <= 1'000; ++seed) {
            const QByteArray name = "seed " + QByteArray::number(seed);
            TextWriters writers(seed, 3 + seed % 3);
            for (int i = 0; i < 60; ++i)
                QVERIFY2(writers.step(), name.constData());
            QVERIFY2(writers.settle(), name.constData());
            undone += writers.undone();
            const Bytes bytes = writers.document(0).encode();
            for (std::size_t w = 0; w < 3 + seed % 3; ++w) {
                QVERIFY2(writers.document(w).encode() == bytes, name.constData());
                QCOMPARE(writers.shown(w), writers.document(w).text());
                QCOMPARE(codePointCount(writers.shown(w)), writers.document(w).length());
            }
            const auto loaded = TextDocument::decode(bytes);
            QVERIFY2(loaded, name.constData());
            QCOMPARE(loaded->text(), writers.document(0).text());
            QCOMPARE(loaded->encode(), bytes);
        }
        QVERIFY2(undone > 500, qPrintable(QString::number(undone)));
    }

    void anUndoEndsItsDeletionOnceAndNoOther()
    {
        TextDocument document = holding(u"one two three"_s);
        TextChange first = write(document, kA, {4, 4, {}}); // "two "
        const auto ranges = std::get<TextDelete>(first.steps[0]).ranges;
        // Deleted by somebody else at the same time.
        QVERIFY(document.apply({{TextDelete{{{kA, 4, 2}}}}}, kB));
        QCOMPARE(document.text(), u"one three"_s);
        const TextChange undo{{TextUndelete{{Hash{}, 0, 0}}}};
        const auto resolve = [&](const DeletionName&) { return std::optional(ranges); };
        QVERIFY(document.apply(undo, kA, AuthorPast::everything(), resolve));
        QCOMPARE(document.text(), u"one o three"_s);
        // The other's undo of the same deletion finds it ended.
        QVERIFY(document.apply(undo, kB, AuthorPast::everything(), resolve));
        QCOMPARE(document.text(), u"one o three"_s);
        QVERIFY(document.isUndone({Hash{}, 0, 0}));
    }

    void aRefusedChangeChangesNothing()
    {
        TextDocument document = holding(u"abc"_s);
        const Bytes before = document.encode();
        const TextInsert good{{ElementId{kA, 2}, Side::Right}, 0, U"d"};
        const auto refusedWith = [&](TextStep step) {
            const TextChange change{{good, std::move(step)}};
            const Status status = document.apply(change, kB, knowing(3, 0));
            if (document.check(change, kB, knowing(3, 0)).ok() != status.ok())
                return std::optional(ErrorCode::Failed);
            return status ? std::nullopt : std::optional(status.error().code);
        };
        QCOMPARE(
            refusedWith(TextInsert{{ElementId{kA, 3}, Side::Right}, 1, U"x"}), ErrorCode::NotFound);
        QCOMPARE(
            refusedWith(TextInsert{{ElementId{kB, 0}, Side::Right}, 0, U"x"}), ErrorCode::Refused);
        QCOMPARE(refusedWith(TextInsert{good.place, 1, U"x"}), ErrorCode::Refused);
        QCOMPARE(refusedWith(TextDelete{{{kA, 1, 3}}}), ErrorCode::NotFound);
        QCOMPARE(refusedWith(TextDelete{{{kB, 0, 2}}}), ErrorCode::NotFound);
        QCOMPARE(refusedWith(TextUndelete{}), ErrorCode::NotFound);
        QCOMPARE(refusedWith(TextInsert{{ElementId{kB, 0}, Side::Right}, 1,
                     std::u32string(kMaxTextCharacters - 3, U'x')}),
            ErrorCode::TooLarge);
        QCOMPARE(document.encode(), before);
        // What the author had not seen is not there, though it stands here.
        QVERIFY(!document.apply({{TextDelete{{{kA, 0, 3}}}}}, kB, knowing(2, 0)));
        QVERIFY(document.apply({{good, TextDelete{{{kA, 1, 2}, {kB, 0, 1}}}}}, kB, knowing(3, 0)));
        QCOMPARE(document.text(), u"a"_s);
    }

    void aChangeWithoutEffectLeavesNameableCharactersThatNeverShow()
    {
        TextDocument document = holding(u"abc"_s);
        const TextChange refused{
            {TextInsert{{ElementId{kA, 2}, Side::Right}, 0, U"xyz"}, TextDelete{{{kA, 0, 1}}}}};
        std::vector<TextEdit> edits;
        QVERIFY(document.apply(refused, kB, knowing(3, 0), {}, TextDocument::Effect::None, &edits));
        QCOMPARE(document.text(), u"abc"_s);
        QVERIFY(edits.empty());
        QVERIFY(document.apply({{TextInsert{{ElementId{kB, 2}, Side::Right}, 3, U"!"}}}, kB));
        QCOMPARE(document.text(), u"abc!"_s);
    }

    void typingOnBecomesOneStep()
    {
        TextDocument document;
        TextChange all;
        const QString typed = u"hello wörld"_s;
        for (qsizetype i = 0; i < typed.size(); ++i)
            all.append(write(document, kA, {quint64(i), 0, typed.sliced(i, 1)}), kA);
        for (quint64 i = 0; i < 5; ++i)
            all.append(write(document, kA, {10 - i, 1, {}}), kA);
        QCOMPARE(all.steps.size(), std::size_t(2));
        TextDocument other;
        QVERIFY(other.apply(all, kA));
        QCOMPARE(other.text(), u"hello "_s);
        QCOMPARE(other.encode(), document.encode());
    }

    /// Equal counters of two logs do not make one run.
    void typingBehindAnothersCharacterStaysAStepOfItsOwn()
    {
        TextChange all{{TextInsert{{}, 0, U"ab"}}};
        all.append({{TextInsert{{ElementId{kB, 1}, Side::Right}, 2, U"c"}}}, kA);
        QCOMPARE(all.steps.size(), std::size_t(2));
    }

    void editsBeyondTheTextAreRefused()
    {
        const TextDocument document = holding(u"abc"_s);
        QCOMPARE(document.makeEdit({4, 0, u"x"_s}, kA).error().code, ErrorCode::Usage);
        QCOMPARE(document.makeEdit({1, 3, {}}, kA).error().code, ErrorCode::Usage);
        QCOMPARE(document.makeEdit({~quint64(0), 1, {}}, kA).error().code, ErrorCode::Usage);
        QVERIFY(document.makeEdit({3, 0, {}}, kA)->isEmpty());
        QCOMPARE(document.makeEdit({0, 0, QString(qsizetype(kMaxTextCharacters), u'x')}, kA)
                     .error()
                     .code,
            ErrorCode::TooLarge);
    }

    void pairsAreNeverSplit()
    {
        const QString text = u"a😀b😀😀"_s;
        QCOMPARE(codePointCount(text), quint64(5));
        const std::vector<quint64> expected{0, 1, 1, 2, 3, 3, 4, 4, 5};
        for (std::size_t i = 0; i < expected.size(); ++i)
            QCOMPARE(codePointPosition(text, qsizetype(i)), expected[i]);
        for (quint64 i = 0; i <= 5; ++i)
            QCOMPARE(codePointPosition(text, utf16Position(text, i)), i);
        // Half a pair removed takes the whole.
        QCOMPARE(toCodePoints(text, {2, 1, {}}), (TextEdit{1, 1, {}}));
        QCOMPARE(toCodePoints(text, {1, 1, {}}), (TextEdit{1, 1, {}}));
        QCOMPARE(toCodePoints(text, {2, 0, u"x"_s}), (TextEdit{1, 0, u"x"_s}));
        QCOMPARE(toUtf16(text, {{2, 1, u"😀"_s}, {3, 1, {}}}),
            (std::vector<Utf16Edit>{{3, 1, u"😀"_s}, {5, 2, {}}}));
        // A half that stands alone becomes the replacement character.
        TextDocument document;
        write(document, kA, {0, 0, QString(QChar(0xd83d)) + u"x"_s});
        QCOMPARE(document.text(), u"\uFFFDx"_s);
    }

    /// Every character of these texts is another, so the outcome can be told by characters.
    void aCarriedEditKeepsWhatOthersWrote()
    {
        for (unsigned seed = 1; seed <= 5'000; ++seed) {
            std::mt19937 random(seed);
            const auto below = [&](std::size_t n) { return random() % n; };
            char16_t nextChar = 0x4e00;
            const auto fresh = [&](std::size_t n) {
                QString text;
                for (std::size_t i = 0; i < n; ++i)
                    text += QChar(nextChar++);
                return text;
            };
            const auto anyEdit = [&](const QString& text) {
                const std::size_t at = below(std::size_t(text.size()) + 1);
                return TextEdit{at,
                    below(std::min<std::size_t>(std::size_t(text.size()) - at, 4) + 1),
                    fresh(below(3))};
            };
            const QString old = fresh(12);
            const TextEdit local = anyEdit(old);
            std::vector<TextEdit> since;
            QString now = old;
            for (std::size_t i = 0; i < 1 + below(4); ++i) {
                since.push_back(anyEdit(now));
                now = applyEdits(now, {since.back()});
            }
            const QString result = applyEdits(now, carryEdit(local, since));
            QString expected = now;
            for (quint64 i = 0; i < local.removed; ++i)
                expected.remove(old[qsizetype(local.position + i)]);
            if (local.inserted.isEmpty()) {
                QCOMPARE(result, expected);
                continue;
            }
            QVERIFY2(result.contains(local.inserted), qPrintable(QString::number(seed)));
            QString without = result;
            without.remove(local.inserted);
            QCOMPARE(without, expected);
            // It stays behind the character it was typed after, where that still stands.
            if (local.position > 0 && now.contains(old[qsizetype(local.position - 1)])) {
                QCOMPARE(result.indexOf(local.inserted),
                    result.indexOf(old[qsizetype(local.position - 1)]) + 1);
            }
        }
    }

    void aQuoteStandsAlthoughItsWordsWereDeletedSince()
    {
        TextDocument document;
        write(document, kA, {0, 0, u"I doo not like it"_s});
        write(document, kA, {4, 1, {}}); // a slip, before the quote
        const auto range = document.range(0, 16);
        QVERIFY(range);
        const quint64 all = document.sequence().nextCounter(kA);
        const AuthorPast past = knowing(all, 0);
        QVERIFY(document.stands(u"I do not like it"_s, *range, past));
        QVERIFY(!document.stands(u"I do like it"_s, *range, past));
        QVERIFY(!document.stands(u"I do not like i"_s, *range, past));
        QVERIFY(!document.stands(u"I do not like it."_s, *range, past));
        write(document, kA, {5, 4, {}}); // "not "
        QCOMPARE(document.text(), u"I do like it"_s);
        QVERIFY(document.stands(u"I do not like it"_s, *range, past));
        // What was written into it later is not part of what the quoter saw.
        write(document, kB, {2, 0, u"really "_s});
        QVERIFY(document.stands(u"I do not like it"_s, *range, past));
        QVERIFY(!document.stands(u"I do not like it"_s, *range, AuthorPast::everything()));
        QVERIFY(!document.stands(u"I do not like it"_s, *range, knowing(3, 0)));
        QVERIFY(!document.stands(u"I"_s, {range->last, range->first}, past));
        QVERIFY(!document.range(0, 0));
        QVERIFY(!document.range(18, 2));
    }

    /// A text in as many pieces as it has characters, taken away and given back at once.
    void aTextInSmallPiecesStaysQuick()
    {
        constexpr quint64 kCount = 300'000;
        TextDocument document;
        write(document, kA, {0, 0, QString(qsizetype(kCount), u'x')});
        TextChange pieces;
        for (quint64 i = 0; i < kCount; ++i)
            pieces.steps.emplace_back(TextInsert{{ElementId{kA, i}, Side::Left}, i, U"y"});
        QElapsedTimer timer;
        timer.start();
        QVERIFY(document.apply(pieces, kB));
        std::vector<TextEdit> edits;
        const std::vector<ElementRange> all{{kA, 0, kCount}, {kB, 0, kCount}};
        QVERIFY(document.apply({{TextDelete{all}}}, kB, AuthorPast::everything(), {},
            TextDocument::Effect::Full, &edits));
        QCOMPARE(document.length(), quint64(0));
        QVERIFY(document.apply(
            {{TextUndelete{}}}, kB, AuthorPast::everything(),
            [&](const DeletionName&) { return std::optional(all); }, TextDocument::Effect::Full,
            &edits));
        QCOMPARE(document.length(), 2 * kCount);
        QVERIFY(TextDocument::decode(document.encode()));
        QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    }

    void damagedBytesAreRefusedOrCanonical()
    {
        TextWriters writers(3, 3);
        for (int i = 0; i < 60; ++i)
            QVERIFY(writers.step());
        const Bytes bytes = writers.document(0).encode();
        for (qsizetype size = 0; size < bytes.size(); ++size)
            QVERIFY(!TextDocument::decode(bytes.first(size)));
        for (qsizetype i = 0; i < bytes.size() * 8; ++i) {
            Bytes flipped = bytes;
            flipped[i / 8] = char(flipped[i / 8] ^ (1 << (i % 8)));
            const auto loaded = TextDocument::decode(flipped);
            if (loaded)
                QCOMPARE(loaded->encode(), flipped);
        }
    }
};

QTEST_GUILESS_MAIN(TextDocumentTest)
#include "tst_textdocument.moc"

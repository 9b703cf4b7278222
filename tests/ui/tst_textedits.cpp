// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/scenes.h"
#include "ui/viewmodels/desk.h"
#include "ui/viewmodels/textedits.h"
#include "ui/viewmodels/textsession.h"

#include <QTest>

#include <random>

using namespace Waymark;
using namespace Waymark::Tests;

namespace {

QString randomText(std::mt19937& engine, int most)
{
    static const QStringList letters{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral(" "),
        QStringLiteral("\n"), QStringLiteral("é"), QStringLiteral("😀"), QStringLiteral("\u00A0")};
    QString text;
    for (int i = int(engine() % unsigned(most + 1)); i > 0; --i)
        text += letters.at(engine() % letters.size());
    return text;
}

qsizetype rounded(const QString& text, qsizetype at)
{
    return at > 0 && at < text.size() && text[at].isLowSurrogate() ? at - 1 : at;
}

Utf16Edit randomEdit(std::mt19937& engine, const QString& text)
{
    const qsizetype from = rounded(text, qsizetype(engine() % (text.size() + 1)));
    const qsizetype to
        = rounded(text, std::min<qsizetype>(text.size(), from + qsizetype(engine() % 6)));
    return {from, std::max<qsizetype>(0, to - from), randomText(engine, 3)};
}

} // namespace

class TestTextEdits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { qInfo("seed %u", m_seed); }

    void aDifferenceTurnsOneTextIntoTheOther()
    {
        std::mt19937 engine(m_seed);
        for (int i = 0; i < 20'000; ++i) {
            const QString before = randomText(engine, 12);
            const QString after = applied(before, {randomEdit(engine, before)});
            const qsizetype caret = qsizetype(engine() % (after.size() + 2)) - 1;
            const QList<Utf16Edit> edits = difference(before, after, caret);
            QCOMPARE(applied(before, edits), after);
            for (const Utf16Edit& edit : edits) {
                QCOMPARE(edit.inserted.toUcs4().contains(0xfffd), false);
                QCOMPARE(rounded(before, edit.position), edit.position);
            }
        }
    }

    void aDifferenceStandsWhereTheCaretIs()
    {
        // "a" typed after the first "a" of "aa".
        QCOMPARE(difference(u"aa", u"aaa", 2).first().position, 1);
        QCOMPARE(difference(u"aa", u"aaa", 3).first().position, 2);
    }

    void crossedEditsLeaveOneText()
    {
        std::mt19937 engine(m_seed);
        for (int i = 0; i < 50'000; ++i) {
            const QString text = randomText(engine, 14);
            QList<Utf16Edit> mine;
            QList<Utf16Edit> theirs;
            QString a = text;
            QString b = text;
            for (int k = int(engine() % 4); k > 0; --k) {
                mine.append(randomEdit(engine, a));
                a = applied(a, {mine.last()});
            }
            for (int k = int(engine() % 4); k > 0; --k) {
                theirs.append(randomEdit(engine, b));
                b = applied(b, {theirs.last()});
            }
            const Crossed both = crossed(mine, theirs, i % 2 == 0);
            QCOMPARE(applied(a, both.second), applied(b, both.first));
        }
    }

    void whatNoTextMayHoldIsTakenOut()
    {
        QCOMPARE(
            cleaned(QStringLiteral("a\r\nb\rc\u2028d\u2029e")), QStringLiteral("a\nb\nc\nd\ne"));
        QString bad = QStringLiteral("x");
        bad += QChar(0xd800);
        bad += QChar(u'\0');
        bad += QChar(0xfdd0);
        bad += QChar(0xdc00);
        QCOMPARE(cleaned(bad), QStringLiteral("x"));
        QCOMPARE(cleaned(QStringLiteral("😀\u00A0\t")), QStringLiteral("😀\u00A0\t"));
    }

    void aShadowTellsTheTrueChangeFromAnExaggeratedReport()
    {
        ShadowText shadow;
        shadow.reset(QStringLiteral("hello world"));
        const QString now = QStringLiteral("hello brave world");
        // The document says that everything was replaced.
        const QList<Utf16Edit> edits = shadow.took(0, 11, now.size(), now, 12);
        QCOMPARE(edits, (QList<Utf16Edit>{{6, 0, QStringLiteral("brave ")}}));
    }

    void aTextTypedIntoFromTwoSidesComesToOne()
    {
        for (quint32 seed = m_seed; seed < m_seed + 60; ++seed) {
            std::mt19937 engine(seed);
            FakeWorld world;
            fill(world, Fill::Typical);
            Desk desk(world.ports());
            desk.open();
            world.settle();
            TextSession session(desk, QStringLiteral("why"), nullptr);
            const EntryId id = FakeWorld::entryId(QStringLiteral("teach"));
            session.open(id);
            world.settle();
            QString shown = session.text();
            connect(&session, &TextSession::incoming, this,
                [&shown](const QList<Utf16Edit>& edits) { shown = applied(shown, edits); });
            for (int step = 0; step < 120; ++step) {
                if (engine() % 2 == 0) {
                    const Utf16Edit edit = randomEdit(engine, shown);
                    shown = applied(shown, {edit});
                    session.edit({edit});
                } else {
                    const QString there = world.find(id)->text(u"why");
                    world.remoteEdit(id, QStringLiteral("why"), {randomEdit(engine, there)});
                }
                if (engine() % 3 == 0)
                    QCoreApplication::processEvents();
            }
            world.settle();
            QCOMPARE(session.text(), world.find(id)->text(u"why"));
            QCOMPARE(shown, session.text());
            disconnect(&session, nullptr, this, nullptr);
        }
    }

    void whatIsTypedBeforeTheEntryIsMadeIsInIt()
    {
        FakeWorld world;
        fill(world, Fill::Typical);
        Desk desk(world.ports());
        desk.open();
        world.settle();
        TextSession session(desk, QStringLiteral("body"), nullptr);
        session.openLater([&](const QString& text) {
            EntryChange change;
            change.set.insert(QStringLiteral("body"), text);
            return world.add(world.privateId, QStringLiteral("message"), change)
                .then([](const Result<Written>& written) -> Result<EntryId> {
                    return written.value().id;
                });
        });
        session.edit({{0, 0, QStringLiteral("H")}});
        session.edit({{1, 0, QStringLiteral("ello")}});
        world.settle();
        QVERIFY(session.entry().has_value());
        QVERIFY(session.isKept());
        QCOMPARE(world.find(*session.entry())->text(u"body"), QStringLiteral("Hello"));
    }

private:
    const quint32 m_seed = 20261125;
};

QTEST_GUILESS_MAIN(TestTextEdits)
#include "tst_textedits.moc"

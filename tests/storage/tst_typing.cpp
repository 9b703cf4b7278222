// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/vaultfixture.h"
#include "tests/support/forger.h"

#include <QSignalSpy>

using namespace Waymark;

namespace {

const QString kNotes = QStringLiteral("notes");

/// An editor as a page has one: what it shows, and the number of the text it has seen.
class Editor
{
public:
    Editor(TestJournal& journal, const EntryId& entry)
        : m_journal(journal), m_entry(entry),
          m_spy(&journal.store.notifier(), &ChangeNotifier::textChanged)
    {
        const TextView view = valueOf(journal.store.openText(entry, kNotes));
        m_number = view.number;
        m_text = view.text;
    }

    [[nodiscard]] const QString& text() const { return m_text; }

    /// Takes in what others did since.
    void follow()
    {
        for (const QList<QVariant>& each :
            std::exchange(static_cast<QList<QList<QVariant>>&>(m_spy), {})) {
            if (each.at(0).value<EntryId>() != m_entry)
                continue;
            for (const Utf16Edit& edit : each.at(2).value<QList<Utf16Edit>>())
                m_text.replace(edit.position, edit.removed, edit.inserted);
            m_number = each.at(3).toULongLong();
        }
    }

    Status type(const Utf16Edit& edit)
    {
        const auto number = m_journal.store.editText(m_entry, kNotes, m_number, {edit}).result();
        if (!number)
            return number.error();
        m_text.replace(edit.position, edit.removed, edit.inserted);
        m_number = *number;
        return {};
    }
    /// An edit against a text seen before that of follow(), as one that was under way.
    Status typeLate(quint64 number, const Utf16Edit& edit)
    {
        const auto after = m_journal.store.editText(m_entry, kNotes, number, {edit}).result();
        return after ? Status() : Status(after.error());
    }
    [[nodiscard]] quint64 number() const { return m_number; }

private:
    TestJournal& m_journal;
    EntryId m_entry;
    QSignalSpy m_spy;
    quint64 m_number = 0;
    QString m_text;
};

/// Something that a person may type into this text, on whole characters.
Utf16Edit randomEdit(const QString& text, SeededRandom& random)
{
    static const QStringList pieces{QStringLiteral("a"), QStringLiteral("word "),
        QStringLiteral("🌱"), QStringLiteral("é"), QString(QChar(0x0301)),
        QStringLiteral("👩‍🚀"), QStringLiteral("\n"), QStringLiteral("שלום")};
    const auto whole = [&](qsizetype at) {
        return at > 0 && at < text.size() && text[at].isLowSurrogate() ? at - 1 : at;
    };
    const qsizetype from = whole(qsizetype(random.below(quint64(text.size()) + 1)));
    const qsizetype end = whole(std::min(text.size(), from + qsizetype(random.below(4))));
    Utf16Edit edit{from, random.below(2) ? std::max(from, end) - from : 0, {}};
    if (edit.removed == 0 || random.below(3) == 0)
        edit.inserted = pieces[qsizetype(random.below(quint64(pieces.size())))];
    return edit;
}

QString notesOf(TestJournal& journal, const EntryId& entry)
{
    return journal.field(entry, "notes").toString();
}

} // namespace

class TypingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unsealedEditsSurviveAKill()
    {
        TestJournal lina(QStringLiteral("Lina"));
        const EntryId session
            = lina.add(lina.store.privateSpace(), "session", {{kNotes, QStringLiteral("One.")}});
        Editor editor(lina, session);
        QVERIFY(editor.type({4, 0, QStringLiteral(" Two 🌱.")}));
        QVERIFY(editor.type({0, 3, QStringLiteral("1")}));
        QCOMPARE(notesOf(lina, session), QStringLiteral("One.")); // not sealed yet
        // The files as a kill at this moment leaves them.
        const QString copy = lina.folder.filePath(QStringLiteral("after a kill"));
        Testing::putFiles(copy, Testing::filesOf(lina.store.folder()));
        JournalStore again(copy, lina.executor, lina.clock, lina.random);
        QVERIFY(again.unlock(TestJournal::secret("pass")).result());
        QCOMPARE(valueOf(again.entry(session)).text(u"notes"), QStringLiteral("1. Two 🌱."));
        QVERIFY(valueOf(again.verify()).problems.isEmpty());
    }

    void anEditAgainstAnUnknownNumberIsRefused()
    {
        TestJournal lina(QStringLiteral("Lina"));
        const EntryId session
            = lina.add(lina.store.privateSpace(), "session", {{kNotes, QStringLiteral("ab")}});
        Editor editor(lina, session);
        const quint64 before = editor.number();
        QVERIFY(editor.type({0, 0, QStringLiteral("x")}));
        QVERIFY(editor.type({0, 0, QStringLiteral("y")}));
        for (const quint64 number : {before, editor.number() + 1, ~quint64(0)})
            QCOMPARE(editor.typeLate(number, {0, 0, QStringLiteral("z")}).error().code,
                ErrorCode::Usage);
        // Nor may one reach beyond the text, or into what is not open.
        for (const Utf16Edit& edit : {Utf16Edit{5, 0, QStringLiteral("z")}, Utf16Edit{2, 3, {}},
                 Utf16Edit{-1, 0, QStringLiteral("z")}})
            QCOMPARE(editor.type(edit).error().code, ErrorCode::Usage);
        lina.store.closeText(session, kNotes);
        QCOMPARE(editor.type({0, 0, QStringLiteral("z")}).error().code, ErrorCode::Usage);
        QVERIFY(lina.store.sealAll().result());
        QCOMPARE(notesOf(lina, session), QStringLiteral("yxab"));
    }

    void whatMayNotBeWrittenIsRefusedAtTheKeystroke()
    {
        TestJournal lina(QStringLiteral("Lina"), 1);
        TestJournal tomas(QStringLiteral("Tomás"), 2);
        const SpaceId space = pairUp(lina, tomas, Role::Mentee, Role::Mentor);
        const EntryId goal
            = lina.add(space, "goal", {{QStringLiteral("why"), QStringLiteral("Mine")}});
        level(lina, tomas, space);
        const QString why = QStringLiteral("why");
        const auto typing = [&](TestJournal& journal, const EntryId& id, const QString& field) {
            const TextView view = valueOf(journal.store.openText(id, field));
            const auto typed
                = journal.store.editText(id, field, view.number, {{0, 0, QStringLiteral("x")}})
                      .result();
            return typed ? ErrorCode::Failed : typed.error().code;
        };
        QCOMPARE(typing(tomas, goal, why), ErrorCode::Refused);
        QVERIFY(lina.store.remove(goal).result().ok());
        QCOMPARE(typing(lina, goal, why), ErrorCode::Refused);
        const EntryId reflection = lina.add(
            lina.store.privateSpace(), "goal", {{QStringLiteral("why"), QStringLiteral("Shared")}});
        valueOf(lina.store.share(reflection, space));
        QCOMPARE(typing(lina, reflection, why), ErrorCode::Refused);
        for (TestJournal* each : {&lina, &tomas}) {
            QVERIFY(each->store.lock().result());
            QVERIFY(each->store.unlock(TestJournal::secret("pass")).result());
            verifyClean(*each);
        }
    }

    void whatIsTypedIsSealedBeforeTheOthersEdit()
    {
        TestJournal lina(QStringLiteral("Lina"), 1);
        TestJournal tomas(QStringLiteral("Tomás"), 2);
        const SpaceId space = pairUp(lina, tomas, Role::Peer, Role::Peer);
        const EntryId session = lina.add(space, "session", {{kNotes, QStringLiteral("ab")}});
        level(lina, tomas, space);
        Editor editor(lina, session);
        QVERIFY(editor.type({2, 0, QStringLiteral("c")}));
        QVERIFY(tomas.set(session, {{kNotes, QStringLiteral("")}}));
        carry(tomas, lina, space);
        // Her operation does not know of his, though it was made in the same transaction.
        const QList<HistoryItem> history = valueOf(lina.store.history(session));
        QStringList edits;
        for (const HistoryItem& each : history) {
            if (each.change == QStringLiteral("edit"))
                edits.append(each.value.toString());
        }
        edits.sort();
        QCOMPARE(edits, (QStringList{QString(), QStringLiteral("ab"), QStringLiteral("abc")}));
        editor.follow();
        QCOMPARE(editor.text(), QStringLiteral("c"));
        level(lina, tomas, space);
        QCOMPARE(notesOf(tomas, session), QStringLiteral("c"));
    }

    void lateEditsAreCarriedOverWhatCameSince()
    {
        TestJournal lina(QStringLiteral("Lina"), 1);
        TestJournal tomas(QStringLiteral("Tomás"), 2);
        const SpaceId space = pairUp(lina, tomas, Role::Peer, Role::Peer);
        const EntryId session = lina.add(space, "session", {{kNotes, QStringLiteral("one two")}});
        level(lina, tomas, space);
        Editor editor(lina, session);
        const quint64 seen = editor.number();
        QVERIFY(tomas.set(session, {{kNotes, QStringLiteral("🌱🌱 one two")}}));
        carry(tomas, lina, space);
        QVERIFY(editor.typeLate(seen, {4, 3, QStringLiteral("2")}));
        QVERIFY(lina.store.sealAll().result());
        QCOMPARE(notesOf(lina, session), QStringLiteral("🌱🌱 one 2"));
        // A second editor of the same text does not make the first one's number unknown.
        const quint64 mine = valueOf(lina.store.openText(session, kNotes)).number;
        QVERIFY(editor.typeLate(mine, {0, 0, QStringLiteral("!")}));
    }

    void randomTypingConverges_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 8; ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }
    void randomTypingConverges()
    {
        QFETCH(int, seed);
        TestJournal lina(QStringLiteral("Lina"), quint64(seed) * 2);
        TestJournal tomas(QStringLiteral("Tomás"), quint64(seed) * 2 + 1);
        const SpaceId space = pairUp(lina, tomas, Role::Peer, Role::Peer);
        const EntryId session
            = lina.add(space, "session", {{kNotes, QStringLiteral("Hello 👩‍🚀 world")}});
        level(lina, tomas, space);
        SeededRandom random{quint64(seed)};
        std::array<TestJournal*, 2> journals{&lina, &tomas};
        std::array<std::unique_ptr<Editor>, 2> editors{
            std::make_unique<Editor>(lina, session), std::make_unique<Editor>(tomas, session)};
        for (int i = 0; i < 250; ++i) {
            const auto who = std::size_t(random.below(2));
            switch (random.below(12)) {
            case 0:
                QVERIFY(journals[who]->store.seal(session).result().ok());
                break;
            case 1:
                carry(*journals[1 - who], *journals[who], space);
                break;
            case 2: {
                // Typed before the other's edits were shown.
                const quint64 number = editors[who]->number();
                const Utf16Edit edit = randomEdit(editors[who]->text(), random);
                QVERIFY(journals[1 - who]->store.sealAll().result());
                carry(*journals[1 - who], *journals[who], space);
                QVERIFY(editors[who]->typeLate(number, edit));
                editors[who] = std::make_unique<Editor>(*journals[who], session);
                break;
            }
            default:
                editors[who]->follow();
                QVERIFY(editors[who]->type(randomEdit(editors[who]->text(), random)));
            }
        }
        QVERIFY(lina.store.sealAll().result());
        QVERIFY(tomas.store.sealAll().result());
        level(lina, tomas, space);
        QCOMPARE(notesOf(lina, session), notesOf(tomas, session));
        for (std::size_t i = 0; i < 2; ++i) {
            editors[i]->follow();
            QCOMPARE(editors[i]->text(), notesOf(*journals[i], session));
            verifyClean(*journals[i]);
        }
    }

    void plantedWordsStandInNoFile()
    {
        TestJournal lina(QStringLiteral("Zebulonia"), 1);
        TestJournal tomas(QStringLiteral("Quirinius"), 2);
        const SpaceId space = pairUp(lina, tomas, Role::Mentee, Role::Mentor);
        const EntryId goal = lina.add(lina.store.privateSpace(), "goal",
            {{QStringLiteral("title"), QStringLiteral("Xylophonia")},
                {QStringLiteral("why"), QStringLiteral("Becausitude")}});
        valueOf(lina.store.share(goal, space));
        const EntryId session
            = lina.add(space, "session", {{kNotes, QStringLiteral("Wintergreenish")}});
        Editor editor(lina, session);
        QVERIFY(editor.type({0, 0, QStringLiteral("Kaleidoscopia ")}));
        (void)valueOf(lina.store.search(QStringLiteral("xylo"), 5));
        level(lina, tomas, space);
        const auto nothingIn = [](const QString& folder) {
            for (const auto& [name, bytes] : Testing::filesOf(folder)) {
                for (const char* word : {"ebulonia", "uirinius", "ylophon", "ecausitude",
                         "intergreen", "aleidoscop", "ogether", "session"}) {
                    const QByteArray wide(
                        reinterpret_cast<const char*>(QString::fromLatin1(word).utf16()),
                        2 * qsizetype(qstrlen(word)));
                    if (bytes.contains(word) || bytes.contains(wide))
                        return false;
                }
            }
            return true;
        };
        QVERIFY(nothingIn(lina.store.folder()));
        const QString copy = lina.folder.filePath(QStringLiteral("after a kill"));
        Testing::putFiles(copy, Testing::filesOf(lina.store.folder()));
        QVERIFY(nothingIn(copy));
        JournalStore again(copy, lina.executor, lina.clock, lina.random);
        QVERIFY(again.unlock(TestJournal::secret("pass")).result());
        QVERIFY(nothingIn(copy));
        QVERIFY(again.lock().result());
        QVERIFY(nothingIn(copy));
        QVERIFY(lina.store.lock().result());
        QVERIFY(nothingIn(lina.store.folder()));
    }
};

QTEST_GUILESS_MAIN(TypingTest)
#include "tst_typing.moc"

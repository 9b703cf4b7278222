// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/programs.h"

using namespace Waymark::Testing;

namespace {

constexpr int kTurns = 4; // each finishes a pairing

QJsonObject rowOf(const Program& program, const QString& space, bool asker = false)
{
    for (const QJsonValue& row : program.run("pair list").array()) {
        const bool asks = !row[QLatin1String("of")].isNull();
        if (row[QLatin1String("space")] == space && asks == asker)
            return row.toObject();
    }
    return {};
}

QString stateOf(const Program& program, const QString& space, bool asker = false)
{
    return rowOf(program, space, asker).value(QLatin1String("state")).toString();
}

} // namespace

/// The verbs of pairing and sync, by people with vaults of their own and a relay between them.
class CliPairingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_relay = std::make_unique<RelayProgram>(m_folder->filePath(QStringLiteral("relay")));
        m_lina = std::make_unique<Program>(m_folder->filePath(QStringLiteral("lina")));
        m_tomas = std::make_unique<Program>(m_folder->filePath(QStringLiteral("tomas")));
        m_lina->makeVault("Lina");
        m_tomas->makeVault("Tomás");
        m_space
            = m_lina->run("space create --role mentee --name", {QStringLiteral("Ours")}).text("id");
    }

    void twoPairAndBringEachOtherLevel()
    {
        const Ended invited = invite({QStringLiteral("--accept-first")});
        QCOMPARE(
            invited.object().keys(), (QStringList{QStringLiteral("id"), QStringLiteral("link")}));
        QCOMPARE(stateOf(*m_lina, m_space), QStringLiteral("open"));
        const Ended accepted = m_tomas->run("pair accept", {invited.text("link")});
        QCOMPARE(accepted.text("space"), m_space);
        QCOMPARE(stateOf(*m_tomas, m_space), QStringLiteral("asked"));

        // Until one is let in, nothing can be written there.
        QCOMPARE(m_tomas->run("entry add message --set body=x --space", {m_space}).status, 5);

        takeTurns(kTurns);
        for (const Program* each : {m_lina.get(), m_tomas.get()})
            QCOMPARE(stateOf(*each, m_space), QStringLiteral("paired"));
        QCOMPARE(stateOf(*m_lina, m_space, /*asker*/ true), QStringLiteral("paired"));

        const QString number = m_lina->run("pair safety-number", {m_space}).text("number");
        QCOMPARE(number.size(), 60);
        QCOMPARE(m_tomas->run("pair safety-number", {m_space}).text("number"), number);
        const QJsonObject space = m_tomas->run("space show", {m_space}).object();
        QCOMPARE(space.value(QLatin1String("role")).toString(), QStringLiteral("mentor"));
        QCOMPARE(space.value(QLatin1String("members")).toArray().size(), 2);

        QCOMPARE(invite().status, 5); // it has its two

        QCOMPARE(m_lina->run("entry add message --set body=hello --space", {m_space}).status, 0);
        QJsonObject status = m_lina->run("status").object();
        QCOMPARE(status.value(QLatin1String("outbox")).toInt(), 1);
        QCOMPARE(status.value(QLatin1String("unsent")).toInt(), 1);
        QCOMPARE(status[QLatin1String("peers")][0][QLatin1String("name")].toString(),
            QStringLiteral("Tomás"));
        QCOMPARE(status[QLatin1String("peers")][0][QLatin1String("received")].toBool(), false);
        takeTurns(2);
        status = m_lina->run("status").object();
        QCOMPARE(status.value(QLatin1String("outbox")).toInt(), 0);
        QCOMPARE(status[QLatin1String("peers")][0][QLatin1String("received")].toBool(), true);
        const QJsonArray entries = m_tomas->run("entry list").array();
        QCOMPARE(entries, m_lina->run("entry list").array());
        QCOMPARE(entries.size(), 1);

        // Only another acknowledges, and both see it.
        const QString id = entries[0][QLatin1String("id")].toString();
        QCOMPARE(m_lina->run("entry acknowledge", {id}).status, 5);
        QCOMPARE(m_tomas->run("entry acknowledge", {id}).status, 0);
        QCOMPARE(m_tomas
                     ->run({QStringLiteral("entry"), QStringLiteral("set"), id,
                         QStringLiteral("--set"), QStringLiteral("body=mine")})
                     .status,
            5);
        takeTurns(2);
        const QJsonObject shown = m_lina->run("entry show", {id}).object();
        QCOMPARE(shown.value(QLatin1String("acknowledged")).toArray().size(), 1);
    }

    void whoAsksIsLetInByHandOrTurnedAway()
    {
        const QString link = invite().text("link");
        Program mallory(m_folder->filePath(QStringLiteral("mallory")));
        mallory.makeVault("Mallory");
        QCOMPARE(mallory.run("pair accept", {link}).status, 0);
        QCOMPARE(mallory.run("sync --once").status, 0);
        QCOMPARE(m_lina->run("sync --once").status, 0);
        QJsonObject asker = rowOf(*m_lina, m_space, /*asker*/ true);
        QCOMPARE(asker.value(QLatin1String("state")).toString(), QStringLiteral("asked"));
        QCOMPARE(asker.value(QLatin1String("name")).toString(), QStringLiteral("Mallory"));
        const QString id = asker.value(QLatin1String("id")).toString().left(10);
        QCOMPARE(m_lina->run("pair turn-away", {id}).status, 0);
        QCOMPARE(m_lina->run("sync --once").status, 0);
        QCOMPARE(mallory.run("sync --once").status, 0);
        QCOMPARE(stateOf(mallory, m_space), QStringLiteral("used"));
        QCOMPARE(mallory.run("space list").array().size(), 1);

        const QString second = invite().text("link");
        QCOMPARE(m_tomas->run("pair accept", {second}).status, 0);
        takeTurns(1);
        QCOMPARE(m_lina->run("sync --once").status, 0);
        for (const QJsonValue& row : m_lina->run("pair list").array()) {
            if (row[QLatin1String("name")].toString() == QStringLiteral("Tomás")
                && row[QLatin1String("state")].toString() == QStringLiteral("asked"))
                asker = row.toObject();
        }
        QCOMPARE(asker.value(QLatin1String("name")).toString(), QStringLiteral("Tomás"));
        QCOMPARE(
            m_lina->run("pair confirm", {asker.value(QLatin1String("id")).toString()}).status, 0);
        takeTurns(kTurns);
        QCOMPARE(stateOf(*m_tomas, m_space), QStringLiteral("paired"));
    }

    void anInvitationIsTakenBack()
    {
        const Ended invited = invite();
        QCOMPARE(m_lina->run("pair withdraw", {invited.text("id").left(8)}).status, 0);
        QCOMPARE(stateOf(*m_lina, m_space), QStringLiteral("withdrawn"));
        QCOMPARE(m_lina->run("sync --once").status, 0);
        QCOMPARE(m_lina->run("pair withdraw", {QStringLiteral("0123")}).status, 4);
    }

    void whatCannotBeInvitedOrAcceptedIsSaid()
    {
        QString home;
        for (const QJsonValue& space : m_lina->run("space list").array()) {
            if (space[QLatin1String("private")].toBool())
                home = space[QLatin1String("id")].toString();
        }
        QCOMPARE(
            m_lina
                ->run("pair invite --role peer",
                    {QStringLiteral("--relay"), m_relay->url(), QStringLiteral("--space"), home})
                .status,
            5);
        QCOMPARE(m_tomas->run("pair accept", {QStringLiteral("waymark:pair#AAAA")}).status, 2);
        const QString link = invite().text("link");
        QCOMPARE(m_lina->run("pair accept", {link}).status, 5); // one's own space

        m_relay->stop();
        Program other(m_folder->filePath(QStringLiteral("other")));
        other.makeVault("Other");
        const QString space
            = other.run("space create --role peer --name", {QStringLiteral("N")}).text("id");
        const Ended unreachable = other.run("pair invite --role peer",
            {QStringLiteral("--relay"), m_relay->url(), QStringLiteral("--space"), space});
        QCOMPARE(unreachable.status, 6);
        QVERIFY(other.run("pair list").array().isEmpty());
    }

    void withoutTheRelayAllIsKeptAndGoesLater()
    {
        const QString link = invite({QStringLiteral("--accept-first")}).text("link");
        QCOMPARE(m_tomas->run("pair accept", {link}).status, 0);
        takeTurns(kTurns);
        m_relay->stop();
        QCOMPARE(m_lina->run("entry add message --set body=later --space", {m_space}).status, 0);
        const Ended failed = m_lina->run("sync --once --timeout 10");
        QCOMPARE(failed.status, 6);
        QVERIFY(failed.out.isEmpty());
        QCOMPARE(m_lina->run("status").object().value(QLatin1String("unsent")).toInt(), 1);
        m_relay->startAgain();
        takeTurns(2);
        QCOMPARE(m_tomas->run("entry list").array().size(), 1);
    }

private:
    Ended invite(const QStringList& more = {})
    {
        return m_lina->run("pair invite --role mentor",
            QStringList{
                QStringLiteral("--space"), m_space, QStringLiteral("--relay"), m_relay->url()}
                + more);
    }
    void takeTurns(int count)
    {
        for (int i = 0; i < count; ++i) {
            for (const Program* each : {m_lina.get(), m_tomas.get()}) {
                const Ended turn = each->run("sync --once --timeout 20");
                QVERIFY2(turn.status == 0, turn.err.constData());
            }
        }
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<RelayProgram> m_relay;
    std::unique_ptr<Program> m_lina;
    std::unique_ptr<Program> m_tomas;
    QString m_space;
};

QTEST_GUILESS_MAIN(CliPairingTest)
#include "tst_clipairing.moc"

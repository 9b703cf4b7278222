// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/exitstatus.h"
#include "app/commands/verbs.h"
#include "tests/commands/fakecommandline.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace Waymark;
using namespace Waymark::Testing;

namespace {

/// Every code, in the order of the enumeration.
QList<ErrorCode> allCodes()
{
    QList<ErrorCode> codes;
    for (int i = 0; i <= int(ErrorCode::Timeout); ++i)
        codes.append(ErrorCode(i));
    return codes;
}

QString documentText()
{
    QFile file(QStringLiteral(WAYMARK_SOURCE_DIR "/docs/CLI.md"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

class ExitStatusTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachCodeEndsWithItsStatus_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("status");
        const std::pair<int, QList<const char*>> table[]{
            {1,
                {"failed", "cancelled", "disk.full", "disk.readOnly", "disk.failed", "vault.exists",
                    "vault.inUse", "vault.newer", "vault.cipherMissing", "relay.storeNewer",
                    "relay.storeInUse", "relay.addressInUse"}},
            {2, {"usage", "ambiguous", "link.invalid"}},
            {3,
                {"vault.locked", "vault.wrongPassphrase", "vault.wrongRecovery",
                    "vault.recoveryForm"}},
            {4, {"notFound", "vault.missing"}},
            {5,
                {"refused", "tooLarge", "log.stopped", "link.expired", "link.used",
                    "pairing.refused"}},
            {6,
                {"handshake.failed", "session.broken", "relay.unreachable", "relay.protocol",
                    "relay.refused", "relay.queueMissing", "relay.queueFull", "relay.tooLarge",
                    "relay.rateLimited", "relay.notAuthorized", "relay.storageFull", "timeout"}},
            {7,
                {"vault.headerDamaged", "vault.headerTampered", "vault.headerMissing",
                    "vault.databaseMissing", "vault.databaseDamaged", "vault.databaseSwapped",
                    "vault.costRefused", "operation.damaged", "message.undecryptable",
                    "message.malformed", "relay.storeDamaged"}},
        };
        qsizetype rows = 0;
        for (const auto& [status, codes] : table) {
            for (const char* code : codes)
                QTest::newRow(code) << QString::fromLatin1(code) << status;
            rows += codes.size();
        }
        QCOMPARE(rows, allCodes().size());
    }
    void eachCodeEndsWithItsStatus()
    {
        QFETCH(QString, code);
        QFETCH(int, status);
        int found = 0;
        for (const ErrorCode each : allCodes()) {
            if (code == QLatin1String(codeName(each))) {
                QCOMPARE(int(exitStatus(each)), status);
                ++found;
            }
        }
        QCOMPARE(found, 1);
    }

    void everySentenceSaysSomethingOfItsOwn()
    {
        QSet<QString> sentences;
        for (const ErrorCode code : allCodes()) {
            const QString sentence = errorSentence({code, {}});
            QVERIFY(sentence.endsWith(u'.'));
            QVERIFY2(!sentences.contains(sentence), codeName(code));
            sentences.insert(sentence);
        }
    }

    void aFailureOfThePortsIsTheStatus_data()
    {
        QTest::addColumn<int>("code");
        for (const ErrorCode code : allCodes())
            QTest::newRow(codeName(code)) << int(code);
    }
    void aFailureOfThePortsIsTheStatus()
    {
        QFETCH(int, code);
        FakeCommandLine line;
        line.vault.open = false;
        line.vault.failNext(ErrorCode(code), QStringLiteral("the detail"));
        const CommandRun run = line.json("space list");
        QCOMPARE(run.status, int(exitStatus(ErrorCode(code))));
        QCOMPARE(run.errorCode(), QLatin1String(codeName(ErrorCode(code))));
        QVERIFY(run.errorMessage().contains(QLatin1String("the detail"), Qt::CaseInsensitive));
        QVERIFY(run.out.isEmpty());
    }

    void theDocumentNamesEveryVerbAndNoOther()
    {
        QSet<QString> written;
        static const QRegularExpression heading(
            QStringLiteral("^### `([a-z -]+)`$"), QRegularExpression::MultilineOption);
        for (auto it = heading.globalMatch(documentText()); it.hasNext();)
            written.insert(it.next().captured(1));
        QSet<QString> real;
        for (const Verb& verb : allVerbs())
            real.insert(QString::fromLatin1(verb.name));
        QCOMPARE(written, real);
    }

    void theDocumentNamesEveryOptionOfAVerb()
    {
        const QString text = documentText();
        for (const Verb& verb : allVerbs()) {
            const qsizetype from
                = text.indexOf(QStringLiteral("\n### `%1`\n").arg(QLatin1String(verb.name)));
            QVERIFY2(from >= 0, verb.name);
            qsizetype to = text.indexOf(QStringLiteral("\n##"), from + 1);
            to = to < 0 ? text.size() : to;
            const QString section = text.mid(from, to - from);
            for (const Option& option : verb.options) {
                const bool isPositional = option.form == Option::Form::Positional
                    || option.form == Option::Form::PositionalList;
                const QString name = isPositional
                    ? QString::fromLatin1(option.label)
                    : QStringLiteral("--") + QLatin1String(option.name);
                QVERIFY2(
                    section.contains(name), qPrintable(QLatin1String(verb.name) + u' ' + name));
            }
        }
    }

    void theDocumentHasTheStatusOfEveryCode()
    {
        const QString text = documentText();
        for (const ErrorCode code : allCodes()) {
            const QString row = QStringLiteral("| `%1` | %2 |")
                                    .arg(QLatin1String(codeName(code)))
                                    .arg(int(exitStatus(code)));
            QVERIFY2(text.contains(row), qPrintable(row));
        }
    }
};

QTEST_GUILESS_MAIN(ExitStatusTest)
#include "tst_exitstatus.moc"

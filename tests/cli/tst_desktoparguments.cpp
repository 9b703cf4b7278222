// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

/// The app's own program, as far as it goes without a window.
class DesktopArgumentsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatMeansNothingIsSaidAndOpensNoVault_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("said");
        const auto row = [](const char* argument, const char* value, const char* said) {
            QTest::addRow("%s", argument) << QStringList{QLatin1String(argument)}
                    + (value ? QStringList{QLatin1String(value)} : QStringList())
                                          << QByteArray(said);
        };
        row("some/folder", nullptr, "--vault DIR");
        row("--scheme", "sepia", "light, dark");
        row("--text-size", "huge", "80 to 200");
        row("--text-size", "500", "80 to 200");
        row("--clock", "noon", "2026-11-25T17:20:00+03:00");
    }
    void whatMeansNothingIsSaidAndOpensNoVault()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, said);
        const QTemporaryDir home;
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        environment.insert(QStringLiteral("HOME"), home.path());
        environment.insert(QStringLiteral("XDG_DATA_HOME"), home.path());
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(WAYMARK_APP), arguments);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 2);
        QVERIFY2(process.readAllStandardError().contains(said), said.constData());
        QVERIFY(QDir(home.path()).isEmpty());
    }
};

QTEST_GUILESS_MAIN(DesktopArgumentsTest)
#include "tst_desktoparguments.moc"

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/schema.h"

#include <QFile>
#include <QTest>

using namespace Waymark;

namespace {

QString mergeName(Merge merge)
{
    switch (merge) {
    case Merge::Register:
        return QStringLiteral("register");
    case Merge::Set:
        return QStringLiteral("set");
    case Merge::List:
        return QStringLiteral("list");
    case Merge::Text:
        return QStringLiteral("text");
    }
    return {};
}

QString typeName(ValueType type)
{
    switch (type) {
    case ValueType::Text:
        return QStringLiteral("text");
    case ValueType::Number:
        return QStringLiteral("number");
    case ValueType::Percent:
        return QStringLiteral("percent");
    case ValueType::Mood:
        return QStringLiteral("mood");
    case ValueType::Flag:
        return QStringLiteral("flag");
    case ValueType::Date:
        return QStringLiteral("date");
    case ValueType::Moment:
        return QStringLiteral("moment");
    case ValueType::Zone:
        return QStringLiteral("zone");
    case ValueType::Status:
        return QStringLiteral("status");
    case ValueType::Tone:
        return QStringLiteral("tone");
    case ValueType::Entry:
        return QStringLiteral("entry");
    case ValueType::Parent:
        return QStringLiteral("parent");
    case ValueType::Person:
        return QStringLiteral("person");
    case ValueType::Quote:
        return QStringLiteral("quote");
    }
    return {};
}

} // namespace

class SchemaTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDocumentListsEveryFieldAsItIs()
    {
        QStringList expected;
        for (const Kind* kind : allKinds()) {
            const QString name = QLatin1String(kind->name);
            if (kind->fields.empty())
                expected.append(QStringLiteral("| %1 | | | |").arg(name));
            for (const Field& field : kind->fields)
                expected.append(QStringLiteral("| %1 | %2 | %3 | %4 |")
                                    .arg(name, QLatin1String(field.name), mergeName(field.merge),
                                        typeName(field.type)));
        }
        QFile file(qEnvironmentVariable("WAYMARK_TEST_DATA")
            + QStringLiteral("/../../docs/protocol/journal.md"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll());
        const qsizetype begin = text.indexOf(QStringLiteral("| kind | field |"));
        const qsizetype end = text.indexOf(QStringLiteral("\n\n"), begin);
        QVERIFY(begin >= 0 && end >= 0);
        QCOMPARE(text.mid(begin, end - begin).split(QLatin1Char('\n')).mid(2), expected);
    }

    void kindsAndFieldsAreFoundByName()
    {
        QCOMPARE(findKind("goal")->name, "goal");
        QVERIFY(!findKind("wish") && !findKind("goa") && !findKind(""));
        QCOMPARE(findField("goal", "why")->merge, Merge::Text);
        QVERIFY(!findField("goal", "body") && !findField("wish", "why"));
    }
};

QTEST_GUILESS_MAIN(SchemaTest)
#include "tst_schema.moc"

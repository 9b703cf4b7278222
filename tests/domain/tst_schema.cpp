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

QString typeName(const Field& field)
{
    QStringList words;
    for (const char* word : field.words)
        words.append(QLatin1String(word));
    const QString any = words.join(QStringLiteral(", "));
    switch (field.type) {
    case ValueType::Text:
        return QStringLiteral("text");
    case ValueType::Label:
        return QStringLiteral("label");
    case ValueType::Number:
        return QStringLiteral("number");
    case ValueType::Count:
        return QStringLiteral("count");
    case ValueType::Percent:
        return QStringLiteral("percent");
    case ValueType::Scale:
        return QStringLiteral("scale");
    case ValueType::Flag:
        return QStringLiteral("flag");
    case ValueType::Date:
        return QStringLiteral("date");
    case ValueType::Period:
        return QStringLiteral("period");
    case ValueType::Moment:
        return QStringLiteral("moment");
    case ValueType::Zone:
        return QStringLiteral("zone");
    case ValueType::Hours:
        return QStringLiteral("hours");
    case ValueType::Language:
        return QStringLiteral("language");
    case ValueType::Word:
        return QStringLiteral("one of: ") + any;
    case ValueType::Words:
        return QStringLiteral("array of: ") + any;
    case ValueType::Any:
        return QStringLiteral("any");
    case ValueType::Entry:
        return QStringLiteral("entry");
    case ValueType::Parent:
        return QStringLiteral("parent");
    case ValueType::Person:
        return QStringLiteral("person");
    case ValueType::Subject:
        return QStringLiteral("subject");
    case ValueType::Space:
        return QStringLiteral("space");
    case ValueType::Copy:
        return QStringLiteral("copy");
    case ValueType::Quote:
        return QStringLiteral("quote");
    }
    return {};
}

QString rowOf(const QString& kind, const Field& field)
{
    return QStringLiteral("| %1 | %2 | %3 | %4 |")
        .arg(kind, QLatin1String(field.name), mergeName(field.merge), typeName(field));
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
                expected.append(rowOf(name, field));
            const Bytes text("text.TEMPLATE.FIELD"), value("value.TEMPLATE.FIELD");
            for (const Bytes& answer : {text, value}) {
                const Bytes fieldName = answer.toLower(); // the field is named by these bytes
                const auto field = kind->find(fieldName);
                QCOMPARE(field.has_value(), kind->templated);
                if (field)
                    expected.append(rowOf(name, *field)
                                        .replace(QLatin1String("template.field"),
                                            QLatin1String("TEMPLATE.FIELD")));
            }
        }
        QFile file(qEnvironmentVariable("WAYMARK_TEST_DATA")
            + QStringLiteral("/../../docs/protocol/journal.md"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QString text = QString::fromUtf8(file.readAll());
        const qsizetype begin = text.indexOf(QStringLiteral("| kind | field |"));
        const qsizetype end = text.indexOf(QStringLiteral("\n\n"), begin);
        QVERIFY(begin >= 0 && end >= 0);
        const QStringList lines = text.mid(begin, end - begin).split(QLatin1Char('\n'));
        if (qEnvironmentVariableIsSet("WAYMARK_REWRITE")) {
            text.replace(begin, end - begin, (lines.mid(0, 2) + expected).join(QLatin1Char('\n')));
            QVERIFY(file.resize(0) && file.write(text.toUtf8()) > 0);
            return;
        }
        QCOMPARE(lines.mid(2), expected);
    }

    void kindsAndFieldsAreFoundByName()
    {
        QCOMPARE(findKind("goal")->name, "goal");
        QVERIFY(!findKind("wish") && !findKind("goa") && !findKind(""));
        QCOMPARE(findField("goal", "why")->merge, Merge::Text);
        QVERIFY(!findField("goal", "body") && !findField("wish", "why"));
    }

    void anAnswersFieldSaysHowItMerges()
    {
        const Bytes text("text.weekly.moved"), value("value.my-own.energy2");
        QCOMPARE(findField("reflection", text)->merge, Merge::Text);
        QCOMPARE(Bytes(findField("reflection", text)->name), text);
        QCOMPARE(findField("goal", value)->merge, Merge::Register);
        QCOMPARE(findField("goal", value)->type, ValueType::Any);
        QVERIFY(!findField("message", text) && !findField("milestone", value));
        for (const char* name : {"text.weekly", "text.weekly.", "text..moved", "text.Weekly.moved",
                 "text.weekly.moved.on", "set.weekly.moved", "text.weekly.what moved",
                 "text.a.bcdefghijklmnopqrstuvwxyzbcdefghijklmnopqrstuvwxyzbcdefghijklmnopq"})
            QVERIFY2(!findField("reflection", name), name);
        QVERIFY(!findField("reflection", Bytes("text.a.b\0c", 10)));
    }
};

QTEST_GUILESS_MAIN(SchemaTest)
#include "tst_schema.moc"

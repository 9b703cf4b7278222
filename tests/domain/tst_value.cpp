// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/cbor.h"
#include "app/domain/schema.h"
#include "app/domain/value.h"

#include <QJsonArray>
#include <QTest>

using namespace Waymark;

namespace {

constexpr const char* kWords[] = {"proposed", "b"};

Bytes encoded(const std::function<void(Cbor::Writer&)>& write)
{
    Cbor::Writer out;
    write(out);
    return out.take();
}

} // namespace

class ValueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jsonGoesToCborAndBack_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<QJsonValue>("json");
        QTest::addColumn<QString>("cbor");
        const auto row
            = [](const char* name, ValueType type, const QJsonValue& json, const char* hex) {
                  QTest::newRow(name) << int(type) << json << QString::fromLatin1(hex);
              };
        const QString id(32, QLatin1Char('a'));
        row("text", ValueType::Text, QStringLiteral("é"), "62c3a9");
        row("whole number", ValueType::Number, 3.0, "03");
        row("negative", ValueType::Number, -500, "3901f3");
        row("half", ValueType::Number, 0.5, "f93800");
        row("single", ValueType::Number, 100000.5, "fa47c35040");
        row("double", ValueType::Number, 2.1, "fb4000cccccccccccd");
        row("greatest integer", ValueType::Number, double(kMaxInteger), "1b001fffffffffffff");
        row("beyond it", ValueType::Number, 1e300, "fb7e37e43c8800759c");
        row("percent", ValueType::Percent, 100, "1864");
        row("mood", ValueType::Scale, 5, "05");
        row("true", ValueType::Flag, true, "f5");
        row("false", ValueType::Flag, false, "f4");
        row("date", ValueType::Date, QStringLiteral("2026-02-28"), "6a323032362d30322d3238");
        row("moment", ValueType::Moment, QStringLiteral("2026-11-25T17:20:00+03:00"),
            "7819323032362d31312d32355431373a32303a30302b30333a3030");
        row("zone", ValueType::Zone, QStringLiteral("Europe/Dublin"),
            "6d4575726f70652f4475626c696e");
        row("word", ValueType::Word, QStringLiteral("proposed"), "6870726f706f736564");
        row("words", ValueType::Words, QJsonArray{QStringLiteral("b"), QStringLiteral("proposed")},
            "82616268"
            "70726f706f736564");
        row("period", ValueType::Period,
            QJsonArray{QStringLiteral("2026-12-24"), QStringLiteral("2027-01-03")},
            "826a323032362d31322d32346a323032372d30312d3033");
        row("one day", ValueType::Period,
            QJsonArray{QStringLiteral("2026-12-24"), QStringLiteral("2026-12-24")},
            "826a323032362d31322d32346a323032362d31322d3234");
        row("hours", ValueType::Hours, QStringLiteral("09:00-18:00"), "6b30393a30302d31383a3030");
        row("hours over midnight", ValueType::Hours, QStringLiteral("22:30-06:00"),
            "6b32323a33302d30363a3030");
        row("count", ValueType::Count, 1440, "1905a0");
        row("label", ValueType::Label, QStringLiteral("x"), "6178");
        for (const char* tag : {"ar", "pt-BR", "zh-Hant-TW", "de-1996", "es-419", "sl-rozaj-biske",
                 "de-a-value", "en-x-mine", "gsw", "zh-yue"})
            QTest::newRow(tag) << int(ValueType::Language) << QJsonValue(QString::fromLatin1(tag))
                               << QString::fromLatin1(textValue(QString::fromLatin1(tag)).toHex());
        row("any text", ValueType::Any, QStringLiteral("2027-01-30"), "6a323032372d30312d3330");
        row("any number", ValueType::Any, 4, "04");
        row("any half", ValueType::Any, 0.5, "f93800");
        row("any flag", ValueType::Any, true, "f5");
        row("subject", ValueType::Subject, id, "50aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
        row("space", ValueType::Space, id, "50aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
        row("entry", ValueType::Entry, id, "50aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
        row("person", ValueType::Person, id, "50aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
        row("cleared", ValueType::Word, QJsonValue::Null, "f6");
    }
    void jsonGoesToCborAndBack()
    {
        QFETCH(int, type);
        QFETCH(QJsonValue, json);
        QFETCH(QString, cbor);
        const Field field{"f", Merge::Register, ValueType(type), Access::People, kWords};
        const auto value = valueFromJson(field, json);
        QVERIFY(value.ok());
        QCOMPARE(QString::fromLatin1(value->toHex()), cbor);
        QCOMPARE(valueToJson(field, *value), json);
    }

    void anEmptyTextClears()
    {
        const Field field{"f", Merge::Register, ValueType::Date};
        QCOMPARE(*valueFromJson(field, QString()), nullValue());
    }

    void wrongJsonIsRefused_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<QJsonValue>("json");
        const auto row = [](const char* name, ValueType type, const QJsonValue& json) {
            QTest::newRow(name) << int(type) << json;
        };
        row("number", ValueType::Number, QStringLiteral("3"));
        row("percent", ValueType::Percent, 100.5);
        row("percent below", ValueType::Percent, -1);
        row("mood", ValueType::Scale, 0);
        row("flag", ValueType::Flag, 1);
        row("no such day", ValueType::Date, QStringLiteral("2026-02-30"));
        row("date as time", ValueType::Date, QStringLiteral("2026-02-28T00:00:00Z"));
        row("time without offset", ValueType::Moment, QStringLiteral("2026-11-25T17:20:00"));
        row("zone", ValueType::Zone, QStringLiteral("Atlantis/Center"));
        row("word", ValueType::Word, QStringLiteral("Proposed"));
        row("words", ValueType::Words, QJsonArray{QStringLiteral("c")});
        row("a word twice", ValueType::Words, QJsonArray{QStringLiteral("b"), QStringLiteral("b")});
        row("a word alone", ValueType::Words, QStringLiteral("b"));
        row("count of none", ValueType::Count, 0);
        row("count too far", ValueType::Count, 1441);
        row("half a count", ValueType::Count, 1.5);
        row("period backwards", ValueType::Period,
            QJsonArray{QStringLiteral("2027-01-03"), QStringLiteral("2026-12-24")});
        row("period of one", ValueType::Period, QJsonArray{QStringLiteral("2026-12-24")});
        row("period of three", ValueType::Period,
            QJsonArray{QStringLiteral("2026-12-24"), QStringLiteral("2026-12-25"),
                QStringLiteral("2026-12-26")});
        row("period of no days", ValueType::Period,
            QJsonArray{QStringLiteral("2026-12-24"), QStringLiteral("2026-13-01")});
        for (const char* hours :
            {"9:00-18:00", "09:00-24:00", "09:00-09:00", "09:60-10:00", "09:00 - 18:00", "09:00"})
            QTest::newRow(hours) << int(ValueType::Hours) << QJsonValue(QString::fromLatin1(hours));
        for (const char* tag :
            {"a", "englishlanguage", "de_DE", "de-", "-de", "de-x", "12", "de-DE-AT"})
            QTest::newRow(tag) << int(ValueType::Language) << QJsonValue(QString::fromLatin1(tag));
        row("any array", ValueType::Any, QJsonArray{1});
        row("short space", ValueType::Space, QStringLiteral("abcd"));
        row("short id", ValueType::Entry, QStringLiteral("abcd"));
        row("text", ValueType::Text, 5);
        row("long text", ValueType::Text, QString(64 * 1024 + 1, QLatin1Char('a')));
    }
    void wrongJsonIsRefused()
    {
        QFETCH(int, type);
        QFETCH(QJsonValue, json);
        QVERIFY(
            !valueFromJson({"f", Merge::Register, ValueType(type), Access::People, kWords}, json)
                 .ok());
    }

    void whateverOthersWriteIsReadAsTheFieldsOwnType()
    {
        const QList<Bytes> values{encoded([](auto& out) { out.integer(5000); }),
            encoded([](auto& out) { out.integer(-3); }),
            encoded([](auto& out) { out.number(0.5); }),
            encoded([](auto& out) { out.boolean(true); }), textValue(u"text"),
            encoded([](auto& out) { out.bytes("abc"); }),
            encoded([](auto& out) { out.array(2).text(u"a").text(u"b"); }),

            encoded([](auto& out) { out.map(1).text(u"a").null(); }), nullValue()};
        for (const Kind* kind : allKinds()) {
            for (const Field& field : kind->fields) {
                for (const Bytes& value : values) {
                    const QJsonValue json = valueToJson(field, value);
                    if (json.isNull())
                        continue;
                    switch (field.type) {
                    case ValueType::Number:
                        QVERIFY(json.isDouble());
                        break;
                    case ValueType::Percent:
                    case ValueType::Scale:
                    case ValueType::Count:
                        QVERIFY(json.toInt(-1) >= 0 && json.toInt() <= 100);
                        break;
                    case ValueType::Flag:
                        QVERIFY(json.isBool());
                        break;
                    case ValueType::Any:
                        QVERIFY(!json.isArray() && !json.isObject());
                        break;
                    case ValueType::Words:
                        QCOMPARE(
                            json, QJsonValue(QJsonArray{QStringLiteral("a"), QStringLiteral("b")}));
                        break;
                    case ValueType::Text:
                    case ValueType::Label:
                    case ValueType::Date:
                    case ValueType::Moment:
                    case ValueType::Zone:
                    case ValueType::Hours:
                    case ValueType::Language:
                    case ValueType::Word:
                        QCOMPARE(json.toString(), QStringLiteral("text"));
                        break;
                    case ValueType::Entry:
                    case ValueType::Parent:
                    case ValueType::Person:
                    case ValueType::Subject:
                    case ValueType::Space:
                    case ValueType::Copy:
                    case ValueType::Period:
                    case ValueType::Quote:
                        QFAIL("none of these values is one");
                    }
                }
            }
        }
    }

    void placesAndSharesAreReadBack()
    {
        const auto parent = *EntryId::fromBytes(Bytes(16, 'p'));
        const ElementId slot{LogName(*DeviceId::fromBytes(Bytes(16, 'd'))), 7};
        const auto place = parentOf(parentValue(parent, slot));
        QVERIFY(place && place->parent == parent && place->slot == slot);
        QVERIFY(!parentOf(textValue(u"x")));
        const auto space = *SpaceId::fromBytes(Bytes(16, 's'));
        QCOMPARE(sharedEntryOf(sharedValue(space, parent)), std::optional(parent));
        QVERIFY(!sharedEntryOf(idValue(parent.view())));
        QCOMPARE(idOf<EntryId>(idValue(parent.view())), std::optional(parent));
        QVERIFY(!idOf<EntryId>(idValue(Bytes(15, 'p'))));
    }
};

QTEST_GUILESS_MAIN(ValueTest)
#include "tst_value.moc"

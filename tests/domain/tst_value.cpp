// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/cbor.h"
#include "app/domain/schema.h"
#include "app/domain/value.h"

#include <QTest>

using namespace Waymark;

namespace {

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
        row("mood", ValueType::Mood, 5, "05");
        row("true", ValueType::Flag, true, "f5");
        row("false", ValueType::Flag, false, "f4");
        row("date", ValueType::Date, QStringLiteral("2026-02-28"), "6a323032362d30322d3238");
        row("moment", ValueType::Moment, QStringLiteral("2026-11-25T17:20:00+03:00"),
            "7819323032362d31312d32355431373a32303a30302b30333a3030");
        row("zone", ValueType::Zone, QStringLiteral("Europe/Dublin"),
            "6d4575726f70652f4475626c696e");
        row("status", ValueType::Status, QStringLiteral("proposed"), "6870726f706f736564");
        row("tone", ValueType::Tone, QStringLiteral("curious"), "67637572696f7573");
        row("entry", ValueType::Entry, id, "50aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
        row("person", ValueType::Person, id, "50aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
        row("cleared", ValueType::Status, QJsonValue::Null, "f6");
    }
    void jsonGoesToCborAndBack()
    {
        QFETCH(int, type);
        QFETCH(QJsonValue, json);
        QFETCH(QString, cbor);
        const Field field{"f", Merge::Register, ValueType(type)};
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
        row("mood", ValueType::Mood, 0);
        row("flag", ValueType::Flag, 1);
        row("no such day", ValueType::Date, QStringLiteral("2026-02-30"));
        row("date as time", ValueType::Date, QStringLiteral("2026-02-28T00:00:00Z"));
        row("time without offset", ValueType::Moment, QStringLiteral("2026-11-25T17:20:00"));
        row("zone", ValueType::Zone, QStringLiteral("Atlantis/Center"));
        row("status", ValueType::Status, QStringLiteral("Open"));
        row("tone", ValueType::Tone, QStringLiteral("loud"));
        row("short id", ValueType::Entry, QStringLiteral("abcd"));
        row("text", ValueType::Text, 5);
        row("long text", ValueType::Text, QString(64 * 1024 + 1, QLatin1Char('a')));
    }
    void wrongJsonIsRefused()
    {
        QFETCH(int, type);
        QFETCH(QJsonValue, json);
        QVERIFY(!valueFromJson({"f", Merge::Register, ValueType(type)}, json).ok());
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
                    case ValueType::Mood:
                        QVERIFY(json.toInt(-1) >= 0 && json.toInt() <= 100);
                        break;
                    case ValueType::Flag:
                        QVERIFY(json.isBool());
                        break;
                    case ValueType::Text:
                    case ValueType::Date:
                    case ValueType::Moment:
                    case ValueType::Zone:
                    case ValueType::Status:
                    case ValueType::Tone:
                        QCOMPARE(json.toString(), QStringLiteral("text"));
                        break;
                    case ValueType::Entry:
                    case ValueType::Parent:
                    case ValueType::Person:
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

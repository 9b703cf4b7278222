// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/cbor.h"
#include "app/crypto/hash.h"
#include "app/domain/operation.h"
#include "app/domain/value.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Waymark;

namespace {

template <typename Id>
Id filled(int byte)
{
    return *Id::fromBytes(Bytes(qsizetype(Id::kSize), char(byte)));
}

QJsonObject golden()
{
    QFile file(
        qEnvironmentVariable("WAYMARK_TEST_DATA") + QStringLiteral("/operations/operations.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s", qPrintable(file.errorString()));
    return QJsonDocument::fromJson(file.readAll()).object();
}

Bytes bytesOf(const QJsonObject& object, const char* name)
{
    return Bytes::fromHex(object.value(QLatin1String(name)).toString().toLatin1());
}

Bytes encoded(const std::function<void(Cbor::Writer&)>& write)
{
    Cbor::Writer out;
    write(out);
    return out.take();
}

SigningPair goldenPair()
{
    return SigningPair::fromSeed(SecretBytes::copyOf(bytesOf(golden(), "seed")));
}

/// The operation as the script made it, from the product's own structures.
Operation operationOf(OperationHeader header, const Body& body)
{
    header.bodyHash = body.hash();
    Operation out{header.encode(), {}, body.encode()};
    out.signature = sign(goldenPair().secret, "op", {out.header});
    return out;
}

Body genesisBody()
{
    Part part{filled<Part::Salt>(9), {}, "space", {}};
    part.changes = {CreateEntry{}, Admission{filled<SigningKey>(5), "roster", "peer", "Lina"},
        WriteRegister{"name", textValue(u"Together")}, WriteRegister{"size", textValue(u"two")}};
    return Body{{part}};
}

OperationHeader genesisHeader()
{
    OperationHeader header;
    header.device = filled<DeviceId>(2);
    header.space = spaceIdOf(header.device, genesisBody().hash());
    header.wallclockMs = 1'790'000'000'000;
    header.tzMinutes = 180;
    return header;
}

Body everyChange(const SpaceId& space)
{
    const auto device = filled<DeviceId>(2);
    const auto salt = filled<Part::Salt>(0x21);
    const EntryId goal = entryIdOf(space, device, markOf(salt));
    const ElementId slot{LogName(device), 0};
    const ElementId branch{LogName(device, filled<Hash>(6)), 300};
    Part order{filled<Part::Salt>(0x22), goal, "order", {}};
    order.changes
        = {InsertSlots{"milestone", {}, 0, 1}, InsertSlots{"milestone", {slot, Side::Left}, 1, 2}};
    Part part{salt, goal, "goal", {}};
    part.changes = {CreateEntry{}, WriteRegister{"title", textValue(QStringLiteral("Grüße 🌱"))},
        WriteRegister{"target", encoded([](auto& out) { out.number(2.1); })},
        WriteRegister{"progress", encoded([](auto& out) { out.integer(-1); })},
        WriteRegister{"due", nullValue()},
        WriteRegister{"shared", sharedValue(filled<SpaceId>(3), filled<EntryId>(4))},
        AddToSet{"tags", textValue(u"b")}, RemoveFromSet{"tags", textValue(u"a")},
        EditText{"why", Bytes::fromHex("000102")}, DeleteEntry{}, RestoreEntry{},
        WriteLine{"agenda", branch, "value", encoded([](auto& out) { out.boolean(true); })},
        RemoveLine{"agenda", slot}, KeepLine{"agenda", slot}, UnknownChange{encoded([](auto& out) {
            out.array(3).integer(99).text(u"something new").array(1).integer(1);
        })}};
    return Body{{order, part}};
}

Operation everyChangeOperation()
{
    OperationHeader header = genesisHeader();
    const Operation genesis = operationOf(header, genesisBody());
    header.seq = 2;
    header.prev = headerHash(genesis.header);
    header.deps = {{filled<DeviceId>(1), 4, filled<Dep::Prefix>(8)},
        {filled<DeviceId>(3), 70000, filled<Dep::Prefix>(9)}};
    header.lamport = 70001;
    header.wallclockMs = -1;
    header.tzMinutes = -90;
    return operationOf(header, everyChange(header.space));
}

void compareWithGolden(const Operation& made, const QJsonObject& expected)
{
    QCOMPARE(made.body.toHex(), bytesOf(expected, "body").toHex());
    QCOMPARE(made.header.toHex(), bytesOf(expected, "header").toHex());
    QCOMPARE(made.signature->bytes().toHex(), bytesOf(expected, "signature").toHex());
    QCOMPARE(made.encode(), bytesOf(expected, "operation"));
    QCOMPARE(headerHash(made.header).bytes(), bytesOf(expected, "name"));
    const auto parsed = parse(made);
    QVERIFY(parsed.ok());
    QCOMPARE(parsed->name.bytes(), bytesOf(expected, "name"));
    QCOMPARE(parsed->header.bodyHash.bytes(), bytesOf(expected, "bodyHash"));
    QCOMPARE(parsed->header.encode(), made.header);
    QCOMPARE(Body{parsed->parts}.encode(), made.body);
    Operation unsignedOne = made;
    unsignedOne.signature.reset();
    QCOMPARE(unsignedOne.encode(), bytesOf(expected, "unsigned"));
    for (const char* form : {"operation", "unsigned"}) {
        const auto decoded = Operation::decode(bytesOf(expected, form));
        QVERIFY(decoded.ok());
        QCOMPARE(decoded->encode(), bytesOf(expected, form));
    }
}

/// One part with these changes, in a well-made operation.
Operation operationWith(std::vector<Part> parts, std::vector<Dep> deps = {})
{
    OperationHeader header = genesisHeader();
    header.seq = 2;
    header.prev = Hash();
    header.deps = std::move(deps);
    return operationOf(header, Body{std::move(parts)});
}
Operation operationWith(std::vector<Change> changes)
{
    return operationWith({Part{{}, filled<EntryId>(1), "goal", std::move(changes)}});
}
/// The same of a body that the product would not make.
Operation operationOfBytes(const Bytes& part)
{
    // The hash of a body is over stubs; make it here as the document says.
    Cbor::Reader in(part);
    in.arrayOf(4);
    const auto salt = in.id<Part::Salt>();
    const auto entry = in.id<EntryId>();
    const Bytes kind = in.utf8(1000).toByteArray();
    const bool creates = part.contains(Bytes::fromHex("8100"));
    Cbor::Writer stubs;
    stubs.array(1).array(4).id(entry).utf8(kind);
    if (creates)
        stubs.id(markOf(salt));
    else
        stubs.null();
    stubs.id(labelledHash("part", {part}));
    OperationHeader header = genesisHeader();
    header.seq = 2;
    header.prev = Hash();
    header.bodyHash = labelledHash("body", {stubs.data()});
    return {header.encode(), {}, encoded([&](auto& out) { out.array(1).raw(part); })};
}
Bytes partOf(const std::function<void(Cbor::Writer&)>& change)
{
    return encoded([&](Cbor::Writer& out) {
        out.array(4).id(Part::Salt()).id(filled<EntryId>(1)).text(u"goal").array(1);
        change(out);
    });
}

} // namespace

class OperationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSecondReadingOfTheDocumentMakesTheSameBytes()
    {
        const QJsonObject all = golden();
        QCOMPARE(goldenPair().publicKey.bytes(), bytesOf(all, "signing"));
        QCOMPARE(genesisHeader().space.bytes(), bytesOf(all, "space"));
        compareWithGolden(operationOf(genesisHeader(), genesisBody()),
            all.value(QStringLiteral("genesis")).toObject());
        compareWithGolden(
            everyChangeOperation(), all.value(QStringLiteral("every change")).toObject());
        QCOMPARE(parse(everyChangeOperation())->parts[1].entry.bytes(), bytesOf(all, "goal"));
    }

    void everyFlippedBitIsNoticed()
    {
        const Operation made = everyChangeOperation();
        const Bytes whole = made.encode();
        const auto name = parse(made)->name;
        const SigningKey key = goldenPair().publicKey;
        for (qsizetype bit = 0; bit < 8 * whole.size(); ++bit) {
            Bytes flipped = whole;
            flipped[bit / 8] = char(flipped[bit / 8] ^ (1 << (bit % 8)));
            const auto decoded = Operation::decode(flipped);
            const auto parsed
                = decoded ? parse(*decoded) : Result<ParsedOperation>(decoded.error());
            if (!parsed)
                continue;
            // What still reads as an operation is another one, or is not signed.
            const bool isSigned
                = decoded->signature && verify(key, "op", {decoded->header}, *decoded->signature);
            QVERIFY2(parsed->name != name || !isSigned, qPrintable(QString::number(bit)));
            QVERIFY2(!isSigned, qPrintable(QString::number(bit)));
        }
    }

    void aBodyThatTheHeaderDoesNotNameSaysNothingOfItsAuthor()
    {
        // Whoever passes an operation on can give it another body: its log must not end by that.
        const Operation made = everyChangeOperation();
        Operation other = made;
        other.body = genesisBody().encode();
        QCOMPARE(parse(other).error().code, ErrorCode::OperationDamaged);
        // The same header with a body that is wrong in form was made by its author.
        const Bytes bad = partOf([](auto& out) { out.array(2).integer(0).integer(1); });
        QCOMPARE(parse(operationOfBytes(bad)).error().code, ErrorCode::LogStopped);
        Operation changed = operationOfBytes(bad);
        changed.body[changed.body.size() - 1] = 2;
        QCOMPARE(parse(changed).error().code, ErrorCode::OperationDamaged);
    }

    void wrongFormsEndTheLog_data()
    {
        QTest::addColumn<Bytes>("part");
        const auto row = [](const char* name, const std::function<void(Cbor::Writer&)>& change) {
            QTest::newRow(name) << partOf(change);
        };
        const auto field = [](Cbor::Writer& out, int length, int type) -> Cbor::Writer& {
            return out.array(quint64(length)).integer(type).text(u"title");
        };
        row("a write without a value", [&](auto& out) { field(out, 2, 1); });
        row("an empty field name", [](auto& out) { out.array(3).integer(1).text(u"").null(); });
        row("a field name of 65 bytes",
            [](auto& out) { out.array(3).integer(1).utf8(Bytes(65, 'a')).null(); });
        row("an integer of 2^53", [&](auto& out) { field(out, 3, 1).integer(qint64(1) << 53); });
        row("a negative one, inside a map", [&](auto& out) {
            field(out, 3, 2).map(1).text(u"a").array(1).integer(-(qint64(1) << 53));
        });
        row("a value of 256 KiB and more",
            [&](auto& out) { field(out, 3, 1).bytes(Bytes(kMaxValueBytes, 'a')); });
        row("a change that is no array", [](auto& out) { out.integer(3); });
        row("a change without a number", [](auto& out) { out.array(0); });
        row("a slot of no log", [](auto& out) {
            out.array(3).integer(9).text(u"agenda").array(2).bytes("abc").integer(0);
        });
        row("no slots at all", [](auto& out) {
            out.array(6).integer(7).text(u"agenda").null().integer(1).integer(0).integer(0);
        });
        row("a purge", [](auto& out) { out.array(1).integer(12); });
        row("an ending", [](auto& out) { out.array(2).integer(13).null(); });
        row("a roster", [](auto& out) { out.array(2).integer(14).bytes("x"); });
        QTest::newRow("an entry that is not its maker's")
            << partOf([](auto& out) { out.array(1).integer(0); });
    }
    void wrongFormsEndTheLog()
    {
        QFETCH(Bytes, part);
        const auto parsed = parse(operationOfBytes(part));
        QVERIFY(!parsed.ok());
        QCOMPARE(parsed.error().code, ErrorCode::LogStopped);
    }

    void aStubInPlaceOfAPartKeepsTheHash()
    {
        const Operation made = everyChangeOperation();
        const auto parts = parse(made)->parts;
        Cbor::Writer body;
        body.array(2).raw(parts[0].encode());
        body.array(4).id(parts[1].entry).utf8(parts[1].kind).id(markOf(parts[1].salt));
        body.id(labelledHash("part", {parts[1].encode()}));
        const auto parsed = parse({made.header, made.signature, body.data()});
        QCOMPARE(parsed.error().code, ErrorCode::LogStopped);
    }

    void boundsAreKeptToTheLast()
    {
        std::vector<Dep> deps;
        for (quint64 i = 1; i <= kMaxDeps; ++i) {
            Bytes device(16, 0);
            device[0] = char(i >> 8);
            device[1] = char(i);
            deps.push_back({*DeviceId::fromBytes(device), 1, {}});
        }
        QVERIFY(parse(operationWith(std::vector<Part>(), deps)).ok());
        deps.push_back({filled<DeviceId>(0xff), 1, {}});
        QVERIFY(!parse(operationWith(std::vector<Part>(), deps)).ok());

        std::vector<Part> parts;
        for (int i = 0; i < int(kMaxParts); ++i)
            parts.push_back({{}, filled<EntryId>(1), QByteArray::number(i), {}});
        QVERIFY(parse(operationWith(parts)).ok());
        parts.push_back({{}, filled<EntryId>(1), "x", {}});
        QCOMPARE(parse(operationWith(parts)).error().code, ErrorCode::LogStopped);
        parts = {{{}, filled<EntryId>(1), "x", {}}, {{}, filled<EntryId>(1), "x", {}}};
        QCOMPARE(parse(operationWith(parts)).error().code, ErrorCode::LogStopped);
    }

    void oneMebibyteIsTheMost()
    {
        const auto sized = [](qsizetype bytes) {
            return operationWith({EditText{"why", Bytes(bytes, 'a')}});
        };
        const qsizetype frame = sized(500'000).encode().size() - 500'000;
        const Operation largest = sized(kMaxOperationBytes - frame);
        QCOMPARE(largest.encode().size(), kMaxOperationBytes);
        QVERIFY(parse(largest).ok());
        QVERIFY(Operation::decode(largest.encode()).ok());
        // Judged alike with and without its signature.
        Operation over = sized(kMaxOperationBytes - frame + 1);
        QVERIFY(!parse(over).ok());
        over.signature.reset();
        QVERIFY(!parse(over).ok());
    }

    void headersOfAnotherFormAreRefused()
    {
        OperationHeader header = genesisHeader();
        QVERIFY(OperationHeader::decode(header.encode()).ok());
        header.prev = Hash();
        QVERIFY(!OperationHeader::decode(header.encode()).ok());
        header.seq = 2;
        QVERIFY(OperationHeader::decode(header.encode()).ok());
        header.prev.reset();
        QVERIFY(!OperationHeader::decode(header.encode()).ok());
        header.prev = Hash();
        header.deps = {{filled<DeviceId>(2), 1, {}}, {filled<DeviceId>(1), 1, {}}};
        QVERIFY(!OperationHeader::decode(header.encode()).ok());
        header.deps = {{filled<DeviceId>(1), 1, {}}, {filled<DeviceId>(1), 1, {}}};
        QVERIFY(!OperationHeader::decode(header.encode()).ok());
        header.deps.clear();
        header.tzMinutes = 24 * 60 + 1;
        QVERIFY(!OperationHeader::decode(header.encode()).ok());
        header.tzMinutes = 0;
        header.lamport = quint64(kMaxInteger) + 1;
        QVERIFY(!OperationHeader::decode(header.encode()).ok());
        QVERIFY(!OperationHeader::decode({}).ok());
    }
};

QTEST_GUILESS_MAIN(OperationTest)
#include "tst_operation.moc"

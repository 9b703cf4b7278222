// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/cbor.h"

#include <QStringDecoder>
#include <QtEndian>
#include <qfloat16.h>

#include <cmath>
#include <limits>

namespace Waymark::Cbor {

namespace {

constexpr unsigned kUnsigned = 0;
constexpr unsigned kNegative = 1;
constexpr unsigned kBytes = 2;
constexpr unsigned kText = 3;
constexpr unsigned kArray = 4;
constexpr unsigned kMap = 5;
constexpr unsigned kSimple = 7;
constexpr unsigned kFalse = 20;
constexpr unsigned kTrue = 21;
constexpr unsigned kNull = 22;
constexpr unsigned kHalf = 25;
constexpr unsigned kSingle = 26;
constexpr unsigned kDouble = 27;
constexpr quint16 kNaN = 0x7e00;

template <typename T>
void appendBigEndian(Bytes& out, T value)
{
    const T swapped = qToBigEndian(value);
    out.append(reinterpret_cast<const char*>(&swapped), sizeof swapped);
}

template <typename To, typename From>
To bitsOf(From value)
{
    static_assert(sizeof(To) == sizeof(From));
    To out;
    std::memcpy(static_cast<void*>(&out), static_cast<const void*>(&value), sizeof out);
    return out;
}

bool isHalf(double value)
{
    return std::abs(value) <= 65504.0 && double(float(qfloat16(float(value)))) == value;
}

bool isSingle(double value)
{
    return std::abs(value) <= double(std::numeric_limits<float>::max())
        && double(float(value)) == value;
}

bool validUtf8(BytesView text)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decoder(text);
    Q_UNUSED(decoded)
    return !decoder.hasError();
}

bool isAscii(BytesView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

} // namespace

void Writer::head(unsigned major, quint64 value)
{
    const auto lead = [major](unsigned info) { return char((major << 5) | info); };
    if (value < 24) {
        m_out.append(lead(unsigned(value)));
    } else if (value <= 0xff) {
        m_out.append(lead(24)).append(char(value));
    } else if (value <= 0xffff) {
        m_out.append(lead(25));
        appendBigEndian(m_out, quint16(value));
    } else if (value <= 0xffffffff) {
        m_out.append(lead(26));
        appendBigEndian(m_out, quint32(value));
    } else {
        m_out.append(lead(27));
        appendBigEndian(m_out, value);
    }
}

Writer& Writer::array(quint64 count)
{
    head(kArray, count);
    return *this;
}

Writer& Writer::map(quint64 count)
{
    head(kMap, count);
    return *this;
}

Writer& Writer::integer(qint64 value)
{
    if (value < 0)
        head(kNegative, quint64(-(value + 1)));
    else
        head(kUnsigned, quint64(value));
    return *this;
}

Writer& Writer::bytes(BytesView value)
{
    head(kBytes, quint64(value.size()));
    m_out.append(value.data(), value.size());
    return *this;
}

Writer& Writer::text(QStringView value)
{
    return utf8(value.toUtf8());
}

Writer& Writer::utf8(BytesView value)
{
    head(kText, quint64(value.size()));
    m_out.append(value.data(), value.size());
    return *this;
}

Writer& Writer::boolean(bool value)
{
    head(kSimple, value ? kTrue : kFalse);
    return *this;
}

Writer& Writer::null()
{
    head(kSimple, kNull);
    return *this;
}

Writer& Writer::number(double value)
{
    if (std::isnan(value)) {
        m_out.append(char((kSimple << 5) | kHalf));
        appendBigEndian(m_out, kNaN);
    } else if (std::isinf(value) || isHalf(value)) {
        m_out.append(char((kSimple << 5) | kHalf));
        appendBigEndian(m_out, bitsOf<quint16>(qfloat16(float(value))));
    } else if (isSingle(value)) {
        m_out.append(char((kSimple << 5) | kSingle));
        appendBigEndian(m_out, bitsOf<quint32>(float(value)));
    } else {
        m_out.append(char((kSimple << 5) | kDouble));
        appendBigEndian(m_out, bitsOf<quint64>(value));
    }
    return *this;
}

Writer& Writer::raw(BytesView encoded)
{
    m_out.append(encoded.data(), encoded.size());
    return *this;
}

Reader::Reader(BytesView data) : m_data(data) { }

Kind Reader::peek() const
{
    if (!m_ok)
        return Kind::Invalid;
    if (atEnd())
        return Kind::End;
    const auto lead = static_cast<unsigned char>(m_data[m_position]);
    switch (lead >> 5) {
    case kUnsigned:
    case kNegative:
        return Kind::Integer;
    case kBytes:
        return Kind::Bytes;
    case kText:
        return Kind::Text;
    case kArray:
        return Kind::Array;
    case kMap:
        return Kind::Map;
    case kSimple:
        switch (lead & 31) {
        case kFalse:
        case kTrue:
            return Kind::Boolean;
        case kNull:
            return Kind::Null;
        case kHalf:
        case kSingle:
        case kDouble:
            return Kind::Float;
        default:
            return Kind::Invalid;
        }
    default:
        return Kind::Invalid;
    }
}

Reader::Head Reader::head()
{
    if (!m_ok || atEnd()) {
        fail();
        return {};
    }
    const auto lead = static_cast<unsigned char>(m_data[m_position++]);
    Head out{unsigned(lead >> 5), unsigned(lead & 31), quint64(lead & 31)};
    if (out.info < 24)
        return out;
    const qsizetype width = out.info <= 27 ? qsizetype(1) << (out.info - 24) : 0;
    if (width == 0 || m_data.size() - m_position < width) {
        fail();
        return {};
    }
    out.value = 0;
    for (qsizetype i = 0; i < width; ++i)
        out.value = (out.value << 8) | static_cast<unsigned char>(m_data[m_position++]);
    // A longer form than the value needs is not deterministic; floats are judged by floatOf.
    const quint64 least = width == 1 ? 24 : quint64(1) << (4 * width);
    if (out.major == kSimple ? width == 1 : out.value < least)
        fail();
    return out;
}

quint64 Reader::array(quint64 max)
{
    const Head found = head();
    // Every item takes a byte at least, so what is announced must be there.
    if (found.major != kArray || found.value > max
        || found.value > quint64(m_data.size() - m_position))
        fail();
    return m_ok ? found.value : 0;
}

quint64 Reader::map(quint64 max)
{
    const Head found = head();
    if (found.major != kMap || found.value > max
        || found.value > quint64(m_data.size() - m_position) / 2)
        fail();
    return m_ok ? found.value : 0;
}

void Reader::arrayOf(quint64 count)
{
    if (array(count) != count)
        fail();
}

qint64 Reader::integer(qint64 min, qint64 max)
{
    const Head found = head();
    constexpr quint64 limit = std::numeric_limits<qint64>::max();
    if ((found.major != kUnsigned && found.major != kNegative) || found.value > limit)
        fail();
    if (!m_ok)
        return 0;
    const qint64 value = found.major == kUnsigned ? qint64(found.value) : -1 - qint64(found.value);
    if (value < min || value > max)
        fail();
    return m_ok ? value : 0;
}

BytesView Reader::payload(unsigned major, qsizetype max)
{
    const Head found = head();
    if (!m_ok || found.major != major || found.value > quint64(max)
        || found.value > quint64(m_data.size() - m_position)) {
        fail();
        return {};
    }
    const BytesView out = m_data.sliced(m_position, qsizetype(found.value));
    m_position += out.size();
    return out;
}

BytesView Reader::bytes(qsizetype max)
{
    return payload(kBytes, max);
}

BytesView Reader::utf8(qsizetype max)
{
    const BytesView out = payload(kText, max);
    if (!isAscii(out) && !validUtf8(out))
        fail();
    return m_ok ? out : BytesView();
}

QString Reader::text(qsizetype max)
{
    return QString::fromUtf8(utf8(max));
}

bool Reader::boolean()
{
    const Head found = head();
    if (found.major != kSimple || (found.info != kFalse && found.info != kTrue))
        fail();
    return m_ok && found.info == kTrue;
}

void Reader::null()
{
    const Head found = head();
    if (found.major != kSimple || found.info != kNull)
        fail();
}

bool Reader::nullNext()
{
    if (peek() != Kind::Null)
        return false;
    null();
    return true;
}

double Reader::floatOf(const Head& found)
{
    double value = 0;
    bool shortest = true;
    if (found.info == kHalf) {
        value = double(float(bitsOf<qfloat16>(quint16(found.value))));
        shortest = !std::isnan(value) || found.value == kNaN;
    } else if (found.info == kSingle) {
        value = double(bitsOf<float>(quint32(found.value)));
        shortest = std::isfinite(value) && !isHalf(value);
    } else if (found.info == kDouble) {
        value = bitsOf<double>(found.value);
        shortest = std::isfinite(value) && !isSingle(value);
    } else {
        shortest = false;
    }
    if (!shortest)
        fail();
    return m_ok ? value : 0;
}

double Reader::number()
{
    const Head found = head();
    if (found.major != kSimple)
        fail();
    return m_ok ? floatOf(found) : 0;
}

void Reader::skipItem(int depth)
{
    if (depth > kMaxDepth) {
        fail();
        return;
    }
    switch (peek()) {
    case Kind::Integer:
        integer(std::numeric_limits<qint64>::min(), std::numeric_limits<qint64>::max());
        break;
    case Kind::Bytes:
        bytes(m_data.size());
        break;
    case Kind::Text:
        utf8(m_data.size());
        break;
    case Kind::Boolean:
        boolean();
        break;
    case Kind::Null:
        null();
        break;
    case Kind::Float:
        number();
        break;
    case Kind::Array:
        for (quint64 left = array(quint64(m_data.size())); m_ok && left > 0; --left)
            skipItem(depth + 1);
        break;
    case Kind::Map: {
        BytesView previous;
        for (quint64 left = map(quint64(m_data.size())); m_ok && left > 0; --left) {
            const qsizetype start = m_position;
            skipItem(depth + 1);
            const BytesView key = since(start);
            // Bytewise order; Qt compares views as unsigned bytes.
            if (m_ok && !previous.isEmpty() && !(previous < key))
                fail();
            previous = key;
            skipItem(depth + 1);
        }
        break;
    }
    case Kind::End:
    case Kind::Invalid:
        fail();
        break;
    }
}

BytesView Reader::skip()
{
    const qsizetype start = m_position;
    skipItem(0);
    return m_ok ? since(start) : BytesView();
}

} // namespace Waymark::Cbor

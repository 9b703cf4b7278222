// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/figures.h"

#include <QJsonObject>

#include <algorithm>

namespace Waymark::Bench {

namespace {

QString shown(const QJsonValue& value)
{
    return value.isDouble() ? QString::number(value.toDouble(), 'g', 4) : QString();
}

} // namespace

double quantile(std::vector<double> values, double part)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[std::size_t(part * double(values.size() - 1) + 0.5)];
}

void Figures::compare(const QString& name, const QString& unit, double value,
    const QString& reference, double referenceValue)
{
    m_rows.append(QJsonObject{{QStringLiteral("name"), name}, {QStringLiteral("value"), value},
        {QStringLiteral("unit"), unit}, {QStringLiteral("reference"), reference},
        {QStringLiteral("referenceValue"), referenceValue},
        {QStringLiteral("ratio"), value / referenceValue}, {QStringLiteral("target"), QString()},
        {QStringLiteral("met"), QJsonValue::Null}});
}

void Figures::add(const QString& name, const QString& unit, double value, const QString& reference,
    double referenceValue, Target target)
{
    compare(name, unit, value, reference, referenceValue);
    QJsonObject row = m_rows.takeAt(m_rows.size() - 1).toObject();
    const double ratio = value / referenceValue;
    const QString bound = target.atLeast ? QStringLiteral("≥ %1×") : QStringLiteral("≤ %1×");
    row.insert(QStringLiteral("target"), bound.arg(target.bound, 0, 'g', 3));
    row.insert(
        QStringLiteral("met"), target.atLeast ? ratio >= target.bound : ratio <= target.bound);
    m_rows.append(row);
}

void Figures::add(const QString& name, const QString& unit, double value, Target target)
{
    const QString bound = target.atLeast ? QStringLiteral("≥ %1 %2") : QStringLiteral("≤ %1 %2");
    m_rows.append(QJsonObject{{QStringLiteral("name"), name}, {QStringLiteral("value"), value},
        {QStringLiteral("unit"), unit}, {QStringLiteral("reference"), QString()},
        {QStringLiteral("referenceValue"), QJsonValue::Null},
        {QStringLiteral("ratio"), QJsonValue::Null},
        {QStringLiteral("target"), bound.arg(target.bound).arg(unit)},
        {QStringLiteral("met"), target.atLeast ? value >= target.bound : value <= target.bound}});
}

void Figures::note(const QString& name, const QString& unit, double value)
{
    m_rows.append(QJsonObject{{QStringLiteral("name"), name}, {QStringLiteral("value"), value},
        {QStringLiteral("unit"), unit}, {QStringLiteral("reference"), QString()},
        {QStringLiteral("referenceValue"), QJsonValue::Null},
        {QStringLiteral("ratio"), QJsonValue::Null}, {QStringLiteral("target"), QString()},
        {QStringLiteral("met"), QJsonValue::Null}});
}

void Figures::append(const QJsonArray& rows)
{
    for (const QJsonValue& row : rows)
        m_rows.append(row);
}

QString Figures::table() const
{
    QString out = QStringLiteral("%1 %2 %3 %4 %5\n")
                      .arg(QStringLiteral("what"), -62)
                      .arg(QStringLiteral("value"), 18)
                      .arg(QStringLiteral("reference"), 10)
                      .arg(QStringLiteral("ratio"), 7)
                      .arg(QStringLiteral("target"), 12);
    for (const QJsonValue& each : m_rows) {
        const QJsonObject row = each.toObject();
        const QJsonValue met = row[QStringLiteral("met")];
        out += QStringLiteral("%1 %2 %3 %4 %5 %6\n")
                   .arg(row[QStringLiteral("name")].toString(), -62)
                   .arg(shown(row[QStringLiteral("value")]) + QLatin1Char(' ')
                           + row[QStringLiteral("unit")].toString(),
                       18)
                   .arg(shown(row[QStringLiteral("referenceValue")]), 10)
                   .arg(shown(row[QStringLiteral("ratio")]), 7)
                   .arg(row[QStringLiteral("target")].toString(), 12)
                   .arg(met.isBool()
                           ? (met.toBool() ? QStringLiteral("met") : QStringLiteral("missed"))
                           : QString());
    }
    return out;
}

} // namespace Waymark::Bench

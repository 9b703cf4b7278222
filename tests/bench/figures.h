// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QString>

#include <chrono>
#include <vector>

namespace Waymark::Bench {

/// Microseconds that `work` takes.
template <typename Work>
double microseconds(Work work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start)
        .count();
}

/// The value below which this part (0 to 1) of the values lies.
[[nodiscard]] double quantile(std::vector<double> values, double part);
[[nodiscard]] inline double median(const std::vector<double>& values)
{
    return quantile(values, 0.5);
}

/// A bound of a ratio, or of the value itself where nothing is measured beside it.
struct Target
{
    double bound = 0;
    bool atLeast = false;
};

/// What was measured, as rows of the JSON that docs/CLI.md describes.
class Figures
{
public:
    void add(const QString& name, const QString& unit, double value, const QString& reference,
        double referenceValue, Target target);
    /// The same without a bound.
    void compare(const QString& name, const QString& unit, double value, const QString& reference,
        double referenceValue);
    /// Without a reference: the bound is one of the value.
    void add(const QString& name, const QString& unit, double value, Target target);
    /// Without a bound: a figure that others are understood by.
    void note(const QString& name, const QString& unit, double value);
    /// Rows that another program measured.
    void append(const QJsonArray& rows);

    [[nodiscard]] const QJsonArray& rows() const { return m_rows; }
    /// A table of all rows for people.
    [[nodiscard]] QString table() const;

private:
    QJsonArray m_rows;
};

} // namespace Waymark::Bench

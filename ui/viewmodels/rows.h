// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QHash>
#include <QQmlEngine>

#include <algorithm>
#include <functional>
#include <utility>

namespace Waymark {

/// A list for the pages. `at` gives one row's roles by name, for what stands outside the delegate.
class RowList : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Rows come with a view model")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)
public:
    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int count() const { return rowCount({}); }
    [[nodiscard]] Q_INVOKABLE QVariantMap at(int row) const;
    /// The row with this id, or -1.
    [[nodiscard]] Q_INVOKABLE virtual int indexOfId(const QString& id) const = 0;

Q_SIGNALS:
    void countChanged();
};

/// Rows of plain values that have an `id`. set() tells views the smallest change it can, so that
/// neither focus nor place is lost when the same rows come again.
template <typename Row>
class Rows final : public RowList
{
public:
    struct Role
    {
        QByteArray name;
        std::function<QVariant(const Row&)> value;
    };

    Rows(QList<Role> roles, QObject* parent) : RowList(parent), m_roles(std::move(roles)) { }

    [[nodiscard]] const QList<Row>& rows() const { return m_rows; }
    [[nodiscard]] int indexOfId(const QString& id) const override
    {
        const auto found = std::find_if(
            m_rows.begin(), m_rows.end(), [&](const Row& row) { return row.id == id; });
        return found == m_rows.end() ? -1 : int(found - m_rows.begin());
    }

    void set(const QList<Row>& rows)
    {
        const auto before = m_rows.size();
        const auto there = [](const QList<Row>& list, const QString& id) {
            return std::any_of(
                list.begin(), list.end(), [&](const Row& row) { return row.id == id; });
        };
        for (qsizetype i = m_rows.size() - 1; i >= 0; --i) {
            if (!there(rows, m_rows[i].id)) {
                beginRemoveRows({}, int(i), int(i));
                m_rows.removeAt(i);
                endRemoveRows();
            }
        }
        for (qsizetype i = 0; i < rows.size(); ++i) {
            const int old = indexOfId(rows[i].id);
            if (old < 0) {
                beginInsertRows({}, int(i), int(i));
                m_rows.insert(i, rows[i]);
                endInsertRows();
            } else if (old != i) {
                beginMoveRows({}, old, old, {}, int(i));
                m_rows.move(old, i);
                endMoveRows();
            }
            if (m_rows[i] != rows[i]) {
                m_rows[i] = rows[i];
                Q_EMIT dataChanged(index(int(i)), index(int(i)));
            }
        }
        if (m_rows.size() != before)
            Q_EMIT countChanged();
    }
    /// What the roles say may have changed with the time, though the rows have not.
    void touch()
    {
        if (!m_rows.isEmpty())
            Q_EMIT dataChanged(index(0), index(int(m_rows.size()) - 1));
    }

    [[nodiscard]] int rowCount(const QModelIndex& parent) const override
    {
        return parent.isValid() ? 0 : int(m_rows.size());
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override
    {
        const int which = role - Qt::UserRole;
        if (index.row() < 0 || index.row() >= m_rows.size() || which < 0 || which >= m_roles.size())
            return {};
        return m_roles[which].value(m_rows[index.row()]);
    }
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override
    {
        QHash<int, QByteArray> names;
        for (int i = 0; i < m_roles.size(); ++i)
            names.insert(Qt::UserRole + i, m_roles[i].name);
        return names;
    }

private:
    QList<Role> m_roles;
    QList<Row> m_rows;
};

} // namespace Waymark

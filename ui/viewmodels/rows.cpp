// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewmodels/rows.h"

namespace Waymark {

QVariantMap RowList::at(int row) const
{
    QVariantMap out;
    const QHash<int, QByteArray> names = roleNames();
    for (auto name = names.begin(); name != names.end(); ++name)
        out.insert(QString::fromUtf8(name.value()), data(index(row), name.key()));
    return out;
}

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the files of Composer share.

#include "app/domain/compose.h"
#include "app/domain/schema.h"

#include <QJsonArray>

#include <algorithm>

namespace Waymark {

inline bool hasName(const std::vector<Bytes>& names, const Bytes& name)
{
    return std::binary_search(names.begin(), names.end(), name);
}

inline Error usage(const Field& field, const char* what)
{
    return {ErrorCode::Usage,
        QStringLiteral("%1: %2").arg(QLatin1String(field.name), QLatin1String(what))};
}

inline bool isEmptyValue(const QJsonValue& value)
{
    return value.isNull() || value.isUndefined() || (value.isString() && value.toString().isEmpty())
        || (value.isArray() && value.toArray().isEmpty());
}

} // namespace Waymark

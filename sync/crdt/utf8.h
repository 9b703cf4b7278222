// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/bytes.h"

#include <optional>
#include <string>

namespace Waymark {

[[nodiscard]] Bytes utf8Of(const std::u32string& text);
/// Nothing for what is not UTF-8 in its shortest form, and for halves of UTF-16 pairs.
[[nodiscard]] std::optional<std::u32string> fromUtf8(BytesView bytes);

} // namespace Waymark

// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/arguments.h"
#include "app/commands/environment.h"
#include "app/commands/output.h"
#include "app/commands/ports.h"

#include <span>

namespace Waymark {

/// What a command works with.
struct Context
{
    Ports& ports;
    const Arguments& arguments;
    const Environment& environment;
    Output& output;
};

struct Option
{
    enum class Form {
        Positional,
        PositionalList, ///< one or more
        Value,
        List, ///< may stand several times, with several values each
        Flag,
    };
    Form form;
    const char* name;
    const char* label; ///< what stands for the value in help
    const char* help;
    bool required = false;
};

/// One thing that waymark-cli does. The table of verbs is the only place that lists them: parsing,
/// help and running follow from it.
struct Verb
{
    const char* name; ///< "entry add"
    const char* summary;
    std::span<const Option> options;
    const char* examples; ///< lines without the program's name
    bool opensVault = true;
    Status (*run)(Context& context);
};

[[nodiscard]] std::span<const Verb> allVerbs();

} // namespace Waymark

# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Conventions that a reader relies on and no compiler checks.

usage: conventions.py ROOT licences|words|format|lengths
"""
import re
import subprocess
import sys

import tree as trees

PRODUCT = ("app", "sync", "storage", "ui")
SPDX = ("SPDX-FileCopyrightText:", "SPDX-License-Identifier:")
WITH_HEADER = (".cpp", ".h", ".qml", ".js", ".py", ".sh", ".cmake", "CMakeLists.txt", ".supp", "/run")

# Split, so that this file does not hold what it looks for.
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK|place" r"holder|du" r"mmy|"
                        r"not (yet )?imp" r"lemented)\b", re.IGNORECASE)
RAW_CONTROL = re.compile(r"^\s*(Text|Label|Button|TextArea|TextEdit|TextField|TextInput)\s*\{", re.MULTILINE)

LIMITS = {".cpp": 500, ".h": 250, ".qml": 250}
FUNCTION_LINES = 70


def reuse_annotations(tree):
    """The globs of REUSE.toml: files that carry no header of their own."""
    if "REUSE.toml" not in tree.files:
        return []
    text = tree.text("REUSE.toml")
    paths = re.findall(r"^path = (.*?)$(?=\nSPDX|\nprecedence)", text, re.MULTILINE | re.DOTALL)
    return [glob_pattern(glob) for value in paths for glob in re.findall(r'"([^"]+)"', value)]


def glob_pattern(glob):
    escaped = re.escape(glob).replace(r"\*\*", ".*").replace(r"\*", "[^/]*")
    return re.compile(f"^{escaped}$")


def check_licences(tree):
    problems = []
    covered = reuse_annotations(tree)
    for name in tree.files:
        if name.startswith("LICENSES/") or name == "LICENSE":
            continue
        if name.endswith(WITH_HEADER) or name == "dev":
            head = "\n".join(tree.text(name).splitlines()[:4])
            if not all(word in head for word in SPDX):
                problems.append(f"{name}: does not begin with its SPDX lines")
        elif not any(pattern.match(name) for pattern in covered):
            problems.append(f"{name}: carries no SPDX lines and has no line in REUSE.toml")
    return problems


def check_words(tree):
    problems = []
    for name in tree.named(".cpp", ".h", ".qml", ".js", under=PRODUCT):
        text = tree.text(name)
        for number, line in enumerate(text.splitlines(), 1):
            found = UNFINISHED.search(line)
            if found:
                problems.append(f"{name}:{number}: '{found.group(0)}': what is not there is left out")
        if name.startswith("ui/qml/") and name.endswith(".qml") and "/components/" not in name:
            for found in RAW_CONTROL.finditer(text):
                number = text.count("\n", 0, found.start(1)) + 1
                problems.append(f"{name}:{number}: a plain {found.group(1)}; there is one in ui/qml/components")
    return problems


def check_format(tree):
    names = tree.named(".cpp", ".h")
    if not names:
        return []
    done = subprocess.run(["clang-format", "--dry-run", "-Werror", *names], cwd=tree.root, check=False,
                          capture_output=True, text=True)
    if done.returncode == 0:
        return []
    wrong = sorted(set(re.findall(r"^([^:\n]+):\d+:\d+: error", done.stderr, re.MULTILINE)))
    return [f"{name}: run clang-format -i on it" for name in wrong] or [done.stderr]


def long_functions(text):
    """(line, length) of blocks that begin in the first column, as our layout has function bodies."""
    start = None
    for number, line in enumerate(text.splitlines(), 1):
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            if number - start - 1 > FUNCTION_LINES:
                yield start, number - start - 1
            start = None


def list_lengths(tree):
    """Places to think, not failures."""
    for name in tree.named(*LIMITS, under=PRODUCT + ("tests",)):
        text = tree.text(name)
        lines, limit = text.count("\n"), LIMITS["." + name.rsplit(".", 1)[1]]
        if lines > limit:
            print(f"{name}: {lines} lines (over {limit})")
        for start, length in long_functions(text):
            print(f"{name}:{start}: a function of {length} lines (over {FUNCTION_LINES})")
    return []


def main(root, what):
    checks = {"licences": check_licences, "words": check_words, "format": check_format,
              "lengths": list_lengths}
    trees.fail_or_pass(checks[what](trees.Tree(root)))


if __name__ == "__main__":
    main(*sys.argv[1:3])

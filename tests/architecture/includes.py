# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every header that a file reads belongs to its own module or to one that its module names; libraries
that one module is there to hide are read nowhere else; no program links the vault and the relay's store.

usage: includes.py ROOT BUILD
"""
import re
import sys

import tree as trees

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^">]+)[">]', re.MULTILINE)

# Header pattern → folders that may read it. A module's tests may read what the module may.
HIDDEN = [
    (re.compile(r"^(sodium\.h|sodium/.*)$"), ["app/crypto"]),
    (re.compile(r"^(sqlcipher/)?sqlite3(ext)?\.h$"), ["storage", "sync/relayserver"]),
    (re.compile(r"^boost/"), ["sync/relayserver", "app/relay"]),
    (re.compile(r"^openssl/"), ["sync/relayserver", "app/relay"]),
    (re.compile(r"^CLI/"), ["app/commands", "app/cli", "app/relay"]),
    (re.compile(r"^(QtWebSockets/.*|QWebSocket.*)$"), ["sync/client"]),
    (re.compile(r"^(QtQuick.*|QQuick.*|QtGui/.*|QGuiApplication|QtWidgets/.*)$"),
     ["ui/qml", "ui/web", "app/desktop", "tests/ui", "tests/screenshots"]),
]

# Folders of tests that measure or drive several modules at once.
FREE = ("tests/bench/", "tests/support/", "tests/features/", "tests/simulation/", "tests/fuzz/")

NEVER_TOGETHER = ("storage", "relayserver")


def owner(folders, name):
    """The module in whose folder a file lies: the longest that fits."""
    fitting = [(len(folder), module) for folder, module in folders.items() if name.startswith(f"{folder}/")]
    return max(fitting)[1] if fitting else None


def tested_folder(folders, name):
    """tests/<last part of a module's folder>/… → that module's folder."""
    for folder in folders:
        if name.startswith(f"tests/{folder.rsplit('/', 1)[-1]}/"):
            return folder
    return None


def allowed_for_tests(modules, programs, name):
    """What the programs declared in a file's folder, or the nearest above it, link."""
    best, allowed = -1, None
    for program in programs:
        if name.startswith(f"{program.folder}/") and len(program.folder) >= best:
            if len(program.folder) > best:
                best, allowed = len(program.folder), set()
            allowed |= trees.linked(modules, program.modules)
    return allowed


def check_ours(modules, folders, programs, name, header):
    target = owner(folders, header)
    if target is None:
        return None
    source = owner(folders, name)
    if source is not None:
        if target in (source, "core") or target in modules[source].depends:
            return None
        return f"{name}: reads {header}, but module {source} does not name {target} in its DEPENDS"
    allowed = allowed_for_tests(modules, programs, name)
    if allowed is None or target in allowed:
        return None
    return f"{name}: reads {header}, but nothing built there links {target}"


def check_hidden(folders, name, header):
    if name.startswith(FREE):
        return None
    for pattern, homes in HIDDEN:
        if not pattern.match(header):
            continue
        tested = tested_folder(folders, name)
        at_home = any(name.startswith(f"{home}/") or tested == home for home in homes)
        return None if at_home else f"{name}: reads {header}, which only {' and '.join(homes)} may"
    return None


def check_includes(tree, modules, programs):
    folders = {module.folder: module.name for module in modules.values()}
    problems = []
    for name in tree.named(".cpp", ".h", under=("app", "sync", "storage", "ui", "tests")):
        for quote, header in INCLUDE.findall(tree.text(name)):
            if header.startswith(".."):
                problems.append(f"{name}: reads {header}; includes start at the root of the tree")
            problem = check_hidden(folders, name, header)
            if not problem and quote == '"':
                problem = check_ours(modules, folders, programs, name, header)
            if problem:
                problems.append(problem)
    return problems


def check_links(modules, programs):
    problems = []
    for program in programs:
        together = trees.linked(modules, program.modules)
        if all(name in together for name in NEVER_TOGETHER):
            problems.append(f"{program.name} in {program.folder} links {' and '.join(NEVER_TOGETHER)}, "
                            "whose two kinds of SQLite have the same symbols")
    return problems


def main(root, build):
    modules = trees.read_modules(f"{build}/modules.txt")
    programs = trees.read_programs(f"{build}/targets.txt")
    trees.fail_or_pass(check_includes(trees.Tree(root), modules, programs) + check_links(modules, programs))


if __name__ == "__main__":
    main(*sys.argv[1:3])

# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What documents say about the tree is true: links lead somewhere, tables agree with the build.

usage: documents.py ROOT CHECK BUILD, with one of CHECKS (below)
"""
import re
import sys
from pathlib import PurePosixPath

import tree as trees

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+\s+(.*?)\s*$", re.MULTILINE)
CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LAYERS = "docs/ARCHITECTURE.md"
LAYER_ROW = re.compile(r"^\| (\d+) \| (\w+) \| `.*\|$", re.MULTILINE)


def anchors(text):
    """The names that headings can be reached by."""
    for heading in HEADING.findall(text):
        kept = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
        yield kept.replace(" ", "-")


def link_targets(tree, name):
    """(link as written, file it leads to, heading) of each link within the tree."""
    for target in LINK.findall(CODE_BLOCK.sub("", tree.text(name))):
        if re.match(r"^[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        parts = []
        for part in (PurePosixPath(name).parent / path).parts if path else PurePosixPath(name).parts:
            parts = parts[:-1] if part == ".." else parts + [part]
        yield target, "/".join(parts), anchor


def check_links(tree, _build):
    problems = []
    for name in tree.named(".md"):
        for target, resolved, anchor in link_targets(tree, name):
            if not (tree.root / resolved).exists():
                problems.append(f"{name}: links to {target}, which is not there")
            elif anchor and anchor not in anchors(tree.text(resolved)):
                problems.append(f"{name}: links to {target}, which has no such heading")
    return problems


def check_reachable(tree, _build):
    """Every document can be found from README by following links; a link to a folder leads to all in it."""
    found, waiting = set(), ["README.md"]
    while waiting:
        name = waiting.pop()
        if name in found or not name.endswith(".md") or not (tree.root / name).is_file():
            continue
        found.add(name)
        for _, resolved, _ in link_targets(tree, name):
            waiting += [resolved] + tree.named(".md", under=(resolved,))
    unseen = set(tree.named(".md", under=("docs",))) - found
    return [f"{name}: no link leads to it" for name in sorted(unseen)]


def check_commands(tree, _build):
    """README names the two commands; every ./dev command that a document names exists."""
    problems = []
    known = set(re.findall(r"^([a-z]+)(?: \| [^)]*)?\)", tree.text("dev"), re.MULTILINE))
    readme = tree.text("README.md")
    problems += [f"README.md does not name ./dev {name}" for name in ("demo", "test")
                 if f"./dev {name}" not in readme]
    for name in tree.named(".md"):
        for command in re.findall(r"\./dev ([a-z]+)", tree.text(name)):
            if command not in known:
                problems.append(f"{name}: names ./dev {command}, which is no command")
    return problems


def layer_row(module, summary):
    depends = ", ".join(name for name in module.depends if name != "core")
    depends += " " if depends else ""
    return f"| {module.layer} | {module.name} | `{module.folder}` | {depends}| {summary} |"


def written_rows(text):
    """name → (the table's row, its last column)"""
    return {match.group(2): (match.group(0), match.group(0).strip("|").rsplit("|", 1)[1].strip())
            for match in LAYER_ROW.finditer(text)}


def check_layers(tree, build):
    """docs/ARCHITECTURE.md's table of layers is what the build declares."""
    modules = trees.read_modules(f"{build}/modules.txt")
    rows = written_rows(tree.text(LAYERS))
    problems = [f"{LAYERS}: has a row for {name}, which the build does not declare"
                for name in sorted(rows.keys() - modules.keys())]
    for module in modules.values():
        row, summary = rows.get(module.name, ("", "what lives there"))
        if row != layer_row(module, summary):
            problems.append(f"{LAYERS}: should have the row {layer_row(module, summary)}")
    return problems


def write_layers(tree, build):
    """Brings the table level with the build. What lives in a new module is left for a person to say."""
    modules = trees.read_modules(f"{build}/modules.txt")
    text = tree.text(LAYERS)
    rows = written_rows(text)
    table = "\n".join(layer_row(module, rows.get(module.name, ("", "?"))[1]) for module in modules.values())
    first, last = (f(m.span()[i] for m in LAYER_ROW.finditer(text)) for f, i in ((min, 0), (max, 1)))
    (tree.root / LAYERS).write_text(text[:first] + table + text[last:], encoding="utf-8")
    return [f"{LAYERS}: say what lives in {name}" for name in modules if name not in rows]


def check_errors(tree, _build):
    """docs/ERRORS.md explains every code, and none that does not exist."""
    codes = set(re.findall(r'return "([\w.]+)";', tree.text("app/core/error.cpp")))
    listed = re.findall(r"^\| `([\w.]+)` \| \S", tree.text("docs/ERRORS.md"), re.MULTILINE)
    problems = [f"docs/ERRORS.md: does not explain {code}" for code in sorted(codes - set(listed))]
    problems += [f"docs/ERRORS.md: explains {code}, which does not exist" for code in sorted(set(listed) - codes)]
    return problems


def check_qml_modules(tree, _build):
    """What QML files import is installed for tests and named among the package's dependencies."""
    packing = tree.text("packaging/CMakeLists.txt")
    installed = tree.text("packaging/debian-12-packages.txt")
    problems = []
    for name in tree.named(".qml", under=("ui", "app")):
        for module in re.findall(r"^import (Q[\w.]+)", tree.text(name), re.MULTILINE):
            # The styles of Controls come in its own package.
            module = re.sub(r"^QtQuick\.Controls\..*", "QtQuick.Controls", module)
            package = "qml6-module-" + module.lower().replace(".", "-")
            for file, text in (("packaging/CMakeLists.txt", packing),
                               ("packaging/debian-12-packages.txt", installed)):
                if not re.search(rf"{package}\s", text):
                    problems.append(f"{name}: imports {module}, but {file} does not name {package}")
    return sorted(set(problems))


def check_packages(tree, _build):
    """Every line of the package list has its four columns, each package once."""
    problems, seen = [], set()
    for line in tree.text("packaging/debian-12-packages.txt").splitlines():
        if not line or line.startswith("#"):
            continue
        columns = line.split(None, 3)
        if (len(columns) < 4 or columns[1] not in ("build", "test", "run", "bench", "package")
                or not re.match(r"^(main|backports:[\d.]+)$", columns[2])):
            problems.append(f"packaging/debian-12-packages.txt: {line}")
        if columns[0] in seen:
            problems.append(f"packaging/debian-12-packages.txt: {columns[0]} stands twice")
        seen.add(columns[0])
    return problems


CHECKS = {
    "links": check_links, "reachable": check_reachable, "commands": check_commands, "layers": check_layers,
    "packages": check_packages, "errors": check_errors, "qmlModules": check_qml_modules,
    "write-layers": write_layers,
}


def main(root, what, build):
    trees.fail_or_pass(CHECKS[what](trees.Tree(root), build))


if __name__ == "__main__":
    main(*sys.argv[1:4])

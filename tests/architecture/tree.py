# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The source tree as the checks see it: its files, and the modules that the configure step wrote down."""
import subprocess
import sys
from pathlib import Path

CODE = {".cpp", ".h"}


class Tree:
    """The files under root that git tracks or would track; all of them where there is no git."""

    def __init__(self, root):
        self.root = Path(root).resolve()
        self.files = sorted(path for path in self._list() if (self.root / path).is_file())

    def _list(self):
        if (self.root / ".git").exists():
            command = ["git", "-c", f"safe.directory={self.root}", "-C", str(self.root), "ls-files", "-z",
                       "--cached", "--others", "--exclude-standard"]
            output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            return {name for name in output.split("\0") if name}
        names = (path.relative_to(self.root) for path in self.root.rglob("*"))
        return {str(name) for name in names if name.parts[0] != "build"}

    def text(self, name):
        return (self.root / name).read_text(encoding="utf-8")

    def named(self, *suffixes, under=()):
        """Files with one of these suffixes, in one of these folders (anywhere when none is given)."""
        prefixes = tuple(f"{folder}/" for folder in under)
        return [name for name in self.files
                if name.endswith(suffixes) and (not prefixes or name.startswith(prefixes))]


class Module:
    def __init__(self, name, layer, folder, depends):
        self.name, self.layer, self.folder, self.depends = name, layer, folder, depends


class Program:
    def __init__(self, kind, name, folder, modules):
        self.kind, self.name, self.folder, self.modules = kind, name, folder, modules


def read_modules(path):
    rows = [line.split() for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]
    return {row[0]: Module(row[0], int(row[1]), row[2], row[3:]) for row in rows}


def read_programs(path):
    rows = [line.split() for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Program(row[0], row[1], row[2], row[3:]) for row in rows]


def linked(modules, names):
    """Every module that comes with these, themselves included."""
    found, waiting = set(), list(names)
    while waiting:
        name = waiting.pop()
        if name not in found and name in modules:
            found.add(name)
            waiting += modules[name].depends
    return found | {"core"}


def report(problems):
    """Prints the problems one a line; the exit status that goes with them."""
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} problem(s)")
    return 1 if problems else 0


def fail_or_pass(problems):
    sys.exit(report(problems))
